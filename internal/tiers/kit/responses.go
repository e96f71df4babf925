package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesRoleARN returns the ARN of the role before it exists.
func ResponsesRoleARN(s *settings.Settings) string {
	return roleARN(s, s.Names.ResponsesRole)
}
