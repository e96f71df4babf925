// Command portalgen makes a Backstage software template of an XRD, so that its
// form has every field of the API: pages, titles, help, choices, defaults and
// limits, and what is optional only where it is asked for.
//
//	portalgen XRD >portal/backstage/template.yaml
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

const header = "# Generated from the XRD by `make generate`. Do not edit.\n"

// pages is the form's pages and the fields of the spec on each.
var pages = []struct {
	title, description string
	fields             []string
}{
	{"Basics", "Where the shop runs and how it is used. Everything else has a safe default.", []string{"region", "environment", "size", "deletionPolicy", "tags"}},
	{"Network", "The network that the stack makes, or one that exists.", []string{"network"}},
	{"Database", "PostgreSQL, its size, its backups and who reads.", []string{"database"}},
	{"CDN and files", "The shop's domain, and the files that CloudFront serves.", []string{"cdn", "assets"}},
	{"Application", "What runs the application, and its secrets.", []string{"access", "secrets"}},
	{"Guardrails", "What watches over the stack.", []string{"guardrails"}},
}

// wanted ends the name of the question whether an optional part is wanted.
const wanted = "Wanted"

// only is fields that make sense with a value of another one of the same object
// only: by the object's path, the other field and its value.
var only = map[string]map[string]map[string][]string{
	"database": {"engine": {
		"postgres":          {"instanceClass", "storageGiB", "maxStorageGiB", "storageType", "iops", "throughput"},
		"aurora-postgresql": {"serverless", "readReplicas"},
	}},
}

// with is fields that make sense beside another one of the same object only.
var with = map[string]map[string][]string{
	"cdn": {"domain": {"additionalDomains", "hostedZone", "certificateArn"}},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "portalgen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want one argument, the XRD, got %d", len(args))
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	xrd := extv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(raw, &xrd); err != nil {
		return err
	}
	spec := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
	out, err := yaml.Marshal(template(spec))
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(append([]byte(header), out...))
	return err
}

func template(spec extv1.JSONSchemaProps) map[string]any {
	values := map[string]any{}
	for _, p := range pages {
		for _, f := range p.fields {
			values[f] = "${{ parameters." + f + " }}"
		}
	}
	return map[string]any{
		"apiVersion": "scaffolder.backstage.io/v1beta3",
		"kind":       "Template",
		"metadata": map[string]any{
			"name": "secure-ecommerce", "title": "Secure e-commerce stack",
			"description": "A secure, multi-tier e-commerce stack on AWS: network, PostgreSQL, CDN, keys, guardrails.",
			"tags":        []string{"aws", "crossplane", "ecommerce"},
		},
		"spec": map[string]any{
			"owner":      "platform-team",
			"type":       "resource",
			"parameters": parameters(spec),
			"steps": []any{
				map[string]any{"id": "claim", "name": "Write the claim", "action": "fetch:template", "input": map[string]any{
					"url": "./skeleton", "targetPath": "${{ parameters.namespace }}/${{ parameters.name }}",
					"values": map[string]any{"name": "${{ parameters.name }}", "namespace": "${{ parameters.namespace }}", "owner": "${{ parameters.owner }}", "spec": values},
				}},
				map[string]any{"id": "review", "name": "Ask for a review", "action": "publish:github:pull-request", "input": map[string]any{
					"repoUrl": "${{ parameters.repoUrl }}", "branchName": "order-${{ parameters.namespace }}-${{ parameters.name }}",
					"title": "Order ${{ parameters.namespace }}/${{ parameters.name }}", "description": "A secure e-commerce stack, ordered in the portal.",
				}},
			},
			"output": map[string]any{"links": []any{map[string]any{"title": "Review it", "url": "${{ steps.review.output.remoteUrl }}"}}},
		},
	}
}

func parameters(spec extv1.JSONSchemaProps) []any {
	var out []any
	for i, p := range pages {
		object := extv1.JSONSchemaProps{Type: "object", Properties: map[string]extv1.JSONSchemaProps{}}
		for _, f := range p.fields {
			object.Properties[f] = spec.Properties[f]
			if slices.Contains(spec.Required, f) {
				object.Required = append(object.Required, f)
			}
		}
		page := converted(object, "")
		page["title"], page["description"], page["ui:order"] = p.title, p.description, append(slices.Clone(p.fields), "*")
		if i == 0 {
			identify(page)
		}
		out = append(out, page)
	}
	return append(out, map[string]any{
		"title": "Repository", "required": []string{"repoUrl"},
		"properties": map[string]any{"repoUrl": map[string]any{"title": "Repository of claims", "type": "string", "ui:field": "RepoUrlPicker", "ui:options": map[string]any{"allowedHosts": []string{"github.com"}}}},
	})
}

