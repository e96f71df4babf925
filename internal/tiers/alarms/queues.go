package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// queueMetrics is the namespace of the metrics of queues.
const queueMetrics = "AWS/SQS"

// waitTooLong is the maximum waiting time of a message in seconds, in addition to
// its visibility timeout and delay.
const waitTooLong = 900

// queueAlarms returns alarms for messages that are not read in time or that cannot
// be processed (AWS documentation, "Recommended alarms", Amazon SQS).
func queueAlarms(s *settings.Settings) []alarm {
	var out []alarm
	for _, q := range s.Queues {
		out = append(out, alarm{
			name: "queue-" + q.Name + "-age", description: "Messages in the queue " + q.Name + " wait too long. Check that its consumers are running, or add consumers.",
			metric: "ApproximateAgeOfOldestMessage", dimensions: map[string]string{"QueueName": q.Queue},
			threshold: float64(waitTooLong + q.VisibilitySeconds + int(q.DelaySeconds)), periods: 3,
		}, alarm{
			name: "queue-" + q.Name + "-dead-letters", description: "Consumers of the queue " + q.Name + " failed to process messages. These messages are in the dead-letter queue of this queue. Fix the consumer, then redrive the messages.",
			metric: "ApproximateNumberOfMessagesVisible", dimensions: map[string]string{"QueueName": q.DeadLetters},
			threshold: 0, periods: 1,
		})
	}
	for i := range out {
		out[i].namespace, out[i].statistic, out[i].comparison, out[i].silence = queueMetrics, "Maximum", above, silenceIsGood
	}
	return out
}

// queueGraphs returns graphs of the number and the age of waiting messages.
func queueGraphs(s *settings.Settings) []graph {
	if len(s.Queues) == 0 {
		return nil
	}
	waiting := graph{title: "Queues: waiting messages", region: s.Region, statistic: "Maximum"}
	age := graph{title: "Queues: age of the oldest message in s", region: s.Region, statistic: "Maximum"}
	for _, q := range s.Queues {
		waiting.lines = append(waiting.lines,
			line{namespace: queueMetrics, metric: "ApproximateNumberOfMessagesVisible", dimensions: []string{"QueueName", q.Queue}},
			line{namespace: queueMetrics, metric: "ApproximateNumberOfMessagesVisible", dimensions: []string{"QueueName", q.DeadLetters}})
		age.lines = append(age.lines, line{namespace: queueMetrics, metric: "ApproximateAgeOfOldestMessage", dimensions: []string{"QueueName", q.Queue}})
	}
	return []graph{waiting, age}
}
