package cache_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	key        = "arn:aws:kms:eu-west-1:123456789012:key/data"
	whole      = `{"region":"eu-west-1","cache":{}}`
	serverless = `{"region":"eu-west-1","cache":{"serverless":{"maxStorageGiB":5}}}`
	memcached  = `{"region":"eu-west-1","cache":{"engine":"memcached"}}`
)

// standing returns the resources that a cache waits for, and others.
func standing(more map[string]string) map[string]string {
	out := map[string]string{
		composed.DataKey:                        `{"status":{"atProvider":{"arn":"` + key + `"}}}`,
		composed.CacheParameterGroup("valkey8"): tiertest.IsReady,
		composed.CacheLogGroup("slow-log"):      tiertest.IsReady,
		composed.CacheLogGroup("engine-log"):    tiertest.IsReady,
		composed.CacheUserGroup:                 tiertest.IsReady,
		composed.CacheSubnetGroup:               tiertest.IsReady,
	}
	maps.Copy(out, more)
	return out
}

func TestNodes(t *testing.T) {
	const failover = `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.1","replicasPerNodeGroup":1}},"status":{"atProvider":{"arn":"arn:cache","automaticFailoverEnabled":true}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneUnlessAsked": {Reason: "A cache costs by the hour.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Cache, Missing: true},
		"WaitsForTheKey":  {Reason: "The key can never change, and a reference would say its ID.", Spec: whole, Resource: composed.Cache, Waits: true},
		"Whole": {
			Reason: "A bare cache is encrypted both ways, wants a password, has a replica and backups (CCH-01 to CCH-05, CCH-07).", Spec: whole, Observed: standing(nil), Resource: composed.Cache,
			Want: map[string]any{
				"engine": "valkey", "engineVersion": "8.1", "autoMinorVersionUpgrade": "true", "nodeType": "cache.t4g.micro", "numNodeGroups": float64(1), "replicasPerNodeGroup": float64(1),
				"numCacheClusters": tiertest.Absent{}, "automaticFailoverEnabled": true, "multiAzEnabled": true, "port": float64(6380), "parameterGroupName": tiertest.Prefix + "-valkey8",
				"subnetGroupNameRef.name": "shop-cache-subnet-group", "securityGroupIdRefs[0].name": "shop-cache-security-group",
				"atRestEncryptionEnabled": "true", "kmsKeyId": key, "transitEncryptionEnabled": true, "transitEncryptionMode": "required",
				"authTokenSecretRef.name": "shop-cache-password", "authTokenSecretRef.key": "password", "autoGenerateAuthToken": true, "authTokenUpdateStrategy": tiertest.Absent{}, "userGroupIds": tiertest.Absent{},
				"snapshotRetentionLimit": float64(7), "snapshotWindow": "03:00-04:00", "maintenanceWindow": "sun:05:00-sun:06:00", "applyImmediately": true,
				"finalSnapshotIdentifier": tiertest.Prefix + "-cache-final", tiertest.Stays: true,
				"logDeliveryConfiguration[0].logType": "engine-log", "logDeliveryConfiguration[1].destination": "/aws/vendedlogs/elasticache/" + tiertest.Prefix + "/slow-log",
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-cache",
			},
		},
		"PasswordIsMadeOnce": {
			Reason: "Another one would not be the cache's; a Secret that goes with its namespace could not be made again.", Spec: whole,
			Observed: standing(map[string]string{composed.Cache: failover}), Resource: composed.Cache,
			Want: map[string]any{"autoGenerateAuthToken": tiertest.Absent{}, "authTokenSecretRef.name": "shop-cache-password"},
		},
		"FailoverGoesFirst": {
			Reason: "The provider would take the replica away first, which AWS refuses.", Spec: `{"region":"eu-west-1","cache":{"multiAZ":false}}`,
			Observed: standing(map[string]string{composed.Cache: failover}), Resource: composed.Cache,
			Want: map[string]any{"automaticFailoverEnabled": false, "multiAzEnabled": false, "replicasPerNodeGroup": float64(1)},
		},
		"ThenTheReplica": {
			Reason: "Once failover is off.", Spec: `{"region":"eu-west-1","cache":{"multiAZ":false}}`,
			Observed: standing(map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","replicasPerNodeGroup":1}},"status":{"atProvider":{"automaticFailoverEnabled":false}}}`}), Resource: composed.Cache,
			Want: map[string]any{"replicasPerNodeGroup": float64(0)},
		},
		"Goes": {
			Reason: "Nothing of it stays under Delete.", Spec: `{"region":"eu-west-1","deletionPolicy":"Delete","cache":{}}`, Observed: standing(nil), Resource: composed.Cache,
			Want: map[string]any{"finalSnapshotIdentifier": tiertest.Absent{}, tiertest.Stays: false},
		},
		"LeavesASnapshot": {
			Reason: "Snapshot takes a final one.", Spec: `{"region":"eu-west-1","deletionPolicy":"Snapshot","cache":{}}`, Observed: standing(nil), Resource: composed.Cache,
			Want: map[string]any{"finalSnapshotIdentifier": tiertest.Prefix + "-cache-final", tiertest.Stays: false},
		},
		"GroupStays": {
			Reason: "What the cache stands on stays with it.", Spec: whole, Resource: composed.CacheSubnetGroup,
			Want: map[string]any{"subnetIdRefs[0].name": "shop-database-subnet-1", tiertest.Stays: true},
		},
		"Parameters": {
			Reason: "Those of the claim, sorted.", Spec: `{"region":"eu-west-1","cache":{"parameters":{"timeout":"300","maxmemory-policy":"noeviction"}}}`, Resource: composed.CacheParameterGroup("valkey8"),
			Want: map[string]any{"family": "valkey8", "name": tiertest.Prefix + "-valkey8", "parameter[0].name": "maxmemory-policy", "parameter[0].value": "noeviction", "parameter[1].name": "timeout"},
		},
		"FormerParameters": {
			Reason: "AWS deletes none that a cache still has.", Spec: whole, Resource: composed.CacheParameterGroup("redis7"),
			Observed: standing(map[string]string{
				composed.CacheParameterGroup("redis7"): `{"spec":{"forProvider":{"name":"` + tiertest.Prefix + `-redis7"}}}`,
				composed.Cache:                         `{"spec":{"forProvider":{"engine":"redis"}},"status":{"atProvider":{"parameterGroupName":"` + tiertest.Prefix + `-redis7"}}}`,
			}),
		},
		"FormerParametersUnknown": {
			Reason: "The cache may have them: it is not observed.", Spec: whole, Resource: composed.CacheParameterGroup("redis7"),
			Observed: tiertest.Without(standing(map[string]string{
				composed.CacheParameterGroup("redis7"): `{"spec":{"forProvider":{"name":"` + tiertest.Prefix + `-redis7"}}}`,
			}), composed.Cache),
		},
		"FormerParametersGo": {
			Reason: "Nobody has them.", Spec: whole, Resource: composed.CacheParameterGroup("redis7"), Missing: true,
			Observed: standing(map[string]string{
				composed.CacheParameterGroup("redis7"): `{"spec":{"forProvider":{"name":"` + tiertest.Prefix + `-redis7"}}}`,
				composed.Cache:                         `{"spec":{"forProvider":{"engine":"valkey"}},"status":{"atProvider":{"parameterGroupName":"` + tiertest.Prefix + `-valkey8"}}}`,
			}),
		},
		"Memcached": {
			Reason: "Nodes in several zones, over TLS.", Spec: memcached, Observed: standing(nil), Resource: composed.CacheCluster,
			Want: map[string]any{
				"engine": "memcached", "engineVersion": "1.6.22", "numCacheNodes": float64(2), "azMode": "cross-az", "port": float64(11212), "transitEncryptionEnabled": true,
				"parameterGroupNameRef.name": "shop-cache-parameter-group-memcached1-6", tiertest.Stays: true,
			},
		},
		"NoLogsOfMemcached": {Reason: "It writes none.", Spec: memcached, Resource: composed.CacheLogGroup("slow-log"), Missing: true},
		"OnlyTheApplication": {
			Reason: "Nobody else reaches the cache.", Spec: whole, Resource: composed.CacheFromApp,
			Want: map[string]any{"referencedSecurityGroupIdRef.name": "shop-app-security-group", "securityGroupIdRef.name": "shop-cache-security-group", "fromPort": float64(6380), "toPort": float64(6380)},
		},
	})
}

