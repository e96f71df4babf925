package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The error for a string that YAML parses as another type contains the correct
// line.
func TestTextsWithoutQuotes(t *testing.T) {
	const head = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\n"
	cases := map[string]struct {
		reason string
		file   string
		want   string
	}{
		"Namespace": {
			reason: "YAML reads n as false.",
			file:   "metadata: {name: shop, namespace: n}\nspec: {region: eu-west-1}",
			want:   `metadata.namespace: without quotes, YAML reads n as the boolean false, but text is required: write namespace: "n" (line 3)`,
		},
		"Version": {
			reason: "YAML reads 15.10 as 15.1, so the file is quoted, not the value.",
			file:   "metadata: {name: shop}\nspec:\n  region: eu-west-1\n  database:\n    version: 15.10",
			want:   `spec.database.version: without quotes, YAML reads 15.10 as a number, but text is required: write version: "15.10" (line 7)`,
		},
		"InList": {
			reason: "Entries of lists have the same trap.",
			file:   "metadata: {name: shop}\nspec:\n  region: eu-west-1\n  cdn: {geoRestriction: {type: Block, countries: [DE, NO]}}",
			want:   `spec.cdn.geoRestriction.countries[1]: without quotes, YAML reads NO as the boolean false, but text is required: write "NO" (line 6)`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Source{File: "-", Stdin: strings.NewReader(head + tc.file)}.session(nil)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff("standard input is not valid:\n  "+tc.want, got); diff != "" {
				t.Errorf("\n%s\nsession(...): -want error, +got error:\n%s", tc.reason, diff)
			}
		})
	}
}
