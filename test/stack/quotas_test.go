package stack

import (
	_ "embed" // For embed.
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// quotaTable contains AWS's default quotas for the kinds that stacks have, with their
// sources.
//
//go:embed quotas.csv
var quotaTable string

// quota is AWS's default limit for a kind in a region, or in the account.
type quota struct {
	name      string
	limit     int
	inAccount bool
}

func quotas(t *testing.T) map[string]quota {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(quotaTable)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]quota{}
	for _, row := range rows[1:] {
		limit, err := strconv.Atoi(row[2])
		if err != nil || row[3] != "region" && row[3] != "account" || row[5] == "" {
			t.Fatalf("quotas.csv: %s: a row has a number, region or account, and a source: %v", row[0], row)
		}
		out[row[0]] = quota{name: row[1], limit: limit, inAccount: row[3] == "account"}
	}
	return out
}

// fleet is a number of stacks of each example in one account and region.
type fleet map[string]int

// withoutDatabase is a suffix of an example's name in a fleet.
const withoutDatabase = " without database"

// readyResources returns the resources of a ready stack.
func readyResources(t *testing.T, example string) map[string]*fnv1.Resource {
	t.Helper()
	name, without := strings.CutSuffix(example, withoutDatabase)
	steps := stacktest.Way(t, name, scope.Namespaced)
	if without {
		req := stacktest.Request(t, name, scope.Namespaced)
		spec := req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue()
		spec.Fields["database"] = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"enabled": structpb.NewBoolValue(false)}})
		steps = stacktest.Converge(t, req)
	}
	return steps[len(steps)-1].Response.GetDesired().GetResources()
}

// exceeds returns the default quotas that a fleet exceeds, with the number that it
// needs, sorted.
func (f fleet) exceeds(t *testing.T) []string {
	t.Helper()
	limits, used := quotas(t), map[string]int{}
	for example, n := range f {
		for _, r := range readyResources(t, example) {
			kind := cost.Kind(r.GetResource())
			q, limited := limits[kind]
			if !limited || onlyObserved(r) {
				continue
			}
			place := ""
			if !q.inAccount {
				place = " in " + textAt(r.GetResource(), "spec", "forProvider", "region")
			}
			used[fmt.Sprintf("%s%s|%d", q.name, place, q.limit)] += n
		}
	}
	var out []string
	for what, n := range used {
		name, limit, _ := strings.Cut(what, "|")
		if most, _ := strconv.Atoi(limit); n > most {
			out = append(out, fmt.Sprintf("%s: %d of %s", name, n, limit))
		}
	}
	slices.Sort(out)
	return out
}

// onlyObserved reports whether a resource is not the stack's own.
func onlyObserved(r *fnv1.Resource) bool {
	policies := r.GetResource().GetFields()["spec"].GetStructValue().GetFields()["managementPolicies"].GetListValue().GetValues()
	return len(policies) == 1 && policies[0].GetStringValue() == "Observe"
}

// textAt returns the string at a path. It is empty if there is none.
func textAt(object *structpb.Struct, path ...string) string {
	v := structpb.NewStructValue(object)
	for _, name := range path {
		v = v.GetStructValue().GetFields()[name]
	}
	return v.GetStringValue()
}

// Every stack of an account and region must become ready within AWS's default quotas,
// as far as stacks can share.
func TestQuotas(t *testing.T) {
	cases := map[string]struct {
		reason string
		fleet  fleet
		want   []string
	}{
		"Five": {
			reason: "Five stacks that share nothing are possible.",
			fleet:  fleet{"claim": 5},
		},
		"Six": {
			reason: "The sixth stack that shares nothing is not, so this test can fail.",
			fleet:  fleet{"claim": 6},
			want: []string{
				"CloudTrail trails in eu-west-1: 6 of 5",
				"Elastic IP addresses in eu-west-1: 6 of 5",
				"VPCs in eu-west-1: 6 of 5",
				"internet gateways in eu-west-1: 6 of 5",
			},
		},
		"SixShared": {
			reason: "The sixth stack that shares the account's guardrails and a network is.",
			fleet:  fleet{"shared-account": 1, "shared": 6},
		},
		"FortyShared": {
			reason: "Stacks can share everything but their database.",
			fleet:  fleet{"shared-account": 1, "shared": 40},
		},
		"FiftyShared": {
			reason: "Only the quota of database instances limits fifty stacks. AWS raises it on request.",
			fleet:  fleet{"shared-account": 1, "shared": 50},
			want:   []string{"RDS DB instances in eu-west-1: 50 of 40"},
		},
		"FiftySharedFortyDatabases": {
			reason: "Fifty stacks are possible if ten of them need no database.",
			fleet:  fleet{"shared-account": 1, "shared": 40, "shared" + withoutDatabase: 10},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.fleet.exceeds(t)); diff != "" {
				t.Errorf("\n%s\nexceeded quotas: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A kind without a quota in the table would be counted by no test.
func TestQuotasOfKinds(t *testing.T) {
	known, counted := quotas(t), map[string]bool{}
	for _, example := range stacktest.Examples {
		for _, r := range readyResources(t, example) {
			counted[cost.Kind(r.GetResource())] = true
		}
	}
	for kind := range known {
		if !counted[kind] && kind != "rds/ClusterParameterGroup" {
			t.Errorf("quotas.csv: no example has a %s", kind)
		}
	}
}
