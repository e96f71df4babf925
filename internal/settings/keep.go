package settings

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// Keep is what stays in AWS when the stack is deleted.
type Keep struct {
	// Database with the network that it stands on: as long as it exists, AWS
	// deletes neither its subnets nor its VPC.
	Database bool
	// Data is buckets, keys and secrets. They stay under Snapshot too, because
	// a snapshot without its key is lost.
	Data bool
	// Logs is log groups. The claim must ask for it, and the keys must stay too.
	Logs bool
	// FinalSnapshot is whether the database leaves a snapshot.
	FinalSnapshot bool
}

// keep is what stays under a deletion policy.
func keep(policy v1alpha1.DeletionPolicy, audit v1alpha1.AuditSpec) Keep {
	return Keep{
		Database:      policy == v1alpha1.DeletionPolicyRetain,
		Data:          policy != v1alpha1.DeletionPolicyDelete,
		Logs:          policy != v1alpha1.DeletionPolicyDelete && audit.RetainLogs,
		FinalSnapshot: policy != v1alpha1.DeletionPolicyDelete,
	}
}
