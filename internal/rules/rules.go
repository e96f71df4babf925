// Package rules knows what a managed resource must be like that its CRD does not
// say: the rules of the Terraform resource behind it, and the limits of AWS's own
// API. The API server takes a resource that breaks them; the provider or AWS
// refuses it later.
//
// Tests hold all examples against it. It is not part of the function.
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

// Kind is the rules of a kind. Paths are below spec.forProvider: a list of
// objects is followed by [].
type Kind struct {
	// Type is the Terraform resource, such as "aws_db_instance".
	Type string `json:"type"`
	// Framework reports whether the resource is built with Terraform's plugin
	// framework, whose plan modifiers can do what no table says.
	Framework bool `json:"framework"`
	// ExternalName is the Terraform argument that takes the external name, if any.
	ExternalName string `json:"externalName"`
	// ExternalNamePrefix is what the argument has in front of the external name.
	ExternalNamePrefix string `json:"externalNamePrefix"`
	// Fields are all arguments, by path.
	Fields map[string]Attribute `json:"fields"`
	// ToldApartBy are the sets of objects below status.atProvider that show one of
	// several objects which agree in these fields, whatever else they have.
	ToldApartBy map[string][]string `json:"toldApartBy"`
	// NotLateInitialized are the fields that the provider never fills in.
	NotLateInitialized []string `json:"notLateInitialized"`
	// Unless are the fields that it does not fill in where spec.initProvider has
	// them.
	Unless []string `json:"notLateInitializedIfInitial"`
	// CustomizeDiff are the functions that check or change a plan.
	CustomizeDiff []string `json:"customizeDiff"`
	// Source is the file that defines the resource in the Terraform provider.
	Source string `json:"source"`
	// AWS is what AWS's API models accept, Documented what its references say
	// beyond them, by path.
	AWS        map[string]Limits     `json:"-"`
	Documented map[string]Documented `json:"-"`
}

// Attribute is what Terraform says of an argument.
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

// Limits is what a value must be like. Those of a list are of its items, but for
// the number of them.
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
	// Validator is the provider's function that checks the value, where it has a
	// name.
	Validator string `json:"validator"`
}

// Documented is limits that AWS documents in words only.
type Documented struct {
	Limits

	// In is the operation, type or page of AWS's documentation that says so.
	In string `json:"documented"`
}

// Files that `make rules` writes, and what it cannot read anywhere.
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

// parse reads all files.
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

var errUnknownKind = errors.New("no such kind among Terraform's rules")

// ForceNew returns the fields that cannot change without another resource in
// AWS, sorted.
func (k Kind) ForceNew() []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(k.Fields)) {
		if k.Fields[path].ForceNew {
			out = append(out, path)
		}
	}
	return out
}

// LateInitialized returns the fields that the provider fills in where they are
// absent, sorted: those that AWS or Terraform has a value for if nobody says one.
// Only fields of spec.forProvider itself are filled in, never those of a block
// that is there.
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

// readBack are fields that the schema does not call computed, and that Terraform
// reads back from AWS all the same, as was seen in recordings of the real
// provider, by Terraform resource.
var readBack = map[string][]string{
	"aws_backup_selection":      {"condition"},
	"aws_cloudwatch_event_rule": {"isEnabled"},
	"aws_rds_cluster":           {"scalingConfiguration"},
}

// defaults reports whether a default shows: zero values are not filled in.
func defaults(v any) bool {
	return v != nil && v != "" && v != false && v != 0.0
}

// compiled are the patterns that were used, which are few.
var compiled sync.Map

// matches reports whether a text matches a pattern.
func matches(pattern, text string) bool {
	if e, ok := compiled.Load(pattern); ok {
		return e.(*regexp.Regexp).MatchString(text) //nolint:forcetypeassert // Only expressions are stored.
	}
	e := regexp.MustCompile(pattern) // A test compiles all of them.
	compiled.Store(pattern, e)
	return e.MatchString(text)
}
