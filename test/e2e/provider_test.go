//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const (
	finalizer    = "finalizer.managedresource.crossplane.io"
	externalName = "crossplane.io/external-name"
	created      = "crossplane.io/external-create-succeeded"
)

// Delays of the simulated AWS. The real one takes minutes instead of seconds.
const (
	usualTime  = 300 * time.Millisecond
	retryFirst = 100 * time.Millisecond
	retryMost  = time.Second
)

// deletionTimes contains the time of slow deletions. It must exceed the duration of
// a Crossplane reconcile. A reconcile in progress creates resources again that the
// garbage collector has just deleted. The collector finds them only at the next
// deletion.
var deletionTimes = map[string]time.Duration{"rds/Cluster": 3 * time.Second, "rds/ClusterInstance": 3 * time.Second, "rds/Instance": 6 * time.Second, "cloudfront/Distribution": 20 * time.Second}

// provider simulates the AWS provider on an API server. Resources are created in
// steps, each with an update, and references are resolved once their targets are
// known. AWS is slow and refuses some requests. Package simulator provides the
// content of resources.
type provider struct {
	client dynamic.Interface
	look   simulator.AWS
	aws    *aws

	kinds   map[schema.GroupKind]schema.GroupVersionResource
	listers map[schema.GroupKind]cache.GenericLister
	queue   workqueue.TypedRateLimitingInterface[key]
	cancel  context.CancelFunc
	workers sync.WaitGroup

	// brisk combines the steps of a resource: it is created in one update, and ready
	// in the next. Cases that only need a ready stack take less time with it.
	brisk atomic.Bool
	// watchOnly leaves the resources to the real provider.
	watchOnly bool
	// writes counts updates of managed resources.
	writes atomic.Int64

	mu sync.Mutex
	// slow contains the creation time of kinds.
	slow map[string]time.Duration
	// fails returns why AWS refuses to create or change a resource, or an empty
	// string.
	fails func(u *unstructured.Unstructured) string
	// flaps lists the kinds that lose Ready once, and lost the resources that did.
	flaps map[string]bool
	lost  map[types.UID]bool
	// seen contains the time at which each resource was first seen.
	seen map[types.UID]time.Time
	// replaced lists external names that changed, which must not happen.
	names    map[types.UID]string
	replaced []string
}

type key struct {
	kind schema.GroupKind
	name types.NamespacedName
}

func newProvider(client dynamic.Interface, definitions []*unstructured.Unstructured) *provider {
	p := &provider{
		client: client,
		look:   simulator.AWS{Region: "eu-west-1"},
		aws:    newAWS(),
		kinds:  map[schema.GroupKind]schema.GroupVersionResource{}, listers: map[schema.GroupKind]cache.GenericLister{},
		queue: workqueue.NewTypedRateLimitingQueue(workqueue.NewTypedItemExponentialFailureRateLimiter[key](retryFirst, retryMost)),
		slow:  map[string]time.Duration{"rds/ClusterInstance": 3 * time.Second, "rds/Instance": 3 * time.Second, "cloudfront/Distribution": 2 * time.Second, "ec2/NATGateway": time.Second},
		fails: func(*unstructured.Unstructured) string { return "" },
		flaps: map[string]bool{},
		lost:  map[types.UID]bool{}, seen: map[types.UID]time.Time{}, names: map[types.UID]string{},
	}
	for _, d := range definitions {
		text := func(path ...string) string { s, _, _ := unstructured.NestedString(d.Object, path...); return s }
		versions, _, _ := unstructured.NestedSlice(d.Object, "spec", "versions")
		version, _ := versions[0].(map[string]any)["name"].(string)
		p.kinds[schema.GroupKind{Group: text("spec", "group"), Kind: text("spec", "names", "kind")}] = schema.GroupVersionResource{
			Group: text("spec", "group"), Version: version, Resource: text("spec", "names", "plural"),
		}
	}
	return p
}

// start watches all kinds.
func (p *provider) start() error {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	informers := dynamicinformer.NewDynamicSharedInformerFactory(p.client, 0)
	for kind, gvr := range p.kinds {
		informer := informers.ForResource(gvr)
		p.listers[kind] = informer.Lister()
		enqueue := func(o any) {
			if u, ok := o.(*unstructured.Unstructured); ok {
				p.notice(u)
				if p.watchOnly {
					return
				}
				p.queue.Add(key{kind, types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetName()}})
			}
		}
		if _, err := informer.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc: enqueue, UpdateFunc: func(_, o any) { enqueue(o) },
		}); err != nil {
			return err
		}
	}
	informers.Start(ctx.Done())
	informers.WaitForCacheSync(ctx.Done())
	if p.watchOnly {
		return nil
	}
	for range 8 {
		p.workers.Go(func() {
			for p.next(ctx) {
			}
		})
	}
	return nil
}

