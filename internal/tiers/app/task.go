package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ecs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Container definition in ECS's format (Amazon ECS API Reference,
// "ContainerDefinition"). Terraform compares it literally with AWS's version:
// sorted by name, without empty fields.
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
	MountPoints            []mountPoint      `json:"mountPoints,omitempty"`
	LinuxParameters        *linuxParameters  `json:"linuxParameters,omitempty"`
	HealthCheck            *healthCheck      `json:"healthCheck,omitempty"`
	LogConfiguration       *logConfiguration `json:"logConfiguration"`
	SystemControls         []systemControl   `json:"systemControls,omitempty"`
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
		ContainerPath string   `json:"containerPath"`
		MountOptions  []string `json:"mountOptions,omitempty"`
		Size          int32    `json:"size"`
	}
	healthCheck struct {
		Command     []string `json:"command"`
		Interval    int32    `json:"interval"`
		Retries     int32    `json:"retries"`
		StartPeriod int32    `json:"startPeriod"`
		Timeout     int32    `json:"timeout"`
	}
	mountPoint struct {
		ContainerPath string `json:"containerPath"`
		ReadOnly      bool   `json:"readOnly"`
		SourceVolume  string `json:"sourceVolume"`
	}
	systemControl struct {
		Namespace string `json:"namespace"`
		Value     string `json:"value"`
	}
	logConfiguration struct {
		LogDriver string            `json:"logDriver"`
		Options   map[string]string `json:"options"`
	}
)

// task is the task definition of a service, and the facts that it needs.
type task struct {
	resource string
	needs    []facts.Fact
}

// composeTask adds the task definition of a service. It is immutable, so its name
// contains a digest of its content. The previous one is kept until the service has
// switched. AWS keeps both, so a failed deployment can be rolled back.
func composeTask(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service) task {
	role := observed.ARN(composed.AppRole)
	var definitions []container
	volumes, needs := volumesOf(s, observed, set, service)
	for _, c := range service.TaskContainers() {
		definition, known := containerOf(s, observed, service, c)
		definitions, needs = append(definitions, definition), append(needs, known...)
	}
	raw, err := json.Marshal(definitions)
	if err != nil {
		panic(err) // It contains only strings and numbers.
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
		Volume:                  volumes,
		SkipDestroy:             new(true),
		TrackLatest:             new(false),
	}
	out := task{resource: composed.AppTaskDefinition(service.Name, taskDigest(p)), needs: append(needs, role)}
	set.Add(out.resource, &ecs.TaskDefinition{Spec: ecs.TaskDefinitionSpec{ForProvider: p}}, desired.Needs(out.needs...))
	holdTasks(s, observed, set, service, out.resource)
	return out
}

// taskDigest returns a digest that distinguishes task definitions.
func taskDigest(p ecs.TaskDefinitionParameters) string {
	parts := []string{*p.CPU, *p.Memory, *p.RuntimePlatform.CPUArchitecture, *p.TaskRoleArn, *p.ContainerDefinitions}
	for _, v := range p.Volume {
		parts = append(parts, *v.Name)
		if e := v.EFSVolumeConfiguration; e != nil {
			parts = append(parts, *e.FileSystemID, *e.AuthorizationConfig.AccessPointID)
		}
	}
	return naming.Hash(parts...)
}

// holdTasks keeps other task definitions of a service until it runs the current
// one. While it is unknown whether a called service exists, the current one may be
// the previous one, and the other one the next.
func holdTasks(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service, current string) {
	if byPipeline(service) && observed.Has(composed.AppService(service.Name)) {
		return // The pipeline manages the task definitions.
	}
	arn := observed.ARN(current)
	if _, there := called(s, observed, service); there && arn.Known() && runs(observed, service) == arn.Value {
		return
	}
	kit.HoldOthers(observed, set, current, func(r string) bool { return composed.IsAppTaskDefinition(service.Name, r) }, func(string) bool { return true })
}

// runs returns the observed task definition of a service.
func runs(observed facts.Observed, service settings.Service) string {
	if service.Job() {
		return hasRun(observed, service)
	}
	if service.Schedule != "" {
		return observed.String(composed.AppScheduleTarget(service.Name), "status.atProvider.ecsTarget.taskDefinitionArn")
	}
	return observed.String(composed.AppService(service.Name), "status.atProvider.taskDefinition")
}

