package portal

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExamples(t *testing.T) {
	var got []example
	if err := json.Unmarshal(ask(t, function{}, http.MethodGet, "/api/examples", "").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) < 2 {
		t.Fatalf("want a choice of examples, got %d", len(got))
	}
	for _, e := range got {
		raw, err := os.ReadFile("../../examples/" + e.Name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(raw), e.YAML); diff != "" {
			t.Errorf("\nAn example is the repository's.\n%s: -want, +got:\n%s", e.Name, diff)
		}
		if w := ask(t, function{}, http.MethodPost, "/api/stack", e.YAML); w.Code != http.StatusOK || e.Title == "" || e.Description == "" {
			t.Errorf("%s: want a valid claim with a title and a description, got %d, %q and %q: %s", e.Name, w.Code, e.Title, e.Description, w.Body)
		}
	}
}
