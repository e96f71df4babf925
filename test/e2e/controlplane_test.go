//go:build e2e

// Package e2e tests the function in a control plane: a real Kubernetes API server
// and the real Crossplane core as processes, and a simulated AWS provider. `make
// e2e` builds all programs.
package e2e

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

const (
	adminToken   = "e2e-admin"
	functionName = "function-secure-ecommerce"
	group        = "platform.secure-ecommerce.dev"
	// functionImage is never pulled.
	functionImage = "example.org/" + functionName + ":v0.0.0"
)

var (
	crds        = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}
	namespaces  = schema.GroupVersionResource{Version: "v1", Resource: "namespaces"}
	secrets     = schema.GroupVersionResource{Version: "v1", Resource: "secrets"}
	webhooks    = schema.GroupVersionResource{Group: "admissionregistration.k8s.io", Version: "v1", Resource: "validatingwebhookconfigurations"}
	events      = schema.GroupVersionResource{Version: "v1", Resource: "events"}
	xrds        = schema.GroupVersionResource{Group: "apiextensions.crossplane.io", Version: "v2", Resource: "compositeresourcedefinitions"}
	xrdsV1      = schema.GroupVersionResource{Group: "apiextensions.crossplane.io", Version: "v1", Resource: "compositeresourcedefinitions"}
	comps       = schema.GroupVersionResource{Group: "apiextensions.crossplane.io", Version: "v1", Resource: "compositions"}
	policies    = schema.GroupVersionResource{Group: "apiextensions.crossplane.io", Version: "v1alpha1", Resource: "managedresourceactivationpolicies"}
	functions   = schema.GroupVersionResource{Group: "pkg.crossplane.io", Version: "v1", Resource: "functions"}
	providers   = schema.GroupVersionResource{Group: "pkg.crossplane.io", Version: "v1", Resource: "providers"}
	configs     = schema.GroupVersionResource{Group: "pkg.crossplane.io", Version: "v1", Resource: "configurations"}
	providerRev = schema.GroupVersionResource{Group: "pkg.crossplane.io", Version: "v1", Resource: "providerrevisions"}
	functionRev = schema.GroupVersionResource{Group: "pkg.crossplane.io", Version: "v1", Resource: "functionrevisions"}
	claimKind   = schema.GroupVersionResource{Group: group, Version: "v1alpha1", Resource: "secureecommerces"}
	xrKind      = schema.GroupVersionResource{Group: group, Version: "v1alpha1", Resource: "xsecureecommerces"}
)

// root is the repository.
const root = "../.."

// binary returns the path of a program that `make e2e` has built.
func binary(name string) string {
	path, _ := filepath.Abs(filepath.Join(root, ".cache", "bin", name))
	return path
}

// functionBinary returns the path of the function: the one of this tree, or the one
// in FUNCTION.
func functionBinary() string {
	if f := os.Getenv("FUNCTION"); f != "" {
		return f
	}
	path, _ := filepath.Abs(filepath.Join(root, "bin", "function"))
	return path
}

// apiScope is a scope of Crossplane's API.
type apiScope struct {
	name, scope, dir string
	// composite is the kind that Crossplane reconciles, and claim the kind that the
	// app team creates. They are the same in the namespaced scope.
	composite schema.GroupVersionResource
	xrd, comp string
	// crossplane is the core's module in tools/, and its program.
	crossplane string
}

// crossplaneCore is the default core of all tests.
const crossplaneCore = "crossplane-core"

var (
	clusterScope = apiScope{
		name: "claim", scope: "cluster", dir: "claim", composite: xrKind,
		xrd: "xsecureecommerces." + group, comp: "xsecureecommerces." + group,
		crossplane: crossplaneCore,
	}
	namespacedScope = apiScope{
		name: "namespaced", scope: "namespaced", dir: "namespaced", composite: claimKind,
		xrd: "secureecommerces." + group, comp: "secureecommerces." + group,
		crossplane: crossplaneCore,
	}
)

// controlPlane is a running control plane.
type controlPlane struct {
	apiScope

	dir, pki, logs, kubeconfig string
	client                     dynamic.Interface
	config                     *rest.Config
	functionPort, healthPort   int
	// webhookPort is the port of the core's webhook, which refuses to delete
	// resources in use.
	webhookPort int
	// ports of etcd, its peers, the API server and the controller manager. They are
	// the same after a restart.
	ports [4]int

	etcd, api, kcm, core, function *process
	// registry contains the packages, if they are installed from it.
	registry *process
	// provider simulates the provider.
	provider *provider
	// found contains the AWS names of resources that the examples expect to exist,
	// by the names in the examples. It is nil if they are equal.
	found map[string]string
	// input contains fields in the input of all Compositions.
	input map[string]any
	// took contains the duration of each step of the start.
	took []lap
}

