package settings

import (
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Audit is the configuration of CloudTrail.
type Audit struct {
	v1alpha1.AuditSpec

	// Trail reports whether there is a trail. Files reports whether there are the
	// bucket, key and log group for its files. They stay when the account takes over
	// the trail.
	Trail, Files bool
	// MultiRegion reports whether the trail covers all regions. DataEvents reports
	// whether it records reads and writes of the stack's buckets.
	MultiRegion, DataEvents bool
	// ObjectLockDays is the retention of the trail's files under Object Lock. Zero
	// disables the lock.
	ObjectLockDays int
}

// audit decides the settings of the trail.
func (d *decision) audit() Audit {
	asked := d.claim.Spec.Guardrails.Audit
	return Audit{
		AuditSpec:      asked,
		MultiRegion:    on(asked.MultiRegion),
		DataEvents:     on(asked.DataEvents),
		ObjectLockDays: d.objectLockDays(),
	}
}

// objectLockDays returns the retention under Object Lock. S3 cannot remove Object
// Lock from a bucket, so an observed retention is kept if the claim no longer sets
// one.
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
