// Command rules extracts requirements for composed kinds from the real provider
// that are not in CRDs, and validates resources with the provider's own code.
//
//	rules generate -activation FILE -provider DIR -terraform DIR -out FILE
//	rules validate -types FILE FILE...
//
// It contains the whole Terraform provider for AWS. `make rules` builds it, which
// takes almost an hour the first time.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	ujconfig "github.com/crossplane/upjet/v2/pkg/config"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	"github.com/upbound/provider-aws/v2/apis/namespaced"
	"github.com/upbound/provider-aws/v2/config"
	"k8s.io/apimachinery/pkg/runtime"
)

// provider is the real provider: its configuration, Terraform's provider in it, and
// the Go types of the namespaced kinds.
type provider struct {
	config *ujconfig.Provider
	sdk    *schema.Provider
	scheme *runtime.Scheme
	// terraform contains Terraform's own resources, without the changes of the
	// configuration.
	terraform *schema.Provider
	// types contains CloudFormation's schemas of resource types by name.
	types map[string]json.RawMessage
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
		return runGenerate(ctx, p, args[1:])
	case "validate":
		return runValidate(ctx, p, args[1:])
	}
	return fmt.Errorf("unknown command %q", args[0])
}

func runGenerate(ctx context.Context, p *provider, args []string) error {
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	activation := flags.String("activation", "", "Activation policy that lists the composed kinds.")
	providerDir := flags.String("provider", "", "Directory of the provider's module.")
	terraformDir := flags.String("terraform", "", "Directory of the Terraform provider's module.")
	out := flags.String("out", "", "File to write.")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return generate(ctx, p, *activation, *providerDir, *terraformDir, *out)
}

func runValidate(ctx context.Context, p *provider, args []string) error {
	flags := flag.NewFlagSet("validate", flag.ContinueOnError)
	types := flags.String("types", "", "File of CloudFormation's schemas of resource types, by name.")
	if err := flags.Parse(args); err != nil {
		return err
	}
	raw, err := os.ReadFile(filepath.Clean(*types))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &p.types); err != nil {
		return fmt.Errorf("%s: %w", *types, err)
	}
	return validate(ctx, p, flags.Args(), os.Stdout)
}

func newProvider(ctx context.Context) (*provider, error) {
	fw, sdk, err := xpprovider.GetProvider(ctx)
	if err != nil {
		return nil, err
	}
	terraform := &schema.Provider{ResourcesMap: copyResources(sdk.ResourcesMap)}
	pc, err := config.GetProviderNamespaced(ctx, fw, sdk, false, false)
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	if err := namespaced.AddToScheme(scheme); err != nil {
		return nil, err
	}
	return &provider{config: pc, sdk: sdk, scheme: scheme, terraform: terraform}, nil
}
