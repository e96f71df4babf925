package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// queueURL is the path of a queue's URL.
const queueURL = "status.atProvider.url"

// QueueARN returns the ARN of a queue by its AWS name.
func QueueARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("sqs", s.Region, s.Account.Value, name)
}

// QueueURL returns the URL of a queue.
func QueueURL(observed facts.Observed, q settings.Queue) facts.Fact {
	return observed.Fact(composed.Queue(q.Name), queueURL)
}

// DeadLettersURL returns the URL of its dead-letter queue.
func DeadLettersURL(observed facts.Observed, q settings.Queue) facts.Fact {
	return observed.Fact(composed.DeadLetters(q.Name), queueURL)
}
