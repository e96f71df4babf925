package naming

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation"
	"pgregory.net/rapid"
)

// objectNames generates valid names of a composite: 1 to 253 characters in labels
// that are joined by dots.
func objectNames() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		label := rapid.StringMatching(`[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`)
		name := strings.Join(rapid.SliceOfN(label, 1, 6).Draw(t, "labels"), ".")
		if len(name) > MaxObject {
			name = strings.TrimRight(name[:MaxObject], ".-")
		}
		return name
	})
}

// uniques generates suffixes in the format of settings.
func uniques() *rapid.Generator[string] {
	return rapid.Map(rapid.String(), func(s string) string { return Hash(s) })
}

// resourceNames generates names of resources within a stack.
func resourceNames() *rapid.Generator[string] {
	return rapid.StringMatching(`[a-z][a-z0-9]*(-[a-z0-9]+){0,5}`)
}

func TestStackIsNotReserved(t *testing.T) {
	cases := map[string]struct{ reason, composite, want string }{
		"SecurityGroup": {reason: "EC2 takes no name of a group that begins with sg-.", composite: "sg-shop", want: "s-sg-shop-x"},
		"Bare":          {reason: "The hyphen may come from the suffix.", composite: "sg", want: "s-sg-x"},
		"Parameter":     {reason: "SSM takes no parameter below /aws or /ssm.", composite: "awesome", want: "awesome-x"},
		"AWS":           {reason: "Whatever follows.", composite: "AWS-shop", want: "s-aws-shop-x"},
		"SSM":           {reason: "As above.", composite: "ssmshop", want: "s-ssmshop-x"},
		"Bucket":        {reason: "S3 keeps this for itself.", composite: "amzn-s3-demo-shop", want: "s-amzn-s3-demo-shop-x"},
		"LoadBalancer":  {reason: "Elastic Load Balancing names its own so.", composite: "internal-shop", want: "s-internal-shop-x"},
		"NotReserved":   {reason: "Only the beginning counts.", composite: "shop-sg", want: "shop-sg-x"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Stack(tc.composite, "x", 40)); diff != "" {
				t.Errorf("\n%s\nStack(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestHash(t *testing.T) {
	cases := map[string]struct {
		reason string
		parts  []string
		want   string
	}{
		"Nothing": {
			reason: "No part has a digest too.",
			want:   "4oymiquy",
		},
		"Known": {
			reason: "Names in AWS are made of digests, so the function must never compute another one.",
			parts:  []string{"team-a", "shop"},
			want:   "qkhzv627",
		},
		"SameConcatenation": {
			reason: "Where one part ends and the next begins counts.",
			parts:  []string{"team-", "ashop"},
			want:   "4xl7s5ze",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Hash(tc.parts...)); diff != "" {
				t.Errorf("\n%s\nHash(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFit(t *testing.T) {
	cases := map[string]struct {
		reason string
		name   string
		limit  int
		want   string
	}{
		"Shorter": {
			reason: "A name that fits stays as it is.",
			name:   "shop-vpc",
			limit:  20,
			want:   "shop-vpc",
		},
		"Exactly": {
			reason: "A name of exactly the limit still fits.",
			name:   strings.Repeat("a", 20),
			limit:  20,
			want:   strings.Repeat("a", 20),
		},
		"OneTooLong": {
			reason: "A longer one keeps its beginning, and has a hash of the whole.",
			name:   strings.Repeat("a", 21),
			limit:  20,
			want:   "aaaaaaaaaaa-" + Hash(strings.Repeat("a", 21)),
		},
		"CutAtPunctuation": {
			reason: "Neither a hyphen nor a dot may stand before the hyphen of the hash: a label of a DNS name must not end with the one nor begin with the other.",
			name:   "aaaaaaaaa.-aaaaaaaaaa",
			limit:  20,
			want:   "aaaaaaaaa-" + Hash("aaaaaaaaa.-aaaaaaaaaa"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Fit(tc.name, tc.limit)); diff != "" {
				t.Errorf("\n%s\nFit(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStack(t *testing.T) {
	type args struct {
		composite string
		limit     int
	}
	const unique = "abcd2345"
	cases := map[string]struct {
		reason string
		args   args
		want   string
	}{
		"Readable": {
			reason: "A name that AWS takes as it is stays as it is.",
			args:   args{composite: "web-shop-2", limit: 40},
			want:   "web-shop-2-abcd2345",
		},
		"EveryCharacter": {
			reason: "All letters and digits stay, a digit also right behind the first letter.",
			args:   args{composite: "a0123456789-abcdefghijklmnopqrstuvwxyz", limit: 63},
			want:   "a0123456789-abcdefghijklmnopqrstuvwxyz-abcd2345",
		},
		"LeadingDigits": {
			reason: "RDS wants a letter first.",
			args:   args{composite: "24-7.shop", limit: 40},
			want:   "shop-abcd2345",
		},
		"Dots": {
			reason: "Buckets with dots have no valid TLS certificate.",
			args:   args{composite: "shop.example.com", limit: 40},
			want:   "shop-example-com-abcd2345",
		},
		"HyphensInARow": {
			reason: "RDS wants no two hyphens in a row.",
			args:   args{composite: "a--b.-c", limit: 40},
			want:   "a-b-c-abcd2345",
		},
		"OnlyDigits": {
			reason: "Nothing of it can be kept, but a letter must be first.",
			args:   args{composite: "2024", limit: 40},
			want:   "s-abcd2345",
		},
		"UpperCase": {
			reason: "A render takes names that no API server has seen.",
			args:   args{composite: "Shop", limit: 40},
			want:   "shop-abcd2345",
		},
		"TooLong": {
			reason: "The suffix tells stacks apart, so it is the readable part that is cut.",
			args:   args{composite: "the-shop-of-the-north", limit: 20},
			want:   "the-shop-of-abcd2345",
		},
		"CutAtHyphen": {
			reason: "A cut leaves no hyphen before that of the suffix.",
			args:   args{composite: "the-shop-of-the-north", limit: 21},
			want:   "the-shop-of-abcd2345",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Stack(tc.args.composite, unique, tc.args.limit)); diff != "" {
				t.Errorf("\n%s\nStack(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// RDS identifiers have the strictest rules in AWS, and bucket names the lowest
// limit.
func TestStackIsValidInAWS(t *testing.T) {
	identifier := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	rapid.Check(t, func(t *rapid.T) {
		composite, unique := objectNames().Draw(t, "composite"), uniques().Draw(t, "unique")
		limit := rapid.IntRange(len(unique)+2, 63).Draw(t, "limit")
		got := Stack(composite, unique, limit)
		if !identifier.MatchString(got) {
			t.Errorf("Stack(%q, %q, %d): %q is no RDS identifier", composite, unique, limit, got)
		}
		if len(got) > limit || len(got) < 3 {
			t.Errorf("Stack(%q, %q, %d): %q has %d characters", composite, unique, limit, got, len(got))
		}
		if !strings.HasSuffix(got, "-"+unique) {
			t.Errorf("Stack(%q, %q, %d): %q lost what makes it unique", composite, unique, limit, got)
		}
		if again := Stack(composite, unique, limit); again != got {
			t.Errorf("Stack(%q, %q, %d): %q, then %q", composite, unique, limit, got, again)
		}
	})
}

func TestObject(t *testing.T) {
	long := strings.Repeat("a", 250)
	cases := map[string]struct {
		reason    string
		composite string
		want      string
	}{
		"Readable": {
			reason:    "The name says whose it is and what it is.",
			composite: "shop",
			want:      "shop-vpc",
		},
		"TooLong": {
			reason:    "What the limit cuts off is in the hash.",
			composite: long,
			want:      long[:244] + "-" + Hash(long+"-vpc"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Object(tc.composite, "vpc")); diff != "" {
				t.Errorf("\n%s\nObject(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestObjectIsValidInKubernetes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		composite, resourceName := objectNames().Draw(t, "composite"), resourceNames().Draw(t, "role")
		got := Object(composite, resourceName)
		for _, problem := range validation.IsDNS1123Subdomain(got) {
			t.Errorf("Object(%q, %q): %q: %s", composite, resourceName, got, problem)
		}
		if again := Object(composite, resourceName); again != got {
			t.Errorf("Object(%q, %q): %q, then %q", composite, resourceName, got, again)
		}
	})
}

// Names that differ only at their end must still differ after shortening.
func TestObjectTellsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := strings.Repeat("a", rapid.IntRange(1, MaxObject-10).Draw(t, "length"))
		composites := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9]{1,10}`), 2, 2, rapid.ID).Draw(t, "composites")
		distinct := rapid.SliceOfNDistinct(resourceNames(), 2, 2, rapid.ID).Draw(t, "roles")
		first, second := long+composites[0], long+composites[1]
		if a, b := Object(first, distinct[0]), Object(first, distinct[1]); a == b {
			t.Errorf("Object(%q, ...): the roles %q have the same name %q", first, distinct, a)
		}
		if a, b := Object(first, distinct[0]), Object(second, distinct[0]); a == b {
			t.Errorf("Object(..., %q): the composites %q and %q have the same name %q", distinct[0], first, second, a)
		}
	})
}

func TestNth(t *testing.T) {
	for number, want := range map[int]string{1: "rule", 2: "rule-2", 10: "rule-10"} {
		if got := Nth("rule", number); got != want {
			t.Errorf("\nThe first of several keeps the name that it had alone.\nNth(%d): want %s, got %s", number, want, got)
		}
	}
}
