package settings

import (
	"errors"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

// Each limit has a claim that it accepts, and one that it rejects. The message
// names the limit, the value and the source of the limit.
func TestAllow(t *testing.T) {
	cases := map[string]struct {
		reason string
		limits inputv1alpha1.Limits
		from   string
		spec   string
		want   string
	}{
		"Nothing": {
			reason: "A platform without limits allows what the API does.",
			spec:   `{"region":"eu-west-1"}`,
		},
		"Region": {
			reason: "Data may have to stay in some regions.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Regions: []v1alpha1.Region{"eu-central-1", "eu-west-1"}},
			spec:   `{"region":"eu-west-1"}`,
		},
		"RegionNot": {
			reason: "The message says which there are.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Regions: []v1alpha1.Region{"eu-central-1", "eu-west-1"}},
			spec:   `{"region":"us-east-1"}`,
			want:   `spec.region: us-east-1 is not allowed by the platform; use eu-central-1, eu-west-1 (limits.regions in the function's input)`,
		},
		"Environment": {
			reason: "An account may be for some environments.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Environments: []v1alpha1.Environment{"staging"}},
			spec:   `{"region":"eu-west-1","environment":"staging"}`,
		},
		"EnvironmentNot": {
			reason: "What the claim leaves to its default counts too.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Environments: []v1alpha1.Environment{"staging"}},
			spec:   `{"region":"eu-west-1"}`,
			want:   `spec.environment: production is not allowed by the platform; use staging (limits.environments in the function's input)`,
		},
		"Size": {
			reason: "A small stack is allowed.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Sizes: []v1alpha1.Size{"small", "medium"}},
			spec:   `{"region":"eu-west-1"}`,
		},
		"SizeNot": {
			reason: "A large one is not.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{Sizes: []v1alpha1.Size{"small", "medium"}},
			spec:   `{"region":"eu-west-1","size":"large"}`,
			want:   `spec.size: large is not allowed by the platform; use small, medium (limits.sizes in the function's input)`,
		},
		"InstanceClass": {
			reason: "A star stands for any ending.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{InstanceClasses: []string{"db.t3.micro", "db.t4g.*"}},
			spec:   `{"region":"eu-west-1","database":{"instance":{"class":"db.t4g.large"}}}`,
		},
		"InstanceClassNot": {
			reason: "Without a star the class is meant exactly.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{InstanceClasses: []string{"db.t3.micro"}},
			spec:   `{"region":"eu-west-1","database":{"instance":{"class":"db.t3.micros"}}}`,
			want:   `spec.database.instance.class: db.t3.micros is not allowed by the platform; use db.t3.micro (limits.instanceClasses in the function's input)`,
		},
		"InstanceClassOfSizeNot": {
			reason: "A size must not be a way around.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{InstanceClasses: []string{"db.t4g.*"}},
			spec:   `{"region":"eu-west-1","size":"large"}`,
			want:   `spec.database.instance.class: db.r6g.large is not allowed by the platform; use db.t4g.* (limits.instanceClasses in the function's input)`,
		},
		"Serverless": {
			reason: "A cluster may grow as far as the platform allows.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MaxServerlessCapacity: new(resource.MustParse("4")), InstanceClasses: []string{"db.serverless"}},
			spec:   `{"region":"eu-west-1","size":"medium","database":{"engine":"aurora-postgresql"}}`,
		},
		"ServerlessNot": {
			reason: "A larger size must not be a way around.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MaxServerlessCapacity: new(resource.MustParse("4"))},
			spec:   `{"region":"eu-west-1","size":"large","database":{"engine":"aurora-postgresql"}}`,
			want:   `spec.database.aurora.serverless.maxCapacity: 16 capacity units exceed the platform's maximum; use at most 4 (limits.maxServerlessCapacity in the function's input)`,
		},
		"ServerlessOfAnInstance": {
			reason: "An instance of RDS has no capacity that grows.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MaxServerlessCapacity: new(resource.MustParse("1"))},
			spec:   `{"region":"eu-west-1","size":"xlarge"}`,
		},
		"DeletionPolicy": {
			reason: "Production retains by itself.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{DeletionPolicies: []v1alpha1.DeletionPolicy{"Retain"}},
			spec:   `{"region":"eu-west-1"}`,
		},
		"DeletionPolicyNot": {
			reason: "Development deletes by itself, so it must say otherwise.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{DeletionPolicies: []v1alpha1.DeletionPolicy{"Retain", "Snapshot"}},
			spec:   `{"region":"eu-west-1","environment":"development"}`,
			want:   `spec.deletionPolicy: Delete is not allowed by the platform; use Retain, Snapshot (limits.deletionPolicies in the function's input)`,
		},
		"Backups": {
			reason: "As many days as the platform wants are enough.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MinBackupRetentionDays: 14},
			spec:   `{"region":"eu-west-1","database":{"backupRetentionDays":14}}`,
		},
		"BackupsNot": {
			reason: "An environment's default may be too few.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MinBackupRetentionDays: 14},
			spec:   `{"region":"eu-west-1"}`,
			want:   `spec.database.backupRetentionDays: 7 days is below the platform's minimum; use at least 14 (limits.minBackupRetentionDays in the function's input)`,
		},
		"Tag": {
			reason: "All of the value must match.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MandatoryTags: []inputv1alpha1.MandatoryTag{{Key: "cost-center", Pattern: "[0-9]{4}"}, {Key: "team"}}},
			spec:   `{"region":"eu-west-1","tags":{"cost-center":"4711","team":""}}`,
		},
		"TagMissing": {
			reason: "A tag that costs are told by must be there.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MandatoryTags: []inputv1alpha1.MandatoryTag{{Key: "cost-center"}}},
			spec:   `{"region":"eu-west-1"}`,
			want:   `spec.tags[cost-center]: is required by the platform (limits.mandatoryTags in the function's input)`,
		},
		"TagUnfit": {
			reason: "A part that matches is not enough.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{MandatoryTags: []inputv1alpha1.MandatoryTag{{Key: "cost-center", Pattern: "[0-9]{4}"}}},
			spec:   `{"region":"eu-west-1","tags":{"cost-center":"47110"}}`,
			want:   `spec.tags[cost-center]: "47110" is not valid: must match the platform's pattern [0-9]{4} (limits.mandatoryTags in the function's input)`,
		},
		"NoPolicies": {
			reason: "A claim must not give more than its author may: nothing is allowed unasked.",
			from:   "the function's input",
			spec:   `{"region":"eu-west-1","access":{"policyArns":["arn:aws:iam::aws:policy/AdministratorAccess"],"kmsKeyArns":["arn:aws:kms:eu-west-1:123456789012:key/1"],"statements":[{"actions":["iam:PassRole"],"resources":["*"]}]}}`,
			want: `spec.access.policyArns: is not allowed by the platform, because limits.allowedPolicyArns in the function's input is empty: remove this field` + "\n" +
				`spec.access.kmsKeyArns: is not allowed by the platform, because limits.allowedKmsKeyArns in the function's input is empty: remove this field` + "\n" +
				`spec.access.statements[0].actions: is not allowed by the platform, because limits.allowedActions in the function's input is empty: remove this field`,
		},
		"Policies": {
			reason: "A star stands for any ending.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{AllowedPolicyARNs: []string{"arn:aws:iam::123456789012:policy/shops/*"}, AllowedKMSKeyARNs: []string{"arn:aws:kms:eu-west-1:123456789012:key/*"}, AllowedActions: []string{"translate:*", "s3:Get*", "iam:PassRole"}},
			spec:   `{"region":"eu-west-1","access":{"policyArns":["arn:aws:iam::123456789012:policy/shops/search"],"kmsKeyArns":["arn:aws:kms:eu-west-1:123456789012:key/1"],"statements":[{"actions":["translate:TranslateText","s3:GetObject*","s3:Get*","iam:PassRole"],"resources":["*"]}]}}`,
		},
		"PoliciesNot": {
			reason: "A star of the claim's must not reach beyond the platform's, and IAM is allowed by name only.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{AllowedPolicyARNs: []string{"arn:aws:iam::123456789012:policy/shops/*"}, AllowedActions: []string{"s3:Get*"}},
			spec:   `{"region":"eu-west-1","access":{"policyArns":["arn:aws:iam::aws:policy/AdministratorAccess"],"statements":[{"actions":["s3:G*","iam:PassRole"],"resources":["*"]}]}}`,
			want: `spec.access.policyArns[0]: arn:aws:iam::aws:policy/AdministratorAccess is not allowed by the platform; use arn:aws:iam::123456789012:policy/shops/* (limits.allowedPolicyArns in the function's input)` + "\n" +
				`spec.access.statements[0].actions[0]: s3:G* is not allowed by the platform; use s3:Get* (limits.allowedActions in the function's input)` + "\n" +
				`spec.access.statements[0].actions[1]: iam:PassRole is not allowed by the platform; use s3:Get* (limits.allowedActions in the function's input)`,
		},
		"Resources": {
			reason: "Exact actions on what is named need no consent, unless the platform has many shops in an account.",
			spec:   `{"region":"eu-west-1","access":{"resources":{"dynamoDBTables":["carts"],"sqsQueues":["orders"],"sesIdentities":["example.com"]}}}`,
		},
		"ResourcesNot": {
			reason: "Then names tell whose they are.",
			from:   "the function's input",
			limits: inputv1alpha1.Limits{ResourceNames: []string{"shop-*", "example.com"}},
			spec:   `{"region":"eu-west-1","access":{"resources":{"dynamoDBTables":["shop-carts","payroll"],"sqsQueues":["shop-orders"],"sesIdentities":["example.com"]}}}`,
			want:   `spec.access.resources.dynamoDBTables[1]: payroll is not allowed by the platform; use shop-*, example.com (limits.resourceNames in the function's input)`,
		},
		"Several": {
			reason: "One message says all that is wrong, and whose the limits are.",
			limits: inputv1alpha1.Limits{Regions: []v1alpha1.Region{"eu-central-1"}, Sizes: []v1alpha1.Size{"medium"}},
			from:   `EnvironmentConfig "eu"`,
			spec:   `{"region":"eu-west-1"}`,
			want: `spec.region: eu-west-1 is not allowed by the platform; use eu-central-1 (limits.regions in EnvironmentConfig "eu")` + "\n" +
				`spec.size: small is not allowed by the platform; use medium (limits.sizes in EnvironmentConfig "eu")`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := asked(t, tc.spec)
			s, err := Decide(c, &inputv1alpha1.Input{}, nil, facts.From(&fnv1.RunFunctionRequest{}))
			if err != nil {
				t.Fatal(err)
			}
			err = Allow(c, s, tc.limits, tc.from)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nAllow(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if invalid := (claim.InvalidError{}); err != nil && !errors.As(err, &invalid) {
				t.Errorf("\n%s\nThe mistake is the claim's, got %T", tc.reason, err)
			}
		})
	}
}

func TestAllowRefusesPattern(t *testing.T) {
	c := asked(t, `{"region":"eu-west-1"}`)
	s, err := Decide(c, &inputv1alpha1.Input{}, nil, facts.From(&fnv1.RunFunctionRequest{}))
	if err != nil {
		t.Fatal(err)
	}
	err = Allow(c, s, inputv1alpha1.Limits{MandatoryTags: []inputv1alpha1.MandatoryTag{{Key: "team", Pattern: "("}}}, "the function's input")
	invalid := platform.InvalidError{}
	if !errors.As(err, &invalid) {
		t.Fatalf("\nA pattern that cannot be read is the platform's mistake, not the claim's.\ngot %v", err)
	}
	if diff := cmp.Diff("limits.mandatoryTags[0].pattern: \"(\" is not valid: error parsing regexp: missing closing ): `^(?:()$`", err.Error()); diff != "" {
		t.Errorf("\n-want, +got:\n%s", diff)
	}
}
