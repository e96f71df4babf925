package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesFunction returns the name of the responses' function.
func ResponsesFunction(s *settings.Settings) string { return s.Stack + "-responses" }

// ResponsesQueue returns the name of the responses' dead-letter queue.
func ResponsesQueue(s *settings.Settings) string { return s.Stack + "-responses-dead-letters" }
