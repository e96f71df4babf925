package settings

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// minWindow is the minimum length of RDS's backup and maintenance windows.
const minWindow = 30 * time.Minute

// check returns errors for a database that no schema can find, because size and
// environment decide some values.
func check(d Database, spec v1alpha1.StorageSpec) field.ErrorList {
	if !d.Enabled {
		return nil
	}
	path := field.NewPath("spec", "database")
	storage := path.Child("instance", "storage")
	var errs field.ErrorList
	if d.Aurora != nil {
		errs = append(errs, checkAurora(d, path)...)
	} else {
		errs = append(errs, checkStorage(d, spec, storage)...)
	}
	if least := withHeadroom(d.StorageGiB); spec.MaxSizeGiB != nil && d.MaxStorageGiB < least {
		errs = append(errs, field.Invalid(storage.Child("maxSizeGiB"), d.MaxStorageGiB,
			fmt.Sprintf("must be at least %d, which is 10 percent more than sizeGiB (%d)", least, d.StorageGiB)))
	}
	begin, length := window(d.MaintenanceWindow)
	if length < minWindow {
		errs = append(errs, field.Invalid(path.Child("maintenanceWindow"), d.MaintenanceWindow, "must last at least 30 minutes; for example, sun:04:00-sun:05:00"))
	}
	backup, backupLength := window(d.BackupWindow)
	if within(begin, backup, backupLength) || within(backup, begin, length) {
		errs = append(errs, field.Invalid(path.Child("maintenanceWindow"), d.MaintenanceWindow,
			"must not overlap the backup window "+d.BackupWindow))
	}
	return errs
}

// withHeadroom returns the lowest storage limit that RDS accepts for a storage size
// (AWS documentation, "Managing capacity automatically with Amazon RDS storage
// autoscaling").
func withHeadroom(storage int) int { return storage + (storage+9)/10 }

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// window parses hh:mm-hh:mm or ddd:hh:mm-ddd:hh:mm. It returns the start, counted
// from midnight or from Monday, and the length. The schema validates the format.
func window(text string) (time.Duration, time.Duration) {
	begin, end, _ := strings.Cut(text, "-")
	from, cycle := moment(begin)
	to, _ := moment(end)
	return from, (to - from + cycle) % cycle
}

// weekdays are RDS's abbreviations, starting with Monday.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// moment parses a time of day or week. It also returns the length of the period: a
// day or a week.
func moment(text string) (time.Duration, time.Duration) {
	parts := strings.Split(text, ":")
	start, cycle := time.Duration(0), day
	if i := slices.Index(weekdays, parts[0]); i >= 0 {
		start, cycle, parts = time.Duration(i)*day, week, parts[1:]
	}
	clock, _ := time.Parse("15:04", strings.Join(parts, ":")) //nolint:errcheck // The schema validates the format.
	return start + time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute, cycle
}

// within reports whether a moment is in a daily window.
func within(moment, begin, length time.Duration) bool {
	return (moment-begin+week)%day < length
}
