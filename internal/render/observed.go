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
	warnOthers = "%s contains resources of other stacks (%[3]s) but none of the stack %[2]s, so all resources are shown as new. Check the name and --scope"
)

// cluster contains the objects of a stack in a cluster.
type cluster struct {
	// composite is nil if it is not in the file.
	composite *unstructured.Unstructured
	// resources are the composed resources, by name.
	resources map[string]*unstructured.Unstructured
	// rendered reports whether they are output of render instead of observed
	// objects.
	rendered bool
	warnings []string
}

// readCluster reads the objects of a composite's stack. It ignores objects of other
// stacks.
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

// isComposite reports whether an object is the composite of a file. In a cluster,
// the composite of a claim has a generated name.
func isComposite(u, xr *unstructured.Unstructured) bool {
	if u.GroupVersionKind().GroupKind() != xr.GroupVersionKind().GroupKind() {
		return false
	}
	return u.GetName() == xr.GetName() && u.GetNamespace() == xr.GetNamespace() || claimed(u, xr)
}

// belongs reports whether a composed resource belongs to a composite.
func belongs(u, xr *unstructured.Unstructured) bool {
	return u.GetLabels()[labelComposite] == xr.GetName() && u.GetNamespace() == xr.GetNamespace() || claimed(u, xr)
}

// claimed reports whether an object belongs to the same claim as a composite.
func claimed(u, xr *unstructured.Unstructured) bool {
	name, namespace := xr.GetLabels()[labelClaimName], xr.GetLabels()[labelClaimNamespace]
	return name != "" && u.GetLabels()[labelClaimName] == name && u.GetLabels()[labelClaimNamespace] == namespace
}

// adopt copies the identity of the cluster's composite to that of a file. It does
// not copy the spec, because the file is the edited version.
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

// state returns the resources as Crossplane provides them to the function. For
// output of render, it simulates AWS.
func (c *cluster) state() (map[string]*fnv1.Resource, error) {
	out := map[string]*fnv1.Resource{}
	for resourceName, u := range c.resources {
		out[resourceName] = &fnv1.Resource{Resource: structOf(u.Object)}
	}
	if c.rendered {
		return simulator.AWS{}.Observe(out, nil) //nolint:wrapcheck // The error names the resource.
	}
	return out, nil
}

// account matches the account in an ARN.
var account = regexp.MustCompile(`^arn:[^:]*:[^:]*:[^:]*:(\d{12}):`)

// accountOf returns the AWS account of a stack. It is empty if unknown.
func accountOf(observed map[string]*fnv1.Resource) string {
	for _, resourceName := range slices.Sorted(maps.Keys(observed)) {
		if match := account.FindStringSubmatch(atProvider(observed[resourceName])["arn"].GetStringValue()); match != nil {
			return match[1]
		}
	}
	return ""
}

// keepMade replaces simulated values, such as ARNs, by those that AWS generated in
// the cluster. Requested values stay as they will be.
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
