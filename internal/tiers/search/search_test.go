package search_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	none     = `{"region":"eu-west-1"}`
	small    = `{"region":"eu-west-1","search":{}}`
	large    = `{"region":"eu-west-1","search":{"instanceType":"m6g.large.search","instances":4,"dedicatedMasters":true}}`
	snapshot = `{"region":"eu-west-1","deletionPolicy":"Snapshot","search":{}}`
	gone     = `{"region":"eu-west-1","deletionPolicy":"Delete","search":{}}`
	attached = `{"region":"eu-west-1","search":{},"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002","subnet-00000005"],"privateSubnetIds":["subnet-00000003","subnet-00000004"]}}}`

	ready = `{"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Synced","status":"True"}]}}`
)

// stands returns the resources that the domain waits for.
func stands(more map[string]string) map[string]string {
	out := map[string]string{
		composed.SearchServiceRole: ready, composed.SearchLogPolicy: ready, composed.AppRole: tiertest.HasARN("arn:aws:iam::123456789012:role/secure-ecommerce/app"),
		composed.SearchLogGroup("application"): ready, composed.SearchLogGroup("audit"): ready, composed.SearchLogGroup("index-slow"): ready, composed.SearchLogGroup("search-slow"): ready,
	}
	maps.Copy(out, more)
	return out
}

func TestDomain(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop without search has no domain.", Spec: none, Resource: composed.SearchDomain, Missing: true},
		"Waits":       {Reason: "AWS refuses a domain that cannot reach the VPC or write its logs.", Spec: small, Resource: composed.SearchDomain, Waits: true},
		"WaitsForRole": {
			Reason: "One in a VPC needs the service's role.", Spec: small, Observed: tiertest.Without(stands(nil), composed.SearchServiceRole), Resource: composed.SearchDomain, Waits: true,
		},
		"Small": {
			Reason: "An empty one is secure and whole.", Spec: small, Observed: stands(nil), Resource: composed.SearchDomain,
			Want: map[string]any{
				"engineVersion": "OpenSearch_2.19", "clusterConfig.instanceType": "t3.small.search", "clusterConfig.instanceCount": float64(2), "clusterConfig.zoneAwarenessEnabled": true,
				"clusterConfig.zoneAwarenessConfig.availabilityZoneCount": float64(2), "clusterConfig.dedicatedMasterEnabled": false, "clusterConfig.dedicatedMasterType": tiertest.Absent{},
				"ebsOptions.volumeType": "gp3", "ebsOptions.volumeSize": float64(10), "encryptAtRest.enabled": true, "encryptAtRest.kmsKeyIdRef.name": "shop-data-key", "nodeToNodeEncryption.enabled": true,
				"domainEndpointOptions.enforceHttps": true, "domainEndpointOptions.tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
				"advancedSecurityOptions.enabled": true, "advancedSecurityOptions.internalUserDatabaseEnabled": false,
				"vpcOptions.subnetIdRefs[0].name": "shop-database-subnet-1", "vpcOptions.subnetIdRefs[1].name": "shop-database-subnet-2", "vpcOptions.subnetIdRefs[2]": tiertest.Absent{},
				"vpcOptions.securityGroupIdRefs[0].name": "shop-search-security-group", "autoTuneOptions": tiertest.Absent{}, "softwareUpdateOptions.autoSoftwareUpdateEnabled": true,
				"offPeakWindowOptions.offPeakWindow.windowStartTime.hours": float64(22), "logPublishingOptions[1].logType": "AUDIT_LOGS", tiertest.Stays: true,
			},
		},
		"Large": {
			Reason: "Masters manage it, and AWS tunes it in its window.", Spec: large, Observed: stands(nil), Resource: composed.SearchDomain,
			Want: map[string]any{
				"clusterConfig.dedicatedMasterCount": float64(3), "clusterConfig.dedicatedMasterType": "m6g.large.search", "clusterConfig.instanceCount": float64(4),
				"autoTuneOptions.desiredState": "ENABLED", "autoTuneOptions.useOffPeakWindow": true,
			},
		},
		"Shrunk": {
			Reason: "AWS takes T3 only once it no longer tunes the domain.", Spec: small, Resource: composed.SearchDomain,
			Observed: stands(map[string]string{composed.SearchDomain: `{"status":{"atProvider":{"autoTuneOptions":{"desiredState":"ENABLED"}}}}`}),
			Want:     map[string]any{"autoTuneOptions.desiredState": "DISABLED"},
		},
		"OneNode": {
			Reason: "A single node stands in one subnet.", Spec: `{"region":"eu-west-1","environment":"development","search":{}}`, Observed: stands(nil), Resource: composed.SearchDomain,
			Want: map[string]any{"clusterConfig.zoneAwarenessEnabled": false, "clusterConfig.zoneAwarenessConfig": tiertest.Absent{}, "vpcOptions.subnetIdRefs[1]": tiertest.Absent{}, tiertest.Stays: false},
		},
		"Attached": {
			Reason: "In a network that exists it has as many subnets as zones.", Spec: attached, Observed: stands(nil), Resource: composed.SearchDomain,
			Want: map[string]any{"vpcOptions.subnetIds": []any{"subnet-00000001", "subnet-00000002"}},
		},
		"StaysUnderSnapshot":   {Reason: "It takes no final snapshot.", Spec: snapshot, Observed: stands(nil), Resource: composed.SearchDomain, Want: map[string]any{tiertest.Stays: true}},
		"NetworkStays":         {Reason: "What it stands on stays with it.", Spec: snapshot, Resource: composed.DatabaseSubnet(1), Want: map[string]any{tiertest.Stays: true}},
		"VPCStays":             {Reason: "As above.", Spec: snapshot, Resource: composed.VPC, Want: map[string]any{tiertest.Stays: true}},
		"DatabaseGroupGoes":    {Reason: "The database does not.", Spec: snapshot, Resource: composed.DatabaseSecurityGroup, Want: map[string]any{tiertest.Stays: false}},
		"GroupStays":           {Reason: "The domain's group does.", Spec: snapshot, Resource: composed.SearchSecurityGroup, Want: map[string]any{tiertest.Stays: true}},
		"Goes":                 {Reason: "Delete means delete.", Spec: gone, Observed: stands(nil), Resource: composed.SearchDomain, Want: map[string]any{tiertest.Stays: false}},
		"NetworkGoes":          {Reason: "And what it stood on.", Spec: gone, Resource: composed.VPC, Want: map[string]any{tiertest.Stays: false}},
		"NetworkWithoutSearch": {Reason: "Without search a snapshot is all that stays.", Spec: `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`, Resource: composed.VPC, Want: map[string]any{tiertest.Stays: false}},
		"ServiceRole":          {Reason: "The account's role is found where it is, made where it is not, and never deleted.", Spec: gone, Resource: composed.SearchServiceRole, Want: map[string]any{"awsServiceName": "opensearchservice.amazonaws.com", tiertest.Stays: true}},
		"LogGroup":             {Reason: "Logs are encrypted by the stack's key.", Spec: small, Resource: composed.SearchLogGroup("audit"), Want: map[string]any{"kmsKeyIdRef.name": "shop-logs-key", tiertest.Stays: true}},
		"FromApp": {
			Reason: "Nobody else reaches it.", Spec: small, Resource: composed.SearchFromApp,
			Want: map[string]any{"securityGroupIdRef.name": "shop-search-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(443), "toPort": float64(443)},
		},
		"NetworkACL":              {Reason: "Its subnets let it be called.", Spec: small, Resource: composed.DatabaseNetworkACLRule("ingress-search"), Want: map[string]any{"fromPort": float64(443), "ruleNumber": float64(443), "egress": false}},
		"NetworkACLWithoutSearch": {Reason: "But not for nothing.", Spec: none, Resource: composed.DatabaseNetworkACLRule("ingress-search"), Missing: true},
		"PolicyWaits":             {Reason: "There is no domain to have it.", Spec: small, Observed: stands(nil), Resource: composed.SearchPolicy, Waits: true},
	})
}

