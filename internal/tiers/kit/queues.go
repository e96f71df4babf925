package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// queueURL is where the provider shows the URL of a queue.
const queueURL = "status.atProvider.url"

// QueueARN is the ARN of a queue, by its name in AWS.
func QueueARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("sqs", s.Region, s.Account.Value, name)
}

// QueueURL is where messages of a queue are sent and received.
func QueueURL(observed facts.Observed, q settings.Queue) facts.Fact {
	return observed.Fact(composed.Queue(q.Name), queueURL)
}

// DeadLettersURL is where its dead letters are received.
func DeadLettersURL(observed facts.Observed, q settings.Queue) facts.Fact {
	return observed.Fact(composed.DeadLetters(q.Name), queueURL)
}
