package v1alpha1

// AppSpec is what answers the shop's visitors beside files: services that the
// stack runs, or a load balancer that exists.
//
// +kubebuilder:validation:XValidation:rule="!has(self.files) || self.files.all(f, f.services.all(n, has(self.services) && self.services.exists(s, s.name == n)))",fieldPath=".files",message="files are for services of this claim: name some of app.services, such as web"
// +kubebuilder:validation:XValidation:rule="!has(self.loadBalancer) || !has(self.services) || size(self.services) == 0",fieldPath=".loadBalancer",message="the services of a stack have a load balancer of their own: remove loadBalancer or services"
type AppSpec struct {
	// Containers and functions that the stack runs, each by a name of its own. A service with the path /* answers everything that is no file.
	// +kubebuilder:title=Services
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:XValidation:rule="self.all(s, has(s.hosts) || ((!has(s.paths) || s.paths.all(p, self.exists_one(o, !has(o.hosts) && has(o.paths) && p in o.paths) && !self.exists(o, !has(o.hosts) && has(o.cachedPaths) && p in o.cachedPaths))) && (!has(s.cachedPaths) || s.cachedPaths.all(p, self.exists_one(o, !has(o.hosts) && has(o.cachedPaths) && p in o.cachedPaths)))))",message="a path can be answered by one service only, cached or not: remove it from the others"
	// +kubebuilder:validation:XValidation:rule="self.exists(s, has(s.paths) && size(s.paths) > 0) || self.filter(s, !has(s.schedule) && (!has(s.runs) || s.runs == 'Web')).size() <= 1",message="say which service answers visitors: give one of them paths, such as /*, and the others runs: Internal if services of this claim call them, or runs: Worker if nothing does"
	// +listType=map
	// +listMapKey=name
	// +optional
	Services []Service `json:"services,omitempty"`

	// Directories that services share, on an encrypted file system (EFS) of the stack. What is written there stays when a container ends. The file system stays once it is made, with all that is in it.
	// +kubebuilder:title=Shared files
	// +kubebuilder:validation:MaxItems=10
	// +listType=map
	// +listMapKey=name
	// +optional
	Files []SharedFiles `json:"files,omitempty"`

	// A private load balancer that exists, which answers some paths of the shop.
	// +kubebuilder:title=Load balancer
	// +optional
	LoadBalancer *LoadBalancer `json:"loadBalancer,omitempty"`
}

// SharedFiles is a directory of the stack's file system.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.user) || (has(self.user) && self.user == oldSelf.user)",fieldPath=".user",message="user is immutable, because the files belong to it: give the directory another name, or undo the change"
type SharedFiles struct {
	// Name of the directory on the file system. Another name is another, empty directory. One that is removed keeps its files: they are there again once the name is.
	// +kubebuilder:title=Name
	// +kubebuilder:example=media
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Path under which the services find it. For services with runtime Lambda it is one name below /mnt, such as /mnt/media.
	// +kubebuilder:title=Path
	// +kubebuilder:example="/var/www/html/media"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$`
	Path string `json:"path"`

	// Names of the services that share it.
	// +kubebuilder:title=Services
	// +kubebuilder:example={"web","worker"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +listType=set
	Services []string `json:"services"`

	// Numeric user, and group if it has another number, that all files belong to, whoever writes them. Default: the user that the services run as. Cannot be root. Immutable.
	// +kubebuilder:title=User
	// +kubebuilder:example="33"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^[1-9][0-9]{0,9}(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`
}

// CachedCookies is what cookies are to answers that CloudFront keeps.
//
// +kubebuilder:validation:Enum=All;None
type CachedCookies string

// CachedCookies values.
const (
	// CachedCookiesAll keeps answers for each cookie apart.
	CachedCookiesAll CachedCookies = "All"
	// CachedCookiesNone keeps one answer for all visitors.
	CachedCookiesNone CachedCookies = "None"
)

// ServiceRuntime is what runs a service.
//
// +kubebuilder:validation:Enum=Fargate;Lambda
type ServiceRuntime string

// ServiceRuntime values.
const (
	// ServiceRuntimeFargate is containers of ECS on AWS's own machines.
	ServiceRuntimeFargate ServiceRuntime = "Fargate"
	// ServiceRuntimeLambda is functions of Lambda.
	ServiceRuntimeLambda ServiceRuntime = "Lambda"
)

// Runs is what a service does.
//
// +kubebuilder:validation:Enum=Web;Internal;Worker;BeforeRollout
type Runs string

// Runs values.
const (
	// RunsWeb answers visitors.
	RunsWeb Runs = "Web"
	// RunsInternal is called by services of the same claim only.
	RunsInternal Runs = "Internal"
	// RunsWorker works without being called.
	RunsWorker Runs = "Worker"
	// RunsBeforeRollout runs to its end before services are rolled out.
	RunsBeforeRollout Runs = "BeforeRollout"
)

// ServiceProtocol is what a service is called by.
//
// +kubebuilder:validation:Enum=HTTP;GRPC;TCP
type ServiceProtocol string

