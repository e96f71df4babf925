package v1alpha1

import "k8s.io/apimachinery/pkg/api/resource"

// DatabaseSpec is the database.
//
// +kubebuilder:validation:XValidation:rule="!has(self.enabled) || self.enabled || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".enabled",message="the database cannot be removed, because it contains your data: to delete it, delete the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.enabled) || self.enabled || (!has(self.proxy) && !has(self.backupPlan) && !has(self.restoreFrom) && !has(self.instance) && !has(self.aurora) && !has(self.parameters))",fieldPath=".enabled",message="instance, aurora, parameters, proxy, backupPlan and restoreFrom require a database: remove these fields, or set enabled to true"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine.endsWith('postgres') || self.engine.endsWith('postgresql') ? self.version.matches('^[0-9]{2}([.][0-9]{1,2})?$') : true)",fieldPath=".version",message="must be a PostgreSQL version in quotes: a major version, such as \"15\", or an exact version, such as \"15.17\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine in ['mysql', 'mariadb'] ? self.version.matches('^[0-9]{1,2}[.][0-9]{1,2}([.][0-9]{1,2})?$') : true)",fieldPath=".version",message="must be a MySQL or MariaDB version in quotes: a major version, such as \"8.4\" or \"11.8\", or an exact version, such as \"8.4.9\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine == 'aurora-mysql' ? self.version.matches('^[0-9][.][0-9]([.]mysql_aurora[.][0-9]{1,2}[.][0-9]{1,2}[.][0-9]{1,2})?$') : true)",fieldPath=".version",message="must be an Aurora MySQL version in quotes: a major version, such as \"8.0\", or an exact version, such as \"8.0.mysql_aurora.3.10.4\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !has(self.engine) || !self.engine.contains('postgres') || !self.version.contains('.') || !oldSelf.version.contains('.') || self.version.split('.')[0] != oldSelf.version.split('.')[0] || int(self.version.split('.')[1]) >= int(oldSelf.version.split('.')[1])",fieldPath=".version",message="the minor version cannot be lowered, because RDS does not support downgrades"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !has(self.engine) || !(self.engine in ['mysql', 'mariadb']) || self.version.split('.').size() < 3 || oldSelf.version.split('.').size() < 3 || self.version.split('.')[0] != oldSelf.version.split('.')[0] || self.version.split('.')[1] != oldSelf.version.split('.')[1] || int(self.version.split('.')[2]) >= int(oldSelf.version.split('.')[2])",fieldPath=".version",message="the minor version cannot be lowered, because RDS does not support downgrades"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || (has(self.engine) && !self.engine.contains('postgres') ? int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1]) >= int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]) : int(self.version.split('.')[0]) >= int(oldSelf.version.split('.')[0]))",fieldPath=".version",message="the major version cannot be lowered: restore a snapshot from before the upgrade to a new stack"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || (has(self.allowMajorVersionUpgrade) && self.allowMajorVersionUpgrade) || (has(self.engine) && !self.engine.contains('postgres') ? int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1]) <= int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]) : int(self.version.split('.')[0]) <= int(oldSelf.version.split('.')[0]))",fieldPath=".version",message="a major version upgrade causes several minutes of downtime and cannot be undone: to confirm the upgrade, set allowMajorVersionUpgrade to true"
// +kubebuilder:validation:XValidation:rule="!has(self.instance) || !has(self.engine) || !self.engine.startsWith('aurora-')",fieldPath=".instance",message="instance is not supported for Aurora engines: remove instance, and use aurora instead"
// +kubebuilder:validation:XValidation:rule="!has(self.aurora) || (has(self.engine) && self.engine.startsWith('aurora-'))",fieldPath=".aurora",message="the field aurora is supported only for Aurora engines: set engine to aurora-postgresql or aurora-mysql, or use instance instead"
// +kubebuilder:validation:XValidation:rule="!has(self.pgAudit) || !self.pgAudit || !has(self.engine) || self.engine.contains('postgres')",fieldPath=".pgAudit",message="pgAudit is supported only for PostgreSQL: remove pgAudit (for MySQL and MariaDB, the audit log is always enabled)"
// +kubebuilder:validation:XValidation:rule="!has(self.proxy) || !has(self.engine) || self.engine != 'mariadb'",fieldPath=".proxy",message="a proxy is not supported for MariaDB, because AWS does not document IAM authentication for RDS Proxy with MariaDB: remove proxy, or set engine to mysql"
// +kubebuilder:validation:XValidation:rule="!has(self.engine) || !has(oldSelf.engine) || self.engine == oldSelf.engine || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".engine",message="engine cannot be changed: to use another engine, create a new stack and migrate your data"
// +kubebuilder:validation:XValidation:rule="(has(self.restoreFrom) == has(oldSelf.restoreFrom) && (!has(self.restoreFrom) || self.restoreFrom == oldSelf.restoreFrom)) || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".restoreFrom",message="restoreFrom cannot be changed after creation: to restore from another source, create a new stack"
type DatabaseSpec struct {
	// Creates a database. Defaults to true. Cannot be changed to false after creation.
	// +kubebuilder:title=Database
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Database engine: an RDS instance (postgres, mysql, mariadb) or an Aurora cluster with automatic storage and optional readers (aurora-postgresql, aurora-mysql). Defaults to postgres. Cannot be changed after creation.
	// +kubebuilder:title=Engine
	// +kubebuilder:default=postgres
	// +optional
	Engine DatabaseEngine `json:"engine,omitempty"`

	// RDS instance. Defaults depend on size and environment.
	// +kubebuilder:title=Instance
	// +optional
	Instance InstanceSpec `json:"instance,omitzero"`

	// Aurora cluster. Defaults depend on size and environment.
	// +kubebuilder:title=Aurora cluster
	// +optional
	Aurora AuroraSpec `json:"aurora,omitzero"`

	// Engine version: a major version, or an exact version such as "15.17". If you set only a major version, RDS keeps the minor version up to date. Major versions: PostgreSQL 15 (default) to 18; MySQL 8.4 (default); MariaDB 11.8 (default), 11.4 or 10.11; Aurora MySQL 8.0 (default) or 8.4. Cannot be lowered. Raising the major version requires allowMajorVersionUpgrade.
	// +kubebuilder:title=Version
	// +kubebuilder:example="15"
	// +kubebuilder:validation:MaxLength=32
	// +optional
	Version string `json:"version,omitempty"`

	// Allows major version upgrades. RDS upgrades the database in the next maintenance window, with several minutes of downtime. An upgrade cannot be undone: test it on a restored copy first.
	// +kubebuilder:title=Allow major version upgrades
	// +optional
	AllowMajorVersionUpgrade bool `json:"allowMajorVersionUpgrade,omitempty"`

	// Days for which automatic backups are kept, 1 to 35. Defaults to 7 in production and staging, and to 1 in development.
	// +kubebuilder:title=Backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	BackupRetentionDays *int32 `json:"backupRetentionDays,omitempty"`

	// Prevents deletion of the database in AWS. Defaults to true with deletionPolicy Retain, otherwise to false. If this is true and deletionPolicy is not Retain, deletion of the stack waits indefinitely.
	// +kubebuilder:title=Deletion protection
	// +optional
	DeletionProtection *bool `json:"deletionProtection,omitempty"`

	// Daily backup window of at least 30 minutes, in the format hh:mm-hh:mm (UTC). Defaults to 02:00-03:00.
	// +kubebuilder:title=Backup window
	// +kubebuilder:default="02:00-03:00"
	// +kubebuilder:validation:MaxLength=11
	// +kubebuilder:validation:Pattern=`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || ((int(self.substring(6, 8)) * 60 + int(self.substring(9, 11))) - (int(self.substring(0, 2)) * 60 + int(self.substring(3, 5))) + 1440) % 1440 >= 30",message="backupWindow must be at least 30 minutes long; for example, 02:00-03:00"
	// +optional
	BackupWindow string `json:"backupWindow,omitempty"`

	// Weekly maintenance window of at least 30 minutes, in the format ddd:hh:mm-ddd:hh:mm (UTC). Must not overlap the backup window. Defaults to sun:04:00-sun:05:00.
	// +kubebuilder:title=Maintenance window
	// +kubebuilder:default="sun:04:00-sun:05:00"
	// +kubebuilder:validation:MaxLength=19
	// +kubebuilder:validation:Pattern=`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +optional
	MaintenanceWindow string `json:"maintenanceWindow,omitempty"`

	// Enables pgAudit, which logs changes to schemas and permissions, but not changes to data. Requires a database restart and CREATE EXTENSION pgaudit in each database.
	// +kubebuilder:title=pgAudit
	// +optional
	PgAudit bool `json:"pgAudit,omitempty"`

	// Engine parameters by name, such as max_connections or sql_mode, in addition to those that the stack sets for security and logging. docs/engines.md lists the allowed names. Some parameters take effect only after a restart.
	// +kubebuilder:title=Parameters
	// +kubebuilder:validation:MaxProperties=40
	// +optional
	Parameters map[string]ParameterValue `json:"parameters,omitempty"`

	// RDS Proxy, which pools connections. Useful for functions, which open many connections. The application connects to status.database.proxyEndpoint over TLS, with the app role (IAM authentication), on port 5432 (PostgreSQL) or 3306 (MySQL). Charged per hour.
	// +kubebuilder:title=Proxy
	// +optional
	Proxy *DatabaseProxy `json:"proxy,omitempty"`

	// AWS Backup plan for backups that are kept longer than automatic backups (at most 35 days) and, optionally, copied to another region. Backup vaults are kept until the stack is deleted.
	// +kubebuilder:title=Backup plan
	// +optional
	BackupPlan *DatabaseBackupPlan `json:"backupPlan,omitempty"`

	// Snapshot or database to restore from. By default, the stack creates an empty database. The source must be encrypted and in the stack's region. Its engine and major version must match database.engine and database.version. The restored database keeps the source's KMS key, administrator name and database name. Cannot be added, changed or removed after creation.
	// +kubebuilder:title=Restore from
	// +optional
	RestoreFrom *DatabaseRestore `json:"restoreFrom,omitempty"`
}

