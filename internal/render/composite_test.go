package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// read parses an object in YAML.
func read(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	u := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(manifest), &u.Object); err != nil {
		t.Fatal(err)
	}
	return u
}

func TestCompositeOf(t *testing.T) {
	cases := map[string]struct {
		reason string
		file   string
		scope  scope.Scope
		// want is the composite. Its spec does not contain defaults.
		want string
	}{
		"Claim": {
			reason: "A claim should become the composite that Crossplane makes of it, whatever a cluster added to the claim.",
			file: `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: shop, namespace: team-a, uid: some-uid, resourceVersion: "7", labels: {team: a}, annotations: {note: b}}
spec: {region: eu-west-1, compositeDeletePolicy: Foreground, resourceRef: {name: shop-x}, writeConnectionSecretToRef: {name: shop}, compositionRef: {name: c}}
status: {region: eu-west-1}
`,
			want: `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata:
  name: shop
  labels: {team: a, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a, crossplane.io/composite: shop}
  annotations: {note: b}
spec:
  region: eu-west-1
  compositionRef: {name: c}
  claimRef: {apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, name: shop, namespace: team-a}
`,
		},
		"ClaimWithoutNamespace": {
			reason: "A claim without a namespace should be in the default one, as with kubectl.",
			file:   `{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, metadata: {name: shop}, spec: {region: eu-west-1}}`,
			scope:  scope.Cluster,
			want: `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata:
  name: shop
  labels: {crossplane.io/claim-name: shop, crossplane.io/claim-namespace: default, crossplane.io/composite: shop}
spec:
  region: eu-west-1
  claimRef: {apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, name: shop, namespace: default}
`,
		},
		"NamespacedComposite": {
			reason: "A composite of the namespaced scope should stay what it is.",
			file:   `{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, metadata: {name: shop, namespace: team-a, uid: some-uid}, spec: {region: eu-west-1, crossplane: {compositionRef: {name: c}}}}`,
			scope:  scope.Namespaced,
			want: `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: shop, namespace: team-a, uid: some-uid, labels: {crossplane.io/composite: shop}}
spec: {region: eu-west-1, crossplane: {compositionRef: {name: c}}}
`,
		},
		"Composite": {
			reason: "A composite of the cluster scope should stay what it is, its status included, however long its name.",
			file:   `{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: XSecureEcommerce, metadata: {name: ` + strings.Repeat("0.a-", 20) + `z}, spec: {region: eu-west-1}, status: {region: eu-west-1}}`,
			want: `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata: {name: ` + strings.Repeat("0.a-", 20) + `z, labels: {crossplane.io/composite: ` + strings.Repeat("0.a-", 20) + `z}}
spec: {region: eu-west-1}
status: {region: eu-west-1}
`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := compositeOf("shop.yaml", read(t, tc.file), tc.scope)
			if err != nil {
				t.Fatal(err)
			}
			spec, _, _ := unstructured.NestedMap(got.Object, "spec")
			if spec["environment"] != "production" {
				t.Errorf("%s\ncompositeOf(...): want the default environment, got %v", tc.reason, spec["environment"])
			}
			for _, field := range []string{"access", "assets", "cdn", "database", "environment", "guardrails", "network", "secrets", "size"} {
				delete(spec, field)
			}
			got.Object["spec"] = spec
			if diff := cmp.Diff(read(t, tc.want), got); diff != "" {
				t.Errorf("%s\ncompositeOf(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestCompositeOfRefuses(t *testing.T) {
	const head = "apiVersion: platform.secure-ecommerce.dev/v1alpha1, "
	long := strings.Repeat("a", 64)
	cases := map[string]struct {
		reason string
		file   string
		scope  scope.Scope
		want   string
	}{
		"OtherObject": {
			reason: "An object of another kind should be refused with the kinds that are allowed.",
			file:   `{apiVersion: v1, kind: ConfigMap, metadata: {name: shop}}`,
			want: `shop.yaml is not valid:
  apiVersion: "v1" is not supported; use platform.secure-ecommerce.dev/v1alpha1
  kind: "ConfigMap" is not supported; use SecureEcommerce, XSecureEcommerce, SecureEcommerceAccount or XSecureEcommerceAccount`,
		},
		"CompositeOfOtherScope": {
			reason: "A composite of one scope cannot be one of the other.",
			file:   `{` + head + `kind: XSecureEcommerce, metadata: {name: shop}, spec: {region: eu-west-1}}`,
			scope:  scope.Namespaced,
			want:   "kind XSecureEcommerce is cluster-scoped; --scope namespaced requires kind SecureEcommerce",
		},
		"EverythingAtOnce": {
			reason: "All that is wrong should be told at once, each with its field.",
			file:   `{` + head + `kind: SecureEcommerce, metadata: {name: Shop_1, nam: x}, sepc: {}, spec: {region: eu-west-1, size: tiny, foo: 1}}`,
			want: `shop.yaml is not valid:
  sepc: unknown field; did you mean spec?
  metadata.nam: unknown field; did you mean name?
  metadata.name: "Shop_1" is not valid: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character, such as 'example.com'
  spec.foo: unknown field; remove it
  spec.size: "tiny" is not supported; use small, medium, large or xlarge`,
		},
		"NoMetadata": {
			reason: "An object without a name should be refused.",
			file:   `{` + head + `kind: SecureEcommerce, spec: {region: eu-west-1}}`,
			want: `shop.yaml is not valid:
  metadata.name: is required: set a value, such as shop`,
		},
		"NoSpec": {
			reason: "An object without a spec lacks what is required.",
			file:   `{` + head + `kind: SecureEcommerce, metadata: {name: shop}}`,
			want: `shop.yaml is not valid:
  spec.region: is required: set a value, such as eu-west-1`,
		},
		"Label": {
			reason: "Labels should be what an API server takes.",
			file:   `{` + head + `kind: SecureEcommerce, metadata: {name: shop, labels: {team: a b}}, spec: {region: eu-west-1}}`,
			want: `shop.yaml is not valid:
  metadata.labels: "a b" is not valid: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character, such as 'MyValue' or 'my_value' or '12345'`,
		},
		"Namespace": {
			reason: "A namespace should be a DNS label.",
			file:   `{` + head + `kind: SecureEcommerce, metadata: {name: shop, namespace: a.b}, spec: {region: eu-west-1}}`,
			scope:  scope.Namespaced,
			want: `shop.yaml is not valid:
  metadata.namespace: "a.b" is not valid: must not contain dots`,
		},
		"NamespaceOfClusterScoped": {
			reason: "A composite of the cluster scope has no namespace.",
			file:   `{` + head + `kind: XSecureEcommerce, metadata: {name: shop, namespace: team-a}, spec: {region: eu-west-1}}`,
			want: `shop.yaml is not valid:
  metadata.namespace: not allowed on this type`,
		},
		"LongClaimName": {
			reason: "Crossplane makes a label of a claim's name.",
			file:   `{` + head + `kind: SecureEcommerce, metadata: {name: ` + long + `}, spec: {region: eu-west-1}}`,
			want: `shop.yaml is not valid:
  metadata.name: has 64 characters; use at most 63, because Crossplane uses the name as a label value`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := compositeOf("shop.yaml", read(t, tc.file), tc.scope)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.want, message); diff != "" {
				t.Errorf("%s\ncompositeOf(...): -want error, +got error:\n%s", tc.reason, diff)
			}
		})
	}
}
