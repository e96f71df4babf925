package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// FirewallLogGroup returns the log group of the firewall.
func FirewallLogGroup(s *settings.Settings) string { return "/" + s.Stack + "/network-firewall" }
