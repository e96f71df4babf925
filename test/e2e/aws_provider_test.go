//go:build e2e

package e2e

import (
	"bufio"
	"cmp"
	"context"
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
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// realAWS is the real AWS provider with a local AWS: moto behind a proxy that
// checks every call against AWS's API models (test/awsproxy).
type realAWS struct {
	provider, moto, proxy *process
	motoPort, proxyPort   int
	logs                  string
}

// realProvider returns the path of the AWS provider's binary, which `make aws`
// sets. It is empty in other tests.
func realProvider() string { return os.Getenv("AWS_PROVIDER") }

// newRealControlPlane starts a control plane for a scope with the real provider.
func newRealControlPlane(t *testing.T, g apiScope) (*controlPlane, *realAWS) {
	t.Helper()
	c := prepareControlPlane(t, g)
	c.startKubernetes(t)
	c.applyCRDs(t, c.coreCRDs(t))
	c.create(t, namespaces, "", object("v1", "Namespace", "crossplane-system"))
	c.startCore(t, crowded...)
	c.startFunction(t, functionBinary())
	a := &realAWS{logs: filepath.Join(c.logs, "aws")}
	a.startAWS(t, c.logs)
	c.found = a.find(t)
	c.installRealProvider(t, a)
	c.installFunction(t)
	c.installAPI(t)
	c.configurePlatform(t)
	t.Cleanup(func() {
		for _, p := range []*process{a.provider, a.proxy, a.moto} {
			if p != nil && p.alive() {
				p.kill()
			}
		}
	})
	return c, a
}

// startAWS starts moto and the proxy in front of it.
func (a *realAWS) startAWS(t *testing.T, logs string) {
	t.Helper()
	p := ports(t, 2)
	a.motoPort, a.proxyPort = p[0], p[1]
	python := pythonBinary()
	environment := []string{"MOTO_IAM_LOAD_MANAGED_POLICIES=true", "AWS_EC2_METADATA_DISABLED=true", "PYTHONUNBUFFERED=1", "PYTHONDONTWRITEBYTECODE=1"}
	a.moto = start(t, logs, "moto", python, environment, "-m", "moto.server", "-H", "127.0.0.1", "-p", strconv.Itoa(p[0]))
	a.proxy = start(t, logs, "awsproxy", python, environment, filepath.Join(root, "test", "awsproxy", "proxy.py"),
		"--port", strconv.Itoa(p[1]), "--moto-port", strconv.Itoa(p[0]), "--logs", a.logs, "--moto-log", a.moto.log)
	a.proxy.await(t, func() error { return reachable("http://" + address(p[0]) + "/moto-api/") })
	a.proxy.await(t, func() error { return reachable("http://" + address(p[1]) + "/_awsproxy/health") })
}

// find creates the resources that the examples expect to exist, and returns their
// AWS names by the names in the examples.
func (a *realAWS) find(t *testing.T) map[string]string {
	t.Helper()
	out, err := run(root, pythonBinary(), filepath.Join("test", "awsproxy", "found.py"), "http://"+address(a.motoPort))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// pythonBinary returns the Python interpreter with moto.
func pythonBinary() string {
	if p := os.Getenv("PYTHON"); p != "" {
		return p
	}
	return "python3"
}

// reachable returns an error unless a page answers with 200.
func reachable(url string) error {
	client := http.Client{Timeout: 5 * time.Second}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	rsp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = rsp.Body.Close() }()
	if rsp.StatusCode != http.StatusOK {
		return errors.New(rsp.Status)
	}
	return nil
}

// awsServices lists the services for which the provider calls the local AWS. For
// all others, it would call the real AWS, which is unreachable.
var awsServices = strings.Fields(`accessanalyzer account acm appautoscaling backup budgets cloudcontrol cloudformation cloudfront cloudtrail cloudwatch
	configservice ec2 ecs efs eks elasticache elbv2 events firehose guardduty iam inspector2 kinesis kms lambda logs macie2 networkfirewall opensearch rds route53 s3 s3control
	secretsmanager securityhub servicediscovery sesv2 signer sns sqs ssm sts synthetics wafv2`)

// installRealProvider installs the provider's CRDs of all composed kinds in all
// versions, and starts the provider, which converts between them.
func (c *controlPlane) installRealProvider(t *testing.T, a *realAWS) {
	t.Helper()
	p := ports(t, 3)
	definitions, err := realCRDs(c, p[0])
	if err != nil {
		t.Fatal(err)
	}
	c.applyCRDs(t, definitions)
	a.provider = start(t, c.logs, "provider-aws", realProvider(),
		[]string{"KUBECONFIG=" + c.kubeconfig, "HTTP_PROXY=http://" + address(a.proxyPort), "NO_PROXY=kubernetes.default.svc", "AWS_EC2_METADATA_DISABLED=true"},
		"--certs-dir="+c.pki, "--webhook-port="+strconv.Itoa(p[0]), "--metrics-bind-address="+address(p[1]), "--health-probe-bind-addr="+address(p[2]),
		"--poll="+cmp.Or(os.Getenv("AWS_POLL"), "1m"), "--max-reconcile-rate=100")
	a.provider.await(t, func() error { return reachable("http://" + address(p[2]) + "/readyz") })
	secret := object("v1", "Secret", "aws")
	_ = unstructured.SetNestedField(secret.Object, base64.StdEncoding.EncodeToString([]byte("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n")), "data", "key")
	c.create(t, secrets, "crossplane-system", secret)
	kind, gvr := "ClusterProviderConfig", schema.GroupVersionResource{Group: "aws.m.upbound.io", Version: "v1beta1", Resource: "clusterproviderconfigs"}
	if c.scope == "cluster" {
		kind, gvr = "ProviderConfig", schema.GroupVersionResource{Group: "aws.upbound.io", Version: "v1beta1", Resource: "providerconfigs"}
	}
	config := object(gvr.Group+"/"+gvr.Version, kind, "default")
	services := make([]any, 0, len(awsServices))
	for _, s := range awsServices {
		services = append(services, s)
	}
	config.Object["spec"] = map[string]any{
		"credentials": map[string]any{"source": "Secret", "secretRef": map[string]any{"namespace": "crossplane-system", "name": "aws", "key": "key"}},
		"endpoint": map[string]any{
			"hostnameImmutable": true, "partitionId": "aws", "services": services,
			"url": map[string]any{"type": "Static", "static": "http://" + address(a.proxyPort)},
		},
		"s3_use_path_style": true, "skip_metadata_api_check": true, "skip_region_validation": true,
	}
	c.create(t, gvr, "", config)
	// Stacks are listed like with the simulated provider.
	single, err := providerCRDs[scope.Scope(c.scope)]()
	if err != nil {
		t.Fatal(err)
	}
	c.provider = newProvider(c.client, single)
	c.provider.watchOnly = true
	if err := c.provider.start(); err != nil {
		t.Fatal(err)
	}
	t.Logf("provider: %.0f MiB without resources", residentMemory(t, a.provider.cmd.Process.Pid))
}

// realCRDs returns the provider's unmodified CRDs of all kinds that a stack can
// have, and of its configurations. The provider's conversion webhook listens on a port.
func realCRDs(c *controlPlane, port int) ([]*unstructured.Unstructured, error) {
	module, err := moduleDir(root, "github.com/upbound/provider-aws/v2")
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(filepath.Join(c.pki, "ca.crt"))
	if err != nil {
		return nil, err
	}
	wanted := map[schema.GroupKind]bool{}
	for _, gvk := range composedKinds(scope.Scope(c.scope)) {
		wanted[gvk.GroupKind()] = true
	}
	for _, g := range []string{"aws.upbound.io", "aws.m.upbound.io"} {
		for _, k := range []string{"ProviderConfig", "ProviderConfigUsage", "ClusterProviderConfig"} {
			wanted[schema.GroupKind{Group: g, Kind: k}] = true
		}
	}
	files, err := filepath.Glob(filepath.Join(module, "package", "crds", "*.yaml"))
	if err != nil {
		return nil, err
	}
	var out []*unstructured.Unstructured
	for _, f := range files {
		group, _, _ := strings.Cut(filepath.Base(f), "_")
		if !slices.ContainsFunc(slices.Collect(func(yield func(schema.GroupKind) bool) {
			for gk := range wanted {
				if !yield(gk) {
					return
				}
			}
		}), func(gk schema.GroupKind) bool { return gk.Group == group }) {
			continue
		}
		u, err := loadYAML(f)
		if err != nil {
			return nil, err
		}
		kind, _, _ := unstructured.NestedString(u.Object, "spec", "names", "kind")
		if !wanted[schema.GroupKind{Group: group, Kind: kind}] {
			continue
		}
		if versions, _, _ := unstructured.NestedSlice(u.Object, "spec", "versions"); len(versions) > 1 {
			conversion := map[string]any{"strategy": "Webhook", "webhook": map[string]any{
				"conversionReviewVersions": []any{"v1"},
				"clientConfig":             map[string]any{"url": "https://" + address(port) + "/convert", "caBundle": base64.StdEncoding.EncodeToString(ca)},
			}}
			if err := unstructured.SetNestedMap(u.Object, conversion, "spec", "conversion"); err != nil {
				return nil, err
			}
		}
		out = append(out, u)
	}
	return out, nil
}

// call is a request in the proxy's log.
type call struct {
	Service    string  `json:"service"`
	Operation  string  `json:"operation"`
	Status     int     `json:"status"`
	Number     int     `json:"n"`
	ErrorCode  string  `json:"error_code"`
	Violations any     `json:"violations"`
	Time       any     `json:"time"`
	Took       float64 `json:"ms"`
	Params     any     `json:"params"`
}

// reads lists prefixes of operations that change nothing.
var reads = []string{"Describe", "Get", "List", "Head", "Lookup", "Search", "BatchGet", "Simulate", "Check"}

func (c call) mutates() bool {
	return !slices.ContainsFunc(reads, func(r string) bool { return strings.HasPrefix(c.Operation, r) })
}

// calls returns all requests from an index on.
func (a *realAWS) calls(t *testing.T, from int) []call {
	t.Helper()
	var out []call
	n := 0
	a.lines(t, "requests.jsonl", func(line []byte) {
		if n++; n <= from {
			return
		}
		one := call{}
		if err := json.Unmarshal(line, &one); err == nil {
			out = append(out, one)
		}
	})
	return out
}

// count returns the number of requests.
func (a *realAWS) count(t *testing.T) int {
	t.Helper()
	n := 0
	a.lines(t, "requests.jsonl", func([]byte) { n++ })
	return n
}

// lines reads a log of the proxy.
func (a *realAWS) lines(t *testing.T, name string, each func(line []byte)) {
	t.Helper()
	f, err := os.Open(filepath.Join(a.logs, name))
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if err == nil {
			each(line)
			continue
		}
		if !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		return
	}
}

