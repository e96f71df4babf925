package v1alpha1

import "k8s.io/apimachinery/pkg/api/resource"

// DatabaseSpec is the database.
//
// +kubebuilder:validation:XValidation:rule="!has(self.enabled) || self.enabled || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".enabled",message="the database cannot be taken away from a stack that has one, as it holds your data: delete it with the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.enabled) || self.enabled || (!has(self.proxy) && !has(self.backupPlan) && !has(self.restoreFrom) && !has(self.instance) && !has(self.aurora) && !has(self.parameters))",fieldPath=".enabled",message="a stack without a database has neither instance, aurora, parameters, proxy, backupPlan nor restoreFrom: remove them, or set enabled to true"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine.endsWith('postgres') || self.engine.endsWith('postgresql') ? self.version.matches('^[0-9]{2}([.][0-9]{1,2})?$') : true)",fieldPath=".version",message="a version of PostgreSQL is a major one in quotes such as \"15\", or an exact one such as \"15.17\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine in ['mysql', 'mariadb'] ? self.version.matches('^[0-9]{1,2}[.][0-9]{1,2}([.][0-9]{1,2})?$') : true)",fieldPath=".version",message="a version of MySQL or MariaDB is a major one of two numbers in quotes such as \"8.4\" or \"11.8\", or an exact one such as \"8.4.9\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(self.engine) || (self.engine == 'aurora-mysql' ? self.version.matches('^[0-9][.][0-9]([.]mysql_aurora[.][0-9]{1,2}[.][0-9]{1,2}[.][0-9]{1,2})?$') : true)",fieldPath=".version",message="a version of Aurora MySQL is that of MySQL in quotes such as \"8.0\", or an exact one such as \"8.0.mysql_aurora.3.10.4\""
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !has(self.engine) || !self.engine.contains('postgres') || !self.version.contains('.') || !oldSelf.version.contains('.') || self.version.split('.')[0] != oldSelf.version.split('.')[0] || int(self.version.split('.')[1]) >= int(oldSelf.version.split('.')[1])",fieldPath=".version",message="a minor version cannot be lowered: RDS does not downgrade"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !has(self.engine) || !(self.engine in ['mysql', 'mariadb']) || self.version.split('.').size() < 3 || oldSelf.version.split('.').size() < 3 || self.version.split('.')[0] != oldSelf.version.split('.')[0] || self.version.split('.')[1] != oldSelf.version.split('.')[1] || int(self.version.split('.')[2]) >= int(oldSelf.version.split('.')[2])",fieldPath=".version",message="a minor version cannot be lowered: RDS does not downgrade"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || (has(self.engine) && !self.engine.contains('postgres') ? int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1]) >= int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]) : int(self.version.split('.')[0]) >= int(oldSelf.version.split('.')[0]))",fieldPath=".version",message="a major version cannot be lowered: RDS does not downgrade; restore a snapshot into another stack instead"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || (has(self.allowMajorVersionUpgrade) && self.allowMajorVersionUpgrade) || (has(self.engine) && !self.engine.contains('postgres') ? int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1]) <= int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]) : int(self.version.split('.')[0]) <= int(oldSelf.version.split('.')[0]))",fieldPath=".version",message="raising the major version takes the database down for some minutes and cannot be undone: set allowMajorVersionUpgrade to true as well if that is what you want"
// +kubebuilder:validation:XValidation:rule="!has(self.instance) || !has(self.engine) || !self.engine.startsWith('aurora-')",fieldPath=".instance",message="instance is for engines of RDS: an Aurora cluster has aurora instead"
// +kubebuilder:validation:XValidation:rule="!has(self.aurora) || (has(self.engine) && self.engine.startsWith('aurora-'))",fieldPath=".aurora",message="aurora is for engines of Aurora: set engine to aurora-postgresql or aurora-mysql, or use instance"
// +kubebuilder:validation:XValidation:rule="!has(self.pgAudit) || !self.pgAudit || !has(self.engine) || self.engine.contains('postgres')",fieldPath=".pgAudit",message="pgAudit is an extension of PostgreSQL: remove it; MySQL and MariaDB always have their audit log"
// +kubebuilder:validation:XValidation:rule="!has(self.proxy) || !has(self.engine) || self.engine != 'mariadb'",fieldPath=".proxy",message="AWS does not document that a proxy signs in to MariaDB by IAM, which is how this one does: remove it, or take mysql"
// +kubebuilder:validation:XValidation:rule="!has(self.engine) || !has(oldSelf.engine) || self.engine == oldSelf.engine || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".engine",message="engine is immutable: data cannot move to another engine in place; restore a snapshot into another stack"
// +kubebuilder:validation:XValidation:rule="(has(self.restoreFrom) == has(oldSelf.restoreFrom) && (!has(self.restoreFrom) || self.restoreFrom == oldSelf.restoreFrom)) || (has(oldSelf.enabled) && !oldSelf.enabled)",fieldPath=".restoreFrom",message="restoreFrom is immutable: a database is restored when it is made; restore into another stack"
type DatabaseSpec struct {
	// Whether the stack has a database. One that has a database keeps it.
	// +kubebuilder:title=Database
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// What runs the database: an instance of RDS (postgres, mysql, mariadb), or a cluster of Aurora, whose storage grows by itself and which can have readers (aurora-postgresql, aurora-mysql). It cannot change.
	// +kubebuilder:title=Engine
	// +kubebuilder:default=postgres
	// +optional
	Engine DatabaseEngine `json:"engine,omitempty"`

	// The instance of an engine of RDS. Without it size and environment decide.
	// +kubebuilder:title=Instance
	// +optional
	Instance InstanceSpec `json:"instance,omitzero"`

	// The cluster of an engine of Aurora. Without it size and environment decide.
	// +kubebuilder:title=Aurora cluster
	// +optional
	Aurora AuroraSpec `json:"aurora,omitzero"`

	// Version of the engine: a major one, which RDS keeps at the newest minor version, or an exact one such as "15.17", which stays until it is changed here. PostgreSQL has 15 (default) to 18, MySQL 8.4 (default), MariaDB 11.8 (default), 11.4 and 10.11, Aurora MySQL 8.0 (default) and 8.4. It cannot be lowered; raising the major version needs allowMajorVersionUpgrade.
	// +kubebuilder:title=Version
	// +kubebuilder:example="15"
	// +kubebuilder:validation:MaxLength=32
	// +optional
	Version string `json:"version,omitempty"`

	// Whether the major version may be raised. RDS then upgrades the database in its next maintenance window, which takes it down for some minutes and cannot be undone; try it on a restored copy first.
	// +kubebuilder:title=Allow upgrades of the major version
	// +optional
	AllowMajorVersionUpgrade bool `json:"allowMajorVersionUpgrade,omitempty"`

	// Days that automatic backups are kept, 1 to 35. Default: 7 in production and staging, 1 in development.
	// +kubebuilder:title=Backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	BackupRetentionDays *int32 `json:"backupRetentionDays,omitempty"`

	// Whether AWS refuses to delete the database. Default: true where deletionPolicy is Retain, else false, because deleting the stack would wait for it for ever.
	// +kubebuilder:title=Deletion protection
	// +optional
	DeletionProtection *bool `json:"deletionProtection,omitempty"`

	// Daily time of backups in UTC, hh:mm-hh:mm, at least 30 minutes.
	// +kubebuilder:title=Backup window
	// +kubebuilder:default="02:00-03:00"
	// +kubebuilder:validation:MaxLength=11
	// +kubebuilder:validation:Pattern=`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || ((int(self.substring(6, 8)) * 60 + int(self.substring(9, 11))) - (int(self.substring(0, 2)) * 60 + int(self.substring(3, 5))) + 1440) % 1440 >= 30",message="backupWindow must last at least 30 minutes, such as 02:00-03:00"
	// +optional
	BackupWindow string `json:"backupWindow,omitempty"`

	// Weekly time of maintenance in UTC, ddd:hh:mm-ddd:hh:mm, at least 30 minutes, outside the backup window.
	// +kubebuilder:title=Maintenance window
	// +kubebuilder:default="sun:04:00-sun:05:00"
	// +kubebuilder:validation:MaxLength=19
	// +kubebuilder:validation:Pattern=`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +optional
	MaintenanceWindow string `json:"maintenanceWindow,omitempty"`

	// Whether pgAudit records changes of the schema and of permissions, with who made them; never what was read or written, which would put customers' data into logs. It takes a restart of the database, and CREATE EXTENSION pgaudit in each database.
	// +kubebuilder:title=pgAudit
	// +optional
	PgAudit bool `json:"pgAudit,omitempty"`

	// Settings of the engine by name, such as max_connections or sql_mode, beside those that the stack sets for security and logs. docs/engines.md lists which can be set. Some take effect at the next restart of the database only.
	// +kubebuilder:title=Parameters
	// +kubebuilder:validation:MaxProperties=40
	// +optional
	Parameters map[string]ParameterValue `json:"parameters,omitempty"`

	// A proxy that shares the database's connections among many functions. The app role signs in to it by IAM, as status.database.proxyEndpoint on port 5432 (PostgreSQL) or 3306 (MySQL), over TLS. It costs by the hour.
	// +kubebuilder:title=Proxy
	// +optional
	Proxy *DatabaseProxy `json:"proxy,omitempty"`

	// Further copies of the database by AWS Backup, which are kept longer than the 35 days of automatic backups, and elsewhere if asked for. Vaults that were made stay as long as the stack, since they hold copies.
	// +kubebuilder:title=Backup plan
	// +optional
	BackupPlan *DatabaseBackupPlan `json:"backupPlan,omitempty"`

	// What the database is made from, instead of an empty one. It must be encrypted, in the stack's region, and of the engine and the major version of this database. Its key, administrator and database names stay what they were. It cannot change, be added or be removed once the stack exists.
	// +kubebuilder:title=Restore from
	// +optional
	RestoreFrom *DatabaseRestore `json:"restoreFrom,omitempty"`
}

