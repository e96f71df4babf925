package report

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// function is a fake whose stack is one subnet.
type function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	public bool
}

func (f *function) RunFunction(context.Context, *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	subnet := sdk.MustStructJSON(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "Subnet", "metadata": {"name": "shop-subnet"}, "spec": {"forProvider": {"mapPublicIpOnLaunch": false}}}`)
	subnet.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()["mapPublicIpOnLaunch"] = sdk.MustStructJSON(map[bool]string{true: `{"a": true}`, false: `{"a": false}`}[f.public]).GetFields()["a"]
	return &fnv1.RunFunctionResponse{
		Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"subnet": {Resource: subnet}}},
		Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "kept"}},
	}, nil
}

const claim = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\nspec: {region: eu-west-1}\n"

// broken is a writer that always fails.
type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// exited is the panic value of a test's exit function, because nothing may run
// after an exit.
type exited int

// run runs a command line.
func run(args []string, stdin string, public bool, stdout io.Writer) (stderr string, code int, err error) { //nolint:nonamedreturns // Three similar results.
	var errs bytes.Buffer
	defer func() {
		stderr = errs.String()
		if p, ok := recover().(exited); ok {
			code = int(p)
		}
	}()
	c := Command{stdin: strings.NewReader(stdin)}
	parser := kong.Must(&c, kong.Writers(stdout, &errs), kong.Exit(func(code int) { panic(exited(code)) }))
	ctx, err := parser.Parse(args)
	if err != nil {
		return "", 0, err
	}
	ctx.BindTo(context.Background(), (*context.Context)(nil))
	ctx.BindTo(&function{public: public}, (*fnv1.FunctionRunnerServiceServer)(nil))
	return "", 0, ctx.Run()
}

func TestRun(t *testing.T) {
	cases := map[string]struct {
		reason string
		args   []string
		stdin  string
		public bool
		// out lists parts of the output.
		out    []string
		stderr string
		code   int
		err    string
	}{
		"Catalogue": {
			reason: "Without a file the catalogue should be printed.",
			out:    []string{"NET-03    high       included         Subnets do not assign public IP addresses\n"},
		},
		"Markdown": {
			reason: "The document should say what is true, where, who asks, and why not.",
			args:   []string{"-o", "markdown"},
			out: []string{
				"| NET-03 | high | included | Subnets do not assign public IP addresses. | every `ec2/Subnet` has `mapPublicIpOnLaunch` `false` | FSBP EC2.15<br>PCI 1.4.5<br>Trivy AVD-AWS-0164<br>",
				"*Not applicable:* The stack has no VPN connections.", "*How:* Set `cdn.geoRestriction`.", "*Left out:* `cdn-logs-bucket`: CloudFront standard logging",
				"*Reported by AVD-AWS-0171:* `audit-bucket`: The trail delivers",
				"## Web application firewall\n", "- CIS: CIS AWS Foundations Benchmark 3.0\n", `\d+`,
			},
		},
		"Met": {
			reason: "A stack should be told what it meets and where, and what it does not and why.",
			args:   []string{"-"},
			stdin:  claim,
			out: []string{
				"subnet mapPublicIpOnLaunch\n", "no ec2/VPC\n", "OptIn", "The stack has no VPN connections.\n", " met, ", " not applicable\n",
			},
			stderr: "warning: kept\n",
		},
		"MetMarkdown": {
			reason: "What goes into a pull request's comment should be a table.",
			args:   []string{"-", "-o", "markdown"},
			stdin:  claim,
			out:    []string{"| NET-03 | high | Met | Subnets do not assign public IP addresses | subnet mapPublicIpOnLaunch |\n", "## Network\n"},
			stderr: "warning: kept\n",
		},
		"Fails": {
			reason: "A control that is not met should fail a build that asks.",
			args:   []string{"-", "--fail-on", "critical"},
			stdin:  claim,
			public: true,
			out:    []string{"subnet mapPublicIpOnLaunch is true, expected false\n"},
			stderr: "warning: kept\n",
			code:   2,
		},
		"Invalid": {
			reason: "A claim that is not valid should be refused.",
			args:   []string{"-"},
			stdin:  "a: [",
			err:    "standard input is not valid YAML: line 1: did not find expected node content; close each bracket, and put text with special characters in quotes",
		},
		"FailOnNothing": {
			reason: "A pipeline that names no claim should not pass.",
			args:   []string{"--fail-on", "high"},
			err:    "--fail-on=high requires a FILE with a claim",
		},
		"FailOnWhat": {
			reason: "A severity should be one.",
			args:   []string{"--fail-on", "bad"},
			err:    `--fail-on must be one of "","critical","high","medium","low" but got "bad"`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			stderr, code, err := run(tc.args, tc.stdin, tc.public, &out)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Errorf("\n%s\nRun(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.stderr, stderr); diff != "" {
				t.Errorf("\n%s\nstderr: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.code, code); diff != "" {
				t.Errorf("\n%s\nexit code: -want, +got:\n%s", tc.reason, diff)
			}
			for _, part := range tc.out {
				if !strings.Contains(out.String(), part) {
					t.Errorf("\n%s\nwant %q in:\n%s", tc.reason, part, out.String())
				}
			}
		})
	}
}

// TestRunForMachines verifies that both formats contain the same data, and enough
// to be read without the catalog.
func TestRunForMachines(t *testing.T) {
	type document struct {
		Totals   controls.Totals `json:"totals"`
		Controls []reported      `json:"controls"`
	}
	var documents []document
	for _, format := range []string{"json", "yaml"} {
		var out bytes.Buffer
		if _, _, err := run([]string{"-", "-o", format}, claim, false, &out); err != nil {
			t.Fatal(err)
		}
		d := document{}
		if err := yaml.Unmarshal(out.Bytes(), &d); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		documents = append(documents, d)
	}
	if diff := cmp.Diff(documents[0], documents[1], cmp.AllowUnexported(controls.Control{})); diff != "" {
		t.Errorf("\n-json, +yaml:\n%s", diff)
	}
	got := documents[0].Controls[2]
	want := reported{
		Result: controls.Result{ID: "NET-03", State: controls.StateMet, Evidence: []controls.Evidence{{Resource: "subnet", Kind: "ec2/Subnet", Field: "mapPublicIpOnLaunch"}}},
		Title:  "Subnets do not assign public IP addresses", Tier: "network", Severity: controls.High,
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(controls.Control{})); diff != "" {
		t.Errorf("\nA result should be read without the catalogue.\n-want, +got:\n%s", diff)
	}
	var raw, again []controls.Control
	for format, to := range map[string]*[]controls.Control{"json": &raw, "yaml": &again} {
		var out bytes.Buffer
		if _, _, err := run([]string{"-o", format}, "", false, &out); err != nil {
			t.Fatal(err)
		}
		if err := yaml.UnmarshalStrict(out.Bytes(), to); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
	}
	a, _ := json.Marshal(raw)   //nolint:errchkjson // The value was decoded from JSON.
	b, _ := json.Marshal(again) //nolint:errchkjson // As above.
	if diff := cmp.Diff(string(a), string(b)); diff != "" || len(raw) != len(controls.All().Controls()) {
		t.Errorf("\nThe whole catalogue should be read back.\n-json, +yaml:\n%s", diff)
	}
}

func TestRunCannotPrint(t *testing.T) {
	for name, args := range map[string][]string{
		"Table": {}, "Markdown": {"-o", "markdown"}, "YAML": {"-o", "yaml"}, "JSON": {"-o", "json"},
		"ResultsTable": {"-"}, "ResultsMarkdown": {"-", "-o", "markdown"}, "ResultsYAML": {"-", "-o", "yaml"}, "ResultsJSON": {"-", "-o", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := run(args, claim, false, broken{}); !errors.Is(err, errBroken) {
				t.Errorf("\nA failure to print should be told.\nRun(...): want %v, got %v", errBroken, err)
			}
		})
	}
}

func TestWhy(t *testing.T) {
	control := &controls.Control{How: "Ask."}
	evidence := []controls.Evidence{{Resource: "a"}, {Resource: "b"}, {Resource: "c"}, {Resource: "d"}}
	cases := map[string]struct {
		reason string
		result controls.Result
		want   string
	}{
		"Met":      {reason: "A few fields are enough, and what is met needs no advice.", result: controls.Result{State: controls.StateMet, Evidence: evidence}, want: "a, b, c, and 1 more"},
		"All":      {reason: "Those that fit should all show.", result: controls.Result{State: controls.StateMet, Evidence: evidence[:3]}, want: "a, b, c"},
		"LeftOut":  {reason: "What is left out should be told.", result: controls.Result{State: controls.StateMet, Evidence: evidence[:1], Accepted: []string{"x", "y"}}, want: "a; left out: x, y"},
		"NotMet":   {reason: "What is not met comes with advice.", result: controls.Result{State: controls.StateNotMet, Evidence: evidence[:1]}, want: "a; Ask."},
		"OptIn":    {reason: "What may be asked for says how.", result: controls.Result{State: controls.StateOptIn}, want: "Ask."},
		"NotToBe":  {reason: "What does not apply says why, without evidence.", result: controls.Result{State: controls.StateNotApplicable, Evidence: evidence}, want: "The stack has no resources that this control applies to."},
		"OnlyMore": {reason: "Nothing more to say is nothing.", result: controls.Result{State: controls.StateMet}, want: ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.result.Control = control
			if diff := cmp.Diff(tc.want, why(tc.result, maxEvidence)); diff != "" {
				t.Errorf("\n%s\nwhy(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
