package settings

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

func TestCheck(t *testing.T) {
	const overlap = "must not overlap the backup window "
	cases := map[string]struct {
		reason   string
		database string
		size     string
		want     string
	}{
		"Defaults":            {reason: "A claim that says nothing is right.", database: `{}`, size: "small"},
		"LimitBelowTheSize":   {reason: "The size decides the storage that the limit must exceed.", database: `{"instance":{"storage":{"maxSizeGiB":219}}}`, size: "xlarge", want: `spec.database.instance.storage.maxSizeGiB: 219 is not valid: must be at least 220, which is 10 percent more than sizeGiB (200)`},
		"LimitAboveTheSize":   {reason: "A tenth is enough.", database: `{"instance":{"storage":{"maxSizeGiB":220}}}`, size: "xlarge"},
		"MaintenanceTooShort": {reason: "RDS wants half an hour.", database: `{"maintenanceWindow":"sun:04:00-sun:04:29"}`, size: "small", want: `spec.database.maintenanceWindow: "sun:04:00-sun:04:29" is not valid: must last at least 30 minutes; for example, sun:04:00-sun:05:00`},
		"MaintenanceOverWeek": {reason: "Sunday's night ends on Monday.", database: `{"maintenanceWindow":"sun:23:45-mon:00:15"}`, size: "small"},
		"BackupMeetsIt":       {reason: "Backups are daily, so any day's maintenance meets them.", database: `{"maintenanceWindow":"wed:02:30-wed:03:30"}`, size: "small", want: `spec.database.maintenanceWindow: "wed:02:30-wed:03:30" is not valid: ` + overlap + `02:00-03:00`},
		"ItMeetsBackup":       {reason: "Nor may maintenance begin first and run into them.", database: `{"maintenanceWindow":"wed:01:30-wed:02:30"}`, size: "small", want: `spec.database.maintenanceWindow: "wed:01:30-wed:02:30" is not valid: ` + overlap + `02:00-03:00`},
		"BackupOverMidnight":  {reason: "A window may span midnight.", database: `{"backupWindow":"23:30-00:30","maintenanceWindow":"fri:00:15-fri:00:45"}`, size: "small", want: `spec.database.maintenanceWindow: "fri:00:15-fri:00:45" is not valid: ` + overlap + `23:30-00:30`},
		"OneAfterTheOther":    {reason: "Windows that touch do not overlap.", database: `{"maintenanceWindow":"wed:03:00-wed:03:30"}`, size: "small"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, `{"region":"eu-west-1","size":"`+tc.size+`","database":`+tc.database+`}`, &inputv1alpha1.Input{}, nil)
			got := ""
			if err != nil {
				got = err.Error()
				if !errors.As(err, &claim.InvalidError{}) {
					t.Errorf("\n%s\nDecide(...): what an app team can mend must be told as theirs, got %T", tc.reason, err)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