// ServiceProtocol values.
const (
	// ServiceProtocolHTTP is HTTP/1.1.
	ServiceProtocolHTTP ServiceProtocol = "HTTP"
	// ServiceProtocolGRPC is gRPC, over HTTP/2 without TLS.
	ServiceProtocolGRPC ServiceProtocol = "GRPC"
	// ServiceProtocolTCP is everything else over TCP.
	ServiceProtocolTCP ServiceProtocol = "TCP"
)

// Rollout is how ECS exchanges the containers of a service.
//
// +kubebuilder:validation:Enum=Rolling;OneAtATime
type Rollout string

// Rollout values.
const (
	// RolloutRolling starts new containers before the old ones end.
	RolloutRolling Rollout = "Rolling"
	// RolloutOneAtATime ends the old container before the new one starts.
	RolloutOneAtATime Rollout = "OneAtATime"
)

// Architecture is the processor that an image is built for, as ECS calls it.
//
// +kubebuilder:validation:Enum=X86_64;ARM64
type Architecture string

// Architecture values.
const (
	ArchitectureX86 Architecture = "X86_64"
	ArchitectureARM Architecture = "ARM64"
)

// RootFilesystem is whether a container may write to its own image's files.
//
// +kubebuilder:validation:Enum=ReadOnly;Writable
type RootFilesystem string

// RootFilesystem values.
const (
	RootFilesystemReadOnly RootFilesystem = "ReadOnly"
	RootFilesystemWritable RootFilesystem = "Writable"
)

// DatabaseCredentials is whether a service gets the credentials of the database's
// administrator.
//
// +kubebuilder:validation:Enum=Injected;None
type DatabaseCredentials string

// DatabaseCredentials values.
const (
	// DatabaseCredentialsInjected gives them to it as variables.
	DatabaseCredentialsInjected DatabaseCredentials = "Injected"
	// DatabaseCredentialsNone gives it none.
	DatabaseCredentialsNone DatabaseCredentials = "None"
)

// CacheCredentials is whether a service gets the cache's password.
//
// +kubebuilder:validation:Enum=Injected;None
type CacheCredentials string

// CacheCredentials values.
const (
	// CacheCredentialsInjected gives it to the service as a variable.
	CacheCredentialsInjected CacheCredentials = "Injected"
	// CacheCredentialsNone gives the service none.
	CacheCredentialsNone CacheCredentials = "None"
)

// InitProcess is whether an init process of ECS runs in a container.
//
// +kubebuilder:validation:Enum=Enabled;Disabled
type InitProcess string

// InitProcess values.
const (
	InitProcessEnabled  InitProcess = "Enabled"
	InitProcessDisabled InitProcess = "Disabled"
)

// DeployedBy is who says what a service runs.
//
// +kubebuilder:validation:Enum=Claim;Pipeline
type DeployedBy string

// DeployedBy values.
const (
	// DeployedByClaim rolls out what the claim says.
	DeployedByClaim DeployedBy = "Claim"
	// DeployedByPipeline leaves a service to the pipeline that deploys it.
	DeployedByPipeline DeployedBy = "Pipeline"
)

