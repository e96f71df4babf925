package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// examples contains the resources of stacks by name, composed once for all tests:
// every example, some in the other scope, and claims with many features.
var examples = map[string][]Resource{}

func stacks(t *testing.T) map[string][]Resource {
	t.Helper()
	if len(examples) > 0 {
		return examples
	}
	for _, example := range stacktest.Examples {
		examples[example] = composed(t, stacktest.Way(t, example, scope.Namespaced))
	}
	for _, example := range []string{"lambda", "magento", "production"} { // Their fields differ most.
		examples[example+"/cluster"] = composed(t, stacktest.Way(t, example, scope.Cluster))
	}
	for _, file := range []string{
		"test/shops/ccs-spree.yaml", "test/shops/eshop.yaml",
		"internal/picture/testdata/attached.yaml", "internal/picture/testdata/everything.yaml", "internal/picture/testdata/four-zones.yaml",
	} {
		examples[file] = composed(t, stacktest.Converge(t, stacktest.RequestOf(t, file, scope.Namespaced)))
	}
	return examples
}

func composed(t *testing.T, way []stacktest.Step) []Resource {
	t.Helper()
	var out []Resource
	for name, r := range stacktest.Last(way).GetDesired().GetResources() {
		out = append(out, Resource{Name: name, Object: stacktest.Object(t, r).Object})
	}
	return out
}

// TestPlaces checks the position of every text, symbol and arrow in every example.
func TestPlaces(t *testing.T) {
	for name, of := range stacks(t) {
		t.Run(name, func(t *testing.T) {
			s := newScene(newModel(of))
			if diff := cmp.Diff([]string(nil), append(clashes(s), outside(s)...)); diff != "" {
				t.Errorf("\nNothing should cover a text or a symbol, and all should be within what holds it.\nnewScene(...): -want, +got:\n%s", diff)
			}
		})
	}
}

// words is a text of a scene and its area.
type words struct {
	rect

	text string
}

func (s *scene) words() []words {
	var out []words
	for _, l := range s.labels {
		out = append(out, words{l.bounds(), l.text})
	}
	for _, t := range s.tiles {
		for _, l := range t.texts {
			out = append(out, words{l.bounds(), t.card.key + ": " + l.text})
		}
	}
	return out
}

// clashes returns the elements that overlap.
func clashes(s *scene) []string {
	var out []string
	all := s.words()
	for i, w := range all {
		for _, o := range all[i+1:] {
			if w.overlaps(o.rect) {
				out = append(out, fmt.Sprintf("text %q covers text %q", w.text, o.text))
			}
		}
		for _, tile := range s.tiles {
			if tile.symbol().overlaps(w.rect) {
				out = append(out, fmt.Sprintf("symbol of %s covers text %q", tile.card.key, w.text))
			}
		}
		for _, a := range s.arrows {
			for _, segment := range a.segments() {
				if segment.grown(1).overlaps(w.rect) {
					out = append(out, fmt.Sprintf("arrow from %s to %s crosses text %q", a.flow.from, a.flow.to, w.text))
				}
			}
		}
	}
	for i, tile := range s.tiles {
		for _, o := range s.tiles[i+1:] {
			if tile.overlaps(o.rect) {
				out = append(out, fmt.Sprintf("tile %s covers tile %s", tile.card.key, o.card.key))
			}
		}
		for _, a := range s.arrows {
			for _, segment := range a.segments() {
				if tile.symbol().grown(-2).overlaps(segment.grown(1)) {
					out = append(out, fmt.Sprintf("arrow from %s to %s crosses symbol of %s", a.flow.from, a.flow.to, tile.card.key))
				}
			}
		}
	}
	return out
}

