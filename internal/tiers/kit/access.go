package kit

import (
	iam "github.com/upbound/provider-aws/v2/apis/namespaced/iam/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// RolePath groups the roles of all stacks in an account, so that a platform can
// write one policy about them.
const RolePath = "/secure-ecommerce/"

// DatabaseAppUser is the database user that the app role may sign in as by IAM.
const DatabaseAppUser = "ecommerce_app"

// AttachToVPC lets Lambda attach a function to a VPC. Lambda checks these actions
// without naming a resource (AWS documentation, "Giving Lambda functions access
// to resources in an Amazon VPC").
func AttachToVPC() policy.Statement {
	return policy.Statement{
		Sid:    "AttachToVPC",
		Effect: policy.Allow,
		Actions: []string{
			"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
			"ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
		},
		Resources: []string{"*"},
	}
}

// InstanceIdentifiers is the names of all instances that the database has.
func InstanceIdentifiers(s *settings.Settings) []string {
	if s.Database.Aurora == nil {
		return []string{s.Names.Database}
	}
	var out []string
	for _, i := range s.Database.Aurora.Instances {
		out = append(out, i.Identifier)
	}
	return out
}

// AddRole adds a role that one service may assume, under a condition where the
// service says for whom it acts.
func AddRole(s *settings.Settings, set *desired.Set, r, name, description, service string, condition policy.Condition, needs ...facts.Fact) {
	AddRoleFor(s, set, r, name, description, TrustOf(service, condition, needs...))
}

// AddRoleFor adds a role for those who are trusted with it.
func AddRoleFor(s *settings.Settings, set *desired.Set, r, name, description string, who Trust) {
	set.Add(r, NewRole(s, description, who), desired.Named(name), desired.Needs(who.Needs...), desired.Keep(s.Keep.Database && r == composed.MonitoringRole))
}

// NewRole is a role within the platform's boundary, if it has one, for those who
// are trusted with it.
func NewRole(s *settings.Settings, description string, who Trust) *iam.Role {
	p := iam.RoleParameters{
		Description:        new(description),
		Path:               new(RolePath),
		MaxSessionDuration: new(float64(3600)),
		AssumeRolePolicy:   new(policy.Document{Statements: who.Statements}.JSON()),
		// Roles are handed out: a policy that others attached would hold their
		// deletion up.
		ForceDetachPolicies: new(true),
	}
	if s.PermissionsBoundary != "" {
		p.PermissionsBoundary = new(s.PermissionsBoundary)
	}
	return &iam.Role{Spec: iam.RoleSpec{ForProvider: p}}
}

// AddRolePolicy adds an inline policy to a role.
func AddRolePolicy(set *desired.Set, r, of, name string, statements []policy.Statement, needs ...facts.Fact) {
	set.Add(r, &iam.RolePolicy{Spec: iam.RolePolicySpec{ForProvider: iam.RolePolicyParameters{
		RoleRef: set.Ref(of),
		Policy:  new(policy.Document{Statements: statements}.JSON()),
	}}}, desired.Named(name), desired.Needs(needs...))
}

// WriteTraces lets a function write its traces. X-Ray knows no resources
// (Service Authorization Reference, "Actions defined by AWS X-Ray").
func WriteTraces() policy.Statement {
	return policy.Statement{Sid: "WriteTraces", Effect: policy.Allow, Actions: []string{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, Resources: []string{"*"}}
}

// ViaService allows a key to be used through one service only.
func ViaService(s *settings.Settings, service string) policy.Condition {
	return ViaServiceIn(s, service, s.Region)
}

// ViaServiceIn is the same of a service in another region.
func ViaServiceIn(s *settings.Settings, service, region string) policy.Condition {
	return policy.StringEquals("kms:ViaService", service+"."+region+"."+s.Partition.DNSSuffix)
}

// roleARN is the ARN of a role of the stack.
func roleARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("iam", "", s.Account.Value, "role"+RolePath+name)
}

// AppRoleARN is the ARN of the app role.
func AppRoleARN(s *settings.Settings) string { return roleARN(s, s.Names.AppRole) }

// From is the condition that a service acts for something of the stack's account, by
// the ARNs of that, which may have stars (IAM User Guide, "The confused deputy
// problem").
func From(s *settings.Settings, arns ...string) policy.Condition {
	return policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{"ArnLike": {"aws:SourceArn": arns}})
}

// AssetsARN is the ARN of the bucket of the files.
func AssetsARN(s *settings.Settings) string {
	return s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
}
