package v1alpha1

// AppSpec is the application: services that the stack runs, or an existing load
// balancer.
//
// +kubebuilder:validation:XValidation:rule="!has(self.files) || self.files.all(f, f.services.all(n, has(self.services) && self.services.exists(s, s.name == n)))",fieldPath=".files",message="each name in services must be the name of a service in app.services, such as web"
// +kubebuilder:validation:XValidation:rule="!has(self.loadBalancer) || !has(self.services) || size(self.services) == 0",fieldPath=".loadBalancer",message="loadBalancer and services cannot be combined: remove one of them"
type AppSpec struct {
	// Containers and functions that the stack runs, each with a unique name. A service with the path /* receives all requests except those for other services and for assets.paths.
	// +kubebuilder:title=Services
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:XValidation:rule="self.all(s, has(s.hosts) || ((!has(s.paths) || s.paths.all(p, self.exists_one(o, !has(o.hosts) && has(o.paths) && p in o.paths) && !self.exists(o, !has(o.hosts) && has(o.cachedPaths) && p in o.cachedPaths))) && (!has(s.cachedPaths) || s.cachedPaths.all(p, self.exists_one(o, !has(o.hosts) && has(o.cachedPaths) && p in o.cachedPaths)))))",message="each path can appear only once in paths and cachedPaths across all services: remove the duplicates"
	// +kubebuilder:validation:XValidation:rule="self.exists(s, has(s.paths) && size(s.paths) > 0) || self.filter(s, !has(s.schedule) && (!has(s.runs) || s.runs == 'Web')).size() <= 1",message="more than one service could answer visitors' requests: set paths (for example, /*) for the service that answers them, set runs to Internal for services that only other services call, and set runs to Worker for all other services"
	// +listType=map
	// +listMapKey=name
	// +optional
	Services []Service `json:"services,omitempty"`

	// Directories that services share on an encrypted EFS file system. Files persist when a container stops. The file system is kept until the stack is deleted.
	// +kubebuilder:title=Shared files
	// +kubebuilder:validation:MaxItems=10
	// +listType=map
	// +listMapKey=name
	// +optional
	Files []SharedFiles `json:"files,omitempty"`

	// Existing private load balancer that serves some of the shop's paths. Cannot be combined with services.
	// +kubebuilder:title=Load balancer
	// +optional
	LoadBalancer *LoadBalancer `json:"loadBalancer,omitempty"`
}

// SharedFiles is a directory on the stack's file system.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.user) || (has(self.user) && self.user == oldSelf.user)",fieldPath=".user",message="user cannot be changed, because the current user owns the files: restore the previous value, or change name to create an empty directory"
type SharedFiles struct {
	// Name of the directory on the file system. Changing the name creates a new, empty directory. If you remove the directory from the claim, its files are kept. To make the files available again, add a directory with the same name.
	// +kubebuilder:title=Name
	// +kubebuilder:example=media
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Path at which the services mount the directory. Lambda functions require a directory directly below /mnt, such as /mnt/media.
	// +kubebuilder:title=Path
	// +kubebuilder:example="/var/www/html/media"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$`
	Path string `json:"path"`

	// Names of the services that mount the directory.
	// +kubebuilder:title=Services
	// +kubebuilder:example={"web","worker"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +listType=set
	Services []string `json:"services"`

	// Numeric ID of the user that owns all files, optionally with a group ID, such as 1000:1000. Defaults to the user that runs the services. Cannot be 0 (root). Cannot be changed after creation.
	// +kubebuilder:title=User
	// +kubebuilder:example="33"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^[1-9][0-9]{0,9}(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`
}

// CachedCookies controls which cookies are part of CloudFront's cache key.
//
// +kubebuilder:validation:Enum=All;None
type CachedCookies string

// CachedCookies values.
const (
	// CachedCookiesAll caches responses per cookie.
	CachedCookiesAll CachedCookies = "All"
	// CachedCookiesNone caches one response for all visitors.
	CachedCookiesNone CachedCookies = "None"
)

// ServiceRuntime is the runtime of a service.
//
// +kubebuilder:validation:Enum=Fargate;Lambda
type ServiceRuntime string

// ServiceRuntime values.
const (
	// ServiceRuntimeFargate runs containers in ECS on Fargate.
	ServiceRuntimeFargate ServiceRuntime = "Fargate"
	// ServiceRuntimeLambda runs Lambda functions.
	ServiceRuntimeLambda ServiceRuntime = "Lambda"
)

// Runs is the role of a service.
//
// +kubebuilder:validation:Enum=Web;Internal;Worker;BeforeRollout
type Runs string

// Runs values.
const (
	// RunsWeb answers visitors.
	RunsWeb Runs = "Web"
	// RunsInternal is called only by services in the same claim.
	RunsInternal Runs = "Internal"
	// RunsWorker runs without being called.
	RunsWorker Runs = "Worker"
	// RunsBeforeRollout runs to completion before services are rolled out.
	RunsBeforeRollout Runs = "BeforeRollout"
)