func TestServerless(t *testing.T) {
	// seen is a cache whose settings differ from the claim's.
	const seen = `{"spec":{"forProvider":{"engine":"valkey"}},"status":{"atProvider":{"arn":"arn:cache","engine":"valkey","majorEngineVersion":"8","snapshotRetentionLimit":3,"dailySnapshotTime":"01:00",
		"cacheUsageLimits":[{"dataStorage":[{"maximum":9}]}]}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoNodes": {Reason: "There are no nodes.", Spec: serverless, Resource: composed.Cache, Missing: true},
		"Whole": {
			Reason: "It has the stack's key, users, backups and limits (CCH-08).", Spec: serverless, Observed: standing(nil), Resource: composed.CacheServerless,
			Want: map[string]any{
				"engine": "valkey", "majorEngineVersion": "8", "kmsKeyId": key, "userGroupId": tiertest.Prefix + "-cache", "snapshotRetentionLimit": float64(7), "dailySnapshotTime": "03:00",
				"cacheUsageLimits[0].dataStorage[0].maximum": float64(5), "cacheUsageLimits[0].dataStorage[0].unit": "GB", "cacheUsageLimits[0].ecpuPerSecond": tiertest.Absent{},
				"subnetIdRefs[1].name": "shop-database-subnet-2", "subnetIdRefs[2]": tiertest.Absent{}, "securityGroupIdRefs[0].name": "shop-cache-security-group", tiertest.Stays: true,
			},
		},
		"SubnetsStay": {
			Reason: "It can never change its subnets, so a third zone leaves them alone.", Spec: `{"region":"eu-west-1","network":{"availabilityZones":3},"cache":{"serverless":{}}}`, Observed: standing(nil),
			Resource: composed.CacheServerless, Want: map[string]any{"subnetIdRefs[2]": tiertest.Absent{}, "cacheUsageLimits": tiertest.Absent{}},
		},
		"ExistingSubnetsStay": {
			Reason:   "Nor in a network that exists.",
			Spec:     `{"region":"eu-west-1","network":{"existing":{"vpcId":"vpc-0123456789abcdef0","databaseSubnetIds":["subnet-0123456789abcdef0","subnet-0123456789abcdef1","subnet-0123456789abcdef2"],"privateSubnetIds":["subnet-0123456789abcdef3","subnet-0123456789abcdef4"]}},"cache":{"serverless":{}}}`,
			Observed: standing(map[string]string{composed.CacheServerless: `{"spec":{"forProvider":{"subnetIds":["subnet-0123456789abcdef1","subnet-0123456789abcdef2"]}}}`}),
			Resource: composed.CacheServerless, Want: map[string]any{"subnetIds": []any{"subnet-0123456789abcdef1", "subnet-0123456789abcdef2"}},
		},
		"OneChangeAtATime": {
			Reason: "AWS changes one field in a request (terraform-provider-aws 37499).", Spec: serverless, Observed: standing(map[string]string{composed.CacheServerless: seen}), Resource: composed.CacheServerless,
			Want: map[string]any{"snapshotRetentionLimit": float64(7), "dailySnapshotTime": "01:00", "cacheUsageLimits[0].dataStorage[0].maximum": float64(9)},
		},
		"LimitsLast": {
			Reason: "Both limits are one field.", Spec: `{"region":"eu-west-1","cache":{"serverless":{"maxStorageGiB":5,"maxECPUPerSecond":5000},"backupRetentionDays":3,"backupWindow":"01:00-02:00"}}`,
			Observed: standing(map[string]string{composed.CacheServerless: seen}), Resource: composed.CacheServerless,
			Want: map[string]any{"cacheUsageLimits[0].dataStorage[0].maximum": float64(5), "cacheUsageLimits[0].ecpuPerSecond[0].maximum": float64(5000)},
		},
		"EngineFirst": {
			Reason: "Version and engine are one upgrade.", Spec: `{"region":"eu-west-1","cache":{"serverless":{}}}`, Resource: composed.CacheServerless,
			Observed: standing(map[string]string{composed.CacheServerless: `{"spec":{"forProvider":{"engine":"redis"}},"status":{"atProvider":{"arn":"arn:cache","engine":"redis","majorEngineVersion":"7","snapshotRetentionLimit":3,"dailySnapshotTime":"03:00"}}}`}),
			Want:     map[string]any{"engine": "valkey", "majorEngineVersion": "8", "snapshotRetentionLimit": float64(3)},
		},
		"NoBackupsOfMemcached": {
			Reason: "The provider knows none of memcached.", Spec: `{"region":"eu-west-1","cache":{"engine":"memcached","serverless":{}}}`, Observed: standing(nil), Resource: composed.CacheServerless,
			Want: map[string]any{"engine": "memcached", "majorEngineVersion": "1.6", "snapshotRetentionLimit": tiertest.Absent{}, "dailySnapshotTime": tiertest.Absent{}, "userGroupId": tiertest.Absent{}},
		},
		"Reads": {
			Reason: "AWS has a port of its own for reads.", Spec: serverless, Resource: composed.CacheReadsFromApp, Want: map[string]any{"fromPort": float64(6380)},
		},
	})
}

func TestAccess(t *testing.T) {
	const users = `{"region":"eu-west-1","cache":{"engine":"redis","authentication":"IAM"}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"User": {
			Reason: "AWS wants the user's name to be its ID.", Spec: users, Resource: composed.CacheUser,
			Want: map[string]any{"userName": tiertest.Prefix + "-app", "engine": "redis", "authenticationMode.type": "iam", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-app"},
		},
		"DefaultUser": {
			Reason: "A group of redis must have one, whom nobody can be (terraform-provider-aws 25593).", Spec: users, Resource: composed.CacheDefaultUser,
			Want: map[string]any{"userName": "default", "accessString": "off -@all", "noPasswordRequired": true, "authenticationMode": tiertest.Absent{}},
		},
		"NoDefaultUser": {Reason: "A group of valkey needs none.", Spec: `{"region":"eu-west-1","cache":{"authentication":"IAM"}}`, Resource: composed.CacheDefaultUser, Missing: true},
		"Group": {
			Reason: "All users are in it.", Spec: users, Resource: composed.CacheUserGroup,
			Want: map[string]any{"engine": "redis", "userIdRefs[0].name": "shop-cache-user", "userIdRefs[1].name": "shop-cache-default-user"},
		},
		"NoSecret": {Reason: "There is no password.", Spec: users, Resource: composed.CacheSecret, Missing: true},
		"Secret": {
			Reason: "The stack's key encrypts it.", Spec: whole, Resource: composed.CacheSecret,
			Want: map[string]any{"name": tiertest.Prefix + "/cache", "kmsKeyIdRef.name": "shop-secrets-key", tiertest.Stays: true},
		},
		"ValueWaitsForTheCache": {Reason: "The provider generates the password with the cache.", Spec: whole, Resource: composed.CacheSecretValue, Waits: true},
		"Value": {
			Reason: "From one Secret to the other, without a value in any resource.", Spec: whole, Observed: map[string]string{composed.Cache: tiertest.IsReady}, Resource: composed.CacheSecretValue,
			Want: map[string]any{"secretIdRef.name": "shop-cache-secret", "secretStringSecretRef.name": "shop-cache-password", "secretStringSecretRef.key": "password", "versionStages": []any{"AWSCURRENT"}},
		},
	})
}

