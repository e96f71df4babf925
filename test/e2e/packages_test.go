//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// packageVersion is the version of the installed packages.
const packageVersion = "v0.1.0"

// TestPackages installs each configuration from a registry with the core's package
// manager, including its dependencies, and creates a claim.
func TestPackages(t *testing.T) { //nolint:tparallel // The machine has room for one control plane at a time.
	t.Parallel()
	for _, g := range []apiScope{clusterScope, namespacedScope} {
		t.Run(g.name, func(t *testing.T) { packaged(t, g) })
	}
}

func packaged(t *testing.T, g apiScope) {
	t.Helper()
	c := prepareControlPlane(t, g)
	c.startKubernetes(t)
	address := c.startRegistry(t)
	known := make(chan error, 1)
	go func() { known <- c.installProvider() }()
	c.applyCRDs(t, c.coreCRDs(t))
	c.create(t, namespaces, "", object("v1", "Namespace", "crossplane-system"))
	c.startCore(t, raised...)
	if err := <-known; err != nil {
		t.Fatal(err)
	}
	c.provider.brisk.Store(true)

	c.create(t, secrets, "crossplane-system", runtimeSecret(t, filepath.Join(c.pki, "tls.crt")))
	if g.scope == "namespaced" { // The documentation's commands are for this scope.
		follow(t, c, address)
		return
	}
	configuration := object("pkg.crossplane.io/v1", "Configuration", "secure-ecommerce")
	_ = unstructured.SetNestedField(configuration.Object, address+"/secure-ecommerce/configuration-secure-ecommerce-"+g.dir+":"+packageVersion, "spec", "package")
	c.create(t, configs, "", configuration)
	c.awaitPackages(t)

	c.create(t, namespaces, "", object("v1", "Namespace", "team-a"))
	c.deployed(t)
	c.runPackage(t, address)
	// Not in team-a: no controller counts its quota here.
	s := c.apply(t, "team-b", "packaged", map[string]any{
		"deletionPolicy": "Delete", "environment": "development", "network": map[string]any{"existing": playground}, "database": map[string]any{"enabled": false},
	})
	s.awaitReady(t)
	whole(t, s)
	s.delete(t)
}

// awaitPackages waits until the configuration and all that it depends on are
// installed and healthy.
func (c *controlPlane) awaitPackages(t *testing.T) {
	t.Helper()
	begin := time.Now()
	eventually(t, patience, func() error {
		c.playRuntime(t)
		return errors.Join(c.healthy(t, configs, 1), c.healthy(t, functions, 1), c.healthy(t, providers, 20))
	})
	t.Logf("configuration with all that it depends on installed in %.1f s", time.Since(begin).Seconds())
}

// deployed applies the manifests in deploy/, except those for the Prometheus
// operator. The API server must accept them unmodified.
func (c *controlPlane) deployed(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "deploy", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing to deploy: %v", err)
	}
	applied := 0
	for _, f := range files {
		for _, u := range readAllYAML(t, f) {
			resource, known := deployable[u.GetAPIVersion()+" "+u.GetKind()]
			if !known {
				continue
			}
			if _, err := c.client.Resource(resource).Namespace(u.GetNamespace()).Create(t.Context(), u, metav1.CreateOptions{FieldValidation: metav1.FieldValidationStrict}); err != nil {
				t.Errorf("%s: %v", f, err)
			}
			applied++
		}
	}
	if applied != len(deployable)+1 { // There are two ClusterRoles.
		t.Errorf("want a resource of each of %d kinds at least, got %d", len(deployable), applied)
	}
}

// readAllYAML returns the documents of a file.
func readAllYAML(t *testing.T, file string) []*unstructured.Unstructured {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []*unstructured.Unstructured
	for document := range strings.SplitSeq(string(raw), "\n---\n") {
		u, err := parseYAML([]byte(document))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, u)
	}
	return out
}

// deployable lists the kinds in deploy/ that an API server with Crossplane serves.
var deployable = map[string]schema.GroupVersionResource{
	"autoscaling/v2 HorizontalPodAutoscaler":            {Group: "autoscaling", Version: "v2", Resource: "horizontalpodautoscalers"},
	"networking.k8s.io/v1 NetworkPolicy":                {Group: "networking.k8s.io", Version: "v1", Resource: "networkpolicies"},
	"pkg.crossplane.io/v1beta1 DeploymentRuntimeConfig": {Group: "pkg.crossplane.io", Version: "v1beta1", Resource: "deploymentruntimeconfigs"},
	"policy/v1 PodDisruptionBudget":                     {Group: "policy", Version: "v1", Resource: "poddisruptionbudgets"},
	"rbac.authorization.k8s.io/v1 ClusterRole":          {Group: "rbac.authorization.k8s.io", Version: "v1", Resource: "clusterroles"},
	"v1 ResourceQuota":                                  {Version: "v1", Resource: "resourcequotas"},
	"v1 Service":                                        {Version: "v1", Resource: "services"},
}

