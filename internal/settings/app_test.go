package settings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// inECR is an image in the account's own registry.
const inECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1.4.2"

// serviceWith returns a service with the API's defaults and some changes.
func serviceWith(change func(*v1alpha1.Service)) v1alpha1.Service {
	s := v1alpha1.Service{
		Name: "web", Runtime: v1alpha1.ServiceRuntimeFargate, Image: inECR, CPU: 512, Architecture: v1alpha1.ArchitectureX86, User: "1000",
		RootFilesystem: v1alpha1.RootFilesystemReadOnly, WritableMiB: 64, StopTimeoutSeconds: 30, DeployedBy: v1alpha1.DeployedByClaim,
	}
	change(&s)
	return s
}

// decideApp decides the application of an environment and a network.
func decideApp(environment v1alpha1.Environment, n Network, services ...v1alpha1.Service) (App, field.ErrorList) {
	d := &decision{input: &inputv1alpha1.Input{}, claim: &claim.Claim{Spec: v1alpha1.SecureEcommerceSpec{Environment: environment, App: v1alpha1.AppSpec{Services: services}}}}
	return d.app("eu-west-1", n, nil)
}

// The defaults of a service depend on what the claim omits.
func TestService(t *testing.T) {
	type want struct {
		Runs         v1alpha1.Runs
		Port         int
		Paths        []string
		Memory       int
		Min, Max     int
		Writable     []string
		Repository   Repository
		HealthCheck  string
		PrefixListID string
	}
	ecr := Repository{Account: "123456789012", Region: "eu-west-1", Name: "team/shop"}
	cases := map[string]struct {
		reason      string
		environment v1alpha1.Environment
		change      func(*v1alpha1.Service)
		want        want
	}{
		"Image": {
			reason: "The only service answers everything, in two zones.", environment: v1alpha1.EnvironmentProduction, change: func(*v1alpha1.Service) {},
			want: want{Runs: "Web", Port: 8080, Paths: []string{"/*"}, Memory: 1024, Min: 2, Max: 4, Writable: []string{"/tmp"}, Repository: ecr, HealthCheck: "/", PrefixListID: "pl-4fa04526"},
		},
		"Development": {
			reason: "One is enough to try it.", environment: v1alpha1.EnvironmentDevelopment, change: func(*v1alpha1.Service) {},
			want: want{Runs: "Web", Port: 8080, Paths: []string{"/*"}, Memory: 1024, Min: 1, Max: 2, Writable: []string{"/tmp"}, Repository: ecr, HealthCheck: "/", PrefixListID: "pl-4fa04526"},
		},
		"Worker": {
			reason: "A worker is not called.", environment: v1alpha1.EnvironmentStaging,
			change: func(s *v1alpha1.Service) { s.Runs, s.CPU, s.Image = new(v1alpha1.RunsWorker), 256, "worker" },
			want:   want{Runs: "Worker", Memory: 512, Min: 1, Max: 2, Writable: []string{"/tmp"}, HealthCheck: "/"},
		},
		"Scheduled": {
			reason: "What runs by a schedule runs once each time.", environment: v1alpha1.EnvironmentStaging,
			change: func(s *v1alpha1.Service) {
				s.Schedule, s.RootFilesystem = "rate(1 day)", v1alpha1.RootFilesystemWritable
			},
			want: want{Memory: 1024, Min: 1, Max: 2, Repository: ecr, HealthCheck: "/"},
		},
		"AtMostBelowDefault": {
			reason: "The claim's most is more than nobody's least.", environment: v1alpha1.EnvironmentProduction,
			change: func(s *v1alpha1.Service) { s.Replicas = &v1alpha1.Replicas{Max: new(int32(1))} },
			want:   want{Runs: "Web", Port: 8080, Paths: []string{"/*"}, Memory: 1024, Min: 1, Max: 1, Writable: []string{"/tmp"}, Repository: ecr, HealthCheck: "/", PrefixListID: "pl-4fa04526"},
		},
		"Said": {
			reason: "What the claim says counts, sorted.", environment: v1alpha1.EnvironmentStaging,
			change: func(s *v1alpha1.Service) {
				s.Paths, s.Port, s.Memory, s.WritablePaths = []string{"/b", "/a*"}, new(int32(3000)), new(int32(2048)), []string{"/var", "/run"}
				s.HealthCheck = &v1alpha1.HealthCheck{Path: "/health"}
			},
			want: want{Runs: "Web", Port: 3000, Paths: []string{"/a*", "/b"}, Memory: 2048, Min: 1, Max: 2, Writable: []string{"/run", "/var"}, Repository: ecr, HealthCheck: "/health", PrefixListID: "pl-4fa04526"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			app, errs := decideApp(tc.environment, Network{}, serviceWith(tc.change))
			if len(errs) > 0 {
				t.Fatalf("\n%s\nwant no errors, got %v", tc.reason, errs)
			}
			s := app.Services[0]
			got := want{s.Runs, s.Port, s.Paths, s.Memory, s.Min, s.Max, s.WritablePaths, s.Repository, s.HealthCheck.Path, app.CloudFrontPrefixList}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\napp(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// If another service has paths, a service without paths is a worker.
func TestServicesShareWork(t *testing.T) {
	app, errs := decideApp(v1alpha1.EnvironmentStaging, Network{},
		serviceWith(func(s *v1alpha1.Service) { s.Name, s.Paths = "shop", []string{"/*"} }),
		serviceWith(func(s *v1alpha1.Service) { s.Name, s.Paths = "api", []string{"/api/*"} }),
		serviceWith(func(s *v1alpha1.Service) { s.Name = "mailer" }))
	got := map[string]v1alpha1.Runs{}
	for _, s := range app.Services {
		got[s.Name] = s.Runs
	}
	if diff := cmp.Diff(map[string]v1alpha1.Runs{"api": "Web", "mailer": "Worker", "shop": "Web"}, got); diff != "" || len(errs) > 0 {
		t.Errorf("-want, +got:\n%s\nerrors: %v", diff, errs)
	}
	if diff := cmp.Diff([]string{"/api/*", "/*"}, app.Paths()); diff != "" || !app.AnswersAll() || !app.Answers() {
		t.Errorf("-want, +got:\n%s", diff)
	}
}

// Values that Fargate, ECS or EventBridge would reject.
func TestServiceRefused(t *testing.T) {
	path := field.NewPath("spec", "app", "services").Index(0)
	endpoints := field.NewPath("spec", "network", "interfaceEndpoints")
	closed := Network{NAT: v1alpha1.NATGatewaysNone, Endpoints: []string{"ecr.api", "ecr.dkr", "logs", "secretsmanager"}}
	cases := map[string]struct {
		reason  string
		network Network
		change  func(*v1alpha1.Service)
		want    field.ErrorList
	}{
		"Memory": {
			reason: "Fargate has steps.", change: func(s *v1alpha1.Service) { s.Memory = new(int32(1500)) },
			want: field.ErrorList{field.Invalid(path.Child("memory"), 1500, "with cpu 512, Fargate supports 1024 to 4096 MiB of memory in steps of 1024 MiB")},
		},
		"QuarterMemory": {
			reason: "The smallest one has a step of its own.", change: func(s *v1alpha1.Service) { s.CPU, s.Memory = 256, new(int32(1536)) },
			want: field.ErrorList{field.Invalid(path.Child("memory"), 1536, "with cpu 256, Fargate supports 512 to 2048 MiB of memory in steps of 512 MiB")},
		},
		"WritablePaths": {
			reason: "What they hold takes the service's memory.", change: func(s *v1alpha1.Service) { s.WritablePaths, s.WritableMiB = []string{"/a", "/b"}, 512 },
			want: field.ErrorList{field.Invalid(path.Child("writableMiB"), int32(512), "the writable paths use 1024 MiB in total, but the service has only 1024 MiB of memory: lower writableMiB, or raise memory")},
		},
		"SidecarSecretElsewhere": {
			reason: "Likewise for a sidecar, and it listens on a port of its own.",
			change: func(s *v1alpha1.Service) {
				s.SharedPaths = []string{"/public"}
				s.Sidecars = []v1alpha1.Sidecar{
					{Name: "nginx", Image: inECR, Port: new(int32(9000)), RegistryCredentialsARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf", WritablePaths: []string{"/public"}},
					{Name: "php", Image: "php", Port: new(int32(9000)), Secrets: map[string]v1alpha1.SecretSource{"B": "arn:aws:ssm:us-east-1:123456789012:parameter/b"}},
				}
			},
			want: field.ErrorList{
				field.Forbidden(path.Child("sidecars").Index(0).Child("registryCredentialsArn"), "is not needed for images in ECR: remove registryCredentialsArn"),
				field.Invalid(path.Child("sidecars").Index(0).Child("writablePaths").Index(0), "/public", "the path is also in sharedPaths: remove the path from one of these fields"),
				field.Invalid(path.Child("sidecars").Index(1).Child("secrets").Key("B"), "arn:aws:ssm:us-east-1:123456789012:parameter/b", "must be in the stack's region, eu-west-1"),
				field.Duplicate(path.Child("sidecars").Index(1).Child("port"), 9000),
			},
		},
		"SecretElsewhere": {
			reason: "ECS reads secrets of its own region.",
			change: func(s *v1alpha1.Service) {
				s.Secrets = map[string]v1alpha1.SecretSource{"A": "key", "B": "arn:aws:ssm:us-east-1:123456789012:parameter/b"}
			},
			want: field.ErrorList{field.Invalid(path.Child("secrets").Key("B"), "arn:aws:ssm:us-east-1:123456789012:parameter/b", "must be in the stack's region, eu-west-1")},
		},
		"CredentialsElsewhere": {
			reason: "Likewise those of a registry.",
			change: func(s *v1alpha1.Service) {
				s.Image, s.RegistryCredentialsARN = "ghcr.io/a/b:1", "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf"
			},
			want: field.ErrorList{field.Invalid(path.Child("registryCredentialsArn"), "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf", "must be in the stack's region, eu-west-1")},
		},
		"CredentialsForECR": {
			reason: "ECR goes by the role.",
			change: func(s *v1alpha1.Service) {
				s.RegistryCredentialsARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"
			},
			want: field.ErrorList{field.Forbidden(path.Child("registryCredentialsArn"), "is not needed for images in ECR: remove registryCredentialsArn")},
		},
		"Environment": {
			reason: "A task definition has 64 KiB.",
			change: func(s *v1alpha1.Service) {
				s.Environment = map[string]v1alpha1.EnvironmentValue{"A": v1alpha1.EnvironmentValue(strings.Repeat("a", 33_000))}
			},
			want: field.ErrorList{field.Invalid(path.Child("environment"), field.OmitValueType{}, "environment and secrets of a service must not exceed 32768 characters in total: remove variables, or shorten values")},
		},
		"Schedule": {
			reason: "EventBridge knows no such time.", change: func(s *v1alpha1.Service) { s.Schedule = "cron(0 25 ? * MON-FRI *)" },
			want: field.ErrorList{field.Invalid(path.Child("schedule"), "cron(0 25 ? * MON-FRI *)", "hours must be from 0 to 23")},
		},
		"WebWithoutPaths": {
			reason: "What answers visitors has to say what.",
			change: func(s *v1alpha1.Service) { s.Runs = new(v1alpha1.RunsWeb) },
			want:   nil,
		},
		"Closed": {reason: "With endpoints no gateway is needed.", network: closed, change: func(*v1alpha1.Service) {}},
		"ClosedToRegistries": {
			reason: "A registry of the internet cannot be reached.", network: closed, change: func(s *v1alpha1.Service) { s.Image = "nginx" },
			want: field.ErrorList{field.Invalid(path.Child("image"), "nginx", "without NAT gateways, the image must be in ECR in eu-west-1: copy the image there, or set network.natGateways to Single or PerZone")},
		},
		"ClosedToSidecar": {
			reason: "Nor for a sidecar.", network: closed, change: func(s *v1alpha1.Service) { s.Sidecars = []v1alpha1.Sidecar{{Name: "nginx", Image: "nginx"}} },
			want: field.ErrorList{field.Invalid(path.Child("sidecars").Index(0).Child("image"), "nginx", "without NAT gateways, the image must be in ECR in eu-west-1: copy the image there, or set network.natGateways to Single or PerZone")},
		},
		"ClosedWithoutEndpoints": {
			reason: "Fargate pulls, logs and reads secrets from within the network.", network: Network{NAT: v1alpha1.NATGatewaysNone, Endpoints: []string{"ecr.api", "ecr.dkr"}}, change: func(*v1alpha1.Service) {},
			want: field.ErrorList{
				field.Required(endpoints, "must contain logs if natGateways is None: add logs, or set natGateways to Single or PerZone"),
				field.Required(endpoints, "must contain secretsmanager if natGateways is None: add secretsmanager, or set natGateways to Single or PerZone"),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, errs := decideApp(v1alpha1.EnvironmentStaging, tc.network, serviceWith(tc.change))
			if diff := cmp.Diff(tc.want, errs); diff != "" {
				t.Errorf("\n%s\napp(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A distribution has a limited number of paths.
func TestMostPaths(t *testing.T) {
	var services []v1alpha1.Service
	for i := range 4 {
		services = append(services, serviceWith(func(s *v1alpha1.Service) {
			for j := range 20 {
				s.Paths = append(s.Paths, fmt.Sprintf("/%d/%d", i, j))
			}
		}))
	}
	if _, errs := decideApp(v1alpha1.EnvironmentStaging, Network{}, services[:3]...); len(errs) > 0 {
		t.Errorf("sixty paths fit, got %v", errs)
	}
	_, errs := decideApp(v1alpha1.EnvironmentStaging, Network{}, services...)
	if diff := cmp.Diff(field.ErrorList{field.TooMany(field.NewPath("spec", "app", "services"), 80, 60)}, errs); diff != "" {
		t.Errorf("more do not: -want, +got:\n%s", diff)
	}
}

// The platform must set the ID of CloudFront's prefix list in regions where it is
// unknown.
func TestPrefixListOfPlatform(t *testing.T) {
	d := &decision{input: &inputv1alpha1.Input{}, claim: &claim.Claim{Spec: v1alpha1.SecureEcommerceSpec{App: v1alpha1.AppSpec{Services: []v1alpha1.Service{serviceWith(func(*v1alpha1.Service) {})}}}}}
	if _, errs := d.app("mx-central-1", Network{}, nil); len(errs) != 1 {
		t.Errorf("want an error that names cloudFrontPrefixListIds, got %v", errs)
	}
	d.input.CloudFrontPrefixListIDs = map[string]string{"mx-central-1": "pl-0a1b2c3d"}
	if app, errs := d.app("mx-central-1", Network{}, nil); len(errs) > 0 || app.CloudFrontPrefixList != "pl-0a1b2c3d" {
		t.Errorf("want the platform's list, got %q, %v", app.CloudFrontPrefixList, errs)
	}
}

// Containers can start without internet access if all APIs that they need have an
// endpoint.
func TestPullsByEndpoints(t *testing.T) {
	all := []string{"ecr.api", "ecr.dkr", "logs", "secretsmanager"}
	cases := map[string]struct {
		reason    string
		endpoints []string
		image     string
		want      bool
	}{
		"All":      {reason: "Nothing is called elsewhere.", endpoints: all, image: inECR, want: true},
		"One less": {reason: "Its log is written to the internet's address.", endpoints: all[1:], image: inECR},
		"Registry": {reason: "The image is elsewhere.", endpoints: all, image: "nginx"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := &Settings{Region: "eu-west-1", Network: Network{Endpoints: tc.endpoints}, App: App{Services: []Service{{Repository: repository(tc.image)}}}}
			if got := s.PullsByEndpoints(); got != tc.want {
				t.Errorf("\n%s\nwant %t, got %t", tc.reason, tc.want, got)
			}
		})
	}
}

func TestRuntimes(t *testing.T) {
	services := []Service{{}}
	for name, tc := range map[string]struct {
		asked    []v1alpha1.Runtime
		services []Service
		want     []v1alpha1.Runtime
	}{
		"None":    {asked: []v1alpha1.Runtime{"Lambda"}, want: []v1alpha1.Runtime{"Lambda"}},
		"Added":   {asked: []v1alpha1.Runtime{"Lambda"}, services: services, want: []v1alpha1.Runtime{"Lambda", "ECS"}},
		"Already": {asked: []v1alpha1.Runtime{"ECS"}, services: services, want: []v1alpha1.Runtime{"ECS"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, runtimes(tc.asked, App{Services: tc.services})); diff != "" {
				t.Errorf("runtimes(...): -want, +got:\n%s", diff)
			}
		})
	}
}
