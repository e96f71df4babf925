package plan

import (
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// fates describes deletions with special effects in AWS by kind: a delay, a
// condition, or remaining data.
var fates = map[string]func(forProvider map[string]any) string{
	"backup/Vault":                 ifEmpty,
	"elasticache/ReplicationGroup": ofCache,
	"kms/Key":                      func(f map[string]any) string { return days(f["deletionWindowInDays"], 30) },
	"rds/Cluster":                  ofDatabase,
	"rds/Instance":                 ofDatabase,
	"s3/Bucket":                    ifEmpty,
	"secretsmanager/Secret":        func(f map[string]any) string { return days(f["recoveryWindowInDays"], 30) },
}

const (
	stays   = "stays in AWS"
	deleted = "deleted in AWS"
)

// deletion describes the effect of a resource's deletion, which depends on the
// object in the cluster.
func deletion(resourceName string, u *unstructured.Unstructured) Entry {
	e := entry(Delete, resourceName, u)
	if !scope.IsManaged(u.GetAPIVersion()) {
		return e // It is not in AWS.
	}
	forProvider, _ := valueAt(u, "spec", "forProvider").(map[string]any)
	if scope.Stays(u) || forProvider["skipDestroy"] == true {
		e.Fate = stays
		return e
	}
	e.Fate = deleted
	if fate := fates[e.Kind]; fate != nil {
		e.Fate = fate(forProvider)
	}
	kind, _ := kinds.Of(e.Kind)
	e.Destroyed = kind.Data
	return e
}

// valueAt returns the value at a path. It is nil if there is none, or if a part of
// the path is not an object. The API server has already validated types.
func valueAt(u *unstructured.Unstructured, path ...string) any {
	v, _, _ := unstructured.NestedFieldNoCopy(u.Object, path...) //nolint:errcheck // Other values have no fields.
	return v
}

func ifEmpty(forProvider map[string]any) string {
	if forProvider["forceDestroy"] == true {
		return deleted + " with all its content"
	}
	return deleted + " if it is empty; otherwise, AWS rejects the deletion"
}

func ofDatabase(forProvider map[string]any) string {
	switch {
	case forProvider["deletionProtection"] == true:
		return deleted + " after deletionProtection is disabled; until then, AWS rejects the deletion"
	case forProvider["skipFinalSnapshot"] == true:
		return deleted + " without a final snapshot"
	}
	return fmt.Sprintf("deleted in AWS after a final snapshot named %v", forProvider["finalSnapshotIdentifier"])
}

// ofCache describes the deletion of Valkey or Redis nodes. Other caches have no
// final snapshot.
func ofCache(forProvider map[string]any) string {
	if name, ok := forProvider["finalSnapshotIdentifier"]; ok {
		return fmt.Sprintf("deleted in AWS after a final snapshot named %v", name)
	}
	return deleted + " without a final snapshot"
}

// days describes AWS's waiting period.
func days(asked any, otherwise float64) string {
	window := otherwise
	if n, ok := number(asked); ok {
		window = n
	}
	if window == 0 {
		return deleted + " immediately"
	}
	return fmt.Sprintf("deleted in AWS after %v days; can be restored until then", window)
}
