package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// WafLogGroup returns the log group of the web ACL. WAF requires this prefix (AWS
// documentation, "Sending web ACL traffic logs to a CloudWatch Logs log group").
func WafLogGroup(s *settings.Settings) string { return "aws-waf-logs-" + s.Stack }
