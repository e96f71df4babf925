package settings

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
)

// EveryPath matches all paths.
const EveryPath = "/*"

// defaultPort is the default port of a service that answers visitors. Ports below
// 1024 need root.
const defaultPort = 8080

// App is the application: the services that answer visitors, and those that work
// for them.
type App struct {
	// LoadBalancer is an existing load balancer. It is nil if the stack creates one
	// or needs none.
	LoadBalancer *v1alpha1.LoadBalancer
	// Services lists the stack's services, sorted by name.
	Services []Service
	// CloudFrontPrefixList is the ID of CloudFront's prefix list in the stack's
	// region. It is empty if no service answers visitors.
	CloudFrontPrefixList string
	// Files lists the directories that services share, sorted by name.
	Files []Files
	// FileSystem reports whether there is a file system. It is kept if it may
	// contain files of directories that the claim no longer has.
	FileSystem bool
	// ReserveConcurrency reports whether functions may reserve concurrency.
	ReserveConcurrency bool
}

// Service is one part of the application.
type Service struct {
	v1alpha1.Service

	// Runs is the role of the service. It is empty for a service with a schedule.
	Runs v1alpha1.Runs
	// Port that it listens on. Zero if it accepts no requests.
	Port int
	// CallPort is the port for requests of other services, and Protocol their
	// protocol.
	CallPort int
	Protocol v1alpha1.ServiceProtocol
	// Paths that it answers, and those whose responses may be cached, sorted.
	Paths, CachedPaths []string
	// Memory in MiB.
	Memory int
	// Timeout in seconds of a response or of a function. Zero for a container that
	// accepts no requests.
	Timeout int
	// Min and Max are the limits of the number of containers.
	Min, Max int
	// Repository is the image's repository, if it is in ECR.
	Repository Repository
	// HealthCheck is the health check of the load balancer.
	HealthCheck v1alpha1.HealthCheck
	// WritablePaths lists the writable paths of a read-only root file system.
	WritablePaths []string
	// CachePassword reports whether it gets the cache's password.
	CachePassword bool
}

// Web reports whether the service answers visitors.
func (s Service) Web() bool { return s.Runs == v1alpha1.RunsWeb }

// Repository is a repository of ECR.
type Repository struct{ Account, Region, Name string }

// Answered returns all paths that it answers, cached or not.
func (s Service) Answered() []string { return slices.Concat(s.Paths, s.CachedPaths) }

// only returns the services for which is returns true.
func (a App) only(is func(Service) bool) []Service {
	return slices.DeleteFunc(slices.Clone(a.Services), func(s Service) bool { return !is(s) })
}

// Web returns the services that answer visitors.
func (a App) Web() []Service { return a.only(Service.Web) }

// Paths returns all paths that the application answers, without duplicates. Several
// services may answer the same path on different hosts.
func (a App) Paths() []string {
	var out []string
	if a.LoadBalancer != nil {
		out = append(out, a.LoadBalancer.Paths...)
	}
	for _, s := range a.Web() {
		for _, path := range s.Answered() {
			if !slices.Contains(out, path) {
				out = append(out, path)
			}
		}
	}
	return out
}

// Answers reports whether the application answers visitors.
func (a App) Answers() bool { return len(a.Paths()) > 0 }

// AnswersAll reports whether the application answers all paths that are not files.
func (a App) AnswersAll() bool { return slices.Contains(a.Paths(), EveryPath) }

// maxPaths is the maximum number of paths of all services. A distribution has 75
// cache behaviors (AWS documentation, "Quotas", Amazon CloudFront), and files need
// some of them.
const maxPaths = 60

// ecrImage matches an image in a private ECR repository (AWS documentation, "Amazon
// ECR private registry").
var ecrImage = regexp.MustCompile(`^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([^:@]+)(?:[:@].*)?$`)

// repository returns the ECR repository of an image. It is empty if the image is
// not in ECR.
func repository(image string) Repository {
	m := ecrImage.FindStringSubmatch(image)
	if m == nil {
		return Repository{}
	}
	return Repository{Account: m[1], Region: m[2], Name: m[3]}
}

// amounts is the memory in MiB that Fargate offers for a number of CPU units (AWS
// documentation, "Fargate task definition parameters").
type amounts struct{ least, most, step int }