// DatabaseEngine is what runs the database.
//
// +kubebuilder:validation:Enum=postgres;mysql;mariadb;aurora-postgresql;aurora-mysql
type DatabaseEngine string

// DatabaseEngine values, as AWS calls them.
const (
	DatabaseEnginePostgres         DatabaseEngine = "postgres"
	DatabaseEngineMySQL            DatabaseEngine = "mysql"
	DatabaseEngineMariaDB          DatabaseEngine = "mariadb"
	DatabaseEngineAuroraPostgreSQL DatabaseEngine = "aurora-postgresql"
	DatabaseEngineAuroraMySQL      DatabaseEngine = "aurora-mysql"
)

// ParameterValue is the value of a parameter of a database.
//
// +kubebuilder:validation:MaxLength=200
type ParameterValue string

// InstanceSpec is an instance of RDS.
type InstanceSpec struct {
	// RDS instance class, such as db.t3.micro or db.r6g.large. Without it the size decides.
	// +kubebuilder:title=Class
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +kubebuilder:example=db.t3.micro
	// +optional
	Class string `json:"class,omitempty"`

	// Whether a standby in another zone takes over when the first one fails. Default: true in production, false elsewhere.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// What its data is on. Without it the size decides.
	// +kubebuilder:title=Storage
	// +optional
	Storage StorageSpec `json:"storage,omitzero"`
}