// Service is one part of the application, run from one image.
//
// +kubebuilder:validation:XValidation:rule="!has(self.schedule) || !(has(self.runs) || has(self.port) || (has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || has(self.healthCheck) || has(self.replicas))",fieldPath=".schedule",message="what runs by a schedule ends by itself and is not called: remove runs, port, paths, cachedPaths, healthCheck and replicas, or schedule"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Worker' || !has(self.port)",fieldPath=".port",message="a worker is not called: set runs to Internal if services of this claim call it by its name, or remove port"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Internal' || (has(self.port) && !((has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || (has(self.healthCheck) && !has(self.healthCheck.command))))",fieldPath=".runs",message="an internal service is called by services of this claim at its port: set port, such as 8080, remove paths and cachedPaths, and give its healthCheck a command"
// +kubebuilder:validation:XValidation:rule="!has(self.protocol) || self.protocol == 'HTTP' || (has(self.port) && !(has(self.runs) && self.runs == 'Web') && !(has(self.paths) && size(self.paths) > 0))",fieldPath=".protocol",message="visitors call by HTTP: GRPC and TCP are of services that services of this claim call, which have a port and no paths"
// +kubebuilder:validation:XValidation:rule="!has(self.callPort) || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Worker', 'BeforeRollout']))",fieldPath=".callPort",message="callPort is of services that listen: remove it, or set runs to Internal"
// +kubebuilder:validation:XValidation:rule="!has(self.stickySeconds) || !has(self.schedule) && (!has(self.runs) || self.runs == 'Web')",fieldPath=".stickySeconds",message="stickySeconds is of services that answer visitors: remove it"
// +kubebuilder:validation:XValidation:rule="!has(self.hosts) || (has(self.paths) && size(self.paths) > 0 && !(has(self.runtime) && self.runtime == 'Lambda'))",fieldPath=".hosts",message="hosts are of containers that answer visitors: give the service paths, such as /*, and runtime Fargate, or remove hosts"
// +kubebuilder:validation:XValidation:rule="!has(self.rollout) || self.rollout != 'OneAtATime' || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Web', 'BeforeRollout']) && !(has(self.paths) && size(self.paths) > 0) && has(self.replicas) && has(self.replicas.max) && self.replicas.max == 1)",fieldPath=".rollout",message="OneAtATime is of a worker or an internal service of which there is one: set replicas.max to 1 and remove paths, or set rollout to Rolling"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'Worker' || !((has(self.paths) && size(self.paths) > 0) || (has(self.cachedPaths) && size(self.cachedPaths) > 0) || (has(self.healthCheck) && !has(self.healthCheck.command)))",fieldPath=".runs",message="a worker is not called: remove paths and cachedPaths, and give its healthCheck a command, or remove runs"
// +kubebuilder:validation:XValidation:rule="!has(self.shell) || !self.shell || (has(self.rootFilesystem) && self.rootFilesystem == 'Writable')",fieldPath=".shell",message="ECS Exec writes to the container's files: set rootFilesystem to Writable, or remove shell"
// +kubebuilder:validation:XValidation:rule="!has(self.secrets) || !has(self.environment) || self.secrets.all(k, !(k in self.environment))",fieldPath=".secrets",message="a variable has one value only: remove it from environment or from secrets"
// +kubebuilder:validation:XValidation:rule="!has(self.writablePaths) || size(self.writablePaths) == 0 || !has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly'",fieldPath=".writablePaths",message="with a writable root file system all paths are: remove writablePaths"
// +kubebuilder:validation:XValidation:rule="!has(self.runs) || self.runs != 'BeforeRollout' || !(has(self.port) || (has(self.paths) && size(self.paths) > 0) || has(self.healthCheck) || has(self.replicas) || (has(self.shell) && self.shell) || (has(self.deployedBy) && self.deployedBy == 'Pipeline'))",fieldPath=".runs",message="a job ends by itself and is not called: remove port, paths, healthCheck, replicas, shell and deployedBy, or runs"
// +kubebuilder:validation:XValidation:rule="has(self.image) != has(self.package)",fieldPath=".image",message="give either image or package"
// +kubebuilder:validation:XValidation:rule="!has(self.package) || (has(self.runtime) && self.runtime == 'Lambda')",fieldPath=".package",message="a package runs on Lambda only: set runtime to Lambda, or give an image"
// +kubebuilder:validation:XValidation:rule="!has(self.package) || !(has(self.command) || has(self.entryPoint))",fieldPath=".package",message="command and entryPoint are of images: remove them"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !(has(self.secrets) && size(self.secrets) > 0)",fieldPath=".secrets",message="Lambda reads no secrets into variables: remove secrets, and read them by their ARN, such as that in DATABASE_SECRET_ARN"
// +kubebuilder:validation:XValidation:rule="!has(self.sidecars) || size(self.sidecars) == 0 || !has(self.runs) || self.runs != 'BeforeRollout'",fieldPath=".sidecars",message="a job is its own container alone: remove sidecars, or runs"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !((has(self.sidecars) && size(self.sidecars) > 0) || (has(self.sharedPaths) && size(self.sharedPaths) > 0))",fieldPath=".runtime",message="sidecars and sharedPaths are of containers: remove them, or set runtime to Fargate"
// +kubebuilder:validation:XValidation:rule="!has(self.sidecars) || !has(self.name) || !self.sidecars.exists(c, c.name == self.name)",fieldPath=".sidecars",message="the service's own container has the service's name: give the sidecar another name"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !(has(self.port) || has(self.protocol) || has(self.callPort) || has(self.stickySeconds) || has(self.rollout) || has(self.healthCheck) || has(self.registryCredentialsArn) || (has(self.writablePaths) && size(self.writablePaths) > 0) || (has(self.shell) && self.shell))",fieldPath=".runtime",message="port, protocol, callPort, stickySeconds, rollout, healthCheck, registryCredentialsArn, writablePaths and shell are of containers: remove them, or set runtime to Fargate"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || ((!has(self.cpu) || self.cpu == 512) && (!has(self.user) || self.user == '1000') && (!has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly') && (!has(self.stopTimeoutSeconds) || self.stopTimeoutSeconds == 30) && (!has(self.writableMiB) || self.writableMiB == 64) && (!has(self.initProcess) || self.initProcess == 'Enabled'))",fieldPath=".runtime",message="cpu, user, rootFilesystem, writableMiB, initProcess and stopTimeoutSeconds are of containers: remove them, or set runtime to Fargate. A function has processors by its memory"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.runs) || self.runs == 'Web'",fieldPath=".runs",message="a function runs when it is called: give it paths or a schedule, and remove runs"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.memory) || self.memory <= 10240",fieldPath=".memory",message="a function has 128 to 10240 MiB"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.replicas) || !has(self.replicas.min)",fieldPath=".replicas",message="Lambda runs as many as are called: remove min"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.environment) || self.environment.all(k, k.matches('^[A-Za-z][A-Za-z0-9_]+$'))",fieldPath=".environment",message="names of a function's variables must begin with a letter, and have two or more letters, digits and _, such as LOG_LEVEL"
// +kubebuilder:validation:XValidation:rule="!(has(self.runtime) && self.runtime == 'Lambda') || !has(self.environment) || !self.environment.exists(k, k in ['AWS_ACCESS_KEY', 'AWS_DEFAULT_REGION', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT'])",fieldPath=".environment",message="AWS_ACCESS_KEY, AWS_DEFAULT_REGION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, AWS_LAMBDA_RUNTIME_API, AWS_REGION, LAMBDA_RUNTIME_DIR and LAMBDA_TASK_ROOT are set by Lambda: remove them"
// +kubebuilder:validation:XValidation:rule="(has(self.runtime) && self.runtime == 'Lambda') || !has(self.vpc)",fieldPath=".runtime",message="vpc is of functions: remove it, or set runtime to Lambda"
// +kubebuilder:validation:XValidation:rule="(has(self.runtime) && self.runtime == 'Lambda') || !has(self.timeoutSeconds) || (!has(self.schedule) && !(has(self.runs) && self.runs in ['Worker', 'BeforeRollout']))",fieldPath=".timeoutSeconds",message="a container that is not called may run as long as it likes: remove timeoutSeconds"
// +kubebuilder:validation:XValidation:rule="!has(self.timeoutSeconds) || self.timeoutSeconds <= 120 || has(self.schedule)",fieldPath=".timeoutSeconds",message="CloudFront waits 120 seconds for an answer at most: set 120 or less"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.vpc) || !oldSelf.vpc || (has(self.vpc) && self.vpc) || !has(self.runtime) || self.runtime != 'Lambda'",fieldPath=".vpc",message="a function stays in the VPC: give one outside of it another name"
// +kubebuilder:validation:XValidation:rule="!has(self.cachedPathsCookies) || self.cachedPathsCookies == 'All' || (has(self.cachedPaths) && size(self.cachedPaths) > 0)",fieldPath=".cachedPathsCookies",message="None is for cachedPaths: name some, such as /media/*, or remove cachedPathsCookies"
type Service struct {
	// Name of the service within the stack.
	// +kubebuilder:title=Name
	// +kubebuilder:default=web
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	// +optional
	Name string `json:"name,omitempty"`

	// What runs it: Fargate runs containers on machines of AWS, Lambda runs a function when it is called.
	// +kubebuilder:title=Runtime
	// +kubebuilder:default=Fargate
	// +optional
	Runtime ServiceRuntime `json:"runtime,omitempty"`

	// Container image with its tag or, better, its digest. Another one is rolled out. Lambda takes images of ECR in the stack's region only.
	// +kubebuilder:title=Image
	// +kubebuilder:example="123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`
	// +optional
	Image string `json:"image,omitempty"`

	// Zip archive of code in S3 that Lambda runs, instead of an image.
	// +kubebuilder:title=Package
	// +optional
	Package *Package `json:"package,omitempty"`

	// ARN of a secret with username and password of the image's registry, if that is private and not ECR.
	// +kubebuilder:title=Registry credentials
	// +kubebuilder:example="arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$`
	// +optional
	RegistryCredentialsARN string `json:"registryCredentialsArn,omitempty"`

	// What the service does: Web answers visitors, Internal is called by services of the same claim, as http://<name>:<port>, Worker works without being called, such as on a queue, BeforeRollout is a job, such as a migration of the database, that has to end well before any service is rolled out. A job runs once for each change of it, and must bear to run again. By default a service with paths is Web, and so is the only one. Of the others, one with a port is Internal and one without is a Worker.
	// +kubebuilder:title=Runs
	// +optional
	Runs *Runs `json:"runs,omitempty"`

	// When it runs, if not all the time: a rate or cron expression of EventBridge in UTC, such as rate(1 hour) or cron(0 3 * * ? *). It is started anew each time.
	// +kubebuilder:title=Schedule
	// +kubebuilder:example="cron(0 3 * * ? *)"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^(rate\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\)|cron\([0-9*,/-]+ [0-9*,/-]+ [0-9*?,/LW-]+ [0-9A-Z*,/-]+ [0-9A-Z*?,/#-]+ [0-9*,/-]+\))$`
	// +kubebuilder:validation:XValidation:rule="!self.startsWith('cron(') || self.split(' ').size() != 6 || (self.split(' ')[2] == '?') != (self.split(' ')[4] == '?')",message="a cron expression says either a day of the month or a day of the week: put ? for the other one, such as cron(0 3 * * ? *)"
	// +optional
	Schedule string `json:"schedule,omitempty"`

	// TCP port that the container listens on. Default: 8080 of a service that answers visitors.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8080
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Protocol that the port is called by. GRPC and TCP are of internal services only. Default: HTTP.
	// +kubebuilder:title=Protocol
	// +optional
	Protocol *ServiceProtocol `json:"protocol,omitempty"`

	// Port that services of the same claim call this one by, such as 80 for http://<name>. Default: port.
	// +kubebuilder:title=Call port
	// +kubebuilder:example=80
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	CallPort *int32 `json:"callPort,omitempty"`

	// Domains of the shop that the service answers, of cdn.domain and cdn.additionalDomains. A path may then be given once for each domain. Services without hosts answer the other domains, and paths that no service answers for a domain. Default: all domains.
	// +kubebuilder:title=Hosts
	// +kubebuilder:example={"admin.example.com"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=4
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	Hosts []string `json:"hosts,omitempty"`

	// For how many seconds a visitor stays with the container that answered first, by a cookie of the load balancer. For applications that keep sessions in memory. Default: each request goes to the container with the fewest open requests.
	// +kubebuilder:title=Sticky sessions (seconds)
	// +kubebuilder:example=3600
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=604800
	// +optional
	StickySeconds *int32 `json:"stickySeconds,omitempty"`

	// How another image is rolled out: Rolling starts new containers before the old ones end. OneAtATime ends the old container before the new one starts, so that there are never two, such as of a scheduler. Requires replicas.max 1. Default: Rolling.
	// +kubebuilder:title=Rollout
	// +optional
	Rollout *Rollout `json:"rollout,omitempty"`

	// Paths of the shop that the service answers: exact ones, or beginnings that end with *. The default is /* of the only service that answers visitors.
	// +kubebuilder:title=Paths
	// +kubebuilder:example={"/*"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&-]*\*?$`
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`

	// Paths of the service whose answers CloudFront may keep as long as their Cache-Control says, for each query string apart, and for each cookie unless cachedPathsCookies is None. Those of other paths it never keeps.
	// +kubebuilder:title=Cached paths
	// +kubebuilder:example={"/catalog/*"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&-]*\*?$`
	// +kubebuilder:validation:XValidation:rule="!('/*' in self)",message="what visitors see of themselves must not be kept: name the paths that are alike for all of them"
	// +listType=set
	// +optional
	CachedPaths []string `json:"cachedPaths,omitempty"`

	// Cookies on cachedPaths. All: the service gets them, and an answer is kept for visitors with the same cookies only, which those of analytics make rare. None: the service gets no cookie, and all visitors share one answer, such as a style sheet or image.
	// +kubebuilder:title=Cookies of cached paths
	// +kubebuilder:default=All
	// +optional
	CachedPathsCookies CachedCookies `json:"cachedPathsCookies,omitempty"`

	// Share of processors, 1024 for one: 256, 512, 1024, 2048, 4096, 8192 or 16384.
	// +kubebuilder:title=CPU units
	// +kubebuilder:default=512
	// +kubebuilder:validation:Enum=256;512;1024;2048;4096;8192;16384
	// +optional
	CPU int32 `json:"cpu,omitempty"`

	// Memory in MiB. Fargate offers some amounts for each number of processors: twice to eight times as many MiB as cpu has units. Lambda offers 128 to 10240. Default: twice as many as cpu has units; 1024 of a function.
	// +kubebuilder:title=Memory (MiB)
	// +kubebuilder:example=1024
	// +kubebuilder:validation:Minimum=128
	// +kubebuilder:validation:Maximum=122880
	// +optional
	Memory *int32 `json:"memory,omitempty"`

	// How many containers run at the same time. For a function, max is the concurrency that is reserved for it, and that it cannot exceed.
	// +kubebuilder:title=Replicas
	// +optional
	Replicas *Replicas `json:"replicas,omitempty"`

	// Processor that the image is built for.
	// +kubebuilder:title=Architecture
	// +kubebuilder:default=X86_64
	// +optional
	Architecture Architecture `json:"architecture,omitempty"`

	// What is run instead of the image's own command.
	// +kubebuilder:title=Command
	// +kubebuilder:example={"node","worker.js"}
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// What is run instead of the image's own entry point.
	// +kubebuilder:title=Entry point
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	EntryPoint []string `json:"entryPoint,omitempty"`

	// Variables of the container's environment, never secrets: everybody who may read the claim reads them. The stack adds where its parts are, such as DATABASE_HOST. A value may refer to those: $(DATABASE_HOST) stands for the host, $$(DATABASE_HOST) for this text itself.
	// +kubebuilder:title=Environment
	// +kubebuilder:example={"DB_HOST":"$(DATABASE_HOST)"}
	// +kubebuilder:validation:MaxProperties=100
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="names of variables must begin with a letter or _, and have 1 to 128 letters, digits, _, . and -, such as services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would replace the service's role: remove them, and give the app role what the service needs in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Environment map[string]EnvironmentValue `json:"environment,omitempty"`

	// Variables whose value is a secret: a key of the stack's own application secret (status.secrets.appSecretArn), database/username or database/password of the database's administrator, cache/password of the cache, or the ARN of a secret or SSM parameter of the stack's account and region. ECS reads them when a container starts.
	// +kubebuilder:title=Secrets
	// +kubebuilder:example={"DB_PASSWORD":"database/password"}
	// +kubebuilder:validation:MaxProperties=50
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="names of variables must begin with a letter or _, and have 1 to 128 letters, digits, _, . and -, such as services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would replace the service's role: remove them, and give the app role what the service needs in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Secrets map[string]SecretSource `json:"secrets,omitempty"`

	// Whether the service gets the database administrator's credentials as DATABASE_USERNAME and DATABASE_PASSWORD. None suits what does not use the database, such as a storefront. Ignored for functions, which get none.
	// +kubebuilder:title=Database credentials
	// +kubebuilder:default=Injected
	// +optional
	DatabaseCredentials DatabaseCredentials `json:"databaseCredentials,omitempty"`

	// Whether the service gets the cache's password as CACHE_PASSWORD, if the cache has one. None suits what does not use the cache. Ignored for functions, which get none.
	// +kubebuilder:title=Cache credentials
	// +kubebuilder:default=Injected
	// +optional
	CacheCredentials CacheCredentials `json:"cacheCredentials,omitempty"`

	// How the load balancer, and ECS by a command, tell whether a container is well.
	// +kubebuilder:title=Health check
	// +optional
	HealthCheck *HealthCheck `json:"healthCheck,omitempty"`

	// Numeric user, and group if it has another number, that the container runs as. 0 is root, which control APP-14 refuses.
	// +kubebuilder:title=User
	// +kubebuilder:default="1000"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`

	// Whether the container may write to its own files. What it writes is lost when it ends.
	// +kubebuilder:title=Root file system
	// +kubebuilder:default=ReadOnly
	// +optional
	RootFilesystem RootFilesystem `json:"rootFilesystem,omitempty"`

	// Paths that the container may write to although its root file system is read-only. They belong to its user, are empty at first, in memory, and lost when the container ends. Default: /tmp.
	// +kubebuilder:title=Writable paths
	// +kubebuilder:example={"/tmp","/var/run"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	WritablePaths []string `json:"writablePaths,omitempty"`

	// Size of each of the writable paths in MiB. What they hold takes memory of the service. Default: 64.
	// +kubebuilder:title=Size of writable paths (MiB)
	// +kubebuilder:default=64
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=30720
	// +optional
	WritableMiB int32 `json:"writableMiB,omitempty"`

	// Enables the init process that passes signals on and removes ended processes. Disable it for images that bring their own and must be process 1, such as those of s6-overlay.
	// +kubebuilder:title=Init process
	// +kubebuilder:default=Enabled
	// +optional
	InitProcess InitProcess `json:"initProcess,omitempty"`

	// Further containers of each task of the service, such as a web server before PHP. They share the service's cpu and memory, and its network: they reach each other at localhost. The one whose port is the service's answers in the place of the service's own container.
	// +kubebuilder:title=Sidecars
	// +kubebuilder:validation:MaxItems=3
	// +listType=map
	// +listMapKey=name
	// +optional
	Sidecars []Sidecar `json:"sidecars,omitempty"`

	// Paths that are one directory to the service's own container and its sidecars. What is there is lost when the task ends. It begins with what an image has at a path that its Dockerfile declares as VOLUME, with that owner; otherwise it is empty and belongs to root.
	// +kubebuilder:title=Shared paths
	// +kubebuilder:example={"/srv/shop/public"}
	// +kubebuilder:validation:MaxItems=5
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	SharedPaths []string `json:"sharedPaths,omitempty"`

	// Whether people may open a shell in a running container by ECS Exec.
	// +kubebuilder:title=Shell
	// +optional
	Shell bool `json:"shell,omitempty"`

	// How long a container may take to end after it was told to, before it is killed.
	// +kubebuilder:title=Stop timeout (seconds)
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=120
	// +optional
	StopTimeoutSeconds int32 `json:"stopTimeoutSeconds,omitempty"`

	// How long an answer may take. A function, which Lambda ends then, may take 900 seconds by a schedule. Services that answer visitors may take 120 at most, and the longest timeout counts for all of them on Fargate. Default: 30; 300 of a function with a schedule.
	// +kubebuilder:title=Timeout (seconds)
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=900
	// +optional
	TimeoutSeconds *int32 `json:"timeoutSeconds,omitempty"`

	// Whether a function runs in the stack's private subnets, as it must to reach the database. It then reaches AWS and the internet only as network.natGateways, interfaceEndpoints and egress allow. Cannot be taken back.
	// +kubebuilder:title=In the VPC
	// +optional
	VPC bool `json:"vpc,omitempty"`

	// Who rolls out: Claim rolls out what this claim says. Pipeline starts the service from this claim once; afterwards it runs whatever task definition, image or code a pipeline gives it, and nothing of the stack takes that back.
	// +kubebuilder:title=Deployed by
	// +kubebuilder:default=Claim
	// +optional
	DeployedBy DeployedBy `json:"deployedBy,omitempty"`
}

