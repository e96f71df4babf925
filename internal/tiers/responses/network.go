package responses

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeResponsesNetwork adds the function's network, if the claim requests it: a
// security group without ingress and with egress to AWS, and permission to attach
// to the VPC.
func composeResponsesNetwork(s *settings.Settings, set *desired.Set) {
	if !s.Responses.InVPC {
		return
	}
	set.Add(composed.ResponsesSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-responses", "Automated responses: reach AWS only"))
	set.Add(composed.ResponsesToAWS, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: ec2.SecurityGroupEgressRuleParameters{
		SecurityGroupIDRef: set.Ref(composed.ResponsesSecurityGroup),
		// AWS publishes no list of addresses for such a rule.
		Description: new("HTTPS to AWS"),
		CidrIPv4:    new(kit.Anywhere),
		IPProtocol:  new("tcp"),
		FromPort:    new(float64(443)), ToPort: new(float64(443)),
	}}})
	attach := kit.AttachToVPC()
	// Lambda attaches the function. The code itself must not change the network
	// (AWS documentation, "Giving Lambda functions access to resources in an Amazon
	// VPC").
	code := policy.Statement{
		Sid: "CodeAttachesNothing", Effect: policy.Deny, Actions: attach.Actions, Resources: []string{"*"},
		Condition: policy.Condition{"ArnEquals": {"lambda:SourceFunctionArn": {s.Partition.ARN("lambda", s.Region, s.Account.Value, "function:"+kit.ResponsesFunction(s))}}},
	}
	kit.AddRolePolicy(set, composed.ResponsesRoleNetwork, composed.ResponsesRole, "network", []policy.Statement{attach, code}, s.Account)
}

// responsesVPC returns the function's VPC configuration. It is nil outside a VPC.
func responsesVPC(s *settings.Settings, set *desired.Set) *lambda.VPCConfigParameters {
	if !s.Responses.InVPC {
		return nil
	}
	subnets := kit.InPrivateSubnets(s, set)
	return &lambda.VPCConfigParameters{SubnetIds: subnets.IDs, SubnetIDRefs: subnets.Refs, SecurityGroupIDRefs: set.LiveRefs(composed.ResponsesSecurityGroup)}
}