// DatabaseEngine is the engine of the database.
//
// +kubebuilder:validation:Enum=postgres;mysql;mariadb;aurora-postgresql;aurora-mysql
type DatabaseEngine string

// DatabaseEngine values, in AWS's spelling.
const (
	DatabaseEnginePostgres         DatabaseEngine = "postgres"
	DatabaseEngineMySQL            DatabaseEngine = "mysql"
	DatabaseEngineMariaDB          DatabaseEngine = "mariadb"
	DatabaseEngineAuroraPostgreSQL DatabaseEngine = "aurora-postgresql"
	DatabaseEngineAuroraMySQL      DatabaseEngine = "aurora-mysql"
)

// ParameterValue is the value of a database parameter.
//
// +kubebuilder:validation:MaxLength=200
type ParameterValue string

// InstanceSpec is an RDS instance.
type InstanceSpec struct {
	// RDS instance class, such as db.t3.micro or db.r6g.large. Defaults to the class for the stack's size.
	// +kubebuilder:title=Class
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +kubebuilder:example=db.t3.micro
	// +optional
	Class string `json:"class,omitempty"`

	// Enables a standby in another availability zone. Defaults to true in production, otherwise to false.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Storage of the instance. Defaults depend on size.
	// +kubebuilder:title=Storage
	// +optional
	Storage StorageSpec `json:"storage,omitzero"`
}

