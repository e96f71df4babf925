package database

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/rds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeCluster adds an Aurora cluster, which holds the data, and its instances.
func composeCluster(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, g := range s.Database.Groups {
		composeClusterParameterGroup(s, set, g)
	}
	composeLogs(s, set, kit.ClusterLogGroup)
	composeClusterItself(s, observed, set)
	for _, i := range s.Database.Aurora.Instances {
		composeClusterInstance(s, observed, set, i)
	}
}

// composeClusterParameterGroup adds the parameter group of one major version.
// Instances inherit the cluster's parameters.
func composeClusterParameterGroup(s *settings.Settings, set *desired.Set, g settings.ParameterGroup) {
	group := rds.ClusterParameterGroupParameters{Description: new(settingsOf(s)), Family: new(g.Family)}
	for _, p := range g.Parameters {
		group.Parameter = append(group.Parameter, rds.ClusterParameterGroupParameterParameters{Name: new(p.Name), Value: new(p.Value), ApplyMethod: new(p.ApplyMethod())})
	}
	set.Add(g.Resource, &rds.ClusterParameterGroup{Spec: rds.ClusterParameterGroupSpec{ForProvider: group}}, desired.Named(s.Stack+"-"+g.Suffix), desired.Keep(s.Keep.Database))
}

// composeClusterItself adds the cluster. Its storage grows automatically.
func composeClusterItself(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	d := s.Database
	p := rds.ClusterParameters{
		Engine:        new(string(d.Engine.Name)),
		EngineMode:    new("provisioned"),
		EngineVersion: new(d.EngineVersion),
		// A major upgrade must be requested explicitly.
		AllowMajorVersionUpgrade: new(d.MajorUpgrade),
		DatabaseName:             new(d.Name),
		Port:                     new(float64(d.Port)),

		StorageEncrypted: new(true),
		KMSKeyIDRef:      set.Ref(composed.DataKey),

		DBSubnetGroupNameRef:           set.Ref(composed.DatabaseSubnetGroup),
		VPCSecurityGroupIDRefs:         set.LiveRefs(composed.DatabaseSecurityGroup),
		DBClusterParameterGroupNameRef: set.LiveRef(d.Group.Resource),

		MasterUsername:                   new(d.Username),
		ManageMasterUserPassword:         new(true),
		MasterUserSecretKMSKeyIDRef:      set.Ref(composed.SecretsKey),
		IAMDatabaseAuthenticationEnabled: new(d.IAM),

		BackupRetentionPeriod:      new(float64(d.BackupDays)),
		PreferredBackupWindow:      new(d.BackupWindow),
		PreferredMaintenanceWindow: new(d.MaintenanceWindow),
		ApplyImmediately:           new(false),
		CopyTagsToSnapshot:         new(true),
		DeletionProtection:         new(d.DeletionProtection),
		DeleteAutomatedBackups:     new(!s.Keep.FinalSnapshot),
		SkipFinalSnapshot:          new(!s.Keep.FinalSnapshot),
		FinalSnapshotIdentifier:    new(s.Names.Database + "-final"),

		EnabledCloudwatchLogsExports: kit.Pointers(d.Engine.Logs),
	}
	if c := d.Aurora.Capacity; d.Aurora.Serverless {
		p.Serverlessv2ScalingConfiguration = &rds.Serverlessv2ScalingConfigurationParameters{
			MinCapacity: new(c.Min), MaxCapacity: new(c.Max), SecondsUntilAutoPause: kit.Nonzero(float64(c.PauseSeconds)),
		}
	}
	if d.RestoreFrom != nil {
		restoreCluster(&p, *d.RestoreFrom)
	}
	set.Add(composed.DatabaseCluster, &rds.Cluster{Spec: rds.ClusterSpec{ForProvider: p}}, desired.Named(s.Names.Database), desired.Needs(observed.Ready(composed.DatabaseSubnetGroup)), desired.Keep(s.Keep.Database),
		desired.Before(standsOn(s)...))
}

// restoreCluster sets the source of a restored cluster, like restoreInstance
// (Amazon RDS API Reference, "RestoreDBClusterFromSnapshot" and
// "RestoreDBClusterToPointInTime").
func restoreCluster(p *rds.ClusterParameters, from v1alpha1.DatabaseRestore) {
	p.DatabaseName, p.MasterUsername, p.KMSKeyIDRef = nil, nil, nil
	if from.Snapshot != nil {
		p.SnapshotIdentifier = new(from.Snapshot.Identifier)
		return
	}
	point := from.PointInTime
	p.RestoreToPointInTime = &rds.ClusterRestoreToPointInTimeParameters{
		SourceClusterIdentifier: new(point.SourceIdentifier),
		// A full copy, because a clone would share the source's storage.
		RestoreType: new("full-copy"),
	}
	if point.Time == "" {
		p.RestoreToPointInTime.UseLatestRestorableTime = new(true)
	} else {
		p.RestoreToPointInTime.RestoreToTime = new(point.Time)
	}
}

// composeClusterInstance adds an instance, which has the cluster's version. The
// first one is kept with the cluster, so that the data remains accessible. Other
// instances hold no data, so the claim can remove them.
func composeClusterInstance(s *settings.Settings, observed facts.Observed, set *desired.Set, i settings.ClusterInstance) {
	insights, needs := insightsOf(s, observed)
	d := s.Database
	set.Add(i.Resource, &rds.ClusterInstance{Spec: rds.ClusterInstanceSpec{ForProvider: rds.ClusterInstanceParameters{
		ClusterIdentifierRef:    set.Ref(composed.DatabaseCluster),
		Engine:                  new(string(d.Engine.Name)),
		InstanceClass:           new(d.InstanceClass),
		AvailabilityZone:        kit.Nonzero(i.Zone),
		PromotionTier:           new(float64(i.Tier)),
		AutoMinorVersionUpgrade: new(d.MinorUpgrades),

		DBSubnetGroupNameRef: set.Ref(composed.DatabaseSubnetGroup),
		PubliclyAccessible:   new(false),
		CACertIdentifier:     new("rds-ca-rsa2048-g1"),

		PreferredMaintenanceWindow: new(d.MaintenanceWindow),
		ApplyImmediately:           new(false),
		CopyTagsToSnapshot:         new(true),

		MonitoringInterval:                 new(float64(60)),
		MonitoringRoleArnRef:               set.Ref(composed.MonitoringRole),
		PerformanceInsightsEnabled:         new(d.Insights),
		PerformanceInsightsRetentionPeriod: insights.days,
		PerformanceInsightsKMSKeyID:        insights.key,
	}}}, desired.Named(i.Identifier), desired.Needs(needs...), desired.Keep(s.Keep.Database && i.Number == 1), desired.Before(composed.DataKey))
}
