package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	ujconfig "github.com/crossplane/upjet/v2/pkg/config"
	ujresource "github.com/crossplane/upjet/v2/pkg/resource"
	"github.com/hashicorp/go-cty/cty"
	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// placeholder replaces the value of a Secret.
const placeholder = "Placeholder-0123456789"

// account is the simulator's account.
const account = "123456789012"

// validate reads files of managed resources with resolved references, and prints
// the errors of Terraform's own validation and plan for their creation.
func validate(ctx context.Context, p *provider, files []string, out io.Writer) error {
	found := 0
	for _, file := range files {
		resources, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprintf(out, "%s: %d resources\n", filepath.Base(file), len(resources))
		for _, u := range resources {
			messages, err := p.check(ctx, u)
			if err != nil {
				messages = append(messages, "cannot be checked: "+err.Error())
			}
			for _, m := range messages {
				found++
				fmt.Fprintf(out, "%s %s: %s\n", u.GroupVersionKind().GroupKind(), u.GetName(), m)
			}
		}
	}
	if found > 0 {
		return fmt.Errorf("%d findings", found)
	}
	return nil
}

// read returns the resources of a file.
func read(file string) ([]*unstructured.Unstructured, error) {
	f, err := os.Open(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // The file was only read.
	documents := yaml.NewYAMLOrJSONDecoder(f, 1<<16)
	var out []*unstructured.Unstructured
	for {
		u := &unstructured.Unstructured{}
		if err := documents.Decode(&u.Object); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		if strings.HasSuffix(u.GroupVersionKind().Group, ".aws.m.upbound.io") {
			out = append(out, u)
		}
	}
}

// check returns Terraform's errors for one resource.
func (p *provider) check(ctx context.Context, u *unstructured.Unstructured) (out []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	object, err := p.scheme.New(u.GroupVersionKind())
	if err != nil {
		return nil, err
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(u.Object, object); err != nil {
		return nil, err
	}
	tr, ok := object.(ujresource.Terraformed)
	if !ok {
		return nil, fmt.Errorf("%T is no Terraform resource", object)
	}
	r, ok := p.config.Resources[tr.GetTerraformResourceType()]
	if !ok {
		return nil, fmt.Errorf("no configuration of %s", tr.GetTerraformResourceType())
	}
	params, err := p.parameters(tr, r, u)
	if err != nil {
		return nil, err
	}
	client, err := p.client(ctx, params)
	if err != nil {
		return nil, err
	}
	if r.TerraformPluginFrameworkResource != nil {
		return checkFramework(ctx, r, client, params)
	}
	out = messages(r.Name, p.terraform.ValidateResource(r.Name, terraform.NewResourceConfigRaw(p.arguments(r.Name, params))))
	if t, ok := params["type_name"].(string); ok && r.Name == "aws_cloudcontrolapi_resource" {
		params["schema"] = string(p.types[t])
	}
	if err := plan(ctx, r, client, params); err != nil {
		out = append(out, "plan: "+err.Error())
	}
	return out, nil
}

// plan plans the creation of a resource with Terraform, like upjet.
func plan(ctx context.Context, r *ujconfig.Resource, client *xpprovider.AWSClient, params map[string]any) error {
	config, err := schema.JSONMapToStateValue(params, r.TerraformResource.CoreConfigSchema())
	if err != nil {
		return err
	}
	state := &terraform.InstanceState{RawConfig: config, RawPlan: config}
	_, err = schema.InternalMap(r.TerraformResource.Schema).Diff(ctx, state, terraform.NewResourceConfigRaw(params), r.TerraformResource.CustomizeDiff, client, false)
	return err
}

// parameters returns Terraform's arguments, like upjet.
func (p *provider) parameters(tr ujresource.Terraformed, r *ujconfig.Resource, u *unstructured.Unstructured) (map[string]any, error) {
	params, err := tr.GetMergedParameters(true)
	if err != nil {
		return nil, err
	}
	params, err = r.ApplyTFConversions(params, ujconfig.ToTerraform)
	if err != nil {
		return nil, err
	}
	paved := fieldpath.Pave(u.Object)
	for terraformPath, at := range tr.GetConnectionDetailsMapping() {
		if v, err := paved.GetValue("spec.forProvider." + at); err == nil && v != nil && !strings.Contains(terraformPath, "[") {
			params[terraformPath] = placeholder
		}
	}
	r.ExternalName.SetIdentifierArgumentFn(params, meta.GetExternalName(tr))
	if err := inject(r, u, params); err != nil {
		return nil, err
	}
	if s := p.terraform.ResourcesMap[r.Name]; s != nil && s.Schema["tags_all"] != nil {
		params["tags_all"] = params["tags"]
	}
	return params, nil
}

// inject adds the values of the provider's configuration of the resource. It
// removes those that are empty only to prevent their late initialization, such as
// name_prefix.
func inject(r *ujconfig.Resource, u *unstructured.Unstructured, params map[string]any) error {
	if r.TerraformConfigurationInjector == nil {
		return nil
	}
	said := maps.Clone(params)
	forProvider, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
	if err := r.TerraformConfigurationInjector(forProvider, params); err != nil {
		return err
	}
	maps.DeleteFunc(params, func(k string, v any) bool { return v == "" && said[k] == nil })
	return nil
}

// arguments returns the parameters that belong to a configuration. An identifier
// that AWS generates, for example, does not.
func (p *provider) arguments(name string, params map[string]any) map[string]any {
	out := maps.Clone(params)
	delete(out, "tags_all")
	maps.DeleteFunc(out, func(k string, _ any) bool {
		s := p.terraform.ResourcesMap[name].Schema[k]
		return s == nil || s.Computed && !s.Optional
	})
	return out
}

// client returns an AWS client for plans, which call no API.
func (p *provider) client(ctx context.Context, params map[string]any) (*xpprovider.AWSClient, error) {
	region, _ := params["region"].(string)
	if region == "" {
		region = "us-east-1"
	}
	if c, ok := clients[region]; ok {
		return c, nil
	}
	c := xpprovider.AWSConfig{
		AccessKey: "AKIAIOSFODNN7EXAMPLE", SecretKey: placeholder, Region: region, Endpoints: map[string]string{},
		SkipCredsValidation: true, SkipRequestingAccountId: true, SkipRegionValidation: true,
	}
	base := &xpprovider.AWSClient{}
	if m, ok := p.sdk.Meta().(*xpprovider.AWSClient); ok {
		base.SetServicePackagesField(m.GetServicePackages())
	}
	client, diags := c.GetClient(ctx, base)
	if diags.HasError() {
		return nil, fmt.Errorf("%v", diags)
	}
	client.SetAccountID(account)
	clients[region] = client
	return client, nil
}

// clients caches the clients by region.
var clients = map[string]*xpprovider.AWSClient{}

// deprecated lists deprecated arguments that are composed, with the reason.
var deprecated = map[string]string{
	"aws_cloudwatch_event_rule.is_enabled": "Without it, the provider updates the rule again and again: see internal/rules/lateinit.yaml.",
	"aws_guardduty_detector.datasources":   "The provider has no kind for aws_guardduty_detector_feature.",
}

// messages converts diagnostics to text.
func messages(resource string, diags diag.Diagnostics) []string {
	var out []string
	for _, d := range diags {
		severity := "error"
		if d.Severity == diag.Warning {
			severity = "warning"
			if deprecated[resource+"."+attributePath(d.AttributePath)] != "" {
				continue
			}
		}
		out = append(out, strings.Join(strings.Fields(severity+": "+attributePath(d.AttributePath)+" "+d.Summary+" "+d.Detail), " "))
	}
	return out
}

func attributePath(p cty.Path) string {
	var out []string
	for _, s := range p {
		switch s := s.(type) {
		case cty.GetAttrStep:
			out = append(out, s.Name)
		case cty.IndexStep:
			out = append(out, s.Key.GoString())
		}
	}
	return strings.Join(out, ".")
}

// checkFramework validates and plans a resource that uses Terraform's plugin
// framework.
func checkFramework(ctx context.Context, r *ujconfig.Resource, client *xpprovider.AWSClient, params map[string]any) ([]string, error) {
	rsp := &fwresource.SchemaResponse{}
	r.TerraformPluginFrameworkResource.Schema(ctx, fwresource.SchemaRequest{}, rsp)
	t := rsp.Schema.Type().TerraformType(ctx)
	arguments := maps.Clone(params)
	for k, a := range rsp.Schema.Attributes {
		if a.IsComputed() && !a.IsOptional() {
			delete(arguments, k)
		}
	}
	value, err := toTerraform(arguments, t)
	if err != nil {
		return nil, err
	}
	config, err := tfprotov6.NewDynamicValue(t, value)
	if err != nil {
		return nil, err
	}
	none, err := tfprotov6.NewDynamicValue(t, tftypes.NewValue(t, nil))
	if err != nil {
		return nil, err
	}
	server, err := configuredServer(ctx, client)
	if err != nil {
		return nil, err
	}
	validated, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: r.Name, Config: &config})
	if err != nil {
		return nil, err
	}
	planned, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: r.Name, PriorState: &none, ProposedNewState: &config, Config: &config})
	if err != nil {
		return nil, err
	}
	return append(frameworkMessages("", validated.Diagnostics), frameworkMessages("plan: ", planned.Diagnostics)...), nil
}