func (p *provider) stop() {
	if p.cancel != nil {
		p.cancel()
	}
	p.queue.ShutDown()
	p.workers.Wait()
}

// notice records what tests check.
func (p *provider) notice(u *unstructured.Unstructured) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.seen[u.GetUID()]; !ok {
		p.seen[u.GetUID()] = time.Now()
	}
	if name := u.GetAnnotations()[externalName]; name != "" {
		if before := p.names[u.GetUID()]; before != "" && before != name {
			p.replaced = append(p.replaced, fmt.Sprintf("%s %s: %s became %s", u.GetKind(), u.GetName(), before, name))
		}
		p.names[u.GetUID()] = name
	}
}

func (p *provider) next(ctx context.Context) bool {
	k, quit := p.queue.Get()
	if quit {
		return false
	}
	defer p.queue.Done(k)
	again, err := p.reconcile(ctx, k)
	switch {
	case err != nil:
		p.queue.AddRateLimited(k)
	case again > 0:
		p.queue.Forget(k)
		p.queue.AddAfter(k, again)
	default:
		p.queue.Forget(k)
	}
	return true
}

// lookup returns a resource from the provider's cache.
func (p *provider) lookup(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured {
	l, ok := p.listers[kind]
	if !ok {
		return nil
	}
	o, err := l.ByNamespace(name.Namespace).Get(name.Name)
	if name.Namespace == "" {
		o, err = l.Get(name.Name)
	}
	if err != nil {
		return nil
	}
	u, _ := o.(*unstructured.Unstructured)
	return u.DeepCopy()
}

// reconcile performs the next step for a resource. It returns the delay until the
// next one.
func (p *provider) reconcile(ctx context.Context, k key) (time.Duration, error) {
	u := p.lookup(k.kind, k.name)
	if u == nil {
		return 0, nil
	}
	if u.GetDeletionTimestamp() != nil {
		return p.remove(ctx, u)
	}
	if !p.brisk.Load() && !slices.Contains(u.GetFinalizers(), finalizer) {
		return 0, p.update(ctx, u, func(u *unstructured.Unstructured) { u.SetFinalizers(append(u.GetFinalizers(), finalizer)) })
	}
	done := u.DeepCopy()
	if err := p.look.Play(done, p.lookup); err != nil {
		return 0, p.failed(ctx, u, err.Error())
	}
	if message := p.failure(u); message != "" {
		what := "create"
		if u.GetAnnotations()[created] != "" {
			what = "update"
		}
		return 0, p.failed(ctx, u, what+" failed: "+message)
	}
	observed := onlyObserved(u)
	if observed && !p.aws.there(serviceKind(u), done.GetAnnotations()[externalName]) {
		return 0, p.failed(ctx, u, "observe failed: there is no "+done.GetAnnotations()[externalName])
	}
	at, isCreated := u.GetAnnotations()[created]
	if !isCreated {
		if err := p.aws.missing(done); err != nil {
			return 0, p.failed(ctx, u, err.Error())
		}
		// The real provider creates nothing before it has marked the resource, so that one
		// that has just been deleted leaves nothing in AWS.
		made, err := p.updated(ctx, u, func(u *unstructured.Unstructured) {
			u.Object["spec"] = done.Object["spec"]
			a := maps.Clone(u.GetAnnotations())
			if a == nil {
				a = map[string]string{}
			}
			if !slices.Contains(u.GetFinalizers(), finalizer) {
				u.SetFinalizers(append(u.GetFinalizers(), finalizer))
			}
			a[externalName], a[created] = done.GetAnnotations()[externalName], time.Now().UTC().Format(time.RFC3339Nano)
			u.SetAnnotations(a)
		})
		if made != nil && !observed {
			p.aws.put(made)
		}
		return 0, err
	}
	if err := p.aws.replaced(done); err != nil {
		return 0, p.failed(ctx, u, err.Error())
	}
	// References that are resolved again, and late-initialized fields.
	if !reflect.DeepEqual(u.Object["spec"], done.Object["spec"]) {
		return 0, p.update(ctx, u, func(u *unstructured.Unstructured) { u.Object["spec"] = done.Object["spec"] })
	}
	if !observed {
		p.aws.put(done)
	}
	if !p.brisk.Load() && conditionOf(u, "Ready").Status == "" {
		return 0, p.conditions(ctx, u, nil, condition{"Synced", "True", "ReconcileSuccess", ""}, condition{"Ready", "False", "Creating", ""})
	}
	since, _ := time.Parse(time.RFC3339Nano, at)
	if rest := p.duration(u) - time.Since(since); rest > 0 {
		return rest, nil
	}
	found, _, _ := unstructured.NestedFieldNoCopy(done.Object, "status", "atProvider")
	if before, _, _ := unstructured.NestedFieldNoCopy(u.Object, "status", "atProvider"); !reflect.DeepEqual(normal(before), normal(found)) {
		now := []condition{{"Synced", "True", "ReconcileSuccess", ""}}
		if p.brisk.Load() {
			now = append(now, condition{"Ready", "True", "Available", ""})
		}
		return 0, p.conditions(ctx, u, found, now...)
	}
	if p.loses(u) {
		return 0, p.conditions(ctx, u, nil, condition{"Ready", "False", "Unavailable", ""})
	}
	if conditionOf(u, "Ready").Status != "True" && !p.recovering(u) {
		return 0, p.conditions(ctx, u, nil, condition{"Synced", "True", "ReconcileSuccess", ""}, condition{"Ready", "True", "Available", ""})
	}
	if conditionOf(u, "Synced").Status != "True" {
		return 0, p.conditions(ctx, u, nil, condition{"Synced", "True", "ReconcileSuccess", ""})
	}
	if p.mayLose(u) || conditionOf(u, "Ready").Status != "True" {
		return time.Second, nil
	}
	return 0, nil
}

// remove deletes a resource in AWS, unless it must be kept or AWS refuses.
func (p *provider) remove(ctx context.Context, u *unstructured.Unstructured) (time.Duration, error) {
	if !slices.Contains(u.GetFinalizers(), finalizer) {
		return 0, nil
	}
	if scope.Stays(u) {
		p.aws.forget(u.GetUID())
	} else if rest := deletionTimes[serviceKind(u)] - time.Since(u.GetDeletionTimestamp().Time); rest > 0 {
		return rest, nil
	} else if err := p.aws.remove(u.GetUID()); err != nil {
		return 0, p.failed(ctx, u, "delete failed: "+err.Error())
	}
	return 0, p.update(ctx, u, func(u *unstructured.Unstructured) {
		u.SetFinalizers(slices.DeleteFunc(u.GetFinalizers(), func(f string) bool { return f == finalizer }))
	})
}

// onlyObserved reports whether the provider can only observe the resource.
func onlyObserved(u *unstructured.Unstructured) bool {
	actions, _, _ := unstructured.NestedStringSlice(u.Object, "spec", "managementPolicies")
	return slices.Equal(actions, []string{"Observe"})
}

// failed reports a failed reconcile in the conditions once. The error causes a
// retry.
func (p *provider) failed(ctx context.Context, u *unstructured.Unstructured, message string) error {
	now := conditionOf(u, "Synced")
	if now.Status != "False" || now.Message != message {
		if err := p.conditions(ctx, u, nil, condition{"Synced", "False", "ReconcileError", message}); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s", message)
}

// conditions updates the status: conditions, and atProvider unless it is nil.
func (p *provider) conditions(ctx context.Context, u *unstructured.Unstructured, atProvider any, conditions ...condition) error {
	u = u.DeepCopy()
	if atProvider != nil {
		_ = unstructured.SetNestedField(u.Object, atProvider, "status", "atProvider")
	}
	list, _, _ := unstructured.NestedSlice(u.Object, "status", "conditions")
	for _, c := range conditions {
		if is := conditionOf(u, c.Type); is == c {
			continue
		}
		list = slices.DeleteFunc(list, func(v any) bool { m, _ := v.(map[string]any); return m["type"] == c.Type })
		m := map[string]any{"type": c.Type, "status": c.Status, "reason": c.Reason, "lastTransitionTime": time.Now().UTC().Format(time.RFC3339)}
		if c.Message != "" {
			m["message"] = c.Message
		}
		list = append(list, m)
	}
	_ = unstructured.SetNestedSlice(u.Object, list, "status", "conditions")
	p.writes.Add(1)
	_, err := p.resource(u).UpdateStatus(ctx, u, metav1.UpdateOptions{FieldManager: "provider"})
	return ignoreStale(err)
}

func (p *provider) update(ctx context.Context, u *unstructured.Unstructured, change func(*unstructured.Unstructured)) error {
	_, err := p.updated(ctx, u, change)
	return err
}

// updated updates a resource and returns it. It returns nil without an error if the
// resource is gone.
func (p *provider) updated(ctx context.Context, u *unstructured.Unstructured, change func(*unstructured.Unstructured)) (*unstructured.Unstructured, error) {
	u = u.DeepCopy()
	change(u)
	p.writes.Add(1)
	now, err := p.resource(u).Update(ctx, u, metav1.UpdateOptions{FieldManager: "provider"})
	if err != nil {
		return nil, ignoreStale(err)
	}
	return now, nil
}

// ignoreStale ignores conflicts, because the next event causes a retry.
func ignoreStale(err error) error {
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

func (p *provider) resource(u *unstructured.Unstructured) dynamic.ResourceInterface {
	r := p.client.Resource(p.kinds[u.GroupVersionKind().GroupKind()])
	if u.GetNamespace() != "" {
		return r.Namespace(u.GetNamespace())
	}
	return r
}

func (p *provider) duration(u *unstructured.Unstructured) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d, ok := p.slow[serviceKind(u)]; ok {
		return d
	}
	return usualTime
}

func (p *provider) failure(u *unstructured.Unstructured) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fails(u)
}

// failFor makes AWS refuse what fails returns an error for, and retries the others.
func (p *provider) failFor(fails func(u *unstructured.Unstructured) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fails = fails
}

// flap makes kinds lose Ready once.
func (p *provider) flap(kinds ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range kinds {
		p.flaps[k] = true
	}
}

func (p *provider) mayLose(u *unstructured.Unstructured) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.flaps[serviceKind(u)] && !p.lost[u.GetUID()]
}

