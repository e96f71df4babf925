//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// aws is the account that the provider works on: what exists, and what AWS
// refuses to delete.
type aws struct {
	mu     sync.Mutex
	things map[types.UID]*thing
	// taken is the names of the final snapshots of each stack's database.
	taken map[types.NamespacedName][]string
	// lost is the ARNs of keys that were deleted: what they encrypted is lost.
	lost map[string]bool
}

// thing is a resource in AWS.
type thing struct {
	// kind is the service and kind, such as "ec2/VPC".
	kind         string
	object       types.NamespacedName
	stack        types.NamespacedName
	resourceName string
	external     string
	// names is everything that others refer to it by.
	names []string
	// spec is spec.forProvider with its references resolved.
	spec map[string]any
	// retained is whether its managed resource is gone and it stays.
	retained bool
}

func newAWS() *aws {
	return &aws{things: map[types.UID]*thing{}, taken: map[types.NamespacedName][]string{}, lost: map[string]bool{}}
}

// put records that a resource exists as its managed resource says.
func (a *aws) put(u *unstructured.Unstructured) {
	spec, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
	t := &thing{
		kind: serviceKind(u), object: types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetName()},
		stack: compositeOf(u), resourceName: nameOf(u), external: u.GetAnnotations()[externalName], spec: spec,
	}
	t.names = append(t.names, t.external)
	for _, field := range []string{"id", "arn"} {
		if s, _, _ := unstructured.NestedString(u.Object, "status", "atProvider", field); s != "" {
			t.names = append(t.names, s)
		}
	}
	if s, ok := spec["identifier"].(string); ok {
		t.names = append(t.names, s)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for uid, other := range a.things {
		if other.retained && other.kind == t.kind && other.external == t.external {
			delete(a.things, uid) // It stayed, and is managed again.
		}
	}
	a.things[u.GetUID()] = t
}

// replaced is why the provider refuses to change a resource as its managed
// resource says; nil if AWS can.
func (a *aws) replaced(u *unstructured.Unstructured) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.things[u.GetUID()]
	if t == nil {
		return nil
	}
	before := u.DeepCopy()
	_ = unstructured.SetNestedMap(before.Object, t.spec, "spec", "forProvider")
	if problems := simulator.Replaced(before, u); len(problems) > 0 {
		return errors.New("refuse to update the external resource because the following update requires replacing it: " + strings.Join(problems, "; "))
	}
	return nil
}

// missing is why AWS cannot make a resource: what it is to be made from, or with,
// is not there. A reconcile that was in flight when a deletion began makes
// resources once more, and some of what they need may be gone by then.
func (a *aws) missing(u *unstructured.Unstructured) error {
	spec, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
	a.mu.Lock()
	defer a.mu.Unlock()
	switch kind := serviceKind(u); {
	case kind == "cloudfront/Distribution":
		return a.bucketMissing(spec)
	case isDatabase(kind):
		if err := a.keyLost(spec); err != nil {
			return err
		}
		taken := slices.Concat(slices.Collect(maps.Values(a.taken))...)
		if snapshot, _ := spec["snapshotIdentifier"].(string); snapshot != "" && !slices.Contains(taken, snapshot) {
			return fmt.Errorf("DBSnapshotNotFound: DBSnapshot %s not found", snapshot)
		}
	}
	return nil
}

// bucketMissing is CloudFront's answer to a distribution that is made, or
// changed, when one of the buckets in its configuration does not exist.
func (a *aws) bucketMissing(spec map[string]any) error {
	for _, bucket := range bucketsOf(spec) {
		if a.named("s3/Bucket", bucket) == nil {
			return fmt.Errorf("InvalidArgument: the bucket %s does not exist", bucket)
		}
	}
	return nil
}

// keyLost is RDS's answer to a database that is made, or deleted, when its key is
// pending deletion.
func (a *aws) keyLost(spec map[string]any) error {
	if key, _ := spec["kmsKeyId"].(string); a.lost[key] {
		return fmt.Errorf("KMSKeyNotAccessibleFault: the key %s is pending deletion", key)
	}
	return nil
}

// named is a resource by its kind and name, whosever it is; nil if there is none. The
// caller holds the lock.
func (a *aws) named(kind, external string) *thing {
	for _, t := range a.things {
		if t.kind == kind && t.external == external {
			return t
		}
	}
	return nil
}

// has is the names of a stack's resources that exist, with their external names.
func (a *aws) has(stack types.NamespacedName) map[string][]string {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := map[string][]string{}
	for _, t := range a.things {
		if t.stack == stack && !slices.Contains(out[t.resourceName], t.external) {
			out[t.resourceName] = append(out[t.resourceName], t.external)
		}
	}
	return out
}

// there is whether there is a resource of a name, whosever it is.
func (a *aws) there(kind, external string) bool {
	return a.spec(kind, external) != nil
}

// spec is a resource as it is, nil if it is not there.
func (a *aws) spec(kind, external string) map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t := a.named(kind, external); t != nil {
		return t.spec
	}
	return nil
}

// unprotect takes the deletion protection off a stack's database, as a person
// does in AWS's console.
func (a *aws) unprotect(stack types.NamespacedName) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, t := range a.things {
		if t.stack == stack && isDatabase(t.kind) {
			t.spec["deletionProtection"] = false
		}
	}
}

// snapshots is the names of the final snapshots that were taken of a stack's
// database.
func (a *aws) snapshots(stack types.NamespacedName) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.taken[stack])
}

// isDatabase is whether a kind holds a stack's databases.
func isDatabase(kind string) bool { return kind == "rds/Instance" || kind == "rds/Cluster" }

