package tiers

import (
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeEndpoints lets the app tier reach AWS services inside of the VPC. The
// provider joins endpoints to subnets and groups by resources of their own.
func composeEndpoints(s *settings.Settings, set *desired.Set) {
	if len(s.Network.Endpoints) == 0 {
		return
	}
	set.Add(role.EndpointSecurityGroup, securityGroup(s, set, s.Stack+"-endpoints", "Interface endpoints: reached from the application tier only"))
	openPort(set, opening{
		from: role.AppSecurityGroup, to: role.EndpointSecurityGroup, port: 443,
		ingress: role.EndpointFromApp, ingressDescription: "HTTPS from the application tier",
		egress: role.AppToEndpoints, egressDescription: "HTTPS to interface endpoints",
	})
	for _, service := range s.Network.Endpoints {
		composeEndpoint(s, service, set)
	}
}

// composeEndpoint adds the endpoint of a service in all zones. The name that the
// public endpoint has leads to it, so that applications need no change.
func composeEndpoint(s *settings.Settings, service string, set *desired.Set) {
	set.Add(role.Endpoint(service), &ec2.VPCEndpoint{Spec: ec2.VPCEndpointSpec{ForProvider: ec2.VPCEndpointParameters_2{
		VPCIDRef:          set.Ref(role.VPC),
		ServiceName:       new("com.amazonaws." + s.Region + "." + service),
		VPCEndpointType:   new("Interface"),
		PrivateDNSEnabled: new(true),
		Policy:            new(endpointPolicy(s, service).JSON()),
	}}}, desired.Needs(s.Account))
	set.Add(role.EndpointGroup(service), &ec2.VPCEndpointSecurityGroupAssociation{Spec: ec2.VPCEndpointSecurityGroupAssociationSpec{ForProvider: ec2.VPCEndpointSecurityGroupAssociationParameters{
		VPCEndpointIDRef:   set.Ref(role.Endpoint(service)),
		SecurityGroupIDRef: set.Ref(role.EndpointSecurityGroup),
		// Otherwise the VPC's default group would stay beside it.
		ReplaceDefaultAssociation: new(true),
	}}})
	for _, z := range s.Network.Zones {
		set.Add(role.EndpointSubnet(service, z.Number), &ec2.VPCEndpointSubnetAssociation{Spec: ec2.VPCEndpointSubnetAssociationSpec{ForProvider: ec2.VPCEndpointSubnetAssociationParameters{
			VPCEndpointIDRef: set.Ref(role.Endpoint(service)),
			SubnetIDRef:      set.Ref(role.PrivateSubnet(z.Number)),
		}}})
	}
}

// endpointPolicy lets through what principals of the account do, whose own
// policies say what that is; an endpoint knows its own service only. So nobody
// can carry data out with credentials of another account (AWS documentation, "Establish permissions guardrails using
// data perimeters").
func endpointPolicy(s *settings.Settings, service string) policy.Document {
	statements := []policy.Statement{{
		Sid:       "OwnPrincipalsOnly",
		Effect:    policy.Allow,
		Principal: policy.Everyone(),
		Actions:   []string{"*"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:PrincipalAccount", s.Account.Value),
	}}
	if service == "sts" {
		// Whoever signs in by a token of Kubernetes or of a pipeline has no account yet.
		statements = append(statements, policy.Statement{
			Sid:       "SignInToOwnRoles",
			Effect:    policy.Allow,
			Principal: policy.Everyone(),
			Actions:   []string{"sts:AssumeRoleWithWebIdentity"},
			Resources: []string{s.Partition.ARN("iam", "", s.Account.Value, "role/*")},
		})
	}
	return policy.Document{Statements: statements}
}
