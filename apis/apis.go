// Package apis contains the definitions and compositions of both Crossplane scopes.
// They are embedded, so that the function validates with the API server's schema.
package apis

import _ "embed"

//go:generate controller-gen object paths=./v1alpha1
//go:generate controller-gen crd:allowDangerousTypes=true paths=./v1alpha1 output:crd:dir=../.cache/crd
//go:generate go run ../hack/xrdgen ../.cache/crd .
//go:generate go run ../hack/tojson -one claim/definition.yaml zz_claim_definition.json
//go:generate sh -c "go run ../hack/activategen $(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)/package/crds ../package/activation"
//go:generate sh -c "go run ../hack/apidoc namespaced/definition.yaml >../docs/reference.md"
//go:generate sh -c "go run ../hack/apidoc namespaced/account-definition.yaml >../docs/reference-account.md"
//go:generate go run ../hack/portalgen namespaced/definition.yaml ../portal/backstage

// ClaimDefinition is the XRD of stacks in the cluster scope, as JSON. To read its YAML
// would take a third of the time until the first response.
//
//go:embed zz_claim_definition.json
var ClaimDefinition []byte

// NamespacedDefinition is the XRD of stacks in the namespaced scope.
//
//go:embed namespaced/definition.yaml
var NamespacedDefinition []byte

// ClaimAccountDefinition is the XRD of accounts in the cluster scope.
//
//go:embed claim/account-definition.yaml
var ClaimAccountDefinition []byte

// NamespacedAccountDefinition is the XRD of accounts in the namespaced scope.
//
//go:embed namespaced/account-definition.yaml
var NamespacedAccountDefinition []byte