type lap struct {
	what string
	time time.Duration
}

// raised contains flags with which the core's circuit breaker does not open.
// docs/operations.md explains these values.
var raised = []string{"--circuit-breaker-burst=1000000", "--circuit-breaker-refill-rate=10000"}

// crowded contains flags for many claims on two CPUs. With fewer concurrent
// reconciles, each sees more of the provider's progress.
var crowded = append(slices.Clone(raised), "--max-reconcile-rate=5")

// unhurried contains flags for the least CPU time of several stacks. While a
// reconcile applies one stack, the provider completes several steps of the others.
var unhurried = append(slices.Clone(raised), "--max-reconcile-rate=2")

// newControlPlane starts a control plane for a scope. Its logs are kept if the test
// fails.
func newControlPlane(t *testing.T, g apiScope, coreFlags ...string) *controlPlane {
	t.Helper()
	c := prepareControlPlane(t, g)
	begin := time.Now()
	lapped := func(what string) { c.took = append(c.took, lap{what, time.Since(begin)}) }

	c.startKubernetes(t)
	lapped("API server ready")
	installed := make(chan error, 1)
	go func() { installed <- c.installProvider() }()
	c.applyCRDs(t, c.coreCRDs(t))
	c.create(t, namespaces, "", object("v1", "Namespace", "crossplane-system"))
	lapped("Crossplane's CRDs established")
	c.startCore(t, coreFlags...)
	c.startFunction(t, functionBinary())
	lapped("core and function ready")
	if err := <-installed; err != nil {
		t.Fatal(err)
	}
	lapped("provider's CRDs established")
	c.installFunction(t)
	c.installAPI(t)
	c.activate(t)
	lapped("claims can be made")
	for _, l := range c.took {
		t.Logf("control plane: %-32s %6.1f s", l.what, l.time.Seconds())
	}
	return c
}

