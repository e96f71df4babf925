package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// WafLogGroup takes the web ACL's logs. WAF writes to groups of this prefix only
// (AWS documentation, "Sending web ACL traffic logs to a CloudWatch Logs log
// group").
func WafLogGroup(s *settings.Settings) string { return "aws-waf-logs-" + s.Stack }