// runtimeName is the Secret with the TLS certificate of revisions.
const runtimeName = "package-runtime"

// runtimeSecret returns this Secret.
func runtimeSecret(t *testing.T, certificate string) *unstructured.Unstructured {
	t.Helper()
	raw, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	secret := object("v1", "Secret", runtimeName)
	_ = unstructured.SetNestedField(secret.Object, string(raw), "stringData", "tls.crt")
	return secret
}

// playRuntime reports that the program of each revision runs. An external
// controller must do this if the core does not create Deployments.
func (c *controlPlane) playRuntime(t *testing.T) {
	t.Helper()
	for _, gvr := range []schema.GroupVersionResource{functionRev, providerRev} {
		list, err := c.client.Resource(gvr).List(t.Context(), metav1.ListOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range list.Items {
			if conditionOf(&u, "RuntimeHealthy").Status == "True" {
				continue
			}
			conditions, _, _ := unstructured.NestedSlice(u.Object, "status", "conditions")
			_ = unstructured.SetNestedSlice(u.Object, append(conditions, map[string]any{
				"type": "RuntimeHealthy", "status": "True", "reason": "HealthyPackageRevision", "lastTransitionTime": time.Now().UTC().Format(time.RFC3339),
			}), "status", "conditions")
			_ = unstructured.SetNestedField(u.Object, runtimeName, "status", "tlsServerSecretName")
			// On a conflict, the next iteration retries.
			if _, err := c.client.Resource(gvr).UpdateStatus(t.Context(), &u, metav1.UpdateOptions{}); err != nil && !apierrors.IsConflict(err) {
				t.Fatal(err)
			}
		}
	}
}

// startRegistry starts a registry with all packages, and returns its address.
func (c *controlPlane) startRegistry(t *testing.T) string {
	t.Helper()
	// The core's package cache, which the core does not create.
	if err := os.MkdirAll(filepath.Join(c.dir, "xpkg"), 0o700); err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", ports(t, 1)[0]) // The core requires a dot in a registry's name.
	c.registry = start(t, c.logs, "registry", binary("xpkg"), nil,
		"serve", "-root", root, "-address", address, "-version", packageVersion, "-out", filepath.Join(c.dir, "packages"), "-binaries", filepath.Join(root, "bin", "xpkg"))
	eventually(t, time.Minute, func() error {
		log, err := os.ReadFile(filepath.Join(c.logs, "registry.log"))
		if err == nil && !strings.Contains(string(log), "serving") {
			err = errors.New("the registry does not have all packages yet")
		}
		return err
	})
	return address
}

// healthy checks the minimum number of packages, and that all of them are installed
// and healthy.
func (c *controlPlane) healthy(t *testing.T, gvr schema.GroupVersionResource, least int) error {
	t.Helper()
	list, err := c.client.Resource(gvr).List(t.Context(), metav1.ListOptions{})
	if err != nil {
		return err
	}
	if len(list.Items) < least {
		return fmt.Errorf("want %d %s, there are %d", least, gvr.Resource, len(list.Items))
	}
	for _, u := range list.Items {
		for _, wanted := range []string{"Installed", "Healthy"} {
			if s := conditionOf(&u, wanted); s.Status != "True" {
				return fmt.Errorf("%s %s is not %s: %s %s", u.GetKind(), u.GetName(), wanted, s.Reason, s.Message)
			}
		}
	}
	return nil
}

// runPackage runs the program in the installed function's image, and configures its
// address in the core, like the package manager for a Deployment.
func (c *controlPlane) runPackage(t *testing.T, address string) {
	t.Helper()
	program := filepath.Join(c.dir, "function")
	if out, err := exec.CommandContext(t.Context(), binary("xpkg"), "extract", "-address", address, "-version", packageVersion, "-out", program).CombinedOutput(); err != nil {
		t.Fatalf("cannot take the function from its image: %v\n%s", err, out)
	}
	c.startFunction(t, program)
	list, err := c.client.Resource(functionRev).List(t.Context(), metav1.ListOptions{})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("want one revision of the function, got %d: %v", len(list.Items), err)
	}
	c.patch(t, functionRev, list.Items[0].GetName(), map[string]any{"status": map[string]any{"endpoint": fmt.Sprintf("dns:///localhost:%d", c.functionPort)}}, "status")
}
