// Command rules reads from the real provider what no CRD says about the kinds
// that a stack composes, and checks resources with the provider's own code.
//
//	rules generate -activation FILE -provider DIR -terraform DIR -out FILE
//	rules validate <RESOURCES
//
// It is linked with all of the Terraform provider for AWS: `make rules` builds
// it, which takes most of an hour the first time.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	ujconfig "github.com/crossplane/upjet/v2/pkg/config"
	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	"github.com/upbound/provider-aws/v2/apis/namespaced"
	"github.com/upbound/provider-aws/v2/config"
	"k8s.io/apimachinery/pkg/runtime"
)

// provider is the real one: its configuration as it runs, both of Terraform's
// providers in it, and the Go types of the namespaced kinds.
type provider struct {
	config    *ujconfig.Provider
	sdk       *schema.Provider
	framework fwprovider.Provider
	scheme    *runtime.Scheme
}

func main() {
	log.SetFlags(0)
	log.SetOutput(io.Discard) // Terraform's own log.
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("usage: rules generate|validate")
	}
	p, err := newProvider(ctx)
	if err != nil {
		return err
	}
	switch args[0] {
	case "generate":
		flags := flag.NewFlagSet("generate", flag.ContinueOnError)
		activation := flags.String("activation", "", "Activation policy that lists the composed kinds.")
		providerDir := flags.String("provider", "", "Directory of the provider's module.")
		terraformDir := flags.String("terraform", "", "Directory of the Terraform provider's module.")
		out := flags.String("out", "", "File to write.")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return generate(ctx, p, *activation, *providerDir, *terraformDir, *out)
	case "validate":
		return validate(ctx, p, os.Stdin, os.Stdout)
	}
	return fmt.Errorf("unknown command %q", args[0])
}

func newProvider(ctx context.Context) (*provider, error) {
	fw, sdk, err := xpprovider.GetProvider(ctx)
	if err != nil {
		return nil, err
	}
	pc, err := config.GetProviderNamespaced(ctx, fw, sdk, false, false)
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	if err := namespaced.AddToScheme(scheme); err != nil {
		return nil, err
	}
	return &provider{config: pc, sdk: sdk, framework: fw, scheme: scheme}, nil
}
