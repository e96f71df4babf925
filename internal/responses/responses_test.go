package responses

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
)

const stack = "shop-4f2kq7xa"

// inputs returns the configuration of a stack with all features. The recorded
// events are about it.
func inputs(change ...func(*Inputs)) Inputs {
	in := Inputs{
		Partition: aws.Commercial, Region: "eu-west-1", Account: "123456789012",
		Stack: stack, StackTag: "platform.secure-ecommerce.dev/stack",
		Buckets:      []string{stack + "-assets", stack + "-access-logs"},
		AssetsBucket: stack + "-assets", AssetsPolicy: `{"Version":"2012-10-17","Statement":[]}`,
		Database: stack + "-db", DeletionProtection: true,
		Trail:              stack + "-trail",
		Topic:              "arn:aws:sns:eu-west-1:123456789012:" + stack + "-responses",
		TopicKey:           "arn:aws:kms:eu-west-1:123456789012:key/1",
		ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane/provider-aws-*"},
		FunctionRole:       "arn:aws:iam::123456789012:role/secure-ecommerce/" + stack + "-responses",
		Modes: map[string]Mode{
			SecurityGroupOpened: Enforce, PublicAccessUnblocked: Enforce, DatabaseExposed: Notify, BucketPolicyChanged: Enforce,
		},
	}
	for _, c := range change {
		c(&in)
	}
	return in
}

// ofCluster changes the configuration to an Aurora cluster.
func ofCluster(in *Inputs) { in.ClusterInstances = []string{stack + "-db-1", stack + "-db-2"} }

// inputsOf returns the configuration for a recorded event.
func inputsOf(file string) Inputs {
	if strings.HasPrefix(filepath.Base(file), "cluster-") {
		return inputs(ofCluster)
	}
	return inputs()
}

// document returns the permissions of a response as an IAM policy.
func document(r Response, m Mode) string {
	return policy.Document{Statements: r.Statements(m)}.JSON()
}

