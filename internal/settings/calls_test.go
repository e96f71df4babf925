package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// named returns a service with a name and some changes.
func named(name string, change func(*v1alpha1.Service)) v1alpha1.Service {
	return serviceWith(func(s *v1alpha1.Service) {
		s.Name = name
		change(s)
	})
}

// Port and protocol of a service depend on what the claim omits.
func TestCalled(t *testing.T) {
	type want struct {
		Runs           v1alpha1.Runs
		Port, CallPort int
		Protocol       v1alpha1.ServiceProtocol
		Timeout        int
	}
	shop := named("shop", func(s *v1alpha1.Service) { s.Paths = []string{"/*"} })
	cases := map[string]struct {
		reason  string
		service v1alpha1.Service
		want    want
	}{
		"Port": {
			reason: "A port without paths is for the claim's own services.", service: named("x", func(s *v1alpha1.Service) { s.Port = new(int32(3000)) }),
			want: want{Runs: "Internal", Port: 3000, CallPort: 3000, Protocol: "HTTP", Timeout: 30},
		},
		"Said": {
			reason: "What the claim says counts.",
			service: named("x", func(s *v1alpha1.Service) {
				s.Runs, s.Port, s.CallPort, s.Protocol, s.TimeoutSeconds = new(v1alpha1.RunsInternal), new(int32(9000)), new(int32(80)), new(v1alpha1.ServiceProtocolGRPC), new(int32(120))
			}),
			want: want{Runs: "Internal", Port: 9000, CallPort: 80, Protocol: "GRPC", Timeout: 120},
		},
		"Paths":  {reason: "Visitors may take their time too.", service: named("x", func(s *v1alpha1.Service) { s.Paths, s.TimeoutSeconds = []string{"/x"}, new(int32(90)) }), want: want{Runs: "Web", Port: 8080, CallPort: 8080, Protocol: "HTTP", Timeout: 90}},
		"Worker": {reason: "Nobody calls it.", service: named("x", func(*v1alpha1.Service) {}), want: want{Runs: "Worker"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			app, errs := decideApp(v1alpha1.EnvironmentStaging, Network{}, shop, tc.service)
			if len(errs) > 0 {
				t.Fatalf("\n%s\nwant no errors, got %v", tc.reason, errs)
			}
			s := app.Services[1]
			if diff := cmp.Diff(tc.want, want{s.Runs, s.Port, s.CallPort, s.Protocol, s.Timeout}); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Services that can call each other.
func TestConnected(t *testing.T) {
	shop := named("shop", func(s *v1alpha1.Service) { s.Paths, s.TimeoutSeconds = []string{"/*"}, new(int32(45)) })
	worker := named("worker", func(s *v1alpha1.Service) { s.Runs = new(v1alpha1.RunsWorker) })
	job := named("job", func(s *v1alpha1.Service) { s.Runs = new(v1alpha1.RunsBeforeRollout) })
	nightly := named("nightly", func(s *v1alpha1.Service) { s.Schedule = "rate(1 day)" })
	function := named("function", func(s *v1alpha1.Service) {
		s.Runtime, s.Paths = v1alpha1.ServiceRuntimeLambda, []string{"/f"}
	})
	type want struct {
		Connected, Callable []string
		Longest             int
	}
	cases := map[string]struct {
		reason   string
		services []v1alpha1.Service
		want     want
	}{
		"Worker":    {reason: "A worker calls the shop.", services: []v1alpha1.Service{shop, worker, job, nightly}, want: want{[]string{"shop", "worker"}, []string{"shop"}, 45}},
		"OnlyOne":   {reason: "What ends by itself is no other one.", services: []v1alpha1.Service{shop, job, nightly, function}, want: want{Longest: 45}},
		"NoneToAsk": {reason: "Workers call nobody.", services: []v1alpha1.Service{worker, named("other", func(s *v1alpha1.Service) { s.Runs = new(v1alpha1.RunsWorker) })}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			app, errs := decideApp(v1alpha1.EnvironmentStaging, Network{}, tc.services...)
			if len(errs) > 0 {
				t.Fatalf("\n%s\nwant no errors, got %v", tc.reason, errs)
			}
			names := func(services []Service) []string {
				var out []string
				for _, s := range services {
					out = append(out, s.Name)
				}
				return out
			}
			if diff := cmp.Diff(tc.want, want{names(app.Connected()), names(app.Callable()), app.LongestAnswer()}); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
