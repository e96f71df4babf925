package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Route53 is the service principal that writes the logs of DNS queries.
const Route53 = "route53.amazonaws.com"

// ManagedZone returns the zone that the stack creates. It is nil if there is none.
func ManagedZone(s *settings.Settings) *v1alpha1.ManagedHostedZone {
	if zone := s.CDN.HostedZone; zone != nil {
		return zone.Managed
	}
	return nil
}

// QueryLogGroup returns the log group of Route 53's query logs.
func QueryLogGroup(s *settings.Settings) string {
	return "/aws/route53/" + ManagedZone(s).Name + "/" + s.Stack
}
