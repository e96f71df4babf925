package jobs

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHandler runs the tests of the function's code, which need only Python.
func TestHandler(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on PATH, so the jobs' handler was not tested")
	}
	for _, pattern := range []string{"handler/*.py", "handler_test/*.py"} {
		for _, f := range files(t, pattern) {
			// Go invalidates cached test results if a file that the test accessed
			// has changed.
			if _, err := os.Stat(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.CommandContext(t.Context(), python, "-m", "unittest", "discover", "-s", "handler_test")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=handler")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the jobs' handler: %v\n%s", err, out)
	}
}

func TestArchive(t *testing.T) {
	want, got := map[string]string{}, map[string]string{}
	for _, f := range files(t, "handler/*.py") {
		content, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			t.Fatal(err)
		}
		want[filepath.Base(f)] = string(content)
	}
	r, err := zip.NewReader(bytes.NewReader(Code.Bytes()), int64(len(Code.Bytes())))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name] = string(b)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe archive is not of today's code: run make generate.\nCode: -want, +got:\n%s", diff)
	}
}

func TestRun(t *testing.T) {
	want := `{"job":"migrate","logGroup":"/aws/ecs/shop/migrate","run":"d1","taskDefinition":"arn:aws:ecs:eu-west-1:123456789012:task-definition/shop-migrate:1"}`
	got := Run{Job: "migrate", LogGroup: "/aws/ecs/shop/migrate", Run: "d1", TaskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop-migrate:1"}.JSON()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe function reads these names.\nRun.JSON(): -want, +got:\n%s", diff)
	}
}

func TestEnvironment(t *testing.T) {
	want := map[string]string{"CLUSTER": "shop", "SUBNETS": "subnet-1,subnet-2", "SECURITY_GROUP": "sg-1"}
	if diff := cmp.Diff(want, Environment("shop", []string{"subnet-1", "subnet-2"}, "sg-1")); diff != "" {
		t.Errorf("\nThe function reads these names.\nEnvironment(...): -want, +got:\n%s", diff)
	}
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := filepath.Glob(pattern)
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: no files: %v", pattern, err)
	}
	return out
}
