package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestBackups(t *testing.T) {
	// An observed vault and its copy.
	vaults := map[string]string{
		composed.BackupVault:     `{"spec":{"forProvider":{"region":"eu-west-1"}}}`,
		composed.BackupVaultLock: `{"spec":{"forProvider":{"region":"eu-west-1"}}}`,
		composed.BackupCopyVault: `{"spec":{"forProvider":{"region":"eu-central-1"}}}`,
	}
	cases := map[string]struct {
		reason   string
		database string
		observed map[string]string
		want     Backups
		pinned   []string
	}{
		"None":    {reason: "Automatic backups are there without a vault.", database: `{}`},
		"Plan":    {reason: "A plan needs a vault.", database: `{"backupPlan":{}}`, want: Backups{Vault: true}},
		"Copied":  {reason: "The claim says where copies are copied to.", database: `{"backupPlan":{"copyRegion":"eu-north-1","locked":true}}`, want: Backups{Vault: true, CopyRegion: "eu-north-1", Locked: true}},
		"Dropped": {reason: "What holds copies stays when no more of them are made.", database: `{}`, observed: vaults, want: Backups{Vault: true, CopyRegion: "eu-central-1", Locked: true}},
		"VaultsUnseen": {
			reason: "A lock that is there is one of a vault that is there.", database: `{}`,
			observed: map[string]string{composed.BackupCopyVaultLock: `{"spec":{"forProvider":{"region":"eu-central-1"}}}`}, want: Backups{Vault: true, CopyRegion: "eu-central-1", Locked: true},
		},
		"NoCopies": {reason: "So does the vault in the other region.", database: `{"backupPlan":{"locked":true}}`, observed: vaults, want: Backups{Vault: true, CopyRegion: "eu-central-1", Locked: true}},
		"Moved": {
			reason: "A vault cannot move, and a lock is not the claim's to take away.", database: `{"backupPlan":{"copyRegion":"eu-north-1"}}`, observed: vaults,
			want: Backups{Vault: true, CopyRegion: "eu-central-1", Locked: true},
			pinned: []string{
				`spec.database.backupPlan.copyRegion: the change to "eu-north-1" is not supported; the stack keeps "eu-central-1"`,
				`spec.database.backupPlan.locked: the change to "false" is not supported; the stack keeps "true"`,
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","database":`+tc.database+`}`, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Backups, cmpopts.IgnoreFields(Backups{}, "Plan")); diff != "" {
				t.Errorf("\n%s\nBackups: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.pinned, s.Pinned); diff != "" {
				t.Errorf("\n%s\nPinned: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
