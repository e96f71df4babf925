package settings

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// Keep is what stays in AWS when the stack is deleted.
type Keep struct {
	// Database, and all that is only its own.
	Database bool
	// Search is the search domain, which takes no final snapshot.
	Search bool
	// Network is VPC and isolated subnets: as long as the database or the search domain
	// exists, AWS deletes neither.
	Network bool
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
		Network:       policy == v1alpha1.DeletionPolicyRetain,
		Database:      policy == v1alpha1.DeletionPolicyRetain,
		Data:          policy != v1alpha1.DeletionPolicyDelete,
		Logs:          policy != v1alpha1.DeletionPolicyDelete && audit.RetainLogs,
		FinalSnapshot: policy != v1alpha1.DeletionPolicyDelete,
	}
}

// withSearch is the same with a search domain, which stands on the network too.
func (k Keep) withSearch(s *Search) Keep {
	k.Search = s != nil && s.Protected
	k.Network = k.Network || k.Search
	return k
}
