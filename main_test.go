package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// exited is the panic value of a test's exit function, because nothing may run
// after an exit.
type exited int

// executed runs a command line, and returns its output and exit code.
func executed(args ...string) (stdout, stderr string, code int) { //nolint:nonamedreturns // Three similar results.
	var out, err bytes.Buffer
	defer func() {
		stdout, stderr = out.String(), err.String()
		if p, ok := recover().(exited); ok {
			code = int(p)
		}
	}()
	execute(args, &out, &err, func(code int) { panic(exited(code)) })
	return stdout, stderr, code
}

func TestExecute(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, []byte("apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: a}\nspec: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		reason string
		args   []string
		// out and err are parts of the output.
		out, err string
		code     int
	}{
		"Help":          {reason: "The command line explains itself.", args: []string{"--help"}, out: "Print every resource of a stack"},
		"Render":        {reason: "The README's first command.", args: []string{"render", "examples/claim.yaml"}, out: "kind: XSecureEcommerce"},
		"RenderRefuses": {reason: "A claim that is not valid is refused with the field.", args: []string{"render", bad}, err: "spec.region: is required: set a value, such as eu-west-1", code: 1},
		"Controls":      {reason: "A security team asks what a claim meets.", args: []string{"controls", "examples/claim.yaml"}, out: "database publiclyAccessible"},
		"ControlsFail":  {reason: "A pipeline can insist on controls.", args: []string{"controls", "examples/development.yaml", "--fail-on", "low"}, out: "database multiAz is false, expected true", code: 2},
		"ServeRefuses":  {reason: "Without certificates nothing is served by accident.", args: []string{"--address", "127.0.0.1:0", "--metrics-address", ""}, err: "cannot serve: no TLS certificates: set --tls-certs-dir", code: 1},
		"UnknownFlag":   {reason: "A typing error is not taken for a wish.", args: []string{"--insecur"}, err: "unknown flag --insecur", code: 80},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, err, code := executed(tc.args...)
			if diff := cmp.Diff(tc.code, code); diff != "" {
				t.Errorf("\n%s\nexit code: -want, +got:\n%s", tc.reason, diff)
			}
			if !strings.Contains(out, tc.out) || !strings.Contains(err, tc.err) {
				t.Errorf("\n%s\nwant %q and %q, got:\n%s\n%s", tc.reason, tc.out, tc.err, out, err)
			}
		})
	}
}

func TestMain_(t *testing.T) {
	args, stdout := os.Args, os.Stdout
	defer func() { os.Args, os.Stdout = args, stdout }()
	printed, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	os.Args, os.Stdout = []string{"function", "render", "examples/claim.yaml", "-o", "table"}, printed
	main()
	out, err := os.ReadFile(printed.Name())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "shop-vpc") {
		t.Errorf("\nThe program takes its own command line.\ngot:\n%s", out)
	}
}
