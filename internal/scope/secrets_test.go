package scope

import (
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

// References to Secrets in a cluster-scoped resource need a namespace.
func TestInNamespace(t *testing.T) {
	object := resource.MustStructJSON(`{"spec":{"forProvider":{"authTokenSecretRef":{"name":"a","key":"b"},"roleRef":{"name":"c"},"port":1}}}`)
	InNamespace(object, "team-a")
	want := resource.MustStructJSON(`{"spec":{"forProvider":{"authTokenSecretRef":{"name":"a","key":"b","namespace":"team-a"},"roleRef":{"name":"c"},"port":1}}}`)
	if diff := cmp.Diff(want.AsMap(), object.AsMap()); diff != "" {
		t.Errorf("InNamespace(...): -want, +got:\n%s", diff)
	}
}
