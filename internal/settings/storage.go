package settings

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Storage limits of PostgreSQL (AWS documentation, "Amazon RDS DB instance
// storage"). From stripedGiB on, RDS stripes gp3 across four volumes, and its
// performance can be set.
const (
	stripedGiB        = 400
	stripedIOPS       = 12_000
	stripedThroughput = 500
	maxIOPS           = 64_000
	maxIOPSPerGiB     = 500
	io2GiB            = 100
	io2MaxIOPSPerGiB  = 1000
)

// Performance is the performance of storage. Zero leaves it to RDS.
type Performance struct {
	// IOPS, and Throughput in MiB/s.
	IOPS, Throughput int
}

// performance decides the performance of storage. If it can be set, it is always
// set. Otherwise, the observed values of small storage would apply to larger
// storage.
func performance(storageType v1alpha1.StorageType, storageGiB int, spec v1alpha1.StorageSpec) Performance {
	p := Performance{IOPS: int(ptr.Deref(spec.IOPS, 0)), Throughput: int(ptr.Deref(spec.ThroughputMiBps, 0))}
	if storageType == v1alpha1.StorageGP3 && storageGiB >= stripedGiB {
		p.IOPS, p.Throughput = max(p.IOPS, stripedIOPS), max(p.Throughput, stripedThroughput)
	}
	return p
}

// checkStorage returns errors for storage that RDS would reject.
func checkStorage(d Database, spec v1alpha1.StorageSpec, path *field.Path) field.ErrorList {
	if d.StorageType == v1alpha1.StorageIO2 {
		return checkIO2(d, path)
	}
	var errs field.ErrorList
	for _, f := range []struct {
		name  string
		asked *int32
	}{{"iops", spec.IOPS}, {"throughputMiBps", spec.ThroughputMiBps}} {
		if f.asked != nil && d.StorageGiB < stripedGiB {
			errs = append(errs, field.Invalid(path.Child(f.name), *f.asked,
				fmt.Sprintf("gp3 supports %[1]s only for storage of at least %[2]d GiB, but sizeGiB is %[3]d: raise sizeGiB, or remove %[1]s", f.name, stripedGiB, d.StorageGiB)))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	if limit := min(maxIOPS, maxIOPSPerGiB*d.StorageGiB); spec.IOPS != nil && (*spec.IOPS < stripedIOPS || d.Performance.IOPS > limit) {
		errs = append(errs, field.Invalid(path.Child("iops"), *spec.IOPS, fmt.Sprintf("must be from %d to %d for %d GiB of gp3 storage", stripedIOPS, limit, d.StorageGiB)))
	}
	if d.Performance.Throughput > d.Performance.IOPS/4 {
		errs = append(errs, field.Invalid(path.Child("throughputMiBps"), d.Performance.Throughput,
			fmt.Sprintf("must not exceed %d, which is a quarter of iops (%d): reduce throughputMiBps, or set iops to %d or more", d.Performance.IOPS/4, d.Performance.IOPS, 4*d.Performance.Throughput)))
	}
	return errs
}

func checkIO2(d Database, path *field.Path) field.ErrorList {
	var errs field.ErrorList
	if d.StorageGiB < io2GiB {
		errs = append(errs, field.Invalid(path.Child("sizeGiB"), d.StorageGiB, fmt.Sprintf("must be at least %d for io2 storage", io2GiB)))
	}
	if least, limit := (d.StorageGiB+1)/2, io2MaxIOPSPerGiB*d.StorageGiB; d.Performance.IOPS < least || d.Performance.IOPS > limit {
		errs = append(errs, field.Invalid(path.Child("iops"), d.Performance.IOPS, fmt.Sprintf("must be from %d to %d for %d GiB of io2 storage", least, limit, d.StorageGiB)))
	}
	return errs
}
