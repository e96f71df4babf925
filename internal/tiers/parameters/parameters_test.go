package parameters_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/parameters"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestParameters(t *testing.T) {
	region := composed.Parameter("region")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Parameter": {
			Reason:   "A parameter is plain text of the standard tier, as it holds no secret (SEC-08); its name begins with the stack's.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: region,
			Want: map[string]any{
				"type": "String", "dataType": "text", "tier": "Standard", "insecureValue": "eu-west-1", "region": "eu-west-1", "description": "AWS region of the stack",
				"valueSecretRef": tiertest.Absent{}, "keyId": tiertest.Absent{}, "overwrite": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": "/" + tiertest.Prefix + "/region",
			},
		},
		"Environment": {
			Reason:   "An application may behave otherwise in production.",
			Spec:     `{"region":"eu-west-1","environment":"staging"}`,
			Resource: composed.Parameter("environment"),
			Want:     map[string]any{"insecureValue": "staging"},
		},
		"Cache": {
			Reason:   "Applications look up where the cache is.",
			Spec:     `{"region":"eu-west-1","cache":{}}`,
			Observed: map[string]string{composed.Cache: `{"status":{"atProvider":{"primaryEndpointAddress":"master.example"}}}`},
			Resource: composed.Parameter("cache-endpoint"),
			Want:     map[string]any{"insecureValue": "master.example"},
		},
		"CachePort": {Reason: "It is known from the first.", Spec: `{"region":"eu-west-1","cache":{}}`, Resource: composed.Parameter("cache-port"), Want: map[string]any{"insecureValue": "6380"}},
		"CacheSecretWaits": {
			Reason: "AWS makes up the secret's ARN.", Spec: `{"region":"eu-west-1","cache":{}}`, Resource: composed.Parameter("cache-secret-arn"), Waits: true,
		},
		"NoCacheUser": {Reason: "By a password nobody is anybody.", Spec: `{"region":"eu-west-1","cache":{}}`, Resource: composed.Parameter("cache-username"), Missing: true},
		"ListOfSubnets": {
			Reason:   "Subnets are a list, in the order of zones.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.PrivateSubnet(1): tiertest.Named("subnet-1"), composed.PrivateSubnet(2): tiertest.Named("subnet-2")},
			Resource: composed.Parameter("network-private-subnet-ids"),
			Want:     map[string]any{"type": "StringList", "insecureValue": "subnet-1,subnet-2", ".metadata.annotations[crossplane.io/external-name]": "/" + tiertest.Prefix + "/network/private-subnet-ids"},
		},
		"ListWaitsForEachSubnet": {
			Reason:   "Half a list would be taken for the whole.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.PublicSubnet(2): tiertest.Named("subnet-2")},
			Resource: composed.Parameter("network-public-subnet-ids"),
			Waits:    true,
		},
		"VPCWaits":           {Reason: "AWS makes the ID up.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("network-vpc-id"), Waits: true},
		"VPC":                {Reason: "The VPC is known by its ID.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.VPC: tiertest.Named("vpc-1")}, Resource: composed.Parameter("network-vpc-id"), Want: map[string]any{"insecureValue": "vpc-1"}},
		"SecurityGroup":      {Reason: "The app tier attaches to its group.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.AppSecurityGroup: tiertest.Named("sg-1")}, Resource: composed.Parameter("network-app-security-group-id"), Want: map[string]any{"insecureValue": "sg-1"}},
		"DatabaseWaits":      {Reason: "A database without address cannot be told of.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("database-endpoint"), Waits: true},
		"DatabaseEndpoint":   {Reason: "An application connects to the host name.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.Database: `{"status":{"atProvider":{"address":"db.example"}}}`}, Resource: composed.Parameter("database-endpoint"), Want: map[string]any{"insecureValue": "db.example"}},
		"SearchEndpoint":     {Reason: "So it does to search.", Spec: `{"region":"eu-west-1","search":{}}`, Observed: map[string]string{composed.SearchDomain: `{"status":{"atProvider":{"endpoint":"vpc-shop.example"}}}`}, Resource: composed.Parameter("search-endpoint"), Want: map[string]any{"insecureValue": "vpc-shop.example"}},
		"SearchPort":         {Reason: "Always the same.", Spec: `{"region":"eu-west-1","search":{}}`, Resource: composed.Parameter("search-port"), Want: map[string]any{"insecureValue": "443"}},
		"NoSearch":           {Reason: "What is not there is not told of.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("search-port"), Missing: true},
		"DatabasePort":       {Reason: "The port is decided, so nothing waits.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("database-port"), Want: map[string]any{"insecureValue": "5433"}},
		"DatabaseName":       {Reason: "So is the name.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("database-name"), Want: map[string]any{"insecureValue": "ecommerce"}},
		"DatabaseUser":       {Reason: "The app role signs in as one user.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("database-app-user"), Want: map[string]any{"insecureValue": "ecommerce_app"}},
		"DatabaseSecret":     {Reason: "Where the password is, never the password.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Resource: composed.Parameter("database-secret-arn"), Want: map[string]any{"insecureValue": "arn:secret:db"}},
		"AppSecret":          {Reason: "Where the application's secret is.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Resource: composed.Parameter("secrets-app-secret-arn"), Want: map[string]any{"insecureValue": "arn:secret:app"}},
		"AppRole":            {Reason: "What functions run as.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Everything, Resource: composed.Parameter("access-app-role-arn"), Want: map[string]any{"insecureValue": "arn:role:app"}},
		"Uploads":            {Reason: "So is that of uploads.", Spec: `{"region":"eu-west-1","uploads":{}}`, Resource: composed.Parameter("uploads-bucket"), Want: map[string]any{"insecureValue": tiertest.Prefix + "-uploads"}},
		"NoUploads":          {Reason: "What is not there is not told.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("uploads-bucket"), Missing: true},
		"Bucket":             {Reason: "The bucket's name is decided.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Parameter("assets-bucket"), Want: map[string]any{"insecureValue": tiertest.Prefix + "-assets"}},
		"Distribution":       {Reason: "Who refreshes the CDN names the distribution.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.Distribution: tiertest.Named("E1")}, Resource: composed.Parameter("cdn-distribution-id"), Want: map[string]any{"insecureValue": "E1"}},
		"DomainOfCloudFront": {Reason: "Without a domain of its own the shop has CloudFront's.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`}, Resource: composed.Parameter("cdn-domain"), Want: map[string]any{"insecureValue": "d1.cloudfront.net"}},
		"DomainThatIsServed": {Reason: "The custom domain is told once it is served.", Spec: `{"region":"eu-west-1"}`, Observed: map[string]string{composed.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net","aliases":["www.example.com"]}}}`}, Resource: composed.Parameter("cdn-domain"), Want: map[string]any{"insecureValue": "www.example.com"}},
		"NoCDN":              {Reason: "Where there is no CDN nothing is told of it.", Spec: `{"region":"cn-north-1"}`, Resource: composed.Parameter("cdn-domain"), Missing: true},
		"NoPublisher":        {Reason: "Nor of who publishes to it.", Spec: `{"region":"us-gov-west-1"}`, Resource: composed.Parameter("access-publisher-role-arn"), Missing: true},
		"KeepsItsValue": {
			Reason:   "A value that is not observed for a moment changes nothing.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.Parameter("database-endpoint"): `{"metadata":{"name":"x"},"spec":{"forProvider":{"insecureValue":"db.example"}}}`},
			Resource: composed.Parameter("database-endpoint"),
			Want:     map[string]any{"insecureValue": "db.example"},
			Waits:    true,
		},
		"SwitchedOff": {
			Reason:   "A claim may do without, where the platform lets it.",
			Spec:     `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			Resource: region,
			Missing:  true,
		},
		"SwitchedOffPolicy": {
			Reason:   "Nor may anybody read what is not there.",
			Spec:     `{"region":"eu-west-1","guardrails":{"parameters":{"enabled":false}}}`,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{settings.TierParameters}},
			Resource: composed.AppRoleParameters,
			Missing:  true,
		},
		"PolicyWaitsForTheAccount": {Reason: "A parameter's ARN names the account.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.AppRoleParameters, Waits: true},
		"PolicyIsTheAppRoles":      {Reason: "The shop reads its own parameters.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleParameters, Want: map[string]any{"roleRef.name": "shop-app-role", ".metadata.annotations[crossplane.io/external-name]": "parameters"}},
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
			if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.AppRoleParameters], "policy")); diff != "" {
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

// The names are a contract: applications break if a name is missing.
func TestParameterNames(t *testing.T) {
	var got []string
	for _, r := range tiertest.Composed(t, `{"region":"eu-west-1"}`, allFacts(), tiertest.Platform()).Resources {
		if strings.HasPrefix(r.Resource, "parameter-") {
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

// allFacts returns all resources that parameters wait for.
func allFacts() map[string]string {
	return map[string]string{
		composed.VPC: tiertest.Named("vpc-1"), composed.AppSecurityGroup: tiertest.Named("sg-1"),
		composed.PublicSubnet(1): tiertest.Named("subnet-1"), composed.PublicSubnet(2): tiertest.Named("subnet-2"), composed.PrivateSubnet(1): tiertest.Named("subnet-3"), composed.PrivateSubnet(2): tiertest.Named("subnet-4"),
		composed.Database:      `{"status":{"atProvider":{"address":"db.example","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
		composed.AppRole:       tiertest.Everything[composed.AppRole],
		composed.AppSecret:     tiertest.Everything[composed.AppSecret],
		composed.PublisherRole: `{"status":{"atProvider":{"arn":"arn:role:publisher"}}}`,
		composed.Distribution:  `{"metadata":{"annotations":{"crossplane.io/external-name":"E1"}},"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`,
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
			observed: map[string]string{composed.Parameter("region"): `{"metadata":{"name":"x"}}`},
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
