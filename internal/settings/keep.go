package settings

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// Keep is what stays in AWS when the stack is deleted.
type Keep struct {
	// Database, and all that is only its own.
	Database bool
	// Cache, and all that is only its own.
	Cache bool
	// Search is the search domain, which takes no final snapshot.
	Search bool
	// Network is VPC and isolated subnets: as long as something stands there that stays,
	// AWS deletes neither.
	Network bool
	// Data is buckets, keys and secrets. They stay under Snapshot too, because
	// a snapshot without its key is lost.
	Data bool
	// Logs is log groups. The claim must ask for it, and the keys must stay too.
	Logs bool
	// FinalSnapshot is whether database and cache leave a snapshot.
	FinalSnapshot bool
}

// keep is what stays under a deletion policy of what a stack has.
func keep(policy v1alpha1.DeletionPolicy, audit v1alpha1.AuditSpec, database Database, cache *Cache, search *Search) Keep {
	retain, data := policy == v1alpha1.DeletionPolicyRetain, policy != v1alpha1.DeletionPolicyDelete
	out := Keep{
		Database:      retain && database.Enabled,
		Cache:         retain && cache != nil,
		Search:        search != nil && search.Protected,
		Data:          data,
		Logs:          data && audit.RetainLogs,
		FinalSnapshot: data,
	}
	out.Network = out.Database || out.Cache || out.Search
	return out
}