// violations describes the calls that AWS's models reject.
func (a *realAWS) violations(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	a.lines(t, "violations.jsonl", func(line []byte) {
		v := struct {
			Kind       string `json:"kind"`
			Service    string `json:"service"`
			Operation  string `json:"operation"`
			Member     string `json:"member"`
			Constraint string `json:"constraint"`
			Value      any    `json:"value"`
			Known      any    `json:"known"`
		}{}
		if err := json.Unmarshal(line, &v); err == nil && v.Known == nil {
			seen[fmt.Sprintf("%s.%s %s: %v breaks %s %s", v.Service, v.Operation, v.Member, v.Value, v.Kind, v.Constraint)] = true
		}
	})
	out := make([]string, 0, len(seen))
	for v := range seen {
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// record writes a stack's composite and managed resources to a directory, as one
// stream.
func (s *stack) record(t *testing.T, dir, name string) {
	t.Helper()
	if dir == "" {
		return
	}
	var b strings.Builder
	for _, u := range append([]*unstructured.Unstructured{s.getComposite(t)}, s.live(t)...) {
		raw, err := json.Marshal(u.Object)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("---\n")
		b.Write(raw)
		b.WriteByte('\n')
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// live returns a stack's current managed resources from the API server.
func (s *stack) live(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	var out []*unstructured.Unstructured
	for _, u := range s.resources(t) {
		now, err := s.c.provider.resource(u).Get(t.Context(), u.GetName(), metav1.GetOptions{})
		if err == nil {
			out = append(out, now)
		}
	}
	return out
}
