package settings

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

// Database is the effective settings of the database.
type Database struct {
	// Enabled is whether the stack has one. All else is empty where it has none.
	Enabled bool
	// Engine is what is known of its engine.
	Engine engines.Engine
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
	// Insights is whether its instances have Performance Insights, IAM whether roles
	// sign in by IAM.
	Insights, IAM bool
	// Name of the database within, and Username of its administrator; those of
	// a restored one are what they were.
	Name, Username string
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

// maxStorage is the most GiB that RDS has for PostgreSQL, MySQL and MariaDB.
const maxStorage = 65536

// database decides size and safety of the database. It returns what AWS would refuse
// of its engine's version and parameters.
func (d *decision) database(policy v1alpha1.DeletionPolicy, identifier, region string, zones []Zone) (Database, field.ErrorList) {
	if !d.hasDatabase() {
		return Database{}, nil
	}
	spec, observed := d.claim.Spec.Database, d.observed
	e := d.engine()
	version := d.version(e)
	errs := append(d.checkVersion(e, version), checkParameters(e, spec.Parameters)...)
	restored := d.restore(e)
	errs = append(errs, checkRestore(e, restored)...)
	groups := d.parameterGroups(e, version)
	out := Database{
		Enabled:  true,
		Engine:   e.Engine,
		Resource: e.resourceName,
		Version:  version,

		EngineVersion: e.engineVersion(version, observed),

		Group:  e.parameterGroup(e.Major(version)),
		Groups: groups,
		// An exact minor version and automatic upgrades would undo each other.
		MinorUpgrades:      e.Major(version) == version,
		MajorUpgrade:       upgrades(version, e, observed),
		BackupDays:         int(ptr.Deref(spec.BackupRetentionDays, byEnvironment[d.claim.Spec.Environment].backupDays)),
		DeletionProtection: ptr.Deref(spec.DeletionProtection, policy == v1alpha1.DeletionPolicyRetain),
		BackupWindow:       spec.BackupWindow,
		MaintenanceWindow:  spec.MaintenanceWindow,
		Port:               e.Port(),
		IAM:                e.SignsInByIAM(region),
		RestoreFrom:        restored,
		Name:               e.databaseName(restored != nil, observed),
		Proxy:              spec.Proxy,
		Username:           cmp.Or(observed.String(e.resourceName, e.username), "ecommerce_owner"),
	}
	if e.Aurora {
		d.aurora(&out, identifier, zones)
	} else {
		d.instance(&out, region)
	}
	out.Insights = e.Insights(out.InstanceClass)
	d.checkClass(out, region)
	return out, errs
}

// checkParameters returns the parameters that the claim cannot set.
func checkParameters(e engine, asked map[string]v1alpha1.ParameterValue) field.ErrorList {
	var errs field.ErrorList
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if why := e.CheckParameter(name, string(asked[name])); why != "" {
			errs = append(errs, field.Invalid(field.NewPath("spec", "database", "parameters").Key(name), string(asked[name]), why))
		}
	}
	return errs
}

// checkClass warns of an instance class that AWS is not known to have in the region:
// it may have it by now.
func (d *decision) checkClass(out Database, region string) {
	path := field.NewPath("spec", "database", "instance", "class")
	if out.Aurora != nil {
		path = field.NewPath("spec", "database", "aurora", "class")
	}
	if out.InstanceClass != classServerless && !out.Engine.Offered(out.InstanceClass, region) {
		d.warn(path, fmt.Sprintf("%s was not available for %s in %s at the time of this release; AWS rejects it unless it is available now", out.InstanceClass, out.Engine.Title, region))
	}
}

// presetClass is the class of a size in a region, or the same size of the elder family
// where the region lacks it.
func presetClass(class, region string, e engines.Engine) string {
	if elder := strings.Replace(class, ".t4g.", ".t3.", 1); !e.Offered(class, region) && e.Offered(elder, region) {
		return elder
	}
	return class
}

// instance decides class and storage of an instance of RDS. Storage that was asked
// for once stays: RDS cannot take it back.
func (d *decision) instance(out *Database, region string) {
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
	out.InstanceClass = cmp.Or(asked.Class, presetClass(preset.instanceClass, region, out.Engine))
	out.StorageGiB = storage
	out.MaxStorageGiB = int(ptr.Deref(asked.Storage.MaxSizeGiB, int32(limit))) //nolint:gosec // At most 65536.
	out.StorageType = cmp.Or(asked.Storage.Type, v1alpha1.StorageGP3)
	out.Performance = performance(out.StorageType, storage, asked.Storage)
}
