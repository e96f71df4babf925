package v1alpha1

// QueueSpec is a queue between parts of the application, with a dead-letter queue of
// what its readers failed on.
//
// +kubebuilder:validation:XValidation:rule="(has(self.fifo) && self.fifo) == (has(oldSelf.fifo) && oldSelf.fifo)",fieldPath=".fifo",message="fifo is immutable: add a queue of another name, and remove this one once it is empty"
// +kubebuilder:validation:XValidation:rule="!has(self.contentBasedDeduplication) || !self.contentBasedDeduplication || (has(self.fifo) && self.fifo)",fieldPath=".contentBasedDeduplication",message="only a FIFO queue finds duplicates: set fifo to true, or remove contentBasedDeduplication"
// +kubebuilder:validation:XValidation:rule="!self.name.startsWith('dead-letters-')",fieldPath=".name",message="each queue has a dead-letter queue, whose name begins with dead-letters-: choose another name, such as orders"
type QueueSpec struct {
	// Name of the queue within the stack. Services get its URL in a variable of this name, such as QUEUE_ORDERS_URL for orders.
	// +kubebuilder:title=Name
	// +kubebuilder:example=orders
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Keeps the order of messages of a group and delivers each of them once (FIFO). A queue without it is cheaper, takes any number of messages a second, and may deliver one twice. Immutable.
	// +kubebuilder:title=FIFO
	// +optional
	FIFO bool `json:"fifo,omitempty"`

	// Takes messages with the same body within five minutes for one message. Without it the sender gives each message a deduplication ID. Of FIFO queues.
	// +kubebuilder:title=Content-based deduplication
	// +optional
	ContentBasedDeduplication bool `json:"contentBasedDeduplication,omitempty"`

	// Seconds that a message is hidden from other readers once one has received it. Set more than a reader needs, or the message is read twice.
	// +kubebuilder:title=Visibility timeout (seconds)
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=43200
	// +optional
	VisibilityTimeoutSeconds *int32 `json:"visibilityTimeoutSeconds,omitempty"`

	// Days after which SQS deletes a message that nobody has read. The dead-letter queue keeps messages for 14 days after they were sent.
	// +kubebuilder:title=Retention (days)
	// +kubebuilder:default=4
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=14
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`

	// How many times a message is received before SQS moves it to the dead-letter queue.
	// +kubebuilder:title=Maximum receives
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	// +optional
	MaxReceives int32 `json:"maxReceives,omitempty"`

	// Seconds that SQS holds a new message back before readers can receive it.
	// +kubebuilder:title=Delay (seconds)
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=900
	// +optional
	DelaySeconds int32 `json:"delaySeconds,omitempty"`
}

// QueueStatus is where a queue is.
type QueueStatus struct {
	// Name of the queue in the claim.
	Name string `json:"name"`

	// URL of the queue, to send and receive messages.
	// +optional
	URL string `json:"url,omitempty"`

	// ARN of the queue.
	// +optional
	ARN string `json:"arn,omitempty"`

	// URL of the dead-letter queue, which takes messages that were received maxReceives times and not deleted.
	// +optional
	DeadLetterURL string `json:"deadLetterUrl,omitempty"`
}