func TestResponses(t *testing.T) {
	type want struct{ pattern, notify, undo string }
	cases := map[string]struct {
		reason string
		in     Inputs
		want   want
	}{
		SecurityGroupOpened: {
			reason: "Groups of all stacks make events; only those with the stack's tag can be changed.",
			in:     inputs(),
			want: want{
				pattern: `{"detail":{"errorCode":[{"exists":false}],"eventName":["AuthorizeSecurityGroupIngress","ModifySecurityGroupRules"],"eventSource":["ec2.amazonaws.com"]},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.ec2"]}`,
				notify:  `{"Sid":"DescribeSecurityGroups","Effect":"Allow","Action":["ec2:DescribeSecurityGroupRules","ec2:DescribeSecurityGroups"],"Resource":"*"}`,
				undo:    `{"Sid":"RevokeWorldOpenRules","Effect":"Allow","Action":"ec2:RevokeSecurityGroupIngress","Resource":"arn:aws:ec2:eu-west-1:123456789012:security-group/*","Condition":{"StringEquals":{"aws:ResourceTag/platform.secure-ecommerce.dev/stack":"shop-4f2kq7xa"}}},{"Sid":"RevokeRulesByID","Effect":"Allow","Action":"ec2:RevokeSecurityGroupIngress","Resource":"arn:aws:ec2:eu-west-1:123456789012:security-group-rule/*"}`,
			},
		},
		PublicAccessUnblocked: {
			reason: "All buckets of the stack are guarded, and no other.",
			in:     inputs(),
			want: want{
				pattern: `{"detail":{"errorCode":[{"exists":false}],"eventName":["DeleteBucketPublicAccessBlock","PutBucketPublicAccessBlock"],"eventSource":["s3.amazonaws.com"],"requestParameters":{"bucketName":["shop-4f2kq7xa-assets","shop-4f2kq7xa-access-logs"]}},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.s3"]}`,
				notify:  `{"Sid":"ReadPublicAccessBlocks","Effect":"Allow","Action":["s3:GetBucketPublicAccessBlock","s3:GetBucketTagging"],"Resource":["arn:aws:s3:::shop-4f2kq7xa-assets","arn:aws:s3:::shop-4f2kq7xa-access-logs"]}`,
				undo:    `{"Sid":"BlockPublicAccess","Effect":"Allow","Action":"s3:PutBucketPublicAccessBlock","Resource":["arn:aws:s3:::shop-4f2kq7xa-assets","arn:aws:s3:::shop-4f2kq7xa-access-logs"]}`,
			},
		},
		DatabaseExposed: {
			reason: "RDS takes an identifier in any case, and either change is unsafe.",
			in:     inputs(),
			want: want{
				pattern: `{"detail":{"errorCode":[{"exists":false}],"eventName":["ModifyDBInstance"],"eventSource":["rds.amazonaws.com"],"requestParameters":{"$or":[{"publiclyAccessible":[true]},{"deletionProtection":[false]}],"dBInstanceIdentifier":[{"equals-ignore-case":"shop-4f2kq7xa-db"}]}},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.rds"]}`,
				notify:  `{"Sid":"DescribeDatabase","Effect":"Allow","Action":"rds:DescribeDBInstances","Resource":"arn:aws:rds:eu-west-1:123456789012:db:shop-4f2kq7xa-db"}`,
				undo:    `{"Sid":"ModifyDatabase","Effect":"Allow","Action":"rds:ModifyDBInstance","Resource":"arn:aws:rds:eu-west-1:123456789012:db:shop-4f2kq7xa-db"}`,
			},
		},
		BucketPolicyChanged: {
			reason: "Only the assets bucket's policy is known to the function.",
			in:     inputs(),
			want: want{
				pattern: `{"detail":{"errorCode":[{"exists":false}],"eventName":["DeleteBucketPolicy","PutBucketPolicy"],"eventSource":["s3.amazonaws.com"],"requestParameters":{"bucketName":["shop-4f2kq7xa-assets"]}},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.s3"]}`,
				notify:  `{"Sid":"ReadAssetsPolicy","Effect":"Allow","Action":["s3:GetBucketPolicy","s3:GetBucketTagging"],"Resource":"arn:aws:s3:::shop-4f2kq7xa-assets"}`,
				undo:    `{"Sid":"PutAssetsPolicy","Effect":"Allow","Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::shop-4f2kq7xa-assets"}`,
			},
		},
		TrailStopped: {
			reason: "CloudTrail takes a trail's name or ARN, and calls it by two names.",
			in:     inputs(),
			want: want{
				pattern: `{"detail":{"$or":[{"requestParameters":{"name":["shop-4f2kq7xa-trail",{"suffix":":trail/shop-4f2kq7xa-trail"}]}},{"requestParameters":{"trailName":["shop-4f2kq7xa-trail",{"suffix":":trail/shop-4f2kq7xa-trail"}]}}],"errorCode":[{"exists":false}],"eventName":["DeleteTrail","PutEventSelectors","StopLogging","UpdateTrail"],"eventSource":["cloudtrail.amazonaws.com"]},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.cloudtrail"]}`,
				notify:  `{"Sid":"ReadTrail","Effect":"Allow","Action":["cloudtrail:GetTrail","cloudtrail:GetTrailStatus","cloudtrail:ListTags"],"Resource":"arn:aws:cloudtrail:eu-west-1:123456789012:trail/shop-4f2kq7xa-trail"}`,
				undo:    `{"Sid":"StartTrail","Effect":"Allow","Action":"cloudtrail:StartLogging","Resource":"arn:aws:cloudtrail:eu-west-1:123456789012:trail/shop-4f2kq7xa-trail"}`,
			},
		},
	}
	for id, tc := range cases {
		t.Run(id, func(t *testing.T) {
			all := All(tc.in)
			r := all[slices.IndexFunc(all, func(r Response) bool { return r.ID == id })]
			got := want{pattern: eventpattern.JSON(r.Pattern), notify: document(r, Notify), undo: document(r, Enforce)}
			tc.want.undo = `{"Version":"2012-10-17","Statement":[` + tc.want.notify + "," + tc.want.undo + `]}`
			tc.want.notify = `{"Version":"2012-10-17","Statement":[` + tc.want.notify + `]}`
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nAll(...)[%s]: -want, +got:\n%s", tc.reason, id, diff)
			}
		})
	}
}

