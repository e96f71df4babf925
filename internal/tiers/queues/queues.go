package queues

import (
	"encoding/json"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sqs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

const (
	day = 24 * 60 * 60
	// deadLetterDays is the maximum retention of SQS. It starts when a message is
	// sent, even if it later moves to a dead-letter queue (Amazon SQS Developer
	// Guide, "Using dead-letter queues").
	deadLetterDays = 14
	// waitSeconds is the maximum time of long polling, which avoids empty responses
	// (Amazon SQS Developer Guide, "Short and long polling").
	waitSeconds = 20
	// maxMessageBytes is Terraform's default. It is set explicitly, so that all
	// partitions have the same. AWS's own default is 1 MiB since August 2025.
	maxMessageBytes = 262144
)

// composeQueues adds the queues of the application.
func composeQueues(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, q := range s.Queues {
		composeDeadLetters(s, observed, set, q)
		composeQueue(s, observed, set, q)
	}
}

// composeQueue adds a queue with its dead-letter queue, which must exist first. The
// queue contains its own redrive policy: with the separate kind, the provider would
// late-initialize this field with the first observed value.
func composeQueue(s *settings.Settings, observed facts.Observed, set *desired.Set, q settings.Queue) {
	deadLetters := observed.ARN(composed.DeadLetters(q.Name))
	p := parameters(s, q.Queue, q.FIFO)
	p.DelaySeconds = new(float64(q.DelaySeconds))
	p.MessageRetentionSeconds = new(float64(q.RetentionDays) * day)
	p.VisibilityTimeoutSeconds = new(float64(q.VisibilitySeconds))
	p.RedrivePolicy = new(canonical(map[string]any{"deadLetterTargetArn": deadLetters.Value, "maxReceiveCount": q.MaxReceives}))
	// No other queue may use it as its dead-letter queue.
	p.RedriveAllowPolicy = new(`{"redrivePermission":"denyAll"}`)
	if q.FIFO {
		p.ContentBasedDeduplication = new(q.ContentBasedDeduplication)
	}
	add(s, set, composed.Queue(q.Name), composed.QueueAccess(q.Name), q.Queue, p, desired.Needs(deadLetters), desired.Before(composed.DataKey, composed.DeadLetters(q.Name)))
}

// composeDeadLetters adds the dead-letter queue of a queue, which accepts messages
// only from that queue.
func composeDeadLetters(s *settings.Settings, observed facts.Observed, set *desired.Set, q settings.Queue) {
	r := composed.DeadLetters(q.Name)
	p := parameters(s, q.DeadLetters, q.FIFO)
	p.MessageRetentionSeconds = new(float64(deadLetterDays * day))
	add(s, set, r, composed.DeadLettersAccess(q.Name), q.DeadLetters, p, desired.Before(composed.DataKey))
	source := observed.ARN(composed.Queue(q.Name))
	set.Add(composed.Redrive(q.Name), &sqs.QueueRedriveAllowPolicy{Spec: sqs.QueueRedriveAllowPolicySpec{ForProvider: sqs.QueueRedriveAllowPolicyParameters{
		QueueURLRef:        set.Ref(r),
		RedriveAllowPolicy: new(canonical(map[string]any{"redrivePermission": "byQueue", "sourceQueueArns": []string{source.Value}})),
	}}}, desired.Needs(source), desired.Keep(s.Keep.Data))
}

// parameters returns the fields that all queues share.
func parameters(s *settings.Settings, name string, fifo bool) sqs.QueueParameters {
	p := sqs.QueueParameters{
		Name: new(name),
		// There is no reference, but the name is known.
		KMSMasterKeyID:         new(kit.KeyName(s, composed.DataKey)),
		MaxMessageSize:         new(float64(maxMessageBytes)),
		ReceiveWaitTimeSeconds: new(float64(waitSeconds)),
	}
	if fifo {
		// AWS returns these defaults for such queues.
		p.FifoQueue, p.DeduplicationScope, p.FifoThroughputLimit = new(true), new("queue"), new("perQueue")
	}
	return p
}

// add adds a queue with a policy that requires TLS. Policies of roles control
// access. The queue holds data, and is deleted only if the deletion policy allows
// it.
func add(s *settings.Settings, set *desired.Set, r, access, name string, p sqs.QueueParameters, options ...desired.Option) {
	keep := desired.Keep(s.Keep.Data)
	set.Add(r, &sqs.Queue{Spec: sqs.QueueSpec{ForProvider: p}}, append(options, keep)...)
	set.Add(access, &sqs.QueuePolicy{Spec: sqs.QueuePolicySpec{ForProvider: sqs.QueuePolicyParameters{
		QueueURLRef: set.Ref(r),
		Policy:      new(policy.Document{Statements: []policy.Statement{policy.DenyPlainHTTP("sqs:*", kit.QueueARN(s, name))}}.JSON()),
	}}}, desired.Needs(s.Account), keep)
}

// canonical returns fields as JSON in the format that SQS returns.
func canonical(fields map[string]any) string {
	b, _ := json.Marshal(fields) //nolint:errchkjson // Maps of strings and numbers always marshal.
	return string(b)
}

// reportQueues reports the queues' URLs.
func reportQueues(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	for _, q := range s.Queues {
		status.Queues = append(status.Queues, v1alpha1.QueueStatus{
			Name: q.Name, URL: kit.QueueURL(observed, q).Value, ARN: observed.ARN(composed.Queue(q.Name)).Value,
			DeadLetterURL: kit.DeadLettersURL(observed, q).Value,
		})
	}
}