// ServiceProtocol is the protocol of a service.
//
// +kubebuilder:validation:Enum=HTTP;GRPC;TCP
type ServiceProtocol string

// ServiceProtocol values.
const (
	// ServiceProtocolHTTP is HTTP/1.1.
	ServiceProtocolHTTP ServiceProtocol = "HTTP"
	// ServiceProtocolGRPC is gRPC, over HTTP/2 without TLS.
	ServiceProtocolGRPC ServiceProtocol = "GRPC"
	// ServiceProtocolTCP is any other protocol over TCP.
	ServiceProtocolTCP ServiceProtocol = "TCP"
)

// Rollout is the deployment strategy of a service in ECS.
//
// +kubebuilder:validation:Enum=Rolling;OneAtATime
type Rollout string

// Rollout values.
const (
	// RolloutRolling starts new containers before the old ones stop.
	RolloutRolling Rollout = "Rolling"
	// RolloutOneAtATime stops the old container before the new one starts.
	RolloutOneAtATime Rollout = "OneAtATime"
)

// Architecture is the CPU architecture of an image, in ECS's spelling.
//
// +kubebuilder:validation:Enum=X86_64;ARM64
type Architecture string

// Architecture values.
const (
	ArchitectureX86 Architecture = "X86_64"
	ArchitectureARM Architecture = "ARM64"
)

// RootFilesystem controls whether a container can write to its root file system.
//
// +kubebuilder:validation:Enum=ReadOnly;Writable
type RootFilesystem string

// RootFilesystem values.
const (
	RootFilesystemReadOnly RootFilesystem = "ReadOnly"
	RootFilesystemWritable RootFilesystem = "Writable"
)

// DatabaseCredentials controls whether a service gets the credentials of the
// database's administrator.
//
// +kubebuilder:validation:Enum=Injected;None
type DatabaseCredentials string

// DatabaseCredentials values.
const (
	// DatabaseCredentialsInjected injects them as environment variables.
	DatabaseCredentialsInjected DatabaseCredentials = "Injected"
	// DatabaseCredentialsNone does not inject them.
	DatabaseCredentialsNone DatabaseCredentials = "None"
)

// CacheCredentials controls whether a service gets the cache's password.
//
// +kubebuilder:validation:Enum=Injected;None
type CacheCredentials string

// CacheCredentials values.
const (
	// CacheCredentialsInjected injects it as an environment variable.
	CacheCredentialsInjected CacheCredentials = "Injected"
	// CacheCredentialsNone does not inject it.
	CacheCredentialsNone CacheCredentials = "None"
)

// InitProcess controls whether ECS runs an init process in a container.
//
// +kubebuilder:validation:Enum=Enabled;Disabled
type InitProcess string

// InitProcess values.
const (
	InitProcessEnabled  InitProcess = "Enabled"
	InitProcessDisabled InitProcess = "Disabled"
)

// DeployedBy states whether the claim or a pipeline deploys a service.
//
// +kubebuilder:validation:Enum=Claim;Pipeline
type DeployedBy string

// DeployedBy values.
const (
	// DeployedByClaim rolls out the code in the claim.
	DeployedByClaim DeployedBy = "Claim"
	// DeployedByPipeline leaves deployments to a pipeline.
	DeployedByPipeline DeployedBy = "Pipeline"
)

