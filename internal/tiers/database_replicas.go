package tiers

import (
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeReplicas adds copies of the database that serve reads, and lets the app
// in. They hold nothing that the database does not, so none ever stays and none
// is protected: the claim can drop one, and a stack that keeps its database is
// deleted without waiting for its replicas.
func composeReplicas(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, r := range s.Database.Replicas {
		composeReadReplica(s, observed, set, r)
		composeInstanceLogs(s, set, r.Identifier, func(log string) string { return role.DatabaseReplicaLogGroup(r.Number, log) }, false)
		id := databaseResourceID(observed, r.Role)
		addRolePolicy(set, role.AppRoleDatabaseReplica(r.Number), role.AppRole, r.Role, []policy.Statement{signIn(s, id)}, s.Account, id)
	}
}

// composeReadReplica adds a replica. What it does not say it has from the database,
// and RDS refuses to be told: subnets, key, user, password and name (Amazon RDS
// API Reference, "CreateDBInstanceReadReplica"). It waits for the database to be
// there, since RDS refuses to copy what is not.
func composeReadReplica(s *settings.Settings, observed facts.Observed, set *desired.Set, r settings.Replica) {
	key := observed.ARN(role.DataKey)
	d := s.Database
	set.Add(r.Role, &rds.Instance{Spec: rds.InstanceSpec{ForProvider: rds.InstanceParameters{
		Identifier:               new(r.Identifier),
		ReplicateSourceDBRef:     set.Ref(role.Database),
		Engine:                   new("postgres"),
		EngineVersion:            new(r.Version),
		AutoMinorVersionUpgrade:  new(d.MinorUpgrades),
		AllowMajorVersionUpgrade: new(false),
		InstanceClass:            new(d.InstanceClass),
		Port:                     new(float64(d.Port)),
		MultiAz:                  new(false),

		AllocatedStorage:    new(float64(d.StorageGiB)),
		MaxAllocatedStorage: new(float64(d.MaxStorageGiB)),
		StorageType:         new(d.StorageType),
		Iops:                nonzero(float64(d.Performance.IOPS)),
		StorageThroughput:   nonzero(float64(d.Performance.Throughput)),
		StorageEncrypted:    new(true),

		VPCSecurityGroupIDRefs: set.LiveRefs(role.DatabaseSecurityGroup),
		PubliclyAccessible:     new(false),
		ParameterGroupNameRef:  set.LiveRef(r.Group.Role),
		CACertIdentifier:       new("rds-ca-rsa2048-g1"),

		IAMDatabaseAuthenticationEnabled: new(true),

		BackupRetentionPeriod:  new(float64(0)),
		MaintenanceWindow:      new(d.MaintenanceWindow),
		ApplyImmediately:       new(false),
		CopyTagsToSnapshot:     new(true),
		DeletionProtection:     new(false),
		DeleteAutomatedBackups: new(true),
		SkipFinalSnapshot:      new(true),

		EnabledCloudwatchLogsExports:       []*string{new("postgresql"), new("upgrade")},
		MonitoringInterval:                 new(float64(60)),
		MonitoringRoleArnRef:               set.Ref(role.MonitoringRole),
		PerformanceInsightsEnabled:         new(true),
		PerformanceInsightsRetentionPeriod: new(float64(7)),
		PerformanceInsightsKMSKeyID:        new(key.Value),
	}}}, desired.Needs(key, databaseAddress(observed)))
}

// readEndpoints is the host names of all replicas, each a fact.
func readEndpoints(s *settings.Settings, observed facts.Observed) []facts.Fact {
	var out []facts.Fact
	for _, r := range s.Database.Replicas {
		out = append(out, observed.Fact(r.Role, "status.atProvider.address"))
	}
	return out
}

// reportReplicas says where reads are served already.
func reportReplicas(s *settings.Settings, observed facts.Observed) []string {
	var out []string
	for _, f := range readEndpoints(s, observed) {
		if f.Known() {
			out = append(out, f.Value)
		}
	}
	return out
}
