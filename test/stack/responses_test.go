package stack

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// motoMissing is the reason for a skipped test. hack/handler-test.sh prints it; go
// test does so only with -v.
const motoMissing = `python3 cannot import moto, so the responses' handler was not tested against AWS's state; to install it: pip install "moto[server]"`

// TestResponsesAgainstMoto runs the responses' handler with the configuration of
// rendered stacks, against moto's AWS and against the policies of its role. The
// example claim has an instance, aurora has a cluster, and audited has the function
// in its VPC. The cases are in internal/responses/handler_test/test_moto.py.
func TestResponsesAgainstMoto(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on PATH; " + motoMissing)
	}
	if err := exec.CommandContext(t.Context(), python, "-c", "import boto3; from moto import mock_aws").Run(); err != nil {
		t.Skip(motoMissing)
	}
	// Go invalidates cached test results if a file that the test accessed has
	// changed.
	for _, pattern := range []string{"internal/responses/handler/*.py", "internal/responses/handler_test/*.py", "internal/responses/handler_test/events/*/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files: %v", pattern, err)
		}
		for _, f := range files {
			if _, err := os.Stat(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	stacks := map[string]map[string]map[string]any{}
	for _, example := range []string{"claim", "aurora", "audited"} {
		for _, mode := range []v1alpha1.ResponseMode{v1alpha1.ResponseModeEnforce, v1alpha1.ResponseModeNotify} {
			stacks[example+"/"+string(mode)] = respondingStack(t, example, mode)
		}
	}
	raw, err := json.Marshal(stacks)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-m", "unittest", "discover", "-v", "-s", "internal/responses/handler_test", "-p", "test_moto.py")
	file := filepath.Join(t.TempDir(), "stacks.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "RESPONSES_STACKS="+file)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the responses' handler against moto: %v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// respondingStack returns the observed resources of a ready example by name, with
// all responses in one mode.
func respondingStack(t *testing.T, example string, mode v1alpha1.ResponseMode) map[string]map[string]any {
	t.Helper()
	req := stacktest.Request(t, example, scope.Namespaced)
	req.Input = stacktest.Input(t, "examples/input.yaml")
	xr := &unstructured.Unstructured{Object: req.GetObserved().GetComposite().GetResource().AsMap()}
	if err := unstructured.SetNestedField(xr.Object, string(mode), "spec", "guardrails", "responses", "mode"); err != nil {
		t.Fatal(err)
	}
	composite, err := resource.AsStruct(xr)
	if err != nil {
		t.Fatal(err)
	}
	req.Observed.Composite.Resource = composite
	steps := stacktest.Converge(t, req)
	out := map[string]map[string]any{}
	for resourceName, r := range steps[len(steps)-1].Request.GetObserved().GetResources() {
		out[resourceName] = r.GetResource().AsMap()
	}
	return out
}
