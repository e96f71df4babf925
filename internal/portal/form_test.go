package portal

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
)

// node is the part of a schema that these tests read.
type node struct {
	Properties map[string]*node `json:"properties"`
	Items      *node            `json:"items"`
	Enum       []any            `json:"enum"`
	Required   []string         `json:"required"`
	Title      string           `json:"title"`
}

// at returns the schema of a field, nil if there is none.
func (n *node) at(path string) *node {
	for _, step := range regexp.MustCompile(`\[\d+\]|[^.[\]]+`).FindAllString(path, -1) {
		switch {
		case n == nil:
			return nil
		case step[0] == '[':
			n = n.Items
		default:
			n = n.Properties[step]
		}
	}
	return n
}

func TestForm(t *testing.T) {
	got := struct {
		First  []string `json:"first"`
		Schema *node    `json:"schema"`
	}{}
	if err := json.Unmarshal(ask(t, function{}, http.MethodGet, "/api/form", "").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for _, path := range got.First {
		if field := got.Schema.at(path); field != nil {
			titles[path] = field.Title
		}
	}
	want := map[string]string{
		"metadata.name": "Name", "metadata.namespace": "Namespace", "spec.region": "Region", "spec.environment": "Environment",
		"spec.cdn.domain": "Domain name", "spec.app.services[0].image": "Image", "spec.size": "Size",
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("\nEvery field at the top of the form is in the schema.\ntitles: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"region"}, got.Schema.at("spec").Required); diff != "" {
		t.Errorf("\nThe schema is that of a claim.\nrequired: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(len(aws.Regions()), len(got.Schema.at("spec.assets.replica.region").Enum)); diff != "" {
		t.Errorf("\nEach field that takes a region offers the known ones.\nchoices: -want, +got:\n%s", diff)
	}
}
