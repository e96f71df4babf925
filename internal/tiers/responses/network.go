package responses

import (
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	lambda "github.com/upbound/provider-aws/v2/apis/namespaced/lambda/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeResponsesNetwork adds what the function needs in the VPC, if the claim
// wants it there: a security group that lets nobody in and the function out to
// AWS, and permission to attach to the network.
func composeResponsesNetwork(s *settings.Settings, set *desired.Set) {
	if !s.Responses.InVPC {
		return
	}
	set.Add(composed.ResponsesSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-responses", "Automated responses: reach AWS only"))
	set.Add(composed.ResponsesToAWS, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: ec2.SecurityGroupEgressRuleParameters{
		SecurityGroupIDRef: set.Ref(composed.ResponsesSecurityGroup),
		// AWS has no list of its own addresses that a rule could name.
		Description: new("HTTPS to AWS"),
		CidrIPv4:    new(kit.Anywhere),
		IPProtocol:  new("tcp"),
		FromPort:    new(float64(443)), ToPort: new(float64(443)),
	}}})
	attach := kit.AttachToVPC()
	// Lambda attaches the function; its code has no business with the network
	// (AWS documentation, "Giving Lambda functions access to resources in an Amazon
	// VPC").
	code := policy.Statement{
		Sid: "CodeAttachesNothing", Effect: policy.Deny, Actions: attach.Actions, Resources: []string{"*"},
		Condition: policy.Condition{"ArnEquals": {"lambda:SourceFunctionArn": {s.Partition.ARN("lambda", s.Region, s.Account.Value, "function:"+kit.ResponsesFunction(s))}}},
	}
	kit.AddRolePolicy(set, composed.ResponsesRoleNetwork, composed.ResponsesRole, "network", []policy.Statement{attach, code}, s.Account)
}

// responsesVPC is where the function runs, nil if it is in no VPC.
func responsesVPC(s *settings.Settings, set *desired.Set) *lambda.VPCConfigParameters {
	if !s.Responses.InVPC {
		return nil
	}
	subnets := kit.InPrivateSubnets(s, set)
	return &lambda.VPCConfigParameters{SubnetIds: subnets.IDs, SubnetIDRefs: subnets.Refs, SecurityGroupIDRefs: set.LiveRefs(composed.ResponsesSecurityGroup)}
}