// forget records that the managed resource is gone and the resource stays.
func (a *aws) forget(uid types.UID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t := a.things[uid]; t != nil {
		t.retained = true
	}
}

// remove deletes a resource, or says why AWS refuses to.
func (a *aws) remove(uid types.UID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.things[uid]
	if t == nil {
		return nil
	}
	if err := a.refusal(t); err != nil {
		return err
	}
	if isDatabase(t.kind) && t.spec["skipFinalSnapshot"] != true {
		name, _ := t.spec["finalSnapshotIdentifier"].(string)
		a.taken[t.stack] = append(a.taken[t.stack], name)
	}
	if t.kind == "kms/Key" {
		for _, name := range t.names {
			a.lost[name] = true
		}
	}
	if t.kind == "cloudwatchlogs/Group" && a.written(t) {
		t.retained = true // Its writer has made it once more, and nobody manages that.
		return nil
	}
	delete(a.things, uid)
	return nil
}

// writers are kinds that write to log groups, and make one that is missing.
var writers = []string{"cloudtrail/Trail", "ec2/FlowLog", "lambda/Function", "rds/Cluster", "rds/Instance", "rds/Proxy", "route53/QueryLog"}

// written is whether somebody still writes to a log group: who names it, or
// after whom it is named.
func (a *aws) written(group *thing) bool {
	for _, other := range a.things {
		if !slices.Contains(writers, other.kind) || other.stack != group.stack || other.retained {
			continue
		}
		named := slices.ContainsFunc(other.names, func(name string) bool { return strings.Contains(group.external+"/", "/"+name+"/") })
		if named || mentions(other.spec, append(slices.Clone(group.names), "arn:"+group.external+":*")) {
			return true
		}
	}
	return false
}

// refusal is why AWS does not delete a resource.
func (a *aws) refusal(t *thing) error {
	kind, _ := kinds.Of(t.kind)
	for _, other := range a.things {
		for _, by := range kind.InUse.By {
			if other.kind != by.Kind {
				continue
			}
			value := any(other.spec)
			if by.Field != "" {
				value = other.spec[by.Field]
			}
			if mentions(value, t.names) {
				return fmt.Errorf("%s: %s has a dependent object: %s %s", kind.InUse.Code, t.external, other.kind, other.external)
			}
		}
	}
	switch t.kind {
	case "cloudfront/Distribution":
		// It has to be disabled first, which is an update.
		return a.bucketMissing(t.spec)
	case "rds/Cluster", "rds/Instance":
		if err := a.keyLost(t.spec); err != nil {
			return err
		}
		if t.spec["deletionProtection"] == true {
			return errors.New("InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again")
		}
		if t.spec["skipFinalSnapshot"] != true && t.spec["finalSnapshotIdentifier"] == nil {
			return errors.New("InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified")
		}
	case "backup/Vault":
		// There is a copy by now.
		if t.spec["forceDestroy"] != true {
			return errors.New("InvalidRequestException: Backup vault cannot be deleted because it contains recovery points")
		}
	case "s3/Bucket":
		// Every bucket has got something by now: files, or logs.
		if t.spec["forceDestroy"] != true {
			return errors.New("BucketNotEmpty: The bucket you tried to delete is not empty. You must delete all versions in the bucket")
		}
	case "ec2/Subnet":
		// The instance's network interfaces are in all subnets of its group.
		for _, subnets := range a.things {
			if subnets.kind != "rds/SubnetGroup" || !mentions(subnets.spec, t.names) {
				continue
			}
			for _, db := range a.things {
				if isDatabase(db.kind) && mentions(db.spec, subnets.names) {
					return fmt.Errorf("DependencyViolation: the subnet %s has a network interface of %s", t.external, db.external)
				}
			}
		}
	case "ec2/InternetGateway":
		for _, nat := range a.things {
			if nat.kind == "ec2/NATGateway" && nat.stack == t.stack {
				return fmt.Errorf("DependencyViolation: network %s has some mapped public address(es)", t.spec["vpcId"])
			}
		}
	}
	return nil
}

// bucketsOf is the buckets that a distribution reads from and logs to, by their
// domain names.
func bucketsOf(spec map[string]any) []string {
	var out []string
	note := func(domain any) {
		if name, _, ok := strings.Cut(fmt.Sprint(domain), ".s3."); ok {
			out = append(out, name)
		}
	}
	origins, _ := spec["origin"].([]any)
	for _, o := range origins {
		origin, _ := o.(map[string]any)
		note(origin["domainName"])
	}
	logging, _ := spec["loggingConfig"].(map[string]any)
	note(logging["bucket"])
	return out
}

// mentions is whether one of the names is anywhere in a value.
func mentions(value any, names []string) bool {
	switch v := value.(type) {
	case string:
		// Rules and policies are texts that name others among other words.
		return slices.Contains(names, v) || slices.ContainsFunc(names, func(name string) bool { return strings.Contains(v, `"`+name+`"`) })
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return mentions(item, names) })
	case map[string]any:
		for _, item := range v {
			if mentions(item, names) {
				return true
			}
		}
	}
	return false
}

// compositeOf is the composite that a managed resource is of.
func compositeOf(u *unstructured.Unstructured) types.NamespacedName {
	return types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetLabels()["crossplane.io/composite"]}
}

// serviceKind is an object's service and kind, such as "ec2/VPC": the same in
// both scopes.
func serviceKind(u *unstructured.Unstructured) string {
	gvk := u.GroupVersionKind()
	service, _, _ := strings.Cut(gvk.Group, ".")
	return service + "/" + gvk.Kind
}
