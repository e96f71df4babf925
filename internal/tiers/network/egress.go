package network

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeEgress allows the app tier to call the claim's destinations.
func composeEgress(s *settings.Settings, set *desired.Set) {
	for _, e := range s.Network.Egress {
		rule := ec2.SecurityGroupEgressRuleParameters{
			SecurityGroupIDRef: set.Ref(composed.AppSecurityGroup),
			Description:        new(e.Description),
			IPProtocol:         new(strings.ToLower(string(e.Protocol))),
			FromPort:           new(float64(e.FromPort)),
			ToPort:             new(float64(e.ToPort)),
		}
		switch {
		case e.Group != "":
			rule.ReferencedSecurityGroupID = new(e.Group)
		case e.PrefixList != "":
			rule.PrefixListID = new(e.PrefixList)
		case strings.Contains(e.CIDR, ":"):
			rule.CidrIPv6 = new(e.CIDR)
		default:
			rule.CidrIPv4 = new(e.CIDR)
		}
		r := composed.AppEgressTo(naming.Hash(e.Key()))
		if e.CIDR != "" && e.HTTPS() {
			r = composed.AppEgress(naming.Hash(e.CIDR))
		}
		set.Add(r, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: rule}})
	}
}
