package picture

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestFlows verifies sources, targets, protocols and ports of flows.
func TestFlows(t *testing.T) {
	storage := map[string]string{"cdn > shop files": "HTTPS 443 (OAC)", "app > s3-endpoint": "", "s3-endpoint > shop files": "HTTPS 443"}
	edge := map[string]string{"users > waf": "HTTPS 443", "waf > cdn": ""}
	out := map[string]string{"nat:1 > internet-gateway": "", "internet-gateway > internet": "outbound only"}
	cases := map[string]struct {
		reason string
		// want contains expected flows, by "from > to".
		want []map[string]string
	}{
		"claim": {
			reason: "Without services, the group that workloads join reaches the database and S3, and nothing reaches the internet.",
			want:   []map[string]string{edge, storage, out, {"app > database": "PostgreSQL 5433"}},
		},
		"services": {
			reason: "The load balancer calls the services at their ports; they call AWS and the internet by NAT.",
			want:   []map[string]string{edge, storage, out, {"cdn > load-balancer": "HTTPS 443 (VPC origin)", "load-balancer > app": "HTTP 3000, 8080, 8081", "app > database": "PostgreSQL 5433", "app > nat:1": "HTTPS 443"}},
		},
		"lambda": {
			reason: "A function is called at its URL.",
			want:   []map[string]string{edge, storage, out, {"cdn > app": "HTTPS 443 (Lambda URL)", "app > database": "PostgreSQL 5433"}},
		},
		"database": {
			reason: "A proxy calls the database, and so may the application.",
			want:   []map[string]string{edge, storage, out, {"app > proxy": "PostgreSQL 5432", "app > database": "PostgreSQL 5433", "proxy > database": "PostgreSQL 5433"}},
		},
		"attached": {
			reason: "A network that exists has gateways of its own; others may call the application.",
			want:   []map[string]string{edge, {"cdn > shop files": "HTTPS 443 (OAC)", "callers > app": "TCP 8443", "app > database": "PostgreSQL 5433"}},
		},
		"private": {
			reason: "A firewall is between NAT and the internet; rules say which ports may leave.",
			want: []map[string]string{edge, storage, {
				"app > database": "PostgreSQL 5433", "app > endpoints": "HTTPS 443", "app > nat:1": "HTTPS 443, TCP 587, UDP 123",
				"nat:1 > firewall": "", "firewall > internet-gateway": "", "internet-gateway > internet": "outbound only",
			}},
		},
		"edge": {
			reason: "A bucket in another region has copies, and answers if the first one fails.",
			want:   []map[string]string{edge, storage, out, {"app > database": "PostgreSQL 5433", "cdn > bucket:replica": "HTTPS 443 (failover)", "shop files > bucket:replica": "replication"}},
		},
	}
	for example, tc := range cases {
		for _, s := range stacktest.Scopes {
			t.Run(example+"/"+string(s), func(t *testing.T) {
				want, got := map[string]string{}, map[string]string{}
				for _, part := range tc.want {
					maps.Copy(want, part)
				}
				for _, f := range newModel(composed(t, stacktest.Way(t, example, s))).flows {
					got[f.from+" > "+f.to] = f.label
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\nflows: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
