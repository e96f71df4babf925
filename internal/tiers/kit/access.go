package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// RolePath is the path of all stacks' roles in an account, for policies of the
// platform.
const RolePath = "/secure-ecommerce/"

// DatabaseAppUser is the database user of the app role with IAM authentication.
const DatabaseAppUser = "ecommerce_app"

// AttachToVPC allows Lambda to attach a function to a VPC. These actions do not
// support resources (AWS documentation, "Giving Lambda functions access to
// resources in an Amazon VPC").
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

// InstanceIdentifiers returns the AWS names of all database instances.
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

// AddRole adds a role that one service can assume, with a condition if the service
// sends its source.
func AddRole(s *settings.Settings, set *desired.Set, r, name, description, service string, condition policy.Condition, needs ...facts.Fact) {
	AddRoleFor(s, set, r, name, description, TrustOf(service, condition, needs...))
}

// AddRoleFor adds a role with a trust policy.
func AddRoleFor(s *settings.Settings, set *desired.Set, r, name, description string, who Trust) {
	set.Add(r, NewRole(s, description, who), desired.Named(name), desired.Needs(who.Needs...), desired.Keep(s.Keep.Database && r == composed.MonitoringRole))
}

// NewRole returns a role with a trust policy and the platform's permissions
// boundary, if any.
func NewRole(s *settings.Settings, description string, who Trust) *iam.Role {
	p := iam.RoleParameters{
		Description:        new(description),
		Path:               new(RolePath),
		MaxSessionDuration: new(float64(3600)),
		AssumeRolePolicy:   new(policy.Document{Statements: who.Statements}.JSON()),
		// Otherwise, policies that others attached would block the deletion of the
		// role.
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

// WriteTraces allows a function to write traces. X-Ray does not support resources
// (Service Authorization Reference, "Actions defined by AWS X-Ray").
func WriteTraces() policy.Statement {
	return policy.Statement{Sid: "WriteTraces", Effect: policy.Allow, Actions: []string{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, Resources: []string{"*"}}
}

// ViaService returns a condition that a key is used through one service.
func ViaService(s *settings.Settings, service string) policy.Condition {
	return ViaServiceIn(s, service, s.Region)
}

// ViaServiceIn is ViaService for a service in another region.
func ViaServiceIn(s *settings.Settings, service, region string) policy.Condition {
	return policy.StringEquals("kms:ViaService", service+"."+region+"."+s.Partition.DNSSuffix)
}

// roleARN returns the ARN of a role of the stack.
func roleARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("iam", "", s.Account.Value, "role"+RolePath+name)
}

// AppRoleARN returns the ARN of the app role.
func AppRoleARN(s *settings.Settings) string { return roleARN(s, s.Names.AppRole) }

// From returns a condition that a service acts for resources in the stack's
// account. Their ARNs may contain wildcards (IAM User Guide, "The confused deputy
// problem").
func From(s *settings.Settings, arns ...string) policy.Condition {
	return policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{"ArnLike": {"aws:SourceArn": arns}})
}

// AssetsARN returns the ARN of the assets bucket.
func AssetsARN(s *settings.Settings) string {
	return s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
}
