package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ResponsesFunction is the name of the function that responds, responsesQueue
// that of the queue of events that it could not respond to.
func ResponsesFunction(s *settings.Settings) string { return s.Stack + "-responses" }

func ResponsesQueue(s *settings.Settings) string { return s.Stack + "-responses-dead-letters" }
