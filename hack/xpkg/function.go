package main

import (
	"bytes"
	"context"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// architectures lists the supported architectures, all on Linux.
var architectures = []string{"amd64", "arm64"}

// nonRoot is the usual unprivileged user. It is numeric, so that Kubernetes can
// enforce runAsNonRoot.
const nonRoot = "65532:65532"

// functionPackage returns an image for each architecture. It contains the static
// binary, CA certificates and the package, but no shell and no libc.
func functionPackage(ctx context.Context, o options) (v1.ImageIndex, error) {
	definition, err := functionDefinition(o.root)
	if err != nil {
		return nil, err
	}
	index := mutate.IndexMediaType(empty.Index, types.OCIImageIndex)
	for _, arch := range architectures {
		binary, err := functionBinary(ctx, o, arch)
		if err != nil {
			return nil, err
		}
		layer, err := newLayer(
			file{path: "etc/ssl/certs/ca-certificates.crt", mode: 0o644, content: authorities()},
			file{path: "function", mode: 0o755, content: binary},
		)
		if err != nil {
			return nil, err
		}
		platform := v1.Platform{OS: "linux", Architecture: arch}
		image, err := newPackage(v1.Config{
			User: nonRoot, Entrypoint: []string{"/function"}, ExposedPorts: map[string]struct{}{"9443/tcp": {}},
			Labels: labels(functionName, o.version),
		}, platform, definition, layer)
		if err != nil {
			return nil, err
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{Platform: &platform}})
	}
	return index, nil
}

// functionBinary builds the function for an architecture. The Dockerfile uses the
// same flags.
func functionBinary(ctx context.Context, o options, arch string) ([]byte, error) {
	if o.binaries != "" {
		return os.ReadFile(filepath.Join(o.binaries, "function-"+arch))
	}
	to := filepath.Join(o.out, "function-"+arch)
	absolute, err := filepath.Abs(to)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", absolute, ".")
	c.Dir, c.Stderr = o.root, os.Stderr
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch, "GOFLAGS=")
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("cannot build for %s: %w", arch, err)
	}
	return os.ReadFile(to)
}

// authorities returns Mozilla's CA certificates in the version that go.sum pins.
// With those of the machine, digests would depend on the machine.
func authorities() []byte {
	out := &bytes.Buffer{}
	for root := range bundle.Roots() {
		out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}))
	}
	return out.Bytes()
}