var memoryOf = map[int32]amounts{
	256:   {512, 2048, 512},
	512:   {1024, 4096, 1024},
	1024:  {2048, 8192, 1024},
	2048:  {4096, 16384, 1024},
	4096:  {8192, 30720, 1024},
	8192:  {16384, 61440, 4096},
	16384: {32768, 122880, 8192},
}

// offers reports whether Fargate offers this amount of memory. A quarter of a vCPU
// allows only 512, 1024 or 2048 MiB.
func (a amounts) offers(memory int) bool {
	return memory >= a.least && memory <= a.most && (memory-a.least)%a.step == 0 && memory != 1536
}

// app decides the services of the stack. It returns errors for values that Fargate,
// ECS or CloudFront would reject.
func (d *decision) app(region string, n Network, cache *Cache) (App, field.ErrorList) {
	spec, path := d.claim.Spec.App, field.NewPath("spec", "app", "services")
	out := App{LoadBalancer: spec.LoadBalancer, ReserveConcurrency: !d.input.UnreservedConcurrency}
	var errs field.ErrorList
	for i, asked := range spec.Services {
		s := d.service(asked)
		s.CachePassword = cache.HasPassword() && asked.CacheCredentials != v1alpha1.CacheCredentialsNone
		if s.Lambda() {
			errs = append(errs, d.checkFunction(path.Index(i), s, region)...)
		} else {
			errs = append(errs, checkService(path.Index(i), s, region)...)
			errs = append(errs, checkWays(path.Index(i), s, region, n)...)
		}
		out.Services = append(out.Services, s)
	}
	slices.SortFunc(out.Services, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	errs = append(errs, checkServed(d.claim.Spec, out)...)
	files, fileSystem, refused := d.files(out.Services)
	out.Files, out.FileSystem = files, fileSystem
	errs = append(errs, refused...)
	errs = append(errs, checkHosts(d.claim.Spec)...)
	if n := len(out.Paths()); n > maxPaths {
		errs = append(errs, field.TooMany(path, n, maxPaths))
	}
	if len(out.Balanced()) > 0 {
		out.CloudFrontPrefixList = cmp.Or(d.input.CloudFrontPrefixListIDs[region], aws.CloudFrontPrefixList(region))
		if out.CloudFrontPrefixList == "" {
			errs = append(errs, field.Forbidden(path, fmt.Sprintf("the ID of CloudFront's prefix list in %s is not known: ask the platform team to set cloudFrontPrefixListIds in the function's input", region)))
		}
	}
	return out, errs
}

// checkServed returns an error for each path that has more than one target, and for
// each path that conflicts with the application's paths.
func checkServed(spec v1alpha1.SecureEcommerceSpec, app App) field.ErrorList {
	path := field.NewPath("spec")
	var errs field.ErrorList
	taken := answeredBy(spec.App)
	if app.AnswersAll() {
		taken[EveryPath] = path.Child("app", "services")
	}
	also := func(at *field.Path, value string) {
		if by := taken[value]; by != nil {
			errs = append(errs, field.Invalid(at, value, fmt.Sprintf("the path is also in %s: remove the path from one of these fields", by)))
			return
		}
		taken[value] = at
	}
	if app.AnswersAll() {
		for i, p := range spec.Assets.Paths {
			also(path.Child("assets", "paths").Index(i), p)
		}
		if spec.Assets.NotFound != nil {
			errs = append(errs, field.Forbidden(path.Child("assets", "notFound"), "cannot be combined with an application that answers all paths (/*): remove notFound, or list specific paths for the application"))
		}
	}
	if spec.CDN.PrivateDownloads != nil {
		also(path.Child("cdn", "privateDownloads", "pathPattern"), spec.CDN.PrivateDownloads.PathPattern)
	}
	if spec.Uploads != nil {
		also(path.Child("uploads", "path"), spec.Uploads.Path)
		for i, p := range spec.Uploads.AdditionalPaths {
			also(path.Child("uploads", "additionalPaths").Index(i), p)
		}
	}
	if n := spec.Assets.NotFound; n != nil && n.Status == http.StatusNotFound && app.Answers() && !app.AnswersAll() {
		errs = append(errs, field.Forbidden(path.Child("assets", "notFound", "status"), "status 404 cannot be combined with an application, because CloudFront would also replace the application's own 404 responses: set status to 200, or remove notFound"))
	}
	return errs
}

// answeredBy returns the claim's field for each path that a service answers.
func answeredBy(app v1alpha1.AppSpec) map[string]*field.Path {
	out, path := map[string]*field.Path{}, field.NewPath("spec", "app")
	say := func(at *field.Path, paths []string) {
		for i, p := range paths {
			out[p] = at.Index(i)
		}
	}
	for i, s := range app.Services {
		say(path.Child("services").Index(i).Child("paths"), s.Paths)
		say(path.Child("services").Index(i).Child("cachedPaths"), s.CachedPaths)
	}
	if app.LoadBalancer != nil {
		say(path.Child("loadBalancer", "paths"), app.LoadBalancer.Paths)
	}
	return out
}

// service decides the settings of a service that the claim omits.
func (d *decision) service(asked v1alpha1.Service) Service {
	least := 1
	if byEnvironment[d.claim.Spec.Environment].multiAZ {
		least = 2
	}
	replicas := ptr.Deref(asked.Replicas, v1alpha1.Replicas{})
	out := Service{
		Service:       asked,
		Runs:          d.runs(asked),
		Paths:         slices.Sorted(slices.Values(asked.Paths)),
		CachedPaths:   slices.Sorted(slices.Values(asked.CachedPaths)),
		Memory:        memoryOf[asked.CPU].least,
		Min:           int(ptr.Deref(replicas.Min, int32(least))),
		Repository:    repository(asked.Image),
		HealthCheck:   ptr.Deref(asked.HealthCheck, healthCheck),
		WritablePaths: writable(asked.RootFilesystem, asked.WritablePaths),
	}
	if replicas.Min == nil && replicas.Max != nil {
		out.Min = min(out.Min, int(*replicas.Max))
	}
	out.Max = 2 * out.Min
	if replicas.Max != nil {
		out.Max = int(*replicas.Max)
	}
	if asked.Memory != nil {
		out.Memory = int(*asked.Memory)
	}
	if out.Lambda() {
		out.Timeout = functionTimeout(asked)
	} else if out.Web() || out.Internal() {
		listen(&out, asked)
	}
	if out.Web() && len(out.Paths) == 0 && d.pathless() {
		out.Paths = []string{EveryPath}
	}
	return out
}

// listen decides port and protocol of a container.
func listen(s *Service, asked v1alpha1.Service) {
	port := ptr.Deref(asked.Port, defaultPort)
	s.Port, s.CallPort = int(port), int(ptr.Deref(asked.CallPort, port))
	s.Protocol = ptr.Deref(asked.Protocol, v1alpha1.ServiceProtocolHTTP)
	s.Timeout = int(ptr.Deref(asked.TimeoutSeconds, calledTimeout))
}

// healthCheck contains the API's defaults, for a claim without a health check.
var healthCheck = v1alpha1.HealthCheck{Path: "/", Codes: "200-399", IntervalSeconds: 15, TimeoutSeconds: 5, GracePeriodSeconds: 60}

// pathless reports whether no service has paths.
func (d *decision) pathless() bool {
	return !slices.ContainsFunc(d.claim.Spec.App.Services, func(s v1alpha1.Service) bool { return len(s.Paths) > 0 })
}

// runs decides the role of a service. If other services have paths, a service with
// only a port accepts their requests, and one without a port is a worker.
func (d *decision) runs(asked v1alpha1.Service) v1alpha1.Runs {
	switch {
	case asked.Schedule != "":
		return ""
	case asked.Runs != nil:
		return *asked.Runs
	case len(asked.Paths) > 0 || d.pathless():
		return v1alpha1.RunsWeb
	case asked.Port != nil:
		return v1alpha1.RunsInternal
	default:
		return v1alpha1.RunsWorker
	}
}

// checkService returns errors for values of a service that ECS would reject.
func checkService(path *field.Path, s Service, region string) field.ErrorList {
	var errs field.ErrorList
	if a := memoryOf[s.CPU]; !a.offers(s.Memory) {
		errs = append(errs, field.Invalid(path.Child("memory"), s.Memory,
			fmt.Sprintf("with cpu %d, Fargate supports %d to %d MiB of memory in steps of %d MiB", s.CPU, a.least, a.most, a.step)))
	}
	if s.Web() && len(s.Paths) == 0 {
		errs = append(errs, field.Required(path.Child("paths"), "is required unless runs is Internal (only other services call the service) or Worker (nothing calls the service)"))
	}
	errs = append(errs, checkContainers(path, s, region)...)
	if size := environmentSize(s); size > maxTaskEnvironment {
		errs = append(errs, field.Invalid(path.Child("environment"), field.OmitValueType{}, fmt.Sprintf("environment and secrets of a service must not exceed %d characters in total: remove variables, or shorten values", maxTaskEnvironment)))
	}
	errs = append(errs, checkSchedule(path.Child("schedule"), s.Schedule)...)
	return errs
}

// maxTaskEnvironment limits the size of environment variables, so that a task
// definition stays below 64 KiB (AWS documentation, "Amazon ECS service quotas").
const maxTaskEnvironment = 32 << 10

// environmentSize estimates the size in bytes of a service's variables in its task
// definition.
func environmentSize(s Service) int {
	size := 0
	for _, c := range s.TaskContainers() {
		for name, value := range c.Environment {
			size += len(`{"name":"","value":""},`) + len(name) + len(value)
		}
	}
	return size
}

// cronFields lists minimum and maximum of each field of a cron expression (AWS
// documentation, "Cron expressions", EventBridge).
var cronFields = []struct {
	name        string
	least, most int
}{{"minutes", 0, 59}, {"hours", 0, 23}, {"day of month", 1, 31}, {"month", 1, 12}, {"day of week", 1, 7}, {"year", 1970, 2199}}

// checkSchedule returns an error for each number in a cron expression that
// EventBridge would reject.
func checkSchedule(path *field.Path, schedule string) field.ErrorList {
	inner, ok := strings.CutPrefix(schedule, "cron(")
	if !ok {
		return nil
	}
	var errs field.ErrorList
	for i, text := range strings.Fields(strings.TrimSuffix(inner, ")")) {
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",-/#", r) }) {
			n, err := strconv.Atoi(part)
			if err != nil {
				continue // A name or a symbol.
			}
			if f := cronFields[i]; n < f.least || n > f.most {
				errs = append(errs, field.Invalid(path, schedule, fmt.Sprintf("%s must be from %d to %d", f.name, f.least, f.most)))
			}
		}
	}
	return errs
}

