package settings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// defaultUploadsPath is the API's default.
const defaultUploadsPath = "/uploads/*"

// Uploads is what visitors upload.
type Uploads struct {
	v1alpha1.UploadsSpec

	// Paths is all paths that they are served under.
	Paths []string
	// Prefixes begin the keys of all objects that are served, one for each path: CloudFront
	// asks S3 for the path that a visitor asks for. One that is empty is every key.
	Prefixes []string
}

// WithoutPath reports whether a key is what follows the path.
func (u Uploads) WithoutPath() bool { return u.Keys == v1alpha1.UploadKeysWithoutPath }

// Folder is what a path of uploads is below, such as /uploads of /uploads/*.
func Folder(path string) string { return strings.TrimSuffix(path, "/*") }

// URL is what a key is put behind, with a slash, to be the address that visitors
// know it by; empty where the shop has no domain of its own.
func (u Uploads) URL(domain string) string {
	switch {
	case domain == "":
		return ""
	case u.WithoutPath():
		return "https://" + domain + Folder(u.Path)
	default:
		return "https://" + domain
	}
}

// uploads decides on what visitors upload; nil if they upload nothing. A bucket
// that is there stays: it holds their files.
func (d *decision) uploads() *Uploads {
	spec := d.claim.Spec.Uploads
	if spec == nil {
		if !d.observed.Has(composed.UploadsBucket) {
			return nil
		}
		d.pinned = append(d.pinned, "spec.uploads: the bucket contains visitors' files, so the stack keeps it")
		spec = &v1alpha1.UploadsSpec{}
	}
	u := &Uploads{UploadsSpec: *spec}
	u.Path = cmp.Or(u.Path, defaultUploadsPath)
	u.Paths = append([]string{u.Path}, slices.Sorted(slices.Values(u.AdditionalPaths))...)
	if u.WithoutPath() {
		u.Prefixes = []string{""}
		return u
	}
	for _, p := range u.Paths {
		u.Prefixes = append(u.Prefixes, strings.TrimSuffix(strings.TrimPrefix(p, "/"), "*"))
	}
	return u
}

// corsOrigins returns the origins of a shop's own pages.
func corsOrigins(domains []string) []string {
	var out []string
	for _, d := range domains {
		out = append(out, "https://"+d)
	}
	return out
}