// containerOf returns a container of a service, and the facts that it needs.
func containerOf(s *settings.Settings, observed facts.Observed, service settings.Service, asked settings.Container) (container, []facts.Fact) {
	environment, plain := environmentOf(s, observed, service, asked)
	secrets, secret := secretsOf(s, observed, asked.Sources)
	c := container{
		Name: asked.Name, Image: asked.Image, Essential: ptr.Deref(asked.Essential, true),
		Command: asked.Command, EntryPoint: asked.EntryPoint,
		User:                   asked.User,
		ReadonlyRootFilesystem: asked.RootFilesystem == v1alpha1.RootFilesystemReadOnly,
		Environment:            environment,
		Secrets:                secrets,
		MountPoints:            mountsOf(s, service),
		LinuxParameters:        &linuxParameters{InitProcessEnabled: asked.InitProcess != v1alpha1.InitProcessDisabled, Tmpfs: inMemory(asked)},
		SystemControls:         lowPorts(asked),
		LogConfiguration:       &logConfiguration{LogDriver: logDriver, Options: logOptions(s, service, asked.Name)},
		StopTimeout:            service.StopTimeoutSeconds,
	}
	if asked.Own {
		c.HealthCheck, c.DockerLabels = healthOf(service.HealthCheck), labels(s, observed, service)
	}
	if asked.RegistryCredentialsARN != "" {
		c.RepositoryCredentials = &credentials{CredentialsParameter: asked.RegistryCredentialsARN}
	}
	if asked.Answers {
		c.PortMappings = []portMapping{portOf(s, service)}
	}
	return c, append(plain, secret...)
}

// portOf returns the port of a service. A port for other services has a name.
func portOf(s *settings.Settings, service settings.Service) portMapping {
	out := portMapping{ContainerPort: service.Port, HostPort: service.Port, Protocol: "tcp"}
	if connected(s, service) {
		out.Name, out.AppProtocol = service.Name, appProtocols[service.Protocol]
	}
	return out
}

// logDriver writes logs to CloudWatch.
const logDriver = "awslogs"

// logOptions returns the log group of a service's container, and the prefix of its
// streams.
func logOptions(s *settings.Settings, service settings.Service, streams string) map[string]string {
	return map[string]string{
		"awslogs-group": kit.AppLogGroup(s, service.Name), "awslogs-region": s.Region, "awslogs-stream-prefix": streams,
		"mode": "non-blocking", "max-buffer-size": "25m",
	}
}

// Maximum timeout and grace period in seconds of a health check command (Amazon ECS
// API Reference, "HealthCheck").
const (
	maxHealthTimeout = 60
	maxStartPeriod   = 300
)

// healthOf returns the container's health check. It is nil if the claim has no
// command for it.
func healthOf(check v1alpha1.HealthCheck) *healthCheck {
	if len(check.Command) == 0 {
		return nil
	}
	return &healthCheck{
		Command: append([]string{"CMD"}, check.Command...), Retries: 3,
		Interval: check.IntervalSeconds, Timeout: min(check.TimeoutSeconds, maxHealthTimeout), StartPeriod: min(check.GracePeriodSeconds, maxStartPeriod),
	}
}

// inMemory returns tmpfs mounts for the writable paths of a container. If the
// directory is in the image, a mount keeps its mode, but belongs to root (runc,
// createOpenMountpoint), so other users could not write to it. AWS documents the
// option without its format; ministryofjustice/opg-lpa 3734 uses it on Fargate.
func inMemory(c settings.Container) []tmpfs {
	var options []string
	if user, group, _ := strings.Cut(c.User, ":"); user != root {
		options = append(options, "uid="+user)
		if group != "" {
			options = append(options, "gid="+group)
		}
	}
	var out []tmpfs
	for _, path := range c.WritablePaths {
		out = append(out, tmpfs{ContainerPath: path, MountOptions: options, Size: c.WritableMiB})
	}
	return out
}

// root is the superuser.
const root = "0"

// firstFreePort is the first port that all users can listen on in Linux.
const firstFreePort = 1024

// lowPorts allows a user other than root to listen on a privileged port. Fargate
// supports this sysctl, which applies to all containers of the task (Amazon ECS API
// Reference, "SystemControl").
func lowPorts(c settings.Container) []systemControl {
	user, _, _ := strings.Cut(c.User, ":")
	if c.Port == 0 || c.Port >= firstFreePort || user == root {
		return nil
	}
	return []systemControl{{Namespace: "net.ipv4.ip_unprivileged_port_start", Value: "0"}}
}

// environmentOf returns the variables of a container: those of the stack, if it is
// the service's own container, and the claim's, which take precedence.
func environmentOf(s *settings.Settings, observed facts.Observed, service settings.Service, c settings.Container) ([]variable, []facts.Fact) {
	stack, needs := places(s, observed, service)
	known := map[string]string{}
	if c.Own {
		maps.Copy(known, stack)
		if c.Port == 0 {
			delete(known, "PORT") // The sidecar listens on this port.
		}
	}
	for name, value := range c.Environment {
		known[name] = settings.Expand(value, stack)
	}
	for name := range c.Secrets {
		delete(known, name)
	}
	return variables(known), needs
}

