package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	ujconfig "github.com/crossplane/upjet/v2/pkg/config"
	ujresource "github.com/crossplane/upjet/v2/pkg/resource"
	"github.com/hashicorp/go-cty/cty"
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

// placeholder stands for what a Secret holds.
const placeholder = "Placeholder-0123456789"

// account is the one that the simulator plays.
const account = "123456789012"

// validate reads managed resources, whose references are resolved, and prints
// all that Terraform's own validation and plan say against creating them.
func validate(ctx context.Context, p *provider, in io.Reader, out io.Writer) error {
	documents := yaml.NewYAMLOrJSONDecoder(in, 1<<16)
	found := 0
	for {
		u := &unstructured.Unstructured{}
		if err := documents.Decode(&u.Object); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		group := u.GroupVersionKind().Group
		service, ok := strings.CutSuffix(group, ".aws.m.upbound.io")
		if !ok {
			continue
		}
		messages, err := p.check(ctx, u, service)
		if err != nil {
			messages = append(messages, "cannot be checked: "+err.Error())
		}
		for _, m := range messages {
			found++
			fmt.Fprintf(out, "%s/%s %s: %s\n", service, u.GetKind(), u.GetName(), m)
		}
	}
	if found > 0 {
		return fmt.Errorf("%d findings", found)
	}
	return nil
}

// check is what Terraform says of one resource.
func (p *provider) check(ctx context.Context, u *unstructured.Unstructured, service string) (out []string, err error) {
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
	if r.TerraformPluginFrameworkResource != nil {
		return p.checkFramework(ctx, r, params)
	}
	config := terraform.NewResourceConfigRaw(params)
	out = messages(p.sdk.ValidateResource(r.Name, config))
	client, err := p.client(ctx, params)
	if err != nil {
		return out, err
	}
	_, err = schema.InternalMap(r.TerraformResource.SchemaMap()).Diff(ctx, nil, config, r.TerraformResource.CustomizeDiff, client, false)
	if err != nil {
		out = append(out, "plan: "+err.Error())
	}
	return out, nil
}

// parameters are the resource's Terraform arguments, as upjet makes them.
func (p *provider) parameters(tr ujresource.Terraformed, r *ujconfig.Resource, u *unstructured.Unstructured) (map[string]any, error) {
	params, err := tr.GetMergedParameters(true)
	if err != nil {
		return nil, err
	}
	params, err = r.ApplyTFConversions(params, ujconfig.ToTerraform)
	if err != nil {
		return nil, err
	}
	for terraformPath, at := range tr.GetConnectionDetailsMapping() {
		paved := fieldpath.Pave(u.Object)
		if v, err := paved.GetValue(at); err == nil && v != nil && !strings.Contains(terraformPath, "[") {
			params[terraformPath] = placeholder
		}
	}
	r.ExternalName.SetIdentifierArgumentFn(params, meta.GetExternalName(tr))
	if r.TerraformConfigurationInjector != nil {
		forProvider, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
		if err := r.TerraformConfigurationInjector(forProvider, params); err != nil {
			return nil, err
		}
	}
	delete(params, "id")
	// What nobody can set is not part of a configuration: an identifier that AWS
	// makes up, for instance.
	if r.TerraformResource != nil {
		for k, s := range r.TerraformResource.SchemaMap() {
			if s.Computed && !s.Optional {
				delete(params, k)
			}
		}
	}
	return params, nil
}

// client is an AWS client for plans, which call no API.
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

// clients are those made so far, by region.
var clients = map[string]*xpprovider.AWSClient{}

// messages are diagnostics as text.
func messages(diags diag.Diagnostics) []string {
	var out []string
	for _, d := range diags {
		severity := "error"
		if d.Severity == diag.Warning {
			severity = "warning"
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

// checkFramework validates a resource that is built with Terraform's plugin
// framework.
func (p *provider) checkFramework(ctx context.Context, r *ujconfig.Resource, params map[string]any) ([]string, error) {
	rsp := &fwresource.SchemaResponse{}
	r.TerraformPluginFrameworkResource.Schema(ctx, fwresource.SchemaRequest{}, rsp)
	t := rsp.Schema.Type().TerraformType(ctx)
	value, err := toTerraform(params, t)
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(t, value)
	if err != nil {
		return nil, err
	}
	server := providerserver.NewProtocol6(p.framework)()
	answer, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: r.Name, Config: &dynamic})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, d := range answer.Diagnostics {
		out = append(out, strings.Join(strings.Fields(fmt.Sprintf("%s: %v %s %s", strings.ToLower(d.Severity.String()), d.Attribute, d.Summary, d.Detail)), " "))
	}
	return out, nil
}

// toTerraform is a value as one of Terraform's type. What is missing is null.
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
		list = []any{v} // An object where Terraform has a list of one.
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
