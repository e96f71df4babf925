package database

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/rds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/secretsmanager"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeDatabase adds the database in the isolated subnets, and its monitoring.
func composeDatabase(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	keep := desired.Keep(s.Keep.Database)
	subnets := kit.InDatabaseSubnets(s, set)
	set.Add(composed.DatabaseSubnetGroup, &rds.SubnetGroup{Spec: rds.SubnetGroupSpec{ForProvider: rds.SubnetGroupParameters{
		Description: new("Isolated database subnets of " + s.Stack),
		SubnetIds:   subnets.IDs, SubnetIDRefs: subnets.Refs,
	}}}, desired.Named(s.Stack+"-db"), keep)
	if s.Database.Aurora != nil {
		composeCluster(s, observed, set)
	} else {
		composeInstance(s, observed, set)
	}
	composeProxy(s, observed, set)
	composeBackups(s, observed, set)
	composeDatabaseEvents(s, observed, set)
	composeDatabaseSecretRotation(s, observed, set)
}

// composeParameterGroup adds the parameter group of one major version.
func composeParameterGroup(s *settings.Settings, set *desired.Set, g settings.ParameterGroup) {
	group := rds.ParameterGroupParameters{Description: new(settingsOf(s)), Family: new(g.Family)}
	for _, p := range g.Parameters {
		group.Parameter = append(group.Parameter, rds.ParameterParameters{Name: new(p.Name), Value: new(p.Value), ApplyMethod: new(p.ApplyMethod())})
	}
	set.Add(g.Resource, &rds.ParameterGroup{Spec: rds.ParameterGroupSpec{ForProvider: group}}, desired.Named(s.Stack+"-"+g.Suffix), desired.Keep(s.Keep.Database))
}

// settingsOf returns the description of parameter groups and option groups.
func settingsOf(s *settings.Settings) string {
	return s.Database.Engine.Protocol() + " settings of " + s.Stack
}

// composeOptionGroup adds the option group of one major version of MySQL or
// MariaDB, which enables the audit log plugin (Amazon RDS User Guide, "MariaDB
// Audit Plugin support"). Snapshots, including the final one, refer to the group,
// and AWS does not delete a group in use.
func composeOptionGroup(s *settings.Settings, set *desired.Set, g settings.ParameterGroup) {
	set.Add(g.Options, &rds.OptionGroup{Spec: rds.OptionGroupSpec{ForProvider: rds.OptionGroupParameters{
		OptionGroupDescription: new("Audit log of " + s.Stack),
		EngineName:             new(string(s.Database.Engine.Name)),
		MajorEngineVersion:     new(g.Major),
		Option: []rds.OptionParameters{{
			OptionName:     new("MARIADB_AUDIT_PLUGIN"),
			OptionSettings: []rds.OptionSettingsParameters{{Name: new("SERVER_AUDIT_EVENTS"), Value: new(engines.AuditEvents)}},
		}},
	}}}, desired.Named(optionGroup(s, g)), desired.Keep(s.Keep.FinalSnapshot))
}

// optionGroup returns the AWS name of the option group of one major version.
func optionGroup(s *settings.Settings, g settings.ParameterGroup) string {
	return s.Stack + "-" + g.Suffix
}

// optionsOf returns the name of the instance's option group, and the facts that it
// needs. PostgreSQL has no options, so the observed name is used: RDS switches to
// another default group with each major version. It creates this group with the
// account's first database, so the group can neither be requested nor kept
// (provider-upjet-aws 1652).
func optionsOf(s *settings.Settings, observed facts.Observed) (*string, []facts.Fact) {
	if g := s.Database.Group; g.Options != "" {
		return new(optionGroup(s, g)), []facts.Fact{observed.Ready(g.Options)}
	}
	return kit.Nonzero(observed.String(composed.Database, "status.atProvider.optionGroupName")), nil
}

// composeInstance adds the instance, its parameters and its logs.
func composeInstance(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, g := range s.Database.Groups {
		composeParameterGroup(s, set, g)
		if g.Options != "" {
			composeOptionGroup(s, set, g)
		}
	}
	composeLogs(s, set, kit.InstanceLogGroup)
	p, needs := instance(s, observed, set)
	set.Add(composed.Database, &rds.Instance{Spec: rds.InstanceSpec{ForProvider: p}}, desired.Needs(append(needs, observed.Ready(composed.DatabaseSubnetGroup))...), desired.Keep(s.Keep.Database), desired.Unchanged(awaitsWindow(p, observed)),
		desired.Before(standsOn(s)...))
}

