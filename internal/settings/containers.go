package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
)

// Container is a container of a service's tasks.
type Container struct {
	v1alpha1.Sidecar

	// Own reports whether it is the service's own container, not a sidecar.
	Own bool
	// Port that it listens on. Zero if it is unknown.
	Port int
	// Answers reports whether it receives the service's requests.
	Answers bool
	// Repository is the image's repository, if it is in ECR.
	Repository Repository
	// Sources contains the source of each secret variable.
	Sources map[string]v1alpha1.SecretSource
	// path returns its field within the service's field.
	path func(service *field.Path) *field.Path
}

// TaskContainers returns the containers of each task of a service, sorted by name.
// The service's own container gets the service's settings.
func (s Service) TaskContainers() []Container {
	own := Container{
		Sidecar: v1alpha1.Sidecar{
			Name: s.Name, Image: s.Image, RegistryCredentialsARN: s.RegistryCredentialsARN, Command: s.Command, EntryPoint: s.EntryPoint, Environment: s.Environment,
			User: s.User, RootFilesystem: s.RootFilesystem, WritablePaths: s.WritablePaths, WritableMiB: s.WritableMiB, InitProcess: s.InitProcess, Secrets: s.Secrets,
			Essential: new(true),
		},
		Own: true, Port: s.Port, Answers: s.Port != 0, Repository: s.Repository, Sources: s.SecretSources(), path: func(service *field.Path) *field.Path { return service },
	}
	var out []Container
	for i, sidecar := range s.Sidecars {
		c := Container{
			Sidecar: sidecar, Port: int(ptr.Deref(sidecar.Port, 0)), Repository: repository(sidecar.Image), Sources: sidecar.Secrets,
			path: func(service *field.Path) *field.Path { return service.Child("sidecars").Index(i) },
		}
		c.WritablePaths = writable(sidecar.RootFilesystem, sidecar.WritablePaths)
		if s.Port != 0 && c.Port == s.Port {
			c.Answers, own.Answers, own.Port = true, false, 0
		}
		out = append(out, c)
	}
	out = append(out, own)
	slices.SortFunc(out, func(a, b Container) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Answering returns the name of the container that receives the service's requests.
func (s Service) Answering() string {
	for _, c := range s.TaskContainers() {
		if c.Answers {
			return c.Name
		}
	}
	return s.Name
}

// TaskContainers returns all containers of the services that run on Fargate.
func (a App) TaskContainers() []Container {
	var out []Container
	for _, service := range a.Containers() {
		out = append(out, service.TaskContainers()...)
	}
	return out
}

// writable returns the writable paths of a container.
func writable(root v1alpha1.RootFilesystem, asked []string) []string {
	if root == v1alpha1.RootFilesystemReadOnly && len(asked) == 0 {
		return []string{"/tmp"}
	}
	return slices.Sorted(slices.Values(asked))
}

// checkContainers returns errors for containers that ECS would reject.
func checkContainers(path *field.Path, s Service, region string) field.ErrorList {
	var errs field.ErrorList
	listens := map[int]bool{}
	taken := 0
	for _, c := range s.TaskContainers() {
		at := c.path(path)
		errs = append(errs, checkSecrets(at, c, region)...)
		if c.Port != 0 && listens[c.Port] {
			errs = append(errs, field.Duplicate(at.Child("port"), c.Port))
		}
		listens[c.Port] = true
		taken += int(c.WritableMiB) * len(c.WritablePaths)
		for i, p := range c.WritablePaths {
			if slices.Contains(s.SharedPaths, p) {
				errs = append(errs, field.Invalid(at.Child("writablePaths").Index(i), p, "the path is also in sharedPaths: remove the path from one of these fields"))
			}
		}
	}
	if taken >= s.Memory {
		errs = append(errs, field.Invalid(path.Child("writableMiB"), s.WritableMiB,
			fmt.Sprintf("the writable paths use %d MiB in total, but the service has only %d MiB of memory: lower writableMiB, or raise memory", taken, s.Memory)))
	}
	return errs
}

// checkSecrets returns an error for each secret that ECS cannot read.
func checkSecrets(path *field.Path, c Container, region string) field.ErrorList {
	var errs field.ErrorList
	elsewhere := "must be in the stack's region, " + region
	for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
		if arn := string(c.Secrets[name]); strings.HasPrefix(arn, "arn:") && aws.RegionOf(arn) != region {
			errs = append(errs, field.Invalid(path.Child("secrets").Key(name), arn, elsewhere))
		}
	}
	arn := c.RegistryCredentialsARN
	if arn != "" && aws.RegionOf(arn) != region {
		errs = append(errs, field.Invalid(path.Child("registryCredentialsArn"), arn, elsewhere))
	}
	if arn != "" && c.Repository != (Repository{}) {
		errs = append(errs, field.Forbidden(path.Child("registryCredentialsArn"), "is not needed for images in ECR: remove registryCredentialsArn"))
	}
	return errs
}
