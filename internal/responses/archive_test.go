package responses

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestArchive(t *testing.T) {
	r, err := zip.NewReader(bytes.NewReader(Code.Bytes()), int64(len(Code.Bytes())))
	if err != nil {
		t.Fatal(err)
	}
	got, names := map[string]string{}, []string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in) // It also compares the checksum.
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name] = string(content)
		names = append(names, f.Name)
		if f.Mode() != fs.FileMode(0o644) {
			t.Errorf("%s: mode %s; Lambda may not read it", f.Name, f.Mode())
		}
		if want := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%s: modified %s; another time is another archive", f.Name, f.Modified)
		}
		if f.Flags != 0 {
			t.Errorf("%s: flags %#x; its size is not in front of it", f.Name, f.Flags)
		}
	}
	if diff := cmp.Diff(sources(t), got); diff != "" {
		t.Errorf("\nThe archive is the code as it is now (go generate), without its tests.\nCode.Bytes(): -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(got)), names); diff != "" {
		t.Errorf("\nThe order of files is part of the bytes.\nCode.Bytes(): -want, +got:\n%s", diff)
	}
}

func TestDigest(t *testing.T) {
	sum := sha256.Sum256(Code.Bytes())
	if diff := cmp.Diff(base64.StdEncoding.EncodeToString(sum[:]), Code.Digest()); diff != "" {
		t.Errorf("\nLambda gives digests in base64.\nCode.Digest(): -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff("responses/"+hex.EncodeToString(sum[:])+".zip", Code.ObjectKey()); diff != "" {
		t.Errorf("\nThe key is the content's.\nCode.ObjectKey(): -want, +got:\n%s", diff)
	}
}

// python returns a Python command that writes no cache files.
func python(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on PATH, so the function's own tests do not run")
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	return cmd
}

func TestHandler(t *testing.T) {
	// Go invalidates cached test results if a file that the test accessed has
	// changed.
	files, err := filepath.Glob("handler_test/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests of the function: %v", err)
	}
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := python(t, "-W", "error", "-m", "unittest", "discover", "-s", "handler_test").CombinedOutput(); err != nil {
		t.Errorf("the function's tests: %v\n%s", err, out)
	}
}

// TestArchiveRuns imports the code like Lambda.
func TestArchiveRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "code.zip")
	if err := os.WriteFile(file, Code.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := python(t, "-c", "import index; print(index.handler.__name__)")
	cmd.Dir = t.TempDir()
	cmd.Env = append(cmd.Env, "PYTHONPATH="+file)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(Handler, "index."+string(bytes.TrimSpace(out))); diff != "" {
		t.Errorf("\nLambda calls the handler by its name.\nHandler: -want, +got:\n%s", diff)
	}
}