// Service is a container or function of the application.
//
// +kubebuilder:validation:XValidation:rule="!has(self.schedule) || !(has(self.runs) || has(self.port) || (has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || has(self.healthCheck) || has(self.replicas))",fieldPath=".schedule",message="schedule cannot be combined with runs, port, paths, cachedPaths, healthCheck or replicas: remove these fields, or remove schedule"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Worker' || !has(self.port)",fieldPath=".port",message="a worker cannot have a port: remove port, or set runs to Internal if other services call this service"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Internal' || (has(self.port) && !((has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || (has(self.healthCheck) && !has(self.healthCheck.command))))",fieldPath=".runs",message="an internal service requires a port and cannot have paths, cachedPaths, or a healthCheck without a command: set port (for example, to 8080), and remove the unsupported fields"
// +kubebuilder:validation:XValidation:rule="!has(self.protocol) || self.protocol == 'HTTP' || (has(self.port) && !(has(self.runs) && self.runs == 'Web') && !(has(self.paths) && size(self.paths) > 0))",fieldPath=".protocol",message="protocols GRPC and TCP require an internal service with a port and no paths: set runs to Internal, set port, and remove paths; otherwise, set protocol to HTTP"
// +kubebuilder:validation:XValidation:rule="!has(self.callPort) || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Worker', 'BeforeRollout']))",fieldPath=".callPort",message="callPort is not supported for workers, jobs or scheduled services: remove callPort, or set runs to Internal"
// +kubebuilder:validation:XValidation:rule="!has(self.stickySeconds) || !has(self.schedule) && (!has(self.runs) || self.runs == 'Web')",fieldPath=".stickySeconds",message="stickySeconds is supported only for services that answer visitors' requests: set runs to Web, or remove stickySeconds"
// +kubebuilder:validation:XValidation:rule="!has(self.hosts) || (has(self.paths) && size(self.paths) > 0 && !(has(self.runtime) && self.runtime == 'Lambda'))",fieldPath=".hosts",message="hosts requires a Fargate service with paths: set runtime to Fargate and add a path (for example, /*), or remove hosts"
// +kubebuilder:validation:XValidation:rule="!has(self.rollout) || self.rollout != 'OneAtATime' || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Web', 'BeforeRollout']) && !(has(self.paths) && size(self.paths) > 0) && has(self.replicas) && has(self.replicas.max) && self.replicas.max == 1)",fieldPath=".rollout",message="rollout OneAtATime requires runs Worker or Internal, replicas.max 1, and no paths or schedule: set these fields, or set rollout to Rolling"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Worker' || !((has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || (has(self.healthCheck) && !has(self.healthCheck.command)))",fieldPath=".runs",message="a worker cannot have paths, cachedPaths, or a healthCheck without a command: remove these fields, or remove the runs field"
// +kubebuilder:validation:XValidation:rule="!has(self.shell) || !self.shell || (has(self.rootFilesystem) && self.rootFilesystem == 'Writable')",fieldPath=".shell",message="shell requires rootFilesystem Writable, because ECS Exec writes to the root file system: set rootFilesystem to Writable, or remove shell"
// +kubebuilder:validation:XValidation:rule="!has(self.secrets) || !has(self.environment) || self.secrets.all(k, !(k in self.environment))",fieldPath=".secrets",message="a variable cannot be set in both environment and secrets: remove it from one of these fields"
// +kubebuilder:validation:XValidation:rule="!has(self.writablePaths) || size(self.writablePaths) == 0 || !has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly'",fieldPath=".writablePaths",message="writablePaths cannot be combined with rootFilesystem Writable: remove writablePaths, or set rootFilesystem to ReadOnly"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'BeforeRollout' || !(has(self.port) || (has(self.paths) && size(self.paths) > 0) || has(self.healthCheck) || has(self.replicas) || (has(self.shell) && self.shell) || (has(self.deployedBy) && self.deployedBy == 'Pipeline'))",fieldPath=".runs",message="runs BeforeRollout cannot be combined with port, paths, healthCheck, replicas, shell or deployedBy Pipeline: remove these fields, or remove the runs field"
// +kubebuilder:validation:XValidation:rule="has(self.image) != has(self.package)",fieldPath=".image",message="set either image or package"
// +kubebuilder:validation:XValidation:rule="!has(self.package) || (has(self.runtime) && self.runtime == 'Lambda')",fieldPath=".package",message="package requires runtime Lambda: set runtime to Lambda, or use image instead"
// +kubebuilder:validation:XValidation:rule="!has(self.package) || !(has(self.command) || has(self.entryPoint))",fieldPath=".package",message="command and entryPoint cannot be combined with package: remove these fields"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !(has(self.secrets) && size(self.secrets) > 0)",fieldPath=".secrets",message="the field secrets is not supported for functions: remove it, and read each secret in your code by its ARN (for example, the ARN in DATABASE_SECRET_ARN)"
// +kubebuilder:validation:XValidation:rule="!has(self.sidecars) || size(self.sidecars) == 0 || !has(self.runs) || self.runs != 'BeforeRollout'",fieldPath=".sidecars",message="sidecars cannot be combined with runs BeforeRollout: remove sidecars, or remove the runs field"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !((has(self.sidecars) && size(self.sidecars) > 0) || (has(self.sharedPaths) && size(self.sharedPaths) > 0))",fieldPath=".runtime",message="sidecars and sharedPaths are not supported for functions: remove these fields, or set runtime to Fargate"
// +kubebuilder:validation:XValidation:rule="!has(self.sidecars) || !has(self.name) || !self.sidecars.exists(c, c.name == self.name)",fieldPath=".sidecars",message="a sidecar cannot have the same name as the service: rename the sidecar"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !(has(self.port) || has(self.protocol) || has(self.callPort) || has(self.stickySeconds) || has(self.rollout) || has(self.healthCheck) || has(self.registryCredentialsArn) || (has(self.writablePaths) && size(self.writablePaths) > 0) || (has(self.shell) && self.shell))",fieldPath=".runtime",message="port, protocol, callPort, stickySeconds, rollout, healthCheck, registryCredentialsArn, writablePaths and shell are not supported for functions: remove these fields, or set runtime to Fargate"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || ((!has(self.cpu) || self.cpu == 512) && (!has(self.user) || self.user == '1000') && (!has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly') && (!has(self.stopTimeoutSeconds) || self.stopTimeoutSeconds == 30) && (!has(self.writableMiB) || self.writableMiB == 64) && (!has(self.initProcess) || self.initProcess == 'Enabled'))",fieldPath=".runtime",message="cpu, user, rootFilesystem, writableMiB, initProcess and stopTimeoutSeconds are not supported for functions: remove these fields, or set runtime to Fargate; to give a function more CPU, raise memory"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.runs) || self.runs == 'Web'",fieldPath=".runs",message="the field runs is not supported for functions: remove it, and set paths or schedule"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.memory) || self.memory <= 10240",fieldPath=".memory",message="a function's memory must be from 128 to 10240 MiB"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.replicas) || !has(self.replicas.min)",fieldPath=".replicas",message="replicas.min is not supported for functions, because Lambda scales with the number of requests: remove replicas.min"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.environment) || self.environment.all(k, k.matches('^[A-Za-z][A-Za-z0-9_]+$'))",fieldPath=".environment",message="a function's variable names must begin with a letter, contain only letters, digits and underscores, and have at least two characters; for example, LOG_LEVEL"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.environment) || !self.environment.exists(k, k in ['AWS_ACCESS_KEY', 'AWS_DEFAULT_REGION', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT'])",fieldPath=".environment",message="AWS_ACCESS_KEY, AWS_DEFAULT_REGION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, AWS_LAMBDA_RUNTIME_API, AWS_REGION, LAMBDA_RUNTIME_DIR and LAMBDA_TASK_ROOT are set by Lambda: remove them"
// +kubebuilder:validation:XValidation:rule="(has(self.runtime) && self.runtime == 'Lambda') || !has(self.vpc)",fieldPath=".runtime",message="vpc is supported only for functions: remove vpc, or set runtime to Lambda"
// +kubebuilder:validation:XValidation:rule="(has(self.runtime) && self.runtime == 'Lambda') || !has(self.timeoutSeconds) || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Worker', 'BeforeRollout']))",fieldPath=".timeoutSeconds",message="timeoutSeconds is not supported for workers, jobs or scheduled containers, which have no time limit: remove timeoutSeconds"
// +kubebuilder:validation:XValidation:rule="!has(self.timeoutSeconds) || self.timeoutSeconds <= 120 || has(self.schedule)",fieldPath=".timeoutSeconds",message="timeoutSeconds must not exceed 120, because CloudFront waits at most 120 seconds for a response"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.vpc) || !oldSelf.vpc || (has(self.vpc) && self.vpc) || !has(self.runtime) || self.runtime != 'Lambda'",fieldPath=".vpc",message="vpc cannot be disabled for an existing function: set vpc to true, or add a function with another name"
// +kubebuilder:validation:XValidation:rule="!has(self.cachedPathsCookies) || self.cachedPathsCookies == 'All' || (has(self.cachedPaths) && size(self.cachedPaths) > 0)",fieldPath=".cachedPathsCookies",message="cachedPathsCookies requires cachedPaths: add a path to cachedPaths (for example, /media/*), or remove cachedPathsCookies"
type Service struct {
	// Name of the service. Unique within the stack.
	// +kubebuilder:title=Name
	// +kubebuilder:default=web
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	// +optional
	Name string `json:"name,omitempty"`

	// Compute platform: Fargate runs containers; Lambda runs functions. Defaults to Fargate.
	// +kubebuilder:title=Runtime
	// +kubebuilder:default=Fargate
	// +optional
	Runtime ServiceRuntime `json:"runtime,omitempty"`

	// Container image with a tag or, preferably, a digest. A change starts a rollout. Lambda requires an image in ECR in the stack's region.
	// +kubebuilder:title=Image
	// +kubebuilder:example="123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`
	// +optional
	Image string `json:"image,omitempty"`

	// Zip archive in S3 that contains the code of a Lambda function. Cannot be combined with image.
	// +kubebuilder:title=Package
	// +optional
	Package *Package `json:"package,omitempty"`

	// ARN of the Secrets Manager secret with the user name and password for a private registry other than ECR.
	// +kubebuilder:title=Registry credentials
	// +kubebuilder:example="arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$`
	// +optional
	RegistryCredentialsARN string `json:"registryCredentialsArn,omitempty"`

	// Role of the service. Web is for services that answer requests from visitors. Internal is for services that other services in this claim call at http://<name>:<port>. Worker is for services that receive no requests, such as queue consumers. BeforeRollout is for jobs, such as database migrations, that must succeed before services are rolled out. A job runs once per change and must be safe to repeat. Defaults to Web for a service with paths or if there is only one service; otherwise to Internal for a service with a port; otherwise to Worker.
	// +kubebuilder:title=Runs
	// +optional
	Runs *Runs `json:"runs,omitempty"`

	// EventBridge rate or cron expression in UTC, such as rate(1 hour) or cron(0 3 * * ? *). Each run starts a new task or invocation. Without a schedule, containers run continuously.
	// +kubebuilder:title=Schedule
	// +kubebuilder:example="cron(0 3 * * ? *)"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^(rate\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\)|cron\([0-9*,/-]+ [0-9*,/-]+ [0-9*?,/LW-]+ [0-9A-Z*,/-]+ [0-9A-Z*?,/#-]+ [0-9*,/-]+\))$`
	// +kubebuilder:validation:XValidation:rule="!self.startsWith('cron(') || self.split(' ').size() != 6 || (self.split(' ')[2] == '?') != (self.split(' ')[4] == '?')",message="a cron expression must set either the day of the month or the day of the week, and use ? in the other field; for example, cron(0 3 * * ? *)"
	// +optional
	Schedule string `json:"schedule,omitempty"`

	// TCP port that the container listens on. Defaults to 8080 for services that answer visitors.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8080
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Protocol of the port. GRPC and TCP are available only to internal services. Defaults to HTTP.
	// +kubebuilder:title=Protocol
	// +optional
	Protocol *ServiceProtocol `json:"protocol,omitempty"`

	// Port on which other services in this claim call the service, such as 80 for http://<name>. Defaults to the value of port.
	// +kubebuilder:title=Call port
	// +kubebuilder:example=80
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	CallPort *int32 `json:"callPort,omitempty"`

	// Domains that the service serves: cdn.domain or any of cdn.additionalDomains. Defaults to all domains. If hosts is set, a path must be unique only within its domain. Services without hosts receive all requests that no service with hosts receives.
	// +kubebuilder:title=Hosts
	// +kubebuilder:example={"admin.example.com"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=4
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	Hosts []string `json:"hosts,omitempty"`

	// Seconds during which a visitor's requests go to the same container. Uses a load balancer cookie. Intended for applications that keep sessions in memory. By default, each request goes to the container with the fewest open requests.
	// +kubebuilder:title=Sticky sessions (seconds)
	// +kubebuilder:example=3600
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=604800
	// +optional
	StickySeconds *int32 `json:"stickySeconds,omitempty"`

	// Rollout strategy. Rolling starts new containers before the old ones stop. OneAtATime stops the old container before the new one starts, for services that must never run twice at the same time, such as schedulers. OneAtATime requires replicas.max to be 1. Defaults to Rolling.
	// +kubebuilder:title=Rollout
	// +optional
	Rollout *Rollout `json:"rollout,omitempty"`

	// Paths that the service serves: exact paths, or prefixes that end with *. Defaults to /* for the only service that answers visitors.
	// +kubebuilder:title=Paths
	// +kubebuilder:example={"/*"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&-]*\*?$`
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`

	// Paths whose responses CloudFront caches according to their Cache-Control header. Responses are cached per query string and, unless cachedPathsCookies is None, per cookie. The service's responses on other paths are never cached.
	// +kubebuilder:title=Cached paths
	// +kubebuilder:example={"/catalog/*"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&-]*\*?$`
	// +kubebuilder:validation:XValidation:rule="!('/*' in self)",message="cachedPaths cannot contain /*, because CloudFront would serve one visitor's responses to others: list paths whose responses are the same for all visitors, such as /media/*"
	// +listType=set
	// +optional
	CachedPaths []string `json:"cachedPaths,omitempty"`

	// Handling of cookies in requests for cachedPaths. All forwards cookies and caches responses per cookie; analytics cookies then make cache hits rare. None removes cookies and caches one response for all visitors; use it for images and style sheets. Defaults to All.
	// +kubebuilder:title=Cookies on cached paths
	// +kubebuilder:default=All
	// +optional
	CachedPathsCookies CachedCookies `json:"cachedPathsCookies,omitempty"`

	// CPU units of a task: 256, 512, 1024, 2048, 4096, 8192 or 16384. 1024 units equal one vCPU. Defaults to 512.
	// +kubebuilder:title=CPU units
	// +kubebuilder:default=512
	// +kubebuilder:validation:Enum=256;512;1024;2048;4096;8192;16384
	// +optional
	CPU int32 `json:"cpu,omitempty"`

	// Memory in MiB. Fargate requires 2 to 8 times the CPU units, in fixed steps. Lambda accepts 128 to 10240. Defaults to twice the CPU units on Fargate and to 1024 on Lambda.
	// +kubebuilder:title=Memory (MiB)
	// +kubebuilder:example=1024
	// +kubebuilder:validation:Minimum=128
	// +kubebuilder:validation:Maximum=122880
	// +optional
	Memory *int32 `json:"memory,omitempty"`

	// Number of containers. For a function, max sets its reserved concurrency.
	// +kubebuilder:title=Replicas
	// +optional
	Replicas *Replicas `json:"replicas,omitempty"`

	// CPU architecture of the image. Defaults to X86_64.
	// +kubebuilder:title=Architecture
	// +kubebuilder:default=X86_64
	// +optional
	Architecture Architecture `json:"architecture,omitempty"`

	// Command that replaces the image's default command.
	// +kubebuilder:title=Command
	// +kubebuilder:example={"node","worker.js"}
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// Entry point that replaces the image's default entry point.
	// +kubebuilder:title=Entry point
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	EntryPoint []string `json:"entryPoint,omitempty"`

	// Environment variables. Do not put secrets in these variables: users who can read the claim can read the values. The stack adds variables such as DATABASE_HOST. Values can refer to these variables, as in $(DATABASE_HOST). For the literal text $(DATABASE_HOST), write $$(DATABASE_HOST).
	// +kubebuilder:title=Environment
	// +kubebuilder:example={"DB_HOST":"$(DATABASE_HOST)"}
	// +kubebuilder:validation:MaxProperties=100
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Environment map[string]EnvironmentValue `json:"environment,omitempty"`

	// Environment variables whose values come from secrets. Each entry refers to a key in the app secret (status.secrets.appSecretArn), database/username, database/password, cache/password, or the ARN of a secret or SSM parameter in the stack's account and region. ECS reads the values when a container starts.
	// +kubebuilder:title=Secrets
	// +kubebuilder:example={"DB_PASSWORD":"database/password"}
	// +kubebuilder:validation:MaxProperties=50
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Secrets map[string]SecretSource `json:"secrets,omitempty"`

	// Handling of the database administrator's credentials: Injected (as DATABASE_USERNAME and DATABASE_PASSWORD) or None. Use None for services, such as a storefront, that do not access the database. Ignored for functions. Defaults to Injected.
	// +kubebuilder:title=Database credentials
	// +kubebuilder:default=Injected
	// +optional
	DatabaseCredentials DatabaseCredentials `json:"databaseCredentials,omitempty"`

	// Handling of the cache's password, if the cache has one: Injected (as CACHE_PASSWORD) or None. Use None for services that do not use the cache. Ignored for functions. Defaults to Injected.
	// +kubebuilder:title=Cache credentials
	// +kubebuilder:default=Injected
	// +optional
	CacheCredentials CacheCredentials `json:"cacheCredentials,omitempty"`

	// Health check by the load balancer. If command is set, ECS also checks the container.
	// +kubebuilder:title=Health check
	// +optional
	HealthCheck *HealthCheck `json:"healthCheck,omitempty"`

	// Numeric ID of the user that runs the container, optionally with a group ID, such as 1000:1000. Defaults to 1000. User 0 (root) does not meet control APP-14.
	// +kubebuilder:title=User
	// +kubebuilder:default="1000"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`

	// Access to the container's root file system: ReadOnly or Writable. Changes are lost when the container stops. Defaults to ReadOnly.
	// +kubebuilder:title=Root file system
	// +kubebuilder:default=ReadOnly
	// +optional
	RootFilesystem RootFilesystem `json:"rootFilesystem,omitempty"`

	// Writable paths in a read-only root file system. Each path is an in-memory volume, which is initially empty and belongs to the container's user. Contents are lost when the container stops. Defaults to /tmp.
	// +kubebuilder:title=Writable paths
	// +kubebuilder:example={"/tmp","/var/run"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	WritablePaths []string `json:"writablePaths,omitempty"`

	// Size of each writable path, in MiB. The space in use counts toward the service's memory. Defaults to 64.
	// +kubebuilder:title=Size of writable paths (MiB)
	// +kubebuilder:default=64
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=30720
	// +optional
	WritableMiB int32 `json:"writableMiB,omitempty"`

	// Init process that forwards signals and reaps processes: Enabled or Disabled. Use Disabled for images whose own init must be process 1, such as images with s6-overlay. Defaults to Enabled.
	// +kubebuilder:title=Init process
	// +kubebuilder:default=Enabled
	// +optional
	InitProcess InitProcess `json:"initProcess,omitempty"`

	// Additional containers in each task, such as a web server in front of PHP. The containers in a task share CPU, memory and network, and can call each other at localhost. A sidecar whose port equals the service's port receives the service's requests.
	// +kubebuilder:title=Sidecars
	// +kubebuilder:validation:MaxItems=3
	// +listType=map
	// +listMapKey=name
	// +optional
	Sidecars []Sidecar `json:"sidecars,omitempty"`

	// Paths that the service's container and its sidecars share. Contents are lost when the task stops. A path that the image declares as a VOLUME initially contains the image's files and keeps their owner; other paths are initially empty and belong to root.
	// +kubebuilder:title=Shared paths
	// +kubebuilder:example={"/srv/shop/public"}
	// +kubebuilder:validation:MaxItems=5
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	SharedPaths []string `json:"sharedPaths,omitempty"`

	// Enables ECS Exec, which opens a shell in a running container. Requires rootFilesystem Writable.
	// +kubebuilder:title=Shell
	// +optional
	Shell bool `json:"shell,omitempty"`

	// Seconds between the stop signal and the forced stop of a container. Defaults to 30.
	// +kubebuilder:title=Stop timeout (seconds)
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=120
	// +optional
	StopTimeoutSeconds int32 `json:"stopTimeoutSeconds,omitempty"`

	// Maximum duration of a response in seconds. Defaults to 300 for a scheduled function, otherwise to 30. At most 900 for a scheduled function and 120 for services that answer visitors. For Fargate services that answer visitors, the longest timeout applies to all of them. Lambda stops a function at its timeout.
	// +kubebuilder:title=Timeout (seconds)
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=900
	// +optional
	TimeoutSeconds *int32 `json:"timeoutSeconds,omitempty"`

	// Runs a function in the stack's private subnets. Required for database access. The function can then reach AWS and the internet only as network.natGateways, network.interfaceEndpoints and network.egress allow. Cannot be disabled later.
	// +kubebuilder:title=Run in the VPC
	// +optional
	VPC bool `json:"vpc,omitempty"`

	// Source of deployments. With Claim, changes to this claim are deployed. With Pipeline, this claim deploys the service only once; after that, the task definitions, images and code that your pipeline deploys are kept. Defaults to Claim.
	// +kubebuilder:title=Deployed by
	// +kubebuilder:default=Claim
	// +optional
	DeployedBy DeployedBy `json:"deployedBy,omitempty"`
}

