package v1alpha1

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
	// +kubebuilder:validation:Enum=af-south-1;ap-east-1;ap-northeast-1;ap-northeast-2;ap-northeast-3;ap-south-1;ap-south-2;ap-southeast-1;ap-southeast-2;ap-southeast-3;ap-southeast-4;ap-southeast-5;ap-southeast-7;ca-central-1;ca-west-1;cn-north-1;cn-northwest-1;eu-central-1;eu-central-2;eu-north-1;eu-south-1;eu-south-2;eu-west-1;eu-west-2;eu-west-3;il-central-1;me-central-1;me-south-1;mx-central-1;sa-east-1;us-east-1;us-east-2;us-gov-east-1;us-gov-west-1;us-west-1;us-west-2
	// +optional
	CopyRegion string `json:"copyRegion,omitempty"`

	// Whether nobody may delete a copy within 7 days (AWS Backup Vault Lock in governance mode). It cannot be taken back here, only by whoever may delete the vault's lock in AWS.
	// +kubebuilder:title=Locked
	// +optional
	Locked bool `json:"locked,omitempty"`
}

// DatabaseRestore is what a database is made from.
//
// +kubebuilder:validation:XValidation:rule="has(self.snapshotIdentifier) != has(self.sourceIdentifier)",message="give either snapshotIdentifier, or sourceIdentifier with a point in time"
// +kubebuilder:validation:XValidation:rule="!has(self.sourceIdentifier) || has(self.time) != (has(self.latest) && self.latest)",fieldPath=".time",message="sourceIdentifier needs a point in time: give either time, or latest: true"
// +kubebuilder:validation:XValidation:rule="!has(self.snapshotIdentifier) || !(has(self.time) || (has(self.latest) && self.latest))",fieldPath=".snapshotIdentifier",message="a snapshot is of one point in time: remove time and latest"
type DatabaseRestore struct {
	// Name or ARN of a snapshot, such as rds:shop-2026-01-31-02-05. One that is shared with the account needs its ARN.
	// +kubebuilder:title=Snapshot
	// +kubebuilder:example="shop-before-upgrade"
	// +kubebuilder:validation:MaxLength=320
	// +kubebuilder:validation:Pattern=`^(arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:(cluster-)?snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]*$`
	// +optional
	SnapshotIdentifier string `json:"snapshotIdentifier,omitempty"`

	// Identifier of a database that still exists, which is copied as it was at a point in time within its backup retention.
	// +kubebuilder:title=Source database
	// +kubebuilder:example="shop-database"
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
	// +optional
	SourceIdentifier string `json:"sourceIdentifier,omitempty"`

	// The point in time in UTC, such as 2026-01-31T10:15:00Z.
	// +kubebuilder:title=Time
	// +kubebuilder:example="2026-01-31T08:30:00Z"
	// +kubebuilder:validation:MaxLength=20
	// +kubebuilder:validation:Pattern=`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`
	// +optional
	Time string `json:"time,omitempty"`

	// Whether the point in time is the last possible one, usually five minutes ago.
	// +kubebuilder:title=Latest
	// +optional
	Latest bool `json:"latest,omitempty"`
}
