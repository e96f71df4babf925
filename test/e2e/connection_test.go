//go:build e2e

package e2e

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// connection checks that the application finds a secret with locations in its own
// namespace, and that it contains no credentials.
func connection(t *testing.T, s *stack) {
	name := naming.Object(s.claim.Name, composed.Connection)
	if s.c.scope == "cluster" {
		// In this scope, the claim must request it.
		if err := s.edit(t, map[string]any{"writeConnectionSecretToRef": map[string]any{"name": name}}); err != nil {
			t.Fatal(err)
		}
	}
	var secret *unstructured.Unstructured
	eventually(t, time.Minute, func() error {
		var err error
		secret, err = s.c.client.Resource(secrets).Namespace(s.claim.Namespace).Get(t.Context(), name, metav1.GetOptions{})
		return err
	})
	details, _, _ := unstructured.NestedStringMap(secret.Object, "data")
	status, _, _ := unstructured.NestedString(s.get(t).Object, "status", "database", "endpoint")
	endpoint, _ := base64.StdEncoding.DecodeString(details["databaseEndpoint"])
	if status == "" || string(endpoint) != status {
		t.Errorf("databaseEndpoint is %q, the claim's status says %q", endpoint, status)
	}
	known := []string{"region", "assetsBucket", "cdnDomain", "databaseEndpoint", "databasePort", "databaseName", "databaseSecretArn", "appSecretArn", "appRoleArn"}
	for key := range details {
		if !slices.Contains(known, key) {
			t.Errorf("nobody has said that %q may be in the connection secret", key)
		}
	}
	if len(details) != len(known) {
		t.Errorf("the secret of a stack that stands tells all of %s; it has %d keys", strings.Join(known, ", "), len(details))
	}
}
