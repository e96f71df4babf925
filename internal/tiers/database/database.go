package database

import (
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeDatabase adds the database in the isolated subnets, and what watches it.
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

// composeParameterGroup adds the settings of one major version.
func composeParameterGroup(s *settings.Settings, set *desired.Set, g settings.ParameterGroup) {
	group := rds.ParameterGroupParameters{Description: new(settingsOf(s)), Family: new(g.Family)}
	for _, p := range g.Parameters {
		group.Parameter = append(group.Parameter, rds.ParameterParameters{Name: new(p.Name), Value: new(p.Value), ApplyMethod: new(p.ApplyMethod())})
	}
	set.Add(g.Resource, &rds.ParameterGroup{Spec: rds.ParameterGroupSpec{ForProvider: group}}, desired.Named(s.Stack+"-"+g.Suffix), desired.Keep(s.Keep.Database))
}

// settingsOf describes settings of the database.
func settingsOf(s *settings.Settings) string {
	return s.Database.Engine.Protocol() + " settings of " + s.Stack
}

// composeOptionGroup adds the audit log of one major version of MySQL or MariaDB,
// which is a plugin there (Amazon RDS User Guide, "MariaDB Audit Plugin support").
// Snapshots refer to the group, the last one among them, and AWS deletes none that
// one refers to.
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

// optionGroup is the name of the options of one major version.
func optionGroup(s *settings.Settings, g settings.ParameterGroup) string {
	return s.Stack + "-" + g.Suffix
}

// optionsOf is the name of the instance's options, and what must be known of them.
// Those of PostgreSQL, which has none, are said as RDS shows them: RDS takes another
// group of its own with each major version, and makes that when the first
// database of the account needs it, so it can neither be asked for nor stay what
// it was (provider-upjet-aws 1652).
func optionsOf(s *settings.Settings, observed facts.Observed) (*string, []facts.Fact) {
	if g := s.Database.Group; g.Options != "" {
		return new(optionGroup(s, g)), []facts.Fact{observed.Ready(g.Options)}
	}
	return kit.Nonzero(observed.String(composed.Database, "status.atProvider.optionGroupName")), nil
}

// composeInstance adds the instance, its settings and its logs.
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

// instance is what the instance is, and what must be known to say it.
func instance(s *settings.Settings, observed facts.Observed, set *desired.Set) (rds.InstanceParameters, []facts.Fact) {
	insights, needs := insightsOf(s, observed)
	options, known := optionsOf(s, observed)
	d := s.Database
	p := rds.InstanceParameters{
		Identifier:              new(s.Names.Database),
		Engine:                  new(string(d.Engine.Name)),
		EngineVersion:           new(d.EngineVersion),
		AutoMinorVersionUpgrade: new(d.MinorUpgrades),
		// A new major version is never a side effect.
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

// insights is how Performance Insights keeps its figures.
type insights struct {
	days *float64
	key  *string
}

// insightsOf is how Performance Insights keeps its figures, nothing where the class
// has none, and what must be known to say it: there is no reference for the key,
// which can never change.
func insightsOf(s *settings.Settings, observed facts.Observed) (insights, []facts.Fact) {
	if !s.Database.Insights {
		return insights{}, nil
	}
	key := observed.ARN(composed.DataKey)
	return insights{days: new(float64(7)), key: new(key.Value)}, []facts.Fact{key}
}

// standsOn is what the database needs as long as it exists.
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

// awaitsWindow reports whether RDS has been asked for all that is desired of the
// instance and keeps a part of it for the maintenance window. Until then the
// provider would ask for it every minute, as it sees that it is not so yet
// (Amazon RDS User Guide, "Using the schedule modifications setting"). An engine
// version that is kept it knows.
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
			return false // It is yet to be asked.
		}
		seen := observed.Value(composed.Database, "status.atProvider."+f.field)
		kept = kept || seen != nil && seen.AsInterface() != f.want && !(f.field == "allocatedStorage" && seen.GetNumberValue() > *p.AllocatedStorage)
	}
	return kept && (observed.Unchanged(composed.Database) || observed.Reconciled(composed.Database))
}

