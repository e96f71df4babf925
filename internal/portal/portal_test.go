package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

const (
	claim = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\nspec: {region: eu-west-1}\n"
	// vpc is what the function of these tests composes.
	vpc = `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-vpc","labels":{"platform.secure-ecommerce.dev/tier":"network"}},"spec":{"forProvider":{"region":"eu-west-1"}}}`
	key = `{"apiVersion":"kms.aws.m.upbound.io/v1beta1","kind":"Key","metadata":{"name":"shop-key","labels":{"platform.secure-ecommerce.dev/tier":"secrets"}},"spec":{"forProvider":{"region":"eu-west-1"}}}`
)

// function composes a VPC and a key of every claim, or refuses it.
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
		Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "mind the gap"}},
	}, nil
}

// ask calls the page as one that listens on port 8090.
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

func TestStack(t *testing.T) {
	type want struct {
		status   int
		problems []problem
	}
	cases := map[string]struct {
		reason string
		fn     function
		claim  string
		want   want
	}{
		"Right": {
			reason: "A claim that is right becomes a stack.",
			claim:  claim,
			want:   want{status: http.StatusOK},
		},
		"NoRegion": {
			reason: "What is wrong is told of its field.",
			claim:  strings.Replace(claim, "region: eu-west-1", "size: huge", 1),
			want: want{status: http.StatusUnprocessableEntity, problems: []problem{
				{Field: "spec.region", Message: "is required, such as eu-west-1"},
				{Field: "spec.size", Message: `"huge" is not supported; use small, medium, large or xlarge`},
			}},
		},
		"NoYAML": {
			reason: "What is no claim at all is told as such.",
			claim:  "{",
			want:   want{status: http.StatusUnprocessableEntity, problems: []problem{{Message: "standard input is not valid YAML: yaml: line 1: did not find expected node content"}}},
		},
		"Refused": {
			reason: "The platform may refuse what the schema takes.",
			fn:     function{fatal: "spec.size: Forbidden"},
			claim:  claim,
			want:   want{status: http.StatusUnprocessableEntity, problems: []problem{{Message: "spec.size: Forbidden"}}},
		},
		"TooLarge": {
			reason: "Nobody writes a claim of that length by hand.",
			claim:  claim + "#" + strings.Repeat("x", maxBody),
			want:   want{status: http.StatusRequestEntityTooLarge, problems: []problem{{Message: "the claim is too large"}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := ask(t, tc.fn, http.MethodPost, "/api/stack", tc.claim)
			got := want{status: w.Code}
			body := refused{}
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			got.problems = body.Problems
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nPOST /api/stack: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStackShown(t *testing.T) {
	got := stack{}
	if err := json.Unmarshal(ask(t, function{}, http.MethodPost, "/api/stack", claim).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got.Picture, "<svg") || len(got.Controls) < 200 {
		t.Errorf("want a picture and all controls, got %.20q and %d", got.Picture, len(got.Controls))
	}
	got.Picture, got.Controls = "", nil
	want := stack{
		Resources: []resourceLine{{Tier: "network", Resource: "vpc", Kind: "ec2/VPC"}, {Tier: "secrets", Resource: "data-key", Kind: "kms/Key"}},
		Cost:      "1.00", Charges: []string{"KMS key (1) 1.00"}, Warnings: []string{"mind the gap"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe page shows what there is, by tier, and what it costs.\nstack: -want, +got:\n%s", diff)
	}
}

func TestPage(t *testing.T) {
	for path, part := range map[string]string{"/": "<!doctype html>", "/app.js": "import { fields }", "/form.js": "export function fields", "/yaml.js": "toYAML", "/style.css": "prefers-color-scheme: dark"} {
		w := ask(t, function{}, http.MethodGet, path, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), part) {
			t.Errorf("GET %s: want 200 with %q, got %d", path, part, w.Code)
		}
		if got := w.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("GET %s: the page may load its own files only, got the policy %q", path, got)
		}
	}
	schema := struct {
		Properties map[string]any `json:"properties"`
		Required   []string       `json:"required"`
	}{}
	if err := json.Unmarshal(ask(t, function{}, http.MethodGet, "/api/schema", "").Body.Bytes(), &schema); err != nil {
		t.Fatal(err)
	}
	if schema.Properties["guardrails"] == nil || len(schema.Required) != 1 {
		t.Errorf("want the schema of a claim's spec, got %d properties of which %v are required", len(schema.Properties), schema.Required)
	}
}

func TestStrangers(t *testing.T) {
	cases := map[string]struct {
		reason string
		change func(*http.Request)
		want   int
	}{
		"Own":    {reason: "The page asks by its own address.", change: func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8090") }, want: http.StatusOK},
		"ByName": {reason: "This machine calls itself localhost.", change: func(r *http.Request) { r.Host = "localhost:8090" }, want: http.StatusOK},
		"Proxied": {reason: "A proxy with TLS calls by the name that it was given.", change: func(r *http.Request) {
			r.Host = "portal.example.org"
			r.Header.Set("Origin", "https://portal.example.org")
		}, want: http.StatusOK},
		"ProxyRenames": {reason: "A proxy may call by the address, for a page that has the proxy's name.", change: func(r *http.Request) { r.Header.Set("Origin", "https://portal.example.org") }, want: http.StatusOK},
		"OtherPort":    {reason: "Another server of this machine is another page.", change: func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:3000") }, want: http.StatusForbidden},
		"Sandboxed":    {reason: "A page without an origin says so.", change: func(r *http.Request) { r.Header.Set("Origin", "null") }, want: http.StatusForbidden},
		"OtherName":    {reason: "A name of somebody else's may lead here too, for a browser that was led astray.", change: func(r *http.Request) { r.Host = "evil.example:8090" }, want: http.StatusForbidden},
		"OtherOrigin":  {reason: "Another page may not ask.", change: func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, want: http.StatusForbidden},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := ask(t, function{}, http.MethodGet, "/api/schema", "", tc.change).Code; got != tc.want {
				t.Errorf("\n%s\nGET /api/schema: want %d, got %d", tc.reason, tc.want, got)
			}
		})
	}
}

// first tells the first line that is written to it.
type first chan string

func (f first) Write(p []byte) (int, error) {
	f <- strings.TrimSpace(string(p))
	return len(p), nil
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	app := kong.Must(&struct{}{})
	printed := make(first, 1)
	app.Stdout = printed
	ended := make(chan error, 1)
	go func() { ended <- (&Command{Listen: "127.0.0.1:0"}).Run(ctx, app, function{}) }()
	select {
	case address := <-printed:
		rsp, err := http.DefaultClient.Do(must(http.NewRequestWithContext(ctx, http.MethodPost, address+"/api/stack", bytes.NewBufferString(claim))))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, rsp.Body); err != nil || rsp.StatusCode != http.StatusOK {
			t.Errorf("want an answer at the address that is printed, got %d: %v", rsp.StatusCode, err)
		}
		_ = rsp.Body.Close()
	case <-time.After(10 * time.Second):
		t.Fatal("the page tells no address")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("a page that is told to end has not failed: %v", err)
	}
}

func must(r *http.Request, err error) *http.Request {
	if err != nil {
		panic(err)
	}
	return r
}

func TestRunCannotListen(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	err = (&Command{Listen: taken.Addr().String()}).Run(t.Context(), kong.Must(&struct{}{}), function{})
	if want := "cannot listen on " + taken.Addr().String(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("want an error that begins with %q, got %v", want, err)
	}
}

// broken is a listener that fails.
type broken struct{ net.Listener }

func (broken) Accept() (net.Conn, error) { return nil, errors.New("no more files") }
func (broken) Close() error              { return nil }

func TestServeFails(t *testing.T) {
	err := serve(t.Context(), &http.Server{ReadHeaderTimeout: time.Second}, broken{})
	if want := "cannot serve: no more files"; err == nil || err.Error() != want {
		t.Errorf("want %q, got %v", want, err)
	}
}
