package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	ecs "github.com/upbound/provider-aws/v2/apis/namespaced/ecs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Container definition as ECS takes it (Amazon ECS API Reference,
// "ContainerDefinition"). Terraform compares it with what AWS shows as it is
// here: sorted by name, without what is empty.
type container struct {
	Name                   string            `json:"name"`
	Image                  string            `json:"image"`
	Essential              bool              `json:"essential"`
	RepositoryCredentials  *credentials      `json:"repositoryCredentials,omitempty"`
	Command                []string          `json:"command,omitempty"`
	EntryPoint             []string          `json:"entryPoint,omitempty"`
	User                   string            `json:"user"`
	ReadonlyRootFilesystem bool              `json:"readonlyRootFilesystem"`
	PortMappings           []portMapping     `json:"portMappings,omitempty"`
	Environment            []variable        `json:"environment,omitempty"`
	Secrets                []secretVariable  `json:"secrets,omitempty"`
	LinuxParameters        *linuxParameters  `json:"linuxParameters,omitempty"`
	LogConfiguration       *logConfiguration `json:"logConfiguration"`
	DockerLabels           map[string]string `json:"dockerLabels,omitempty"`
	StopTimeout            int32             `json:"stopTimeout"`
}

type (
	credentials struct {
		CredentialsParameter string `json:"credentialsParameter"`
	}
	portMapping struct {
		ContainerPort int    `json:"containerPort"`
		HostPort      int    `json:"hostPort"`
		Protocol      string `json:"protocol"`
		Name          string `json:"name,omitempty"`
		AppProtocol   string `json:"appProtocol,omitempty"`
	}
	variable struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	secretVariable struct {
		Name      string `json:"name"`
		ValueFrom string `json:"valueFrom"`
	}
	linuxParameters struct {
		InitProcessEnabled bool    `json:"initProcessEnabled"`
		Tmpfs              []tmpfs `json:"tmpfs,omitempty"`
	}
	tmpfs struct {
		ContainerPath string `json:"containerPath"`
		Size          int    `json:"size"`
	}
	logConfiguration struct {
		LogDriver string            `json:"logDriver"`
		Options   map[string]string `json:"options"`
	}
)

// writableMiB is how large a path may become that is in memory.
const writableMiB = 64

// task is what a service runs, and what must be known to say it.
type task struct {
	resource string
	needs    []facts.Fact
}

// composeTask adds what a service runs. A task definition cannot change, so that
// it is named by a digest of all that is in it. The earlier one stays as long as
// the service has not left it. AWS keeps both: a deployment that fails goes back to
// the earlier one.
func composeTask(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service) task {
	role := observed.ARN(composed.AppRole)
	definition, needs := containerOf(s, observed, service)
	raw, err := json.Marshal([]container{definition})
	if err != nil {
		panic(err) // All of it is text and numbers.
	}
	p := ecs.TaskDefinitionParameters{
		Family:                  new(kit.AppFamily(s, service.Name)),
		CPU:                     new(strconv.Itoa(int(service.CPU))),
		Memory:                  new(strconv.Itoa(service.Memory)),
		NetworkMode:             new("awsvpc"),
		RequiresCompatibilities: []*string{new("FARGATE")},
		RuntimePlatform:         &ecs.RuntimePlatformParameters{OperatingSystemFamily: new("LINUX"), CPUArchitecture: new(string(service.Architecture))},
		ExecutionRoleArnRef:     set.Ref(composed.AppExecutionRole),
		TaskRoleArn:             new(role.Value),
		ContainerDefinitions:    new(string(raw)),
		SkipDestroy:             new(true),
		TrackLatest:             new(false),
	}
	out := task{resource: composed.AppTaskDefinition(service.Name, taskDigest(p)), needs: append(needs, role)}
	set.Add(out.resource, &ecs.TaskDefinition{Spec: ecs.TaskDefinitionSpec{ForProvider: p}}, desired.Needs(out.needs...))
	holdTasks(observed, set, service, out.resource)
	return out
}

// taskDigest tells task definitions apart.
func taskDigest(p ecs.TaskDefinitionParameters) string {
	return naming.Hash(*p.CPU, *p.Memory, *p.RuntimePlatform.CPUArchitecture, *p.TaskRoleArn, *p.ContainerDefinitions)
}

// holdTasks keeps earlier task definitions of a service until it is known to run
// the current one.
func holdTasks(observed facts.Observed, set *desired.Set, service settings.Service, current string) {
	if service.DeployedBy == v1alpha1.DeployedByPipeline && observed.Has(composed.AppService(service.Name)) {
		return // The pipeline's own are what it runs.
	}
	arn := observed.ARN(current)
	if arn.Known() && runs(observed, service) == arn.Value {
		return
	}
	kit.HoldOthers(observed, set, current, func(r string) bool { return composed.IsAppTaskDefinition(service.Name, r) }, func(string) bool { return true })
}

// runs is the task definition that a service is known to run.
func runs(observed facts.Observed, service settings.Service) string {
	if service.Job() {
		return hasRun(observed, service)
	}
	if service.Schedule != "" {
		return observed.String(composed.AppScheduleTarget(service.Name), "status.atProvider.ecsTarget.taskDefinitionArn")
	}
	return observed.String(composed.AppService(service.Name), "status.atProvider.taskDefinition")
}

