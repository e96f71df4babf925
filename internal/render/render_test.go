package render

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

// function is a fake of the function.
type function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	run func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error)
}

func (f *function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return f.run(req)
}

// desires returns a desired resource from JSON.
func desires(manifest string, ready bool) *fnv1.Resource {
	r := &fnv1.Resource{Resource: sdk.MustStructJSON(manifest), Ready: fnv1.Ready_READY_FALSE}
	if ready {
		r.Ready = fnv1.Ready_READY_TRUE
	}
	return r
}

// network is a function whose stack is a VPC, and a subnet once the VPC has an ID.
func network(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	observed := req.GetObserved().GetResources()
	_, vpc := observed["vpc"]
	_, subnet := observed["subnet"]
	rsp := &fnv1.RunFunctionResponse{
		Desired: &fnv1.State{
			Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{"status": {"region": "eu-west-1"}}`)},
			Resources: map[string]*fnv1.Resource{
				"vpc": desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "VPC", "metadata": {"name": "shop-vpc"}, "spec": {"forProvider": {"region": "eu-west-1"}}}`, vpc),
			},
		},
		Conditions: []*fnv1.Condition{{Type: "NetworkReady", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "Creating"}},
		Results:    []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_NORMAL, Message: "composed"}},
	}
	if vpc {
		rsp.Desired.Resources["subnet"] = desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "Subnet", "metadata": {"name": "shop-subnet"}, "spec": {"forProvider": {"region": "eu-west-1", "vpcIdRef": {"name": "shop-vpc"}}}}`, subnet)
	}
	if !subnet {
		rsp.Results = append(rsp.Results, &fnv1.Result{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "not all is there"})
	}
	return rsp, nil
}

// claimOfShop is a minimal claim.
const claimOfShop = `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata:
  name: shop
  namespace: team-a
spec:
  region: eu-west-1