// StorageType is a kind of storage, as RDS calls it.
//
// +kubebuilder:validation:Enum=gp3;io2
type StorageType string

// StorageType values.
const (
	StorageGP3 StorageType = "gp3"
	StorageIO2 StorageType = "io2"
)

// StorageSpec is the storage of an instance of RDS.
//
// +kubebuilder:validation:XValidation:rule="!has(self.sizeGiB) || !has(self.maxSizeGiB) || self.maxSizeGiB >= self.sizeGiB + (self.sizeGiB + 9) / 10",fieldPath=".maxSizeGiB",message="maxSizeGiB must exceed sizeGiB by at least a tenth, or RDS refuses to grow it"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.sizeGiB) || !has(self.sizeGiB) || self.sizeGiB >= oldSelf.sizeGiB",fieldPath=".sizeGiB",message="sizeGiB can grow but not shrink: RDS storage cannot be reduced"
// +kubebuilder:validation:XValidation:rule="!has(self.type) || self.type != 'io2' || has(self.iops)",fieldPath=".iops",message="io2 has the IOPS that are asked for: set iops, 1000 to 256000"
// +kubebuilder:validation:XValidation:rule="!has(self.throughputMiBps) || !has(self.type) || self.type == 'gp3'",fieldPath=".throughputMiBps",message="the throughput of io2 follows from its IOPS: remove throughputMiBps, or set type to gp3"
type StorageSpec struct {
	// Size in GiB, 20 to 65536. Without it the size decides. It can grow, not shrink.
	// +kubebuilder:title=Size in GiB
	// +kubebuilder:validation:Minimum=20
	// +kubebuilder:validation:Maximum=65536
	// +optional
	SizeGiB *int32 `json:"sizeGiB,omitempty"`

	// Size in GiB up to which RDS grows it by itself. Default: five times the size.
	// +kubebuilder:title=Largest size in GiB
	// +kubebuilder:validation:Minimum=22
	// +kubebuilder:validation:Maximum=65536
	// +optional
	MaxSizeGiB *int32 `json:"maxSizeGiB,omitempty"`

	// Kind of storage: gp3 (default) for most, io2 for many small reads and writes at an even latency. It can be changed; RDS then takes hours, without an outage, and takes no further change for six hours.
	// +kubebuilder:title=Storage type
	// +optional
	Type StorageType `json:"type,omitempty"`

	// Input and output operations a second. With gp3 12000 to 64000, from 400 GiB of storage on only; without it 3000 below that size and 12000 from there on. With io2 it is required: 1000 to 256000, at least half and at most a thousand for each GiB.
	// +kubebuilder:title=IOPS
	// +kubebuilder:validation:Minimum=1000
	// +kubebuilder:validation:Maximum=256000
	// +optional
	IOPS *int32 `json:"iops,omitempty"`

	// Throughput in MiB a second, 500 to 4000, with gp3 from 400 GiB of storage on only, at most a quarter of the IOPS; without it 125 below that size and 500 from there on.
	// +kubebuilder:title=Throughput in MiB a second
	// +kubebuilder:validation:Minimum=500
	// +kubebuilder:validation:Maximum=4000
	// +optional
	ThroughputMiBps *int32 `json:"throughputMiBps,omitempty"`
}

