package controls

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

const (
	errQuantifier = `%s: set exactly one of "every", "each", "some" and "none" to a kind, such as ec2/Subnet`
	errKind       = "%s: kind %q is not valid: use the format service/Kind, such as ec2/Subnet"
	errResource   = "%s.resource: %q is not a valid glob pattern: %w"
	errRelation   = `%s: set exactly one of "by" (a field that refers to the parent check's resource), "behind" (a field of the parent check's resource that refers to this resource) and "same" (fields with the same value in both resources)`
	errOutermost  = "%s: \"by\", \"behind\" and \"same\" refer to a parent check: use them only in checks below \"with\""
	errElse       = "%s: \"else\" can be used only with \"every\" or \"some\": remove \"else\""
	errNoneWith   = "%s: \"none\" cannot be combined with \"with\": remove \"with\", or use \"none\" only in the innermost check"
)

// Check is a condition for composed resources. It selects resources of a kind, and
// states how many of them must match.
type Check struct {
	// Every, Each, Some and None name a kind, such as ec2/Subnet, which is the same
	// in both scopes of the provider. With Every, all must match, and at least one
	// must exist. With Each, all must match, if any. With Some, one must match.
	// With None, none may match.
	Every string `json:"every,omitempty"`
	Each  string `json:"each,omitempty"`
	Some  string `json:"some,omitempty"`
	None  string `json:"none,omitempty"`
	// Resource selects resources by a glob of their names within the stack.
	Resource string `json:"resource,omitempty"`
	// By selects resources with a reference to the resource above in this field.
	By string `json:"by,omitempty"`
	// Behind selects resources to which the resource above refers in this field.
	Behind string `json:"behind,omitempty"`
	// Same selects resources by equal values: it maps their field to a field of the
	// resource above. It is for relations without references.
	Same map[string]string `json:"same,omitempty"`
	// Where selects resources by their fields.
	Where map[string]any `json:"where,omitempty"`
	// Has contains the required values of fields.
	Has map[string]any `json:"has,omitempty"`
	// With contains checks of related resources.
	With []Check `json:"with,omitempty"`
	// Else applies if the check selects no resource, such as for a database with
	// another engine.
	Else []Check `json:"else,omitempty"`
}

// quantifier states how many resources must match.
type quantifier string

const (
	every quantifier = "every"
	each  quantifier = "each"
	some  quantifier = "some"
	none  quantifier = "none"
)

// check is a compiled Check.
type check struct {
	quantifier   quantifier
	kind         string
	resourceName string
	by, behind   *Path
	same         []pair
	where, has   conditions
	with         []*check
	otherwise    []*check
}

// pair is a field of a resource and the field of the resource above with the same
// value.
type pair struct{ here, above Path }

// compile compiles a check. An outermost check has no relation.
func compile(where string, c Check, outermost bool) (*check, error) {
	out := &check{resourceName: c.Resource}
	if err := out.readKind(where, c); err != nil {
		return nil, err
	}
	if _, err := path.Match(c.Resource, ""); err != nil {
		return nil, fmt.Errorf(errResource, where, c.Resource, err)
	}
	if err := out.readRelation(where, c, outermost); err != nil {
		return nil, err
	}
	var err error
	if c.Where != nil {
		if out.where, err = parseConditions(where+".where", c.Where); err != nil {
			return nil, err
		}
	}
	if c.Has != nil {
		if out.has, err = parseConditions(where+".has", c.Has); err != nil {
			return nil, err
		}
	}
	if out.quantifier == none && len(c.With) > 0 {
		return nil, fmt.Errorf(errNoneWith, where)
	}
	if len(c.Else) > 0 && out.quantifier != every && out.quantifier != some {
		return nil, fmt.Errorf(errElse, where)
	}
	if out.with, err = compileAll(where+".with", c.With, false); err != nil {
		return nil, err
	}
	out.otherwise, err = compileAll(where+".else", c.Else, outermost)
	return out, err
}

// compileAll compiles a list of checks.
func compileAll(where string, all []Check, outermost bool) ([]*check, error) {
	var out []*check
	for i, c := range all {
		compiled, err := compile(fmt.Sprintf("%s[%d]", where, i), c, outermost)
		if err != nil {
			return nil, err
		}
		out = append(out, compiled)
	}
	return out, nil
}

func (c *check) readKind(where string, from Check) error {
	for q, kind := range map[quantifier]string{every: from.Every, each: from.Each, some: from.Some, none: from.None} {
		if kind == "" {
			continue
		}
		if c.kind != "" {
			return fmt.Errorf(errQuantifier, where)
		}
		c.quantifier, c.kind = q, kind
	}
	if c.kind == "" {
		return fmt.Errorf(errQuantifier, where)
	}
	if service, kind, ok := strings.Cut(c.kind, "/"); !ok || service == "" || kind == "" {
		return fmt.Errorf(errKind, where, c.kind)
	}
	return nil
}

// readRelation reads the relation to the resource above.
func (c *check) readRelation(where string, from Check, outermost bool) error {
	relations := 0
	for _, there := range []bool{from.By != "", from.Behind != "", len(from.Same) > 0} {
		if there {
			relations++
		}
	}
	switch {
	case outermost && relations > 0:
		return fmt.Errorf(errOutermost, where)
	case !outermost && relations != 1:
		return fmt.Errorf(errRelation, where)
	}
	var err error
	if c.by, err = optionalPath(from.By); err != nil {
		return fmt.Errorf("%s.by: %w", where, err)
	}
	if c.behind, err = optionalPath(from.Behind); err != nil {
		return fmt.Errorf("%s.behind: %w", where, err)
	}
	for _, here := range slices.Sorted(maps.Keys(from.Same)) {
		p := pair{}
		var errAbove error
		p.here, err = ParsePath(here)
		p.above, errAbove = ParsePath(from.Same[here])
		if err := errors.Join(err, errAbove); err != nil {
			return fmt.Errorf("%s.same: %w", where, err)
		}
		c.same = append(c.same, p)
	}
	return nil
}

// optionalPath parses a path. It returns nil if the path is empty.
func optionalPath(text string) (*Path, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // An empty path is valid.
	}
	p, err := ParsePath(text)
	return &p, err
}