func TestSecretPolicy(t *testing.T) {
	const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cache"
	s := tiertest.Composed(t, whole, map[string]string{composed.CacheSecret: `{"status":{"atProvider":{"arn":"` + arn + `"}}}`}, tiertest.Platform())
	want := map[string]map[string]any{"ReadByApp": {
		"Sid": "ReadByApp", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"}, "Resource": arn,
		"Action": []any{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"},
		"Condition": map[string]any{
			"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-app"}, "Bool": map[string]any{"aws:SecureTransport": "true"},
		},
	}}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.CacheSecretPolicy], "policy")); diff != "" {
		t.Errorf("\nOnly the app role reads the password.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestStatus(t *testing.T) {
	cases := map[string]struct {
		reason, spec string
		observed     map[string]string
		want         v1alpha1.CacheStatus
	}{
		"None":     {reason: "There is no cache.", spec: `{"region":"eu-west-1"}`},
		"NotThere": {reason: "A cache that does not exist has no port.", spec: whole},
		"Nodes": {
			reason: "An app needs the address and where the password is, never the password.", spec: whole,
			observed: map[string]string{
				composed.Cache:       `{"status":{"atProvider":{"arn":"arn:cache","primaryEndpointAddress":"master.example","readerEndpointAddress":"replica.example","engineVersionActual":"8.1.0"}}}`,
				composed.CacheSecret: `{"status":{"atProvider":{"arn":"arn:secret"}}}`,
			},
			want: v1alpha1.CacheStatus{
				Name: tiertest.Prefix + "-cache", ARN: "arn:cache", Endpoint: "master.example", Port: 6380, ReadEndpoint: "replica.example", ReadPort: 6380, EngineVersion: "8.1.0", NodeType: "cache.t4g.micro",
				SecretARN: "arn:secret",
			},
		},
		"Serverless": {
			reason: "And who to be.", spec: serverless,
			observed: map[string]string{composed.CacheServerless: `{"status":{"atProvider":{"arn":"arn:cache","endpoint":[{"address":"one.example"}],"readerEndpoint":[{"address":"two.example"}],"fullEngineVersion":"8.1"}}}`},
			want: v1alpha1.CacheStatus{
				Name: tiertest.Prefix + "-cache", ARN: "arn:cache", Endpoint: "one.example", Port: 6379, ReadEndpoint: "two.example", ReadPort: 6380, EngineVersion: "8.1", Username: tiertest.Prefix + "-app",
			},
		},
		"Memcached": {
			reason: "One name leads to all nodes.", spec: memcached, observed: map[string]string{composed.CacheCluster: `{"status":{"atProvider":{"clusterAddress":"cfg.example"}}}`},
			want: v1alpha1.CacheStatus{Name: tiertest.Prefix + "-cache", Endpoint: "cfg.example", Port: 11212, NodeType: "cache.t4g.micro"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, tc.observed, tiertest.Platform()).Status.Cache); diff != "" {
				t.Errorf("\n%s\ncache: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
