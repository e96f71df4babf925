package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// spdx is the media type of a bill of materials.
const spdx = types.MediaType("application/spdx+json")

// names lists the packages in the order of their dependencies.
func names() []string {
	out := []string{functionName}
	for _, g := range scopes {
		out = append(out, configurationName(g))
	}
	return out
}

// packages returns all packages by name. The function's package is an image index,
// and a configuration's is an image.
func packages(ctx context.Context, o options) (map[string]mutate.Appendable, error) {
	function, err := functionPackage(ctx, o)
	if err != nil {
		return nil, err
	}
	out := map[string]mutate.Appendable{functionName: function}
	for _, g := range scopes {
		definition, err := configurationDefinition(o, g)
		if err != nil {
			return nil, err
		}
		image, err := newPackage(v1.Config{Labels: labels(configurationName(g), o.version)}, v1.Platform{}, definition)
		if err != nil {
			return nil, err
		}
		out[configurationName(g)] = image
	}
	return out, nil
}

// build writes each package as an OCI image layout, prints its digest, and writes
// the function's SBOMs.
func build(ctx context.Context, o options) error {
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	built, err := packages(ctx, o)
	if err != nil {
		return err
	}
	for _, n := range names() {
		dir := filepath.Join(o.out, n)
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		// The layout's index contains only the package.
		if _, err := layout.Write(dir, mutate.AppendManifests(empty.Index, mutate.IndexAddendum{Add: built[n]})); err != nil {
			return err
		}
		digest, err := built[n].Digest()
		if err != nil {
			return err
		}
		fmt.Println(digest, n)
	}
	return writeBills(ctx, o)
}

func writeBills(ctx context.Context, o options) error {
	for _, arch := range architectures {
		binary, err := functionBinary(ctx, o, arch)
		if err != nil {
			return err
		}
		bill, err := materials(binary, o.version)
		if err != nil {
			return err
		}
		if err := os.WriteFile(billFile(o, arch), bill, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func billFile(o options, arch string) string {
	return filepath.Join(o.out, fmt.Sprintf("%s-%s.spdx.json", functionName, arch))
}

// push pushes the packages of build to the registry. SBOMs are pushed as referrers
// of the function (OCI distribution specification). It uses the machine's registry
// credentials.
func push(ctx context.Context, o options) error {
	with := []remote.Option{remote.WithAuthFromKeychain(authn.DefaultKeychain), remote.WithContext(ctx)}
	for _, n := range names() {
		ref, err := name.ParseReference(o.registry + "/" + n + ":" + o.version)
		if err != nil {
			return err
		}
		written, err := layout.ImageIndexFromPath(filepath.Join(o.out, n))
		if err != nil {
			return fmt.Errorf("%s is not built: %w", n, err)
		}
		manifest, err := written.IndexManifest()
		if err != nil {
			return err
		}
		digest := manifest.Manifests[0].Digest
		if n == functionName {
			err = pushFunction(o, ref, written, digest, with)
		} else {
			err = pushImage(ref, written, digest, with)
		}
		if err != nil {
			return fmt.Errorf("cannot push %s: %w", ref, err)
		}
		fmt.Printf("%s@%s\n", ref, digest)
	}
	return nil
}

func pushImage(ref name.Reference, in v1.ImageIndex, digest v1.Hash, with []remote.Option) error {
	image, err := in.Image(digest)
	if err != nil {
		return err
	}
	return remote.Write(ref, image, with...)
}

func pushFunction(o options, ref name.Reference, in v1.ImageIndex, digest v1.Hash, with []remote.Option) error {
	index, err := in.ImageIndex(digest)
	if err != nil {
		return err
	}
	if err := remote.WriteIndex(ref, index, with...); err != nil {
		return err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return err
	}
	for _, subject := range manifest.Manifests {
		bill, err := os.ReadFile(billFile(o, subject.Platform.Architecture))
		if err != nil {
			return err
		}
		if err := pushBill(ref.Context(), bill, subject, with); err != nil {
			return fmt.Errorf("bill of materials: %w", err)
		}
	}
	return nil
}

// pushBill pushes an SBOM that refers to an image.
func pushBill(repository name.Repository, bill []byte, subject v1.Descriptor, with []remote.Option) error {
	image, err := mutate.Append(mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), spdx),
		mutate.Addendum{Layer: static.NewLayer(bill, spdx), MediaType: spdx})
	if err != nil {
		return err
	}
	referring, _ := mutate.Subject(image, subject).(v1.Image)
	d, err := partial.Descriptor(referring)
	if err != nil {
		return err
	}
	return remote.Write(repository.Digest(d.Digest.String()), referring, with...)
}
