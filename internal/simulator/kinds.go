package simulator

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// kindOf is what is known of an object's kind. Those that no stack has are named by
// their Kubernetes name.
func kindOf(u *unstructured.Unstructured) kinds.Kind {
	if k, ok := kinds.Of(serviceKind(u)); ok {
		return k
	}
	gvk := u.GroupVersionKind()
	return kinds.Kind{ARN: stem(gvk.Group) + ":${region}:${account}:" + strings.ToLower(gvk.Kind) + "/${id}"}
}