// performance returns how fast storage is to be. What is left to RDS is said
// as RDS shows it: it would be late-initialised otherwise, and be asked for once
// more when storage grows over the size from which RDS gives more, which RDS
// refuses (terraform-provider-aws 28382).
func performance(observed facts.Observed, asked int, field string) *float64 {
	if asked > 0 {
		return new(float64(asked))
	}
	return kit.Nonzero(observed.Number(composed.Database, "status.atProvider."+field))
}

// capacity is capacity units as the API says them.
func capacity(units float64) *resource.Quantity {
	return resource.NewMilliQuantity(int64(units*1000), resource.DecimalSI)
}

// restoreInstance makes an instance from what was. Its key, administrator and
// database names are what they were, and RDS cannot change them (Amazon RDS API
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

// composeLogs adds the groups that RDS exports the database's logs to before RDS
// does, which would set neither retention nor key.
func composeLogs(s *settings.Settings, set *desired.Set, name func(identifier, log string) string) {
	for _, log := range s.Database.Engine.Logs {
		kit.ComposeLogGroup(s, set, kit.LogGroup{
			Resource: composed.DatabaseLogGroup(log), Name: name(s.Names.Database, log), Region: s.Region, Key: composed.LogsKey, Keep: s.Keep.Database,
		})
	}
}

// composeDatabaseEvents announces what happens to databases and their settings
// (AWS Security Hub, RDS.20 to RDS.22). The controls want subscriptions for
// all instances, not for named ones.
func composeDatabaseEvents(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeTopic(s, observed, set, kit.Topic{
		Resource: composed.DatabaseEventsTopic, Name: s.Stack + "-db-events", Display: "Database events", Region: s.Region, Key: composed.DataKey,
		Publishers: []kit.Publisher{{Sid: "PublishDatabaseEvents", Service: "events.rds.amazonaws.com", Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value)}},
	})
	type events struct {
		source     string
		categories []string
	}
	subscriptions := map[string]events{
		composed.DatabaseInstanceEvents:       {source: "db-instance", categories: []string{"configuration change", "failure", "maintenance"}},
		composed.DatabaseParameterGroupEvents: {source: "db-parameter-group", categories: []string{"configuration change"}},
	}
	if s.Database.Aurora != nil {
		subscriptions[composed.DatabaseClusterEvents] = events{source: "db-cluster", categories: []string{"configuration change", "failure", "maintenance"}}
	}
	for r, e := range subscriptions {
		set.Add(r, &rds.EventSubscription{Spec: rds.EventSubscriptionSpec{ForProvider: rds.EventSubscriptionParameters{
			Enabled:         new(true),
			SnsTopicRef:     set.Ref(composed.DatabaseEventsTopic),
			SourceType:      new(e.source),
			EventCategories: kit.Pointers(e.categories),
		}}}, desired.Named(s.Stack+"-"+e.source))
	}
}

// composeDatabaseSecretRotation sets how often RDS renews the administrator's
// password. A secret that RDS manages needs no function of ours (AWS
// documentation, "Managed rotation").
func composeDatabaseSecretRotation(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	secret := kit.DatabaseSecret(s, observed)
	set.Add(composed.DatabaseSecretRotation, &secretsmanager.SecretRotation{Spec: secretsmanager.SecretRotationSpec{ForProvider: secretsmanager.SecretRotationParameters{
		SecretID: new(secret.Value),
		// As with the application's: AWS does not show it.
		RotateImmediately: new(true),
		RotationRules:     &secretsmanager.RotationRulesParameters{AutomaticallyAfterDays: new(float64(30))},
	}}}, desired.Needs(secret), desired.Keep(s.Keep.Database))
}

// reportDatabase says how to reach the database.
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
		StorageGiB:          int32(s.Database.StorageGiB),    //nolint:gosec // At most 65536.
		MaxStorageGiB:       int32(s.Database.MaxStorageGiB), //nolint:gosec // As above.
		MultiAZ:             new(s.Database.MultiAZ),
		BackupRetentionDays: int32(s.Database.BackupDays), //nolint:gosec // At most 35.
	}
	if a := s.Database.Aurora; a != nil && a.Serverless {
		status.Database.MinCapacity, status.Database.MaxCapacity = capacity(a.Capacity.Min), capacity(a.Capacity.Max)
	}
}
