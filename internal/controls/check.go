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
	errQuantifier = "%s: use exactly one of every, each, some and none, with a kind such as ec2/Subnet"
	errKind       = "%s: kind %q is not valid: use service/Kind, such as ec2/Subnet"
	errResource   = "%s.resource: %q is not a valid glob: %w"
	errRelation   = "%s: use exactly one of by (a field of the other resource that refers to this one), behind (a field of this one that refers to the other) and same (fields of both with the same value)"
	errOutermost  = "%s: by, behind and same relate to another resource: use them below with only"
	errElse       = "%s: else requires every or some: remove it from each and none"
	errNoneWith   = "%s: none cannot be combined with with: use it alone, or as the innermost relation"
)

// Check is a statement about composed resources. It picks resources of a kind,
// and says of how many of them what must hold.
type Check struct {
	// Every, Each, Some and None name a kind, such as ec2/Subnet, the same in both
	// scopes of the provider. Every wants all of them to hold, and at least
	// one to exist; Each wants all of them to hold, if there are any; Some wants one
	// that holds; None wants none that does.
	Every string `json:"every,omitempty"`
	Each  string `json:"each,omitempty"`
	Some  string `json:"some,omitempty"`
	None  string `json:"none,omitempty"`
	// Resource picks those whose names within the stack match a glob.
	Resource string `json:"resource,omitempty"`
	// By picks those that refer to the resource above from this field of theirs.
	By string `json:"by,omitempty"`
	// Behind picks those that the resource above refers to from this field.
	Behind string `json:"behind,omitempty"`
	// Same picks those that share a value with the resource above, where they have
	// no reference: their field, and the one of the resource above.
	Same map[string]string `json:"same,omitempty"`
	// Where picks those whose fields are as given.
	Where map[string]any `json:"where,omitempty"`
	// Has is what fields must be.
	Has map[string]any `json:"has,omitempty"`
	// With is what must hold of related resources.
	With []Check `json:"with,omitempty"`
	// Else is what must hold instead where there is none to pick, such as of the
	// database of another engine.
	Else []Check `json:"else,omitempty"`
}

// quantifier is of how many resources something must hold.
type quantifier string

const (
	every quantifier = "every"
	each  quantifier = "each"
	some  quantifier = "some"
	none  quantifier = "none"
)

// check is a Check, ready to be evaluated.
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

// pair is a field of a resource and the one of the resource above it that has the
// same value.
type pair struct{ here, above Path }

// compile reads a check. The outermost ones relate to nothing.
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

// compileAll reads a list of checks.
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

// readRelation reads how resources relate to the one above.
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

// optionalPath reads a path that may be left out.
func optionalPath(text string) (*Path, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // Nothing is a proper answer.
	}
	p, err := ParsePath(text)
	return &p, err
}