// StorageType is a storage type, in RDS's spelling.
//
// +kubebuilder:validation:Enum=gp3;io2
type StorageType string

// StorageType values.
const (
	StorageGP3 StorageType = "gp3"
	StorageIO2 StorageType = "io2"
)

// StorageSpec is the storage of an RDS instance.
//
// +kubebuilder:validation:XValidation:rule="!has(self.sizeGiB) || !has(self.maxSizeGiB) || self.maxSizeGiB >= self.sizeGiB + (self.sizeGiB + 9) / 10",fieldPath=".maxSizeGiB",message="maxSizeGiB must exceed sizeGiB by at least 10 percent; for example, if sizeGiB is 20, set maxSizeGiB to at least 22"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.sizeGiB) || !has(self.sizeGiB) || self.sizeGiB >= oldSelf.sizeGiB",fieldPath=".sizeGiB",message="sizeGiB cannot be decreased, because RDS cannot shrink storage"
// +kubebuilder:validation:XValidation:rule="!has(self.type) || self.type != 'io2' || has(self.iops)",fieldPath=".iops",message="type io2 requires iops: set iops to a value from 1000 to 256000"
// +kubebuilder:validation:XValidation:rule="!has(self.throughputMiBps) || !has(self.type) || self.type == 'gp3'",fieldPath=".throughputMiBps",message="throughputMiBps cannot be combined with type io2: remove throughputMiBps, or set type to gp3"
type StorageSpec struct {
	// Storage in GiB, 20 to 65536. Defaults to the storage for the stack's size. Can be increased but not decreased.
	// +kubebuilder:title=Size in GiB
	// +kubebuilder:validation:Minimum=20
	// +kubebuilder:validation:Maximum=65536
	// +optional
	SizeGiB *int32 `json:"sizeGiB,omitempty"`

	// Maximum storage in GiB for autoscaling. Must exceed sizeGiB by at least 10 percent. Defaults to five times sizeGiB.
	// +kubebuilder:title=Maximum size in GiB
	// +kubebuilder:validation:Minimum=22
	// +kubebuilder:validation:Maximum=65536
	// +optional
	MaxSizeGiB *int32 `json:"maxSizeGiB,omitempty"`

	// Storage type: gp3, or io2 for consistently low latency. Defaults to gp3. A change takes hours, causes no downtime and blocks further storage changes for six hours.
	// +kubebuilder:title=Storage type
	// +optional
	Type StorageType `json:"type,omitempty"`

	// Provisioned I/O operations per second. For gp3: 12000 to 64000, allowed only with at least 400 GiB of storage; defaults to 3000 below 400 GiB, otherwise to 12000. Required for io2: 1000 to 256000, and 0.5 to 1000 per GiB of storage.
	// +kubebuilder:title=IOPS
	// +kubebuilder:validation:Minimum=1000
	// +kubebuilder:validation:Maximum=256000
	// +optional
	IOPS *int32 `json:"iops,omitempty"`

	// Throughput in MiB per second, 500 to 4000. Can be set only for gp3 with at least 400 GiB of storage. Must not exceed a quarter of iops. Defaults to 125 below 400 GiB, otherwise to 500.
	// +kubebuilder:title=Throughput in MiB per second
	// +kubebuilder:validation:Minimum=500
	// +kubebuilder:validation:Maximum=4000
	// +optional
	ThroughputMiBps *int32 `json:"throughputMiBps,omitempty"`
}

