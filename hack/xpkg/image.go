package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"io"
	"slices"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Annotation of the layer with the package's package.yaml (Crossplane
// documentation, "Packages": xpkg specification).
const (
	packageAnnotation = "io.crossplane.xpkg"
	packageLayer      = "base"
)

// file is a file of a layer.
type file struct {
	path    string
	mode    int64
	content []byte
}

// newLayer returns a layer of files. They belong to root and have no modification
// time, so that the digest depends only on their content.
func newLayer(files ...file) (v1.Layer, error) {
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	buffer := &bytes.Buffer{}
	w := tar.NewWriter(buffer)
	for _, f := range files {
		header := &tar.Header{Name: f.path, Mode: f.mode, Size: int64(len(f.content)), ModTime: time.Unix(0, 0), Format: tar.FormatPAX}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	raw := buffer.Bytes()
	return tarball.LayerFromOpener(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }, tarball.WithMediaType(types.OCILayer))
}

// newPackage returns an image of some layers. The last one contains the package.
func newPackage(config v1.Config, platform v1.Platform, definition []byte, layers ...v1.Layer) (v1.Image, error) {
	image, err := mutate.ConfigFile(mutate.MediaType(mutate.ConfigMediaType(empty.Image, types.OCIConfigJSON), types.OCIManifestSchema1), &v1.ConfigFile{
		OS: platform.OS, Architecture: platform.Architecture, Config: config, RootFS: v1.RootFS{Type: "layers"},
	})
	if err != nil {
		return nil, err
	}
	var adds []mutate.Addendum
	for _, l := range layers {
		adds = append(adds, mutate.Addendum{Layer: l, MediaType: types.OCILayer})
	}
	l, err := newLayer(file{path: "package.yaml", mode: 0o644, content: definition})
	if err != nil {
		return nil, err
	}
	adds = append(adds, mutate.Addendum{Layer: l, MediaType: types.OCILayer, Annotations: map[string]string{packageAnnotation: packageLayer}})
	return mutate.Append(image, adds...)
}