// Sidecar is an additional container in each task of a service.
//
// +kubebuilder:validation:XValidation:rule="!has(self.secrets) || !has(self.environment) || self.secrets.all(k, !(k in self.environment))",fieldPath=".secrets",message="a variable cannot be set in both environment and secrets: remove it from one of these fields"
// +kubebuilder:validation:XValidation:rule="!has(self.writablePaths) || size(self.writablePaths) == 0 || !has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly'",fieldPath=".writablePaths",message="writablePaths cannot be combined with rootFilesystem Writable: remove writablePaths, or set rootFilesystem to ReadOnly"
type Sidecar struct {
	// Name of the container. Unique within the service.
	// +kubebuilder:title=Name
	// +kubebuilder:example=nginx
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Container image with a tag or, preferably, a digest.
	// +kubebuilder:title=Image
	// +kubebuilder:example="public.ecr.aws/nginx/nginx:1.29"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`
	Image string `json:"image"`

	// ARN of the Secrets Manager secret with the user name and password for a private registry other than ECR.
	// +kubebuilder:title=Registry credentials
	// +kubebuilder:example="arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$`
	// +optional
	RegistryCredentialsARN string `json:"registryCredentialsArn,omitempty"`

	// TCP port that the container listens on. If it equals the service's port, this container receives the service's requests.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8080
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Command that replaces the image's default command.
	// +kubebuilder:title=Command
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// Entry point that replaces the image's default entry point.
	// +kubebuilder:title=Entry point
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	EntryPoint []string `json:"entryPoint,omitempty"`

	// Environment variables. Do not put secrets in these variables. The stack adds no variables to a sidecar, but values can refer to the service's variables, as in $(DATABASE_HOST).
	// +kubebuilder:title=Environment
	// +kubebuilder:validation:MaxProperties=30
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Environment map[string]EnvironmentValue `json:"environment,omitempty"`

	// Environment variables whose values come from secrets, in the same format as the service's secrets field. The stack adds no credentials to a sidecar. For the database administrator's password, use database/password.
	// +kubebuilder:title=Secrets
	// +kubebuilder:validation:MaxProperties=20
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Secrets map[string]SecretSource `json:"secrets,omitempty"`

	// Numeric ID of the user that runs the container, optionally with a group ID, such as 1000:1000. Defaults to 1000. User 0 (root) does not meet control APP-14.
	// +kubebuilder:title=User
	// +kubebuilder:default="1000"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`

	// Access to the container's root file system: ReadOnly or Writable. Changes are lost when the container stops. Defaults to ReadOnly.
	// +kubebuilder:title=Root file system
	// +kubebuilder:default=ReadOnly
	// +optional
	RootFilesystem RootFilesystem `json:"rootFilesystem,omitempty"`

	// Writable paths in a read-only root file system, as in the service's writablePaths field. Defaults to /tmp.
	// +kubebuilder:title=Writable paths
	// +kubebuilder:example={"/tmp","/var/cache/nginx"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	WritablePaths []string `json:"writablePaths,omitempty"`

	// Size of each writable path, in MiB. The space in use counts toward the service's memory. Defaults to 64.
	// +kubebuilder:title=Size of writable paths (MiB)
	// +kubebuilder:default=64
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=30720
	// +optional
	WritableMiB int32 `json:"writableMiB,omitempty"`

	// Init process that forwards signals and reaps processes: Enabled or Disabled. Use Disabled for images whose own init must be process 1. Defaults to Enabled.
	// +kubebuilder:title=Init process
	// +kubebuilder:default=Enabled
	// +optional
	InitProcess InitProcess `json:"initProcess,omitempty"`

	// Stops the task when this container stops. If false, the task continues without the container. Defaults to true.
	// +kubebuilder:title=Essential
	// +kubebuilder:default=true
	// +optional
	Essential *bool `json:"essential,omitempty"`
}

