package main

import "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

// copyResources copies resources with their schemas. Resources share schemas, such
// as those of tags and policies, so the provider's configuration of one resource
// would also change others.
func copyResources(resources map[string]*schema.Resource) map[string]*schema.Resource {
	out := make(map[string]*schema.Resource, len(resources))
	for name, r := range resources {
		out[name] = copyResource(r)
	}
	return out
}

func copyResource(r *schema.Resource) *schema.Resource {
	out := *r
	out.SchemaFunc = nil
	out.Schema = map[string]*schema.Schema{}
	for name, s := range r.SchemaMap() {
		out.Schema[name] = copySchema(s)
	}
	return &out
}

func copySchema(s *schema.Schema) *schema.Schema {
	out := *s
	switch elem := s.Elem.(type) {
	case *schema.Schema:
		out.Elem = copySchema(elem)
	case *schema.Resource:
		out.Elem = copyResource(elem)
	}
	return &out
}
