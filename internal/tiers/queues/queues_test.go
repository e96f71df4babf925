package queues_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	asked = `{"region":"eu-west-1","queues":[{"name":"orders","visibilityTimeoutSeconds":180,"retentionDays":14,"maxReceives":3,"delaySeconds":5}]}`
	fifo  = `{"region":"eu-west-1","queues":[{"name":"payments","fifo":true,"contentBasedDeduplication":true}]}`
	none  = `{"region":"eu-west-1"}`

	arns = "arn:aws:sqs:eu-west-1:123456789012:"
)

// shown returns an observed queue with an AWS name.
func shown(name string) string {
	return `{"spec":{"forProvider":{"name":"` + name + `"}},"status":{"atProvider":{"arn":"` + arns + name + `","url":"https://sqs.eu-west-1.amazonaws.com/123456789012/` + name + `"}}}`
}

// there returns an observed queue with its dead-letter queue.
func there(name, suffix string) map[string]string {
	return map[string]string{
		composed.Queue(name):       shown(tiertest.Prefix + "-" + name + suffix),
		composed.DeadLetters(name): shown(tiertest.Prefix + "-dead-letters-" + name + suffix),
	}
}

func TestQueues(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop that asks for none has none.", Spec: none, Resource: composed.Queue("orders"), Missing: true},
		"Queue": {
			Reason: "A queue is encrypted by the stack's own key, and stays with its messages.", Spec: asked, Observed: there("orders", ""), Resource: composed.Queue("orders"),
			Want: map[string]any{
				"name": tiertest.Prefix + "-orders", "kmsMasterKeyId": "alias/" + tiertest.Prefix + "-data-key", "sqsManagedSseEnabled": tiertest.Absent{},
				"visibilityTimeoutSeconds": float64(180), "messageRetentionSeconds": float64(1209600), "delaySeconds": float64(5), "receiveWaitTimeSeconds": float64(20), "maxMessageSize": float64(262144),
				"redrivePolicy":      `{"deadLetterTargetArn":"` + arns + tiertest.Prefix + `-dead-letters-orders","maxReceiveCount":3}`,
				"redriveAllowPolicy": `{"redrivePermission":"denyAll"}`, "fifoQueue": tiertest.Absent{}, "contentBasedDeduplication": tiertest.Absent{}, tiertest.Stays: true,
			},
		},
		"Waits": {Reason: "SQS wants the dead-letter queue to be there.", Spec: asked, Resource: composed.Queue("orders"), Waits: true},
		"Defaults": {
			Reason: "A name is enough.", Spec: `{"region":"eu-west-1","queues":[{"name":"orders"}]}`, Observed: there("orders", ""), Resource: composed.Queue("orders"),
			Want: map[string]any{"visibilityTimeoutSeconds": float64(30), "messageRetentionSeconds": float64(345600), "delaySeconds": float64(0)},
		},
		"Goes":        {Reason: "Delete means delete.", Spec: `{"deletionPolicy":"Delete",` + asked[1:], Observed: there("orders", ""), Resource: composed.Queue("orders"), Want: map[string]any{tiertest.Stays: false}},
		"NoLonger":    {Reason: "A queue can be taken out of the claim; by its policy it stays in AWS.", Spec: none, Observed: there("orders", ""), Resource: composed.Queue("orders"), Missing: true},
		"DeadLetters": {Reason: "What readers failed on is kept as long as SQS can.", Spec: asked, Resource: composed.DeadLetters("orders"), Want: map[string]any{"name": tiertest.Prefix + "-dead-letters-orders", "messageRetentionSeconds": float64(1209600), "redrivePolicy": tiertest.Absent{}, tiertest.Stays: true}},
		"FIFO": {
			Reason: "Names of FIFO queues say so.", Spec: fifo, Observed: there("payments", ".fifo"), Resource: composed.Queue("payments"),
			Want: map[string]any{"name": tiertest.Prefix + "-payments.fifo", "fifoQueue": true, "contentBasedDeduplication": true, "deduplicationScope": "queue", "fifoThroughputLimit": "perQueue"},
		},
		"FIFODeadLetters": {Reason: "The dead-letter queue of a FIFO queue is one too.", Spec: fifo, Resource: composed.DeadLetters("payments"), Want: map[string]any{"name": tiertest.Prefix + "-dead-letters-payments.fifo", "fifoQueue": true}},
		"FIFOStays": {
			Reason: "SQS makes no FIFO queue of another one.", Spec: `{"region":"eu-west-1","queues":[{"name":"payments","fifo":true,"contentBasedDeduplication":true}]}`, Observed: there("payments", ""), Resource: composed.Queue("payments"),
			Want: map[string]any{"name": tiertest.Prefix + "-payments", "fifoQueue": tiertest.Absent{}, "contentBasedDeduplication": tiertest.Absent{}},
		},
		"Redrive": {
			Reason: "A dead-letter queue is of one queue.", Spec: asked, Observed: there("orders", ""), Resource: composed.Redrive("orders"),
			Want: map[string]any{"queueUrlRef.name": "shop-queues-dead-letters-orders", "redriveAllowPolicy": `{"redrivePermission":"byQueue","sourceQueueArns":["` + arns + tiertest.Prefix + `-orders"]}`, tiertest.Stays: true},
		},
		"RedriveWaits": {Reason: "That queue has to be known.", Spec: asked, Resource: composed.Redrive("orders"), Waits: true},
		"Policy": {
			Reason: "Nobody calls a queue in plain text.", Spec: asked, Resource: composed.QueueAccess("orders"),
			Want: map[string]any{"queueUrlRef.name": "shop-queue-orders", "policy": `{"Version":"2012-10-17","Statement":[{"Sid":"DenyPlainHTTP","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"` + arns + tiertest.Prefix + `-orders","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`, tiertest.Stays: true},
		},
		"DeadLettersPolicy": {Reason: "Nor a dead-letter queue.", Spec: asked, Resource: composed.DeadLettersAccess("orders"), Want: map[string]any{"queueUrlRef.name": "shop-queues-dead-letters-orders"}},
		"PolicyWaits":       {Reason: "The policy is of the queue's ARN.", Spec: asked, Input: tiertest.NoInput(), Resource: composed.QueueAccess("orders"), Waits: true},
		"China": {
			Reason: "China has ARNs of its own.", Spec: `{"region":"cn-north-1","queues":[{"name":"orders"}]}`, Resource: composed.QueueAccess("orders"),
			Want: map[string]any{"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"DenyPlainHTTP","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"arn:aws-cn:sqs:cn-north-1:123456789012:` + tiertest.Prefix + `-orders","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`},
		},
		"Rights": {
			Reason: "The application sends and receives messages, of its queues only, and reads no dead letters.", Spec: asked, Observed: map[string]string{composed.DataKey: `{"status":{"atProvider":{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1"}}}`}, Resource: composed.AppRoleQueues,
			Want: map[string]any{"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"UseQueues","Effect":"Allow","Action":["sqs:ChangeMessageVisibility","sqs:DeleteMessage","sqs:GetQueueAttributes","sqs:GetQueueUrl","sqs:ReceiveMessage","sqs:SendMessage"],"Resource":"` + arns + tiertest.Prefix + `-orders"},{"Sid":"EncryptMessages","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"arn:aws:kms:eu-west-1:123456789012:key/1","Condition":{"StringEquals":{"kms:ViaService":"sqs.eu-west-1.amazonaws.com"}}}]}`},
		},
		"NoRights": {Reason: "Without queues it needs none.", Spec: none, Resource: composed.AppRoleQueues, Missing: true},
		"Parameter": {
			Reason: "What runs elsewhere finds the queue by its parameter.", Spec: asked, Observed: there("orders", ""), Resource: composed.Parameter("queues-orders-url"),
			Want: map[string]any{"insecureValue": "https://sqs.eu-west-1.amazonaws.com/123456789012/" + tiertest.Prefix + "-orders"},
		},
	})
}

// An empty queue has lost its orders, so the topic gets the event.
func TestEvents(t *testing.T) {
	want := map[string]any{
		"source": []any{"aws.sqs"}, "detail-type": []any{"AWS API Call via CloudTrail"},
		"detail": map[string]any{
			"errorCode": []any{map[string]any{"exists": false}}, "eventName": []any{"AddPermission", "DeleteQueue", "PurgeQueue"}, "eventSource": []any{"sqs.amazonaws.com"},
			"requestParameters": map[string]any{"queueUrl": []any{map[string]any{"wildcard": "*/" + tiertest.Prefix + "-*"}}},
		},
	}
	got := tiertest.EventPattern(t, tiertest.Composed(t, asked, nil, tiertest.Platform()), "aws.sqs", "AWS API Call via CloudTrail")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\neventPattern: -want, +got:\n%s", diff)
	}
}

func TestAlarms(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Age": {
			Reason: "A message may wait for a quarter of an hour beside the reader's own time.", Spec: asked, Resource: composed.Alarm("queue-orders-age"),
			Want: map[string]any{"namespace": "AWS/SQS", "metricName": "ApproximateAgeOfOldestMessage", "threshold": float64(1085), "evaluationPeriods": float64(3), "dimensions": map[string]any{"QueueName": tiertest.Prefix + "-orders"}, "treatMissingData": "notBreaching"},
		},
		"DeadLetters": {
			Reason: "One message that nobody can read is one too many.", Spec: fifo, Resource: composed.Alarm("queue-payments-dead-letters"),
			Want: map[string]any{"metricName": "ApproximateNumberOfMessagesVisible", "threshold": float64(0), "evaluationPeriods": float64(1), "dimensions": map[string]any{"QueueName": tiertest.Prefix + "-dead-letters-payments.fifo"}},
		},
	})
}

func TestStatus(t *testing.T) {
	got := tiertest.Composed(t, asked, there("orders", ""), tiertest.Platform()).Status.Queues
	const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/"
	want := []v1alpha1.QueueStatus{{Name: "orders", URL: url + tiertest.Prefix + "-orders", ARN: arns + tiertest.Prefix + "-orders", DeadLetterURL: url + tiertest.Prefix + "-dead-letters-orders"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nApplications read where their queues are.\nqueues: -want, +got:\n%s", diff)
	}
}
