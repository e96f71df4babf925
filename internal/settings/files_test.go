package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// Mounts that ECS, Lambda or EFS would reject.
func TestFilesRefused(t *testing.T) {
	path := field.NewPath("spec", "app", "files")
	media := v1alpha1.SharedFiles{Name: "media", Path: "/media", Services: []string{"web"}}
	with := func(change func(*v1alpha1.SharedFiles)) v1alpha1.SharedFiles {
		out := media
		change(&out)
		return out
	}
	web := func(change func(*Service)) Service {
		out := Service{Service: v1alpha1.Service{Name: "web", User: "1000"}, WritablePaths: []string{"/tmp"}}
		change(&out)
		return out
	}
	function := web(func(s *Service) { s.Runtime, s.VPC = v1alpha1.ServiceRuntimeLambda, true })
	cases := map[string]struct {
		reason   string
		files    []v1alpha1.SharedFiles
		services []Service
		want     []Files
		refused  field.ErrorList
	}{
		"Default": {
			reason: "Files belong to the user of the services.", files: []v1alpha1.SharedFiles{media}, services: []Service{web(func(*Service) {})},
			want: []Files{{Name: "media", Path: "/media", Services: []string{"web"}, User: 1000, Group: 1000}},
		},
		"Group": {
			reason: "A group may have another number.", files: []v1alpha1.SharedFiles{with(func(f *v1alpha1.SharedFiles) { f.User = "33:0" })}, services: []Service{web(func(*Service) {})},
			want: []Files{{Name: "media", Path: "/media", Services: []string{"web"}, User: 33, Group: 0}},
		},
		"Root": {
			reason: "Root owns nothing.", files: []v1alpha1.SharedFiles{media}, services: []Service{web(func(s *Service) { s.User = "0" })},
			refused: field.ErrorList{field.Required(path.Index(0).Child("user"), "is required, because the services run as different users or as root: set a user ID, such as 1000")},
		},
		"DifferentUsers": {
			reason:   "Whose would they be?",
			files:    []v1alpha1.SharedFiles{with(func(f *v1alpha1.SharedFiles) { f.Services = []string{"web", "worker"} })},
			services: []Service{web(func(*Service) {}), web(func(s *Service) { s.Name, s.User = "worker", "33" })},
			refused:  field.ErrorList{field.Required(path.Index(0).Child("user"), "is required, because the services run as different users or as root: set a user ID, such as 1000")},
		},
		"GroupTooLarge": {
			reason: "Numbers have 32 bits.", files: []v1alpha1.SharedFiles{with(func(f *v1alpha1.SharedFiles) { f.User = "33:9999999999" })}, services: []Service{web(func(*Service) {})},
			refused: field.ErrorList{field.Invalid(path.Index(0).Child("user"), "33:9999999999", "user and group IDs must not exceed 4294967295")},
		},
		"Writable": {
			reason: "A path is one thing.", files: []v1alpha1.SharedFiles{with(func(f *v1alpha1.SharedFiles) { f.Path = "/tmp" })}, services: []Service{web(func(*Service) {})},
			want:    []Files{{Name: "media", Path: "/tmp", Services: []string{"web"}, User: 1000, Group: 1000}},
			refused: field.ErrorList{field.Invalid(path.Index(0).Child("path"), "/tmp", "the path is also in writablePaths of web: remove the path from one of these fields")},
		},
		"SamePath": {
			reason: "Two directories have two paths.", files: []v1alpha1.SharedFiles{media, with(func(f *v1alpha1.SharedFiles) { f.Name = "plugins" })}, services: []Service{web(func(*Service) {})},
			want: []Files{
				{Name: "media", Path: "/media", Services: []string{"web"}, User: 1000, Group: 1000},
				{Name: "plugins", Path: "/media", Services: []string{"web"}, User: 1000, Group: 1000},
			},
			refused: field.ErrorList{field.Invalid(path.Key("plugins").Child("path"), "/media", "service web mounts another directory at this path: change one of the paths")},
		},
		"Function": {
			reason: "Lambda mounts below /mnt.", files: []v1alpha1.SharedFiles{with(func(f *v1alpha1.SharedFiles) { f.Path = "/mnt/media" })}, services: []Service{function},
			want: []Files{{Name: "media", Path: "/mnt/media", Services: []string{"web"}, User: 1000, Group: 1000}},
		},
		"FunctionElsewhere": {
			reason: "Nowhere else, and in the VPC only.", files: []v1alpha1.SharedFiles{media}, services: []Service{web(func(s *Service) { s.Runtime = v1alpha1.ServiceRuntimeLambda })},
			want: []Files{{Name: "media", Path: "/media", Services: []string{"web"}, User: 1000, Group: 1000}},
			refused: field.ErrorList{
				field.Invalid(path.Index(0).Child("path"), "/media", "must be a directory directly below /mnt, such as /mnt/media, because the function web mounts this path"),
				field.Invalid(path.Index(0).Child("services"), "web", "a function must run in the VPC to mount files: set vpc to true for this function"),
			},
		},
		"FunctionWithTwo": {
			reason: "Lambda mounts one.", services: []Service{function},
			files: []v1alpha1.SharedFiles{
				with(func(f *v1alpha1.SharedFiles) { f.Path = "/mnt/media" }),
				with(func(f *v1alpha1.SharedFiles) { f.Name, f.Path = "plugins", "/mnt/plugins" }),
			},
			want: []Files{
				{Name: "media", Path: "/mnt/media", Services: []string{"web"}, User: 1000, Group: 1000},
				{Name: "plugins", Path: "/mnt/plugins", Services: []string{"web"}, User: 1000, Group: 1000},
			},
			refused: field.ErrorList{field.Invalid(path, "web", "a function can mount only one directory: list the function in services of only one directory")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			d := &decision{claim: &claim.Claim{Spec: v1alpha1.SecureEcommerceSpec{App: v1alpha1.AppSpec{Files: tc.files}}}}
			got, _, errs := d.files(tc.services)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nfiles(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.refused, errs); diff != "" {
				t.Errorf("\n%s\nfiles(...): -want refused, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Only one target can serve a path. The message names both.
func TestPathServedTwice(t *testing.T) {
	services := []v1alpha1.Service{{Name: "web", Image: "shop", Paths: []string{"/*", "/assets/*"}}, {Name: "api", Image: "shop", Paths: []string{"/thumbnail/*"}}}
	spec := v1alpha1.SecureEcommerceSpec{
		App:     v1alpha1.AppSpec{Services: services},
		Assets:  v1alpha1.AssetsSpec{Paths: []string{"/assets/*"}},
		Uploads: &v1alpha1.UploadsSpec{Path: "/media/*", AdditionalPaths: []string{"/thumbnail/*"}},
	}
	var app App
	for _, s := range services {
		app.Services = append(app.Services, Service{Service: s, Runs: v1alpha1.RunsWeb, Paths: s.Paths})
	}
	want := field.ErrorList{
		field.Invalid(field.NewPath("spec", "assets", "paths").Index(0), "/assets/*", "the path is also in spec.app.services[0].paths[1]: remove the path from one of these fields"),
		field.Invalid(field.NewPath("spec", "uploads", "additionalPaths").Index(0), "/thumbnail/*", "the path is also in spec.app.services[1].paths[0]: remove the path from one of these fields"),
	}
	if diff := cmp.Diff(want, checkServed(spec, app)); diff != "" {
		t.Errorf("checkServed(...): -want, +got:\n%s", diff)
	}
}
