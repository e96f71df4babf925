package app

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ecs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// volumesOf returns the volumes of a service's containers, and the facts that
// mounts need, because ECS stops a container that cannot mount. Fargate keeps
// shared paths for the life of a task (AWS documentation, "Use bind mounts with
// Amazon ECS"). Directories of the file system are shared by all services that
// mount them. All fields are set, because the provider would add defaults and see a
// difference.
func volumesOf(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service) ([]ecs.VolumeParameters, []facts.Fact) {
	var out []ecs.VolumeParameters
	for _, path := range service.SharedPaths {
		out = append(out, ecs.VolumeParameters{Name: new(sharedVolume(path)), ConfigureAtLaunch: new(false)})
	}
	files := s.App.FilesOf(service)
	if len(files) == 0 {
		return out, nil
	}
	id := observed.ExternalName(composed.FileSystem)
	needs := append(kit.FilesReachable(s, observed, set), id)
	for _, f := range files {
		access := observed.ExternalName(composed.FilesAccess(f.Name))
		needs = append(needs, access)
		out = append(out, ecs.VolumeParameters{Name: new(f.Name), ConfigureAtLaunch: new(false), EFSVolumeConfiguration: &ecs.EFSVolumeConfigurationParameters{
			FileSystemID:        new(id.Value),
			RootDirectory:       new("/"),
			TransitEncryption:   new("ENABLED"),
			AuthorizationConfig: &ecs.AuthorizationConfigParameters{AccessPointID: new(access.Value), IAM: new("ENABLED")},
		}})
	}
	return out, needs
}

// sharedVolume returns the name of the volume for a path that a service's
// containers share. No directory of the file system can have this name.
func sharedVolume(path string) string { return "shared_" + naming.Hash(path) }

// mountsOf returns the mounts of each container of a service.
func mountsOf(s *settings.Settings, service settings.Service) []mountPoint {
	var out []mountPoint
	for _, path := range service.SharedPaths {
		out = append(out, mountPoint{ContainerPath: path, SourceVolume: sharedVolume(path)})
	}
	for _, f := range s.App.FilesOf(service) {
		out = append(out, mountPoint{ContainerPath: f.Path, SourceVolume: f.Name})
	}
	return out
}
