// Command apidoc writes the API reference from an XRD, which is generated from the
// Go types: every field with its type, default, limits and rules.
//
//	apidoc XRD >docs/reference.md
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "apidoc:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("requires one argument, the XRD file, but got %d", len(args))
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	xrd := extv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(raw, &xrd); err != nil {
		return err
	}
	root := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema
	title := "# API reference"
	if xrd.Spec.Names.Kind == v1alpha1.AccountKind {
		title += " of accounts"
	}
	fmt.Println(title)
	fmt.Println()
	fmt.Println("Generated from the Go types in `apis/v1alpha1` by `make generate`. Do not edit this page. [api.md](api.md) explains the options.")
	write("spec", root.Properties["spec"])
	write("status", root.Properties["status"])
	return nil
}

// write writes an object's own fields as a table, then the objects in it.
func write(path string, of extv1.JSONSchemaProps) {
	fmt.Printf("\n## %s\n\n%s\n", path, text(of.Description))
	for i, rule := range rules(of) {
		if i == 0 {
			fmt.Println()
		}
		fmt.Println("- " + rule)
	}
	names := make([]string, 0, len(of.Properties))
	for name := range of.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Println("\n| field | type | default | |")
	fmt.Println("|---|---|---|---|")
	var objects []string
	for _, name := range names {
		p := of.Properties[name]
		below := path + "." + name
		if inner := object(p); inner != nil {
			objects = append(objects, name)
			below = fmt.Sprintf("[`%s`](#%s)", name, anchor(below))
		} else {
			below = "`" + name + "`"
		}
		if slices.Contains(of.Required, name) {
			below += " (required)"
		}
		fmt.Printf("| %s | %s | %s | %s |\n", below, kind(p), value(p.Default), cell(p))
	}
	for _, name := range objects {
		p := of.Properties[name]
		inner := *object(p)
		if inner.Description == "" {
			inner.Description = p.Description
		}
		write(path+"."+name, inner)
	}
}

// object returns the object in a field or in the field's list. It is nil if there
// is none.
func object(p extv1.JSONSchemaProps) *extv1.JSONSchemaProps {
	if p.Items != nil && p.Items.Schema != nil {
		p = *p.Items.Schema
	}
	if len(p.Properties) == 0 {
		return nil
	}
	return &p
}

// kind returns the type of a field.
func kind(p extv1.JSONSchemaProps) string {
	switch {
	case p.Type == "array":
		return "list of " + kind(*p.Items.Schema)
	case p.Type == "object" && p.AdditionalProperties != nil:
		return "map of " + kind(*p.AdditionalProperties.Schema)
	default:
		return p.Type
	}
}

// cell returns the description of a field with its limits.
func cell(p extv1.JSONSchemaProps) string {
	parts := []string{text(p.Description)}
	one := p
	if p.Items != nil && p.Items.Schema != nil {
		one = *p.Items.Schema
	}
	if len(one.Enum) > 0 {
		var values []string
		for _, e := range one.Enum {
			values = append(values, value(&e))
		}
		parts = append(parts, "One of "+strings.Join(values, ", ")+".")
	}
	if limits := limits(p, one); limits != "" {
		parts = append(parts, limits)
	}
	if object(p) == nil {
		all := rules(p)
		if p.Items != nil && p.Items.Schema != nil {
			all = append(all, rules(one)...)
		}
		for _, rule := range all {
			parts = append(parts, strings.ToUpper(rule[:1])+rule[1:]+".")
		}
	}
	return strings.Join(parts, " ")
}

// limits returns the limits of a field's value and length.
func limits(p, one extv1.JSONSchemaProps) string {
	var out []string
	add := func(format string, n any) { out = append(out, fmt.Sprintf(format, n)) }
	if one.Minimum != nil {
		add("at least %v", *one.Minimum)
	}
	if one.Maximum != nil {
		add("at most %v", *one.Maximum)
	}
	length := func(format, unit string, n *int64) {
		switch {
		case n == nil:
		case *n == 1:
			add(format, "1 "+unit)
		default:
			add(format, fmt.Sprintf("%d %ss", *n, unit))
		}
	}
	length("at least %s", "character", one.MinLength)
	length("at most %s", "character", one.MaxLength)
	length("at least %s", "item", p.MinItems)
	length("at most %s", "item", p.MaxItems)
	if len(out) == 0 {
		return ""
	}
	first := strings.ToUpper(out[0][:1]) + out[0][1:]
	return strings.Join(append([]string{first}, out[1:]...), ", ") + "."
}

// rules returns the messages of an object's or a field's rules.
func rules(p extv1.JSONSchemaProps) []string {
	var out []string
	for _, v := range p.XValidations {
		out = append(out, text(v.Message))
	}
	return out
}

func value(raw *extv1.JSON) string {
	if raw == nil {
		return ""
	}
	var v any
	if err := json.Unmarshal(raw.Raw, &v); err != nil {
		return ""
	}
	if m, ok := v.(map[string]any); ok && len(m) == 0 {
		return ""
	}
	return "`" + string(raw.Raw) + "`"
}

// text escapes a text for a table.
func text(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}

// anchor returns the anchor of a heading.
func anchor(heading string) string {
	return strings.ToLower(strings.ReplaceAll(heading, ".", ""))
}
