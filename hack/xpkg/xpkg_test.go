package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
	"sigs.k8s.io/yaml"
)

// tried returns options with this test's own binary as the function.
func tried(t *testing.T) options {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	binaries := t.TempDir()
	for _, arch := range architectures {
		if err := os.WriteFile(filepath.Join(binaries, "function-"+arch), raw, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return options{root: "../..", out: t.TempDir(), version: "v1.2.3", registry: "example.org/shops", providers: "example.org/aws", binaries: binaries}
}

func TestSameSourceSameDigest(t *testing.T) {
	o := tried(t)
	digests := func() map[string]string {
		built, err := packages(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, n := range names() {
			d, err := built[n].Digest()
			if err != nil {
				t.Fatal(err)
			}
			out[n] = d.String()
		}
		return out
	}
	if diff := cmp.Diff(digests(), digests()); diff != "" {
		t.Errorf("\nWhoever builds a release again should get the same packages.\ndigests: -first, +second:\n%s", diff)
	}
}

// files returns the files of a layer with their modes. It checks the content of one
// file.
func files(t *testing.T, l v1.Layer, content string) (map[string]int64, []byte) {
	t.Helper()
	r, err := l.Uncompressed()
	if err != nil {
		t.Fatal(err)
	}
	modes, found := map[string]int64{}, []byte(nil)
	for in := tar.NewReader(r); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return modes, found
		}
		if err != nil {
			t.Fatal(err)
		}
		modes[header.Name] = header.Mode
		if header.Name == content {
			if found, err = io.ReadAll(in); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// kinds returns the kinds of the documents in a package.yaml.
func kinds(t *testing.T, definition []byte) []string {
	t.Helper()
	var out []string
	for document := range bytes.SplitSeq(definition, []byte("\n---\n")) {
		o := struct{ Kind string }{}
		if err := yaml.Unmarshal(document, &o); err != nil {
			t.Fatal(err)
		}
		out = append(out, o.Kind)
	}
	return out
}

func TestFunctionPackage(t *testing.T) {
	o := tried(t)
	index, err := functionPackage(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	var platforms []string
	for _, m := range manifest.Manifests {
		platforms = append(platforms, m.Platform.String())
		image, err := index.Image(m.Digest)
		if err != nil {
			t.Fatal(err)
		}
		config, err := image.ConfigFile()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]any{"65532:65532", []string{"/function"}, "v1.2.3"}, []any{config.Config.User, config.Config.Entrypoint, config.Config.Labels["org.opencontainers.image.version"]}); diff != "" {
			t.Errorf("\nThe image runs the function as nobody in particular.\nconfig: -want, +got:\n%s", diff)
		}
		layers, err := image.Layers()
		if err != nil || len(layers) != 2 {
			t.Fatalf("want a layer of the runtime and one of the package, got %d: %v", len(layers), err)
		}
		modes, authorities := files(t, layers[0], "etc/ssl/certs/ca-certificates.crt")
		if diff := cmp.Diff(map[string]int64{"function": 0o755, "etc/ssl/certs/ca-certificates.crt": 0o644}, modes); diff != "" {
			t.Errorf("\nThere is nothing else to attack.\nfiles: -want, +got:\n%s", diff)
		}
		if n := strings.Count(string(authorities), "BEGIN CERTIFICATE"); n < 100 {
			t.Errorf("want the usual hundred authorities and more, got %d", n)
		}
		_, definition := files(t, layers[1], "package.yaml")
		if diff := cmp.Diff([]string{"Function", "CustomResourceDefinition"}, kinds(t, definition)); diff != "" {
			t.Errorf("\nA function's package is what it is and its input.\nkinds: -want, +got:\n%s", diff)
		}
		raw, err := image.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"io.crossplane.xpkg": "base"}, raw.Layers[1].Annotations); diff != "" {
			t.Errorf("\nThe core finds the package by this.\nannotations: -want, +got:\n%s", diff)
		}
	}
	if diff := cmp.Diff([]string{"linux/amd64", "linux/arm64"}, platforms); diff != "" {
		t.Errorf("\nplatforms: -want, +got:\n%s", diff)
	}
}

func TestConfigurationPackage(t *testing.T) {
	o := tried(t)
	definition, err := configurationDefinition(o, "namespaced")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Configuration", "CompositeResourceDefinition", "Composition", "CompositeResourceDefinition", "Composition", "ManagedResourceActivationPolicy"}, kinds(t, definition)); diff != "" {
		t.Errorf("\nA configuration is the API and the kinds that it needs.\nkinds: -want, +got:\n%s", diff)
	}
	if !bytes.Contains(definition, []byte("name: shops-function-secure-ecommerce\n")) {
		t.Error("The core calls a function that another package depends on by its path, and the Composition must too.")
	}
	meta := struct {
		Spec struct {
			DependsOn []dependency `json:"dependsOn"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(bytes.Split(definition, []byte("\n---\n"))[0], &meta); err != nil {
		t.Fatal(err)
	}
	providers := map[string]string{}
	for _, d := range meta.Spec.DependsOn[1:] {
		providers[strings.TrimPrefix(d.Package, "example.org/aws/provider-aws-")] = d.Kind + " " + d.Version
	}
	if diff := cmp.Diff(dependency{"pkg.crossplane.io/v1", "Function", "example.org/shops/function-secure-ecommerce", ">=v1.2.3"}, meta.Spec.DependsOn[0]); diff != "" {
		t.Errorf("\nThe function comes first.\ndependsOn[0]: -want, +got:\n%s", diff)
	}
	for _, service := range []string{"ec2", "rds", "s3", "kms", "cloudfront", "wafv2", "configservice"} {
		if diff := cmp.Diff("Provider >=v2.6.0, <v3.0.0", providers[service]); diff != "" {
			t.Errorf("\nWhat the stack composes needs its provider.\n%s: -want, +got:\n%s", service, diff)
		}
	}
}

// TestMinimumProvider verifies that the minimum version of the provider supports
// everything that the function composes.
func TestMinimumProvider(t *testing.T) {
	const module = "github.com/upbound/provider-aws/v2"
	raw, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := modfile.Parse("go.mod", raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(parsed.Require, func(r *modfile.Require) bool { return r.Mod.Path == module })
	if i < 0 {
		t.Fatalf("go.mod does not require %s", module)
	}
	if types := parsed.Require[i].Mod.Version; semver.Compare(types, minimumProvider) > 0 {
		t.Errorf("\nThe provider must know the types that the function is built with.\ntypes %s, provider %s", types, minimumProvider)
	}
}

func TestPushed(t *testing.T) {
	server := httptest.NewServer(registry.New(registry.WithReferrersSupport(true), registry.Logger(log.New(io.Discard, "", 0))))
	t.Cleanup(server.Close)
	o := tried(t)
	o.registry = strings.TrimPrefix(server.URL, "http://") + "/shops"
	for _, step := range []string{"build", "push"} {
		args := []string{step, "-root", o.root, "-out", o.out, "-version", o.version, "-registry", o.registry, "-providers", o.providers, "-binaries", o.binaries}
		if err := run(t.Context(), args); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	built, err := packages(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names() {
		ref, err := name.ParseReference(o.registry + "/" + n + ":v1.2.3")
		if err != nil {
			t.Fatal(err)
		}
		got, err := remote.Get(ref)
		if err != nil {
			t.Fatal(err)
		}
		want, err := built[n].Digest()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Digest); diff != "" {
			t.Errorf("\nWhat is pushed is what was built.\n%s: -want, +got:\n%s", n, diff)
		}
	}
	bill(t, o, built[functionName].(v1.ImageIndex)) //nolint:forcetypeassert // The function's package is an image index.
}

// bill checks that each image of the function has an SBOM.
func bill(t *testing.T, o options, index v1.ImageIndex) {
	t.Helper()
	repository, err := name.NewRepository(o.registry + "/" + functionName)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	referring, err := remote.Referrers(repository.Digest(manifest.Manifests[0].Digest.String()))
	if err != nil {
		t.Fatal(err)
	}
	referrers, err := referring.IndexManifest()
	if err != nil || len(referrers.Manifests) != 1 {
		t.Fatalf("want one bill of materials, got %v: %v", referrers, err)
	}
	image, err := remote.Image(repository.Digest(referrers.Manifests[0].Digest.String()))
	if err != nil {
		t.Fatal(err)
	}
	layers, err := image.Layers()
	if err != nil {
		t.Fatal(err)
	}
	r, err := layers[0].Compressed()
	if err != nil {
		t.Fatal(err)
	}
	got := struct {
		SPDXVersion string `json:"spdxVersion"`
		Packages    []struct {
			Name string `json:"name"`
		} `json:"packages"`
	}{}
	if err := json.NewDecoder(r).Decode(&got); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, p := range got.Packages {
		found = found || p.Name == "github.com/google/go-containerregistry"
	}
	if got.SPDXVersion != "SPDX-2.3" || !found {
		t.Errorf("want a bill of all modules, got %+v", got)
	}
}

func TestRunRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		reason string
		args   []string
		want   string
	}{
		"Nothing":  {reason: "Something is to be done.", want: "specify one of build, push, serve and extract"},
		"Unknown":  {reason: "What is not known is told.", args: []string{"sign"}, want: "specify one of build, push, serve and extract"},
		"NoTree":   {reason: "Packages are made of a tree.", args: []string{"build", "-root", "/nowhere", "-out", t.TempDir()}, want: "open /nowhere/package/crossplane.yaml: no such file or directory"},
		"NotBuilt": {reason: "What is not built cannot be pushed.", args: []string{"push", "-out", t.TempDir()}, want: "function-secure-ecommerce is not built"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(t.Context(), tc.args)
			if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("\n%s\nrun(%v): want an error that begins with %q, got %v", tc.reason, tc.args, tc.want, err)
			}
		})
	}
}
