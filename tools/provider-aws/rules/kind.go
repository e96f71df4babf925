package main

// kind is what the generated file says of a kind. Keys of maps and items of
// lists are field paths below spec.forProvider, as the CRD has them: a list is
// followed by [], an object that Terraform has a list of one for is not.
type kind struct {
	// Type is the Terraform resource, such as "aws_db_instance".
	Type string `json:"type"`
	// Framework reports whether the resource is built with Terraform's plugin
	// framework, whose plan modifiers can do what no table says.
	Framework bool `json:"framework,omitempty"`
	// ExternalName is the Terraform argument that takes the external name, if any.
	// Its limits are those of the field "@external-name".
	ExternalName string `json:"externalName,omitempty"`
	// ExternalNamePrefix is what the argument has in front of the external name.
	ExternalNamePrefix string `json:"externalNamePrefix,omitempty"`
	// Fields are all fields of spec.forProvider.
	Fields map[string]*attribute `json:"fields"`
	// ToldApartBy are the sets of objects below status.atProvider that show one of
	// several objects which agree in these fields, whatever else they have.
	ToldApartBy map[string][]string `json:"toldApartBy,omitempty"`
	// NotLateInitialized are the fields that the provider never fills in; Unless
	// are those that it does not where spec.initProvider has them.
	NotLateInitialized []string `json:"notLateInitialized,omitempty"`
	Unless             []string `json:"notLateInitializedIfInitial,omitempty"`
	// CustomizeDiff are the functions that check or change a plan.
	CustomizeDiff []string `json:"customizeDiff,omitempty"`
	// Source is the file that defines the resource, below the Terraform provider's
	// module.
	Source string `json:"source,omitempty"`

	// unread are the arguments whose validation functions neither their messages nor
	// the source shows.
	unread []string
}

// attribute is what Terraform says of an argument.
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

// limits is what a value must be like. Those of a list or map are of its items.
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
	// Validator is the function that checks the value, where it has a name: the last
	// one of several.
	Validator string `json:"validator,omitempty"`
}
