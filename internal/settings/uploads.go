package settings

import (
	"cmp"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// defaultUploadsPath is the API's default.
const defaultUploadsPath = "/uploads/*"

// Uploads is what visitors upload.
type Uploads struct {
	v1alpha1.UploadsSpec

	// Prefix begins the keys of all objects, since CloudFront asks S3 for the path
	// that a visitor asks for.
	Prefix string
}

// uploads decides on what visitors upload; nil if they upload nothing. A bucket
// that is there stays: it holds their files.
func (d *decision) uploads() *Uploads {
	spec := d.claim.Spec.Uploads
	if spec == nil {
		if !d.observed.Has(composed.UploadsBucket) {
			return nil
		}
		d.pinned = append(d.pinned, "spec.uploads: the bucket holds visitors' files; the stack keeps it")
		spec = &v1alpha1.UploadsSpec{}
	}
	u := &Uploads{UploadsSpec: *spec}
	u.Path = cmp.Or(u.Path, defaultUploadsPath)
	u.Prefix = strings.TrimSuffix(strings.TrimPrefix(u.Path, "/"), "*")
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
