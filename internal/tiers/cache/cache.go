package cache

import (
	"maps"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/elasticache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeCache adds the cache in the isolated subnets, and its authentication.
func composeCache(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeNetwork(s, set)
	composeUsers(s, observed, set)
	composePassword(s, observed, set)
	if s.Cache.Serverless != nil {
		composeServerless(s, observed, set)
		return
	}
	subnets := kit.InDatabaseSubnets(s, set)
	set.Add(composed.CacheSubnetGroup, &elasticache.SubnetGroup{Spec: elasticache.SubnetGroupSpec{ForProvider: elasticache.SubnetGroupParameters{
		Description: new("Isolated subnets of " + s.Stack),
		SubnetIds:   subnets.IDs, SubnetIDRefs: subnets.Refs,
	}}}, desired.Named(s.Stack+"-cache"), desired.Keep(s.Keep.Cache))
	composeParameters(s, observed, set)
	if s.Cache.Memcached() {
		composeCluster(s, observed, set)
	} else {
		composeReplicationGroup(s, observed, set)
	}
}

// composeNetwork admits only the application to the cache. The group is kept with
// the cache.
func composeNetwork(s *settings.Settings, set *desired.Set) {
	set.Add(composed.CacheSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-cache", "Cache: reached from the application tier only"), desired.Keep(s.Keep.Cache))
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.CacheSecurityGroup, Port: s.Cache.Port,
		Ingress: composed.CacheFromApp, IngressDescription: "Cache from the application tier",
		Egress: composed.AppToCache, EgressDescription: "Cache in isolated subnets",
	})
	if ports := s.Cache.Ports(); len(ports) > 1 {
		kit.OpenPort(set, kit.Opening{
			From: composed.AppSecurityGroup, To: composed.CacheSecurityGroup, Port: ports[1],
			Ingress: composed.CacheReadsFromApp, IngressDescription: "Reads of the cache from the application tier",
			Egress: composed.AppToCacheReads, EgressDescription: "Reads of the cache in isolated subnets",
		})
	}
}

// groupName returns the AWS name of a family's parameter group.
func groupName(s *settings.Settings) string {
	return s.Stack + "-" + strings.ReplaceAll(s.Cache.Family, ".", "-")
}

// composeParameters adds the parameter group for the family of the cache's version.
// Another family needs another group. A group that the cache may still use is kept,
// because AWS does not delete a group in use.
func composeParameters(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	p := elasticache.ParameterGroupParameters{Name: new(groupName(s)), Family: new(s.Cache.Family), Description: new("Cache of " + s.Stack)}
	for _, name := range slices.Sorted(maps.Keys(s.Cache.Parameters)) {
		p.Parameter = append(p.Parameter, elasticache.ParameterParameters{Name: new(name), Value: new(s.Cache.Parameters[name])})
	}
	current := composed.CacheParameterGroup(s.Cache.Family)
	set.Add(current, &elasticache.ParameterGroup{Spec: elasticache.ParameterGroupSpec{ForProvider: p}}, desired.Keep(s.Keep.Cache))
	has := observed.String(s.Cache.Resource, "status.atProvider.parameterGroupName")
	kit.HoldOthers(observed, set, current, composed.IsCacheParameterGroup, func(r string) bool {
		return has == "" || has == observed.String(r, "spec.forProvider.name")
	})
}

