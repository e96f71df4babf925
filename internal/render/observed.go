package render

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const (
	errTwice   = "%s has two resources with the name %s: %s and %s"
	warnOthers = "%s has no resources of %s, so all resources are new; it has resources of %s. Check --scope as well"
)

// cluster is what a cluster holds of one stack.
type cluster struct {
	// composite is nil where nobody said.
	composite *unstructured.Unstructured
	// resources are the composed ones, by name.
	resources map[string]*unstructured.Unstructured
	// rendered is whether they are as the function composes them, not as a
	// provider shows them.
	rendered bool
	warnings []string
}

// readCluster reads what a cluster holds of a composite's stack. What belongs to
// other stacks is left out.
func readCluster(file string, xr *unstructured.Unstructured, objects []*unstructured.Unstructured) (*cluster, error) {
	c := &cluster{resources: map[string]*unstructured.Unstructured{}, rendered: true}
	others := map[string]bool{}
	for _, u := range objects {
		resourceName := u.GetAnnotations()[annotationName]
		switch {
		case isComposite(u, xr):
			c.composite = u
		case resourceName == "":
		case !belongs(u, xr):
			others[u.GetLabels()[labelComposite]] = true
		case c.resources[resourceName] != nil:
			return nil, fmt.Errorf(errTwice, readable(file), resourceName, c.resources[resourceName].GetName(), u.GetName())
		default:
			c.resources[resourceName] = u
			c.rendered = c.rendered && (u.Object["status"] == nil)
		}
	}
	if len(c.resources) == 0 && len(others) > 0 {
		c.warnings = append(c.warnings, fmt.Sprintf(warnOthers, readable(file), xr.GetName(), strings.Join(slices.Sorted(maps.Keys(others)), ", ")))
	}
	return c, nil
}

// isComposite is whether an object is the composite of a file. In a cluster the
// composite of a claim has a name of its own.
func isComposite(u, xr *unstructured.Unstructured) bool {
	if u.GroupVersionKind().GroupKind() != xr.GroupVersionKind().GroupKind() {
		return false
	}
	return u.GetName() == xr.GetName() && u.GetNamespace() == xr.GetNamespace() || claimed(u, xr)
}

// belongs is whether a composed resource is of a composite.
func belongs(u, xr *unstructured.Unstructured) bool {
	return u.GetLabels()[labelComposite] == xr.GetName() && u.GetNamespace() == xr.GetNamespace() || claimed(u, xr)
}

// claimed is whether an object is of the same claim as a composite.
func claimed(u, xr *unstructured.Unstructured) bool {
	name, namespace := xr.GetLabels()[labelClaimName], xr.GetLabels()[labelClaimNamespace]
	return name != "" && u.GetLabels()[labelClaimName] == name && u.GetLabels()[labelClaimNamespace] == namespace
}

// adopt gives the composite of a file the identity that the cluster's has. What
// the cluster's asks for stays behind: the file is what it is edited to.
func (c *cluster) adopt(xr *unstructured.Unstructured) {
	if c.composite != nil {
		xr.SetName(c.composite.GetName())
		xr.SetUID(c.composite.GetUID())
		if status, ok := c.composite.Object["status"]; ok {
			xr.Object["status"] = status
		}
	}
	for _, resourceName := range slices.Sorted(maps.Keys(c.resources)) {
		u := c.resources[resourceName]
		xr.SetName(cmp.Or(u.GetLabels()[labelComposite], xr.GetName()))
		if owner := metav1.GetControllerOfNoCopy(u); owner != nil && xr.GetUID() == "" {
			xr.SetUID(owner.UID)
		}
	}
	addLabels(xr, map[string]string{labelComposite: xr.GetName()})
}

// state is the resources as Crossplane hands them to the function. AWS is simulated
// for those that are as the function composes them.
func (c *cluster) state() (map[string]*fnv1.Resource, error) {
	out := map[string]*fnv1.Resource{}
	for resourceName, u := range c.resources {
		out[resourceName] = &fnv1.Resource{Resource: structOf(u.Object)}
	}
	if c.rendered {
		return simulator.AWS{}.Observe(out, nil) //nolint:wrapcheck // It names the resource.
	}
	return out, nil
}

// account finds the AWS account in an ARN.
var account = regexp.MustCompile(`^arn:[^:]*:[^:]*:[^:]*:(\d{12}):`)

// accountOf is the AWS account that a stack lives in, empty if it does not show.
func accountOf(observed map[string]*fnv1.Resource) string {
	for _, resourceName := range slices.Sorted(maps.Keys(observed)) {
		if match := account.FindStringSubmatch(atProvider(observed[resourceName])["arn"].GetStringValue()); match != nil {
			return match[1]
		}
	}
	return ""
}

// keepMade gives simulated resources back what AWS made up for them in the cluster,
// such as ARNs. What they are asked for shows as it will be.
func keepMade(simulated, observed map[string]*fnv1.Resource) {
	for resourceName, r := range simulated {
		shown := atProvider(r)
		asked := r.GetResource().GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
		for name, value := range atProvider(observed[resourceName]) {
			if asked[name] == nil && shown != nil {
				shown[name] = value
			}
		}
	}
}

func atProvider(r *fnv1.Resource) map[string]*structpb.Value {
	return r.GetResource().GetFields()["status"].GetStructValue().GetFields()["atProvider"].GetStructValue().GetFields()
}
