package settings

import (
	"cmp"
	"fmt"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// Replica is a read replica of the database.
type Replica struct {
	// Number counts from 1, Role is its name within the stack.
	Number int
	Role   string
	// Identifier is its name in AWS.
	Identifier string
	// Version and Group are the database's, but while RDS takes the database to
	// another major version: then the replica's own, which RDS raises by itself.
	Version string
	Group   ParameterGroup
}

// maxReplicas is how many there can be.
const maxReplicas = 5

// replicas decides on the replicas of a database that is to have a version.
func replicas(count int32, database, version string, observed facts.Observed) []Replica {
	out := make([]Replica, 0, count)
	for number := 1; number <= int(count); number++ {
		r := Replica{Number: number, Role: role.DatabaseReplica(number), Version: version}
		r.Identifier = cmp.Or(observed.String(r.Role, "spec.forProvider.identifier"), fmt.Sprintf("%s-replica-%d", database, number))
		if runs := cmp.Or(running(observed, r.Role), running(observed, role.Database)); runs != "" && Major(runs) != Major(version) {
			r.Version = Major(runs)
		}
		r.Group = parameterGroup(Major(r.Version))
		out = append(out, r)
	}
	return out
}

// instances is the roles of the database and of all replicas that there are.
func instances(observed facts.Observed) []string {
	out := []string{role.Database}
	for number := 1; number <= maxReplicas; number++ {
		if observed.Has(role.DatabaseReplica(number)) {
			out = append(out, role.DatabaseReplica(number))
		}
	}
	return out
}
