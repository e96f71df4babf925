package app

import (
	ecs "github.com/upbound/provider-aws/v2/apis/namespaced/ecs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// volumesOf is what the containers of a service share, and what must be known to mount
// it: ECS ends a container that cannot. Fargate keeps the paths that they share with
// each other as long as the task runs (AWS documentation, "Use bind mounts with
// Amazon ECS"), and directories of the file system belong to all services that have
// them. The provider would fill in what is not said, and see another volume.
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

// sharedVolume is the name of the volume of a path that a service's containers share.
// No directory of the file system can have it.
func sharedVolume(path string) string { return "shared_" + naming.Hash(path) }

// mountsOf is where each container of a service has what it shares.
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