// Package is a function's code as a zip archive.
type Package struct {
	// Name of the S3 bucket, which must be in the stack's region.
	// +kubebuilder:title=Bucket
	// +kubebuilder:example=shop-releases
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`
	Bucket string `json:"bucket"`

	// S3 key of the archive. A new key or version starts a rollout.
	// +kubebuilder:title=Key
	// +kubebuilder:example="cleanup/1.4.2.zip"
	// +kubebuilder:validation:MaxLength=1024
	// +kubebuilder:validation:Pattern=`^[^\s/].*$`
	Key string `json:"key"`

	// Version ID of the archive, for buckets with versioning.
	// +kubebuilder:title=Version
	// +kubebuilder:example="3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"
	// +kubebuilder:validation:MaxLength=1024
	// +kubebuilder:validation:Pattern=`^[!-~]+$`
	// +optional
	Version string `json:"version,omitempty"`

	// Handler function in the code, such as index.handler.
	// +kubebuilder:title=Handler
	// +kubebuilder:example=index.handler
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^[^\s]+$`
	Handler string `json:"handler"`

	// Lambda runtime that runs the code.
	// +kubebuilder:title=Runtime
	// +kubebuilder:validation:Enum=nodejs24.x;nodejs22.x;python3.14;python3.13;python3.12;java25;java21;java17;dotnet10;dotnet8;ruby3.4;ruby3.3;provided.al2023
	Runtime string `json:"runtime"`
}