// AuroraSpec is a cluster of Aurora.
//
// +kubebuilder:validation:XValidation:rule="!has(self.class) || !has(self.serverless)",fieldPath=".class",message="instances of a class do not grow and shrink: remove class, or serverless"
type AuroraSpec struct {
	// Class of each instance, such as db.r6g.large, instead of instances that grow and shrink by themselves.
	// +kubebuilder:title=Class
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +kubebuilder:example=db.r6g.large
	// +optional
	Class string `json:"class,omitempty"`

	// How far each instance grows and shrinks. Without it the size decides.
	// +kubebuilder:title=Serverless capacity
	// +optional
	Serverless ServerlessSpec `json:"serverless,omitzero"`

	// How many instances serve reads beside the one that writes, 0 to 5. Each is a standby too, a little behind, and costs by its own capacity. Default: 1 in production, 0 elsewhere. status.database.readEndpoints says where they are.
	// +kubebuilder:title=Readers
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=5
	// +optional
	Readers *int32 `json:"readers,omitempty"`
}

// ServerlessSpec is how far each instance of an Aurora cluster grows and shrinks,
// in Aurora capacity units of about 2 GiB of memory each (AWS documentation,
// "Performance and scaling for Aurora Serverless v2").
//
// +kubebuilder:validation:XValidation:rule="!has(self.minCapacity) || !has(self.maxCapacity) || !isQuantity(string(self.minCapacity)) || !isQuantity(string(self.maxCapacity)) || !quantity(string(self.maxCapacity)).isLessThan(quantity(string(self.minCapacity)))",fieldPath=".maxCapacity",message="maxCapacity must be at least minCapacity"
// +kubebuilder:validation:XValidation:rule="!has(self.secondsUntilAutoPause) || (has(self.minCapacity) && isQuantity(string(self.minCapacity)) && quantity(string(self.minCapacity)).compareTo(quantity('0')) == 0)",fieldPath=".secondsUntilAutoPause",message="a cluster pauses only where its capacity may shrink to nothing: set minCapacity to 0, or remove secondsUntilAutoPause"
type ServerlessSpec struct {
	// Least capacity in Aurora capacity units, 0 to 256 in steps of a half, such as 2 or "0.5". At 0 the cluster pauses when nobody uses it, and takes some seconds to come back. Below 2, Performance Insights may lack figures.
	// +kubebuilder:title=Least capacity
	// +kubebuilder:example="0.5"
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 0.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="capacity is 0 to 256 in steps of a half, such as 2 or \"0.5\" in quotes"
	// +optional
	MinCapacity *resource.Quantity `json:"minCapacity,omitempty"`

	// Most capacity in Aurora capacity units, 1 to 256 in steps of a half. It limits what an instance costs.
	// +kubebuilder:title=Most capacity
	// +kubebuilder:example="8"
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 1.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="capacity is 1 to 256 in steps of a half, such as 8 or \"1.5\" in quotes"
	// +optional
	MaxCapacity *resource.Quantity `json:"maxCapacity,omitempty"`

	// Seconds without a connection until the cluster pauses, 300 to 86400. Without it AWS takes 300.
	// +kubebuilder:title=Seconds until it pauses
	// +kubebuilder:validation:Minimum=300
	// +kubebuilder:validation:Maximum=86400
	// +optional
	SecondsUntilAutoPause *int32 `json:"secondsUntilAutoPause,omitempty"`
}

// DatabaseProxy is an RDS Proxy in front of the database.
type DatabaseProxy struct {
	// Percentage of the database's connections that the proxy may use. The rest is for administrators and migrations.
	// +kubebuilder:title=Connections in percent
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	// +optional
	MaxConnectionsPercent int32 `json:"maxConnectionsPercent,omitempty"`
}

