package stack

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/recorded"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// missing reports whether the test rewrites the list of missing recordings.
var missing = flag.Bool("missing", false, "rewrite test/recorded/missing.txt")

// missingFile lists the kinds, fields and values without a recording.
const missingFile = "test/recorded/missing.txt"

// differing lists intended differences between the simulator and the recordings by
// kind and path. The recordings come from another simulated AWS, which differs from
// AWS's documentation in some places.
var differing = map[string]string{
	"sns/TopicSubscription confirmationTimeoutInMinutes":     "composed since it was recorded, when the provider had filled it in",
	"appautoscaling/Target arn":                              "moto makes another word of it than AWS",
	"appautoscaling/Target roleArn":                          "moto leaves it empty; AWS shows the role that it made for ECS",
	"cloudwatchevents/Target external name":                  "recorded of other targets: a schedule's is named as its service, which is cron in one example",
	"elasticache/ParameterGroup external name":               "see s3/BucketCorsConfiguration external name",
	"elasticache/ReplicationGroup primaryEndpointAddress":    "six letters and digits that are made up for each, too few for the recorder to tell from a word",
	"elasticache/ReplicationGroup readerEndpointAddress":     "see primaryEndpointAddress",
	"ecs/TaskDefinition arn":                                 "a number for each definition of a family, which the recorded stacks had one of",
	"ecs/TaskDefinition containerDefinitions":                "the provider writes all of a container's fields in an order of its own; nobody reads it",
	"efs/BackupPolicy external name":                         "see s3/BucketCorsConfiguration external name",
	"efs/FileSystemPolicy external name":                     "see s3/BucketCorsConfiguration external name",
	"efs/MountTarget ipAddress":                              "EFS chooses the address; the simulator has none of its subnet",
	"elbv2/LB dnsName":                                       "moto leaves out what AWS begins the names of internal ones with",
	"elbv2/LBListener external name":                         "the simulator does not know the load balancer's own name",
	"elbv2/LBListener mutualAuthentication":                  "of HTTPS alone; nobody reads it",
	"elbv2/LBListenerRule external name":                     "see elbv2/LBListener external name",
	"elbv2/LBTargetGroup targetHealthState":                  "of network load balancers: the provider fills in an empty one, which Terraform itself would not take from people",
	"ec2/NATGateway associationId":                           "moto leaves availabilityMode empty, so the provider does not read the address; AWS says zonal",
	"ec2/NATGateway networkInterfaceId":                      "see associationId",
	"ec2/NATGateway publicIp":                                "see associationId",
	"ec2/VPC ipv6CidrBlock":                                  "AWS chooses the range; the recorder has no form for one",
	"ec2/VPC dhcpOptionsId":                                  "moto has no DHCP options by default; a VPC in AWS has a set of the region",
	"iam/ServiceLinkedRole arn":                              "moto names the role AWSServiceRoleForconfig; AWS writes Config, as the stacks do",
	"iam/ServiceLinkedRole external name":                    "recorded of AWS Config's alone; the name of OpenSearch's is longer",
	"iam/ServiceLinkedRole id":                               "see arn",
	"opensearch/Domain dashboardEndpoint":                    "see endpoint",
	"opensearch/Domain endpoint":                             "the local AWS writes hexadecimal digits; AWS writes lower-case letters and digits",
	"rds/Cluster engineVersionActual":                        "moto repeats the version that was asked for; AWS shows the minor version",
	"rds/Cluster allocatedStorage":                           "moto has a value for clusters of every engine; AWS leaves it out for Aurora",
	"rds/Cluster clusterMembers":                             "the simulator does not know a cluster's instances; nobody reads them, and the policies of a cluster forbid to take them over",
	"rds/Cluster scalingConfiguration":                       "moto has a value for clusters of every engine; AWS has it for the first Aurora Serverless",
	"rds/Cluster storageType":                                "see allocatedStorage",
	"rds/ClusterInstance endpoint":                           "moto writes aaaaaaaaaa in the place of the account's ID in RDS",
	"rds/Instance address":                                   "see rds/ClusterInstance endpoint",
	"rds/Instance dbName":                                    "moto leaves it empty where a snapshot was restored; AWS shows that of the snapshot",
	"rds/Instance endpoint":                                  "see rds/ClusterInstance endpoint",
	"rds/Instance engineVersionActual":                       "recorded of PostgreSQL alone; the examples have MySQL and MariaDB too",
	"rds/Instance hostedZoneId":                              "moto leaves it empty; AWS shows the zone of RDS in the region",
	"rds/Instance kmsKeyId":                                  "moto names the key of its snapshots default_kms_key_id; AWS shows an ARN",
	"rds/Proxy endpoint":                                     "moto writes db-proxy- where AWS writes proxy-",
	"route53/HostedZoneDNSSEC external name":                 "the recorded stack kept nothing; the examples keep zones, and so repeat their names",
	"s3/BucketCorsConfiguration external name":               "the recorded stacks kept nothing; that of the example keeps the bucket, and so repeats its name",
	"s3/BucketReplicationConfiguration rule[].filter.prefix": "the provider shows no empty prefix, since AWS has no filter then; nobody reads it",
	"s3/Object versionId":                                    "moto numbers versions by UUIDs; AWS by 32 characters",
	"signer/SigningProfile conditions":                       "what is never updated shows no last operation, as was seen; the simulator shows one of everything",
	"sqs/QueuePolicy external name":                          "see s3/BucketCorsConfiguration external name",
	"sqs/QueueRedriveAllowPolicy external name":              "see s3/BucketCorsConfiguration external name",
	"sqs/Queue external name":                                "moto's queues have the address of moto",
	"wafv2/IPSet lockToken":                                  "moto's token is another one than AWS's, which is a UUID",
	"wafv2/WebACL capacity":                                  "it depends on the rules, and nobody reads it",
}

