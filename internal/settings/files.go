package settings

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Files is a directory that services share.
type Files struct {
	Name, Path string
	// Services are the names of these services.
	Services []string
	// User and Group own its files.
	User, Group int
}

// For reports whether a service uses the directory.
func (f Files) For(service Service) bool { return slices.Contains(f.Services, service.Name) }

// FilesOf returns the directories of a service, sorted by name.
func (a App) FilesOf(service Service) []Files {
	return slices.DeleteFunc(slices.Clone(a.Files), func(f Files) bool { return !f.For(service) })
}

// lambdaPath is the prefix of the mount paths of functions (AWS Lambda API
// Reference, "FileSystemConfig").
const lambdaPath = "/mnt/"

// files decides the shared directories, and whether the stack has a file system. An
// existing file system is kept, because it holds data.
func (d *decision) files(services []Service) ([]Files, bool, field.ErrorList) {
	var out []Files
	var errs field.ErrorList
	path := field.NewPath("spec", "app", "files")
	for i, asked := range d.claim.Spec.App.Files {
		f := Files{Name: asked.Name, Path: asked.Path, Services: slices.Sorted(slices.Values(asked.Services))}
		share := slices.DeleteFunc(slices.Clone(services), func(s Service) bool { return !f.For(s) })
		for _, s := range share {
			errs = append(errs, checkMount(path.Index(i), f, s)...)
		}
		owner, err := d.owner(path.Index(i).Child("user"), asked, share)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		f.User, f.Group = owner[0], owner[1]
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Files) int { return strings.Compare(a.Name, b.Name) })
	stays := d.observed.Has(composed.FileSystem)
	if stays && len(out) == 0 && len(errs) == 0 {
		d.pinned = append(d.pinned, "spec.app.files: the file system contains data, so the stack keeps it")
	}
	return out, stays || len(out) > 0, append(errs, checkMounts(path, out, services)...)
}

// owner returns user and group of a directory. An existing directory keeps its
// owner.
func (d *decision) owner(path *field.Path, asked v1alpha1.SharedFiles, share []Service) ([2]int, *field.Error) {
	r := composed.FilesAccess(asked.Name)
	user := asked.User
	if user == "" {
		user = userOf(share)
	}
	if uid := d.observed.Number(r, "spec.forProvider.posixUser.uid"); uid != 0 {
		seen := fmt.Sprintf("%.0f:%.0f", uid, d.observed.Number(r, "spec.forProvider.posixUser.gid"))
		user = d.pin(path.String(), cmp.Or(withGroup(user), seen), seen)
	}
	uid, gid, _ := strings.Cut(withGroup(user), ":")
	u, err := strconv.ParseUint(uid, 10, 32)
	if err != nil || u == 0 {
		return [2]int{}, field.Required(path, "is required, because the services run as different users or as root: set a user ID, such as 1000")
	}
	g, err := strconv.ParseUint(gid, 10, 32)
	if err != nil {
		return [2]int{}, field.Invalid(path, user, fmt.Sprintf("user and group IDs must not exceed %d", uint32(math.MaxUint32)))
	}
	return [2]int{int(u), int(g)}, nil
}

// userOf returns the user of all services. It is empty if they differ.
func userOf(services []Service) string {
	user := ""
	for _, s := range services {
		own := withGroup(cmp.Or(s.User, defaultUser))
		if user != "" && own != user {
			return ""
		}
		user = own
	}
	return user
}

// defaultUser is the API's default.
const defaultUser = "1000"

// withGroup adds the group to a user. By default, it has the same ID.
func withGroup(user string) string {
	if user == "" || strings.Contains(user, ":") {
		return user
	}
	return user + ":" + user
}

// checkMount returns errors for mounts that ECS or Lambda would reject.
func checkMount(path *field.Path, f Files, s Service) field.ErrorList {
	var errs field.ErrorList
	if !s.Lambda() {
		if slices.Contains(s.WritablePaths, f.Path) {
			errs = append(errs, field.Invalid(path.Child("path"), f.Path, fmt.Sprintf("the path is also in writablePaths of %s: remove the path from one of these fields", s.Name)))
		}
		return errs
	}
	if name, ok := strings.CutPrefix(f.Path, lambdaPath); !ok || strings.Contains(name, "/") {
		errs = append(errs, field.Invalid(path.Child("path"), f.Path, fmt.Sprintf("must be a directory directly below /mnt, such as /mnt/media, because the function %s mounts this path", s.Name)))
	}
	if !s.VPC {
		errs = append(errs, field.Invalid(path.Child("services"), s.Name, "a function must run in the VPC to mount files: set vpc to true for this function"))
	}
	return errs
}

// checkMounts returns errors for mounts that a service cannot have together.
func checkMounts(path *field.Path, all []Files, services []Service) field.ErrorList {
	var errs field.ErrorList
	for _, s := range services {
		own := App{Files: all}.FilesOf(s)
		if s.Lambda() && len(own) > 1 {
			errs = append(errs, field.Invalid(path, s.Name, "a function can mount only one directory: list the function in services of only one directory"))
			continue
		}
		paths := map[string]bool{}
		for _, f := range own {
			if paths[f.Path] {
				errs = append(errs, field.Invalid(path.Key(f.Name).Child("path"), f.Path, fmt.Sprintf("service %s mounts another directory at this path: change one of the paths", s.Name)))
			}
			paths[f.Path] = true
		}
	}
	return errs
}
