package kit

import (
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// registry is an image registry other than ECR.
type registry struct {
	// hosts answer pulls. A leading dot matches all subdomains.
	hosts []string
	// buckets are S3 buckets to which pulls from AWS are redirected for layers.
	// This traffic uses the gateway endpoint.
	buckets []string
}

// dockerHub redirects pulls to one of several networks, and those from AWS to its
// bucket (Docker documentation, "Allowlist for Docker Desktop", and JFrog's
// knowledge base, 000004313; docker/hub-feedback 1318).
var dockerHub = registry{
	hosts: []string{
		"auth.docker.io", "registry-1.docker.io",
		"production.cloudflare.docker.com", "production.cloudfront.docker.com",
		"docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
		"docker-images-prod.s3.dualstack.us-east-1.amazonaws.com",
	},
	buckets: []string{"docker-images-prod"},
}

// registryOf returns the registry of an image that is not in ECR. Some redirect
// pulls. The public gallery of ECR redirects to CloudFront (AWS documentation,
// "Amazon ECR Public service endpoints"). Quay redirects to its subdomains or, in
// us-east-1, to its bucket. Microsoft's registry redirects to regional hosts
// (Microsoft Learn, "Configure rules to access an Azure container registry behind a
// firewall"). Kubernetes' registry redirects to a bucket in the same region.
func registryOf(image, region string) registry {
	host, _, found := strings.Cut(image, "/")
	if !found || !strings.ContainsAny(host, ".:") {
		return dockerHub
	}
	host, _, _ = strings.Cut(host, ":")
	switch host {
	case "docker.io", "index.docker.io", "registry-1.docker.io":
		return dockerHub
	case "public.ecr.aws":
		return registry{hosts: []string{host, ".cloudfront.net"}}
	case "ghcr.io":
		return registry{hosts: []string{host, "pkg-containers.githubusercontent.com"}}
	case "mcr.microsoft.com":
		return registry{hosts: []string{host, ".data.mcr.microsoft.com"}}
	case "quay.io":
		out := registry{hosts: []string{host, ".quay.io"}}
		if region == aws.GlobalRegion {
			out.buckets = []string{"quayio-production-s3"}
		}
		return out
	case "registry.k8s.io":
		return registry{hosts: []string{host}, buckets: []string{KubernetesLayers(region)}}
	default:
		return registry{hosts: []string{host}}
	}
}

// KubernetesLayers returns the bucket in a region with the layers of Kubernetes'
// registry.
func KubernetesLayers(region string) string { return "prod-registry-k8s-io-" + region }

// registries returns the registries of all container images that are not in ECR.
func registries(s *settings.Settings) []registry {
	var out []registry
	for _, c := range s.App.TaskContainers() {
		if c.Repository.Name == "" {
			out = append(out, registryOf(c.Image, s.Region))
		}
	}
	return out
}

// RegistryHosts returns the hosts of image registries other than ECR.
func RegistryHosts(s *settings.Settings) []string {
	var out []string
	for _, r := range registries(s) {
		out = append(out, r.hosts...)
	}
	return unique(out)
}

// RegistryBuckets returns the buckets of image registries other than ECR.
func RegistryBuckets(s *settings.Settings) []string {
	var out []string
	for _, r := range registries(s) {
		out = append(out, r.buckets...)
	}
	return unique(out)
}

// unique removes duplicates and sorts.
func unique(texts []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(texts)))
}