// identify asks for what is not of the spec.
func identify(page map[string]any) {
	properties, _ := page["properties"].(map[string]any)
	label := func(title, description string) map[string]any {
		return map[string]any{"title": title, "description": description, "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
	}
	properties["name"] = label("Name", "Name of the claim.")
	properties["namespace"] = label("Namespace", "Namespace of your team.")
	properties["owner"] = map[string]any{"title": "Owner", "description": "Group that owns the stack.", "type": "string", "ui:field": "OwnerPicker", "ui:options": map[string]any{"catalogFilter": map[string]any{"kind": "Group"}}}
	page["required"] = append([]string{"name", "namespace", "owner"}, page["required"].([]string)...)
	page["ui:order"] = append([]string{"name", "namespace", "owner"}, page["ui:order"].([]string)...)
}

// converted is a schema as the form takes it: without rules in CEL, which only an
// API server knows, and with questions for what is optional.
func converted(s extv1.JSONSchemaProps, path string) map[string]any {
	out := plain(s)
	if s.Items != nil && s.Items.Schema != nil {
		out["items"] = converted(*s.Items.Schema, path+"[]")
		if len(s.Items.Schema.Enum) > 0 {
			out["uniqueItems"], out["ui:widget"] = true, "checkboxes"
		}
	}
	if s.AdditionalProperties != nil {
		out["additionalProperties"] = plain(*s.AdditionalProperties.Schema)
	}
	if len(s.Properties) == 0 {
		return out
	}
	if len(s.Required) > 0 {
		out["required"] = s.Required
	}
	properties, dependencies := map[string]any{}, map[string]any{}
	for name, p := range s.Properties {
		of := converted(p, strings.TrimPrefix(path+"."+name, "."))
		if !slices.Contains(s.Required, name) {
			// The form would begin with so many empty ones, which nobody asked for.
			delete(of, "minItems")
		}
		if optional(s, name) {
			properties[name+wanted] = map[string]any{"title": title(p, name), "description": p.Description, "type": "boolean", "default": false}
			dependencies[name+wanted] = either(name+wanted, map[any]map[string]any{false: nil, true: {name: of}})
			continue
		}
		properties[name] = of
	}
	for field, values := range only[path] {
		choices := map[any]map[string]any{}
		for value, names := range values {
			choices[value] = moved(properties, dependencies, names)
		}
		dependencies[field] = either(field, choices)
	}
	for field, names := range with[path] {
		dependencies[field] = map[string]any{"properties": moved(properties, dependencies, names)}
	}
	out["properties"] = properties
	if len(dependencies) > 0 {
		out["dependencies"] = dependencies
	}
	out["ui:order"] = ordered(s.Properties)
	return out
}

// optional is whether an object is there only if it is asked for.
func optional(of extv1.JSONSchemaProps, name string) bool {
	p := of.Properties[name]
	return p.Type == "object" && len(p.Properties) > 0 && p.Default == nil && !slices.Contains(of.Required, name)
}

// moved takes fields, with their questions, out of an object's own.
func moved(properties, dependencies map[string]any, names []string) map[string]any {
	out := map[string]any{}
	for _, n := range names {
		for _, field := range []string{n, n + wanted} {
			if p, ok := properties[field]; ok {
				out[field] = p
				delete(properties, field)
			}
		}
		// A form knows no question within an answer: the part is shown with it.
		if d, ok := dependencies[n+wanted].(map[string]any); ok {
			choices, _ := d["oneOf"].([]any)
			for _, c := range choices {
				inner, _ := c.(map[string]any)["properties"].(map[string]any)
				if p, ok := inner[n]; ok {
					out[n] = p
				}
			}
			delete(dependencies, n+wanted)
			delete(out, n+wanted)
		}
	}
	return out
}

// either is further fields by the value of one.
func either(field string, choices map[any]map[string]any) map[string]any {
	var values []any
	for v := range choices {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	var oneOf []any
	for _, v := range values {
		properties := map[string]any{field: map[string]any{"enum": []any{v}}}
		for name, p := range choices[v] {
			properties[name] = p
		}
		oneOf = append(oneOf, map[string]any{"properties": properties})
	}
	return map[string]any{"oneOf": oneOf}
}

// ordered is fields as a person reads them: what is simple first, then by name.
func ordered(properties map[string]extv1.JSONSchemaProps) []string {
	var simple, others []string
	for name, p := range properties {
		if len(p.Properties) == 0 {
			simple = append(simple, name)
		} else {
			others = append(others, name+wanted, name)
		}
	}
	slices.Sort(simple)
	slices.Sort(others)
	return append(append(simple, others...), "*")
}

// plain is a schema's own keywords.
func plain(s extv1.JSONSchemaProps) map[string]any {
	raw, _ := json.Marshal(extv1.JSONSchemaProps{ // Schemas always marshal.
		Title: s.Title, Description: strings.Join(strings.Fields(s.Description), " "), Type: s.Type, Enum: s.Enum, Pattern: s.Pattern,
		Minimum: s.Minimum, Maximum: s.Maximum, MinLength: s.MinLength, MaxLength: s.MaxLength, MinItems: s.MinItems, MaxItems: s.MaxItems,
		MaxProperties: s.MaxProperties, Default: value(s),
	})
	out := map[string]any{}
	_ = json.Unmarshal(raw, &out) // As above.
	return out
}

// value is a default that a form shows; that of an object is what is in it.
func value(s extv1.JSONSchemaProps) *extv1.JSON {
	if s.Type == "object" {
		return nil
	}
	return s.Default
}

func title(s extv1.JSONSchemaProps, name string) string {
	if s.Title != "" {
		return s.Title
	}
	return name
}