// EnvironmentValue is the value of an environment variable.
//
// +kubebuilder:validation:MaxLength=2048
type EnvironmentValue string

// SecretSource is the source of a secret variable: a key in the app secret, a part of
// the database's secret, the cache's password, or an ARN.
//
// +kubebuilder:validation:MaxLength=512
// +kubebuilder:validation:Pattern=`^([A-Za-z0-9_.-]+|database/(username|password)|cache/password|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9_.-]*:[A-Za-z_]*:[A-Za-z0-9-]*)?|arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_.\/-]+)$`
type SecretSource string

// Replicas limits the number of containers of a service.
//
// +kubebuilder:validation:XValidation:rule="!has(self.min) || !has(self.max) || self.max >= self.min",fieldPath=".max",message="max must not be less than min: raise max, or lower min"
type Replicas struct {
	// Minimum number of containers. Defaults to 2 in production, otherwise to 1.
	// +kubebuilder:title=Minimum
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	// +optional
	Min *int32 `json:"min,omitempty"`

	// Maximum number of containers. ECS starts more containers when CPU or memory usage is high. Defaults to twice min.
	// +kubebuilder:title=Maximum
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=400
	// +optional
	Max *int32 `json:"max,omitempty"`
}

// HealthCheck is the health check of a container.
//
// +kubebuilder:validation:XValidation:rule="!has(self.timeoutSeconds) || !has(self.intervalSeconds) || self.timeoutSeconds < self.intervalSeconds",fieldPath=".timeoutSeconds",message="timeoutSeconds must be less than intervalSeconds"
type HealthCheck struct {
	// Command that ECS runs in the service's container. Exit code 0 means healthy. ECS replaces unhealthy containers. intervalSeconds, timeoutSeconds (at most 60) and gracePeriodSeconds (at most 300) also apply to the command. Workers use only this health check; services that answer visitors also use the load balancer's health check.
	// +kubebuilder:title=Command
	// +kubebuilder:example={"php-fpm-healthcheck"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// HTTP path of the health check. Defaults to /.
	// +kubebuilder:title=Path
	// +kubebuilder:default=/
	// +kubebuilder:validation:MaxLength=1024
	// +kubebuilder:validation:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&?=%-]*$`
	// +optional
	Path string `json:"path,omitempty"`

	// Port of the health check. Defaults to the service's port.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8081
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// HTTP status codes that count as healthy: a single code, a list or a range, from 200 to 499. Defaults to 200-399.
	// +kubebuilder:title=Healthy codes
	// +kubebuilder:default="200-399"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$`
	// +optional
	Codes string `json:"codes,omitempty"`

	// Seconds between health checks. Defaults to 15.
	// +kubebuilder:title=Interval (seconds)
	// +kubebuilder:default=15
	// +kubebuilder:validation:Minimum=5
	// +kubebuilder:validation:Maximum=300
	// +optional
	IntervalSeconds int32 `json:"intervalSeconds,omitempty"`

	// Seconds to wait for a response. Must be less than intervalSeconds. Defaults to 5.
	// +kubebuilder:title=Timeout (seconds)
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=120
	// +optional
	TimeoutSeconds int32 `json:"timeoutSeconds,omitempty"`

	// Seconds after a container starts during which failed health checks are ignored. Defaults to 60.
	// +kubebuilder:title=Grace period (seconds)
	// +kubebuilder:default=60
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=3600
	// +optional
	GracePeriodSeconds int32 `json:"gracePeriodSeconds,omitempty"`
}

// LoadBalancer is an existing load balancer of the application. It needs no public
// address, because CloudFront connects to it inside the VPC.
type LoadBalancer struct {
	// ARN of an Application or Network Load Balancer in the stack's account and region. The load balancer's security group must allow HTTPS from CloudFront-VPCOrigins-Service-SG.
	// +kubebuilder:title=ARN
	// +kubebuilder:example="arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`
	ARN string `json:"arn"`

	// Domain name in the load balancer's certificate. CloudFront uses this name to verify the certificate. The name does not need to resolve publicly.
	// +kubebuilder:title=Domain name
	// +kubebuilder:example="app.example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:validation:XValidation:rule="!self.endsWith('.amazonaws.com')",message="must be a domain name covered by the load balancer's certificate, such as app.example.com, and not the load balancer's own DNS name"
	DomainName string `json:"domainName"`

	// Path patterns that CloudFront sends to the load balancer. All other paths are served from the assets bucket. Defaults to /api/*.
	// +kubebuilder:title=Paths
	// +kubebuilder:default={"/api/*"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`
}