// Sidecar is a further container of each task of a service.
//
// +kubebuilder:validation:XValidation:rule="!has(self.secrets) || !has(self.environment) || self.secrets.all(k, !(k in self.environment))",fieldPath=".secrets",message="a variable has one value only: remove it from environment or from secrets"
// +kubebuilder:validation:XValidation:rule="!has(self.writablePaths) || size(self.writablePaths) == 0 || !has(self.rootFilesystem) || self.rootFilesystem == 'ReadOnly'",fieldPath=".writablePaths",message="with a writable root file system all paths are: remove writablePaths"
type Sidecar struct {
	// Name of the container within the service.
	// +kubebuilder:title=Name
	// +kubebuilder:example=nginx
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Container image with its tag or, better, its digest.
	// +kubebuilder:title=Image
	// +kubebuilder:example="public.ecr.aws/nginx/nginx:1.29"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`
	Image string `json:"image"`

	// ARN of a secret with username and password of the image's registry, if that is private and not ECR.
	// +kubebuilder:title=Registry credentials
	// +kubebuilder:example="arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$`
	// +optional
	RegistryCredentialsARN string `json:"registryCredentialsArn,omitempty"`

	// Port that the container listens on. If it is the service's port, this container answers calls of the service.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8080
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// What is run instead of the image's own command.
	// +kubebuilder:title=Command
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// What is run instead of the image's own entry point.
	// +kubebuilder:title=Entry point
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	EntryPoint []string `json:"entryPoint,omitempty"`

	// Variables of the container's environment, never secrets. The stack adds none, but values may refer to those of the service, such as $(DATABASE_HOST).
	// +kubebuilder:title=Environment
	// +kubebuilder:validation:MaxProperties=30
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="names of variables must begin with a letter or _, and have 1 to 128 letters, digits, _, . and -, such as services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would replace the service's role: remove them, and give the app role what the service needs in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Environment map[string]EnvironmentValue `json:"environment,omitempty"`

	// Variables whose value is a secret, as in the service's secrets. The stack adds none: database/password is the database administrator's password.
	// +kubebuilder:title=Secrets
	// +kubebuilder:validation:MaxProperties=20
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[A-Za-z_][A-Za-z0-9_.-]{0,127}$'))",message="names of variables must begin with a letter or _, and have 1 to 128 letters, digits, _, . and -, such as services__basket-api__http__0"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])",message="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would replace the service's role: remove them, and give the app role what the service needs in spec.access"
	// +kubebuilder:validation:XValidation:rule="!self.exists(k, k in ['AWS_EXECUTION_ENV', 'ECS_AGENT_URI', 'ECS_CONTAINER_METADATA_URI', 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_ENGINE_AUTH_DATA'])",message="AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them"
	// +optional
	Secrets map[string]SecretSource `json:"secrets,omitempty"`

	// Numeric user, and group if it has another number, that the container runs as. 0 is root, which control APP-14 refuses.
	// +kubebuilder:title=User
	// +kubebuilder:default="1000"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?$`
	// +optional
	User string `json:"user,omitempty"`

	// Whether the container may write to its own files. What it writes is lost when it ends.
	// +kubebuilder:title=Root file system
	// +kubebuilder:default=ReadOnly
	// +optional
	RootFilesystem RootFilesystem `json:"rootFilesystem,omitempty"`

	// Paths that the container may write to although its root file system is read-only, as in the service's writablePaths. Default: /tmp.
	// +kubebuilder:title=Writable paths
	// +kubebuilder:example={"/tmp","/var/cache/nginx"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_./-]+$`
	// +listType=set
	// +optional
	WritablePaths []string `json:"writablePaths,omitempty"`

	// Size of each of the writable paths in MiB. What they hold takes memory of the service. Default: 64.
	// +kubebuilder:title=Size of writable paths (MiB)
	// +kubebuilder:default=64
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=30720
	// +optional
	WritableMiB int32 `json:"writableMiB,omitempty"`

	// Enables the init process that passes signals on and removes ended processes. Disable it for images that bring their own and must be process 1.
	// +kubebuilder:title=Init process
	// +kubebuilder:default=Enabled
	// +optional
	InitProcess InitProcess `json:"initProcess,omitempty"`

	// Whether the task ends when this container does. Otherwise the task goes on without it. Default: true.
	// +kubebuilder:title=Essential
	// +kubebuilder:default=true
	// +optional
	Essential *bool `json:"essential,omitempty"`
}

