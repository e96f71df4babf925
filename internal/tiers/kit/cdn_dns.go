package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ManagedZone is the zone that the claim asks the stack to make, nil if it asks
// for none.
func ManagedZone(s *settings.Settings) *v1alpha1.ManagedHostedZone {
	if zone := s.CDN.HostedZone; zone != nil {
		return zone.Managed
	}
	return nil
}

// QueryLogGroup is the log group that Route 53 writes queries to.
func QueryLogGroup(s *settings.Settings) string {
	return "/aws/route53/" + ManagedZone(s).Name + "/" + s.Stack
}
