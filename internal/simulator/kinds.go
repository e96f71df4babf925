package simulator

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// kindOf returns the facts about an object's kind. Unknown kinds use the Kubernetes
// name.
func kindOf(u *unstructured.Unstructured) kinds.Kind {
	if k, ok := kinds.Of(serviceKind(u)); ok {
		return k
	}
	gvk := u.GroupVersionKind()
	return kinds.Kind{ARN: stem(gvk.Group) + ":${region}:${account}:" + strings.ToLower(gvk.Kind) + "/${id}"}
}
