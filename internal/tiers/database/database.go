package database

import (
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// parameter is a setting of PostgreSQL (AWS documentation, "Working with
// parameters on your RDS for PostgreSQL DB instance").
type parameter struct {
	name, value string
	// reboot is whether it takes effect at the next start only.
	reboot bool
}

// applyMethod is when RDS is to apply it.
func (p parameter) applyMethod() string {
	if p.reboot {
		return "pending-reboot"
	}
	return "immediate"
}

// parameters is what the stack sets; everything else is RDS's default.
func parameters(s *settings.Settings) []parameter {
	out := []parameter{
		{name: "rds.force_ssl", value: "1", reboot: true},
		// Schema changes only: "all" would write customers' data to the log.
		{name: "log_statement", value: "ddl"},
		{name: "log_min_duration_statement", value: "1000"},
		{name: "log_connections", value: "1"},
		{name: "log_disconnections", value: "1"},
		{name: "log_lock_waits", value: "1"},
		// A forgotten transaction holds locks and stops vacuum.
		{name: "idle_in_transaction_session_timeout", value: "600000"},
	}
	if s.Database.PgAudit {
		out = append(out,
			// The first one is RDS's default, which Performance Insights reads.
			parameter{name: "shared_preload_libraries", value: "pg_stat_statements,pgaudit", reboot: true},
			// Not "all", for the same reason as above.
			parameter{name: "pgaudit.log", value: "ddl,role"},
		)
	}
	return out
}

// composeDatabase adds PostgreSQL in the isolated subnets, and what watches it.
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
	group := rds.ParameterGroupParameters{Description: new("PostgreSQL settings of " + s.Stack), Family: new(g.Family)}
	for _, p := range parameters(s) {
		group.Parameter = append(group.Parameter, rds.ParameterParameters{Name: new(p.name), Value: new(p.value), ApplyMethod: new(p.applyMethod())})
	}
	set.Add(g.Resource, &rds.ParameterGroup{Spec: rds.ParameterGroupSpec{ForProvider: group}}, desired.Named(s.Stack+"-"+g.Family), desired.Keep(s.Keep.Database))
}

// composeInstance adds the instance, its settings and its logs. Performance
// Insights has no reference for its key and can never change it, so the instance
// waits for the key's ARN. The option group is said as RDS shows it: RDS takes
// another one of its own with each major version, and makes that when the first
// database of the account needs it, so it can neither be asked for nor stay what
// it was (provider-upjet-aws 1652).
func composeInstance(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, g := range s.Database.Groups {
		composeParameterGroup(s, set, g)
	}
	composeInstanceLogs(s, set)
	key := observed.ARN(composed.DataKey)
	d := s.Database
	p := rds.InstanceParameters{
		Identifier:              new(s.Names.Database),
		Engine:                  new("postgres"),
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
		OptionGroupName:        kit.Nonzero(observed.String(composed.Database, "status.atProvider.optionGroupName")),
		CACertIdentifier:       new("rds-ca-rsa2048-g1"),

		Username:                         new(d.Username),
		ManageMasterUserPassword:         new(true),
		MasterUserSecretKMSKeyIDRef:      set.Ref(composed.SecretsKey),
		IAMDatabaseAuthenticationEnabled: new(true),

		BackupRetentionPeriod:   new(float64(d.BackupDays)),
		BackupWindow:            new(d.BackupWindow),
		MaintenanceWindow:       new(d.MaintenanceWindow),
		ApplyImmediately:        new(false),
		CopyTagsToSnapshot:      new(true),
		DeletionProtection:      new(d.DeletionProtection),
		DeleteAutomatedBackups:  new(!s.Keep.FinalSnapshot),
		SkipFinalSnapshot:       new(!s.Keep.FinalSnapshot),
		FinalSnapshotIdentifier: new(s.Names.Database + "-final"),

		EnabledCloudwatchLogsExports:       []*string{new("postgresql"), new("upgrade")},
		MonitoringInterval:                 new(float64(60)),
		MonitoringRoleArnRef:               set.Ref(composed.MonitoringRole),
		PerformanceInsightsEnabled:         new(true),
		PerformanceInsightsRetentionPeriod: new(float64(7)),
		PerformanceInsightsKMSKeyID:        new(key.Value),
	}
	if d.RestoreFrom != nil {
		restoreInstance(&p, *d.RestoreFrom)
	}
	set.Add(composed.Database, &rds.Instance{Spec: rds.InstanceSpec{ForProvider: p}}, desired.Needs(key, observed.Ready(composed.DatabaseSubnetGroup)), desired.Keep(s.Keep.Database), desired.Unchanged(awaitsWindow(p, observed)),
		desired.Before(composed.DataKey, composed.SecretsKey, composed.DatabaseLogGroup("postgresql"), composed.DatabaseLogGroup("upgrade")))
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

// composeInstanceLogs adds the groups that RDS exports the instance's logs to
// before RDS does, which would set neither retention nor key.
func composeInstanceLogs(s *settings.Settings, set *desired.Set) {
	for _, log := range []string{"postgresql", "upgrade"} {
		kit.ComposeLogGroup(s, set, kit.LogGroup{
			Resource: composed.DatabaseLogGroup(log), Name: kit.InstanceLogGroup(s.Names.Database, log), Region: s.Region, Key: composed.LogsKey, Keep: s.Keep.Database,
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
	if a := s.Database.Aurora; a != nil {
		status.Database.MinCapacity, status.Database.MaxCapacity = capacity(a.Capacity.Min), capacity(a.Capacity.Max)
	}
}
