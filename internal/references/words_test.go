package references

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnresolvedWords checks aliases, IDs, regions, accounts and the stack's names
// in all texts.
func TestUnresolvedWords(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"AWSAlias":    {reason: "AWS keeps it in every account.", args: args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","kmsMasterKeyId":"alias/aws/sns"}`}},
		"Description": {reason: "The stack's own name is no name of a resource.", args: args{kind: "iam/Role", external: "shop-abc-x", forProvider: `{"description":"Runs shop-abc"}`}},
		"WrongAlias": {
			reason: "The key does not exist, as with existing keys: messages are lost.",
			args:   args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","kmsMasterKeyId":"alias/shop-abc-alarms-key"}`},
			want:   []Finding{{Field: "kmsMasterKeyId", Text: "alias/shop-abc-alarms-key", Why: "the stack has no alias with this name"}},
		},
		"AliasOfAnotherRegion": {
			reason: "Keys are of one region.",
			args:   args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"us-east-1","kmsMasterKeyId":"alias/shop-abc-key"}`},
			want:   []Finding{{Field: "kmsMasterKeyId", Text: "alias/shop-abc-key", Why: "the stack has this alias in eu-west-1, not in us-east-1"}},
		},
		"WrongAccount": {
			reason: "Nothing is in that account.",
			args:   args{kind: "sqs/QueuePolicy", forProvider: policy(`{"Condition":{"StringEquals":{"aws:SourceAccount":"210987654321"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.StringEquals.aws:SourceAccount", Text: "210987654321", Why: "no resource is in this account"}},
		},
		"WrongRegion": {
			reason: "The stack is not there.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Condition":{"StringEquals":{"aws:RequestedRegion":"eu-south-2"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.StringEquals.aws:RequestedRegion", Text: "eu-south-2", Why: "the stack is not in this region"}},
		},
		"WrongID": {
			reason: "It is no VPC of the stack.",
			args:   args{kind: "ec2/SecurityGroup", forProvider: `{"region":"eu-west-1","name":"shop-abc-x","vpcId":"vpc-0123456789abcdef9"}`},
			want:   []Finding{{Field: "vpcId", Text: "vpc-0123456789abcdef9", Why: "no resource has this ID"}},
		},
		"WrongCachePolicy": {
			reason: "AWS keeps no such policy.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"defaultCacheBehavior":{"cachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f7"}}`},
			want:   []Finding{{Field: "defaultCacheBehavior.cachePolicyId", Text: "658327ea-f89d-4fab-a63d-7e88639e58f7", Why: "no resource has this ID"}},
		},

		"Prefix": {reason: "A resource's name begins so.", args: args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"detail":{"name":[{"prefix":"shop-abc-al"}]}}`)}},
		"WrongPrefix": {
			reason: "None does.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"detail":{"name":[{"prefix":"shop-abc-warn"}]}}`)},
			want:   []Finding{{Field: "eventPattern.detail.name[].prefix", Text: "shop-abc-warn", Why: "the stack has no resource with this name"}},
		},
		"Pattern": {reason: "A resource's name matches.", args: args{kind: "ssm/Parameter", external: "/shop-abc/all", forProvider: `{"region":"eu-west-1","insecureValue":"shop-abc-*"}`}},
		"WrongPattern": {
			reason: "None does.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/all", forProvider: `{"region":"eu-west-1","insecureValue":"shop-abc-*-none"}`},
			want:   []Finding{{Field: "insecureValue.all", Text: "shop-abc-*-none", Why: "the stack has no resource with this name"}},
		},
	})
}

func TestWordFinder(t *testing.T) {
	cases := map[string]struct {
		reason      string
		stack, text string
		want        []string
	}{
		"Begins":      {reason: "A name begins with the stack's.", stack: "shop-abc", text: "to shop-abc-alarms, shop-abc-db", want: []string{"shop-abc-alarms", "shop-abc-db"}},
		"Path":        {reason: "Or has it in a path.", stack: "shop-abc", text: "/shop-abc/audit", want: []string{"/shop-abc/audit"}},
		"Underscores": {reason: "Some services take no hyphen.", stack: "shop-abc", text: "shop_abc_rules", want: []string{"shop_abc_rules"}},
		"Alone":       {reason: "The stack's own name is no resource's.", stack: "shop-abc", text: "shop-abc shop_abc", want: []string{}},
		"Untagged":    {reason: "Without a name of the stack no word has it.", text: "shop-abc-alarms"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, wordsOf(tc.stack).find(tc.text)); diff != "" {
				t.Errorf("\n%s\nwordsOf(%q).find(%q): -want, +got:\n%s", tc.reason, tc.stack, tc.text, diff)
			}
		})
	}
}
