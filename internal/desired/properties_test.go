package desired

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// An observed resource that a tier adds or holds is always desired, with its
// observed names, and unchanged while it waits. This holds for any observed
// resources and any unknown facts.
func TestNothingObservedIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resourceNames := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,6}`), 1, 10, rapid.ID).Draw(t, "roles")
		observed := map[string]string{}
		for _, r := range resourceNames {
			if rapid.Bool().Draw(t, r+" observed") {
				observed[r] = fmt.Sprintf(`{
					"apiVersion": "ec2.aws.m.upbound.io/v1beta1", "kind": "VPC",
					"metadata": {"name": "older-%[1]s", "namespace": "team-a", "uid": "1", "annotations": {"crossplane.io/external-name": "vpc-%[1]s", "other": "x"}},
					"spec": {"forProvider": {"cidrBlock": "10.9.0.0/16", "tags": {"by": "hand"}}}, "status": {"atProvider": {"id": "vpc-%[1]s"}}}`, r)
			}
		}
		set := setOf(scope.Namespaced, observed)
		waits, held := map[string]bool{}, map[string]bool{}
		for _, r := range resourceNames {
			var needs []facts.Fact
			for i, known := range rapid.SliceOfN(rapid.Bool(), 0, 3).Draw(t, r+" knows") {
				f := facts.Fact{Resource: "other", Path: fmt.Sprintf("status.atProvider.v%d", i)}
				if known {
					f.Value = "known"
				}
				waits[r] = waits[r] || !known
				needs = append(needs, f)
			}
			_, exists := observed[r]
			// Tiers hold only existing resources.
			if held[r] = exists && rapid.Bool().Draw(t, r+" held"); held[r] {
				set.Hold(r)
			} else {
				set.Add(r, vpc(), Named(r), Needs(needs...), Keep(rapid.Bool().Draw(t, r+" kept")))
			}
		}
		resources, err := set.Resources()
		if err != nil {
			t.Fatalf("Resources(): %v", err)
		}
		got := map[string]*structpb.Struct{}
		for _, r := range resources {
			got[r.Resource] = r.Object
		}
		for _, r := range resourceNames {
			text, exists := observed[r]
			object := got[r].AsMap()
			if !exists {
				if (got[r] == nil) != waits[r] {
					t.Errorf("%s: waits: %t, but desired is %v", r, waits[r], object)
				}
				continue
			}
			metadata := map[string]any{"name": "older-" + r, "namespace": "team-a", "labels": map[string]any{LabelTier: "network"}, "annotations": map[string]any{"crossplane.io/external-name": "vpc-" + r}}
			if diff := cmp.Diff(metadata, object["metadata"]); diff != "" {
				t.Errorf("%s: metadata: -want, +got:\n%s", r, diff)
			}
			if !waits[r] && !held[r] {
				continue
			}
			want := set.observed.Value(r, "spec")
			if diff := cmp.Diff(want, got[r].GetFields()["spec"], protocmp.Transform()); diff != "" {
				t.Errorf("%s: spec while it waits or is held: -want, +got:\n%s\nobserved: %s", r, diff, text)
			}
		}
	})
}
