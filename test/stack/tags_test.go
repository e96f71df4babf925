package stack

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// costTags lists the tags for cost reports: stack, owner and purpose. Crossplane's
// provider adds its own tags.
var costTags = []string{settings.TagStack, settings.TagOwner, settings.TagEnvironment, "Name"}

// taggedOtherwise lists kinds that lack some of them.
var taggedOtherwise = map[string][]string{
	// An object has at most ten tags (AWS documentation, "Categorizing your objects
	// using tags").
	"s3/Object": {settings.TagStack},
	// The names of log deliveries are sufficient.
	"cloudcontrol/Resource": {settings.TagStack, settings.TagOwner, settings.TagEnvironment},
}

// TestEverythingIsTagged verifies that every resource that supports tags in the
// provider's schema has them.
func TestEverythingIsTagged(t *testing.T) {
	takes := map[string]bool{}
	for name, steps := range stacktest.Ways(t) {
		for resourceName, r := range stacktest.Last(steps).GetDesired().GetResources() {
			u := stacktest.Object(t, r)
			if !scope.IsManaged(u.GetAPIVersion()) {
				continue
			}
			kind := stacktest.KindOf(u)
			if _, known := takes[kind]; !known {
				takes[kind] = takesTags(t, u)
			}
			want, otherwise := taggedOtherwise[kind]
			if !otherwise {
				want = costTags
			}
			tags := tagsOf(t, u)
			if tags == nil && !takes[kind] {
				continue
			}
			for _, key := range want {
				if tags[key] == "" {
					t.Errorf("\nEverything that takes tags says whose it is, or nobody knows what it is paid for.\n%s: %s %s has no tag %s: %v", name, kind, resourceName, key, tags)
				}
			}
		}
	}
	kinds := 0
	for _, tagged := range takes {
		if tagged {
			kinds++
		}
	}
	if kinds < 30 {
		t.Errorf("\nThe schemas say which kinds take tags.\nwant 30 and more, got %d of %d", kinds, len(takes))
	}
}

// takesTags reports whether the provider's schema of a kind supports tags.
func takesTags(t *testing.T, u *unstructured.Unstructured) bool {
	t.Helper()
	probe := u.DeepCopy()
	if err := unstructured.SetNestedStringMap(probe.Object, map[string]string{"probe": "probe"}, "spec", "forProvider", "tags"); err != nil {
		t.Fatal(err)
	}
	return !slices.ContainsFunc(schemaOf(t, u).Unknown(probe.Object), func(path string) bool { return strings.HasPrefix(path, "spec.forProvider.tags") })
}

// tagsOf returns a resource's tags. It is nil if there are none. Tags of Cloud
// Control are in the JSON of its desired state.
func tagsOf(t *testing.T, u *unstructured.Unstructured) map[string]string {
	t.Helper()
	tags, _, _ := unstructured.NestedStringMap(u.Object, "spec", "forProvider", "tags")
	state, _, _ := unstructured.NestedString(u.Object, "spec", "forProvider", "desiredState")
	if state == "" {
		return tags
	}
	var made struct {
		Tags []struct {
			Key   string `json:"Key"`
			Value string `json:"Value"`
		} `json:"Tags"`
	}
	if err := json.Unmarshal([]byte(state), &made); err != nil {
		t.Fatal(err)
	}
	for _, tag := range made.Tags {
		if tags == nil {
			tags = map[string]string{}
		}
		tags[tag.Key] = tag.Value
	}
	return tags
}
