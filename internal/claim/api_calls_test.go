package claim

import "strings"

// Messages of rules about calls between services.
const (
	workerHasPort   = "a worker cannot have a port: remove port, or set runs to Internal if other services call this service"
	internalIsBare  = "an internal service requires a port and cannot have paths, cachedPaths, or a healthCheck without a command: set port (for example, to 8080), and remove the unsupported fields"
	visitorsByHTTP  = "protocols GRPC and TCP require an internal service with a port and no paths: set runs to Internal, set port, and remove paths; otherwise, set protocol to HTTP"
	callPortListens = "callPort is not supported for workers, jobs or scheduled services: remove callPort, or set runs to Internal"
	stickyVisitors  = "stickySeconds is supported only for services that answer visitors' requests: set runs to Web, or remove stickySeconds"
	hostsAnswer     = "hosts requires a Fargate service with paths: set runtime to Fargate and add a path (for example, /*), or remove hosts"
	oneAtATime      = "rollout OneAtATime requires runs Worker or Internal, replicas.max 1, and no paths or schedule: set these fields, or set rollout to Rolling"
	notCalled       = "timeoutSeconds is not supported for workers, jobs or scheduled containers, which have no time limit: remove timeoutSeconds"
	onePathOnce     = "each path can appear only once in paths and cachedPaths across all services: remove the duplicates"
)

