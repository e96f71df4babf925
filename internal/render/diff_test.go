package render

import (
	"bytes"
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

// store is a function whose stack is a VPC with the claim's tags, a bucket in
// production, and a resource that waits for the VPC.
func store(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	xr := req.GetObserved().GetComposite().GetResource().GetFields()
	spec, name := xr["spec"].GetStructValue().GetFields(), xr["metadata"].GetStructValue().GetFields()["name"].GetStringValue()
	if spec["environment"].GetStringValue() == "staging" {
		return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: "no staging"}}}, nil
	}
	vpc := sdk.MustStructJSON(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "VPC", "metadata": {"name": "` + name + `-vpc"}, "spec": {"forProvider": {"region": "eu-west-1"}}}`)
	if tags := spec["tags"]; tags != nil {
		vpc.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().Fields["tags"] = tags
	}
	rsp := &fnv1.RunFunctionResponse{Desired: &fnv1.State{
		Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{"status": {"tiers": [{"name": "network", "waiting": 1}]}}`)},
		Resources: map[string]*fnv1.Resource{
			"vpc":        {Resource: vpc, Ready: fnv1.Ready_READY_TRUE},
			"connection": {Resource: sdk.MustStructJSON(`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "` + name + `-connection"}}`), Ready: fnv1.Ready_READY_TRUE},
		},
	}}
	if spec["environment"].GetStringValue() == "production" {
		rsp.Desired.Resources["bucket"] = desires(`{"apiVersion": "s3.aws.upbound.io/v1beta1", "kind": "Bucket", "metadata": {"name": "`+name+`-bucket"}, "spec": {"forProvider": {"region": "eu-west-1"}}}`, true)
	}
	// A resource that waits for the VPC's ARN shows its region.
	if arn := atProvider(req.GetObserved().GetResources()["vpc"])["arn"].GetStringValue(); arn != "" {
		rsp.Desired.Composite.Resource = sdk.MustStructJSON(`{"status": {"tiers": [{"name": "network"}]}}`)
		rsp.Desired.Resources["note"] = desires(`{"apiVersion": "ssm.aws.upbound.io/v1beta1", "kind": "Parameter", "metadata": {"name": "`+name+`-note"}, "spec": {"forProvider": {"region": "eu-west-1", "value": "`+arn+`"}}}`, true)
	}
	return rsp, nil
}

// Resources in kubectl's format.
const (
	liveComposite = `
- apiVersion: platform.secure-ecommerce.dev/v1alpha1
  kind: XSecureEcommerce
  metadata: {name: shop-x7k2p, uid: c0ffee, labels: {crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}}
  spec: {region: eu-west-1, environment: production, tags: {team: a}}
  status: {region: eu-west-1}
`
	liveVPC = `
- apiVersion: ec2.aws.upbound.io/v1beta1
  kind: VPC
  metadata:
    name: shop-x7k2p-vpc
    annotations: {crossplane.io/composition-resource-name: vpc, crossplane.io/external-name: vpc-1}
    labels: {crossplane.io/composite: shop-x7k2p, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
    ownerReferences: [{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: XSecureEcommerce, name: shop-x7k2p, uid: c0ffee, controller: true}]
  spec: {forProvider: {region: eu-west-1, instanceTenancy: default, tags: {team: a, crossplane-name: shop-x7k2p-vpc}}}
  status: {atProvider: {id: vpc-1, arn: "arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-1", tags: {team: a}}}
`
	// managedFields contains the owners of the VPC's fields in kubectl's format.
	managedFields = `
    managedFields:
    - {manager: provider, operation: Update, fieldsV1: {"f:spec": {"f:forProvider": {"f:instanceTenancy": {}}}}}
    - {manager: apiextensions.crossplane.io/composed/1, operation: Apply}
    - manager: apiextensions.crossplane.io/composed/c0ffee
      operation: Apply
      fieldsV1: {"f:spec": {"f:forProvider": {".": {}, "f:region": {}, "f:gone": {}, "f:tags": {"f:team": {}}}}}
`
	liveBucket = `
- apiVersion: s3.aws.upbound.io/v1beta1
  kind: Bucket
  metadata:
    name: shop-x7k2p-bucket
    annotations: {crossplane.io/composition-resource-name: bucket, crossplane.io/external-name: shop-bucket}
    labels: {crossplane.io/composite: shop-x7k2p, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
  spec: {forProvider: {region: eu-west-1, forceDestroy: true}}
  status: {atProvider: {id: shop-bucket}}
`
	liveNote = `
- apiVersion: ssm.aws.upbound.io/v1beta1
  kind: Parameter
  metadata:
    name: shop-x7k2p-note
    annotations: {crossplane.io/composition-resource-name: note}
    labels: {crossplane.io/composite: shop-x7k2p, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
  spec: {forProvider: {region: eu-west-1, value: "arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-1"}}
  status: {atProvider: {id: note}}
`
	liveOther = `
- apiVersion: ec2.aws.upbound.io/v1beta1
  kind: VPC
  metadata: {name: other-vpc, annotations: {crossplane.io/composition-resource-name: vpc}, labels: {crossplane.io/composite: other}}
- apiVersion: ec2.aws.upbound.io/v1beta1
  kind: VPC
  metadata: {name: by-hand}
`
)