// composeReplicationGroup adds nodes of Valkey or Redis: a primary, and a replica
// in another zone that takes over. The key is immutable, and its reference would
// resolve to an ID, which AWS returns as an ARN, so the group waits for the ARN.
// Changes are applied immediately: for changes in the maintenance window, the
// provider would send a request every minute.
func composeReplicationGroup(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	c, key := s.Cache, observed.ARN(composed.DataKey)
	parameters := composed.CacheParameterGroup(c.Family)
	needs := []facts.Fact{key, observed.Ready(parameters)}
	p := elasticache.ReplicationGroupParameters{
		Description:             new("Cache of " + s.Stack),
		Engine:                  new(string(c.Engine)),
		EngineVersion:           new(c.Version),
		AutoMinorVersionUpgrade: new("true"),
		NodeType:                new(c.NodeType),
		NumNodeGroups:           new(float64(1)),
		ReplicasPerNodeGroup:    new(float64(replicas(s, observed))),
		// AWS rejects failover for a single node.
		AutomaticFailoverEnabled: new(c.MultiAZ),
		MultiAzEnabled:           new(c.MultiAZ),
		Port:                     new(float64(c.Port)),
		ParameterGroupName:       new(groupName(s)),
		SubnetGroupNameRef:       set.Ref(composed.CacheSubnetGroup),
		SecurityGroupIDRefs:      set.LiveRefs(composed.CacheSecurityGroup),

		AtRestEncryptionEnabled:  new("true"),
		KMSKeyID:                 new(key.Value),
		TransitEncryptionEnabled: new(true),
		TransitEncryptionMode:    new("required"),

		SnapshotRetentionLimit: new(float64(c.BackupDays)),
		SnapshotWindow:         new(c.BackupWindow),
		MaintenanceWindow:      new(c.MaintenanceWindow),
		ApplyImmediately:       new(true),
	}
	if s.Keep.FinalSnapshot {
		p.FinalSnapshotIdentifier = new(c.Name + "-final")
	}
	before := []string{composed.DataKey}
	for _, log := range kit.CacheLogs() {
		group := composed.CacheLogGroup(log)
		kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: group, Name: kit.CacheLogGroup(s, log), Region: s.Region, Key: composed.LogsKey, Keep: s.Keep.Cache})
		p.LogDeliveryConfiguration = append(p.LogDeliveryConfiguration, elasticache.ReplicationGroupLogDeliveryConfigurationParameters{
			DestinationType: new("cloudwatch-logs"), Destination: new(kit.CacheLogGroup(s, log)), LogFormat: new("json"), LogType: new(log),
		})
		needs, before = append(needs, observed.Ready(group)), append(before, group)
	}
	if c.HasUsers() {
		p.UserGroupIds = kit.Pointers([]string{userGroupID(s)})
		needs, before = append(needs, observed.Ready(composed.CacheUserGroup)), append(before, composed.CacheUserGroup)
	} else {
		p.AuthTokenSecretRef = passwordKey(s)
		// An existing cache keeps its password. A deleted Secret, such as with its
		// namespace, must not be created again: this would fail permanently.
		if !observed.ARN(composed.Cache).Known() {
			p.AutoGenerateAuthToken = new(true)
		}
	}
	set.Add(composed.Cache, &elasticache.ReplicationGroup{Spec: elasticache.ReplicationGroupSpec{ForProvider: p}},
		desired.Named(c.Name), desired.Needs(needs...), desired.Keep(s.Keep.Cache), desired.Before(before...))
}

// replicas returns the number of replicas. The provider removes replicas before it
// disables failover, which AWS rejects. The last one is therefore removed after
// failover is disabled.
func replicas(s *settings.Settings, observed facts.Observed) int {
	if !s.Cache.MultiAZ && observed.True(composed.Cache, "status.atProvider.automaticFailoverEnabled") {
		return int(observed.Number(composed.Cache, "spec.forProvider.replicasPerNodeGroup"))
	}
	return s.Cache.Replicas()
}

// composeCluster adds nodes of memcached, each with a part of the data.
func composeCluster(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	c := s.Cache
	zones := "single-az"
	if c.MultiAZ {
		zones = "cross-az"
	}
	set.Add(composed.CacheCluster, &elasticache.Cluster{Spec: elasticache.ClusterSpec{ForProvider: elasticache.ClusterParameters{
		Engine:                   new(string(c.Engine)),
		EngineVersion:            new(c.Version),
		AutoMinorVersionUpgrade:  new("true"),
		NodeType:                 new(c.NodeType),
		NumCacheNodes:            new(float64(c.Nodes())),
		AzMode:                   new(zones),
		Port:                     new(float64(c.Port)),
		ParameterGroupNameRef:    set.LiveRef(composed.CacheParameterGroup(c.Family)),
		SubnetGroupNameRef:       set.Ref(composed.CacheSubnetGroup),
		SecurityGroupIDRefs:      set.LiveRefs(composed.CacheSecurityGroup),
		TransitEncryptionEnabled: new(true),
		MaintenanceWindow:        new(c.MaintenanceWindow),
		ApplyImmediately:         new(true),
	}}}, desired.Named(c.Name), desired.Needs(observed.Ready(composed.CacheSubnetGroup)), desired.Keep(s.Keep.Cache))
}

// reportCache reports the cache's endpoints.
func reportCache(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	c := s.Cache
	if c == nil || !observed.Has(c.Resource) {
		return
	}
	status.Cache = v1alpha1.CacheStatus{
		Name:          c.Name,
		ARN:           observed.ARN(c.Resource).Value,
		Endpoint:      kit.CacheAddress(s, observed).Value,
		Port:          int32(c.Port), //nolint:gosec // A TCP port.
		EngineVersion: observed.String(c.Resource, "status.atProvider.engineVersionActual"),
		NodeType:      c.NodeType,
	}
	if c.Serverless != nil {
		status.Cache.EngineVersion = observed.String(c.Resource, "status.atProvider.fullEngineVersion")
	}
	if c.Reads() {
		status.Cache.ReadEndpoint = kit.CacheReads(s, observed).Value
		status.Cache.ReadPort = int32(c.ReadPort) //nolint:gosec // As above.
	}
	if c.HasUsers() {
		status.Cache.Username = c.User
	}
	if c.HasPassword() {
		status.Cache.SecretARN = kit.CacheSecret(observed).Value
	}
}
