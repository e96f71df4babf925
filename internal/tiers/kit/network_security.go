package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Opening is a port between two security groups of the stack.
type Opening struct {
	From, To                    string
	Port                        int
	Ingress, IngressDescription string
	Egress, EgressDescription   string
}

// OpenPort adds both rules of an opening: egress of one group, and ingress of the
// other.
func OpenPort(set *desired.Set, o Opening) {
	port := new(float64(o.Port))
	set.Add(o.Ingress, &ec2.SecurityGroupIngressRule{Spec: ec2.SecurityGroupIngressRuleSpec{ForProvider: ec2.SecurityGroupIngressRuleParameters{
		SecurityGroupIDRef:           set.Ref(o.To),
		ReferencedSecurityGroupIDRef: set.Ref(o.From),
		Description:                  new(o.IngressDescription),
		IPProtocol:                   new("tcp"), FromPort: port, ToPort: port,
	}}})
	set.Add(o.Egress, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: ec2.SecurityGroupEgressRuleParameters{
		SecurityGroupIDRef:           set.Ref(o.From),
		ReferencedSecurityGroupIDRef: set.Ref(o.To),
		Description:                  new(o.EgressDescription),
		IPProtocol:                   new("tcp"), FromPort: port, ToPort: port,
	}}})
}

// SecurityGroup returns a group without inline rules, because each rule is a
// resource. Name and description are immutable.
func SecurityGroup(s *settings.Settings, set *desired.Set, name, description string) *ec2.SecurityGroup {
	id, ref := InVPC(s, set)
	return &ec2.SecurityGroup{Spec: ec2.SecurityGroupSpec{ForProvider: ec2.SecurityGroupParameters_2{
		VPCID:       id,
		VPCIDRef:    ref,
		Name:        new(name),
		Description: new(description),
		// Otherwise, rules of other groups that refer to this one would block its
		// deletion.
		RevokeRulesOnDelete: new(true),
	}}}
}
