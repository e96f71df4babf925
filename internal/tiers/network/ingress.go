package network

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeIngress admits the claim's callers.
func composeIngress(s *settings.Settings, set *desired.Set) {
	groups := map[v1alpha1.IngressTarget]string{v1alpha1.IngressToApp: composed.AppSecurityGroup, v1alpha1.IngressToDatabase: composed.DatabaseSecurityGroup}
	for _, i := range s.Network.Ingress {
		rule := ec2.SecurityGroupIngressRuleParameters{
			SecurityGroupIDRef: set.Ref(groups[i.To]),
			Description:        new(i.Description),
			IPProtocol:         new("tcp"),
			FromPort:           new(float64(i.FromPort)),
			ToPort:             new(float64(i.ToPort)),
		}
		if i.CIDR != "" {
			rule.CidrIPv4 = new(i.CIDR)
		} else {
			rule.ReferencedSecurityGroupID = new(i.Group)
		}
		set.Add(composed.Ingress(naming.Hash(i.Key())), &ec2.SecurityGroupIngressRule{Spec: ec2.SecurityGroupIngressRuleSpec{ForProvider: rule}})
	}
}
