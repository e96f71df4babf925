package network

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeEndpoints adds interface endpoints, with which the app tier reaches AWS
// services inside the VPC. Separate resources associate them with subnets and
// groups.
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

// mailEndpoint is the SMTP service.
const mailEndpoint = "email-smtp"

// mailPorts are SES's SMTP ports: STARTTLS on 587 and 2587, TLS on 465 and 2465.
// Port 25 would also allow other mail servers (Amazon SES documentation,
// "Connecting to an Amazon SES SMTP endpoint").
var mailPorts = []int{465, 587, 2465, 2587}

// admitMail allows the application to send mail through its endpoint, which has its
// own security group. The domain resolves to the endpoint, whatever else
// network.egress allows.
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

// admitToEndpoints admits the other callers of AWS in the VPC, because AWS's
// domains resolve to the endpoints for all of them. Nodes of a Kubernetes cluster
// have the cluster's security groups, so their subnets are admitted.
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

// composeEndpoint adds the endpoint of a service in all zones. The public domain
// resolves to it, so applications do not change.
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

// replacesDefault reports whether an endpoint's association replaces the VPC's
// default group, which a new endpoint would otherwise keep. This field is
// immutable. AWS rejects it for an endpoint without the default group, such as when
// the association is created again.
func replacesDefault(observed facts.Observed, service string) *bool {
	if group := composed.EndpointGroup(service); observed.Has(group) {
		return kit.Nonzero(observed.True(group, "spec.forProvider.replaceDefaultAssociation"))
	}
	group, has := observed.ExternalName(composed.DefaultSecurityGroup), observed.Value(composed.Endpoint(service), "status.atProvider.securityGroupIds").GetListValue()
	gone := group.Known() && len(has.GetValues()) > 0 && !slices.ContainsFunc(has.GetValues(), func(v *structpb.Value) bool { return v.GetStringValue() == group.Value })
	return kit.Nonzero(!gone)
}

// endpointPolicy allows only principals of the account, whose own policies restrict
// them further. Data therefore cannot be copied out with credentials of another
// account (AWS documentation, "Establish permissions guardrails using data
// perimeters").
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
		// A principal with a token of Kubernetes or of a pipeline has no account
		// yet.
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
