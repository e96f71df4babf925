package portal

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
)

const (
	claim = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\nspec: {region: eu-west-1}\n"
	// vpc and key are what the function of these tests composes.
	vpc = `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-vpc","labels":{"platform.secure-ecommerce.dev/tier":"network"}},"spec":{"forProvider":{"region":"eu-west-1"}}}`
	key = `{"apiVersion":"kms.aws.m.upbound.io/v1beta1","kind":"Key","metadata":{"name":"shop-key","labels":{"platform.secure-ecommerce.dev/tier":"secrets"}},"spec":{"forProvider":{"region":"eu-west-1"}}}`
)

// function composes a VPC and a key for every claim, or refuses it with a message.
type function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	fatal string
}

func (f function) RunFunction(_ context.Context, _ *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	if f.fatal != "" {
		return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: f.fatal}}}, nil
	}
	return &fnv1.RunFunctionResponse{
		Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{
			"vpc": {Resource: resource.MustStructJSON(vpc)}, "data-key": {Resource: resource.MustStructJSON(key)},
		}},
		Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "a warning"}},
	}, nil
}

// ask calls a portal that listens on port 8090.
func ask(t *testing.T, fn function, method, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:8090"+path, strings.NewReader(body))
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	newHandler(fn, "", "127.0.0.1:8090", "portal.example.org").ServeHTTP(w, r)
	return w
}

func TestFiles(t *testing.T) {
	for path, part := range map[string]string{
		"/": "<!doctype html>", "/app.js": "import { comparison }", "/form.js": "export function form", "/yaml.js": "toYAML",
		"/share.js": "fragmentOf", "/compare.js": "export function comparison", "/style.css": "prefers-color-scheme: dark",
	} {
		w := ask(t, function{}, http.MethodGet, path, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), part) {
			t.Errorf("GET %s: want 200 with %q, got %d", path, part, w.Code)
		}
		if got := w.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("GET %s: the page may only load its own files: want the policy %q, got %q", path, policy, got)
		}
	}
}

func TestHosts(t *testing.T) {
	cases := map[string]struct {
		reason string
		change func(*http.Request)
		want   int
	}{
		"Own":    {reason: "The page calls its own address.", change: func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8090") }, want: http.StatusOK},
		"ByName": {reason: "localhost is a name of this machine.", change: func(r *http.Request) { r.Host = "localhost:8090" }, want: http.StatusOK},
		"Proxied": {reason: "A proxy with TLS uses the name of --host.", change: func(r *http.Request) {
			r.Host = "portal.example.org"
			r.Header.Set("Origin", "https://portal.example.org")
		}, want: http.StatusOK},
		"ProxyRenames": {reason: "A proxy can call the address for a page with the name of --host.", change: func(r *http.Request) { r.Header.Set("Origin", "https://portal.example.org") }, want: http.StatusOK},
		"OtherPort":    {reason: "A server on another port is another page.", change: func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:3000") }, want: http.StatusForbidden},
		"Sandboxed":    {reason: "A sandboxed page has no origin.", change: func(r *http.Request) { r.Header.Set("Origin", "null") }, want: http.StatusForbidden},
		"OtherName":    {reason: "Another name can resolve to this machine, by DNS rebinding.", change: func(r *http.Request) { r.Host = "evil.example:8090" }, want: http.StatusForbidden},
		"OtherOrigin":  {reason: "Another page is refused.", change: func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, want: http.StatusForbidden},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := ask(t, function{}, http.MethodGet, "/api/form", "", tc.change).Code; got != tc.want {
				t.Errorf("\n%s\nGET /api/form: want %d, got %d", tc.reason, tc.want, got)
			}
		})
	}
}
