package plan

import (
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// data is the kinds that hold what cannot be made again, and what is lost with
// one of them.
var data = map[string]string{
	"backup/Vault":          "its backups",
	"cloudwatchlogs/Group":  "its log lines",
	"kinesis/Stream":        "the records that nobody has read yet",
	"kms/Key":               "all that it encrypts",
	"rds/Cluster":           "its databases",
	"rds/Instance":          "its databases",
	"route53/Zone":          "its name servers, which the domain is delegated to",
	"s3/Bucket":             "its files, in all versions",
	"secretsmanager/Secret": "its value",
	"sqs/Queue":             "the messages that nobody has read yet",
}

// fates is what AWS does about the deletion of kinds that it takes its time
// with, asks conditions of, or leaves something of.
var fates = map[string]func(forProvider map[string]any) string{
	"backup/Vault":          ifEmpty,
	"kms/Key":               func(f map[string]any) string { return days(f["deletionWindowInDays"], 30) },
	"rds/Cluster":           ofDatabase,
	"rds/Instance":          ofDatabase,
	"s3/Bucket":             ifEmpty,
	"secretsmanager/Secret": func(f map[string]any) string { return days(f["recoveryWindowInDays"], 30) },
}

const (
	stays   = "stays in AWS"
	deleted = "deleted in AWS"
)

// deletion is the end of a resource, as what the cluster holds of it decides.
func deletion(role string, u *unstructured.Unstructured) Entry {
	e := entry(Delete, role, u)
	if !scope.IsManaged(u.GetAPIVersion()) {
		return e // It is not in AWS.
	}
	forProvider, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
	if scope.Stays(u) || forProvider["skipDestroy"] == true {
		e.Fate = stays
		return e
	}
	e.Fate = deleted
	if fate := fates[e.Kind]; fate != nil {
		e.Fate += fate(forProvider)
	}
	e.Destroyed = data[e.Kind]
	return e
}

func ifEmpty(forProvider map[string]any) string {
	if forProvider["forceDestroy"] == true {
		return " with all that is in it"
	}
	return " if it is empty; AWS refuses otherwise"
}

func ofDatabase(forProvider map[string]any) string {
	switch {
	case forProvider["deletionProtection"] == true:
		return " once its deletionProtection is off; AWS refuses until then"
	case forProvider["skipFinalSnapshot"] == true:
		return " without a final snapshot"
	}
	return fmt.Sprintf(" after a final snapshot, %v", forProvider["finalSnapshotIdentifier"])
}

// days is how long AWS waits.
func days(asked any, otherwise float64) string {
	window := otherwise
	if n, ok := number(asked); ok {
		window = n
	}
	if window == 0 {
		return " at once"
	}
	return fmt.Sprintf(" in %v days, and can be brought back until then", window)
}