// reasonOf returns the name of the intended difference that covers a path of a
// kind. It is empty if there is none.
func reasonOf(kind, path string) string {
	for name := range differing {
		if rest, ok := strings.CutPrefix(kind+" "+path, name); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return name
		}
	}
	return ""
}

func recordings(t *testing.T) recorded.Recordings {
	t.Helper()
	out, err := recorded.Read(filepath.Join("test", "recorded"))
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("there are no recordings in test/recorded")
	}
	return out
}

// recordedExamples returns the recorded examples, by the names of their stacks.
func recordedExamples(t *testing.T, all recorded.Recordings) []string {
	t.Helper()
	stacks := all.Stacks()
	var out []string
	for _, example := range stacktest.Examples {
		xr := stacktest.Request(t, example, scope.Namespaced).GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()
		if slices.Contains(stacks, xr["namespace"].GetStringValue()+"/"+xr["name"].GetStringValue()) {
			out = append(out, example)
		}
	}
	return out
}

// simulatedOnce caches the result for all tests, which do not change it.
var simulatedOnce recorded.Recordings

// simulated returns recordings of the simulator for the recorded examples. It uses
// the management policies of the recordings.
func simulated(t *testing.T, all recorded.Recordings) recorded.Recordings {
	t.Helper()
	if simulatedOnce != nil {
		return simulatedOnce
	}
	out := recorded.Recordings{}
	for _, example := range recordedExamples(t, all) {
		steps := stacktest.Way(t, example, scope.Namespaced)
		st := proto.CloneOf(steps[len(steps)-1].Request)
		desired := proto.CloneOf(stacktest.Last(steps)).GetDesired().GetResources()
		for _, r := range desired {
			// The provider stores generated names independent of management
			// policies.
			if kind, _ := recorded.KindOf(stacktest.Object(t, r)); slices.Contains(all[kind].Policies, "*") || slices.Contains(all[kind].Policies, "LateInitialize") || len(all[kind].Late) > 0 {
				spec := r.GetResource().GetFields()["spec"].GetStructValue().GetFields()
				spec["managementPolicies"] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{structpb.NewStringValue("*")}})
			}
		}
		observed, err := simulator.AWS{}.Observe(desired, st.GetObserved().GetResources())
		if err != nil {
			t.Fatal(err)
		}
		for resourceName, r := range observed {
			composed, shown := stacktest.Object(t, stacktest.Last(steps).GetDesired().GetResources()[resourceName]), stacktest.Object(t, r)
			if _, ours := recorded.KindOf(shown); !ours {
				continue
			}
			shown.SetLabels(map[string]string{"crossplane.io/composite": nameOf(st)})
			out.Add(recorded.Of(shown, composed))
		}
	}
	simulatedOnce = out
	return out
}

// nameOf returns the name of a request's composite.
func nameOf(req *fnv1.RunFunctionRequest) string {
	return req.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()["name"].GetStringValue()
}

