package kinds

import elasticache "github.com/upbound/provider-aws/v2/apis/namespaced/elasticache/v1beta1"

// inCache lists the kinds that use subnet groups and security groups, which cannot
// be deleted before them.
var inCache = []User{{Kind: "elasticache/Cluster"}, {Kind: "elasticache/ReplicationGroup"}}

var elasticacheService = Service{Name: "elasticache", AddToScheme: elasticache.AddToScheme, Kinds: map[string]Kind{
	"Cluster": {
		ARN: "elasticache:${region}:${account}:cluster:${id}",
		Shows: Fields{
			"clusterAddress":        "${id}.${lower:6}.cfg.${region}.cache.${dnsSuffix}",
			"configurationEndpoint": "${id}.${lower:6}.cfg.${region}.cache.${dnsSuffix}:${port}",
			"engineVersionActual":   "${engineVersion}",
		},
		Immutable: []string{
			"availabilityZone", "engine", "networkType", "nodeType", "outpostMode", "port", "preferredOutpostArn", "replicationGroupId", "snapshotArns", "snapshotName",
			"subnetGroupName", "transitEncryptionEnabled",
		},
		Data:   "its data in memory",
		Cost:   Priced,
		Usage:  "CPU credits",
		Call:   Call{Operation: "elasticache CreateCacheCluster", ExternalName: "CacheClusterId", Members: cacheMembers},
		Called: Called{Class: "cache node"},
		FilledIn: map[string]Decision{
			"applyImmediately":         "composed: always.",
			"availabilityZone":         "dropped: Multiple where there are two, and another one would replace the cluster.",
			"azMode":                   "composed: by Multi-AZ.",
			"engine":                   "composed: always.",
			"engineVersion":            "composed: always.",
			"ipDiscovery":              "harmless: ipv4.",
			"maintenanceWindow":        "composed: always.",
			"networkType":              "harmless: ipv4, which cannot change.",
			"nodeType":                 "composed: always.",
			"numCacheNodes":            "composed: always.",
			"parameterGroupName":       "composed: by reference.",
			"port":                     "composed: always.",
			"preferredOutpostArn":      "harmless: of Outposts.",
			"replicationGroupId":       "harmless: empty of memcached.",
			"securityGroupIds":         "composed: by reference.",
			"snapshotWindow":           "dropped: of valkey and redis; AWS refuses it for memcached.",
			"subnetGroupName":          "composed: by reference.",
			"transitEncryptionEnabled": "composed: always.",
		},
	},
	"ParameterGroup": {
		ExternalName: "${name}", ARN: "elasticache:${region}:${account}:parametergroup:${name}",
		Immutable: []string{"description", "family", "name"},
		InUse: InUse{Code: "InvalidCacheParameterGroupState", By: []User{
			{Kind: "elasticache/Cluster", Field: "parameterGroupName"}, {Kind: "elasticache/ReplicationGroup", Field: "parameterGroupName"},
		}},
		Cost:   Free,
		Call:   Call{Operation: "elasticache CreateCacheParameterGroup", Members: map[string]string{"family": "CacheParameterGroupFamily", "name": "CacheParameterGroupName", "parameter": ""}},
		Called: Called{Class: "other", At: "name"},
	},
	"ReplicationGroup": {
		ARN: "elasticache:${region}:${account}:replicationgroup:${id}",
		Shows: Fields{
			"clusterEnabled":         false,
			"engineVersionActual":    "${engineVersion}.0",
			"primaryEndpointAddress": "master.${id}.${lower:6}.${region}.cache.${dnsSuffix}",
			"readerEndpointAddress":  "replica.${id}.${lower:6}.${region}.cache.${dnsSuffix}",
		},
		Immutable: []string{
			"atRestEncryptionEnabled", "dataTieringEnabled", "globalReplicationGroupId", "kmsKeyId", "networkType", "port", "securityGroupNames", "snapshotArns", "snapshotName",
			"subnetGroupName",
		},
		Data:   "its data in memory",
		Cost:   Priced,
		Usage:  "backups beyond the first one, CPU credits",
		Call:   Call{Operation: "elasticache CreateReplicationGroup", ExternalName: "ReplicationGroupId", Members: cacheMembers},
		Called: Called{Class: "other"},
		FilledIn: map[string]Decision{
			"applyImmediately":         "composed: always.",
			"atRestEncryptionEnabled":  "composed: always.",
			"autoMinorVersionUpgrade":  "composed: always.",
			"dataTieringEnabled":       "harmless: false, which cannot change.",
			"engine":                   "composed: always.",
			"engineVersion":            "composed: always; what AWS has raised it to (provider-upjet-aws 1370).",
			"globalReplicationGroupId": "harmless: empty.",
			"ipDiscovery":              "harmless: ipv4.",
			"maintenanceWindow":        "composed: always.",
			"networkType":              "harmless: ipv4, which cannot change.",
			"nodeGroupConfiguration":   "dropped: the zones that AWS chose; a replica that is added would be taken away again.",
			"nodeType":                 "composed: always.",
			"numNodeGroups":            "composed: one.",
			"parameterGroupName":       "composed: always.",
			"replicasPerNodeGroup":     "composed: by Multi-AZ.",
			"securityGroupIds":         "composed: by reference.",
			"securityGroupNames":       "harmless: of EC2-Classic, empty.",
			"snapshotWindow":           "composed: always.",
			"subnetGroupName":          "composed: by reference.",
			"transitEncryptionEnabled": "composed: always.",
			"transitEncryptionMode":    "composed: required.",
		},
	},
	"ServerlessCache": {
		ARN: "elasticache:${region}:${account}:serverlesscache:${id}",
		Shows: Fields{
			"endpoint":          List{Fields{"address": "${id}-${lower:6}.serverless.${region}.cache.${dnsSuffix}", "port": int64(6379)}},
			"readerEndpoint":    List{Fields{"address": "${id}-${lower:6}.serverless.${region}.cache.${dnsSuffix}", "port": int64(6380)}},
			"fullEngineVersion": "${majorEngineVersion}.1",
			"status":            "available",
		},
		Immutable: []string{"kmsKeyId", "snapshotArnsToRestore", "subnetIds"},
		Data:      "its data in memory",
		Cost:      Priced,
		Usage:     "data above the minimum charge, and processing units",
		Call:      Call{Operation: "elasticache CreateServerlessCache", ExternalName: "ServerlessCacheName", Members: map[string]string{"cacheUsageLimits.ecpuPerSecond": "CacheUsageLimits.ECPUPerSecond"}},
		Called:    Called{Class: "serverless cache"},
		FilledIn: map[string]Decision{
			"dailySnapshotTime":      "composed: but of memcached, which has none.",
			"description":            "composed: always.",
			"majorEngineVersion":     "composed: always.",
			"securityGroupIds":       "composed: by reference.",
			"snapshotRetentionLimit": "composed: but of memcached, which has none.",
			"subnetIds":              "composed: always.",
		},
	},
	"SubnetGroup": {
		ARN:       "elasticache:${region}:${account}:subnetgroup:${id}",
		Shows:     Fields{"vpcId": "vpc-${hex:17}"},
		Immutable: []string{},
		InUse:     InUse{Code: "CacheSubnetGroupInUse", By: inCache},
		Cost:      Free,
		Call:      Call{Operation: "elasticache CreateCacheSubnetGroup", ExternalName: "CacheSubnetGroupName", Members: map[string]string{"description": "CacheSubnetGroupDescription"}},
		Called:    Called{Class: "other"},
	},
	"User": {
		ARN:       "elasticache:${region}:${account}:user:${id}",
		Immutable: []string{"userName"},
		InUse:     InUse{Code: "DefaultUserAssociatedToUserGroup", By: []User{{Kind: "elasticache/UserGroup", Field: "userIds"}}},
		Cost:      Free,
		Call:      Call{Operation: "elasticache CreateUser", ExternalName: "UserId"},
		Called:    Called{Class: "other"},
		FilledIn: map[string]Decision{
			"authenticationMode": "harmless: of the user that nobody is: that it needs no password, in a word that the provider does not take; it is named before anything is filled in.",
		},
	},
	"UserGroup": {
		ARN:       "elasticache:${region}:${account}:usergroup:${id}",
		Immutable: []string{},
		InUse: InUse{Code: "InvalidUserGroupState", By: []User{
			{Kind: "elasticache/ReplicationGroup", Field: "userGroupIds"}, {Kind: "elasticache/ServerlessCache", Field: "userGroupId"},
		}},
		Cost:   Free,
		Call:   Call{Operation: "elasticache CreateUserGroup", ExternalName: "UserGroupId"},
		Called: Called{Class: "other"},
	},
}}

// cacheMembers contains API members that differ from the provider's field names.
var cacheMembers = map[string]string{
	"description":              "ReplicationGroupDescription",
	"logDeliveryConfiguration": "LogDeliveryConfigurations",
	"maintenanceWindow":        "PreferredMaintenanceWindow",
	"multiAzEnabled":           "MultiAZEnabled",
	"nodeType":                 "CacheNodeType",
	"parameterGroupName":       "CacheParameterGroupName",
	"subnetGroupName":          "CacheSubnetGroupName",
	"applyImmediately":         "",
	"finalSnapshotIdentifier":  "",
}