const errEndpoint = "must contain %[1]s if natGateways is None: add %[1]s, or set natGateways to Single or PerZone"

// pullCalls lists the APIs that Fargate calls to start a container: ECR, CloudWatch
// Logs and Secrets Manager (AWS documentation, "Amazon ECR interface VPC endpoints"
// and "Amazon ECS interface VPC endpoints").
var pullCalls = []string{"ecr.api", "ecr.dkr", "logs", "secretsmanager"}

// checkWays returns an error for each endpoint that a service needs to start in a
// network without internet access.
func checkWays(path *field.Path, s Service, region string, n Network) field.ErrorList {
	if n.Existing != nil || n.NAT != v1alpha1.NATGatewaysNone {
		return nil
	}
	var errs field.ErrorList
	for _, c := range s.TaskContainers() {
		if c.Repository.Region != region {
			errs = append(errs, field.Invalid(c.path(path).Child("image"), c.Image,
				fmt.Sprintf("without NAT gateways, the image must be in ECR in %s: copy the image there, or set network.natGateways to Single or PerZone", region)))
		}
	}
	for _, service := range pullCalls {
		if !slices.Contains(n.Endpoints, service) {
			errs = append(errs, field.Required(field.NewPath("spec", "network", "interfaceEndpoints"),
				fmt.Sprintf(errEndpoint, service)))
		}
	}
	return errs
}

// PullsByEndpoints reports whether all services can start with interface endpoints
// alone, without internet access.
func (s *Settings) PullsByEndpoints() bool {
	for _, service := range pullCalls {
		if !slices.Contains(s.Network.Endpoints, service) {
			return false
		}
	}
	return !slices.ContainsFunc(s.App.TaskContainers(), func(c Container) bool { return c.Repository.Region != s.Region })
}

// runtimes returns the runtimes that can assume the app role: those of the claim,
// and those of its services.
func runtimes(asked []v1alpha1.Runtime, app App) []v1alpha1.Runtime {
	out := slices.Clone(asked)
	if len(app.Containers()) > 0 && !slices.Contains(out, v1alpha1.RuntimeECS) {
		out = append(out, v1alpha1.RuntimeECS)
	}
	if len(app.Functions()) > 0 && !slices.Contains(out, v1alpha1.RuntimeLambda) {
		out = append(out, v1alpha1.RuntimeLambda)
	}
	return out
}