// TestRecordedKinds compares the simulator with the real provider's recordings.
func TestRecordedKinds(t *testing.T) {
	all := recordings(t)
	used := map[string]bool{}
	simulated := simulated(t, all)
	for _, kind := range slices.Sorted(maps.Keys(simulated)) {
		truth, ok := all[kind]
		if !ok {
			continue // It is in the list of missing recordings.
		}
		for _, d := range truth.Differences(simulated[kind]) {
			if reason := reasonOf(kind, d.Path); reason != "" {
				used[reason] = true
				continue
			}
			t.Errorf("\nThe simulator must show what the provider was seen to show, or every test with it proves nothing.\n%s %s %s", kind, d.Path, d.What)
		}
	}
	for name, reason := range differing {
		if !used[name] {
			t.Errorf("\nA difference that is not there needs no reason.\n%s: %s", name, reason)
		}
	}
}

// askedOnce caches the result for all examples.
var askedOnce map[string]map[string]any

// asked returns the observed paths that the function reads while an example is
// created, with a value from the simulator, or nil if it never returned one.
func asked(t *testing.T) map[string]map[string]any {
	t.Helper()
	if askedOnce != nil {
		return askedOnce
	}
	out := map[string]map[string]any{}
	for _, example := range stacktest.Examples {
		for _, st := range stacktest.Way(t, example, scope.Namespaced) {
			objects := map[string]*unstructured.Unstructured{} // Each has several questions.
			for resourceName, path := range st.Questions.Values {
				if !strings.HasPrefix(path, "status.atProvider.") {
					continue
				}
				u := objects[resourceName]
				if u == nil {
					u = stacktest.Object(t, st.Request.GetObserved().GetResources()[resourceName])
					objects[resourceName] = u
				}
				kind, ours := recorded.KindOf(u)
				if !ours {
					continue
				}
				if out[kind] == nil {
					out[kind] = map[string]any{}
				}
				value, _ := fieldpath.Pave(u.Object).GetValue(path)
				if out[kind][path] == nil {
					out[kind][path] = value
				}
			}
		}
	}
	askedOnce = out
	return out
}

// unknownFacts returns the facts that the function reads and the simulator returns,
// but no recording contains. The keys are the lines in the list, and the values the
// reasons.
func unknownFacts(t *testing.T, all recorded.Recordings) map[string]string {
	t.Helper()
	out := map[string]string{}
	for kind, questions := range asked(t) {
		truth, ok := all[kind]
		if !ok {
			continue // It is in the list of missing recordings.
		}
		for path, answer := range questions {
			why, known := truth.Knows(path)
			if answer != nil && !known && reasonOf(kind, strings.TrimPrefix(path, "status.atProvider.")) == "" {
				out["fact "+kind+" "+path] = why
			}
		}
	}
	return out
}

// TestRecordedFacts verifies that recordings contain every fact that the function
// waits for, at the same path.
func TestRecordedFacts(t *testing.T) {
	all, open := recordings(t), readMissing(t)
	for line, why := range unknownFacts(t, all) {
		if !slices.Contains(open, line) {
			t.Errorf("\nThe function waits for what the provider was never seen to show.\n%s: %s", line, why)
		}
	}
	for kind, questions := range asked(t) {
		for path, answer := range questions {
			if answer == nil && all[kind].Always(path) {
				t.Errorf("\nThe function asks for what the provider always shows, and the simulator never does.\n%s %s", kind, path)
			}
		}
	}
}

// TestRecordedMissing lists everything without a recording.
func TestRecordedMissing(t *testing.T) {
	all := recordings(t)
	want := map[string]bool{}
	for _, example := range stacktest.Examples {
		for _, s := range stacktest.Scopes {
			for _, r := range stacktest.Last(stacktest.Way(t, example, s)).GetDesired().GetResources() {
				if kind, ours := recorded.KindOf(stacktest.Object(t, r)); ours && all[kind].Objects == 0 {
					want["kind "+kind] = true
				}
			}
		}
	}
	for kind, one := range simulated(t, all) {
		if truth, ok := all[kind]; ok {
			for _, path := range truth.Changed(one) {
				want["changed "+kind+" "+path] = true
			}
		}
	}
	for line := range unknownFacts(t, all) {
		want[line] = true
	}
	lines := slices.Sorted(maps.Keys(want))
	if *missing {
		if err := os.WriteFile(missingFile, []byte(missingHead+strings.Join(append(lines, ""), "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(lines, readMissing(t)); diff != "" {
		t.Errorf("\nWhat has no recording is listed by name in %s, and nothing else is.\n-composed and not recorded, +listed:\n%s", missingFile, diff)
	}
}

// missingHead is the header of the list.
const missingHead = `# What the examples compose and no recording in this directory shows yet:
# a kind; a changed field of a kind; a fact that the function waits for.
# Written by: go test -run '^TestRecordedMissing$' . -missing
`

// readMissing reads the list.
func readMissing(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile(missingFile)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}
