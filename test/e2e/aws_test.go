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

// aws simulates an AWS account: existing resources, and refused deletions.
type aws struct {
	mu     sync.Mutex
	things map[types.UID]*thing
	// taken contains the names of final snapshots by stack.
	taken map[types.NamespacedName][]string
	// lost contains the ARNs of deleted keys, whose data is lost.
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
	// names contains all identifiers that other resources use for it.
	names []string
	// spec is spec.forProvider with its references resolved.
	spec map[string]any
	// retained reports whether its managed resource was deleted and the AWS
	// resource was kept.
	retained bool
}

func newAWS() *aws {
	return &aws{things: map[types.UID]*thing{}, taken: map[types.NamespacedName][]string{}, lost: map[string]bool{}}
}

// put creates or updates a resource.
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
			delete(a.things, uid) // It was kept, and is managed again.
		}
	}
	a.things[u.GetUID()] = t
}

// replaced returns the provider's error for a change that needs a replacement. It
// is nil if AWS can make the change.
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

// missing returns AWS's error for a resource whose dependencies do not exist. A
// reconcile in progress when a deletion starts creates resources again, and some
// dependencies may already be deleted.
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

// bucketMissing returns CloudFront's error for a distribution with a bucket that
// does not exist.
func (a *aws) bucketMissing(spec map[string]any) error {
	for _, bucket := range bucketsOf(spec) {
		if a.named("s3/Bucket", bucket) == nil {
			return fmt.Errorf("InvalidArgument: the bucket %s does not exist", bucket)
		}
	}
	return nil
}

// keyLost returns RDS's error for a database whose key is pending deletion.
func (a *aws) keyLost(spec map[string]any) error {
	if key, _ := spec["kmsKeyId"].(string); a.lost[key] {
		return fmt.Errorf("KMSKeyNotAccessibleFault: the key %s is pending deletion", key)
	}
	return nil
}

// named returns a resource of any stack by kind and name. It is nil if there is
// none. The caller must hold the lock.
func (a *aws) named(kind, external string) *thing {
	for _, t := range a.things {
		if t.kind == kind && t.external == external {
			return t
		}
	}
	return nil
}

// has returns the names of a stack's existing resources with their external names.
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

// there reports whether a resource of any stack has a name.
func (a *aws) there(kind, external string) bool {
	return a.spec(kind, external) != nil
}

// spec returns the spec of an existing resource. It is nil if there is none.
func (a *aws) spec(kind, external string) map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t := a.named(kind, external); t != nil {
		return t.spec
	}
	return nil
}

// unprotect disables the deletion protection of a stack's database, like a user in
// the console.
func (a *aws) unprotect(stack types.NamespacedName) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, t := range a.things {
		if t.stack == stack && isDatabase(t.kind) {
			t.spec["deletionProtection"] = false
		}
	}
}

// snapshots returns the names of the final snapshots of a stack's database.
func (a *aws) snapshots(stack types.NamespacedName) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.taken[stack])
}

// isDatabase reports whether a kind holds a stack's databases.
func isDatabase(kind string) bool { return kind == "rds/Instance" || kind == "rds/Cluster" }

// forget records that the managed resource was deleted and the AWS resource was
// kept.
func (a *aws) forget(uid types.UID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t := a.things[uid]; t != nil {
		t.retained = true
	}
}

// remove deletes a resource, or returns AWS's error.
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
		t.retained = true // Its writer has created it again, without a managed resource.
		return nil
	}
	delete(a.things, uid)
	return nil
}

// writers lists the kinds that write to log groups, and create a missing one.
var writers = []string{"cloudtrail/Trail", "ec2/FlowLog", "lambda/Function", "rds/Cluster", "rds/Instance", "rds/Proxy", "route53/QueryLog"}

// written reports whether an existing resource still writes to a log group, because
// it refers to it or has the same name.
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

// refusal returns AWS's error for a deletion that it refuses.
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
		// It must be disabled first, which is an update.
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
		// Every bucket contains files or logs by now.
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

// bucketsOf returns the buckets that a distribution reads or logs to, by domain
// name.
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

// mentions reports whether a value contains one of the names.
func mentions(value any, names []string) bool {
	switch v := value.(type) {
	case string:
		// Rules and policies are strings that contain names.
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

// compositeOf returns the composite of a managed resource.
func compositeOf(u *unstructured.Unstructured) types.NamespacedName {
	return types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetLabels()["crossplane.io/composite"]}
}

// serviceKind returns service and kind of an object, such as "ec2/VPC". It is the
// same in both scopes.
func serviceKind(u *unstructured.Unstructured) string {
	gvk := u.GroupVersionKind()
	service, _, _ := strings.Cut(gvk.Group, ".")
	return service + "/" + gvk.Kind
}
