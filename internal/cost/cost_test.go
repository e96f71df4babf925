package cost

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// composed returns a resource of a kind such as ec2/NATGateway, with its
// spec.forProvider in JSON.
func composed(kind, forProvider string) Resource {
	service, name, _ := strings.Cut(kind, "/")
	return Resource{Resource: strings.ToLower(name), Object: sdk.MustStructJSON(fmt.Sprintf(
		`{"apiVersion": "%s.aws.upbound.io/v1beta1", "kind": %q, "spec": {"forProvider": %s}}`, service, name, forProvider))}
}

// brief returns short descriptions of lines.
func brief(lines []Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%s: %s, %s x %s/%s = %s", l.Region, l.Item, number(l.Quantity), number(l.Price), l.Per, l.Monthly))
	}
	return out
}

func TestOf(t *testing.T) {
	cases := map[string]struct {
		reason    string
		resources []Resource
		want      []string
		unpriced  []string
		elsewhere []string
	}{
		"Nothing": {
			reason:    "What is free costs nothing.",
			resources: []Resource{composed("ec2/VPC", `{"region": "eu-west-1"}`)},
		},
		"ByTheHour": {
			reason: "An hour counts 730 times, and things of one kind and place share a line.",
			resources: []Resource{
				composed("ec2/NATGateway", `{"region": "eu-west-1"}`), composed("ec2/NATGateway", `{"region": "eu-west-1"}`),
				composed("ec2/EIP", `{"region": "eu-west-1"}`), composed("ec2/NATGateway", `{"region": "us-east-1"}`),
				composed("ec2/VPCEndpointSubnetAssociation", `{"region": "us-east-1"}`),
			},
			want: []string{
				"eu-west-1: NAT gateway, 2 x 0.048/hour = 70.08",
				"us-east-1: NAT gateway, 1 x 0.045/hour = 32.85",
				"us-east-1: interface endpoint in a zone, 1 x 0.01/hour = 7.30",
				"eu-west-1: public IPv4 address, 1 x 0.005/hour = 3.65",
			},
		},
		"Caches": {
			reason: "Each node counts, one of valkey costs a fifth less, and a serverless cache is charged for a little data in any case.",
			resources: []Resource{
				composed("elasticache/ReplicationGroup", `{"region": "us-east-1", "engine": "redis", "nodeType": "cache.r6g.large", "replicasPerNodeGroup": 1}`),
				composed("elasticache/ReplicationGroup", `{"region": "us-east-1", "engine": "valkey", "nodeType": "cache.r6g.large", "replicasPerNodeGroup": 0}`),
				composed("elasticache/Cluster", `{"region": "us-east-1", "engine": "memcached", "nodeType": "cache.q1.large", "numCacheNodes": 2}`),
				composed("elasticache/ServerlessCache", `{"region": "us-east-1", "engine": "valkey"}`),
				composed("elasticache/ServerlessCache", `{"region": "us-east-1", "engine": "redis"}`),
			},
			want: []string{
				"us-east-1: redis on cache.r6g.large, 2 x 0.206/hour = 300.76",
				"us-east-1: serverless cache, 1 x 0.125/hour = 91.25",
				"us-east-1: serverless cache of valkey, 1 x 0.0084/hour = 6.13",
				"us-east-1: valkey on cache.r6g.large, 1 x 0.1648/hour = 120.30",
			},
			unpriced: []string{"cluster: cache.q1.large"},
		},
		"Containers": {
			reason: "As many containers as run at least, by processors and memory, which are cheaper on ARM.",
			resources: []Resource{
				composed("elbv2/LB", `{"region": "eu-west-1"}`),
				composed("ecs/TaskDefinition", `{"region": "eu-west-1", "family": "shop-web", "cpu": "512", "memory": "1024"}`),
				composed("ecs/TaskDefinition", `{"region": "eu-west-1", "family": "shop-api", "cpu": "1024", "memory": "2048", "runtimePlatform": {"cpuArchitecture": "ARM64"}}`),
				composed("appautoscaling/Target", `{"region": "eu-west-1", "resourceId": "service/shop/web", "minCapacity": 2}`),
				composed("appautoscaling/Target", `{"region": "eu-west-1", "resourceId": "service/shop/api", "minCapacity": 1}`),
				composed("appautoscaling/Target", `{"region": "eu-west-1", "resourceId": "other", "minCapacity": 1}`),
				composed("appautoscaling/Target", `{"region": "eu-west-1", "resourceId": "service/shop/none", "minCapacity": 1}`),
			},
			want: []string{
				"eu-west-1: GiB of memory of containers, 2 x 0.004445/hour = 6.49",
				"eu-west-1: GiB of memory of containers on ARM, 2 x 0.00356/hour = 5.20",
				"eu-west-1: vCPU of containers, 1 x 0.04048/hour = 29.55",
				"eu-west-1: vCPU of containers on ARM, 1 x 0.03238/hour = 23.64",
				"eu-west-1: application load balancer, 1 x 0.0252/hour = 18.40",
			},
		},
		"Elsewhere": {
			reason: "A region without prices is estimated by the first one, and it is said.",
			resources: []Resource{
				composed("ec2/NATGateway", `{"region": "sa-east-1"}`), composed("kms/Key", `{"region": "sa-east-1"}`), composed("kms/Key", `{"region": "af-south-1"}`),
			},
			want: []string{
				"sa-east-1: NAT gateway, 1 x 0.045/hour = 32.85",
				"af-south-1: KMS key, 1 x 1/month = 1.00",
				"sa-east-1: KMS key, 1 x 1/month = 1.00",
			},
			elsewhere: []string{"af-south-1", "sa-east-1"},
		},
		"Global": {
			reason:    "What has no region is charged where AWS charges for it.",
			resources: []Resource{composed("cloudfront/MonitoringSubscription", `{}`)},
			want:      []string{"us-east-1: additional metrics of a distribution, 1 x 2.4/month = 2.40"},
		},
		"Database": {
			reason: "A standby has instance and storage once more, but there is one password.",
			resources: []Resource{composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.t3.micro", "multiAz": true,
				"allocatedStorage": 20, "storageType": "gp3", "manageMasterUserPassword": true}`)},
			want: []string{
				"us-east-1: GiB of gp3 storage, 40 x 0.115/month = 4.60",
				"us-east-1: PostgreSQL on db.t3.micro, 2 x 0.018125/hour = 26.46",
				"us-east-1: secret, 1 x 0.4/month = 0.40",
			},
		},
		"FastStorage": {
			reason: "Beyond what gp3 of its size comes with, operations and throughput cost.",
			resources: []Resource{
				composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.r6g.large", "allocatedStorage": 400, "storageType": "gp3", "iops": 13000, "storageThroughput": 600}`),
			},
			want: []string{
				"us-east-1: GiB of gp3 storage, 400 x 0.115/month = 46.00",
				"us-east-1: IOPS beyond those of gp3, 1000 x 0.02/month = 20.00",
				"us-east-1: MiB/s beyond those of gp3, 100 x 0.08/month = 8.00",
				"us-east-1: PostgreSQL on db.r6g.large, 1 x 0.225/hour = 164.25",
			},
		},
		"ProvisionedStorage": {
			reason: "Of io2 each operation costs.",
			resources: []Resource{
				composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.r6g.large", "allocatedStorage": 100, "storageType": "io2", "iops": 1000}`),
			},
			want: []string{
				"us-east-1: GiB of provisioned IOPS storage, 100 x 0.125/month = 12.50",
				"us-east-1: PostgreSQL on db.r6g.large, 1 x 0.225/hour = 164.25",
				"us-east-1: provisioned IOPS, 1000 x 0.1/month = 100.00",
			},
		},
		"Proxy": {
			reason: "A proxy goes by the database's processors, wherever that stands in the list.",
			resources: []Resource{
				{Resource: "other", Object: sdk.MustStructJSON(`{"apiVersion": "example.org/v1", "kind": "Instance"}`)},
				composed("rds/Proxy", `{"region": "us-east-1"}`),
				composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.r6g.xlarge", "allocatedStorage": 20}`),
			},
			want: []string{
				"us-east-1: GiB of gp3 storage, 20 x 0.115/month = 2.30",
				"us-east-1: PostgreSQL on db.r6g.xlarge, 1 x 0.45/hour = 328.50",
				"us-east-1: vCPU behind the RDS proxy, 4 x 0.015/hour = 43.80",
			},
		},
		"Search": {
			reason: "Each node of a search domain costs, and those with data have storage.",
			resources: []Resource{
				composed("opensearch/Domain", `{"region": "us-east-1", "clusterConfig": {"instanceType": "m6g.large.search", "instanceCount": 2, "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3}, "ebsOptions": {"volumeSize": 50}}`),
				composed("opensearch/Domain", `{"region": "us-east-1", "clusterConfig": {"instanceType": "t3.small.search", "instanceCount": 1}, "ebsOptions": {"volumeSize": 10}}`),
			},
			want: []string{
				"us-east-1: GiB of storage of a search domain, 110 x 0.122/month = 13.42",
				"us-east-1: OpenSearch on m6g.large.search, 5 x 0.128/hour = 467.20",
				"us-east-1: OpenSearch on t3.small.search, 1 x 0.0365/hour = 26.65",
			},
		},
		"UnpricedSearch": {
			reason:    "A type that the table does not know is told.",
			resources: []Resource{composed("opensearch/Domain", `{"region": "us-east-1", "clusterConfig": {"instanceType": "or1.large.search", "instanceCount": 1}}`)},
			unpriced:  []string{"domain: or1.large.search"},
		},
		"Cluster": {
			reason: "An instance of a serverless cluster costs what it has at least; a proxy is charged for eight units at least.",
			resources: []Resource{
				composed("rds/ClusterInstance", `{"region": "us-east-1"}`),
				composed("rds/ClusterInstance", `{"region": "us-east-1"}`),
				{Resource: "other", Object: sdk.MustStructJSON(`{"apiVersion": "example.org/v1", "kind": "Cluster"}`)},
				composed("rds/Cluster", `{"region": "us-east-1", "manageMasterUserPassword": true, "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8}}`),
				composed("rds/Proxy", `{"region": "us-east-1"}`),
			},
			want: []string{
				"us-east-1: Aurora capacity unit, 1 x 0.12/hour = 87.60",
				"us-east-1: capacity unit behind the RDS proxy, 8 x 0.015/hour = 87.60",
				"us-east-1: secret, 1 x 0.4/month = 0.40",
			},
		},
		"ClusterOfAClass": {
			reason: "Instances of a class cost by it, and so does the proxy before them.",
			resources: []Resource{
				composed("rds/ClusterInstance", `{"region": "us-east-1", "engine": "aurora-mysql", "instanceClass": "db.r6g.xlarge"}`),
				composed("rds/ClusterInstance", `{"region": "us-east-1", "engine": "aurora-mysql", "instanceClass": "db.x9.large"}`),
				composed("rds/Cluster", `{"region": "us-east-1"}`),
				composed("rds/Proxy", `{"region": "us-east-1"}`),
			},
			want: []string{
				"us-east-1: Aurora on db.r6g.xlarge, 1 x 0.52/hour = 379.60",
				"us-east-1: vCPU behind the RDS proxy, 4 x 0.015/hour = 43.80",
			},
			unpriced: []string{"clusterinstance: db.x9.large"},
		},
		"MySQL": {
			reason:    "An engine is called by its name.",
			resources: []Resource{composed("rds/Instance", `{"region": "us-east-1", "engine": "mysql", "instanceClass": "db.r6g.large", "allocatedStorage": 20}`)},
			want: []string{
				"us-east-1: GiB of gp3 storage, 20 x 0.115/month = 2.30",
				"us-east-1: MySQL on db.r6g.large, 1 x 0.225/hour = 164.25",
			},
		},
		"ClusterWithoutPassword": {
			reason:    "A secret that RDS does not keep is not there.",
			resources: []Resource{composed("rds/Cluster", `{"region": "us-east-1"}`)},
		},
		"Unpriced": {
			reason: "A class that the table does not know is told, once for each database.",
			resources: []Resource{
				composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.x9.large"}`),
				composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.t3.huge"}`),
				composed("rds/Proxy", `{"region": "us-east-1"}`),
			},
			want:     []string{"us-east-1: vCPU behind the RDS proxy, 2 x 0.015/hour = 21.90"},
			unpriced: []string{"instance: db.t3.huge", "instance: db.x9.large"},
		},
		"UnreadableRules": {
			reason:    "Rules that cannot be counted are told, so that nobody takes the total for all of it.",
			resources: []Resource{composed("wafv2/WebACL", `{"region": "us-east-1", "ruleJson": "{"}`)},
			want:      []string{"us-east-1: web ACL, 1 x 5/month = 5.00"},
			unpriced:  []string{"webacl: rules that cannot be read"},
		},
		"Alarms": {
			reason: "An alarm costs by its metrics, and more where it looks several times a minute.",
			resources: []Resource{
				composed("cloudwatch/MetricAlarm", `{"region": "us-east-1", "period": 300}`),
				composed("cloudwatch/MetricAlarm", `{"region": "us-east-1", "period": 10}`),
				composed("cloudwatch/MetricAlarm", `{"region": "us-east-1", "metricQuery": [{"metric": [{"period": 60}]}, {"metric": [{"period": 60}]}, {"expression": "a/b"}]}`),
				composed("cloudwatch/CompositeAlarm", `{"region": "us-east-1"}`),
				composed("cloudwatch/Dashboard", `{"region": "us-east-1"}`),
			},
			want: []string{
				"us-east-1: composite alarm, 1 x 0.5/month = 0.50",
				"us-east-1: dashboard, 1 x 3/month = 3.00",
				"us-east-1: metric of an alarm, 3 x 0.1/month = 0.30",
				"us-east-1: metric of an alarm of less than a minute, 1 x 0.3/month = 0.30",
			},
		},
		"MetricFilters": {
			reason: "A metric that is there only when something happens is not counted.",
			resources: []Resource{
				composed("cloudwatchlogs/MetricFilter", `{"region": "us-east-1", "metricTransformation": {"defaultValue": "0"}}`),
				composed("cloudwatchlogs/MetricFilter", `{"region": "us-east-1", "metricTransformation": [{"defaultValue": "0"}]}`),
				composed("cloudwatchlogs/MetricFilter", `{"region": "us-east-1", "metricTransformation": {}}`),
			},
			want: []string{"us-east-1: metric from a log, 2 x 0.3/month = 0.60"},
		},
		"Streams": {
			reason: "A stream costs by the hour, or by its shards.",
			resources: []Resource{
				composed("kinesis/Stream", `{"region": "us-east-1", "streamModeDetails": {"streamMode": "ON_DEMAND"}}`),
				composed("kinesis/Stream", `{"region": "us-east-1", "shardCount": 2}`),
			},
			want: []string{
				"us-east-1: data stream on demand, 1 x 0.04/hour = 29.20",
				"us-east-1: shard of a data stream, 2 x 0.015/hour = 21.90",
			},
		},
		"Firewalls": {
			reason: "A network firewall costs by zone, a web ACL by rule, and bots cost extra.",
			resources: []Resource{
				composed("networkfirewall/Firewall", `{"region": "us-east-1", "subnetMapping": [{}, {}]}`),
				composed("wafv2/WebACL", `{"region": "us-east-1", "ruleJson": "[{\"Name\":\"Rate\"},{\"Statement\":{\"ManagedRuleGroupStatement\":{\"Name\":\"AWSManagedRulesBotControlRuleSet\"}}}]"}`),
			},
			want: []string{
				"us-east-1: network firewall endpoint in a zone, 2 x 0.395/hour = 576.70",
				"us-east-1: bot or fraud control, 1 x 10/month = 10.00",
				"us-east-1: rule or managed rule group, 2 x 1/month = 2.00",
				"us-east-1: web ACL, 1 x 5/month = 5.00",
			},
		},
		"Parameters": {
			reason: "Standard parameters are free.",
			resources: []Resource{
				composed("ssm/Parameter", `{"region": "us-east-1", "tier": "Standard"}`),
				composed("ssm/Parameter", `{"region": "us-east-1", "tier": "Advanced"}`),
			},
			want: []string{"us-east-1: advanced parameter, 1 x 0.05/month = 0.05"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			e := Of(tc.resources)
			if diff := cmp.Diff(tc.want, brief(e.Lines)); diff != "" {
				t.Errorf("\n%s\nlines: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.unpriced, e.Unpriced); diff != "" {
				t.Errorf("\n%s\nunpriced: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.elsewhere, e.Elsewhere); diff != "" {
				t.Errorf("\n%s\nelsewhere: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestTotal verifies that lines add up to the total, for any stack.
func TestTotal(t *testing.T) {
	kinds, _, _ := Kinds()
	rapid.Check(t, func(t *rapid.T) {
		var resources []Resource
		for _, kind := range rapid.SliceOf(rapid.SampledFrom(kinds)).Draw(t, "kinds") {
			region := rapid.SampledFrom([]string{"eu-west-1", "ap-southeast-2", "sa-east-1"}).Draw(t, "region")
			resources = append(resources, composed(kind, fmt.Sprintf(`{"region": %q, "instanceClass": "db.t4g.small", "allocatedStorage": 21}`, region)))
		}
		e := Of(resources)
		sum := Money(0)
		for _, l := range e.Lines {
			sum += l.Monthly
		}
		if sum != e.Total {
			t.Errorf("lines add up to %s, the total is %s", sum, e.Total)
		}
		backwards := slices.Clone(resources)
		slices.Reverse(backwards)
		if diff := cmp.Diff(e, Of(backwards)); diff != "" {
			t.Errorf("the order of resources counts: -want, +got:\n%s", diff)
		}
	})
}

// TestPrices verifies that no price is missing.
func TestPrices(t *testing.T) {
	check := func(name, page string, usd byPlace) {
		if len(usd) != 1 && len(usd) != len(prices().Regions) {
			t.Errorf("%s has %d prices: want one, or one for each of %d regions", name, len(usd), len(prices().Regions))
		}
		if page == "" || slices.ContainsFunc(usd, func(p float64) bool { return p <= 0 }) {
			t.Errorf("%s: want the page of AWS that says it, and prices above zero", name)
		}
	}
	for name, i := range prices().Items {
		check(name, i.Page, i.USD)
		if i.Name == "" || i.Per != PerHour && i.Per != PerMonth {
			t.Errorf("%s: want a name, and per hour or month", name)
		}
	}
	for family, usd := range prices().Instances.Families {
		check(family, prices().Instances.Page, usd)
	}
	for family, usd := range prices().Search.Families {
		check(family, prices().Search.Page, usd)
	}
}

// TestKnows verifies that priced kinds have a counter, and that free ones have no
// usage charges.
func TestKnows(t *testing.T) {
	for kind, want := range map[string]bool{"ec2/NATGateway": true, "s3/Bucket": true, "ec2/VPC": true, "ec2/Instance": false} {
		if got := Knows(kind); got != want {
			t.Errorf("Knows(%q): want %t, got %t", kind, want, got)
		}
	}
	for _, name := range kinds.Names() {
		k, _ := kinds.Of(name)
		if _, counted := priced[name]; counted != (k.Cost == kinds.Priced) {
			t.Errorf("whether %s is priced: the kind says %q, there is a counter: %t", name, k.Cost, counted)
		}
		if k.Cost == kinds.Free && k.Usage != "" {
			t.Errorf("%s is free, and is not", name)
		}
	}
}

func TestMoney(t *testing.T) {
	for want, m := range map[string]Money{"0.00": 0, "0.05": 5, "12.50": 1250, "-1.05": -105} {
		if diff := cmp.Diff(want, m.String()); diff != "" {
			t.Errorf("Money(%d).String(): -want, +got:\n%s", int64(m), diff)
		}
	}
}

// refuse is a writer that always fails.
type refuse struct{}

var errRefused = errors.New("disk full")

func (refuse) Write([]byte) (int, error) { return 0, errRefused }

func TestPrint(t *testing.T) {
	e := Of([]Resource{
		composed("ec2/NATGateway", `{"region": "sa-east-1"}`),
		composed("kms/Key", `{"region": "eu-west-1"}`),
		composed("rds/Instance", `{"region": "eu-west-1", "instanceClass": "db.x9.large"}`),
	})
	var b strings.Builder
	if err := e.Print(&b); err != nil {
		t.Fatal(err)
	}
	want := `GROUP   ITEM          REGION      QUANTITY   UNIT PRICE   USD PER MONTH
ec2     NAT gateway   sa-east-1   1          0.045/hour   32.85
kms     KMS key       eu-west-1   1          1/month      1.00
TOTAL                                                     33.85

This estimate uses the on-demand list prices of ` + AsOf() + ` and a month of 730 hours.
Prices for sa-east-1 are not known; prices for us-east-1 are used instead.
no price: instance: db.x9.large
not counted: ec2/NATGateway: processed data; AWS waives the gateway's hourly charge if it is behind a network firewall
not counted: kms/Key: requests, and USD 1 more per month for each of the first two rotations
not counted: rds/Instance: storage added by autoscaling, backups beyond the storage size, Performance Insights beyond seven days, CPU credits
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Print(...): -want, +got:\n%s", diff)
	}
	if err := e.Print(refuse{}); !errors.Is(err, errRefused) {
		t.Errorf("Print(...) to a full disk: want %v, got %v", errRefused, err)
	}
}
