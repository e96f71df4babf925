package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesRoleARN is known before the role is.
func ResponsesRoleARN(s *settings.Settings) string {
	return roleARN(s, s.Names.ResponsesRole)
}
