package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

// ofECR is an image that Lambda accepts.
const ofECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"

// runningServices returns a claim with services.
func runningServices(services string) string {
	return `{"region":"eu-west-1","app":{"services":[` + services + `]}}`
}

func TestFunctions(t *testing.T) {
	type want struct {
		Runs                         v1alpha1.Runs
		Paths                        []string
		Port, Memory, Timeout, Limit int
	}
	cases := map[string]struct {
		reason, service string
		want            want
	}{
		"OnlyOne":   {reason: "The only service answers everything.", service: ``, want: want{Runs: v1alpha1.RunsWeb, Paths: []string{"/*"}, Memory: 1024, Timeout: 30, Limit: -1}},
		"Asked":     {reason: "What the claim says is so.", service: `,"paths":["/b","/a"],"memory":128,"timeoutSeconds":60,"replicas":{"max":9}`, want: want{Runs: v1alpha1.RunsWeb, Paths: []string{"/a", "/b"}, Memory: 128, Timeout: 60, Limit: 9}},
		"Scheduled": {reason: "Nobody waits for what runs by a schedule.", service: `,"schedule":"rate(1 hour)"`, want: want{Memory: 1024, Timeout: 300, Limit: -1}},
		"Long":      {reason: "It may take its time.", service: `,"schedule":"rate(1 hour)","timeoutSeconds":900`, want: want{Memory: 1024, Timeout: 900, Limit: -1}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, runningServices(`{"runtime":"Lambda","image":"`+ofECR+`"`+tc.service+`}`), &inputv1alpha1.Input{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			f := s.App.Functions()[0]
			got := want{Runs: f.Runs, Paths: f.Paths, Port: f.Port, Memory: f.Memory, Timeout: f.Timeout, Limit: f.Concurrency()}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...).App: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff("", s.App.CloudFrontPrefixList); diff != "" {
				t.Errorf("\nWithout a load balancer nobody is let in by CloudFront's addresses.\nCloudFrontPrefixList: -want, +got:\n%s", diff)
			}
		})
	}
}

func TestKindsOfServices(t *testing.T) {
	s, err := decided(t, runningServices(`{"name":"api","image":"api:1","paths":["/api/*"]},{"name":"work","image":"api:1"},{"name":"migrate","image":"api:1","runs":"BeforeRollout"},
		{"name":"web","runtime":"Lambda","image":"`+ofECR+`","paths":["/*"]}`), &inputv1alpha1.Input{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	names := func(services []Service) string {
		var out []string
		for _, s := range services {
			out = append(out, s.Name)
		}
		return strings.Join(out, " ")
	}
	want := map[string]string{"Containers": "api migrate work", "Functions": "web", "Balanced": "api", "Web": "api web", "Jobs": "migrate"}
	got := map[string]string{
		"Containers": names(s.App.Containers()), "Functions": names(s.App.Functions()), "Balanced": names(s.App.Balanced()), "Web": names(s.App.Web()), "Jobs": names(s.App.Jobs()),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nEach kind of services is composed otherwise.\nApp: -want, +got:\n%s", diff)
	}
}

func TestRefusedFunctions(t *testing.T) {
	cases := map[string]struct {
		reason, services string
		unreserved       bool
		want             string
	}{
		"OtherRegistry": {
			reason: "Lambda pulls from ECR only.", services: `{"runtime":"Lambda","image":"ghcr.io/example/shop:1"}`,
			want: `spec.app.services[0].image: "ghcr.io/example/shop:1" is not valid: Lambda requires images in ECR in eu-west-1: copy the image there`,
		},
		"OtherRegion": {
			reason: "Nor from another region.", services: `{"runtime":"Lambda","image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1"}`,
			want: `spec.app.services[0].image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1" is not valid: Lambda requires images in ECR in eu-west-1: copy the image there`,
		},
		"NeverCalled": {
			reason: "Beside services with paths it would never run.", services: `{"name":"web","image":"shop:1","paths":["/*"]},{"name":"idle","runtime":"Lambda","image":"` + ofECR + `"}`,
			want: `spec.app.services[1].paths: is required unless schedule is set: add a path, such as /*, or set schedule`,
		},
		"Unreserved": {
			reason: "Lambda refuses to reserve what an account does not have.", services: `{"runtime":"Lambda","image":"` + ofECR + `","replicas":{"max":5}}`, unreserved: true,
			want: `spec.app.services[0].replicas.max: is not supported, because the platform's input sets unreservedConcurrency: remove replicas.max`,
		},
		"Variables": {
			reason: "Lambda takes 4 kB, those of the stack among them.", services: `{"runtime":"Lambda","image":"` + ofECR + `","environment":{"AA":"` + strings.Repeat("a", 2000) + `","BB":"` + strings.Repeat("b", 557) + `"}}`,
			want: `spec.app.services[0].environment: has 2561 characters in names and values; use at most 2560, which is Lambda's limit`,
		},
		"VariablesFit": {reason: "Up to there they fit.", services: `{"runtime":"Lambda","image":"` + ofECR + `","environment":{"AA":"` + strings.Repeat("a", 2000) + `","BB":"` + strings.Repeat("b", 556) + `"}}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := decided(t, runningServices(tc.services), &inputv1alpha1.Input{UnreservedConcurrency: tc.unreserved}, nil); err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, tc.want) || tc.want == "" && got != "" {
				t.Errorf("\n%s\nDecide(...): want %s, got %s", tc.reason, tc.want, got)
			}
		})
	}
}
