package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesFunction is the name of the function that responds.
func ResponsesFunction(s *settings.Settings) string { return s.Stack + "-responses" }

// ResponsesQueue is the name of the queue of events that it could not respond to.
func ResponsesQueue(s *settings.Settings) string { return s.Stack + "-responses-dead-letters" }