// primary is a provider that only has an AWS client.
type primary struct{ client *xpprovider.AWSClient }

func (p primary) Meta() any { return p.client }

// configuredServer returns the provider for resources of the plugin framework, with
// an AWS client.
func configuredServer(ctx context.Context, client *xpprovider.AWSClient) (tfprotov6.ProviderServer, error) {
	p := xpprovider.GetFrameworkProviderWithMeta(primary{client: client})
	rsp := &fwprovider.SchemaResponse{}
	p.Schema(ctx, fwprovider.SchemaRequest{}, rsp)
	t := rsp.Schema.Type().TerraformType(ctx)
	none, err := tfprotov6.NewDynamicValue(t, tftypes.NewValue(t, nil))
	if err != nil {
		return nil, err
	}
	server := providerserver.NewProtocol6(p)()
	_, err = server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: &none})
	return server, err
}

func frameworkMessages(step string, diagnostics []*tfprotov6.Diagnostic) []string {
	var out []string
	for _, d := range diagnostics {
		out = append(out, step+strings.Join(strings.Fields(fmt.Sprintf("%s: %v %s %s", strings.ToLower(d.Severity.String()), d.Attribute, d.Summary, d.Detail)), " "))
	}
	return out
}

// toTerraform converts a value to a Terraform type. Missing values are null.
func toTerraform(v any, t tftypes.Type) (tftypes.Value, error) {
	if v == nil {
		return tftypes.NewValue(t, nil), nil
	}
	switch t := t.(type) {
	case tftypes.Object:
		m, ok := v.(map[string]any)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("%T is no object", v)
		}
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if _, ok := t.AttributeTypes[k]; !ok {
				return tftypes.Value{}, fmt.Errorf("unknown argument %q", k)
			}
		}
		out := map[string]tftypes.Value{}
		for k, of := range t.AttributeTypes {
			value, err := toTerraform(m[k], of)
			if err != nil {
				return value, fmt.Errorf("%s: %w", k, err)
			}
			out[k] = value
		}
		return tftypes.NewValue(t, out), nil
	case tftypes.Map:
		m, _ := v.(map[string]any)
		out := map[string]tftypes.Value{}
		for k, item := range m {
			value, err := toTerraform(item, t.ElementType)
			if err != nil {
				return value, err
			}
			out[k] = value
		}
		return tftypes.NewValue(t, out), nil
	case tftypes.List:
		out, err := items(v, t.ElementType)
		return tftypes.NewValue(t, out), err
	case tftypes.Set:
		out, err := items(v, t.ElementType)
		return tftypes.NewValue(t, out), err
	}
	switch v := v.(type) {
	case string, bool:
		return tftypes.NewValue(t, v), nil
	case float64, int64, int:
		return tftypes.NewValue(t, v), nil
	}
	return tftypes.Value{}, fmt.Errorf("%s for %s", reflect.TypeOf(v), t)
}

func items(v any, t tftypes.Type) ([]tftypes.Value, error) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v} // An object for a Terraform list of one.
	}
	out := make([]tftypes.Value, 0, len(list))
	for _, item := range list {
		value, err := toTerraform(item, t)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}