// variables converts variables to ECS's format.
func variables(values map[string]string) []variable {
	var out []variable
	for _, name := range slices.Sorted(maps.Keys(values)) {
		out = append(out, variable{Name: name, Value: values[name]})
	}
	return out
}

// places returns the stack's endpoints by variable, as listed in
// docs/application.md.
func places(s *settings.Settings, observed facts.Observed, service settings.Service) (map[string]string, []facts.Fact) {
	app := observed.ARN(composed.AppSecret)
	out := map[string]string{
		"ASSETS_BUCKET":     s.Names.AssetsBucket,
		"APP_SECRET_ARN":    app.Value,
		"STACK_ENVIRONMENT": string(s.Environment),
		"STACK_NAME":        s.Stack,
	}
	database, needs := databasePlaces(s, observed)
	maps.Copy(out, database)
	needs = append(needs, app)
	if s.Search != nil {
		host := kit.SearchEndpoint(observed)
		out["SEARCH_HOST"], out["SEARCH_PORT"] = host.Value, strconv.Itoa(settings.SearchPort)
		needs = append(needs, host, observed.Ready(composed.SearchPolicy))
	}
	cache, known := kit.CachePlaces(s, observed)
	maps.Copy(out, cache)
	needs = append(needs, known...)
	if u := s.Uploads; u != nil {
		maps.Copy(out, uploadsPlaces(s, *u))
	}
	for _, q := range s.Queues {
		url := kit.QueueURL(observed, q)
		out[q.Variable()] = url.Value
		needs = append(needs, url)
	}
	if m := s.Mail; m != nil {
		maps.Copy(out, mailPlaces(s, *m))
	}
	if s.CDN.Domain != "" {
		out["SHOP_DOMAIN"] = s.CDN.Domain
	}
	if service.Port != 0 {
		out["PORT"] = strconv.Itoa(service.Port)
	}
	return out, needs
}

// databasePlaces returns the database's variables, and the facts that they need.
func databasePlaces(s *settings.Settings, observed facts.Observed) (map[string]string, []facts.Fact) {
	if !s.Database.Enabled {
		return nil, nil
	}
	address, name, secret := kit.DatabaseAddress(s, observed), kit.DatabaseName(s), kit.DatabaseSecret(s, observed)
	out := map[string]string{
		"DATABASE_HOST":       address.Value,
		"DATABASE_NAME":       name.Value,
		"DATABASE_PORT":       strconv.Itoa(s.Database.Port),
		"DATABASE_SECRET_ARN": secret.Value,
	}
	needs := []facts.Fact{address, name, secret}
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
	return out, needs
}

// uploadsPlaces returns the variables of uploads. It omits empty ones.
func uploadsPlaces(s *settings.Settings, u settings.Uploads) map[string]string {
	out := map[string]string{"UPLOADS_BUCKET": s.Names.UploadsBucket, "UPLOADS_PREFIX": u.Prefixes[0], "UPLOADS_URL": u.URL(s.CDN.Domain)}
	maps.DeleteFunc(out, func(_, value string) bool { return value == "" })
	return out
}

// mailPlaces returns the variables of mail.
func mailPlaces(s *settings.Settings, m settings.Mail) map[string]string {
	out := map[string]string{"MAIL_CONFIGURATION_SET": kit.MailConfigurationSet(s), "MAIL_DOMAIN": m.Domain}
	if m.SMTP != "" {
		// STARTTLS, which hosting providers do not block.
		out["MAIL_HOST"], out["MAIL_PORT"] = m.SMTP, "587"
	}
	return out
}

// secretsOf returns secret variables in ECS's format, and the facts that they need.
// The cache's secret contains only its password. Other secrets contain keys and
// values.
func secretsOf(s *settings.Settings, observed facts.Observed, sources map[string]v1alpha1.SecretSource) ([]secretVariable, []facts.Fact) {
	database, app := kit.DatabaseSecret(s, observed), observed.ARN(composed.AppSecret)
	var out []secretVariable
	var needs []facts.Fact
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		from := string(sources[name])
		if key, ok := settings.DatabaseKey(sources[name]); ok {
			from, needs = database.Value+":"+key+"::", append(needs, database)
		} else if settings.CachePassword(sources[name]) {
			cache := kit.CacheSecret(observed)
			from, needs = cache.Value, append(needs, cache, observed.Ready(composed.CacheSecretValue))
		} else if !strings.HasPrefix(from, "arn:") {
			from, needs = app.Value+":"+from+"::", append(needs, app)
		}
		out = append(out, secretVariable{Name: name, ValueFrom: from})
	}
	return out, needs
}
