package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesRoleARN is known before the role is.
func ResponsesRoleARN(s *settings.Settings) string {
	return s.Partition.ARN("iam", "", s.Account.Value, "role"+RolePath+s.Names.ResponsesRole)
}