// prepareControlPlane prepares a control plane without starting it.
func prepareControlPlane(t *testing.T, g apiScope) *controlPlane {
	t.Helper()
	dir, err := os.MkdirTemp("", "e2e-"+g.name+"-") //nolint:usetesting // The logs of a failed test are kept.
	if err != nil {
		t.Fatal(err)
	}
	c := &controlPlane{apiScope: g, dir: dir, pki: filepath.Join(dir, "pki"), logs: filepath.Join(dir, "logs"), kubeconfig: filepath.Join(dir, "kubeconfig")}
	t.Cleanup(func() {
		if c.provider != nil {
			c.provider.stop()
		}
		for _, p := range []*process{c.core, c.kcm, c.function, c.registry, c.api, c.etcd} {
			if p != nil && p.alive() {
				p.kill()
			}
		}
		if t.Failed() || os.Getenv("KEEP_LOGS") != "" {
			_ = os.RemoveAll(filepath.Join(dir, "etcd")) // Large, and useless without the rest.
			t.Logf("logs are in %s", c.logs)
			return
		}
		_ = os.RemoveAll(dir)
	})
	for _, d := range []string{c.pki, c.logs} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func (c *controlPlane) startKubernetes(t *testing.T) {
	t.Helper()
	writePKI(t, c.pki)
	copy(c.ports[:], ports(t, len(c.ports)))
	pki := func(name string) string { return filepath.Join(c.pki, name) }
	writeFile(t, pki("token.csv"), adminToken+",admin,admin,system:masters\n")
	writeFile(t, c.kubeconfig, fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: e2e
contexts: [{name: e2e, context: {cluster: e2e, user: admin}}]
clusters: [{name: e2e, cluster: {server: "https://%s", certificate-authority: %s}}]
users: [{name: admin, user: {token: %s}}]
`, address(c.ports[2]), pki("ca.crt"), adminToken))
	c.config = &rest.Config{
		Host: "https://" + address(c.ports[2]), BearerToken: adminToken, TLSClientConfig: rest.TLSClientConfig{CAFile: pki("ca.crt")},
		QPS: -1, UserAgent: "e2e",
		WarningHandlerWithContext: rest.NoWarnings{},
	}
	c.client = dynamic.NewForConfigOrDie(c.config)
	c.runKubernetes(t)
}

// runKubernetes starts Kubernetes with the existing data.
func (c *controlPlane) runKubernetes(t *testing.T) {
	t.Helper()
	etcd, peer, api, kcm := "http://"+address(c.ports[0]), "http://"+address(c.ports[1]), c.ports[2], c.ports[3]
	pki := func(name string) string { return filepath.Join(c.pki, name) }
	c.etcd = start(t, c.logs, "etcd", binary("etcd"), nil,
		"--data-dir", filepath.Join(c.dir, "etcd"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
		"--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "default="+peer,
		"--unsafe-no-fsync", "--log-level", "warn")
	c.api = start(t, c.logs, "kube-apiserver", binary("kube-apiserver"), nil,
		"--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--secure-port", strconv.Itoa(api),
		"--tls-cert-file", pki("tls.crt"), "--tls-private-key-file", pki("tls.key"), "--client-ca-file", pki("ca.crt"),
		"--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", pki("sa.pub"), "--service-account-signing-key-file", pki("sa.key"),
		"--service-cluster-ip-range", "10.0.0.0/24", "--token-auth-file", pki("token.csv"), "--authorization-mode", "RBAC",
		"--disable-admission-plugins", "ServiceAccount", "--endpoint-reconciler-type", "none",
		"--enable-priority-and-fairness=false", "--v", "1")
	c.api.await(t, func() error { return c.get("https://" + address(api) + "/readyz") })
	c.kcm = start(t, c.logs, "kube-controller-manager", binary("kube-controller-manager"), nil,
		"--kubeconfig", c.kubeconfig, "--secure-port", strconv.Itoa(kcm), "--bind-address", "127.0.0.1",
		"--authentication-skip-lookup", "--leader-elect=false", "--use-service-account-credentials=false",
		"--controllers", "garbage-collector-controller,namespace-controller",
		"--service-account-private-key-file", pki("sa.key"), "--root-ca-file", pki("ca.crt"), "--v", "1",
		"--kube-api-qps", "500", "--kube-api-burst", "1000")
}

// startCore starts Crossplane's core, and registers its webhook for usages.
func (c *controlPlane) startCore(t *testing.T, flags ...string) {
	t.Helper()
	p := ports(t, 2)
	c.healthPort = p[1]
	first := c.webhookPort == 0
	if first {
		c.webhookPort = ports(t, 1)[0]
	}
	args := append([]string{
		"core", "start", "--tls-client-certs-dir", c.pki, "--tls-server-certs-dir", c.pki, "--package-runtime", "External",
		"--webhook-port", strconv.Itoa(c.webhookPort),
		"--xpkg-cache-dir", filepath.Join(c.dir, "xpkg"), "--metrics-port", strconv.Itoa(p[0]), "--health-probe-port", strconv.Itoa(p[1]),
	}, flags...)
	c.core = start(t, c.logs, "crossplane", binary(c.crossplane), []string{"KUBECONFIG=" + c.kubeconfig}, args...)
	c.core.await(t, func() error { return c.get("http://" + address(c.healthPort) + "/readyz") })
	if first {
		c.guardUsages(t)
	}
}

// startFunction starts a function at a fixed address, like a Service.
func (c *controlPlane) startFunction(t *testing.T, program string) {
	t.Helper()
	if c.functionPort == 0 {
		c.functionPort = ports(t, 1)[0]
	}
	side := address(ports(t, 1)[0])
	c.function = start(t, c.logs, "function", program, nil,
		"serve", "--debug", "--address", address(c.functionPort), "--tls-certs-dir", c.pki, "--metrics-address", side)
	c.function.await(t, func() error { return c.get("http://" + side + "/readyz") })
}

// guardUsages configures the API server to call the core before it deletes
// resources in use, like Crossplane's chart.
func (c *controlPlane) guardUsages(t *testing.T) {
	t.Helper()
	dir, err := c.coreDir()
	if err != nil {
		t.Fatal(err)
	}
	u := readYAML(t, filepath.Join(dir, "cluster", "webhookconfigurations", "usage.yaml"))
	ca, err := os.ReadFile(filepath.Join(c.pki, "ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	hooks, _, _ := unstructured.NestedSlice(u.Object, "webhooks")
	for _, h := range hooks {
		hook, _ := h.(map[string]any)
		path, _, _ := unstructured.NestedString(hook, "clientConfig", "service", "path")
		hook["clientConfig"] = map[string]any{"url": "https://" + address(c.webhookPort) + path, "caBundle": base64.StdEncoding.EncodeToString(ca)}
	}
	_ = unstructured.SetNestedSlice(u.Object, hooks, "webhooks")
	c.create(t, webhooks, "", u)
}

// installFunction configures the function's address in the core. The package is
// paused, so that the package manager does not pull an image.
func (c *controlPlane) installFunction(t *testing.T) {
	t.Helper()
	fn := object("pkg.crossplane.io/v1", "Function", functionName)
	_ = unstructured.SetNestedField(fn.Object, "true", "metadata", "annotations", "crossplane.io/paused")
	_ = unstructured.SetNestedField(fn.Object, functionImage, "spec", "package")
	c.create(t, functions, "", fn)
	c.installRevision(t, 1)
}

// installRevision makes the running function an active revision, like the package
// manager.
func (c *controlPlane) installRevision(t *testing.T, number int64) {
	t.Helper()
	rev := object("pkg.crossplane.io/v1", "FunctionRevision", fmt.Sprintf("%s-%d", functionName, number))
	_ = unstructured.SetNestedField(rev.Object, "true", "metadata", "annotations", "crossplane.io/paused")
	_ = unstructured.SetNestedField(rev.Object, functionName, "metadata", "labels", "pkg.crossplane.io/package")
	_ = unstructured.SetNestedMap(rev.Object, map[string]any{"image": functionImage, "revision": number, "desiredState": "Active"}, "spec")
	c.create(t, functionRev, "", rev)
	c.patch(t, functionRev, rev.GetName(), map[string]any{"status": map[string]any{
		"endpoint": fmt.Sprintf("dns:///localhost:%d", c.functionPort), "capabilities": []any{"composition"},
	}}, "status")
}

func (c *controlPlane) patch(t *testing.T, gvr schema.GroupVersionResource, name string, patch map[string]any, subresources ...string) {
	t.Helper()
	raw, err := json.Marshal(patch)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.client.Resource(gvr).Patch(t.Context(), name, types.MergePatchType, raw, metav1.PatchOptions{}, subresources...); err != nil {
		t.Fatal(err)
	}
}

// installAPI applies this repository's XRDs and Compositions for the scope.
func (c *controlPlane) installAPI(t *testing.T) {
	t.Helper()
	for _, prefix := range []string{"", "account-"} {
		definition := readYAML(t, filepath.Join(root, "apis", c.apiScope.dir, prefix+"definition.yaml"))
		gvr := xrds
		if strings.HasSuffix(definition.GetAPIVersion(), "/v1") {
			gvr = xrdsV1
		}
		c.create(t, gvr, "", definition)
		c.create(t, comps, "", readYAML(t, filepath.Join(root, "apis", c.apiScope.dir, prefix+"composition.yaml")))
		c.awaitDefinition(t, gvr, definition.GetName())
	}
	eventually(t, time.Minute, func() error {
		_, err := c.client.Resource(claimKind).List(t.Context(), metav1.ListOptions{})
		return err
	})
}

// awaitDefinition waits until the core serves the API of an XRD.
func (c *controlPlane) awaitDefinition(t *testing.T, gvr schema.GroupVersionResource, name string) {
	t.Helper()
	wanted := []string{"Established"}
	if c.scope == "cluster" {
		wanted = append(wanted, "Offered")
	}
	eventually(t, time.Minute, func() error {
		u, err := c.client.Resource(gvr).Get(t.Context(), name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		for _, w := range wanted {
			if s := conditionOf(u, w); s.Status != "True" {
				return fmt.Errorf("XRD %s is not %s: %s", name, w, s.Message)
			}
		}
		return nil
	})
}

// activate applies this repository's activation policy for the scope. It has no
// effect here, but the core must accept it.
func (c *controlPlane) activate(t *testing.T) {
	t.Helper()
	policy := readYAML(t, filepath.Join(root, "package", "activation", c.apiScope.dir+".yaml"))
	c.create(t, policies, "", policy)
	eventually(t, time.Minute, func() error {
		u, err := c.client.Resource(policies).Get(t.Context(), policy.GetName(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		if s := conditionOf(u, "Healthy"); s.Status != "True" {
			return fmt.Errorf("the activation policy is not Healthy: %s", s.Message)
		}
		return nil
	})
}

// installProvider installs the kinds in stacks, and starts the simulated provider.
func (c *controlPlane) installProvider() error {
	definitions, err := providerCRDs[scope.Scope(c.scope)]()
	if err != nil {
		return err
	}
	if err := c.establish(context.Background(), definitions); err != nil {
		return err
	}
	c.provider = newProvider(c.client, definitions)
	return c.provider.start()
}

// coreDir returns the source directory of the running core, with its CRDs and its
// webhook.
func (c *controlPlane) coreDir() (string, error) {
	return moduleDir(filepath.Join(root, "tools", c.crossplane), "github.com/crossplane/crossplane/v2")
}

func (c *controlPlane) coreCRDs(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	dir, err := c.coreDir()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "cluster", "crds", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no CRDs of Crossplane's in %s: %v", dir, err)
	}
	var out []*unstructured.Unstructured
	for _, f := range files {
		out = append(out, readYAML(t, f))
	}
	return out
}

func (c *controlPlane) applyCRDs(t *testing.T, definitions []*unstructured.Unstructured) {
	t.Helper()
	if err := c.establish(t.Context(), definitions); err != nil {
		t.Fatal(err)
	}
}

// establish creates CRDs and waits until they are served.
func (c *controlPlane) establish(ctx context.Context, definitions []*unstructured.Unstructured) error {
	errs := make([]error, len(definitions))
	var wg sync.WaitGroup
	slots := make(chan struct{}, 8)
	for i, d := range definitions {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if _, err := c.client.Resource(crds).Create(ctx, d, metav1.CreateOptions{}); err != nil {
				errs[i] = fmt.Errorf("%s: %w", d.GetName(), err)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, d := range definitions {
		wanted[d.GetName()] = true
	}
	return poll(ctx, 2*time.Minute, func() error {
		l, err := c.client.Resource(crds).List(ctx, metav1.ListOptions{})
		if err != nil {
			return err
		}
		for _, d := range l.Items {
			if wanted[d.GetName()] && conditionOf(&d, "Established").Status == "True" {
				delete(wanted, d.GetName())
			}
		}
		if len(wanted) > 0 {
			return fmt.Errorf("%d CRDs are not established", len(wanted))
		}
		return nil
	})
}

// get requests a page, and fails unless the status is 200.
func (c *controlPlane) get(url string) error {
	_, err := c.read(url)
	return err
}

// read returns a page. It fails unless the status is 200.
func (c *controlPlane) read(url string) (string, error) {
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+adminToken)
	rsp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(rsp.Body)
	_ = rsp.Body.Close()
	if err != nil {
		return "", err
	}
	if rsp.StatusCode != http.StatusOK {
		return "", errors.New(rsp.Status)
	}
	return string(body), nil
}

func (c *controlPlane) create(t *testing.T, gvr schema.GroupVersionResource, namespace string, u *unstructured.Unstructured) {
	t.Helper()
	// A CRD is served shortly after it is established.
	eventually(t, 20*time.Second, func() error {
		_, err := c.client.Resource(gvr).Namespace(namespace).Create(t.Context(), u, metav1.CreateOptions{})
		if err != nil && !apierrors.IsNotFound(err) && !meta.IsNoMatchError(err) {
			t.Fatalf("cannot create %s %s: %v", u.GetKind(), u.GetName(), err)
		}
		return err
	})
}

// condition is a condition of an object.
type condition struct{ Type, Status, Reason, Message string }

func conditionOf(u *unstructured.Unstructured, kind string) condition {
	for _, c := range conditionsOf(u) {
		if c.Type == kind {
			return c
		}
	}
	return condition{Type: kind}
}

func conditionsOf(u *unstructured.Unstructured) []condition {
	list, _, _ := unstructured.NestedSlice(u.Object, "status", "conditions")
	out := make([]condition, 0, len(list))
	for _, v := range list {
		m, _ := v.(map[string]any)
		text := func(k string) string { s, _ := m[k].(string); return s }
		out = append(out, condition{Type: text("type"), Status: text("status"), Reason: text("reason"), Message: text("message")})
	}
	return out
}

func object(apiVersion, kind, name string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind, "metadata": map[string]any{"name": name}}}
}

func readYAML(t *testing.T, file string) *unstructured.Unstructured {
	t.Helper()
	u, err := loadYAML(file)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func loadYAML(file string) (*unstructured.Unstructured, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parseYAML(raw)
}

func parseYAML(raw []byte) (*unstructured.Unstructured, error) {
	raw, err := yaml.YAMLToJSON(raw)
	if err != nil {
		return nil, err
	}
	u := &unstructured.Unstructured{}
	return u, u.UnmarshalJSON(raw)
}

func writeFile(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// poll retries until it succeeds or times out.
func poll(ctx context.Context, most time.Duration, try func() error) error {
	deadline := time.Now().Add(most)
	for {
		err := try()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("after %s: %w", most, err)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func eventually(t *testing.T, most time.Duration, try func() error) {
	t.Helper()
	if err := poll(t.Context(), most, try); err != nil {
		t.Fatal(err)
	}
}
