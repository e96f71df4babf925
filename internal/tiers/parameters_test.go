package tiers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// named is a resource that is known by its external name.
func named(name string) string {
	return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + name + `"}}}`
}

func TestParameters(t *testing.T) {
	region := role.Parameter("region")
	runTierCases(t, map[string]tierCase{
		"Parameter": {
			reason: "A parameter is plain text of the standard tier, as it holds no secret (SEC-08); its name begins with the stack's.",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   region,
			want: map[string]any{
				"type": "String", "dataType": "text", "tier": "Standard", "insecureValue": "eu-west-1", "region": "eu-west-1", "description": "AWS region of the stack",
				"valueSecretRef": absent{}, "keyId": absent{}, "overwrite": absent{},
				".metadata.annotations[crossplane.io/external-name]": "/" + prefix + "/region",
			},
		},
		"Environment": {
			reason: "An application may behave otherwise in production.",
			spec:   `{"region":"eu-west-1","environment":"staging"}`,
			role:   role.Parameter("environment"),
			want:   map[string]any{"insecureValue": "staging"},
		},
		"ListOfSubnets": {
			reason:   "Subnets are a list, in the order of zones.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.PrivateSubnet(1): named("subnet-1"), role.PrivateSubnet(2): named("subnet-2")},
			role:     role.Parameter("network-private-subnet-ids"),
			want:     map[string]any{"type": "StringList", "insecureValue": "subnet-1,subnet-2", ".metadata.annotations[crossplane.io/external-name]": "/" + prefix + "/network/private-subnet-ids"},
		},
		"ListWaitsForEachSubnet": {
			reason:   "Half a list would be taken for the whole.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.PublicSubnet(2): named("subnet-2")},
			role:     role.Parameter("network-public-subnet-ids"),
			waits:    true,
		},
		"VPCWaits":           {reason: "AWS makes the ID up.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("network-vpc-id"), waits: true},
		"VPC":                {reason: "The VPC is known by its ID.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.VPC: named("vpc-1")}, role: role.Parameter("network-vpc-id"), want: map[string]any{"insecureValue": "vpc-1"}},
		"SecurityGroup":      {reason: "The app tier attaches to its group.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.AppSecurityGroup: named("sg-1")}, role: role.Parameter("network-app-security-group-id"), want: map[string]any{"insecureValue": "sg-1"}},
		"DatabaseWaits":      {reason: "A database without address cannot be told of.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("database-endpoint"), waits: true},
		"DatabaseEndpoint":   {reason: "An application connects to the host name.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.Database: `{"status":{"atProvider":{"address":"db.example"}}}`}, role: role.Parameter("database-endpoint"), want: map[string]any{"insecureValue": "db.example"}},
		"DatabasePort":       {reason: "The port is decided, so nothing waits.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("database-port"), want: map[string]any{"insecureValue": "5433"}},
		"DatabaseName":       {reason: "So is the name.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("database-name"), want: map[string]any{"insecureValue": "ecommerce"}},
		"DatabaseUser":       {reason: "The app role signs in as one user.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("database-app-user"), want: map[string]any{"insecureValue": "ecommerce_app"}},
		"DatabaseSecret":     {reason: "Where the password is, never the password.", spec: `{"region":"eu-west-1"}`, observed: everything, role: role.Parameter("database-secret-arn"), want: map[string]any{"insecureValue": "arn:secret:db"}},
		"AppSecret":          {reason: "Where the application's secret is.", spec: `{"region":"eu-west-1"}`, observed: everything, role: role.Parameter("secrets-app-secret-arn"), want: map[string]any{"insecureValue": "arn:secret:app"}},
		"AppRole":            {reason: "What functions run as.", spec: `{"region":"eu-west-1"}`, observed: everything, role: role.Parameter("access-app-role-arn"), want: map[string]any{"insecureValue": "arn:role:app"}},
		"Bucket":             {reason: "The bucket's name is decided.", spec: `{"region":"eu-west-1"}`, role: role.Parameter("assets-bucket"), want: map[string]any{"insecureValue": prefix + "-assets"}},
		"Distribution":       {reason: "Who refreshes the CDN names the distribution.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.Distribution: named("E1")}, role: role.Parameter("cdn-distribution-id"), want: map[string]any{"insecureValue": "E1"}},
		"DomainOfCloudFront": {reason: "Without a domain of its own the shop has CloudFront's.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`}, role: role.Parameter("cdn-domain"), want: map[string]any{"insecureValue": "d1.cloudfront.net"}},
		"DomainThatIsServed": {reason: "The custom domain is told once it is served.", spec: `{"region":"eu-west-1"}`, observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net","aliases":["www.example.com"]}}}`}, role: role.Parameter("cdn-domain"), want: map[string]any{"insecureValue": "www.example.com"}},
		"NoCDN":              {reason: "Where there is no CDN nothing is told of it.", spec: `{"region":"cn-north-1"}`, role: role.Parameter("cdn-domain"), missing: true},
		"NoPublisher":        {reason: "Nor of who publishes to it.", spec: `{"region":"us-gov-west-1"}`, role: role.Parameter("access-publisher-role-arn"), missing: true},
		"KeepsItsValue": {
			reason:   "A value that is not observed for a moment changes nothing.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.Parameter("database-endpoint"): `{"metadata":{"name":"x"},"spec":{"forProvider":{"insecureValue":"db.example"}}}`},
			role:     role.Parameter("database-endpoint"),
			want:     map[string]any{"insecureValue": "db.example"},
			waits:    true,
		},
		"SwitchedOff": {
			reason:  "A claim may do without, where the platform lets it.",
			spec:    `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			input:   &inputv1alpha1.Input{AccountID: account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			role:    region,
			missing: true,
		},
		"SwitchedOffPolicy": {
			reason:  "Nor may anybody read what is not there.",
			spec:    `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			input:   &inputv1alpha1.Input{AccountID: account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			role:    role.AppRoleParameters,
			missing: true,
		},
		"PolicyWaitsForTheAccount": {reason: "A parameter's ARN names the account.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.AppRoleParameters, waits: true},
		"PolicyIsTheAppRoles":      {reason: "The shop reads its own parameters.", spec: `{"region":"eu-west-1"}`, role: role.AppRoleParameters, want: map[string]any{"roleRef.name": "shop-app-role", ".metadata.annotations[crossplane.io/external-name]": "parameters"}},
	})
}

func TestParametersPolicy(t *testing.T) {
	cases := map[string]struct {
		reason string
		region string
		arn    string
	}{
		"Commercial": {reason: "The stack's own path, alone and all below it (IAM-10).", region: "eu-west-1", arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/" + prefix},
		"China":      {reason: "Other partitions have other ARNs.", region: "cn-north-1", arn: "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/" + prefix},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := composed(t, `{"region":"`+tc.region+`"}`, nil, platform())
			want := map[string]map[string]any{"ReadParameters": {
				"Sid": "ReadParameters", "Effect": "Allow", "Action": []any{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"},
				"Resource": []any{tc.arn, tc.arn + "/*"},
			}}
			if diff := cmp.Diff(want, statements(t, s.resources[role.AppRoleParameters], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestParameterPath(t *testing.T) {
	cases := map[string]struct {
		reason string
		stack  string
		want   string
	}{
		"Stack":  {reason: "A path begins with the stack's name.", stack: "shop-1", want: "/shop-1"},
		"AWS":    {reason: "AWS refuses names that begin with its own.", stack: "aws-shop-1", want: "/secure-ecommerce/aws-shop-1"},
		"SSM":    {reason: "Or with that of the service.", stack: "ssmall-1", want: "/secure-ecommerce/ssmall-1"},
		"Within": {reason: "It minds the beginning only.", stack: "my-aws-shop-1", want: "/my-aws-shop-1"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, parameterPath(&settings.Settings{Stack: tc.stack})); diff != "" {
				t.Errorf("\n%s\nparameterPath(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// What applications look for is a contract: a name that is missing breaks them.
func TestParameterNames(t *testing.T) {
	var got []string
	for _, r := range composed(t, `{"region":"eu-west-1"}`, allFacts(), platform()).resources {
		if strings.HasPrefix(r.Role, "parameter-") {
			got = append(got, strings.TrimPrefix(fmt.Sprint(field(t, r, ".metadata.annotations[crossplane.io/external-name]")), "/"+prefix+"/"))
		}
	}
	slices.Sort(got)
	want := []string{
		"access/app-role-arn", "access/publisher-role-arn", "assets/bucket", "cdn/distribution-id", "cdn/domain",
		"database/app-user", "database/endpoint", "database/name", "database/port", "database/secret-arn", "environment",
		"network/app-security-group-id", "network/private-subnet-ids", "network/public-subnet-ids", "network/vpc-id", "region", "secrets/app-secret-arn",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nparameters: -want, +got:\n%s", diff)
	}
}

// allFacts is everything that parameters wait for.
func allFacts() map[string]string {
	return map[string]string{
		role.VPC: named("vpc-1"), role.AppSecurityGroup: named("sg-1"),
		role.PublicSubnet(1): named("subnet-1"), role.PublicSubnet(2): named("subnet-2"), role.PrivateSubnet(1): named("subnet-3"), role.PrivateSubnet(2): named("subnet-4"),
		role.Database:      `{"status":{"atProvider":{"address":"db.example","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
		role.AppRole:       everything[role.AppRole],
		role.AppSecret:     everything[role.AppSecret],
		role.PublisherRole: `{"status":{"atProvider":{"arn":"arn:role:publisher"}}}`,
		role.Distribution:  `{"metadata":{"annotations":{"crossplane.io/external-name":"E1"}},"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`,
	}
}

func TestParametersStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.ParametersStatus
	}{
		"NotThere": {reason: "Nobody should look where nothing is."},
		"There": {
			reason:   "An app team needs to know where to look.",
			observed: map[string]string{role.Parameter("region"): `{"metadata":{"name":"x"}}`},
			want:     v1alpha1.ParametersStatus{Path: "/" + prefix},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, `{"region":"eu-west-1"}`, tc.observed, platform()).status.Parameters); diff != "" {
				t.Errorf("\n%s\nparameters: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
