package stack

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// part is a part of a stack that a claim can have or not.
type part struct {
	name string
	// field is its field in the claim's spec, and with and without the values there.
	// Without a value, the claim does not contain the field.
	field         string
	with, without any
	// needs lists the parts without which a claim with this part is invalid.
	needs []string
}

// guardrails lists the guardrails that both stacks and accounts have.
var guardrails = []part{
	{name: "Audit", field: "guardrails.audit.enabled", without: false},
	{name: "Config", field: "guardrails.config.enabled", without: false},
	{name: "Alarms", field: "guardrails.alarms.enabled", without: false},
	{name: "Responses", field: "guardrails.responses.enabled", without: false, needs: []string{"Alarms", "Audit"}},
}

// parts lists all parts of a stack that do not exclude each other.
var parts = append([]part{
	{name: "NATGateways", field: "network.natGateways", without: "None"},
	{name: "Database", field: "database.enabled", without: false},
	{name: "Cache", field: "cache", with: map[string]any{}},
	{name: "Search", field: "search", with: map[string]any{}},
	{name: "Mail", field: "mail", with: map[string]any{"domain": "mail.example.com"}},
	{name: "Queues", field: "queues", with: []any{map[string]any{"name": "orders"}}},
	{name: "Uploads", field: "uploads", with: map[string]any{"path": "/media/*"}},
	{name: "Services", field: "app.services", with: []any{map[string]any{
		"name": "web", "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1", "paths": []any{"/*"},
	}}, needs: []string{"NATGateways"}},
	{name: "Domain", field: "cdn", with: map[string]any{
		"domain":     "shop.example.com",
		"hostedZone": map[string]any{"type": "Managed", "managed": map[string]any{"name": "shop.example.com"}},
	}},
	{name: "WAF", field: "guardrails.waf.enabled", without: false},
	{name: "Parameters", field: "guardrails.parameters.enabled", without: false},
}, guardrails...)

// accountParts lists all parts of a SecureEcommerceAccount.
var accountParts = append([]part{
	{name: "PublicAccessBlock", field: "account.publicAccessBlock", with: true},
	{name: "EBSEncryption", field: "account.ebsEncryption", with: true},
	{name: "PasswordPolicy", field: "account.passwordPolicy", with: true},
	{name: "AccessAnalyzer", field: "account.accessAnalyzer", with: true},
	{name: "Macie", field: "account.macie", with: true},
	{name: "BlockPublicDocuments", field: "account.blockPublicDocuments", with: true},
	{name: "AutomationLogs", field: "account.automationLogs", with: true},
}, guardrails...)

// ground is where stacks are created: in a network of their own or an existing one,
// with guardrails of their own or those of an account.
type ground struct{ network, account bool }

func (g ground) name() string {
	name := ""
	if g.network {
		name += "InExistingNetwork"
	}
	if g.account {
		name += "WithAccount"
	}
	return name
}

// TestParts checks that AWS accepts stacks and accounts of any part alone, and of all
// parts but one. A list or an expression over parts must not be empty.
func TestParts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind    string
		parts   []part
		grounds []ground
	}{
		{kind: "XSecureEcommerce", parts: parts, grounds: []ground{{}, {network: true}, {account: true}, {network: true, account: true}}},
		{kind: "XSecureEcommerceAccount", parts: accountParts, grounds: []ground{{}}},
	} {
		for _, g := range tc.grounds {
			mustStand(t, tc.kind+"/None"+g.name(), requestOfParts(t, tc.kind, g, tc.parts, nil))
			for _, p := range tc.parts {
				mustStand(t, tc.kind+"/Only"+p.name+g.name(), requestOfParts(t, tc.kind, g, tc.parts, append(slices.Clone(p.needs), p.name)))
			}
		}
		for _, left := range tc.parts {
			var others []string
			for _, p := range tc.parts {
				if p.name != left.name && !slices.Contains(p.needs, left.name) {
					others = append(others, p.name)
				}
			}
			mustStand(t, tc.kind+"/AllBut"+left.name, requestOfParts(t, tc.kind, ground{}, tc.parts, others))
		}
	}
}

// mustStand fails the test unless a stack becomes ready, and AWS accepts its
// resources.
func mustStand(t *testing.T, name string, req *fnv1.RunFunctionRequest) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		steps := stacktest.Converge(t, req)
		for _, c := range stacktest.Last(steps).GetConditions() {
			if !stacktest.Stands(c) {
				t.Errorf("\nA stack of any parts becomes ready.\n%s: %s", c.GetType(), c.GetMessage())
			}
		}
		mustAccept(t, name, managed(t, steps))
	})
}

// requestOfParts returns Crossplane's first request for a stack of some parts.
func requestOfParts(t *testing.T, kind string, g ground, all []part, have []string) *fnv1.RunFunctionRequest {
	t.Helper()
	spec := map[string]any{"region": "eu-west-1"}
	set := func(value any, path string) {
		if err := unstructured.SetNestedField(spec, value, strings.Split(path, ".")...); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range all {
		value := p.without
		if slices.Contains(have, p.name) {
			value = p.with
		}
		if value != nil && (!g.network || p.field != "network.natGateways") {
			set(value, p.field)
		}
	}
	if g.network {
		set(map[string]any{
			"vpcId":             "vpc-0a1b2c3d4e5f60718",
			"databaseSubnetIds": []any{"subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"},
			"privateSubnetIds":  []any{"subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"},
		}, "network.existing")
	}
	raw, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	composite := stacktest.Composite(string(raw))
	composite.GetResource().GetFields()["kind"] = structpb.NewStringValue(kind)
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: composite}}
	input := map[string]any{
		"apiVersion": "fn.platform.secure-ecommerce.dev/v1alpha1", "kind": "Input", "accountId": "123456789012",
		"switchableGuardrails": []any{"waf", "audit", "config", "parameters", "alarms", "responses"},
	}
	if g.account {
		input["existing"] = map[string]any{"account": true}
		shared := stacktest.Input(t, filepath.Join(stacktest.Root(), "examples", "shared-required.yaml"))
		shared.GetFields()["kind"] = structpb.NewStringValue("XSecureEcommerceAccount") // As for a cluster-scoped composite.
		req.RequiredResources = map[string]*fnv1.Resources{"accounts": {Items: []*fnv1.Resource{{Resource: shared}}}}
	}
	if req.Input, err = structpb.NewStruct(input); err != nil {
		t.Fatal(err)
	}
	return req
}
