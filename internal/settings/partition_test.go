package settings

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// refused returns the errors of a claim. It is empty for a valid claim.
func refused(t *testing.T, spec string, observed map[string]string) []string {
	t.Helper()
	_, err := decided(t, spec, &inputv1alpha1.Input{AccountSettings: true}, observed)
	invalid := claim.InvalidError{}
	if err != nil && !errors.As(err, &invalid) {
		t.Fatalf("\nDecide(...): what an app team can mend must be told as theirs, got %T: %v", err, err)
	}
	var out []string
	for _, e := range invalid {
		out = append(out, schema.Text(e))
	}
	return out
}

// unknownRegion returns the message for a region that AWS does not have.
func unknownRegion(path, region string) string {
	return path + ": " + schema.Problem(schema.NotSupported(field.NewPath("spec"), region, aws.Regions()))
}

func TestRegion(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   []string
	}{
		"Commercial": {reason: "Most regions are of one partition.", spec: `{"region":"ap-southeast-7"}`},
		"China":      {reason: "China has one of its own.", spec: `{"region":"cn-northwest-1"}`},
		"GovCloud":   {reason: "So has GovCloud.", spec: `{"region":"us-gov-east-1"}`},
		"Unknown": {
			reason: "The known regions are listed.",
			spec:   `{"region":"eu-west-9"}`,
			want:   []string{unknownRegion("spec.region", "eu-west-9")},
		},
		"UnknownOfChina": {
			reason: "A partition does not make a region.",
			spec:   `{"region":"cn-south-1"}`,
			want:   []string{unknownRegion("spec.region", "cn-south-1")},
		},
		"UnknownAlone": {
			reason: "What a region nobody knows offers nobody knows either.",
			spec:   `{"region":"us-gov-south-1","account":{"macie":true},"assets":{"replica":{"region":"eu-west-9"}}}`,
			want:   []string{unknownRegion("spec.region", "us-gov-south-1")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, refused(t, tc.spec, nil)); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want errors, +got errors:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestZonesOfRegion(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   string
	}{
		"Four":       {reason: "Some regions have four.", spec: `{"region":"ap-northeast-2","network":{"availabilityZones":4}}`},
		"FourOfFive": {reason: "The address plan has room for four where there are more.", spec: `{"region":"us-east-1","network":{"availabilityZones":4}}`},
		"FourOfThree": {
			reason: "The zones that the region has are named.",
			spec:   `{"region":"eu-west-1","network":{"availabilityZones":4}}`,
			want:   `spec.network.availabilityZones: 4 is not valid: eu-west-1 has only the zones eu-west-1a, eu-west-1b, eu-west-1c: set availabilityZones to at most 3, or list other zones in network.zoneNames`,
		},
		"ThreeOfTwo": {
			reason: "One region offers an account two.",
			spec:   `{"region":"us-west-1","network":{"availabilityZones":3}}`,
			want:   `spec.network.availabilityZones: 3 is not valid: us-west-1 has only the zones us-west-1a, us-west-1c: set availabilityZones to at most 2, or list other zones in network.zoneNames`,
		},
		"ThreeByName": {
			reason: "An account that is offered more names them.",
			spec:   `{"region":"us-west-1","network":{"availabilityZones":3,"zoneNames":["us-west-1a","us-west-1b","us-west-1c"]}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, tc.spec, &inputv1alpha1.Input{}, nil)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want error, +got error:\n%s", tc.reason, diff)
			}
		})
	}
}

// Partitions that lack a feature reject its field. All others accept it.
func TestWishes(t *testing.T) {
	const everywhere, notInChina = "aws aws-us-gov aws-cn", "aws aws-us-gov"
	keys, err := json.Marshal([]string{ecdsaP256})
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		reason string
		// spec is a claim in REGION, with OTHER as another region of its partition.
		spec string
		// offered lists the partitions that accept the claim.
		offered string
		// want lists the fields that others reject.
		want []string
	}{
		"LoadBalancer": {
			reason:  "CloudFront leads visitors to it.",
			spec:    `{"region":"REGION","app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:REGION:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com"}}}`,
			offered: "aws",
			want:    []string{"spec.app.loadBalancer"},
		},
		"NoLoadBalancer": {
			reason:  "An application without one asks for nothing.",
			spec:    `{"region":"REGION","app":{}}`,
			offered: everywhere,
		},
		"Uploads": {
			reason:  "Nobody would serve them.",
			spec:    `{"region":"REGION","uploads":{}}`,
			offered: "aws",
			want:    []string{"spec.uploads"},
		},
		"NotFound": {
			reason:  "Nobody looks for a file.",
			spec:    `{"region":"REGION","assets":{"notFound":{}}}`,
			offered: "aws",
			want:    []string{"spec.assets.notFound"},
		},
		"Domain": {
			reason:  "A stack without CloudFront serves no domain.",
			spec:    `{"region":"REGION","cdn":{"domain":"shop.example.com"}}`,
			offered: "aws",
			want:    []string{"spec.cdn.domain"},
		},
		"Certificate": {
			reason:  "Without CloudFront nothing serves a certificate.",
			spec:    `{"region":"REGION","cdn":{"domain":"shop.example.com","certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c"}}`,
			offered: "aws",
			want:    []string{"spec.cdn.domain", "spec.cdn.certificateArn"},
		},
		"OriginFailover": {
			reason:  "Nor does anything fall back on a replica.",
			spec:    `{"region":"REGION","assets":{"replica":{"region":"OTHER"}},"cdn":{"originFailover":true}}`,
			offered: "aws",
			want:    []string{"spec.cdn.originFailover"},
		},
		"AccessLogs": {
			reason:  "Nobody visits what is not served.",
			spec:    `{"region":"REGION","cdn":{"accessLogs":"V2"}}`,
			offered: "aws",
			want:    []string{"spec.cdn.accessLogs"},
		},
		"ContentSecurityPolicy": {
			reason:  "There is no answer for a header.",
			spec:    `{"region":"REGION","cdn":{"contentSecurityPolicy":{}}}`,
			offered: "aws",
			want:    []string{"spec.cdn.contentSecurityPolicy"},
		},
		"PrivateDownloads": {
			reason:  "Who signs URLs needs somebody who checks them.",
			spec:    `{"region":"REGION","cdn":{"privateDownloads":{"publicKeys":` + string(keys) + `}}}`,
			offered: "aws",
			want:    []string{"spec.cdn.privateDownloads"},
		},
		"AdditionalMetrics": {
			reason:  "There is nothing to measure.",
			spec:    `{"region":"REGION","cdn":{"additionalMetrics":true}}`,
			offered: "aws",
			want:    []string{"spec.cdn.additionalMetrics"},
		},
		"RealtimeLogs": {
			reason:  "There are no requests to log.",
			spec:    `{"region":"REGION","cdn":{"realtimeLogs":{}}}`,
			offered: "aws",
			want:    []string{"spec.cdn.realtimeLogs"},
		},
		"EdgeRules": {
			reason:  "Rules about the CDN need one.",
			spec:    `{"region":"REGION","guardrails":{"config":{"edgeRules":true}}}`,
			offered: "aws",
			want:    []string{"spec.guardrails.config.edgeRules"},
		},
		"ConformancePack": {
			reason:  "AWS Config has no packs in China.",
			spec:    `{"region":"REGION","guardrails":{"config":{"conformancePack":true}}}`,
			offered: notInChina,
			want:    []string{"spec.guardrails.config.conformancePack"},
		},
		"CodeSigning": {
			reason:  "AWS Signer is not known to sign functions elsewhere.",
			spec:    `{"region":"REGION","guardrails":{"responses":{"codeSigning":true}}}`,
			offered: "aws",
			want:    []string{"spec.guardrails.responses.codeSigning"},
		},
		"InterfaceEndpoints": {
			reason:  "Some services in China begin with cn., others do not.",
			spec:    `{"region":"REGION","network":{"interfaceEndpoints":["kms"]}}`,
			offered: notInChina,
			want:    []string{"spec.network.interfaceEndpoints"},
		},
		"Macie": {
			reason:  "Macie is not everywhere.",
			spec:    `{"region":"REGION","account":{"macie":true}}`,
			offered: "aws",
			want:    []string{"spec.account.macie"},
		},
		"SecurityContact": {
			reason:  "An account of GovCloud belongs to one elsewhere, which has the contacts.",
			spec:    `{"region":"REGION","account":{"securityContact":{"name":"Team","title":"On call","email":"a@example.com","phone":"+1 555 0100"}}}`,
			offered: "aws",
			want:    []string{"spec.account.securityContact"},
		},
		"NotMade": {
			reason: "A wish that is not made is no wish for what there is not.",
			spec: `{"region":"REGION","network":{"interfaceEndpoints":[]},"cdn":{"originFailover":false,"additionalMetrics":false},
				"guardrails":{"config":{"edgeRules":false,"conformancePack":false},"responses":{"codeSigning":false}},"account":{"macie":false}}`,
			offered: everywhere,
		},
		"Services": {
			reason:  "The way to the services is CloudFront.",
			spec:    `{"region":"REGION","app":{"services":[{"image":"shop"}]}}`,
			offered: "aws",
			want:    []string{"spec.app.services"},
		},
		"Several": {
			reason:  "Everything is told at once.",
			spec:    `{"region":"REGION","cdn":{"domain":"shop.example.com"},"account":{"macie":true}}`,
			offered: "aws",
			want:    []string{"spec.cdn.domain", "spec.account.macie"},
		},
	}
	shown := map[string]bool{}
	for name, tc := range cases {
		for _, path := range tc.want {
			shown[path] = true
		}
		for _, in := range []struct{ partition, region, other string }{
			{"aws", "eu-west-1", "eu-central-1"}, {"aws-us-gov", "us-gov-west-1", "us-gov-east-1"}, {"aws-cn", "cn-north-1", "cn-northwest-1"},
		} {
			t.Run(name+"/"+in.partition, func(t *testing.T) {
				var want []string
				for _, path := range tc.want {
					if !slices.Contains(strings.Fields(tc.offered), in.partition) {
						want = append(want, path+": is not available in "+in.region+" (partition "+in.partition+"): remove this field")
					}
				}
				got := refused(t, strings.NewReplacer("REGION", in.region, "OTHER", in.other).Replace(tc.spec), nil)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\nDecide(...): -want errors, +got errors:\n%s", tc.reason, diff)
				}
			})
		}
	}
	for _, w := range wishes(v1alpha1.SecureEcommerceSpec{}, aws.China) {
		if !shown[w.path.String()] {
			t.Errorf("no case refuses %s", w.path)
		}
	}
}

func TestPartition(t *testing.T) {
	const (
		china    = `must be a region in the stack's partition (aws-cn), because AWS copies data only within a partition`
		commerce = `must be a region in the stack's partition (aws), because AWS copies data only within a partition`
		gov      = `must be a region in the stack's partition (aws-us-gov), because AWS copies data only within a partition`
	)
	replica := func(region, to string) string {
		return `{"region":"` + region + `","assets":{"replica":{"region":"` + to + `"}}}`
	}
	backup := func(region, to string) string {
		return `{"region":"` + region + `","database":{"backupPlan":{"copyRegion":"` + to + `"}}}`
	}
	users := func(region, principals string) string {
		return `{"region":"` + region + `","account":{"ebsEncryption":true,"ebsKeyUsers":[` + principals + `]}}`
	}
	support := func(region, principals string) string {
		return `{"region":"` + region + `","account":{"supportRole":{"principals":[` + principals + `]}}}`
	}
	elsewhere := func(path, to, message string) string { return path + `: "` + to + `" is not valid: ` + message }
	stranger := func(path, principal, prefix string) string {
		return path + `: "` + principal + `" is not valid: must start with ` + prefix + `, because the stack's region is in partition ` + strings.Split(prefix, ":")[1]
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     []string
	}{
		"Replica": {
			reason: "Files can be copied across an ocean.",
			spec:   replica("eu-west-1", "us-east-1"),
		},
		"ReplicaInChina": {
			reason: "S3 does not copy to another partition.",
			spec:   replica("eu-west-1", "cn-north-1"),
			want:   []string{elsewhere("spec.assets.replica.region", "cn-north-1", commerce)},
		},
		"ReplicaInGovCloud": {
			reason: "To none of them.",
			spec:   replica("us-east-1", "us-gov-west-1"),
			want:   []string{elsewhere("spec.assets.replica.region", "us-gov-west-1", commerce)},
		},
		"ReplicaOfChina": {
			reason: "Nor from there.",
			spec:   replica("cn-north-1", "eu-west-1"),
			want:   []string{elsewhere("spec.assets.replica.region", "eu-west-1", china)},
		},
		"ReplicaOfGovCloudInChina": {
			reason: "Nor from one that is not for all to another.",
			spec:   replica("us-gov-west-1", "cn-north-1"),
			want:   []string{elsewhere("spec.assets.replica.region", "cn-north-1", gov)},
		},
		"ReplicaWithinChina": {
			reason: "Within a partition it does.",
			spec:   replica("cn-north-1", "cn-northwest-1"),
		},
		"ReplicaWithinGovCloud": {
			reason: "Whichever it is.",
			spec:   replica("us-gov-east-1", "us-gov-west-1"),
		},
		"ReplicaUnknown": {
			reason: "The known regions are listed, as for the stack.",
			spec:   replica("eu-west-1", "eu-west-9"),
			want:   []string{unknownRegion("spec.assets.replica.region", "eu-west-9")},
		},
		"BackupCopy": {
			reason: "Copies may be copied to any region of the partition.",
			spec:   backup("eu-west-1", "ap-southeast-2"),
		},
		"BackupCopyInChina": {
			reason: "AWS Backup does not copy to another partition.",
			spec:   backup("eu-west-1", "cn-north-1"),
			want:   []string{elsewhere("spec.database.backupPlan.copyRegion", "cn-north-1", commerce)},
		},
		"BackupCopyInGovCloud": {
			reason: "To none of them.",
			spec:   backup("eu-west-1", "us-gov-west-1"),
			want:   []string{elsewhere("spec.database.backupPlan.copyRegion", "us-gov-west-1", commerce)},
		},
		"BackupCopyOfGovCloud": {
			reason: "Nor from there.",
			spec:   backup("us-gov-west-1", "us-east-1"),
			want:   []string{elsewhere("spec.database.backupPlan.copyRegion", "us-east-1", gov)},
		},
		"BackupCopyWithinChina": {
			reason: "Within a partition it does.",
			spec:   backup("cn-north-1", "cn-northwest-1"),
		},
		"BackupCopyUnknown": {
			reason: "Nor to a region that is unknown.",
			spec:   backup("eu-west-1", "eu-west-9"),
			want:   []string{unknownRegion("spec.database.backupPlan.copyRegion", "eu-west-9")},
		},
		"BackupPlanWithoutCopy": {
			reason: "A plan that copies nowhere is of any partition.",
			spec:   `{"region":"cn-north-1","database":{"backupPlan":{}}}`,
		},
		"KeyUsers": {
			reason: "Roles and users are of the region's partition.",
			spec:   users("eu-west-1", `"arn:aws:iam::123456789012:role/a","arn:aws:iam::123456789012:user/a"`),
		},
		"KeyUsersOfChina": {
			reason: "China knows its own ARNs.",
			spec:   users("cn-north-1", `"arn:aws-cn:iam::123456789012:role/a"`),
		},
		"KeyUsersOfGovCloud": {
			reason: "So does GovCloud.",
			spec:   users("us-gov-west-1", `"arn:aws-us-gov:iam::123456789012:user/a"`),
		},
		"KeyUsersOfOtherPartition": {
			reason: "AWS refuses a key policy that names somebody whom it does not know.",
			spec:   users("cn-north-1", `"arn:aws-cn:iam::123456789012:role/a","arn:aws:iam::123456789012:role/a"`),
			want:   []string{stranger("spec.account.ebsKeyUsers[1]", "arn:aws:iam::123456789012:role/a", "arn:aws-cn:")},
		},
		"KeyUsersOfOtherPartitions": {
			reason: "Each one is told, and a longer name is not the same partition.",
			spec:   users("eu-west-1", `"arn:aws-cn:iam::123456789012:role/a","arn:aws-us-gov:iam::123456789012:role/a"`),
			want: []string{
				stranger("spec.account.ebsKeyUsers[0]", "arn:aws-cn:iam::123456789012:role/a", "arn:aws:"),
				stranger("spec.account.ebsKeyUsers[1]", "arn:aws-us-gov:iam::123456789012:role/a", "arn:aws:"),
			},
		},
		"SupportRole": {
			reason: "Who asks for support is of the account.",
			spec:   support("us-gov-east-1", `"arn:aws-us-gov:iam::123456789012:role/a"`),
		},
		"SupportRoleOfOtherPartition": {
			reason: "AWS refuses a trust policy that names somebody whom it does not know.",
			spec:   support("us-gov-east-1", `"arn:aws:iam::123456789012:role/a"`),
			want:   []string{stranger("spec.account.supportRole.principals[0]", "arn:aws:iam::123456789012:role/a", "arn:aws-us-gov:")},
		},
		"Several": {
			reason: "Everything is told at once, in the order of the checks.",
			spec: `{"region":"cn-north-1","assets":{"replica":{"region":"eu-west-1"}},"database":{"backupPlan":{"copyRegion":"eu-west-9"}},
				"account":{"macie":true,"supportRole":{"principals":["arn:aws:iam::123456789012:role/a"]}}}`,
			want: []string{
				"spec.account.macie: is not available in cn-north-1 (partition aws-cn): remove this field",
				elsewhere("spec.assets.replica.region", "eu-west-1", china),
				unknownRegion("spec.database.backupPlan.copyRegion", "eu-west-9"),
				stranger("spec.account.supportRole.principals[0]", "arn:aws:iam::123456789012:role/a", "arn:aws-cn:"),
			},
		},
		"WhereTheStackIs": {
			reason:   "A stack is where it was made, whatever its claim says now.",
			spec:     `{"region":"eu-west-1","account":{"macie":true}}`,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"region":"cn-north-1"}}}`},
			want:     []string{"spec.account.macie: is not available in cn-north-1 (partition aws-cn): remove this field"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, refused(t, tc.spec, tc.observed)); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want errors, +got errors:\n%s", tc.reason, diff)
			}
		})
	}
}
