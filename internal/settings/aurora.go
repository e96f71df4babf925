package settings

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Aurora contains the settings that a cluster has in addition to those of an RDS
// instance.
type Aurora struct {
	// Serverless reports whether its instances scale within Capacity.
	Serverless bool
	Capacity   Capacity
	// Instances of the cluster. The first one is the initial writer.
	Instances []ClusterInstance
}

// Reads reports whether the cluster has readers.
func (d Database) Reads() bool { return d.Aurora != nil && len(d.Aurora.Instances) > 1 }

// Capacity limits the scaling of a cluster's instances, in Aurora capacity units of
// 2 GiB of memory.
type Capacity struct {
	Min, Max float64
	// PauseSeconds is the time without connections after which an instance pauses.
	// Zero leaves it to AWS.
	PauseSeconds int
}

// ClusterInstance is an instance of a cluster.
type ClusterInstance struct {
	// Number starts at 1. Resource is its name within the stack.
	Number   int
	Resource string
	// Identifier is its name in AWS.
	Identifier string
	// Zone is its availability zone. It is empty if Aurora chooses.
	Zone string
	// Tier is its failover priority. Instances of the first two tiers scale with
	// the writer, so that they can take over immediately.
	Tier int
}

const (
	classServerless = "db.serverless"
	gibPerUnit      = 2
)

// aurora decides capacity and instances of a cluster. In production, each reader is
// also a standby, which scales with the writer.
func (d *decision) aurora(out *Database, identifier string, zones []Zone) {
	asked, preset := d.claim.Spec.Database.Aurora, bySize[d.claim.Spec.Size].capacity
	standby := byEnvironment[d.claim.Spec.Environment].multiAZ
	out.InstanceClass, out.Aurora = asked.Class, &Aurora{}
	if asked.Class == "" {
		out.InstanceClass = classServerless
		out.Aurora = &Aurora{Serverless: true, Capacity: Capacity{
			Min:          units(asked.Serverless.MinCapacity, preset.Min),
			Max:          units(asked.Serverless.MaxCapacity, preset.Max),
			PauseSeconds: int(ptr.Deref(asked.Serverless.SecondsUntilAutoPause, 0)),
		}}
	}
	readers := 0
	if standby {
		readers = 1
	}
	if asked.Readers != nil {
		readers = int(*asked.Readers)
	}
	out.MultiAZ = readers > 0
	for number := 1; number <= 1+readers; number++ {
		out.Aurora.Instances = append(out.Aurora.Instances, clusterInstance(number, standby, identifier, zones, d.observed))
	}
}

// units converts a capacity. The schema ensures steps of 0.5, which a
// floating-point number represents exactly.
func units(asked *resource.Quantity, otherwise float64) float64 {
	if asked == nil {
		return otherwise
	}
	return asked.AsApproximateFloat64()
}

// clusterInstance returns an instance of the cluster.
func clusterInstance(number int, standby bool, identifier string, zones []Zone, observed facts.Observed) ClusterInstance {
	i := ClusterInstance{Number: number, Resource: composed.DatabaseInstance(number), Tier: number}
	if number == 1 || standby {
		i.Tier = number - 1
	}
	i.Identifier = cmp.Or(observed.ExternalName(i.Resource).Value, fmt.Sprintf("%s-%d", identifier, number))
	if len(zones) > 0 {
		i.Zone = zones[(number-1)%len(zones)].Name
	}
	// An instance cannot move to another zone, but the choice for a new one depends
	// on the number of zones.
	i.Zone = cmp.Or(observed.String(i.Resource, "spec.forProvider.availabilityZone"), i.Zone)
	return i
}

// The first minor version that supports a feature, by engine and major version (AWS
// documentation, "Performance and scaling for Aurora Serverless v2").
var (
	pausesSince = map[v1alpha1.DatabaseEngine]map[string]string{
		v1alpha1.DatabaseEngineAuroraPostgreSQL: {"15": "15.7", "16": "16.3"},
		v1alpha1.DatabaseEngineAuroraMySQL:      {"8.0": "8.0.mysql_aurora.3.08.0"},
	}
	growsSince = map[v1alpha1.DatabaseEngine]map[string]string{
		v1alpha1.DatabaseEngineAuroraPostgreSQL: {"15": "15.5"},
		v1alpha1.DatabaseEngineAuroraMySQL:      {"8.0": "8.0.mysql_aurora.3.06.0"},
	}
)

// growsTo is the maximum capacity of older versions.
const growsTo = 128

// checkAurora returns errors for capacities that Aurora would reject.
func checkAurora(d Database, path *field.Path) field.ErrorList {
	if !d.Aurora.Serverless {
		return nil
	}
	c, path := d.Aurora.Capacity, path.Child("aurora", "serverless")
	older := func(since map[v1alpha1.DatabaseEngine]map[string]string) (string, bool) {
		first := since[d.Engine.Name][d.Engine.Major(d.Version)]
		return first, first != "" && d.Engine.Older(d.Version, first)
	}
	var errs field.ErrorList
	if c.Min > c.Max {
		errs = append(errs, field.Invalid(path.Child("minCapacity"), c.Min, fmt.Sprintf("must not exceed maxCapacity (%v)", c.Max)))
	}
	if since, old := older(pausesSince); c.Min == 0 && old {
		errs = append(errs, field.Invalid(path.Child("minCapacity"), c.Min, fmt.Sprintf("version %s does not support pausing: set minCapacity to 0.5 or more, or use version %s or later", d.Version, since)))
	}
	if since, old := older(growsSince); c.Max > growsTo && old {
		errs = append(errs, field.Invalid(path.Child("maxCapacity"), c.Max, fmt.Sprintf("version %s supports at most %d capacity units: use version %s or later", d.Version, growsTo, since)))
	}
	return errs
}
