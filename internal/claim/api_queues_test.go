package claim

import "strings"

// queues returns a spec with queues.
func queues(list string) string { return with(`"queues":[` + list + `]`) }

// queueCases contains specs of queues.
var queueCases = map[string]apiCase{
	"Queues": {
		reason: "A name is enough; a FIFO queue may find duplicates.",
		spec:   queues(`{"name":"orders"},{"name":"payments","fifo":true,"contentBasedDeduplication":true,"visibilityTimeoutSeconds":0,"retentionDays":14,"maxReceives":1,"delaySeconds":900}`),
	},
	"QueuesTooMany": {
		reason: "Twenty queues are enough.", spec: queues(repeated(21, `{"name":"q%d"}`)),
		want: []string{`spec.queues: Too many: 21: must have at most 20 items`},
	},
	"QueuesTwice": {
		reason: "A name is of one queue.", spec: queues(`{"name":"orders"},{"name":"orders"}`),
		want: []string{`spec.queues[1]: Duplicate value: {"name":"orders"}`},
	},
	"QueueIncomplete": {
		reason: "A queue has a name.", spec: queues(`{}`),
		want: []string{`spec.queues[0].name: Required value`},
	},
	"QueueTooMuch": {
		reason: "Names are short, and SQS has limits.",
		spec:   queues(`{"name":"Orders","visibilityTimeoutSeconds":43201,"retentionDays":15,"maxReceives":1001,"delaySeconds":901}`),
		want: []string{
			`spec.queues[0].delaySeconds: Invalid value: 901: spec.queues[0].delaySeconds in body should be less than or equal to 900`,
			`spec.queues[0].maxReceives: Invalid value: 1001: spec.queues[0].maxReceives in body should be less than or equal to 1000`,
			`spec.queues[0].name: Invalid value: "Orders": must start with a lowercase letter, contain only lowercase letters, digits and hyphens, and not end with a hyphen; for example, web`,
			`spec.queues[0].retentionDays: Invalid value: 15: spec.queues[0].retentionDays in body should be less than or equal to 14`,
			`spec.queues[0].visibilityTimeoutSeconds: Invalid value: 43201: spec.queues[0].visibilityTimeoutSeconds in body should be less than or equal to 43200`,
		},
	},
	"QueueTooLittle": {
		reason: "SQS has limits on either side.",
		spec:   queues(`{"name":"` + strings.Repeat("a", 21) + `","visibilityTimeoutSeconds":-1,"retentionDays":0,"maxReceives":0,"delaySeconds":-1}`),
		want: []string{
			`spec.queues[0].delaySeconds: Invalid value: -1: spec.queues[0].delaySeconds in body should be greater than or equal to 0`,
			`spec.queues[0].maxReceives: Invalid value: 0: spec.queues[0].maxReceives in body should be greater than or equal to 1`,
			`spec.queues[0].name: Too long: may not be more than 20 bytes`,
			`spec.queues[0].retentionDays: Invalid value: 0: spec.queues[0].retentionDays in body should be greater than or equal to 1`,
			`spec.queues[0].visibilityTimeoutSeconds: Invalid value: -1: spec.queues[0].visibilityTimeoutSeconds in body should be greater than or equal to 0`,
		},
	},
	"QueueNameOfDeadLetters": {
		reason: "Dead-letter queues have names too.", spec: queues(`{"name":"dead-letters-orders"}`),
		want: []string{`spec.queues[0].name: Invalid value: name must not begin with dead-letters-, which is reserved for dead-letter queues: use another name, such as orders`},
	},
	"QueueDeduplication": {
		reason: "Standard queues find no duplicates.", spec: queues(`{"name":"orders","contentBasedDeduplication":true}`),
		want: []string{`spec.queues[0].contentBasedDeduplication: Invalid value: contentBasedDeduplication requires a FIFO queue: set fifo to true, or remove contentBasedDeduplication`},
	},
	"QueueKind": {
		reason: "SQS makes no FIFO queue of another one.", old: queues(`{"name":"orders"}`), spec: queues(`{"name":"orders","fifo":true}`),
		want: []string{`spec.queues[0].fifo: Invalid value: fifo cannot be changed: add a queue with another name, and remove this queue when it is empty`},
	},
	"QueueDropped": {reason: "A queue that the claim drops keeps its messages.", old: queues(`{"name":"orders"},{"name":"mails"}`), spec: queues(`{"name":"mails"}`)},
}