// AuroraSpec is an Aurora cluster.
//
// +kubebuilder:validation:XValidation:rule="!has(self.class) || !has(self.serverless)",fieldPath=".class",message="class and serverless cannot be combined: remove one of them"
type AuroraSpec struct {
	// Instance class, such as db.r6g.large. If set, instances are provisioned instead of serverless.
	// +kubebuilder:title=Class
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +kubebuilder:example=db.r6g.large
	// +optional
	Class string `json:"class,omitempty"`

	// Serverless capacity of each instance. Defaults depend on size.
	// +kubebuilder:title=Serverless capacity
	// +optional
	Serverless ServerlessSpec `json:"serverless,omitzero"`

	// Number of reader instances, 0 to 5. Defaults to 1 in production, otherwise to 0. Each reader is also a failover target. AWS charges for each reader. status.database.readEndpoints lists the endpoints of the readers.
	// +kubebuilder:title=Readers
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=5
	// +optional
	Readers *int32 `json:"readers,omitempty"`
}

// ServerlessSpec limits the scaling of each instance of an Aurora cluster, in
// Aurora capacity units. A unit has about 2 GiB of memory (see "Performance and
// scaling for Aurora Serverless v2" in the AWS documentation).
//
// +kubebuilder:validation:XValidation:rule="!has(self.minCapacity) || !has(self.maxCapacity) || !isQuantity(string(self.minCapacity)) || !isQuantity(string(self.maxCapacity)) || !quantity(string(self.maxCapacity)).isLessThan(quantity(string(self.minCapacity)))",fieldPath=".maxCapacity",message="maxCapacity must not be less than minCapacity"
// +kubebuilder:validation:XValidation:rule="!has(self.secondsUntilAutoPause) || (has(self.minCapacity) && isQuantity(string(self.minCapacity)) && quantity(string(self.minCapacity)).compareTo(quantity('0')) == 0)",fieldPath=".secondsUntilAutoPause",message="secondsUntilAutoPause requires minCapacity 0: set minCapacity to 0, or remove secondsUntilAutoPause"
type ServerlessSpec struct {
	// Minimum capacity in Aurora capacity units (ACU), 0 to 256 in steps of 0.5, such as 2 or "0.5". At 0, the cluster pauses when idle and takes several seconds to resume. Below 2, Performance Insights data can be incomplete.
	// +kubebuilder:title=Minimum capacity
	// +kubebuilder:example="0.5"
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 0.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="must be from 0 to 256 in steps of 0.5, such as 2 or \"0.5\"; write fractions in quotes"
	// +optional
	MinCapacity *resource.Quantity `json:"minCapacity,omitempty"`

	// Maximum capacity in Aurora capacity units (ACU), 1 to 256 in steps of 0.5. Limits the cost of an instance.
	// +kubebuilder:title=Maximum capacity
	// +kubebuilder:example="8"
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 1.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="must be from 1 to 256 in steps of 0.5, such as 8 or \"1.5\"; write fractions in quotes"
	// +optional
	MaxCapacity *resource.Quantity `json:"maxCapacity,omitempty"`

	// Seconds without connections after which the cluster pauses, 300 to 86400. Requires minCapacity 0. Defaults to 300.
	// +kubebuilder:title=Seconds until auto-pause
	// +kubebuilder:validation:Minimum=300
	// +kubebuilder:validation:Maximum=86400
	// +optional
	SecondsUntilAutoPause *int32 `json:"secondsUntilAutoPause,omitempty"`
}

