package alarms_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/alarms"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// titles returns the titles of a dashboard's widgets, in order.
func titles(t *testing.T, body string) []string {
	t.Helper()
	d := alarms.Dashboard{}
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	out := make([]string, 0, len(d.Widgets))
	for _, w := range d.Widgets {
		title, _ := w.Properties["title"].(string)
		out = append(out, title)
	}
	return out
}

func TestDashboard(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Name": {
			Reason:   "The dashboard has the stack's name (OBS-25).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: watched(),
			Resource: composed.Dashboard,
			Want:     map[string]any{"region": "eu-west-1", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix},
		},
		"WaitsForIDs":        {Reason: "It shows what AWS makes IDs up for.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Dashboard, Waits: true},
		"WaitsForTheAccount": {Reason: "It shows alarms by their ARN.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Observed: watched(), Resource: composed.Dashboard, Waits: true},
		"WaitsForNoOther":    {Reason: "Without gateways and CDN everything is known.", Spec: `{"region":"cn-north-1","network":{"natGateways":"None"}}`, Resource: composed.Dashboard},
	})
}

func TestDashboardGraphs(t *testing.T) {
	database := []string{"Database: CPU in %", "Database: connections", "Database: latency in s", "Database: free memory in bytes", "Database: free storage in bytes"}
	cases := map[string]struct {
		reason string
		spec   string
		input  *inputv1alpha1.Input
		// observed is what watched returns, by default.
		observed map[string]string
		want     []string
	}{
		"All": {
			reason: "From the visitors to the database, below the state of all alarms.",
			spec:   `{"region":"eu-west-1"}`,
			input:  tiertest.Platform(),
			want:   append(append([]string{"Alarms", "CDN: requests", "CDN: errors in %", "Web application firewall"}, database...), "NAT gateways: failures", "Automated responses"),
		},
		"Least": {
			reason: "What there is not is not shown.",
			spec:   `{"region":"us-gov-west-1","network":{"natGateways":"None"},"guardrails":{"responses":{"enabled":false}}}`,
			input:  tiertest.Switchable(),
			want:   append([]string{"Alarms"}, database...),
		},
		"NoWAF": {
			reason: "A CDN may have no web ACL.",
			spec:   `{"region":"eu-west-1","network":{"natGateways":"None"},"guardrails":{"waf":{"enabled":false},"responses":{"enabled":false}}}`,
			input:  tiertest.Switchable(),
			want:   append([]string{"Alarms", "CDN: requests", "CDN: errors in %"}, database...),
		},
		"NoAlarms": {
			reason: "All alarms of a stack of files alone are in us-east-1, and a widget needs one.",
			spec:   `{"region":"eu-west-1","network":{"natGateways":"None"},"database":{"enabled":false},"guardrails":{"audit":{"enabled":false},"waf":{"enabled":false},"responses":{"enabled":false}}}`,
			input:  tiertest.Switchable(), observed: map[string]string{composed.Distribution: tiertest.Named("E1")},
			want: []string{"CDN: requests", "CDN: errors in %"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := tc.observed
			if observed == nil {
				observed = watched()
			}
			body, _ := tiertest.Field(t, tiertest.Composed(t, tc.spec, observed, tc.input).Resources[composed.Dashboard], "dashboardBody").(string)
			if diff := cmp.Diff(tc.want, titles(t, body)); diff != "" {
				t.Errorf("\n%s\ntitles: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestDashboardBody(t *testing.T) {
	body, _ := tiertest.Field(t, tiertest.Composed(t, `{"region":"eu-west-1"}`, watched(), tiertest.Platform()).Resources[composed.Dashboard], "dashboardBody").(string)
	d := alarms.Dashboard{}
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	want := alarms.Widget{Type: "metric", X: 8, Y: 6, Width: 8, Height: 6, Properties: map[string]any{
		"title": "CDN: errors in %", "region": "us-east-1", "stat": "Average", "period": float64(300), "view": "timeSeries", "stacked": false,
		"metrics": []any{
			[]any{"AWS/CloudFront", "4xxErrorRate", "Region", "Global", "DistributionId", "E1"},
			[]any{"AWS/CloudFront", "5xxErrorRate", "Region", "Global", "DistributionId", "E1"},
		},
	}}
	if diff := cmp.Diff(want, d.Widgets[2]); diff != "" {
		t.Errorf("\nA graph is as CloudWatch reads it, and says in which region its metrics are.\nwidget: -want, +got:\n%s", diff)
	}
	taken := map[[2]int]string{}
	for _, w := range d.Widgets {
		title, _ := w.Properties["title"].(string)
		for x := w.X; x < w.X+w.Width; x++ {
			for y := w.Y; y < w.Y+w.Height; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("\nNo widget covers another, or leaves the grid.\n%s, %s at %d, %d", title, other, x, y)
				}
				taken[[2]int{x, y}] = title
			}
		}
	}
	alarms, _ := d.Widgets[0].Properties["alarms"].([]any)
	if diff := cmp.Diff("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"+tiertest.Prefix+"-unhealthy", alarms[0]); diff != "" {
		t.Errorf("\nThe one alarm that sums up the others comes first.\nalarms: -want, +got:\n%s", diff)
	}
	if len(alarms) > 100 {
		t.Errorf("\nA widget takes 100 alarms.\ngot %d", len(alarms))
	}
	for _, a := range alarms {
		if arn, _ := a.(string); !strings.HasPrefix(arn, "arn:aws:cloudwatch:eu-west-1:") {
			t.Errorf("\nA widget shows alarms of its own region.\ngot %s", arn)
		}
	}
}