func TestPolicies(t *testing.T) {
	s := tiertest.Composed(t, small, stands(map[string]string{composed.SearchDomain: `{"status":{"atProvider":{"endpoint":"vpc-shop.example"}}}`}), tiertest.Platform())
	name := s.Settings.Search.Domain
	calls := []any{"es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"}
	arn := "arn:aws:es:eu-west-1:123456789012:domain/" + name
	cases := map[string]struct {
		reason, resource, path string
		want                   map[string]map[string]any
	}{
		"Domain": {
			reason: "The app role calls it, and nobody else.", resource: composed.SearchPolicy, path: "accessPolicies",
			want: map[string]map[string]any{"CallByApp": {
				"Sid": "CallByApp", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:role/secure-ecommerce/app"}, "Action": calls, "Resource": arn + "/*",
			}},
		},
		"AppRole": {
			reason: "The app role may sign calls to this domain.", resource: composed.AppRoleSearch, path: "policy",
			want: map[string]map[string]any{"CallSearch": {"Sid": "CallSearch", "Effect": "Allow", "Action": calls, "Resource": arn + "/*"}},
		},
		"Logs": {
			reason: "This domain writes to its own log groups only.", resource: composed.SearchLogPolicy, path: "policyDocument",
			want: map[string]map[string]any{"WriteSearchLogs": {
				"Sid": "WriteSearchLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "es.amazonaws.com"}, "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"},
				"Resource": []any{
					"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/OpenSearchService/domains/" + name + "/application:*",
					"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/OpenSearchService/domains/" + name + "/audit:*",
					"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/OpenSearchService/domains/" + name + "/index-slow:*",
					"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/OpenSearchService/domains/" + name + "/search-slow:*",
				},
				"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"}, "ArnLike": map[string]any{"aws:SourceArn": arn}},
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resource], tc.path)); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.resource, diff)
			}
		})
	}
}

func TestReport(t *testing.T) {
	cases := map[string]struct {
		reason, spec string
		observed     map[string]string
		want         v1alpha1.SearchStatus
	}{
		"None": {reason: "Nothing to reach.", spec: none},
		"Yet":  {reason: "Nothing to reach yet.", spec: small},
		"Stands": {
			reason: "How to reach it.", spec: small,
			observed: map[string]string{composed.SearchDomain: `{"spec":{"forProvider":{"domainName":"shop-1"}},"status":{"atProvider":{"arn":"arn:domain","endpoint":"vpc-shop.example","dashboardEndpoint":"vpc-shop.example/_dashboards","engineVersion":"OpenSearch_2.19"}}}`},
			want: v1alpha1.SearchStatus{
				Domain: "shop-1", ARN: "arn:domain", Endpoint: "vpc-shop.example", Port: 443, DashboardsURL: "https://vpc-shop.example/_dashboards", Version: "2.19",
				InstanceType: "t3.small.search", Instances: 2, Zones: 2, StorageGiB: 10,
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tiertest.Composed(t, tc.spec, tc.observed, tiertest.Platform()).Status.Search
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nstatus.search: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