// loses reports whether a resource loses Ready now: once, a second after it became
// ready.
func (p *provider) loses(u *unstructured.Unstructured) bool {
	if conditionOf(u, "Ready").Status != "True" || sinceTransition(u) < time.Second || !p.mayLose(u) {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lost[u.GetUID()] = true
	return true
}

// recovering reports whether a resource has just lost Ready.
func (p *provider) recovering(u *unstructured.Unstructured) bool {
	return conditionOf(u, "Ready").Reason == "Unavailable" && sinceTransition(u) < 2*time.Second
}

func sinceTransition(u *unstructured.Unstructured) time.Duration {
	list, _, _ := unstructured.NestedSlice(u.Object, "status", "conditions")
	for _, v := range list {
		if m, _ := v.(map[string]any); m["type"] == "Ready" {
			at, _ := m["lastTransitionTime"].(string)
			t, _ := time.Parse(time.RFC3339, at)
			return time.Since(t)
		}
	}
	return 0
}

// normal converts a value to its JSON form, because the API server can return 1 for
// 1.0.
func normal(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // The API server's response is JSON.
	}
	var out any
	_ = json.Unmarshal(raw, &out)
	return out
}

// of lists the managed resources of a composite.
func (p *provider) of(composite types.NamespacedName) []*unstructured.Unstructured {
	var out []*unstructured.Unstructured
	for _, kind := range slices.SortedFunc(maps.Keys(p.listers), func(a, b schema.GroupKind) int { return strings.Compare(a.String(), b.String()) }) {
		objects, _ := p.listers[kind].List(everything)
		for _, o := range objects {
			u, _ := o.(*unstructured.Unstructured)
			if compositeOf(u) == composite {
				out = append(out, u)
			}
		}
	}
	slices.SortFunc(out, func(a, b *unstructured.Unstructured) int {
		return strings.Compare(serviceKind(a)+a.GetName(), serviceKind(b)+b.GetName())
	})
	return out
}

// lastSeen returns the time at which the last of some resources was created.
func (p *provider) lastSeen(objects []*unstructured.Unstructured) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	var last time.Time
	for _, u := range objects {
		if at := p.seen[u.GetUID()]; at.After(last) {
			last = at
		}
	}
	return last
}
