package network

import (
	"slices"

	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeEndpoints lets the app tier reach AWS services inside of the VPC. The
// provider joins endpoints to subnets and groups by resources of their own.
func composeEndpoints(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if len(s.Network.Endpoints) == 0 {
		return
	}
	set.Add(composed.EndpointSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-endpoints", "Interface endpoints: reached from callers in the stack only"))
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.EndpointSecurityGroup, Port: 443,
		Ingress: composed.EndpointFromApp, IngressDescription: "HTTPS from the application tier",
		Egress: composed.AppToEndpoints, EgressDescription: "HTTPS to interface endpoints",
	})
	admitToEndpoints(s, set)
	admitMail(s, set)
	for _, service := range s.Network.Endpoints {
		composeEndpoint(s, observed, service, set)
	}
}

// mailEndpoint is the service that takes mail by SMTP.
const mailEndpoint = "email-smtp"

// mailPorts are those of SES for mail: STARTTLS on 587 and 2587, TLS from the beginning
// on 465 and 2465. Port 25 leads to other mail servers too (Amazon SES documentation,
// "Connecting to an Amazon SES SMTP endpoint").
var mailPorts = []int{465, 587, 2465, 2587}

// admitMail lets the application send mail through its endpoint, whose group is its
// own: the name leads there, whatever else network.egress opens.
func admitMail(s *settings.Settings, set *desired.Set) {
	if !slices.Contains(s.Network.Endpoints, mailEndpoint) {
		return
	}
	set.Add(composed.MailEndpointSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-mail-endpoint", "Mail endpoint: reached from the application tier only"))
	for _, port := range mailPorts {
		kit.OpenPort(set, kit.Opening{
			From: composed.AppSecurityGroup, To: composed.MailEndpointSecurityGroup, Port: port,
			Ingress: composed.EndpointMailFromApp(port), IngressDescription: "SMTP from the application tier",
			Egress: composed.AppMailToEndpoint(port), EgressDescription: "SMTP to the mail endpoint",
		})
	}
}

// admitToEndpoints lets in whoever else calls AWS from the VPC: the names of
// AWS lead all of them to the endpoints. Nodes of a Kubernetes cluster have
// groups that the cluster makes, so their subnets are let in.
func admitToEndpoints(s *settings.Settings, set *desired.Set) {
	admit := func(r string, rule ec2.SecurityGroupIngressRuleParameters) {
		rule.SecurityGroupIDRef = set.Ref(composed.EndpointSecurityGroup)
		rule.IPProtocol, rule.FromPort, rule.ToPort = new("tcp"), new(float64(443)), new(float64(443))
		set.Add(r, &ec2.SecurityGroupIngressRule{Spec: ec2.SecurityGroupIngressRuleSpec{ForProvider: rule}})
	}
	if s.Responses.InVPC {
		admit(composed.EndpointFromResponses, ec2.SecurityGroupIngressRuleParameters{
			Description: new("HTTPS from the automated responses"), ReferencedSecurityGroupIDRef: set.Ref(composed.ResponsesSecurityGroup),
		})
	}
	if !slices.Contains(s.Access.Runtimes, v1alpha1.RuntimeEKS) {
		return
	}
	for _, z := range s.Network.Zones {
		admit(composed.EndpointFromNodes(z.Number), ec2.SecurityGroupIngressRuleParameters{
			Description: new("HTTPS from nodes in " + z.Name), CidrIPv4: new(z.Private.String()),
		})
	}
}

// composeEndpoint adds the endpoint of a service in all zones. The name that the
// public endpoint has leads to it, so that applications need no change.
func composeEndpoint(s *settings.Settings, observed facts.Observed, service string, set *desired.Set) {
	group := composed.EndpointSecurityGroup
	if service == mailEndpoint {
		group = composed.MailEndpointSecurityGroup
	}
	set.Add(composed.Endpoint(service), &ec2.VPCEndpoint{Spec: ec2.VPCEndpointSpec{ForProvider: ec2.VPCEndpointParameters_2{
		VPCIDRef:          set.Ref(composed.VPC),
		ServiceName:       new("com.amazonaws." + s.Region + "." + service),
		VPCEndpointType:   new("Interface"),
		PrivateDNSEnabled: new(true),
		Policy:            new(endpointPolicy(s, service).JSON()),
	}}}, desired.Needs(s.Account))
	set.Add(composed.EndpointGroup(service), &ec2.VPCEndpointSecurityGroupAssociation{Spec: ec2.VPCEndpointSecurityGroupAssociationSpec{ForProvider: ec2.VPCEndpointSecurityGroupAssociationParameters{
		VPCEndpointIDRef:          set.Ref(composed.Endpoint(service)),
		SecurityGroupIDRef:        set.Ref(group),
		ReplaceDefaultAssociation: replacesDefault(observed, service),
	}}})
	for _, z := range s.Network.Zones {
		set.Add(composed.EndpointSubnet(service, z.Number), &ec2.VPCEndpointSubnetAssociation{Spec: ec2.VPCEndpointSubnetAssociationSpec{ForProvider: ec2.VPCEndpointSubnetAssociationParameters{
			VPCEndpointIDRef: set.Ref(composed.Endpoint(service)),
			SubnetIDRef:      set.Ref(composed.PrivateSubnet(z.Number)),
		}}})
	}
}

// replacesDefault is whether an endpoint's association takes the place of the
// VPC's default group, which a new endpoint has and would keep beside it. It
// cannot change, and is refused of an endpoint without that group, as when the
// association is made once more.
func replacesDefault(observed facts.Observed, service string) *bool {
	if group := composed.EndpointGroup(service); observed.Has(group) {
		return kit.Nonzero(observed.True(group, "spec.forProvider.replaceDefaultAssociation"))
	}
	group, has := observed.ExternalName(composed.DefaultSecurityGroup), observed.Value(composed.Endpoint(service), "status.atProvider.securityGroupIds").GetListValue()
	gone := group.Known() && len(has.GetValues()) > 0 && !slices.ContainsFunc(has.GetValues(), func(v *structpb.Value) bool { return v.GetStringValue() == group.Value })
	return kit.Nonzero(!gone)
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
