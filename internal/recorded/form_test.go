package recorded

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestForm(t *testing.T) {
	cases := map[string]struct {
		reason string
		text   string
		want   string
	}{
		"UUID":         {reason: "A UUID is random.", text: "key/02db5329-1618-463e-841d-40e0271d096c", want: "key/<uuid>"},
		"Time":         {reason: "Times differ.", text: "2026-11-28T04:35:34Z", want: "<time>"},
		"OtherTime":    {reason: "However they are written.", text: "2026-11-28 04:38:26.994 +0000 UTC", want: "<time>"},
		"Account":      {reason: "The account is the test's.", text: "arn:aws:iam::123456789012:root", want: "arn:aws:iam::<account>:root"},
		"Addresses":    {reason: "Addresses are AWS's choice.", text: "ip-10-131-196-155.internal 10.131.196.155", want: "ip-<ip>.internal <ip>"},
		"Region":       {reason: "A region that was not asked for is one of many.", text: "ap-southeast-2.amazonaws.com", want: "<region>.amazonaws.com"},
		"Hex":          {reason: "IDs of EC2 are hexadecimal.", text: "vpc-a703c562bcdecf8ac", want: "vpc-<hex>"},
		"Upper":        {reason: "Those of CloudFront and RDS have capitals.", text: "db-NLW4PV6HMWQQN24RZMPIBOQHWC E84DGR6CH6V4OE", want: "db-<upper> <upper>"},
		"Lower":        {reason: "Host names have all letters.", text: "d8k2h5zq1xw9uv.cloudfront.net", want: "<lower>.cloudfront.net"},
		"Secret":       {reason: "ARNs of secrets end with six characters, words or not.", text: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-abcdef", want: "arn:aws:secretsmanager:<region>:<account>:secret:app-<six>"},
		"Proof":        {reason: "A name that proves a domain has letters only.", text: "_d930b28be6c5927595552b219965053e.ykybfrwcxw.acm-validations.aws.", want: "_<hex>.<lower>.acm-validations.aws."},
		"Config":       {reason: "So may an ID of AWS Config.", text: "config-aggregator-qoewaett conformance-pack-up8yik4ir config-rule-abcdef", want: "config-aggregator-<lower> conformance-pack-<lower> config-rule-<lower>"},
		"Mixed":        {reason: "Versions are of any characters.", text: "GrZGuma6PEfv1R1lSY3hfnvKzBzH27PUsxG9OK6AChjUFQ3s", want: "<mixed>"},
		"Words":        {reason: "Words of AWS stay.", text: "AES256 FULL_CONTROL INELIGIBLE configuration aws:kms gp3", want: "AES256 FULL_CONTROL INELIGIBLE configuration aws:kms gp3"},
		"Stack":        {reason: "Names of the stack differ between stacks.", text: "shop-abcdefg2-logs shop", want: "<stack>-logs <stack>"},
		"Field":        {reason: "A field within another text is told by its name, the longest first.", text: "arn:aws:rds:::db/some-name-long/some-name", want: "arn:aws:rds:::db/${other}/${field}"},
		"JSON":         {reason: "Documents are not worth telling.", text: `{"a": 1}`, want: "<text>"},
		"Long":         {reason: "Nor are long texts.", text: strings.Repeat("a word ", 40), want: "<text>"},
		"CommonWord":   {reason: "A field that is a common word says nothing about another.", text: "default", want: "default"},
		"NothingAtAll": {reason: "Nothing is nothing.", text: "", want: ""},
	}
	u := &unstructured.Unstructured{Object: map[string]any{}}
	u.SetLabels(map[string]string{labelComposite: "shop"})
	w := wordsOf(u, map[string]any{"field": "some-name", "other": "some-name-long", "common": "default", "number": int64(5)})
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := w.form(tc.text); got != tc.want {
				t.Errorf("\n%s\nform(%q): want %q, got %q", tc.reason, tc.text, tc.want, got)
			}
		})
	}
}
