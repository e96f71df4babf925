package settings

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

const errNotAllowed = "%s is not among what the platform allows: %s (guardrails.%s of %s)"

// choice is what a stack has of something that the platform may limit.
type choice struct {
	path  *field.Path
	value string
	// allowed is what it may be; anything if empty.
	allowed []string
	// guardrail is the field of the guardrails that says so.
	guardrail string
}

// allow refuses what the platform's guardrails do not allow of what was decided,
// whether the claim said it or a preset did.
func allow(s *Settings, policy v1alpha1.DeletionPolicy, in *inputv1alpha1.Input) error {
	g, spec := in.Guardrails, s.Claim.Spec
	origin := cmp.Or(g.Origin, "the function's input")
	path := field.NewPath("spec")
	var errs field.ErrorList
	for _, c := range []choice{
		{path.Child("region"), s.Region, g.Regions, "regions"},
		{path.Child("environment"), string(spec.Environment), g.Environments, "environments"},
		{path.Child("size"), string(spec.Size), g.Sizes, "sizes"},
		{path.Child("database", "instanceClass"), s.Database.InstanceClass, g.InstanceClasses, "instanceClasses"},
		{path.Child("deletionPolicy"), string(policy), g.DeletionPolicies, "deletionPolicies"},
	} {
		if len(c.allowed) > 0 && !slices.ContainsFunc(c.allowed, func(a string) bool { return matches(a, c.value) }) {
			errs = append(errs, field.Forbidden(c.path, fmt.Sprintf(errNotAllowed, c.value, strings.Join(c.allowed, ", "), c.guardrail, origin)))
		}
	}
	if least := int(g.MinBackupRetentionDays); s.Database.BackupDays < least {
		errs = append(errs, field.Forbidden(path.Child("database", "backupRetentionDays"),
			fmt.Sprintf("backups are kept for %d days, and the platform wants at least %d (guardrails.minBackupRetentionDays of %s)", s.Database.BackupDays, least, origin)))
	}
	if a, most := s.Database.Aurora, float64(g.MaxServerlessCapacity); a != nil && most > 0 && a.Capacity.Max > most {
		errs = append(errs, field.Forbidden(path.Child("database", "serverless", "maxCapacity"),
			fmt.Sprintf("an instance may grow to %v capacity units, and the platform allows %v (guardrails.maxServerlessCapacity of %s)", a.Capacity.Max, most, origin)))
	}
	tags, err := mandatory(spec.Tags, g.MandatoryTags, origin)
	if err != nil {
		return err
	}
	if errs = append(errs, tags...); len(errs) > 0 {
		return claim.InvalidError(errs)
	}
	return nil
}

// matches is whether a value is what is allowed: the same, or any with the same
// beginning where a star follows it.
func matches(allowed, value string) bool {
	if beginning, ok := strings.CutSuffix(allowed, "*"); ok {
		return strings.HasPrefix(value, beginning)
	}
	return allowed == value
}

// mandatory returns what is wrong with the tags of a claim. It returns an error
// for a pattern that cannot be read.
func mandatory(tags map[string]v1alpha1.TagValue, wanted []inputv1alpha1.MandatoryTag, origin string) (field.ErrorList, error) {
	var errs field.ErrorList
	for i, w := range wanted {
		pattern, err := regexp.Compile("^(?:" + w.Pattern + ")$")
		if err != nil {
			return nil, platform.InvalidError{field.Invalid(field.NewPath("guardrails", "mandatoryTags").Index(i).Child("pattern"), w.Pattern, err.Error())}
		}
		path, by := field.NewPath("spec", "tags").Key(w.Key), fmt.Sprintf("the platform wants it (guardrails.mandatoryTags of %s)", origin)
		value, ok := tags[w.Key]
		switch {
		case !ok:
			errs = append(errs, field.Required(path, by))
		case w.Pattern != "" && !pattern.MatchString(string(value)):
			errs = append(errs, field.Invalid(path, string(value), fmt.Sprintf("must match %s: %s", w.Pattern, by)))
		}
	}
	return errs, nil
}
