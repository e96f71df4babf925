package picture

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrapped(t *testing.T) {
	cases := map[string]struct {
		reason string
		text   string
		width  int
		want   []string
	}{
		"Fits":    {reason: "A text that fits should stay whole.", text: "Parameter Store", width: 200, want: []string{"Parameter Store"}},
		"Words":   {reason: "A longer one should break between words.", text: "Parameter Store", width: 100, want: []string{"Parameter", "Store"}},
		"Hyphens": {reason: "A long name should break at its hyphens.", text: "catalogue-of-goods", width: 110, want: []string{"catalogue-of-", "goods"}},
		"Cut":     {reason: "What does not fit two lines should end in an ellipsis.", text: "a-very-long-name of-something", width: 60, want: []string{"a-very-", "long…"}},
		"None":    {reason: "No text is no line that is seen.", text: "", width: 60, want: []string{""}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, wrapped(tc.text, nameSize, true, tc.width, 2)); diff != "" {
				t.Errorf("\n%s\nwrapped(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFitting(t *testing.T) {
	ways := []string{"Availability Zone eu-west-1a", "Zone eu-west-1a", "eu-west-1a"}
	cases := map[string]struct {
		reason string
		width  int
		want   string
	}{
		"Widest":   {reason: "The fullest title should be taken where there is room.", width: 300, want: "Availability Zone eu-west-1a"},
		"Shorter":  {reason: "A shorter one should be taken where there is less.", width: 150, want: "Zone eu-west-1a"},
		"Shortest": {reason: "The last one should be cut where nothing fits.", width: 50, want: "eu…"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, fitting(tc.width, detailSize, true, ways...)); diff != "" {
				t.Errorf("\n%s\nfitting(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