// instance returns the parameters of the instance, and the facts that they need.
func instance(s *settings.Settings, observed facts.Observed, set *desired.Set) (rds.InstanceParameters, []facts.Fact) {
	insights, needs := insightsOf(s, observed)
	options, known := optionsOf(s, observed)
	d := s.Database
	p := rds.InstanceParameters{
		Identifier:              new(s.Names.Database),
		Engine:                  new(string(d.Engine.Name)),
		EngineVersion:           new(d.EngineVersion),
		AutoMinorVersionUpgrade: new(d.MinorUpgrades),
		// A major upgrade must be requested explicitly.
		AllowMajorVersionUpgrade: new(d.MajorUpgrade),
		InstanceClass:            new(d.InstanceClass),
		DBName:                   new(d.Name),
		Port:                     new(float64(d.Port)),
		MultiAz:                  new(d.MultiAZ),

		AllocatedStorage:    new(float64(d.StorageGiB)),
		MaxAllocatedStorage: new(float64(d.MaxStorageGiB)),
		StorageType:         new(string(d.StorageType)),
		Iops:                performance(observed, d.Performance.IOPS, "iops"),
		StorageThroughput:   performance(observed, d.Performance.Throughput, "storageThroughput"),
		StorageEncrypted:    new(true),
		KMSKeyIDRef:         set.Ref(composed.DataKey),

		DBSubnetGroupNameRef:   set.Ref(composed.DatabaseSubnetGroup),
		VPCSecurityGroupIDRefs: set.LiveRefs(composed.DatabaseSecurityGroup),
		PubliclyAccessible:     new(false),
		ParameterGroupNameRef:  set.LiveRef(d.Group.Resource),
		OptionGroupName:        options,
		CACertIdentifier:       new("rds-ca-rsa2048-g1"),

		Username:                         new(d.Username),
		ManageMasterUserPassword:         new(true),
		MasterUserSecretKMSKeyIDRef:      set.Ref(composed.SecretsKey),
		IAMDatabaseAuthenticationEnabled: new(d.IAM),

		BackupRetentionPeriod:   new(float64(d.BackupDays)),
		BackupWindow:            new(d.BackupWindow),
		MaintenanceWindow:       new(d.MaintenanceWindow),
		ApplyImmediately:        new(false),
		CopyTagsToSnapshot:      new(true),
		DeletionProtection:      new(d.DeletionProtection),
		DeleteAutomatedBackups:  new(!s.Keep.FinalSnapshot),
		SkipFinalSnapshot:       new(!s.Keep.FinalSnapshot),
		FinalSnapshotIdentifier: new(s.Names.Database + "-final"),

		EnabledCloudwatchLogsExports:       kit.Pointers(d.Engine.Logs),
		MonitoringInterval:                 new(float64(60)),
		MonitoringRoleArnRef:               set.Ref(composed.MonitoringRole),
		PerformanceInsightsEnabled:         new(d.Insights),
		PerformanceInsightsRetentionPeriod: insights.days,
		PerformanceInsightsKMSKeyID:        insights.key,
	}
	if d.RestoreFrom != nil {
		restoreInstance(&p, *d.RestoreFrom)
	}
	return p, append(needs, known...)
}

// insights contains the settings of Performance Insights.
type insights struct {
	days *float64
	key  *string
}

// insightsOf returns the settings of Performance Insights, and the facts that they
// need. It is empty if the class does not support it. The key is immutable and has
// no reference.
func insightsOf(s *settings.Settings, observed facts.Observed) (insights, []facts.Fact) {
	if !s.Database.Insights {
		return insights{}, nil
	}
	key := observed.ARN(composed.DataKey)
	return insights{days: new(float64(7)), key: new(key.Value)}, []facts.Fact{key}
}

// standsOn lists the resources that the database needs as long as it exists.
func standsOn(s *settings.Settings) []string {
	out := []string{composed.DataKey, composed.SecretsKey}
	for _, log := range s.Database.Engine.Logs {
		out = append(out, composed.DatabaseLogGroup(log))
	}
	for _, g := range s.Database.Groups {
		if g.Options != "" {
			out = append(out, g.Options)
		}
	}
	return out
}

// awaitsWindow reports whether RDS has accepted the desired state and applies a
// part of it in the maintenance window. Until then, the provider sees a difference,
// and would repeat its request every minute (Amazon RDS User Guide, "Using the
// schedule modifications setting"). It recognizes a pending engine version.
func awaitsWindow(p rds.InstanceParameters, observed facts.Observed) bool {
	kept := false
	for _, f := range []struct {
		field string
		want  any
	}{
		{"instanceClass", *p.InstanceClass},
		{"multiAz", *p.MultiAz},
		{"allocatedStorage", *p.AllocatedStorage},
		{"storageType", *p.StorageType},
		{"backupRetentionPeriod", *p.BackupRetentionPeriod},
	} {
		if observed.Value(composed.Database, "spec.forProvider."+f.field).AsInterface() != f.want {
			return false // The request has not been made yet.
		}
		seen := observed.Value(composed.Database, "status.atProvider."+f.field)
		kept = kept || seen != nil && seen.AsInterface() != f.want && !(f.field == "allocatedStorage" && seen.GetNumberValue() > *p.AllocatedStorage)
	}
	return kept && (observed.Unchanged(composed.Database) || observed.Reconciled(composed.Database))
}

