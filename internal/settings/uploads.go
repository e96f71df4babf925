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

// Uploads contains the effective settings of uploads by visitors.
type Uploads struct {
	v1alpha1.UploadsSpec

	// Paths lists all paths that serve uploads.
	Paths []string
	// Prefixes lists the key prefixes of served objects, one for each path, because
	// CloudFront requests the visitor's path from S3. An empty prefix matches all
	// keys.
	Prefixes []string
}

// WithoutPath reports whether keys omit the path.
func (u Uploads) WithoutPath() bool { return u.Keys == v1alpha1.UploadKeysWithoutPath }

// Folder returns the folder of a path, such as /uploads for /uploads/*.
func Folder(path string) string { return strings.TrimSuffix(path, "/*") }

// URL returns the prefix of an object's public URL, with a trailing slash. It is
// empty if the shop has no domain.
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

// uploads decides the settings of uploads. It returns nil if there are none. An
// existing bucket is kept, because it holds visitors' files.
func (d *decision) uploads() *Uploads {
	spec := d.claim.Spec.Uploads
	if spec == nil {
		if !d.observed.Has(composed.UploadsBucket) {
			return nil
		}
		d.pinned = append(d.pinned, "spec.uploads: the bucket contains visitors' files, so the stack keeps the bucket")
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

// corsOrigins returns the origins of the shop's own pages.
func corsOrigins(domains []string) []string {
	var out []string
	for _, d := range domains {
		out = append(out, "https://"+d)
	}
	return out
}
