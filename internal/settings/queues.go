package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Queue is a queue of the application.
type Queue struct {
	v1alpha1.QueueSpec

	// Queue and DeadLetters are the AWS names of the queue and of its dead-letter
	// queue.
	Queue, DeadLetters string
	VisibilitySeconds  int
}

// Variable is the environment variable that contains its URL.
func (q Queue) Variable() string {
	return "QUEUE_" + strings.ToUpper(strings.ReplaceAll(q.Name, "-", "_")) + "_URL"
}

// fifoSuffix is the suffix of FIFO queue names (Amazon SQS API Reference,
// "CreateQueue").
const fifoSuffix = ".fifo"

// queueCall is the interface endpoint of SQS.
const queueCall = "sqs"

// The API's defaults.
const (
	defaultVisibilitySeconds  = 30
	defaultQueueRetentionDays = 4
	defaultMaxReceives        = 5
)

// queues decides the application's queues, sorted by name. A queue keeps its type:
// SQS cannot change it, and the queue may contain messages.
func (d *decision) queues(stack string, app App, n Network) ([]Queue, field.ErrorList) {
	var out []Queue
	for _, asked := range d.claim.Spec.Queues {
		asked.FIFO = d.fifo(asked)
		asked.ContentBasedDeduplication = asked.ContentBasedDeduplication && asked.FIFO
		asked.RetentionDays = cmp.Or(asked.RetentionDays, defaultQueueRetentionDays)
		asked.MaxReceives = cmp.Or(asked.MaxReceives, defaultMaxReceives)
		suffix := ""
		if asked.FIFO {
			suffix = fifoSuffix
		}
		out = append(out, Queue{
			QueueSpec:         asked,
			Queue:             stack + "-" + asked.Name + suffix,
			DeadLetters:       stack + "-dead-letters-" + asked.Name + suffix,
			VisibilitySeconds: int(ptr.Deref(asked.VisibilityTimeoutSeconds, defaultVisibilitySeconds)),
		})
	}
	slices.SortFunc(out, func(a, b Queue) int { return strings.Compare(a.Name, b.Name) })
	return out, checkQueues(out, app, n)
}

// fifo reports whether a queue is a FIFO queue. An existing one keeps its type.
func (d *decision) fifo(asked v1alpha1.QueueSpec) bool {
	name := d.observed.String(composed.Queue(asked.Name), "spec.forProvider.name")
	if name == "" {
		return asked.FIFO
	}
	kind := func(fifo bool) string {
		if fifo {
			return "FIFO"
		}
		return "standard"
	}
	seen := kind(strings.HasSuffix(name, fifoSuffix))
	return d.pin("spec.queues["+asked.Name+"].fifo", kind(asked.FIFO), seen) == kind(true)
}

// checkQueues returns an error if services in the VPC have no way to reach queues.
func checkQueues(queues []Queue, app App, n Network) field.ErrorList {
	if len(queues) == 0 || !app.inVPC() || n.Existing != nil || n.NAT != v1alpha1.NATGatewaysNone || slices.Contains(n.Endpoints, queueCall) {
		return nil
	}
	return field.ErrorList{field.Required(field.NewPath("spec", "network", "interfaceEndpoints"),
		fmt.Sprintf(errEndpoint, queueCall))}
}

// inVPC reports whether a service calls AWS from the VPC.
func (a App) inVPC() bool {
	return slices.ContainsFunc(a.Services, func(s Service) bool { return !s.Lambda() || s.VPC })
}