// performance returns the storage performance. If it is left to RDS, it returns the
// observed value. With late initialization instead, the provider would request the
// old value when storage grows beyond the size from which RDS provides more, and
// RDS would reject it (terraform-provider-aws 28382).
func performance(observed facts.Observed, asked int, field string) *float64 {
	if asked > 0 {
		return new(float64(asked))
	}
	return kit.Nonzero(observed.Number(composed.Database, "status.atProvider."+field))
}

// capacity converts capacity units to the API's format.
func capacity(units float64) *resource.Quantity {
	return resource.NewMilliQuantity(int64(units*1000), resource.DecimalSI)
}

// restoreInstance sets the source of a restored instance. RDS cannot change the
// key, the administrator and the name of a restored database (Amazon RDS API
// Reference, "RestoreDBInstanceFromDBSnapshot" and
// "RestoreDBInstanceToPointInTime").
func restoreInstance(p *rds.InstanceParameters, from v1alpha1.DatabaseRestore) {
	p.DBName, p.Username, p.KMSKeyIDRef = nil, nil, nil
	if from.Snapshot != nil {
		p.SnapshotIdentifier = new(from.Snapshot.Identifier)
		return
	}
	point := from.PointInTime
	p.RestoreToPointInTime = &rds.RestoreToPointInTimeParameters{SourceDBInstanceIdentifier: new(point.SourceIdentifier)}
	if point.Time == "" {
		p.RestoreToPointInTime.UseLatestRestorableTime = new(true)
	} else {
		p.RestoreToPointInTime.RestoreTime = new(point.Time)
	}
}

// composeLogs adds the log groups before RDS creates them without retention and
// key.
func composeLogs(s *settings.Settings, set *desired.Set, name func(identifier, log string) string) {
	for _, log := range s.Database.Engine.Logs {
		kit.ComposeLogGroup(s, set, kit.LogGroup{
			Resource: composed.DatabaseLogGroup(log), Name: name(s.Names.Database, log), Region: s.Region, Key: composed.LogsKey, Keep: s.Keep.Database,
		})
	}
}

// composeDatabaseEvents adds notifications for events of databases and their
// parameters, unless the account has them.
func composeDatabaseEvents(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Shared != nil {
		return
	}
	kit.ComposeTopic(s, observed, set, kit.Topic{
		Resource: composed.DatabaseEventsTopic, Name: s.Stack + "-db-events", Display: "Database events", Region: s.Region, Key: composed.DataKey,
		Publishers: []kit.Publisher{kit.PublishDatabaseEvents(s)},
	})
	kit.SubscribeToDatabases(s, set, composed.DatabaseEventsTopic, kit.DatabaseSourcesOf(s)...)
}

// composeDatabaseSecretRotation sets the rotation schedule of the administrator's
// password. RDS rotates it without a function (AWS documentation, "Managed
// rotation").
func composeDatabaseSecretRotation(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	secret := kit.DatabaseSecret(s, observed)
	set.Add(composed.DatabaseSecretRotation, &secretsmanager.SecretRotation{Spec: secretsmanager.SecretRotationSpec{ForProvider: secretsmanager.SecretRotationParameters{
		SecretID: new(secret.Value),
		// AWS does not return it, like for the application's secret.
		RotateImmediately: new(true),
		RotationRules:     &secretsmanager.RotationRulesParameters{AutomaticallyAfterDays: new(float64(30))},
	}}}, desired.Needs(secret), desired.Keep(s.Keep.Database))
}

// reportDatabase reports the database's endpoints.
func reportDatabase(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if !observed.Has(s.Database.Resource) {
		return
	}
	status.Database = v1alpha1.DatabaseStatus{
		Identifier:    s.Names.Database,
		Engine:        s.Database.Engine.Name,
		Endpoint:      kit.DatabaseAddress(s, observed).Value,
		Port:          int32(s.Database.Port), //nolint:gosec // A TCP port.
		Name:          s.Database.Name,
		ReadEndpoints: kit.AppendKnown(nil, kit.ReadEndpoint(s, observed)),
		ProxyEndpoint: kit.ProxyEndpoint(observed).Value,
		EngineVersion: observed.String(s.Database.Resource, "status.atProvider.engineVersionActual"),
		SecretARN:     kit.DatabaseSecret(s, observed).Value,

		InstanceClass:       s.Database.InstanceClass,
		StorageGiB:          int32(s.Database.StorageGiB),    //nolint:gosec // The maximum is 65536.
		MaxStorageGiB:       int32(s.Database.MaxStorageGiB), //nolint:gosec // As above.
		MultiAZ:             new(s.Database.MultiAZ),
		BackupRetentionDays: int32(s.Database.BackupDays), //nolint:gosec // The maximum is 35.
	}
	if a := s.Database.Aurora; a != nil && a.Serverless {
		status.Database.MinCapacity, status.Database.MaxCapacity = capacity(a.Capacity.Min), capacity(a.Capacity.Max)
	}
}