// DatabaseProxy is an RDS Proxy in front of the database.
type DatabaseProxy struct {
	// Percentage of the database's connections that the proxy can use. The other connections remain available for administration and migrations. Defaults to 90.
	// +kubebuilder:title=Maximum connections in percent
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	// +optional
	MaxConnectionsPercent int32 `json:"maxConnectionsPercent,omitempty"`
}

// DatabaseBackupPlan configures AWS Backup, in addition to the automatic backups of
// RDS.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.copyRegion) || !has(self.copyRegion) || self.copyRegion == oldSelf.copyRegion",fieldPath=".copyRegion",message="copyRegion cannot be changed: to stop copying, remove copyRegion (existing copies are kept)"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.locked) || !oldSelf.locked || (has(self.locked) && self.locked)",fieldPath=".locked",message="Vault Lock cannot be disabled through the claim: set locked to true; if necessary, delete the Vault Lock configuration in AWS"
type DatabaseBackupPlan struct {
	// AWS cron expression in UTC with one time of day. Choose a time outside database.backupWindow and outside the hour before database.maintenanceWindow. Defaults to cron(0 6 * * ? *).
	// +kubebuilder:title=Schedule
	// +kubebuilder:default="cron(0 6 * * ? *)"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^cron\([0-5]?[0-9] ([01]?[0-9]|2[0-3]) (\? (\*|[0-9,-]{1,23}) [A-Z0-9,#-]{1,27}|([0-9,/-]{1,23}|\*|L) (\*|[0-9,-]{1,23}) \?) \*\)$`
	// +kubebuilder:example="cron(0 6 ? * SUN *)"
	// +optional
	Schedule string `json:"schedule,omitempty"`

	// Days for which a backup is kept, 7 to 3650. Defaults to 90.
	// +kubebuilder:title=Retention in days
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=7
	// +kubebuilder:validation:Maximum=3650
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`

	// AWS region for an additional copy of each backup. The copies have their own vault and key. Must differ from the stack's region. Cannot be changed after creation.
	// +kubebuilder:title=Copy region
	// +kubebuilder:example=eu-central-1
	// +optional
	CopyRegion Region `json:"copyRegion,omitempty"`

	// Enables AWS Backup Vault Lock (governance mode, 7-day minimum retention). Cannot be disabled later through the claim.
	// +kubebuilder:title=Locked
	// +optional
	Locked bool `json:"locked,omitempty"`
}

// DatabaseRestoreType is the type of source from which a database is restored.
//
// +kubebuilder:validation:Enum=Snapshot;PointInTime
type DatabaseRestoreType string

// DatabaseRestoreType values.
const (
	DatabaseRestoreSnapshot    DatabaseRestoreType = "Snapshot"
	DatabaseRestorePointInTime DatabaseRestoreType = "PointInTime"
)

// DatabaseRestore is the source of a restored database.
//
// +kubebuilder:validation:XValidation:rule="has(self.snapshot) == (self.type == 'Snapshot')",fieldPath=".snapshot",message="if type is Snapshot, set snapshot.identifier; otherwise, remove snapshot"
// +kubebuilder:validation:XValidation:rule="has(self.pointInTime) == (self.type == 'PointInTime')",fieldPath=".pointInTime",message="if type is PointInTime, set pointInTime.sourceIdentifier; otherwise, remove pointInTime"
type DatabaseRestore struct {
	// Source of the restore: Snapshot for a snapshot, or PointInTime for another database at a point in time.
	// +kubebuilder:title=Type
	// +unionDiscriminator
	Type DatabaseRestoreType `json:"type"`

	// Snapshot to restore.
	// +kubebuilder:title=Snapshot
	// +optional
	Snapshot *DatabaseSnapshot `json:"snapshot,omitempty"`

	// Existing database and a point in time within its backup retention period.
	// +kubebuilder:title=Point in time
	// +optional
	PointInTime *DatabasePointInTime `json:"pointInTime,omitempty"`
}

// DatabaseSnapshot is a snapshot from which a database is restored.
type DatabaseSnapshot struct {
	// Name or ARN of the snapshot, such as rds:shop-2026-01-31-02-05. For a shared snapshot, use the ARN.
	// +kubebuilder:title=Snapshot
	// +kubebuilder:example="shop-before-upgrade"
	// +kubebuilder:validation:MaxLength=320
	// +kubebuilder:validation:Pattern=`^(arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:(cluster-)?snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]*$`
	Identifier string `json:"identifier"`
}

// DatabasePointInTime is a database and the point in time to restore from it.
type DatabasePointInTime struct {
	// Identifier of the source database.
	// +kubebuilder:title=Source database
	// +kubebuilder:example="shop-database"
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
	SourceIdentifier string `json:"sourceIdentifier"`

	// Point in time in UTC, such as 2026-01-31T10:15:00Z. Defaults to the latest restorable time.
	// +kubebuilder:title=Time
	// +kubebuilder:example="2026-01-31T08:30:00Z"
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`
	// +optional
	Time string `json:"time,omitempty"`
}
