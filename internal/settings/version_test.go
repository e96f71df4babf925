package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// instance returns an observed database with its requested and its running version.
func instance(asked, runs string) string {
	status := ""
	if runs != "" {
		status = `,"status":{"atProvider":{"engineVersionActual":"` + runs + `"}}`
	}
	return `{"spec":{"forProvider":{"engineVersion":"` + asked + `"}}` + status + `}`
}

func TestVersion(t *testing.T) {
	const there = `{"spec":{}}`
	type decision struct {
		Version        string
		Group          string
		Groups         []string
		Minor, Upgrade bool
		Pinned         []string
	}
	group15, group16, group17 := "database-parameter-group", "database-parameter-group-postgres16", "database-parameter-group-postgres17"
	pinned := func(asked, kept string) []string {
		return []string{`spec.database.version: the change to "` + asked + `" is not supported; the stack keeps "` + kept + `"`}
	}
	cases := map[string]struct {
		reason   string
		database string
		observed map[string]string
		want     decision
	}{
		"New": {
			reason: "A new database may have any version, with its own group.", database: `{"version":"17"}`,
			want: decision{Version: "17", Group: group17, Groups: []string{group17}, Minor: true},
		},
		"NewAndExact": {
			reason: "An exact version and automatic upgrades would undo each other.", database: `{"version":"16.4"}`,
			want: decision{Version: "16.4", Group: group16, Groups: []string{group16}},
		},
		"Follows": {
			reason: "A database that follows RDS runs some minor version.", database: `{"version":"15"}`,
			observed: map[string]string{composed.Database: instance("15", "15.12"), group15: there},
			want:     decision{Version: "15", Group: group15, Groups: []string{group15}, Minor: true},
		},
		"Raised": {
			reason: "Until it runs the new version the database needs the settings of the old one, and RDS wants to be told.", database: `{"version":"17","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{composed.Database: instance("15", "15.12"), group15: there},
			want:     decision{Version: "17", Group: group17, Groups: []string{group15, group17}, Minor: true, Upgrade: true},
		},
		"RaisedUnasked": {
			reason: "Nothing takes the database down unless the claim says so.", database: `{"version":"16"}`,
			observed: map[string]string{composed.Database: instance("15", "15.12"), group15: there},
			want:     decision{Version: "15", Group: group15, Groups: []string{group15}, Minor: true, Pinned: pinned("16", "15")},
		},
		"RaisedAndWaiting": {
			reason: "What was asked for goes on, also where the claim no longer has to say it.", database: `{"version":"16"}`,
			observed: map[string]string{composed.Database: instance("16", "15.12"), group15: there, group16: there},
			want:     decision{Version: "16", Group: group16, Groups: []string{group15, group16}, Minor: true, Upgrade: true},
		},
		"RaisedTwice": {
			reason: "No group goes that may be in use.", database: `{"version":"17","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{composed.Database: instance("16", "16.3"), group15: there, group16: there},
			want:     decision{Version: "17", Group: group17, Groups: []string{group16, group17}, Minor: true, Upgrade: true},
		},
		"RaisedAndUnseen": {
			reason: "Nobody knows what the database runs: everything stays.", database: `{"version":"16"}`,
			observed: map[string]string{
				composed.Database: `{"spec":{"forProvider":{"engineVersion":"16","allowMajorVersionUpgrade":true}}}`, group15: there, group16: there,
			},
			want: decision{Version: "16", Group: group16, Groups: []string{group15, group16}, Minor: true, Upgrade: true},
		},
		"Arrived": {
			reason: "Once it runs the new version the old settings go.", database: `{"version":"16","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{composed.Database: instance("16", "16.3"), group15: there, group16: there},
			want:     decision{Version: "16", Group: group16, Groups: []string{group16}, Minor: true},
		},
		"Lowered": {
			reason: "RDS does not downgrade.", database: `{"version":"15","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{composed.Database: instance("16", "16.3"), group16: there},
			want:     decision{Version: "16", Group: group16, Groups: []string{group16}, Minor: true, Pinned: pinned("15", "16")},
		},
		"UpgradedByHand": {
			reason: "What somebody did by hand cannot be undone either.", database: `{"version":"15"}`,
			observed: map[string]string{composed.Database: instance("15", "16.3"), group15: there},
			want:     decision{Version: "16", Group: group16, Groups: []string{group16}, Minor: true, Pinned: pinned("15", "16")},
		},
		"MinorLowered": {
			reason: "Nor does RDS take a minor version back.", database: `{"version":"15.4"}`,
			observed: map[string]string{composed.Database: instance("15", "15.12"), group15: there},
			want:     decision{Version: "15", Group: group15, Groups: []string{group15}, Minor: true, Pinned: pinned("15.4", "15")},
		},
		"MinorLoweredFromExact": {
			reason: "The exact one stays.", database: `{"version":"15.9"}`,
			observed: map[string]string{composed.Database: instance("15.10", "15.10"), group15: there},
			want:     decision{Version: "15.10", Group: group15, Groups: []string{group15}, Pinned: pinned("15.9", "15.10")},
		},
		"MinorRaised": {
			reason: "A minor version may be raised.", database: `{"version":"15.12"}`,
			observed: map[string]string{composed.Database: instance("15.9", "15.9"), group15: there},
			want:     decision{Version: "15.12", Group: group15, Groups: []string{group15}},
		},
		"MinorUpgradedByHand": {
			reason: "Somebody may have done that too.", database: `{"version":"15.9"}`,
			observed: map[string]string{composed.Database: instance("15.9", "15.12"), group15: there},
			want:     decision{Version: "15.12", Group: group15, Groups: []string{group15}, Pinned: pinned("15.9", "15.12")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","database":`+tc.database+`}`, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				t.Fatal(err)
			}
			d := s.Database
			got := decision{Version: d.Version, Group: d.Group.Resource, Minor: d.MinorUpgrades, Upgrade: d.MajorUpgrade, Pinned: s.Pinned}
			for _, g := range d.Groups {
				got.Groups = append(got.Groups, g.Resource)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDatabase: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