func TestDatabaseWithoutProtection(t *testing.T) {
	in := inputs(func(in *Inputs) { in.DeletionProtection = false })
	want := `{"detail":{"errorCode":[{"exists":false}],"eventName":["ModifyDBInstance"],"eventSource":["rds.amazonaws.com"],"requestParameters":{"dBInstanceIdentifier":[{"equals-ignore-case":"shop-4f2kq7xa-db"}],"publiclyAccessible":[true]}},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.rds"]}`
	if diff := cmp.Diff(want, eventpattern.JSON(databaseExposed(in).Pattern)); diff != "" {
		t.Errorf("\nA stack that wants no protection does not hear of its removal.\npattern: -want, +got:\n%s", diff)
	}
}

func TestCluster(t *testing.T) {
	const (
		instances = `"dBInstanceIdentifier":[{"equals-ignore-case":"shop-4f2kq7xa-db-1"},{"equals-ignore-case":"shop-4f2kq7xa-db-2"}],"publiclyAccessible":[true]`
		names     = `["arn:aws:rds:eu-west-1:123456789012:db:shop-4f2kq7xa-db-1","arn:aws:rds:eu-west-1:123456789012:db:shop-4f2kq7xa-db-2"]`
		look      = `{"Version":"2012-10-17","Statement":[{"Sid":"DescribeInstances","Effect":"Allow","Action":"rds:DescribeDBInstances","Resource":` + names + `}`
	)
	cases := map[string]struct {
		reason    string
		protected bool
		want      []string
	}{
		"Protected": {
			reason:    "The cluster is protected, its instances are private.",
			protected: true,
			want: []string{
				`{"detail":{"$or":[{"requestParameters":{` + instances + `}},{"requestParameters":{"dBClusterIdentifier":[{"equals-ignore-case":"shop-4f2kq7xa-db"}],"deletionProtection":[false]}}],` +
					`"errorCode":[{"exists":false}],"eventName":["ModifyDBInstance","ModifyDBCluster"],"eventSource":["rds.amazonaws.com"]},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.rds"]}`,
				look + `,{"Sid":"DescribeCluster","Effect":"Allow","Action":"rds:DescribeDBClusters","Resource":"arn:aws:rds:eu-west-1:123456789012:cluster:shop-4f2kq7xa-db"}]}`,
				look + `,{"Sid":"DescribeCluster","Effect":"Allow","Action":"rds:DescribeDBClusters","Resource":"arn:aws:rds:eu-west-1:123456789012:cluster:shop-4f2kq7xa-db"}` +
					`,{"Sid":"ModifyInstances","Effect":"Allow","Action":"rds:ModifyDBInstance","Resource":` + names + `},{"Sid":"ModifyCluster","Effect":"Allow","Action":"rds:ModifyDBCluster","Resource":"arn:aws:rds:eu-west-1:123456789012:cluster:shop-4f2kq7xa-db"}]}`,
			},
		},
		"NotProtected": {
			reason: "A stack that wants no protection does not hear of its removal.",
			want: []string{
				`{"detail":{"errorCode":[{"exists":false}],"eventName":["ModifyDBInstance"],"eventSource":["rds.amazonaws.com"],"requestParameters":{` + instances + `}},"detail-type":["AWS API Call via CloudTrail"],"source":["aws.rds"]}`,
				look + `]}`,
				look + `,{"Sid":"ModifyInstances","Effect":"Allow","Action":"rds:ModifyDBInstance","Resource":` + names + `}]}`,
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := databaseExposed(inputs(ofCluster, func(in *Inputs) { in.DeletionProtection = tc.protected }))
			if diff := cmp.Diff(tc.want, []string{eventpattern.JSON(r.Pattern), document(r, Notify), document(r, Enforce)}); diff != "" {
				t.Errorf("\n%s\ndatabaseExposed(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPartitions(t *testing.T) {
	in := inputs(func(in *Inputs) { in.Partition, in.Region = aws.China, "cn-north-1" })
	statements := Reporting(in)
	for _, r := range All(in) {
		statements = append(statements, r.Statements(Enforce)...)
	}
	for _, s := range statements {
		for _, resource := range s.Resources {
			if given := resource == in.Topic || resource == in.TopicKey; !given && resource != "*" && !strings.HasPrefix(resource, "arn:aws-cn:") {
				t.Errorf("%s: %s is not in the stack's partition", s.Sid, resource)
			}
		}
	}
	if diff := cmp.Diff(policy.StringEquals("kms:ViaService", "sns.cn-north-1.amazonaws.com.cn"), statements[1].Condition); diff != "" {
		t.Errorf("\nServices of another partition have other names.\nReporting(...): -want, +got:\n%s", diff)
	}
}

func TestAll(t *testing.T) {
	cases := map[string]struct {
		reason string
		in     Inputs
		want   []string
	}{
		"Everything": {
			reason: "A stack that has everything is guarded everywhere.",
			in:     inputs(),
			want:   []string{SecurityGroupOpened, PublicAccessUnblocked, DatabaseExposed, BucketPolicyChanged, TrailStopped},
		},
		"Nothing": {
			reason: "A rule about a resource without a name would be about everybody's.",
			want:   []string{SecurityGroupOpened},
		},
		"NoTrail": {
			reason: "A stack in a landing zone has no trail of its own.",
			in:     inputs(func(in *Inputs) { in.Trail = "" }),
			want:   []string{SecurityGroupOpened, PublicAccessUnblocked, DatabaseExposed, BucketPolicyChanged},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range All(tc.in) {
				got = append(got, r.ID)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nAll(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReporting(t *testing.T) {
	cases := map[string]struct {
		reason string
		in     Inputs
		want   string
	}{
		"Key": {
			reason: "A topic with a key of its own can be published to only with that key.",
			in:     inputs(),
			want:   `{"Version":"2012-10-17","Statement":[{"Sid":"PublishReports","Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:shop-4f2kq7xa-responses"},{"Sid":"EncryptReports","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"arn:aws:kms:eu-west-1:123456789012:key/1","Condition":{"StringEquals":{"kms:ViaService":"sns.eu-west-1.amazonaws.com"}}}]}`,
		},
		"NoKey": {
			reason: "Without a key there is nothing to allow.",
			in:     inputs(func(in *Inputs) { in.TopicKey = "" }),
			want:   `{"Version":"2012-10-17","Statement":[{"Sid":"PublishReports","Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:shop-4f2kq7xa-responses"}]}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, policy.Document{Statements: Reporting(tc.in)}.JSON()); diff != "" {
				t.Errorf("\n%s\nReporting(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestLimits uses the longest names of a stack.
func TestLimits(t *testing.T) {
	name := strings.Repeat("b", 63)
	in := inputs(func(in *Inputs) {
		in.Buckets, in.AssetsBucket, in.Database, in.Trail = []string{name, name, name, name}, name, name, strings.Repeat("t", 128)
	})
	sids := map[string]bool{}
	for _, r := range All(in) {
		if !eventpattern.Fits(r.Pattern) {
			t.Errorf("%s: no rule can have the pattern %s", r.ID, eventpattern.JSON(r.Pattern))
		}
		for _, s := range append(r.Statements(Enforce), Reporting(in)...) {
			if s.Sid != "PublishReports" && s.Sid != "EncryptReports" && sids[s.Sid] {
				t.Errorf("%s: two statements have this name, so they cannot be in one policy", s.Sid)
			}
			sids[s.Sid] = true
		}
	}
}

func TestStatementsAreTheCallersOwn(t *testing.T) {
	r := All(inputs())[0]
	before := document(r, Enforce)
	_ = append(r.Statements(Enforce), policy.Statement{Sid: "Other"})
	r.Statements(Enforce)[0].Sid = "Other"
	if diff := cmp.Diff(before, document(r, Enforce)); diff != "" {
		t.Errorf("\nWhoever adds to a response's permissions must not change the response.\nStatements(...): -before, +after:\n%s", diff)
	}
}

// TestPatternsSelectEvents matches every recorded event with every response.
func TestPatternsSelectEvents(t *testing.T) {
	files, err := filepath.Glob("handler_test/events/*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded events: %v", err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		id := filepath.Base(filepath.Dir(f))
		t.Run(id+"/"+filepath.Base(f), func(t *testing.T) {
			if diff := cmp.Diff([]string{id}, selected(t, inputsOf(f), raw)); diff != "" {
				t.Errorf("\nAn event belongs to one response.\nselected: -want, +got:\n%s", diff)
			}
			other := inputs(func(in *Inputs) {
				in.Buckets, in.AssetsBucket, in.Database, in.Trail = []string{"other"}, "other", "other", "other"
			})
			var want []string
			if id == SecurityGroupOpened {
				want = []string{id} // The function checks the group's tags.
			}
			if diff := cmp.Diff(want, selected(t, other, raw)); diff != "" {
				t.Errorf("\nAn event about a resource of another name is another stack's.\nselected: -want, +got:\n%s", diff)
			}
			failed := strings.Replace(string(raw), `"eventVersion"`, `"errorCode": "AccessDenied", "eventVersion"`, 1)
			if got := selected(t, inputsOf(f), []byte(failed)); len(got) > 0 {
				t.Errorf("A call that failed changed nothing, but is selected by %v", got)
			}
		})
	}
}

// TestHandlerKnowsEvents verifies that the function handles all events that the
// patterns select.
func TestHandlerKnowsEvents(t *testing.T) {
	got := map[string][]string{}
	for name, source := range sources(t) {
		id := regexp.MustCompile(`(?m)^ID = "(.*)"$`).FindStringSubmatch(source)
		if id == nil {
			continue
		}
		if diff := cmp.Diff(strings.ReplaceAll(id[1], "-", "_")+".py", name); diff != "" {
			t.Errorf("\nA response is found by its ID.\n%s: -want, +got:\n%s", name, diff)
		}
		for _, e := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(regexp.MustCompile(`(?m)^EVENTS = .*$`).FindString(source), -1) {
			got[id[1]] = append(got[id[1]], e[1])
		}
	}
	want := map[string][]string{}
	for _, r := range append(All(inputs()), All(inputs(ofCluster))...) {
		detail, _ := r.Pattern["detail"].(eventpattern.Pattern)
		names, _ := detail["eventName"].([]string)
		want[r.ID] = slices.Compact(slices.Sorted(slices.Values(append(want[r.ID], names...))))
	}
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("\nThe function would refuse an event that it does not know.\nEVENTS: -want, +got:\n%s", diff)
	}
}

// sources returns the function's code by file name.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("handler/*.py")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = string(content)
	}
	return out
}

// selected returns the responses whose patterns match an event. The merged pattern
// must match the same events.
func selected(t *testing.T, in Inputs, event []byte) []string {
	t.Helper()
	var out []string
	for _, r := range All(in) {
		if patterntest.Matches(t, eventpattern.JSON(r.Pattern), event) {
			out = append(out, r.ID)
		}
	}
	merged := eventpattern.Merged(All(in), func(r Response) eventpattern.Pattern { return r.Pattern })
	if got := patterntest.Matches(t, eventpattern.JSON(merged), event); got != (len(out) > 0) {
		t.Errorf("the merged pattern selects the event: want %t, got %t", len(out) > 0, got)
	}
	return out
}
