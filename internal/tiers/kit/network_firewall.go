package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// FirewallLogGroup is the log group that the firewall writes to.
func FirewallLogGroup(s *settings.Settings) string { return "/" + s.Stack + "/network-firewall" }
