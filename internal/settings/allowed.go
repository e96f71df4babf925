package settings

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

const errNotAllowed = "%s is not allowed by the platform; use %s (limits.%s in %s)"

// choice is a setting that the platform may limit.
type choice struct {
	path  *field.Path
	value string
	// allowed lists the allowed values. If empty, all values are allowed.
	allowed []string
	// limit is the limit's field.
	limit string
}

// texts converts values of a string type to strings.
func texts[T ~string](values []T) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// Allow checks decided settings against the platform's limits, whether they come
// from the claim or from a preset. from describes where the limits are defined. It
// returns an error for each violation, or a platform.InvalidError for a limit that
// cannot be parsed.
func Allow(c *claim.Claim, s *Settings, limits inputv1alpha1.Limits, from string) error {
	path := field.NewPath("spec")
	class := path.Child("database", "instance", "class")
	if a := s.Database.Aurora; a != nil {
		class = path.Child("database", "aurora", "class")
		if a.Serverless {
			class = path.Child("database", "engine")
		}
	}
	var errs field.ErrorList
	choices := []choice{
		{path.Child("region"), s.Region, texts(limits.Regions), "regions"},
		{path.Child("environment"), string(c.Spec.Environment), texts(limits.Environments), "environments"},
		{path.Child("size"), string(c.Spec.Size), texts(limits.Sizes), "sizes"},
		{path.Child("deletionPolicy"), string(s.DeletionPolicy), texts(limits.DeletionPolicies), "deletionPolicies"},
	}
	if s.Database.Enabled {
		choices = append(choices, choice{class, s.Database.InstanceClass, limits.InstanceClasses, "instanceClasses"})
	}
	for _, limited := range choices {
		if len(limited.allowed) > 0 && !slices.ContainsFunc(limited.allowed, func(a string) bool { return matches(a, limited.value) }) {
			errs = append(errs, field.Forbidden(limited.path, fmt.Sprintf(errNotAllowed, limited.value, strings.Join(limited.allowed, ", "), limited.limit, from)))
		}
	}
	if least := int(limits.MinBackupRetentionDays); s.Database.Enabled && s.Database.BackupDays < least {
		errs = append(errs, field.Forbidden(path.Child("database", "backupRetentionDays"),
			fmt.Sprintf("%d days is below the platform's minimum; use at least %d (limits.minBackupRetentionDays in %s)", s.Database.BackupDays, least, from)))
	}
	if a, most := s.Database.Aurora, units(limits.MaxServerlessCapacity, math.Inf(1)); a != nil && a.Capacity.Max > most {
		errs = append(errs, field.Forbidden(path.Child("database", "aurora", "serverless", "maxCapacity"),
			fmt.Sprintf("%v capacity units exceed the platform's maximum; use at most %v (limits.maxServerlessCapacity in %s)", a.Capacity.Max, most, from)))
	}
	errs = append(errs, permitted(s.Access, limits, from)...)
	tags, err := mandatory(c.Spec.Tags, limits.MandatoryTags, from)
	if err != nil {
		return err
	}
	if errs = append(errs, tags...); len(errs) > 0 {
		return claim.InvalidError(errs)
	}
	return nil
}

// matches reports whether a value equals allowed, or starts with it if allowed ends
// with a star.
func matches(allowed, value string) bool {
	if beginning, ok := strings.CutSuffix(allowed, "*"); ok {
		return strings.HasPrefix(value, beginning)
	}
	return allowed == value
}

// mandatory returns an error for each mandatory tag that a claim lacks or that has
// a wrong value. It returns a second error for a pattern that cannot be parsed.
func mandatory(tags map[string]v1alpha1.TagValue, wanted []inputv1alpha1.MandatoryTag, from string) (field.ErrorList, error) {
	var errs field.ErrorList
	for i, w := range wanted {
		pattern, err := regexp.Compile("^(?:" + w.Pattern + ")$")
		if err != nil {
			return nil, platform.InvalidError{field.Invalid(field.NewPath("limits", "mandatoryTags").Index(i).Child("pattern"), w.Pattern, err.Error())}
		}
		path, by := field.NewPath("spec", "tags").Key(w.Key), fmt.Sprintf("is required by the platform (limits.mandatoryTags in %s)", from)
		value, ok := tags[w.Key]
		switch {
		case !ok:
			errs = append(errs, field.Required(path, by))
		case w.Pattern != "" && !pattern.MatchString(string(value)):
			errs = append(errs, field.Invalid(path, string(value), fmt.Sprintf("must match the platform's pattern %s (limits.mandatoryTags in %s)", w.Pattern, from)))
		}
	}
	return errs, nil
}