// list returns a list in kubectl's format.
func list(items ...string) string {
	return "apiVersion: v1\nkind: List\nitems:" + strings.Join(items, "")
}

func TestDiff(t *testing.T) {
	const production = "\nspec: {region: eu-west-1, environment: production, tags: {team: a}}"
	const head = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}"
	const intro = "Changes in AWS if the file is applied to XSecureEcommerce/shop-x7k2p:\n"
	const uncompared = "Not compared, because kubectl get managed does not print these resources: connection.\n"
	const baseless = "Removed fields are not shown, because the file in --observed contains neither managed fields nor the composite.\n"
	cases := map[string]struct {
		reason   string
		file     string
		observed string
		args     []string
		want     string
		stderr   string
		err      string
		code     int
	}{
		"Unchanged": {
			reason:   "A stack that stands as the claim says does not change, whatever else the cluster holds.",
			file:     head + production,
			observed: list(liveComposite, liveVPC, liveBucket, liveNote, liveOther),
			want: intro + "0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 3 unchanged.\n" + uncompared +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"Edited": {
			reason:   "Fields that come, change and go are told, and who destroys data leaves with 2.",
			file:     head + "\nspec: {region: eu-west-1, environment: development}",
			observed: list(liveComposite, liveVPC, liveBucket, liveNote),
			want: intro + "- s3/Bucket bucket (shop-x7k2p-bucket): deleted in AWS with all its content; data lost: all versions of its files\n" +
				"~ ec2/VPC vpc (shop-x7k2p-vpc)\n    tags.team: \"a\" -> (none)\n" +
				"0 to create, 1 to change, 0 with changes that AWS rejects, 1 to delete, 1 unchanged.\n" + uncompared +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
			err:  "data would be destroyed: s3/Bucket bucket",
			code: 2,
		},
		"WithoutComposite": {
			reason:   "Without the composite it takes the identity from labels and owners, and cannot tell what is taken away.",
			file:     head + "\nspec: {region: eu-west-1, environment: production}",
			observed: list(liveVPC, liveBucket, liveNote),
			want: intro + "0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 3 unchanged.\n" + uncompared + baseless +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"ManagedFields": {
			reason:   "What Crossplane applied and the function no longer says is taken away, what others did is not.",
			file:     head + "\nspec: {region: eu-west-1, environment: production}",
			observed: list(strings.Replace(liveVPC, "    ownerReferences", managedFields+"    ownerReferences", 1), liveBucket, liveNote),
			want: intro + "~ ec2/VPC vpc (shop-x7k2p-vpc)\n    tags.team: \"a\" -> (none)\n" +
				"0 to create, 1 to change, 0 with changes that AWS rejects, 0 to delete, 2 unchanged.\n" + uncompared +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"RefusedBefore": {
			reason:   "If today's function refuses what the composite asks for, nobody knows what it composed of it.",
			file:     head + production,
			observed: list(strings.Replace(liveComposite, "environment: production", "environment: staging", 1), liveVPC, liveBucket, liveNote),
			want: intro + "0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 3 unchanged.\n" + uncompared + baseless +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"New": {
			reason:   "Where there is nothing, everything is made, the Secret too; what waits is said.",
			file:     head + production,
			observed: list(" []"),
			want: strings.ReplaceAll(intro, "-x7k2p", "") + "+ s3/Bucket bucket (shop-bucket)\n+ Secret connection (shop-connection)\n+ ec2/VPC vpc (shop-vpc)\n" +
				"3 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 0 unchanged.\n" +
				"Number of resources that are waiting for values from other resources and can still change: 1. Use --converged to simulate AWS until no resources are waiting.\n" +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"Converged": {
			reason:   "With --converged what waits shows too, and what AWS made stays as it is.",
			file:     head + production,
			observed: list(liveComposite, liveVPC),
			args:     []string{"--converged"},
			want: intro + "+ s3/Bucket bucket (shop-x7k2p-bucket)\n+ ssm/Parameter note (shop-x7k2p-note)\n" +
				"2 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 1 unchanged.\n" + uncompared +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
		},
		"OfOthers": {
			reason:   "A file that holds other stacks only may be the wrong one.",
			file:     head + "\nspec: {region: eu-west-1, environment: development}",
			observed: list(liveOther),
			want: strings.ReplaceAll(intro, "-x7k2p", "") + "+ Secret connection (shop-connection)\n+ ec2/VPC vpc (shop-vpc)\n" +
				"2 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 0 unchanged.\n" +
				"Number of resources that are waiting for values from other resources and can still change: 1. Use --converged to simulate AWS until no resources are waiting.\n" +
				"Estimated monthly cost: 0.00 -> 0.00 USD\n",
			stderr: "warning: OBSERVED contains resources of other stacks (other) but none of the stack shop, so all resources are shown as new. Check the name and --scope\n",
		},
		"YAML": {
			reason:   "Machines get the same.",
			file:     head + "\nspec: {region: eu-west-1, environment: production, tags: {team: b}}",
			observed: list(liveComposite, liveVPC, liveBucket, liveNote),
			args:     []string{"-o", "yaml"},
			want: `based: true
entries:
- action: change
  externalName: vpc-1
  fields:
  - after: b
    before: a
    path: tags.team
  kind: ec2/VPC
  name: shop-x7k2p-vpc
  resource: vpc
monthlyUSD:
  after: "0.00"
  before: "0.00"
unchanged: 2
uncompared:
- connection
`,
		},
		"JSON": {
			reason:   "JSON is for machines too.",
			file:     head + production,
			observed: list(liveComposite, liveVPC, liveBucket, liveNote),
			args:     []string{"-o", "json"},
			want: `{
  "entries": [],
  "unchanged": 3,
  "uncompared": [
    "connection"
  ],
  "based": true,
  "monthlyUSD": {
    "before": "0.00",
    "after": "0.00"
  }
}
`,
		},
		"Table": {
			reason:   "Without --diff the stack shows as the function answers about it.",
			file:     head + production,
			observed: list(liveComposite, liveVPC, liveBucket),
			args:     []string{"--diff=false", "-o", "table"},
			want: `GROUP   RESOURCE     KIND        NAME                    EXTERNAL-NAME   READY
core    connection   Secret      shop-x7k2p-connection   -               True
ec2     vpc          VPC         shop-x7k2p-vpc          vpc-1           True
s3      bucket       Bucket      shop-x7k2p-bucket       shop-bucket     True
ssm     note         Parameter   shop-x7k2p-note         -               True
`,
		},
		"TreeOfDiff": {
			reason:   "A plan is no tree.",
			file:     head + production,
			observed: list(liveVPC),
			args:     []string{"-o", "tree"},
			err:      "--output tree cannot be combined with --diff; use text, yaml or json",
			code:     1,
		},
		"TextOfStack": {
			reason:   "A stack is no plan.",
			file:     head + production,
			observed: list(liveVPC),
			args:     []string{"--diff=false", "-o", "text"},
			err:      "--output text requires --diff; without --diff, use yaml, table, tree, mermaid, svg or cost",
			code:     1,
		},
		"Twice": {
			reason:   "Of two resources with one name nobody knows which one it is.",
			file:     head + production,
			observed: list(liveVPC, liveVPC),
			err:      "OBSERVED has two resources with the name vpc: shop-x7k2p-vpc and shop-x7k2p-vpc",
			code:     1,
		},
		"NoObjects": {
			reason:   "A list of anything else is refused.",
			file:     head + production,
			observed: "kind: List\nitems: [1]",
			err:      "an item in OBSERVED is not an object; it must have the fields apiVersion, kind, metadata and spec",
			code:     1,
		},
		"NoObject": {
			reason:   "A document that is no object is refused.",
			file:     head + production,
			observed: "- 1",
			err:      "OBSERVED is not an object; it must have the fields apiVersion, kind, metadata and spec",
			code:     1,
		},
		"NoSeparator": {
			reason:   "A line that is almost a separator is refused.",
			file:     head + production,
			observed: "a: 1\n---b\n",
			err:      "OBSERVED is not valid YAML: invalid Yaml document separator: b; write --- on a separate line",
			code:     1,
		},
		"NoYAML": {
			reason:   "What is not YAML is refused.",
			file:     head + production,
			observed: "a: b: c",
			err:      "OBSERVED is not valid YAML: mapping values are not allowed in this context; check the indentation, and put text with a colon in quotes",
			code:     1,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := filepath.Join(t.TempDir(), "observed.yaml")
			if err := os.WriteFile(observed, []byte(tc.observed), 0o600); err != nil {
				t.Fatal(err)
			}
			stdout, stderr, err := rendered(t, tc.file, append([]string{"-", "--observed", observed, "--diff"}, tc.args...)...)
			message, code := "", 0
			if err != nil {
				message, code = strings.ReplaceAll(err.Error(), observed, "OBSERVED"), 1
			}
			if destroyed := (DestroyedError{}); errors.As(err, &destroyed) {
				code = destroyed.ExitCode()
			}
			if diff := cmp.Diff(tc.want, stdout); diff != "" {
				t.Errorf("\n%s\nstdout: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.stderr, strings.ReplaceAll(stderr, observed, "OBSERVED")); diff != "" {
				t.Errorf("\n%s\nstderr: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Errorf("\n%s\nerror: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.code, code); diff != "" {
				t.Errorf("\n%s\nexit code: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// rendered runs the command with the fake function.
func rendered(t *testing.T, stdin string, args ...string) (stdout, stderr string, err error) { //nolint:nonamedreturns // Two results of the same type.
	t.Helper()
	var out, errs bytes.Buffer
	c := &Command{stdin: strings.NewReader(stdin)}
	parser, err := kong.New(c, kong.Writers(&out, &errs))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	err = c.Run(t.Context(), parser, &function{run: store})
	return out.String(), errs.String(), err
}

// TestDiffOfRender verifies that a rendered stack can be compared: AWS is simulated
// for it, and removed fields are shown.
func TestDiffOfRender(t *testing.T) {
	const file = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\nspec: {region: eu-west-1, environment: production, tags: {team: a, more: b}}"
	stdout, _, err := rendered(t, file, "-", "--converged")
	if err != nil {
		t.Fatal(err)
	}
	observed := filepath.Join(t.TempDir(), "observed.yaml")
	if err := os.WriteFile(observed, []byte(stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	for edited, want := range map[string]string{
		file: "0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, 4 unchanged.\n",
		strings.Replace(file, ", more: b", "", 1): "~ ec2/VPC vpc (shop-vpc)\n    tags.more: \"b\" -> (none)\n0 to create, 1 to change, 0 with changes that AWS rejects, 0 to delete, 3 unchanged.\n",
	} {
		stdout, _, err := rendered(t, edited, "-", "--observed", observed, "--diff")
		if err != nil {
			t.Fatal(err)
		}
		const head, tail = "Changes in AWS if the file is applied to XSecureEcommerce/shop:\n", "Estimated monthly cost: 0.00 -> 0.00 USD\n"
		if diff := cmp.Diff(head+want+tail, stdout); diff != "" {
			t.Errorf("stdout: -want, +got:\n%s", diff)
		}
	}
}

func TestDiffNeedsObserved(t *testing.T) {
	_, _, err := rendered(t, claimOfShop, "-", "--diff")
	if err == nil || err.Error() != errNeedsObserved {
		t.Errorf("--diff without --observed: want %q, got %v", errNeedsObserved, err)
	}
	_, _, err = rendered(t, claimOfShop, "-", "--diff", "--observed", filepath.Join(t.TempDir(), "none.yaml"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("--observed of no file: want %v, got %v", os.ErrNotExist, err)
	}
}

func TestCost(t *testing.T) {
	stdout, _, err := rendered(t, claimOfShop, "-", "--output", "cost")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"GROUP   ITEM   REGION", "TOTAL", "not counted: s3/Bucket"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("\nThe estimate of a stack that stands should be printed.\nstdout: want %q, got:\n%s", want, stdout)
		}
	}
}

// narrow is a writer that fails after some writes.
type narrow int

func (n *narrow) Write(p []byte) (int, error) {
	if *n--; *n < 0 {
		return 0, os.ErrClosed
	}
	return len(p), nil
}

func TestDiffCannotPrint(t *testing.T) {
	observed := filepath.Join(t.TempDir(), "observed.yaml")
	if err := os.WriteFile(observed, []byte(list(liveVPC)), 0o600); err != nil {
		t.Fatal(err)
	}
	for output, writes := range map[string]int{"text": 3, "yaml": 1, "json": 1} {
		for n := range writes {
			room := narrow(n)
			c := &Command{stdin: strings.NewReader(claimOfShop)}
			parser, err := kong.New(c, kong.Writers(&room, &bytes.Buffer{}))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.Parse([]string{"-", "--diff", "--observed", observed, "-o", output}); err != nil {
				t.Fatal(err)
			}
			if err := c.Run(t.Context(), parser, &function{run: store}); !errors.Is(err, os.ErrClosed) {
				t.Errorf("%s with room for %d writes: want %v, got %v", output, n, os.ErrClosed, err)
			}
		}
	}
}
