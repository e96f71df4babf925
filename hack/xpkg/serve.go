package main

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"sigs.k8s.io/yaml"
)

// serve runs a local registry with all packages and with empty versions of the
// provider's packages, to test an installation without another registry. The
// packages are built for this registry.
func serve(ctx context.Context, o options) error {
	o.registry, o.providers = o.address+"/secure-ecommerce", o.address+"/upbound"
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: registry.New(registry.Logger(log.New(io.Discard, "", 0)))}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	for _, step := range []func(context.Context, options) error{build, push, pushProviders} {
		if err := step(ctx, o); err != nil {
			return err
		}
	}
	fmt.Println("serving", o.registry)
	select {
	case <-ctx.Done():
		return server.Close()
	case err := <-failed:
		return err
	}
}

// pushProviders pushes an empty package for each provider package that a
// configuration depends on, with the minimum version.
func pushProviders(ctx context.Context, o options) error {
	for _, g := range scopes {
		all, err := services(activation(o.root, g))
		if err != nil {
			return err
		}
		for _, service := range all {
			if err := pushProvider(ctx, o, service, minimumProvider); err != nil {
				return err
			}
		}
	}
	return nil
}

func pushProvider(ctx context.Context, o options, service, version string) error {
	definition, err := yaml.Marshal(map[string]any{
		"apiVersion": "meta.pkg.crossplane.io/v1", "kind": "Provider", "metadata": map[string]any{"name": "provider-aws-" + service},
	})
	if err != nil {
		return err
	}
	image, err := newPackage(v1.Config{}, v1.Platform{}, definition)
	if err != nil {
		return err
	}
	ref, err := name.ParseReference(o.providers + "/provider-aws-" + service + ":" + version)
	if err != nil {
		return err
	}
	return remote.Write(ref, image, remote.WithContext(ctx))
}

// extract writes the binary from the function's image in a registry, for the
// registry's default architecture.
func extract(ctx context.Context, o options) error {
	ref, err := name.ParseReference(o.address + "/secure-ecommerce/" + functionName + ":" + o.version)
	if err != nil {
		return err
	}
	image, err := remote.Image(ref, remote.WithContext(ctx))
	if err != nil {
		return err
	}
	r := mutate.Extract(image)
	defer func() { _ = r.Close() }() // The image was only read.
	for files := tar.NewReader(r); ; {
		header, err := files.Next()
		if err != nil {
			return errors.Join(fmt.Errorf("%s contains no program", ref), err)
		}
		if header.Name != "function" {
			continue
		}
		program, err := io.ReadAll(files)
		if err != nil {
			return err
		}
		return os.WriteFile(o.out, program, 0o755)
	}
}
