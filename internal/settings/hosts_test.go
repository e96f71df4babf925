package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Hosts must be domains of the shop, and a path can have only one service on each
// host.
func TestCheckHosts(t *testing.T) {
	path := field.NewPath("spec", "app", "services")
	long := "/" + strings.Repeat("a", 64)
	service := func(name string, hosts, paths, cached []string) v1alpha1.Service {
		return v1alpha1.Service{Name: name, Hosts: hosts, Paths: paths, CachedPaths: cached}
	}
	every, admin := []string{"/*"}, []string{"admin.example.com"}
	cases := map[string]struct {
		reason   string
		domain   string
		services []v1alpha1.Service
		want     field.ErrorList
	}{
		"None":  {reason: "Without hosts all of it is as it was.", services: []v1alpha1.Service{service("web", nil, []string{long}, nil)}},
		"Apart": {reason: "A path may be given once for each domain.", domain: "shop.example.com", services: []v1alpha1.Service{service("web", nil, every, nil), service("admin", admin, every, nil)}},
		"Unknown": {
			reason: "Visitors do not get there.", domain: "shop.example.com", services: []v1alpha1.Service{service("web", []string{"other.example.com"}, every, nil)},
			want: field.ErrorList{field.Invalid(path.Index(0).Child("hosts").Index(0), "other.example.com", "must be one of the domains in cdn.domain and cdn.additionalDomains (shop.example.com, admin.example.com)")},
		},
		"NoDomain": {
			reason: "There is one name only, which AWS gives.", services: []v1alpha1.Service{service("admin", admin, every, nil)},
			want: field.ErrorList{field.Invalid(path.Index(0).Child("hosts").Index(0), "admin.example.com", "hosts requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove hosts")},
		},
		"Twice": {
			reason: "Who would answer?", domain: "shop.example.com", services: []v1alpha1.Service{service("admin", admin, every, nil), service("other", admin, nil, every)},
			want: field.ErrorList{field.Invalid(path.Index(1).Child("cachedPaths").Index(0), "/*", "service admin already serves this path on admin.example.com: remove the path from one of the services")},
		},
		"Long": {
			reason: "Priorities of long paths are those of hosts.", domain: "shop.example.com", services: []v1alpha1.Service{service("web", nil, []string{long}, nil), service("admin", admin, every, nil)},
			want: field.ErrorList{field.Invalid(path.Index(0).Child("paths").Index(0), long, "a path can have at most 64 characters if services have hosts")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			spec := v1alpha1.SecureEcommerceSpec{App: v1alpha1.AppSpec{Services: tc.services}, CDN: v1alpha1.CDNSpec{Domain: tc.domain, AdditionalDomains: admin}}
			if diff := cmp.Diff(tc.want, checkHosts(spec)); diff != "" {
				t.Errorf("\n%s\ncheckHosts(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// The distribution has one behavior for a path, whatever the number of hosts.
func TestPathsOfHosts(t *testing.T) {
	app := App{Services: []Service{{Runs: v1alpha1.RunsWeb, Paths: []string{"/*"}}, {Runs: v1alpha1.RunsWeb, Paths: []string{"/*", "/x"}}}}
	if diff := cmp.Diff([]string{"/*", "/x"}, app.Paths()); diff != "" {
		t.Errorf("Paths(): -want, +got:\n%s", diff)
	}
}