// Package is a function's code as a zip archive.
type Package struct {
	// Name of the bucket, in the stack's region.
	// +kubebuilder:title=Bucket
	// +kubebuilder:example=shop-releases
	// +kubebuilder:validation:MinLength=3
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`
	Bucket string `json:"bucket"`

	// Key of the archive. Another key, or another version, is rolled out.
	// +kubebuilder:title=Key
	// +kubebuilder:example="cleanup/1.4.2.zip"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=1024
	Key string `json:"key"`

	// Version of the archive, in a bucket with versions.
	// +kubebuilder:title=Version
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=1024
	// +optional
	Version string `json:"version,omitempty"`

	// What of the code Lambda calls.
	// +kubebuilder:title=Handler
	// +kubebuilder:example=index.handler
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^[^\s]+$`
	Handler string `json:"handler"`

	// What Lambda runs the code with.
	// +kubebuilder:title=Runtime
	// +kubebuilder:validation:Enum=nodejs24.x;nodejs22.x;python3.14;python3.13;python3.12;java25;java21;java17;dotnet10;dotnet8;ruby3.4;ruby3.3;provided.al2023
	Runtime string `json:"runtime"`
}

// EnvironmentValue is the value of a variable.
//
// +kubebuilder:validation:MaxLength=2048
type EnvironmentValue string

