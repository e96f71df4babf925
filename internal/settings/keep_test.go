package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// The network is kept if a resource in it is kept.
func TestKeep(t *testing.T) {
	with, without := Database{Enabled: true}, Database{}
	cases := map[string]struct {
		reason   string
		policy   v1alpha1.DeletionPolicy
		database Database
		cache    *Cache
		search   *Search
		want     Keep
	}{
		"Retain":          {reason: "All of it stays.", policy: v1alpha1.DeletionPolicyRetain, database: with, cache: &Cache{}, search: &Search{Protected: true}, want: Keep{Database: true, Cache: true, Search: true, Network: true, Data: true, FinalSnapshot: true}},
		"RetainNothing":   {reason: "A network that nothing stands on goes.", policy: v1alpha1.DeletionPolicyRetain, database: without, want: Keep{Data: true, FinalSnapshot: true}},
		"RetainCacheOnly": {reason: "A cache stands on it too.", policy: v1alpha1.DeletionPolicyRetain, database: without, cache: &Cache{}, want: Keep{Cache: true, Network: true, Data: true, FinalSnapshot: true}},
		"Snapshot":        {reason: "Database and cache leave a snapshot.", policy: v1alpha1.DeletionPolicySnapshot, database: with, cache: &Cache{}, want: Keep{Data: true, FinalSnapshot: true}},
		"SnapshotSearch":  {reason: "A search domain takes none, so it stays, on its network.", policy: v1alpha1.DeletionPolicySnapshot, database: with, search: &Search{Protected: true}, want: Keep{Search: true, Network: true, Data: true, FinalSnapshot: true}},
		"Unprotected":     {reason: "Unless it need not.", policy: v1alpha1.DeletionPolicySnapshot, database: with, search: &Search{}, want: Keep{Data: true, FinalSnapshot: true}},
		"Delete":          {reason: "Nothing stays.", policy: v1alpha1.DeletionPolicyDelete, database: with, cache: &Cache{}, search: &Search{}, want: Keep{}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, keep(tc.policy, v1alpha1.AuditSpec{}, tc.database, tc.cache, tc.search)); diff != "" {
				t.Errorf("\n%s\nkeep(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
