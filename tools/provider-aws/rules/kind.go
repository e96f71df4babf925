package main

// kind contains the generated rules of a kind. Keys of maps and items of lists are
// field paths in spec.forProvider, as in the CRD. A list is followed by [], except
// for a Terraform list of one, which is an object.
type kind struct {
	// Type is the Terraform resource, such as "aws_db_instance".
	Type string `json:"type"`
	// Framework reports whether the resource uses Terraform's plugin framework,
	// whose plan modifiers cannot be represented in a table.
	Framework bool `json:"framework,omitempty"`
	// ExternalName is the Terraform argument for the external name, if any. The
	// field "@external-name" contains its limits.
	ExternalName string `json:"externalName,omitempty"`
	// ExternalNamePrefix is the prefix of the external name in this argument.
	ExternalNamePrefix string `json:"externalNamePrefix,omitempty"`
	// Fields are all fields of spec.forProvider.
	Fields map[string]*attribute `json:"fields"`
	// ToldApartBy lists the sets of objects in status.atProvider that merge objects
	// with equal values in these fields.
	ToldApartBy map[string][]string `json:"toldApartBy,omitempty"`
	// NotLateInitialized lists the fields that the provider never fills in. Unless
	// lists those that it does not fill in if spec.initProvider sets them.
	NotLateInitialized []string `json:"notLateInitialized,omitempty"`
	Unless             []string `json:"notLateInitializedIfInitial,omitempty"`
	// CustomizeDiff lists the functions that check or change a plan.
	CustomizeDiff []string `json:"customizeDiff,omitempty"`
	// Source is the file that defines the resource in the Terraform provider's
	// module.
	Source string `json:"source,omitempty"`

	// unread lists the arguments whose limits neither messages nor source code
	// reveal.
	unread []string
}

// attribute is Terraform's schema of an argument.
type attribute struct {
	// Type is string, int, float, bool, map, list, set or object.
	Type       string `json:"type"`
	Required   bool   `json:"required,omitempty"`
	Computed   bool   `json:"computed,omitempty"`
	ForceNew   bool   `json:"forceNew,omitempty"`
	Sensitive  bool   `json:"sensitive,omitempty"`
	Deprecated string `json:"deprecated,omitempty"`
	Default    any    `json:"default,omitempty"`
	MinItems   int    `json:"minItems,omitempty"`
	MaxItems   int    `json:"maxItems,omitempty"`

	ConflictsWith []string `json:"conflictsWith,omitempty"`
	RequiredWith  []string `json:"requiredWith,omitempty"`
	ExactlyOneOf  []string `json:"exactlyOneOf,omitempty"`
	AtLeastOneOf  []string `json:"atLeastOneOf,omitempty"`

	limits
}

// limits are the limits of a value. For a list or map, they apply to its items.
type limits struct {
	OneOf     []string `json:"oneOf,omitempty"`
	Patterns  []string `json:"patterns,omitempty"`
	Forbidden []string `json:"forbidden,omitempty"`
	MinLength *int     `json:"minLength,omitempty"`
	MaxLength *int     `json:"maxLength,omitempty"`
	Min       *float64 `json:"min,omitempty"`
	Max       *float64 `json:"max,omitempty"`
	// JSON reports whether the value is a JSON document.
	JSON bool `json:"json,omitempty"`
	// Validator is the name of the validation function. If there are several, it is
	// the last one.
	Validator string `json:"validator,omitempty"`
}
