package settings

import (
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Audit is the record of who did what.
type Audit struct {
	v1alpha1.AuditSpec

	// MultiRegion is whether the trail is of all regions, DataEvents whether it records
	// who reads and writes the stack's buckets.
	MultiRegion, DataEvents bool
	// ObjectLockDays is how long the trail's files are locked; zero not at all.
	ObjectLockDays int
}

// audit decides on the trail.
func (d *decision) audit() Audit {
	asked := d.claim.Spec.Guardrails.Audit
	return Audit{
		AuditSpec:      asked,
		MultiRegion:    on(asked.MultiRegion),
		DataEvents:     on(asked.DataEvents),
		ObjectLockDays: d.objectLockDays(),
	}
}

// objectLockDays is how long the trail's files are locked. S3 takes a lock away
// from no bucket, so what is there stays where the claim no longer says.
func (d *decision) objectLockDays() int {
	if asked := d.claim.Spec.Guardrails.Audit.ObjectLockDays; asked != nil {
		return int(*asked)
	}
	days := int(d.observed.Number(composed.Bucket(composed.AuditBucket, composed.ObjectLock), "spec.forProvider.rule.defaultRetention.days"))
	if days > 0 {
		d.pin("spec.guardrails.audit.objectLockDays", "", strconv.Itoa(days))
	}
	return days
}
