// Package rules contains requirements for managed resources that are not in their
// CRDs: the rules of the underlying Terraform resource, and the limits of AWS's
// API. The API server accepts a resource that violates them, but the provider or
// AWS rejects it later.
//
// Tests check all examples against them. The package is not part of the function.
package rules

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"

	"sigs.k8s.io/yaml"
)

// ExternalName is the path of a resource's external name among its fields.
const ExternalName = "@external-name"

// Kind contains the rules of a kind. Paths start at spec.forProvider. A list of
// objects is followed by [].
type Kind struct {
	// Type is the Terraform resource, such as "aws_db_instance".
	Type string `json:"type"`
	// Framework reports whether the resource uses Terraform's plugin framework,
	// whose plan modifiers cannot be represented in a table.
	Framework bool `json:"framework"`
	// ExternalName is the Terraform argument for the external name, if any.
	ExternalName string `json:"externalName"`
	// ExternalNamePrefix is the prefix of the external name in this argument.
	ExternalNamePrefix string `json:"externalNamePrefix"`
	// Fields contains all arguments by path.
	Fields map[string]Attribute `json:"fields"`
	// ToldApartBy lists the sets of objects in status.atProvider that merge objects
	// with equal values in these fields.
	ToldApartBy map[string][]string `json:"toldApartBy"`
	// NotLateInitialized lists the fields that the provider never fills in.
	NotLateInitialized []string `json:"notLateInitialized"`
	// Unless lists the fields that it does not fill in if spec.initProvider sets
	// them.
	Unless []string `json:"notLateInitializedIfInitial"`
	// CustomizeDiff lists the functions that check or change a plan.
	CustomizeDiff []string `json:"customizeDiff"`
	// Source is the file that defines the resource in the Terraform provider.
	Source string `json:"source"`
	// AWS contains the limits of AWS's API models, and Documented additional limits
	// in its documentation, by path.
	AWS        map[string]Limits     `json:"-"`
	Documented map[string]Documented `json:"-"`
}

// Attribute is Terraform's schema of an argument.
type Attribute struct {
	Limits

	// Type is string, int, float, bool, map, list, set or object.
	Type       string `json:"type"`
	Required   bool   `json:"required"`
	Computed   bool   `json:"computed"`
	ForceNew   bool   `json:"forceNew"`
	Sensitive  bool   `json:"sensitive"`
	Deprecated string `json:"deprecated"`
	Default    any    `json:"default"`

	ConflictsWith []string `json:"conflictsWith"`
	RequiredWith  []string `json:"requiredWith"`
	ExactlyOneOf  []string `json:"exactlyOneOf"`
	AtLeastOneOf  []string `json:"atLeastOneOf"`
}

// Limits are the limits of a value. For a list, they apply to its items, except
// those of its length.
type Limits struct {
	OneOf     []string `json:"oneOf"`
	Patterns  []string `json:"patterns"`
	Forbidden []string `json:"forbidden"`
	MinLength *int     `json:"minLength"`
	MaxLength *int     `json:"maxLength"`
	Min       *float64 `json:"min"`
	Max       *float64 `json:"max"`
	MinItems  int      `json:"minItems"`
	MaxItems  int      `json:"maxItems"`
	JSON      bool     `json:"json"`
	// Validator is the name of the provider's validation function, if it has one.
	Validator string `json:"validator"`
}

// Documented contains limits that exist only in AWS's documentation.
type Documented struct {
	Limits

	// In is the operation, type or page of AWS's documentation.
	In string `json:"documented"`
}

// Files that `make rules` writes, and one for rules that it cannot extract.
var (
	//go:embed terraform.json
	terraform []byte
	//go:embed aws.json
	aws []byte
	//go:embed documented.yaml
	documented []byte
)

// Kinds returns the rules of all kinds that a stack can have, such as
// "rds/Instance".
var Kinds = sync.OnceValues(func() (map[string]Kind, error) { return parse(terraform, aws, documented) })

// parse parses all files.
func parse(terraform, aws, documented []byte) (map[string]Kind, error) {
	kinds := map[string]Kind{}
	if err := json.Unmarshal(terraform, &kinds); err != nil {
		return nil, fmt.Errorf("cannot read Terraform's rules: %w", err)
	}
	limits := map[string]map[string]Limits{}
	if err := json.Unmarshal(aws, &limits); err != nil {
		return nil, fmt.Errorf("cannot read AWS's limits: %w", err)
	}
	for k, l := range limits {
		kind := kinds[k]
		kind.AWS = l
		kinds[k] = kind
	}
	words := map[string]map[string]Documented{}
	if err := yaml.UnmarshalStrict(documented, &words); err != nil {
		return nil, fmt.Errorf("cannot read the limits that AWS documents: %w", err)
	}
	for k, d := range words {
		kind, ok := kinds[k]
		if !ok {
			return nil, fmt.Errorf("cannot use the limits that AWS documents: %w: %s", errUnknownKind, k)
		}
		kind.Documented = d
		kinds[k] = kind
	}
	return kinds, nil
}

var errUnknownKind = errors.New("this kind has no Terraform rules")

// ForceNew returns the fields that cannot change without replacing the AWS
// resource, sorted.
func (k Kind) ForceNew() []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(k.Fields)) {
		if k.Fields[path].ForceNew {
			out = append(out, path)
		}
	}
	return out
}

// LateInitialized returns the fields that the provider fills in if they are
// omitted, sorted: those for which AWS or Terraform has a default. It includes only
// fields directly in spec.forProvider, because fields of a present block are never
// filled in.
func (k Kind) LateInitialized() []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(k.Fields)) {
		f := k.Fields[path]
		if nested(path) || path == ExternalName || slices.Contains(k.NotLateInitialized, path) {
			continue
		}
		if f.Computed || defaults(f.Default) || slices.Contains(readBack[k.Type], path) {
			out = append(out, path)
		}
	}
	return out
}

// readBack contains fields that Terraform reads from AWS although its schema does
// not mark them as computed, by Terraform resource. They were found in recordings
// of the real provider.
var readBack = map[string][]string{
	"aws_backup_selection":      {"condition"},
	"aws_cloudwatch_event_rule": {"isEnabled"},
	"aws_rds_cluster":           {"scalingConfiguration"},
}

// defaults reports whether a default is filled in. Zero values are not.
func defaults(v any) bool {
	return v != nil && v != "" && v != false && v != 0.0
}

// compiled caches compiled patterns, of which there are few.
var compiled sync.Map

// matches reports whether a text matches a pattern.
func matches(pattern, text string) bool {
	if e, ok := compiled.Load(pattern); ok {
		return e.(*regexp.Regexp).MatchString(text) //nolint:forcetypeassert // The map contains only regular expressions.
	}
	e := regexp.MustCompile(pattern) // A test compiles all of them.
	compiled.Store(pattern, e)
	return e.MatchString(text)
}
