package main

import (
	_ "embed"
	"slices"
)

// skeleton writes the claim. CONDITIONS is replaced by the conditions of its
// fields.
//
//go:embed skeleton.yaml
var skeleton []byte

// page is a page of the form with its fields.
type page struct {
	title, description string
	fields             []string
}

// pages lists the form's pages. The remaining fields get their own page.
var pages = []page{
	{"Basics", "Where the shop runs and how it is used. Everything else has a safe default.", []string{"region", "environment", "size", "deletionPolicy", "tags"}},
	{"Network", "A new network, or an existing one.", []string{"network"}},
	{"Database", "Engine, size, backups and readers.", []string{"database"}},
	{"Cache, search, queues and mail", "Additional data services of the shop.", []string{"cache", "search", "queues", "mail"}},
	{"CDN and files", "Domain of the shop, and files that CloudFront serves.", []string{"cdn", "assets", "uploads"}},
	{"Application", "Services of the application, permissions and secrets.", []string{"app", "access", "secrets"}},
	{"Guardrails", "Firewall, audit, compliance, alarms and responses.", []string{"guardrails", "account"}},
}

// template returns the whole template.
func (f *form) template() map[string]any {
	values := map[string]any{}
	for name := range f.spec.Properties {
		values[name] = "${{ parameters." + name + " }}"
	}
	return map[string]any{
		"apiVersion": "scaffolder.backstage.io/v1beta3",
		"kind":       "Template",
		"metadata": map[string]any{
			"name": "secure-ecommerce", "title": "Secure e-commerce stack",
			"description": "A secure, multi-tier e-commerce stack on AWS: network, database, CDN, keys, guardrails.",
			"tags":        []string{"aws", "crossplane", "ecommerce"},
		},
		"spec": map[string]any{
			"owner":      "platform-team",
			"type":       "resource",
			"parameters": f.parameters(),
			"steps": []any{
				map[string]any{"id": "claim", "name": "Write the claim", "action": "fetch:template", "input": map[string]any{
					"url": "./skeleton", "targetPath": "${{ parameters.namespace }}/${{ parameters.name }}",
					"values": map[string]any{"name": "${{ parameters.name }}", "namespace": "${{ parameters.namespace }}", "owner": "${{ parameters.owner }}", "spec": values},
				}},
				map[string]any{"id": "review", "name": "Ask for a review", "action": "publish:github:pull-request", "input": map[string]any{
					"repoUrl": "${{ parameters.repoUrl }}", "branchName": "order-${{ parameters.namespace }}-${{ parameters.name }}",
					"title": "Create ${{ parameters.namespace }}/${{ parameters.name }}", "description": "A secure e-commerce stack, requested in Backstage.",
				}},
			},
			"output": map[string]any{"links": []any{map[string]any{"title": "Review the pull request", "url": "${{ steps.review.output.remoteUrl }}"}}},
		},
	}
}

// pages returns all pages, including the one for the remaining fields.
func (f *form) pages() []page {
	further := page{title: "Other parts", description: "Other optional parts of the stack."}
	for _, name := range f.spec.ordered() {
		if !slices.ContainsFunc(pages, func(p page) bool { return slices.Contains(p.fields, name) }) {
			further.fields = append(further.fields, name)
		}
	}
	if len(further.fields) == 0 {
		return pages
	}
	return append(slices.Clone(pages), further)
}

// parameters returns the pages in Backstage's format.
func (f *form) parameters() []any {
	var out []any
	for i, p := range f.pages() {
		object := schema{Properties: map[string]schema{}}
		for _, name := range p.fields {
			object.Properties[name] = f.spec.Properties[name]
			if slices.Contains(f.spec.Required, name) {
				object.Required = append(object.Required, name)
			}
		}
		form := f.object(object, "", nil)
		form["title"], form["description"], form["ui:order"] = p.title, p.description, append(slices.Clone(p.fields), "*")
		if i == 0 {
			identify(form, object.Required)
		}
		out = append(out, form)
	}
	return append(out, map[string]any{
		"title": "Repository", "required": []string{"repoUrl"},
		"properties": map[string]any{"repoUrl": map[string]any{"title": "Claims repository", "type": "string", "ui:field": "RepoUrlPicker", "ui:options": map[string]any{"allowedHosts": []string{"github.com"}}}},
	})
}

// identify adds fields that are not part of the spec. Some of them are required.
func identify(page map[string]any, required []string) {
	properties, _ := page["properties"].(map[string]any)
	label := func(title, description string) map[string]any {
		return map[string]any{
			"title": title, "description": description, "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
			"errorMessage": map[string]any{"pattern": "must consist of lower-case letters, digits and dashes, and begin and end with a letter or digit"},
		}
	}
	properties["name"] = label("Name", "Name of the claim.")
	properties["namespace"] = label("Namespace", "Namespace of your team.")
	properties["owner"] = map[string]any{"title": "Owner", "description": "Group that owns the stack.", "type": "string", "ui:field": "OwnerPicker", "ui:options": map[string]any{"catalogFilter": map[string]any{"kind": "Group"}}}
	page["required"] = append([]string{"name", "namespace", "owner"}, required...)
	page["ui:order"] = append([]string{"name", "namespace", "owner"}, append(slices.Clone(pages[0].fields), "*")...)
}