// SecretSource is where the value of a secret variable comes from: a key of the
// application's secret, a part of the database's, the cache's password, or an ARN.
//
// +kubebuilder:validation:MaxLength=512
// +kubebuilder:validation:Pattern=`^([A-Za-z0-9_.-]+|database/(username|password)|cache/password|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9_.-]*:[A-Za-z_]*:[A-Za-z0-9-]*)?|arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_.\/-]+)$`
type SecretSource string

// Replicas is how many containers of a service run.
//
// +kubebuilder:validation:XValidation:rule="!has(self.min) || !has(self.max) || self.max >= self.min",fieldPath=".max",message="max must not be below min"
type Replicas struct {
	// How many run at least. Default: 2 in production, else 1.
	// +kubebuilder:title=At least
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	// +optional
	Min *int32 `json:"min,omitempty"`

	// How many run at most: more are started when processors or memory are busy. Default: twice as many as at least.
	// +kubebuilder:title=At most
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=400
	// +optional
	Max *int32 `json:"max,omitempty"`
}

// HealthCheck is how the load balancer asks a container whether it answers.
//
// +kubebuilder:validation:XValidation:rule="!has(self.timeoutSeconds) || !has(self.intervalSeconds) || self.timeoutSeconds < self.intervalSeconds",fieldPath=".timeoutSeconds",message="timeoutSeconds must be below intervalSeconds"
type HealthCheck struct {
	// Command that ECS runs in the service's own container, and that ends with 0 if it is well. A container that is not is replaced. Interval, timeout (60 seconds at most) and grace period (300 at most) apply to it too. It is the one health check of a worker, and an additional one of a service that answers visitors.
	// +kubebuilder:title=Command
	// +kubebuilder:example={"php-fpm-healthcheck"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=1024
	// +listType=atomic
	// +optional
	Command []string `json:"command,omitempty"`

	// Path that is asked for.
	// +kubebuilder:title=Path
	// +kubebuilder:default=/
	// +kubebuilder:validation:MaxLength=1024
	// +kubebuilder:validation:Pattern=`^/[A-Za-z0-9_.$/~"'@:+&?=%-]*$`
	// +optional
	Path string `json:"path,omitempty"`

	// Port that is asked, if it is another one than the service's port.
	// +kubebuilder:title=Port
	// +kubebuilder:example=8081
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Codes of HTTP by which a container is well: one, several, or a range, from 200 to 499.
	// +kubebuilder:title=Healthy codes
	// +kubebuilder:default="200-399"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$`
	// +optional
	Codes string `json:"codes,omitempty"`

	// How often it is asked.
	// +kubebuilder:title=Interval (seconds)
	// +kubebuilder:default=15
	// +kubebuilder:validation:Minimum=5
	// +kubebuilder:validation:Maximum=300
	// +optional
	IntervalSeconds int32 `json:"intervalSeconds,omitempty"`

	// How long it may take to answer.
	// +kubebuilder:title=Timeout (seconds)
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=120
	// +optional
	TimeoutSeconds int32 `json:"timeoutSeconds,omitempty"`

	// How long a container may take to start before it has to be well.
	// +kubebuilder:title=Grace period (seconds)
	// +kubebuilder:default=60
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=3600
	// +optional
	GracePeriodSeconds int32 `json:"gracePeriodSeconds,omitempty"`
}

// LoadBalancer is a load balancer in front of an application, which needs no
// public address: CloudFront reaches it inside of its VPC.
type LoadBalancer struct {
	// ARN of the load balancer, in the stack's region and account. Its security group must let in CloudFront-VPCOrigins-Service-SG by HTTPS.
	// +kubebuilder:title=ARN
	// +kubebuilder:example="arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`
	ARN string `json:"arn"`

	// Name that the load balancer's certificate is for. CloudFront asks by it, and nobody else needs to resolve it.
	// +kubebuilder:title=Domain name
	// +kubebuilder:example="app.example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:validation:XValidation:rule="!self.endsWith('.amazonaws.com')",message="no certificate can be for a load balancer's own name, so CloudFront would answer every request with 502: use a name of your own that its certificate is for, such as app.example.com"
	DomainName string `json:"domainName"`

	// Paths that the application answers. Everything else is a file of the assets bucket.
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
