package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestARN(t *testing.T) {
	type args struct{ service, region, account, resource string }
	cases := map[string]struct {
		reason    string
		partition Partition
		args      args
		want      string
	}{
		"Regional": {
			reason:    "Most ARNs have all their parts.",
			partition: Commercial,
			args:      args{service: "sns", region: "eu-west-1", account: "123456789012", resource: "shop"},
			want:      "arn:aws:sns:eu-west-1:123456789012:shop",
		},
		"NoRegion": {
			reason:    "IAM is global, and its parts keep their places.",
			partition: China,
			args:      args{service: "iam", account: "123456789012", resource: "role/shop"},
			want:      "arn:aws-cn:iam::123456789012:role/shop",
		},
		"NoAccount": {
			reason:    "Buckets are unique in the whole partition.",
			partition: GovCloud,
			args:      args{service: "s3", resource: "shop-assets/*"},
			want:      "arn:aws-us-gov:s3:::shop-assets/*",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tc.partition.ARN(tc.args.service, tc.args.region, tc.args.account, tc.args.resource)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nARN(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAccountOf(t *testing.T) {
	cases := map[string]struct {
		reason string
		arn    string
		want   string
	}{
		"Account": {
			reason: "The fifth part is the account.",
			arn:    "arn:aws:kms:eu-west-1:123456789012:key/1",
			want:   "123456789012",
		},
		"ColonsInResource": {
			reason: "A resource may have colons of its own.",
			arn:    "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/shop:*",
			want:   "123456789012",
		},
		"Bucket": {
			reason: "A bucket's ARN does not tell whose it is.",
			arn:    "arn:aws:s3:::shop-assets",
		},
		"OwnedByAWS": {
			reason: "What AWS keeps for everybody is in no account.",
			arn:    "arn:aws:iam::aws:policy/AdministratorAccess",
		},
		"TooShort": {
			reason: "What merely begins as an ARN is none.",
			arn:    "arn:aws:kms:eu-west-1:123456789012",
		},
		"NoARN": {
			reason: "Nor is what has enough colons.",
			arn:    "urn:aws:kms:eu-west-1:123456789012:key/1",
		},
		"Nothing": {
			reason: "What was not observed has no account.",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, AccountOf(tc.arn)); diff != "" {
				t.Errorf("\n%s\nAccountOf(%q): -want, +got:\n%s", tc.reason, tc.arn, diff)
			}
		})
	}
}

func TestRegionOf(t *testing.T) {
	cases := map[string]struct {
		reason string
		arn    string
		want   string
	}{
		"Region": {reason: "The fourth part is the region.", arn: "arn:aws:kms:eu-west-1:123456789012:key/1", want: "eu-west-1"},
		"Global": {reason: "IAM has no regions.", arn: "arn:aws:iam::123456789012:role/app"},
		"None":   {reason: "What is no ARN tells nothing.", arn: "kms:eu-west-1"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, RegionOf(tc.arn)); diff != "" {
				t.Errorf("\n%s\nRegionOf(%q): -want, +got:\n%s", tc.reason, tc.arn, diff)
			}
		})
	}
}

func TestIsAccountID(t *testing.T) {
	cases := map[string]struct {
		reason string
		s      string
		want   bool
	}{
		"Account":  {reason: "An account ID is 12 digits.", s: "012345678901", want: true},
		"TooShort": {reason: "A number that lost its leading zero is none.", s: "12345678901"},
		"TooLong":  {reason: "Nor is a longer one.", s: "0123456789012"},
		"Alias":    {reason: "An alias of an account is not its ID.", s: "shop-account"},
		"Mixed":    {reason: "A letter between digits counts too.", s: "12345a789012"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, IsAccountID(tc.s)); diff != "" {
				t.Errorf("\n%s\nIsAccountID(%q): -want, +got:\n%s", tc.reason, tc.s, diff)
			}
		})
	}
}
