package v1alpha1

// QueueSpec is a queue of the application, with a dead-letter queue.
//
// +kubebuilder:validation:XValidation:rule="(has(self.fifo) && self.fifo) == (has(oldSelf.fifo) && oldSelf.fifo)",fieldPath=".fifo",message="fifo cannot be changed: add a queue with another name, and remove this queue when it is empty"
// +kubebuilder:validation:XValidation:rule="!has(self.contentBasedDeduplication) || !self.contentBasedDeduplication || (has(self.fifo) && self.fifo)",fieldPath=".contentBasedDeduplication",message="contentBasedDeduplication requires a FIFO queue: set fifo to true, or remove contentBasedDeduplication"
// +kubebuilder:validation:XValidation:rule="!self.name.startsWith('dead-letters-')",fieldPath=".name",message="name must not begin with dead-letters-, which is reserved for dead-letter queues: use another name, such as orders"
type QueueSpec struct {
	// Name of the queue. Unique within the stack. Services get the queue's URL in an environment variable, such as QUEUE_ORDERS_URL for a queue named orders.
	// +kubebuilder:title=Name
	// +kubebuilder:example=orders
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Creates a FIFO queue, which keeps messages in order within a message group and delivers each message exactly once. A standard queue costs less, has no throughput limit and can deliver a message twice. Cannot be changed after creation.
	// +kubebuilder:title=FIFO
	// +optional
	FIFO bool `json:"fifo,omitempty"`

	// Treats messages with the same body as duplicates for five minutes. If false, senders must set a deduplication ID. Requires fifo.
	// +kubebuilder:title=Content-based deduplication
	// +optional
	ContentBasedDeduplication bool `json:"contentBasedDeduplication,omitempty"`

	// Seconds during which a received message is hidden from other consumers. Defaults to 30. Must exceed the processing time; otherwise, messages are processed twice.
	// +kubebuilder:title=Visibility timeout (seconds)
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=43200
	// +optional
	VisibilityTimeoutSeconds *int32 `json:"visibilityTimeoutSeconds,omitempty"`

	// Days after which SQS deletes unread messages. Defaults to 4. The dead-letter queue keeps messages until 14 days after they were sent.
	// +kubebuilder:title=Retention (days)
	// +kubebuilder:default=4
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=14
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`

	// Number of times that consumers can receive a message before SQS moves it to the dead-letter queue. Defaults to 5.
	// +kubebuilder:title=Maximum receives
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	// +optional
	MaxReceives int32 `json:"maxReceives,omitempty"`

	// Seconds before consumers can receive a new message.
	// +kubebuilder:title=Delay (seconds)
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=900
	// +optional
	DelaySeconds int32 `json:"delaySeconds,omitempty"`
}

// QueueStatus is the state of a queue.
type QueueStatus struct {
	// Name of the queue in the claim.
	Name string `json:"name"`

	// URL that applications use to send and receive the queue's messages.
	// +optional
	URL string `json:"url,omitempty"`

	// ARN of the queue.
	// +optional
	ARN string `json:"arn,omitempty"`

	// URL of the dead-letter queue, which contains messages that were received maxReceives times but not deleted.
	// +optional
	DeadLetterURL string `json:"deadLetterUrl,omitempty"`
}