// containerOf is the one container of a service, and what must be known to
// describe it.
func containerOf(s *settings.Settings, observed facts.Observed, service settings.Service) (container, []facts.Fact) {
	environment, plain := environmentOf(s, observed, service)
	secrets, secret := secretsOf(s, observed, service)
	c := container{
		Name: service.Name, Image: service.Image, Essential: true,
		Command: service.Command, EntryPoint: service.EntryPoint,
		User:                   service.User,
		ReadonlyRootFilesystem: service.RootFilesystem == v1alpha1.RootFilesystemReadOnly,
		Environment:            environment,
		Secrets:                secrets,
		LinuxParameters:        &linuxParameters{InitProcessEnabled: true},
		LogConfiguration:       &logConfiguration{LogDriver: logDriver, Options: logOptions(s, service, service.Name)},
		DockerLabels:           labels(s, observed, service),
		StopTimeout:            service.StopTimeoutSeconds,
	}
	if service.RegistryCredentialsARN != "" {
		c.RepositoryCredentials = &credentials{CredentialsParameter: service.RegistryCredentialsARN}
	}
	if service.Port != 0 {
		c.PortMappings = []portMapping{portOf(s, service)}
	}
	for _, path := range service.WritablePaths {
		c.LinuxParameters.Tmpfs = append(c.LinuxParameters.Tmpfs, tmpfs{ContainerPath: path, Size: writableMiB})
	}
	return c, append(plain, secret...)
}

// portOf is the port of a service. One that other services call has a name by which
// they do.
func portOf(s *settings.Settings, service settings.Service) portMapping {
	out := portMapping{ContainerPort: service.Port, HostPort: service.Port, Protocol: "tcp"}
	if connected(s, service) {
		out.Name, out.AppProtocol = service.Name, appProtocols[service.Protocol]
	}
	return out
}

// logDriver writes logs to CloudWatch.
const logDriver = "awslogs"

// logOptions is where a container of a service writes its log, and how its streams
// begin.
func logOptions(s *settings.Settings, service settings.Service, streams string) map[string]string {
	return map[string]string{
		"awslogs-group": kit.AppLogGroup(s, service.Name), "awslogs-region": s.Region, "awslogs-stream-prefix": streams,
		"mode": "non-blocking", "max-buffer-size": "25m",
	}
}

// environmentOf is the variables of a service: where the stack's parts are, and
// what the claim adds or says instead.
func environmentOf(s *settings.Settings, observed facts.Observed, service settings.Service) ([]variable, []facts.Fact) {
	known, needs := places(s, observed, service)
	for name, value := range service.Environment {
		known[name] = string(value)
	}
	for name := range service.Secrets {
		delete(known, name)
	}
	var out []variable
	for _, name := range slices.Sorted(maps.Keys(known)) {
		out = append(out, variable{Name: name, Value: known[name]})
	}
	return out, needs
}

// places is where the stack's parts are, by the variables that docs/application.md
// lists.
func places(s *settings.Settings, observed facts.Observed, service settings.Service) (map[string]string, []facts.Fact) {
	address, name, secret := kit.DatabaseAddress(s, observed), kit.DatabaseName(s), kit.DatabaseSecret(s, observed)
	app := observed.ARN(composed.AppSecret)
	out := map[string]string{
		"ASSETS_BUCKET":       s.Names.AssetsBucket,
		"DATABASE_HOST":       address.Value,
		"DATABASE_NAME":       name.Value,
		"DATABASE_PORT":       strconv.Itoa(s.Database.Port),
		"DATABASE_SECRET_ARN": secret.Value,
		"APP_SECRET_ARN":      app.Value,
		"STACK_ENVIRONMENT":   string(s.Environment),
		"STACK_NAME":          s.Stack,
	}
	needs := []facts.Fact{address, name, secret, app}
	if s.Database.Proxy != nil {
		proxy := kit.ProxyEndpoint(observed)
		out["DATABASE_PROXY_HOST"] = proxy.Value
		needs = append(needs, proxy)
	}
	if s.Database.Reads() {
		reads := kit.ReadEndpoint(s, observed)
		out["DATABASE_READ_HOST"] = reads.Value
		needs = append(needs, reads)
	}
	if s.CDN.Domain != "" {
		out["SHOP_DOMAIN"] = s.CDN.Domain
	}
	if service.Port != 0 {
		out["PORT"] = strconv.Itoa(service.Port)
	}
	return out, needs
}

// secretsOf is the secret variables of a service: the database's administrator,
// and those of the claim.
func secretsOf(s *settings.Settings, observed facts.Observed, service settings.Service) ([]secretVariable, []facts.Fact) {
	database, app := kit.DatabaseSecret(s, observed), observed.ARN(composed.AppSecret)
	from := map[string]string{
		"DATABASE_PASSWORD": database.Value + ":password::",
		"DATABASE_USERNAME": database.Value + ":username::",
	}
	for name := range service.Environment {
		delete(from, name)
	}
	needs := []facts.Fact{database}
	for name, source := range service.Secrets {
		from[name] = string(source)
		if !strings.HasPrefix(string(source), "arn:") {
			from[name] = app.Value + ":" + string(source) + "::"
			needs = append(needs, app)
		}
	}
	var out []secretVariable
	for _, name := range slices.Sorted(maps.Keys(from)) {
		out = append(out, secretVariable{Name: name, ValueFrom: from[name]})
	}
	return out, needs
}
