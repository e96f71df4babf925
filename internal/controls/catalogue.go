package controls

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
)

//go:generate go run ../../hack/tojson catalogue/*.yaml zz_catalogue.json
//go:generate sh -c "go run ../.. controls --output markdown >../../docs/controls.md"

const (
	errParse    = "the catalog is not valid: %w"
	errTwice    = "control %s: another control has the same ID"
	errControl  = "control %s: %w"
	errEmpty    = "%s is missing"
	errValue    = "%s: %q is not valid: use one of %s"
	errNeeds    = "a control with default %s requires the field %q"
	errRefuses  = "a control with default %s cannot have the field %q"
	errAccepted = `accepted[%d] requires "resource" (a glob pattern) and "reason"`
	errReported = `reported[%d] requires "check" (a scanner check in the control's frameworks), "resource" (a glob pattern) and "reason"`
)

// embedded contains the catalog, with a file for each tier.
//
//go:embed zz_catalogue.json
var embedded []byte

// order returns the tiers in the order of the catalog.
func order() []string {
	all := tiers.All()
	out := make([]string, 0, len(all))
	for _, t := range all {
		out = append(out, t.Name)
	}
	return out
}

// Catalogue contains all controls.
type Catalogue struct {
	controls []Control
}

// file is a file of the catalog.
type file struct {
	Tier string `json:"tier"`
	// About is the default for controls that do not set it.
	About    []Check   `json:"about,omitempty"`
	Controls []Control `json:"controls"`
}

// All returns the project's catalog. It is loaded once.
var All = sync.OnceValue(func() *Catalogue { return must(load(embedded)) })

// must panics on an error, for embedded files, which tests load too.
func must(c *Catalogue, err error) *Catalogue {
	if err != nil {
		panic(err)
	}
	return c
}

// Controls returns all controls by tier.
func (c *Catalogue) Controls() []Control { return c.controls }

// New returns a catalog of the given controls.
func New(all ...Control) (*Catalogue, error) {
	c := &Catalogue{}
	seen := map[string]bool{}
	for _, control := range all {
		if err := control.prepare(); err != nil {
			return nil, fmt.Errorf(errControl, control.ID, err)
		}
		if seen[control.ID] {
			return nil, fmt.Errorf(errTwice, control.ID)
		}
		seen[control.ID] = true
		c.controls = append(c.controls, control)
	}
	names := order()
	slices.SortStableFunc(c.controls, func(a, b Control) int {
		return slices.Index(names, a.Tier) - slices.Index(names, b.Tier)
	})
	return c, nil
}

// load loads a catalog: a list of files in JSON.
func load(raw []byte) (*Catalogue, error) {
	var files []file
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&files); err != nil {
		return nil, fmt.Errorf(errParse, err)
	}
	var all []Control
	for _, f := range files {
		for _, c := range f.Controls {
			c.Tier = f.Tier
			if c.About == nil {
				c.About = f.About
			}
			all = append(all, c)
		}
	}
	return New(all...)
}

// prepare compiles the checks of a loaded control.
func (c *Control) prepare() error {
	if err := c.validate(); err != nil {
		return err
	}
	var err error
	if c.subjects, err = compileAll("about", c.About, true); err != nil {
		return err
	}
	c.compiled, err = compileAll("checks", c.Checks, true)
	return err
}

// validate returns an error if a control lacks required fields.
func (c *Control) validate() error {
	for _, text := range []struct{ name, value string }{{"id", c.ID}, {"title", c.Title}} {
		if text.value == "" {
			return fmt.Errorf(errEmpty, text.name)
		}
	}
	for _, word := range []struct {
		name, value string
		allowed     []string
	}{
		{"tier", c.Tier, order()},
		{"severity", string(c.Severity), texted(severities)},
		{"default", string(c.Default), texted([]Default{Included, OptIn, NotApplicable})},
	} {
		if !slices.Contains(word.allowed, word.value) {
			return fmt.Errorf(errValue, word.name, word.value, strings.Join(word.allowed, ", "))
		}
	}
	for _, f := range slices.Sorted(maps.Keys(c.Frameworks)) {
		if f.Name() == "" {
			return fmt.Errorf(errValue, "frameworks", f, strings.Join(texted(Frameworks), ", "))
		}
	}
	for i, a := range c.Accepted {
		if _, err := path.Match(a.Resource, ""); err != nil || a.Resource == "" || a.Reason == "" {
			return fmt.Errorf(errAccepted, i)
		}
	}
	asked := slices.Concat(slices.Collect(maps.Values(c.Frameworks))...)
	for i, r := range c.Reported {
		if _, err := path.Match(r.Resource, ""); err != nil || r.Resource == "" || r.Reason == "" || !slices.Contains(asked, r.Check) {
			return fmt.Errorf(errReported, i)
		}
	}
	return c.validateDefault()
}

// validateDefault returns an error unless a control that does not apply has a
// reason, an opt-in has a description of how to enable it, and both opt-ins and
// included controls have checks.
func (c *Control) validateDefault() error {
	for _, part := range []struct {
		name          string
		there, wanted bool
	}{
		{"reason", c.Reason != "", c.Default == NotApplicable},
		{"how", c.How != "", c.Default == OptIn},
		{"checks", len(c.Checks) > 0, c.Default != NotApplicable},
	} {
		if part.wanted && !part.there {
			return fmt.Errorf(errNeeds, c.Default, part.name)
		}
	}
	if c.Reason != "" && c.Default != NotApplicable {
		return fmt.Errorf(errRefuses, c.Default, "reason")
	}
	if c.Example != "" && c.Default != OptIn {
		return fmt.Errorf(errRefuses, c.Default, "example")
	}
	return nil
}

// texted converts values of a string type to strings.
func texted[T ~string](words []T) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}
