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

// Database contains the effective settings of the database.
type Database struct {
	// Enabled reports whether the stack has a database. If not, all other fields
	// are empty.
	Enabled bool
	// Engine describes the engine.
	Engine engines.Engine
	// Resource is the resource that holds the data: an instance or an Aurora
	// cluster.
	Resource string
	Version  string
	// EngineVersion is the version in RDS's API.
	EngineVersion string
	// Group is the parameter group of the version. Groups also contains those that
	// still exist.
	Group         ParameterGroup
	Groups        []ParameterGroup
	MinorUpgrades bool
	// MajorUpgrade reports whether RDS shall upgrade the major version.
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
	// Insights reports whether Performance Insights is enabled, and IAM whether IAM
	// authentication is.
	Insights, IAM bool
	// Name is the name of the initial database, and Username that of its
	// administrator. A restored database keeps its names.
	Name, Username string
	// Proxy is nil without a proxy.
	Proxy *v1alpha1.DatabaseProxy
	// RestoreFrom is the source of a restored database. It is nil if the database
	// was created empty.
	RestoreFrom *v1alpha1.DatabaseRestore
	// Aurora is nil for an RDS instance.
	Aurora *Aurora
}

// storageGrowth limits automatic storage growth to a multiple of the initial size.
const storageGrowth = 5

// maxStorage is the maximum storage in GiB of PostgreSQL, MySQL and MariaDB in RDS.
const maxStorage = 65536

// database decides the settings of the database. It returns errors for engine
// versions and parameters that AWS would reject.
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
		// An exact minor version and automatic upgrades would revert each other.
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

// checkParameters returns an error for each parameter that a claim cannot set.
func checkParameters(e engine, asked map[string]v1alpha1.ParameterValue) field.ErrorList {
	var errs field.ErrorList
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if why := e.CheckParameter(name, string(asked[name])); why != "" {
			errs = append(errs, field.Invalid(field.NewPath("spec", "database", "parameters").Key(name), string(asked[name]), why))
		}
	}
	return errs
}

// checkClass warns if the tables do not list an instance class for the region. AWS
// may have added it.
func (d *decision) checkClass(out Database, region string) {
	path := field.NewPath("spec", "database", "instance", "class")
	if out.Aurora != nil {
		path = field.NewPath("spec", "database", "aurora", "class")
	}
	if out.InstanceClass != classServerless && !out.Engine.Offered(out.InstanceClass, region) {
		d.warn(path, fmt.Sprintf("instance class %s was not available for %s in %s when this version of the function was released; AWS rejects the class if it is still not available", out.InstanceClass, out.Engine.Title, region))
	}
}

// presetClass returns the instance class of a size. If the region lacks it, it
// returns the same size of the previous generation.
func presetClass(class, region string, e engines.Engine) string {
	if elder := strings.Replace(class, ".t4g.", ".t3.", 1); !e.Offered(class, region) && e.Offered(elder, region) {
		return elder
	}
	return class
}

// instance decides class and storage of an RDS instance. The storage never shrinks,
// because RDS cannot shrink it.
func (d *decision) instance(out *Database, region string) {
	asked, preset := d.claim.Spec.Database.Instance, bySize[d.claim.Spec.Size]
	storage := int(ptr.Deref(asked.Storage.SizeGiB, preset.storageGiB))
	if seen := int(d.observed.Number(composed.Database, "spec.forProvider.allocatedStorage")); seen > storage {
		d.pin("spec.database.instance.storage.sizeGiB", strconv.Itoa(storage), strconv.Itoa(seen))
		storage = seen
	}
	limit := min(storage*storageGrowth, maxStorage)
	if limit < withHeadroom(storage) {
		limit = storage // There is no room for growth, so autoscaling is off.
	}
	out.MultiAZ = ptr.Deref(asked.MultiAZ, byEnvironment[d.claim.Spec.Environment].multiAZ)
	out.InstanceClass = cmp.Or(asked.Class, presetClass(preset.instanceClass, region, out.Engine))
	out.StorageGiB = storage
	out.MaxStorageGiB = int(ptr.Deref(asked.Storage.MaxSizeGiB, int32(limit))) //nolint:gosec // The maximum is 65536.
	out.StorageType = cmp.Or(asked.Storage.Type, v1alpha1.StorageGP3)
	out.Performance = performance(out.StorageType, storage, asked.Storage)
}
