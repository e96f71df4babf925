// Command xpkg builds Crossplane packages without Docker: the function's, which is
// also its runtime image, and a configuration for each scope of the API. The same
// source and toolchain result in the same digests.
//
//	xpkg build   -version vX.Y.Z -registry HOST/PATH -providers HOST/PATH
//	xpkg push    -version vX.Y.Z -registry HOST/PATH
//	xpkg serve   -version vX.Y.Z -address localhost:PORT
//	xpkg extract -address localhost:PORT -version vX.Y.Z -out FILE
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

// options are the command-line flags.
type options struct {
	// root is the repository, and out the output directory.
	root, out string
	version   string
	// registry is the registry of the project's packages, and providers that of the
	// AWS provider's packages.
	registry, providers string
	// binaries is the directory of existing binaries, named function-ARCH. If
	// empty, they are built.
	binaries string
	// address is the address of the local registry.
	address string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "xpkg:", err)
		os.Exit(1) //nolint:gocritic // The process ends anyway.
	}
}

func run(ctx context.Context, args []string) error {
	commands := map[string]func(context.Context, options) error{"build": build, "push": push, "serve": serve, "extract": extract}
	if len(args) == 0 || commands[args[0]] == nil {
		return errors.New("specify one of build, push, serve and extract")
	}
	o := options{}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.StringVar(&o.root, "root", ".", "root of the repository")
	flags.StringVar(&o.out, "out", filepath.Join("bin", "xpkg"), "output directory for packages, each as an OCI image layout")
	flags.StringVar(&o.version, "version", "v0.0.0", "version of all packages")
	flags.StringVar(&o.registry, "registry", "registry.example.org/secure-ecommerce", "registry path of the packages")
	flags.StringVar(&o.providers, "providers", "registry.example.org/upbound", "registry path of the AWS provider's packages")
	flags.StringVar(&o.binaries, "binaries", "", "directory with built function-ARCH binaries; if empty, they are built")
	flags.StringVar(&o.address, "address", "localhost:5000", "address on which serve listens, and from which extract reads")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	return commands[args[0]](ctx, o)
}
