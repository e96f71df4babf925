package settings

import (
	"cmp"
	"strconv"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Database is the effective settings of the database.
type Database struct {
	Engine v1alpha1.DatabaseEngine
	// Resource is what holds the data: an instance, or an Aurora cluster.
	Resource string
	Version  string
	// EngineVersion is how it is said to AWS.
	EngineVersion string
	// Group is the settings of the version, Groups those that exist beside.
	Group         ParameterGroup
	Groups        []ParameterGroup
	MinorUpgrades bool
	// MajorUpgrade is whether RDS is to take it to another major version.
	MajorUpgrade       bool
	InstanceClass      string
	StorageGiB         int
	MaxStorageGiB      int
	StorageType        v1alpha1.StorageType
	Performance        Performance
	MultiAZ            bool
	BackupDays         int
	DeletionProtection bool
	BackupWindow       string
	MaintenanceWindow  string
	Port               int
	// Name of the database within, and Username of its administrator; those of
	// a restored one are what they were.
	Name, Username string
	// PgAudit is whether statements that change the schema or rights are logged.
	PgAudit bool
	// Proxy is nil where there is none.
	Proxy *v1alpha1.DatabaseProxy
	// RestoreFrom is what it was made from, nil if it was made empty.
	RestoreFrom *v1alpha1.DatabaseRestore
	// Aurora is nil of an instance of RDS.
	Aurora *Aurora
}

// storageGrowth is how many times its first size the storage may grow by
// itself.
const storageGrowth = 5

// maxStorage is the most GiB that RDS for PostgreSQL has.
const maxStorage = 65536

// database decides size and safety of the database.
func (d *decision) database(policy v1alpha1.DeletionPolicy, identifier string, zones []Zone) Database {
	spec, observed := d.claim.Spec.Database, d.observed
	e := d.engine()
	version := d.version(e)
	restored := d.restore(e)
	out := Database{
		Engine:   e.name,
		Resource: e.resourceName,
		Version:  version,

		EngineVersion: e.version(version, observed),

		Group:  e.parameterGroup(Major(version)),
		Groups: e.parameterGroups(version, observed),
		// An exact minor version and automatic upgrades would undo each other.
		MinorUpgrades:      Major(version) == version,
		MajorUpgrade:       upgrades(version, e, observed),
		BackupDays:         int(ptr.Deref(spec.BackupRetentionDays, byEnvironment[d.claim.Spec.Environment].backupDays)),
		DeletionProtection: ptr.Deref(spec.DeletionProtection, policy == v1alpha1.DeletionPolicyRetain),
		BackupWindow:       spec.BackupWindow,
		MaintenanceWindow:  spec.MaintenanceWindow,
		// Not PostgreSQL's default (AWS Security Hub, RDS.23).
		Port:        5433,
		RestoreFrom: restored,
		Name:        e.databaseName(restored != nil, observed),
		PgAudit:     spec.PgAudit,
		Proxy:       spec.Proxy,
		Username:    cmp.Or(observed.String(e.resourceName, e.username), "ecommerce_owner"),
	}
	if e.name == v1alpha1.DatabaseEngineAurora {
		d.aurora(&out, identifier, zones)
	} else {
		d.instance(&out)
	}
	return out
}

// instance decides class and storage of an instance of RDS. Storage that was asked
// for once stays: RDS cannot take it back.
func (d *decision) instance(out *Database) {
	asked, preset := d.claim.Spec.Database.Instance, bySize[d.claim.Spec.Size]
	storage := int(ptr.Deref(asked.Storage.SizeGiB, preset.storageGiB))
	if seen := int(d.observed.Number(composed.Database, "spec.forProvider.allocatedStorage")); seen > storage {
		d.pin("spec.database.instance.storage.sizeGiB", strconv.Itoa(storage), strconv.Itoa(seen))
		storage = seen
	}
	limit := min(storage*storageGrowth, maxStorage)
	if limit < withHeadroom(storage) {
		limit = storage // No room to grow by itself: the limit turns that off.
	}
	out.MultiAZ = ptr.Deref(asked.MultiAZ, byEnvironment[d.claim.Spec.Environment].multiAZ)
	out.InstanceClass = cmp.Or(asked.Class, preset.instanceClass)
	out.StorageGiB = storage
	out.MaxStorageGiB = int(ptr.Deref(asked.Storage.MaxSizeGiB, int32(limit))) //nolint:gosec // At most 65536.
	out.StorageType = cmp.Or(asked.Storage.Type, v1alpha1.StorageGP3)
	out.Performance = performance(out.StorageType, storage, asked.Storage)
}
