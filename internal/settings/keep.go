package settings

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// Keep describes what is kept in AWS when the stack is deleted.
type Keep struct {
	// Database and all resources that only it uses.
	Database bool
	// Cache and all resources that only it uses.
	Cache bool
	// Search is the search domain, which does not support a final snapshot.
	Search bool
	// Network is the VPC and its isolated subnets. AWS cannot delete them while a
	// kept resource uses them.
	Network bool
	// Data is buckets, keys and secrets. Snapshot also keeps them, because a
	// snapshot is useless without its key.
	Data bool
	// Logs is log groups. The claim must request it, and keys must also be kept.
	Logs bool
	// FinalSnapshot reports whether database and cache create a final snapshot.
	FinalSnapshot bool
}

// keep returns what a deletion policy keeps.
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