// callCases contains specs of calls and rollouts of services.
var callCases = map[string]apiCase{
	"Calls": {
		reason: "Services of all kinds call each other.",
		spec: with(`"app":{"services":[{"name":"web","image":"a","paths":["/*"],"timeoutSeconds":120,"stickySeconds":3600,"callPort":80,"protocol":"HTTP","healthCheck":{"port":8081}},
			{"name":"prices","image":"a","runs":"Internal","port":50051,"protocol":"GRPC","timeoutSeconds":60},{"name":"broker","image":"a","port":5672,"protocol":"TCP","rollout":"OneAtATime","replicas":{"max":1}},
			{"name":"beat","image":"a","runs":"Worker","rollout":"OneAtATime","replicas":{"min":1,"max":1}}]}`),
	},
	"HostsSharePath": {
		reason: "A path can be answered once for each domain.",
		spec:   with(`"cdn":{"domain":"shop.example.com","additionalDomains":["admin.example.com"]},"app":{"services":[{"name":"web","image":"a","paths":["/*"]},{"name":"admin","image":"a","paths":["/*"],"hosts":["admin.example.com"]}]}`),
	},
	"WithoutHostsPathTwice": {
		reason: "Without hosts a path is one service's, whatever hosts others have.",
		spec:   with(`"app":{"services":[{"name":"web","image":"a","paths":["/*"]},{"name":"api","image":"a","paths":["/*"]},{"name":"admin","image":"a","paths":["/*"],"hosts":["admin.example.com"]}]}`),
		want:   []string{broken("spec.app.services", onePathOnce)},
	},
	"WorkerWithPort":      {reason: "A port that nobody calls is a service that is called, or a mistake.", spec: service(`"image":"a","runs":"Worker","port":80`), want: []string{broken("spec.app.services[0].port", workerHasPort)}},
	"InternalWithoutPort": {reason: "Callers need a port.", spec: service(`"image":"a","runs":"Internal"`), want: []string{broken("spec.app.services[0].runs", internalIsBare)}},
	"InternalWithPaths":   {reason: "Visitors do not reach it.", spec: service(`"image":"a","runs":"Internal","port":80,"paths":["/a"]`), want: []string{broken("spec.app.services[0].runs", internalIsBare)}},
	"ProtocolOfVisitors":  {reason: "The load balancer calls by HTTP.", spec: service(`"image":"a","port":80,"paths":["/a"],"protocol":"GRPC"`), want: []string{broken("spec.app.services[0].protocol", visitorsByHTTP)}},
	"ProtocolWithoutPort": {reason: "Nothing speaks it.", spec: service(`"image":"a","protocol":"TCP"`), want: []string{broken("spec.app.services[0].protocol", visitorsByHTTP)}},
	"CallPortOfWorker":    {reason: "Nobody calls it.", spec: service(`"image":"a","runs":"Worker","callPort":80`), want: []string{broken("spec.app.services[0].callPort", callPortListens)}},
	"StickyInternal":      {reason: "The load balancer's cookie is for visitors.", spec: service(`"image":"a","runs":"Internal","port":80,"stickySeconds":60`), want: []string{broken("spec.app.services[0].stickySeconds", stickyVisitors)}},
	"HostsWithoutPaths":   {reason: "A host is of paths.", spec: service(`"image":"a","hosts":["admin.example.com"]`), want: []string{broken("spec.app.services[0].hosts", hostsAnswer)}},
	"HostsOfFunction":     {reason: "CloudFront cannot choose a function by host.", spec: function(`,"paths":["/*"],"hosts":["admin.example.com"]`), want: []string{broken("spec.app.services[0].hosts", hostsAnswer)}},
	"OneAtATimeOfTwo":     {reason: "More than one is more than one.", spec: service(`"image":"a","runs":"Worker","rollout":"OneAtATime"`), want: []string{broken("spec.app.services[0].rollout", oneAtATime)}},
	"OneAtATimeVisitors":  {reason: "Visitors would find nobody.", spec: service(`"image":"a","runs":"Web","rollout":"OneAtATime","replicas":{"max":1}`), want: []string{broken("spec.app.services[0].rollout", oneAtATime)}},
	"WorkerTimeout":       {reason: "Nobody waits for it.", spec: service(`"image":"a","runs":"Worker","timeoutSeconds":60`), want: []string{broken("spec.app.services[0].timeoutSeconds", notCalled)}},
	"ContainerTooSlow":    {reason: "CloudFront does not wait longer.", spec: service(`"image":"a","timeoutSeconds":121`), want: []string{broken("spec.app.services[0].timeoutSeconds", visitorsWait)}},
	"CallNumbersLow": {
		reason: "Nothing is there.", spec: service(`"image":"a","callPort":0,"stickySeconds":0,"healthCheck":{"port":0}`),
		want: []string{
			`spec.app.services[0].callPort: Invalid value: 0: spec.app.services[0].callPort in body should be greater than or equal to 1`,
			`spec.app.services[0].healthCheck.port: Invalid value: 0: spec.app.services[0].healthCheck.port in body should be greater than or equal to 1`,
			`spec.app.services[0].stickySeconds: Invalid value: 0: spec.app.services[0].stickySeconds in body should be greater than or equal to 1`,
		},
	},
	"CallNumbersHigh": {
		reason: "AWS does not go further.", spec: service(`"image":"a","callPort":65536,"stickySeconds":604801,"healthCheck":{"port":65536}`),
		want: []string{
			`spec.app.services[0].callPort: Invalid value: 65536: spec.app.services[0].callPort in body should be less than or equal to 65535`,
			`spec.app.services[0].healthCheck.port: Invalid value: 65536: spec.app.services[0].healthCheck.port in body should be less than or equal to 65535`,
			`spec.app.services[0].stickySeconds: Invalid value: 604801: spec.app.services[0].stickySeconds in body should be less than or equal to 604800`,
		},
	},
	"CallWords": {
		reason: "Words that mean nothing.", spec: service(`"image":"a","port":80,"protocol":"UDP","rollout":"Recreate"`),
		want: []string{
			`spec.app.services[0].protocol: Unsupported value: "UDP": supported values: "HTTP", "GRPC", "TCP"`,
			`spec.app.services[0].rollout: Unsupported value: "Recreate": supported values: "Rolling", "OneAtATime"`,
		},
	},
	"HostsNone":  {reason: "A service for no domain answers nobody.", spec: service(`"image":"a","paths":["/a"],"hosts":[]`), want: []string{`spec.app.services[0].hosts: Invalid value: 0: spec.app.services[0].hosts in body should have at least 1 items`}},
	"HostsMany":  {reason: "A rule of the load balancer has five values, one of which is the path.", spec: service(`"image":"a","paths":["/a"],"hosts":[` + repeated(5, `"a%d.example.com"`) + `]`), want: []string{`spec.app.services[0].hosts: Too many: 5: must have at most 4 items`}},
	"HostsTwice": {reason: "Once is enough.", spec: service(`"image":"a","paths":["/a"],"hosts":["a.example.com","a.example.com"]`), want: []string{`spec.app.services[0].hosts[1]: Duplicate value: "a.example.com"`}},
	"HostsForm":  {reason: "A host is a domain.", spec: service(`"image":"a","paths":["/a"],"hosts":["https://a"]`), want: []string{`spec.app.services[0].hosts[0]: Invalid value: "https://a": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`}},
	"HostsLong": {
		reason: "The load balancer compares 128 characters.", spec: service(`"image":"a","paths":["/a"],"hosts":["` + strings.Repeat("aaaaaaa.", 16) + `com"]`),
		want: []string{`spec.app.services[0].hosts[0]: Too long: may not be more than 128 bytes`},
	},
}