// outside returns the elements that exceed their container.
func outside(s *scene) []string {
	var out []string
	page := rect{0, 0, s.width, s.height}
	for _, w := range s.words() {
		if !page.holds(w.rect) {
			out = append(out, fmt.Sprintf("text %q leaves the picture", w.text))
		}
	}
	for _, tile := range s.tiles {
		for _, l := range tile.texts {
			if !tile.grown(4).holds(l.bounds()) {
				out = append(out, fmt.Sprintf("text %q leaves its tile %s", l.text, tile.card.key))
			}
		}
		for _, b := range s.boxes {
			// Elements that span zones are drawn above their borders.
			spans := b.class == "zone" || strings.HasPrefix(b.class, "subnet")
			if tile.overlaps(b.rect) && !b.holds(tile.rect) && (!spans || tile.card.at == inData || tile.card.at == inPublic) {
				out = append(out, fmt.Sprintf("tile %s crosses the border of %s", tile.card.key, b.class))
			}
		}
	}
	for _, l := range s.labels {
		above := slices.ContainsFunc(s.boxes, func(b box) bool { return b.class == "app" && b.holds(l.bounds()) })
		for _, b := range s.boxes {
			if l.class == "title" && b.overlaps(l.bounds()) && !b.holds(l.bounds()) && !above {
				out = append(out, fmt.Sprintf("title %q crosses the border of %s", l.text, b.class))
			}
		}
	}
	labels := 0
	for _, l := range s.labels {
		if l.class == "flow" {
			labels++
		}
	}
	for _, a := range s.arrows {
		if a.flow.label != "" {
			labels--
		}
	}
	if labels != 0 {
		out = append(out, fmt.Sprintf("%d arrows have no room for their label", -labels))
	}
	return out
}

// TestShownOnce verifies that the picture shows every resource of every example
// once.
func TestShownOnce(t *testing.T) {
	for name, of := range stacks(t) {
		t.Run(name, func(t *testing.T) {
			shown := map[string]int{}
			for _, names := range attributes(t, SVG(of), "data-resources") {
				for n := range strings.FieldsSeq(names) {
					shown[n]++
				}
			}
			var wrong []string
			for _, o := range newObjects(of) {
				want := 1
				if r, _ := ruleOf(o.kind, o.resource); r.hidden != "" {
					want = 0
				}
				if shown[o.resource] != want {
					wrong = append(wrong, fmt.Sprintf("%s %s: shown %d times, want %d", o.kind, o.resource, shown[o.resource], want))
				}
			}
			if diff := cmp.Diff([]string(nil), wrong); diff != "" {
				t.Errorf("\nEvery resource should be on one card, or be hidden for a reason.\nSVG(...): -want, +got:\n%s", diff)
			}
		})
	}
}

// TestKinds verifies that the table of rules covers all composed kinds.
func TestKinds(t *testing.T) {
	var missing []string
	for _, s := range kinds.Services() {
		for kind := range s.Kinds {
			if r, ok := ruleOf(s.Name+"/"+kind, ""); !ok && !slices.ContainsFunc(rules, func(r rule) bool { return r.kinds == s.Name+"/"+kind }) {
				missing = append(missing, s.Name+"/"+kind+r.hidden)
			}
		}
	}
	if diff := cmp.Diff([]string(nil), missing); diff != "" {
		t.Errorf("\nEvery kind should have a card, or a reason to be hidden: see rules.\nruleOf(...): -want, +got:\n%s", diff)
	}
	for _, r := range rules {
		if (r.card == "") == (r.hidden == "") {
			t.Errorf("rule of %s %s: want either a card or a reason to be hidden", r.kinds, r.prefix)
		}
		if _, d := defined(r.card); r.card != "" && d.key != r.card && r.card != "schedule:" {
			t.Errorf("rule of %s %s: there is no card %q", r.kinds, r.prefix, r.card)
		}
	}
}

// attributes returns the values of an attribute in a picture, which must be valid
// XML.
func attributes(t *testing.T, svg []byte, name string) []string {
	t.Helper()
	var out []string
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("a picture should be XML: %v", err)
		}
		start, _ := token.(xml.StartElement)
		for _, a := range start.Attr {
			if a.Name.Local == name {
				out = append(out, a.Value)
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	of := composed(t, stacktest.Way(t, "magento", scope.Cluster))
	want := SVG(of)
	slices.Reverse(of)
	if diff := cmp.Diff(string(want), string(SVG(of))); diff != "" {
		t.Errorf("\nThe same resources in another order should be the same bytes.\nSVG(...): -want, +got:\n%s", diff)
	}
}
