package parameters_test

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
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/parameters"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestParameters(t *testing.T) {
	region := role.Parameter("region")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Parameter": {
			Reason: "A parameter is plain text of the standard tier, as it holds no secret (SEC-08); its name begins with the stack's.",
			Spec:   `{"region":"eu-west-1"}`,
			Input:  tiertest.NoInput(),
			Role:   region,
			Want: map[string]any{
				"type": "String", "dataType": "text", "tier": "Standard", "insecureValue": "eu-west-1", "region": "eu-west-1", "description": "AWS region of the stack",
				"valueSecretRef": tiertest.Absent{}, "keyId": tiertest.Absent{}, "overwrite": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": "/" + tiertest.Prefix + "/region",
			},
		},
		"Environment": {
			Reason: "An application may behave otherwise in production.",
			Spec:   `{"region":"eu-west-1","environment":"staging"}`,
			Role:   role.Parameter("environment"),
			Want:   map[string]any{"insecureValue": "staging"},
		},
		"ListOfSubnets": {
			Reason:   "Subnets are a list, in the order of zones.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{role.PrivateSubnet(1): tiertest.Named("subnet-1"), role.PrivateSubnet(2): tiertest.Named("subnet-2")},
			Role:     role.Parameter("network-private-subnet-ids"),
			Want:     map[string]any{"type": "StringList", "insecureValue": "subnet-1,subnet-2", ".metadata.annotations[crossplane.io/external-name]": "/" + tiertest.Prefix + "/network/private-subnet-ids"},
		},
		"ListWaitsForEachSubnet": {
			Reason:   "Half a list would be taken for the whole.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{role.PublicSubnet(2): tiertest.Named("subnet-2")},
			Role:     role.Parameter("network-public-subnet-ids"),
			Waits:    true,
		},
		"VPCWaits":           {Reason: "AWS makes the ID up.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("network-vpc-id"), Waits: true},
		"VPC":                {Reason: "The VPC is known by its ID.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.VPC: tiertest.Named("vpc-1")}, Role: role.Parameter("network-vpc-id"), Want: map[string]any{"insecureValue": "vpc-1"}},
		"SecurityGroup":      {Reason: "The app tier attaches to its group.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.AppSecurityGroup: tiertest.Named("sg-1")}, Role: role.Parameter("network-app-security-group-id"), Want: map[string]any{"insecureValue": "sg-1"}},
		"DatabaseWaits":      {Reason: "A database without address cannot be told of.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("database-endpoint"), Waits: true},
		"DatabaseEndpoint":   {Reason: "An application connects to the host name.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.Database: `{"status":{"atProvider":{"address":"db.example"}}}`}, Role: role.Parameter("database-endpoint"), Want: map[string]any{"insecureValue": "db.example"}},
		"DatabasePort":       {Reason: "The port is decided, so nothing waits.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("database-port"), Want: map[string]any{"insecureValue": "5433"}},
		"DatabaseName":       {Reason: "So is the name.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("database-name"), Want: map[string]any{"insecureValue": "ecommerce"}},
		"DatabaseUser":       {Reason: "The app role signs in as one user.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("database-app-user"), Want: map[string]any{"insecureValue": "ecommerce_app"}},
		"DatabaseSecret":     {Reason: "Where the password is, never the password.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Role: role.Parameter("database-secret-arn"), Want: map[string]any{"insecureValue": "arn:secret:db"}},
		"AppSecret":          {Reason: "Where the application's secret is.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Role: role.Parameter("secrets-app-secret-arn"), Want: map[string]any{"insecureValue": "arn:secret:app"}},
		"AppRole":            {Reason: "What functions run as.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Role: role.Parameter("access-app-role-arn"), Want: map[string]any{"insecureValue": "arn:role:app"}},
		"Bucket":             {Reason: "The bucket's name is decided.", Spec: `{"region":"eu-west-1"}`, Role: role.Parameter("assets-bucket"), Want: map[string]any{"insecureValue": tiertest.Prefix + "-assets"}},
		"Distribution":       {Reason: "Who refreshes the CDN names the distribution.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.Distribution: tiertest.Named("E1")}, Role: role.Parameter("cdn-distribution-id"), Want: map[string]any{"insecureValue": "E1"}},
		"DomainOfCloudFront": {Reason: "Without a domain of its own the shop has CloudFront's.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`}, Role: role.Parameter("cdn-domain"), Want: map[string]any{"insecureValue": "d1.cloudfront.net"}},
		"DomainThatIsServed": {Reason: "The custom domain is told once it is served.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net","aliases":["www.example.com"]}}}`}, Role: role.Parameter("cdn-domain"), Want: map[string]any{"insecureValue": "www.example.com"}},
		"NoCDN":              {Reason: "Where there is no CDN nothing is told of it.", Spec: `{"region":"cn-north-1"}`, Role: role.Parameter("cdn-domain"), Missing: true},
		"NoPublisher":        {Reason: "Nor of who publishes to it.", Spec: `{"region":"us-gov-west-1"}`, Role: role.Parameter("access-publisher-role-arn"), Missing: true},
		"KeepsItsValue": {
			Reason:   "A value that is not observed for a moment changes nothing.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{role.Parameter("database-endpoint"): `{"metadata":{"name":"x"},"spec":{"forProvider":{"insecureValue":"db.example"}}}`},
			Role:     role.Parameter("database-endpoint"),
			Want:     map[string]any{"insecureValue": "db.example"},
			Waits:    true,
		},
		"SwitchedOff": {
			Reason:  "A claim may do without, where the platform lets it.",
			Spec:    `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			Input:   &inputv1alpha1.Input{AccountID: tiertest.Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			Role:    region,
			Missing: true,
		},
		"SwitchedOffPolicy": {
			Reason:  "Nor may anybody read what is not there.",
			Spec:    `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			Input:   &inputv1alpha1.Input{AccountID: tiertest.Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			Role:    role.AppRoleParameters,
			Missing: true,
		},
		"PolicyWaitsForTheAccount": {Reason: "A parameter's ARN names the account.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Role: role.AppRoleParameters, Waits: true},
		"PolicyIsTheAppRoles":      {Reason: "The shop reads its own parameters.", Spec: `{"region":"eu-west-1"}`, Role: role.AppRoleParameters, Want: map[string]any{"roleRef.name": "shop-app-role", ".metadata.annotations[crossplane.io/external-name]": "parameters"}},
	})
}

func TestParametersPolicy(t *testing.T) {
	cases := map[string]struct {
		reason string
		region string
		arn    string
	}{
		"Commercial": {reason: "The stack's own path, alone and all below it (IAM-10).", region: "eu-west-1", arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/" + tiertest.Prefix},
		"China":      {reason: "Other partitions have other ARNs.", region: "cn-north-1", arn: "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/" + tiertest.Prefix},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, `{"region":"`+tc.region+`"}`, nil, tiertest.Platform())
			want := map[string]map[string]any{"ReadParameters": {
				"Sid": "ReadParameters", "Effect": "Allow", "Action": []any{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"},
				"Resource": []any{tc.arn, tc.arn + "/*"},
			}}
			if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[role.AppRoleParameters], "policy")); diff != "" {
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
			if diff := cmp.Diff(tc.want, parameters.ParameterPath(&settings.Settings{Stack: tc.stack})); diff != "" {
				t.Errorf("\n%s\nparameterPath(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// What applications look for is a contract: a name that is missing breaks them.
func TestParameterNames(t *testing.T) {
	var got []string
	for _, r := range tiertest.Composed(t, `{"region":"eu-west-1"}`, allFacts(), tiertest.Platform()).Resources {
		if strings.HasPrefix(r.Role, "parameter-") {
			got = append(got, strings.TrimPrefix(fmt.Sprint(tiertest.Field(t, r, ".metadata.annotations[crossplane.io/external-name]")), "/"+tiertest.Prefix+"/"))
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
		role.VPC: tiertest.Named("vpc-1"), role.AppSecurityGroup: tiertest.Named("sg-1"),
		role.PublicSubnet(1): tiertest.Named("subnet-1"), role.PublicSubnet(2): tiertest.Named("subnet-2"), role.PrivateSubnet(1): tiertest.Named("subnet-3"), role.PrivateSubnet(2): tiertest.Named("subnet-4"),
		role.Database:      `{"status":{"atProvider":{"address":"db.example","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
		role.AppRole:       tiertest.Everything[role.AppRole],
		role.AppSecret:     tiertest.Everything[role.AppSecret],
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
			want:     v1alpha1.ParametersStatus{Path: "/" + tiertest.Prefix},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Parameters); diff != "" {
				t.Errorf("\n%s\nparameters: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