`

// inputOfPlatform is a minimal input.
const inputOfPlatform = `{apiVersion: fn.platform.secure-ecommerce.dev/v1alpha1, kind: Input, accountId: "123456789012"}`

func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"claim.yaml": claimOfShop, "input.yaml": inputOfPlatform} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	claim := filepath.Join(dir, "claim.yaml")
	cases := map[string]struct {
		reason string
		args   []string
		stdin  string
		run    func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error)
		// want contains lines of the output.
		want   []string
		stderr string
		err    string
	}{
		"FirstRun": {
			reason: "Without --converged only what needs nothing else should show, and warnings should not get into the stream.",
			args:   []string{claim, "--output", "table"},
			run:    network,
			want: []string{
				"GROUP   RESOURCE   KIND   NAME       EXTERNAL-NAME   READY",
				"ec2     vpc        VPC    shop-vpc   -               False",
			},
			stderr: "warning: not all is there\n",
		},
		"Converged": {
			reason: "With --converged everything should show, with its name in AWS.",
			args:   []string{claim, "--converged", "-o", "table"},
			run:    network,
			want: []string{
				"GROUP   RESOURCE   KIND     NAME          EXTERNAL-NAME              READY",
				"ec2     subnet     Subnet   shop-subnet   subnet-c5be85d41a671f332   True",
				"ec2     vpc        VPC      shop-vpc      vpc-0c2270b3d7ecfa0fb      True",
			},
		},
		"StandardInput": {
			reason: "A dash should read standard input.",
			args:   []string{"-", "-o", "mermaid"},
			stdin:  claimOfShop,
			run:    network,
			want:   []string{"graph LR", "  subgraph ec2", `    ec2_vpc["vpc<br/>VPC"]`, "  end"},
			stderr: "warning: not all is there\n",
		},
		"Namespaced": {
			reason: "--scope namespaced should take a claim as the composite of the other scope.",
			args:   []string{claim, "--scope", "namespaced", "-o", "tree"},
			run:    network,
			want:   []string{"SecureEcommerce/shop (0 of 1 ready)", "└─ ec2", "   └─ vpc VPC"},
			stderr: "warning: not all is there\n",
		},
		"Input": {
			reason: "The function should get the input that the user names.",
			args:   []string{claim, "--input", filepath.Join(dir, "input.yaml"), "-o", "tree"},
			run: func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return nil, errors.New(req.GetInput().GetFields()["accountId"].GetStringValue()) //nolint:err113 // For a test.
			},
			err: "cannot run the function: 123456789012",
		},
		"Required": {
			reason: "The function should get what it requires from the file that the user names.",
			args:   []string{claim, "--required", filepath.Join(dir, "input.yaml"), "-o", "tree"},
			run: func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				if required, ok := req.GetRequiredResources()["it"]; ok {
					return nil, errors.New(required.GetItems()[0].GetResource().GetFields()["accountId"].GetStringValue()) //nolint:err113 // For a test.
				}
				return &fnv1.RunFunctionResponse{Requirements: &fnv1.Requirements{Resources: map[string]*fnv1.ResourceSelector{"it": {
					ApiVersion: "fn.platform.secure-ecommerce.dev/v1alpha1", Kind: "Input",
				}}}}, nil
			},
			err: "cannot run the function: 123456789012",
		},
		"NoRequired": {
			reason: "A required object that is not there should be named.",
			args:   []string{claim, "--required", filepath.Join(dir, "other.yaml")},
			err:    "cannot read " + filepath.Join(dir, "other.yaml") + ": open " + filepath.Join(dir, "other.yaml") + ": no such file or directory",
		},
		"NoFile": {
			reason: "A file that is not there should be named.",
			args:   []string{filepath.Join(dir, "other.yaml")},
			err:    "cannot read " + filepath.Join(dir, "other.yaml") + ": open " + filepath.Join(dir, "other.yaml") + ": no such file or directory",
		},
		"NoInput": {
			reason: "An input that is not one should be refused.",
			args:   []string{"-", "--input", claim},
			stdin:  claimOfShop,
			err: claim + ` is not valid:
  apiVersion: "platform.secure-ecommerce.dev/v1alpha1" is not supported; use fn.platform.secure-ecommerce.dev/v1alpha1
  kind: "SecureEcommerce" is not supported; use Input`,
		},
		"InvalidFile": {
			reason: "A file that the API server refuses should never reach the function.",
			args:   []string{"-"},
			stdin:  strings.ReplaceAll(claimOfShop, "region: eu-west-1", "{}"),
			err:    "standard input is not valid:\n  spec.region: is required: set a value, such as eu-west-1",
		},
		"Fatal": {
			reason: "The function's own words should be the error.",
			args:   []string{claim},
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{
					{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "look out"},
					{Severity: fnv1.Severity_SEVERITY_FATAL, Message: "spec.region: no such place"},
				}}, nil
			},
			err: "spec.region: no such place",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			c := Command{}
			if tc.stdin != "" {
				c.stdin = strings.NewReader(tc.stdin)
			}
			parser, err := kong.New(&c, kong.Writers(&stdout, &stderr))
			if err != nil {
				t.Fatal(err)
			}
			ctx, err := parser.Parse(tc.args)
			if err != nil {
				t.Fatal(err)
			}
			ctx.BindTo(t.Context(), (*context.Context)(nil))
			ctx.BindTo(&function{run: tc.run}, (*fnv1.FunctionRunnerServiceServer)(nil))
			message := ""
			if err := ctx.Run(); err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Errorf("%s\nRun(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			var got []string
			if stdout.Len() > 0 {
				got = strings.Split(strings.TrimSuffix(stdout.String(), "\n"), "\n")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s\nRun(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.stderr, stderr.String()); diff != "" {
				t.Errorf("%s\nRun(...): -want stderr, +got stderr:\n%s", tc.reason, diff)
			}
		})
	}
}

// full is a writer that always fails.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left")

func TestRunCannotPrint(t *testing.T) {
	for output := range outputs {
		t.Run(output, func(t *testing.T) {
			c := Command{stdin: strings.NewReader(claimOfShop)}
			parser, err := kong.New(&c, kong.Writers(full{}, &bytes.Buffer{}))
			if err != nil {
				t.Fatal(err)
			}
			ctx, err := parser.Parse([]string{"-", "-o", output})
			if err != nil {
				t.Fatal(err)
			}
			ctx.BindTo(t.Context(), (*context.Context)(nil))
			ctx.BindTo(&function{run: network}, (*fnv1.FunctionRunnerServiceServer)(nil))
			if err := ctx.Run(); !errors.Is(err, errFull) {
				t.Errorf("A failure to print should be told.\nRun(...): want %v, got %v", errFull, err)
			}
		})
	}
}
