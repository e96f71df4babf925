package rules

import "testing"

func TestValidators(t *testing.T) {
	cases := map[string]struct{ valid, invalid []string }{
		"validation.IsCIDRNetwork":           {valid: []string{"10.0.0.0/16"}, invalid: []string{"10.0.0.1/16", "10.0.0.0", "net"}},
		"validation.NoZeroValues":            {valid: []string{"a"}, invalid: []string{""}},
		"validation.StringIsJSON":            {valid: []string{"{}", "[1]"}, invalid: []string{"", "{"}},
		"validation.IsIPAddress":             {valid: []string{"10.0.0.1", "::1"}, invalid: []string{"10.0.0", ""}},
		"validation.IsRFC3339Time":           {valid: []string{"2026-01-02T03:04:05Z"}, invalid: []string{"2026-01-02"}},
		"verify.ValidARN":                    {valid: []string{"", "arn:aws-cn:s3:::bucket", "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:kms:eu-west-1:123456789012:key/a"}, invalid: []string{"arn:aws:s3", "bucket", "arn:other:s3:::bucket", "arn:aws:sns:eu-west-1:12345:t"}},
		"verify.ValidAccountID":              {valid: []string{"123456789012"}, invalid: []string{"12345", "me"}},
		"verify.ValidIAMPolicyJSON":          {valid: []string{`{"Statement":[]}`}, invalid: []string{"[]", `{"Statement"`, ""}},
		"verify.ValidIPv4CIDRNetworkAddress": {valid: []string{"0.0.0.0/0"}, invalid: []string{"::/0", "10.0.0.1/8"}},
		"verify.ValidIPv6CIDRNetworkAddress": {valid: []string{"::/0", "2001:db8::/56"}, invalid: []string{"0.0.0.0/0", "2001:db8::1/56"}},
		"verify.ValidKMSKeyID":               {valid: []string{"71ec9c90-25ba-4aab-8501-2f108777b160", "alias/mine", "arn:aws:kms:eu-west-1:123456789012:key/a"}, invalid: []string{"", "a key"}},
		"verify.ValidOnceADayWindowFormat":   {valid: []string{"01:00-02:00"}, invalid: []string{"1:00-2:00", "25:00-26:00"}},
		"verify.ValidOnceAWeekWindowFormat":  {valid: []string{"sun:04:00-sun:05:00"}, invalid: []string{"04:00-05:00", "day:04:00-day:05:00"}},
		"verify.ValidRegionName":             {valid: []string{"eu-west-1", "us-gov-west-1"}, invalid: []string{"Europe"}},
		"verify.ValidStringIsJSONOrYAML":     {valid: []string{"Resources: {}"}, invalid: []string{""}},
		"verify.ValidUTCTimestamp":           {valid: []string{"2026-01-02T03:04:05Z"}, invalid: []string{"2026-01-02T03:04:05+01:00"}},
	}
	for name, valid := range validators {
		tc, ok := cases[name]
		if !ok {
			t.Errorf("\nEvery validator is tried.\n%s", name)
		}
		for _, s := range tc.valid {
			if !valid(s) {
				t.Errorf("\nWhat the provider takes is valid.\n%s: %q", name, s)
			}
		}
		for _, s := range tc.invalid {
			if valid(s) {
				t.Errorf("\nWhat the provider refuses is not.\n%s: %q", name, s)
			}
		}
	}
}