// DatabaseBackupPlan is further copies of the database by AWS Backup, beside the
// automatic backups of RDS.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.copyRegion) || !has(self.copyRegion) || self.copyRegion == oldSelf.copyRegion",fieldPath=".copyRegion",message="copyRegion is immutable: copies are kept there; leave it out to make no more of them"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.locked) || !oldSelf.locked || (has(self.locked) && self.locked)",fieldPath=".locked",message="a lock cannot be taken away by the claim, or it would protect nothing: whoever may delete the lock of the vault in AWS can"
type DatabaseBackupPlan struct {
	// When copies are made, as a cron expression of AWS in UTC with one time of the day. Keep clear of database.backupWindow and of the hour before database.maintenanceWindow.
	// +kubebuilder:title=Schedule
	// +kubebuilder:default="cron(0 6 * * ? *)"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^cron\([0-5]?[0-9] ([01]?[0-9]|2[0-3]) (\? (\*|[0-9,-]{1,23}) [A-Z0-9,#-]{1,27}|([0-9,/-]{1,23}|\*|L) (\*|[0-9,-]{1,23}) \?) \*\)$`
	// +kubebuilder:example="cron(0 6 ? * SUN *)"
	// +optional
	Schedule string `json:"schedule,omitempty"`

	// Days that a copy is kept, 7 to 3650.
	// +kubebuilder:title=Retention in days
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=7
	// +kubebuilder:validation:Maximum=3650
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`

	// Another region that every copy is copied to as well, in a vault and with a key of its own, for the loss of the stack's region. It cannot change.
	// +kubebuilder:title=Region of further copies
	// +kubebuilder:example=eu-central-1
	// +optional
	CopyRegion Region `json:"copyRegion,omitempty"`

	// Whether nobody may delete a copy within 7 days (AWS Backup Vault Lock in governance mode). It cannot be taken back here, only by whoever may delete the vault's lock in AWS.
	// +kubebuilder:title=Locked
	// +optional
	Locked bool `json:"locked,omitempty"`
}

// DatabaseRestoreType is what kind of origin a database is made from.
//
// +kubebuilder:validation:Enum=Snapshot;PointInTime
type DatabaseRestoreType string

// DatabaseRestoreType values.
const (
	DatabaseRestoreSnapshot    DatabaseRestoreType = "Snapshot"
	DatabaseRestorePointInTime DatabaseRestoreType = "PointInTime"
)

// DatabaseRestore is what a database is made from.
//
// +kubebuilder:validation:XValidation:rule="has(self.snapshot) == (self.type == 'Snapshot')",fieldPath=".snapshot",message="snapshot goes with type Snapshot: give the identifier of one, and nothing else"
// +kubebuilder:validation:XValidation:rule="has(self.pointInTime) == (self.type == 'PointInTime')",fieldPath=".pointInTime",message="pointInTime goes with type PointInTime: give the sourceIdentifier, and nothing else but a time"
type DatabaseRestore struct {
	// Whether the database is made from a snapshot (Snapshot), or from another database as it was at some time (PointInTime).
	// +kubebuilder:title=Type
	// +unionDiscriminator
	Type DatabaseRestoreType `json:"type"`

	// A snapshot.
	// +kubebuilder:title=Snapshot
	// +optional
	Snapshot *DatabaseSnapshot `json:"snapshot,omitempty"`

	// A database that still exists, as it was at a point in time within its backup retention.
	// +kubebuilder:title=Point in time
	// +optional
	PointInTime *DatabasePointInTime `json:"pointInTime,omitempty"`
}

// DatabaseSnapshot is a snapshot that a database is made from.
type DatabaseSnapshot struct {
	// Name or ARN of the snapshot, such as rds:shop-2026-01-31-02-05. One that is shared with the account needs its ARN.
	// +kubebuilder:title=Snapshot
	// +kubebuilder:example="shop-before-upgrade"
	// +kubebuilder:validation:MaxLength=320
	// +kubebuilder:validation:Pattern=`^(arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:(cluster-)?snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]*$`
	Identifier string `json:"identifier"`
}

// DatabasePointInTime is a database at a point in time, which another one is made
// from.
type DatabasePointInTime struct {
	// Identifier of the database.
	// +kubebuilder:title=Source database
	// +kubebuilder:example="shop-database"
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
	SourceIdentifier string `json:"sourceIdentifier"`

	// The point in time in UTC, such as 2026-01-31T10:15:00Z. Without it the last possible one, usually five minutes ago.
	// +kubebuilder:title=Time
	// +kubebuilder:example="2026-01-31T08:30:00Z"
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`
	// +optional
	Time string `json:"time,omitempty"`
}
