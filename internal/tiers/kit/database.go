package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// DatabaseSecret is the ARN of the secret that RDS keeps the password in.
func DatabaseSecret(s *settings.Settings, observed facts.Observed) facts.Fact {
	return observed.Fact(s.Database.Resource, "status.atProvider.masterUserSecret[0].secretArn")
}

// DatabaseAddress is the database's host name, once it has one.
func DatabaseAddress(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Fact(composed.DatabaseCluster, "status.atProvider.endpoint")
	}
	return observed.Fact(composed.Database, "status.atProvider.address")
}

// DatabaseName is the name of the database within, once it is known.
func DatabaseName(s *settings.Settings) facts.Fact {
	path := "status.atProvider.dbName"
	if s.Database.Aurora != nil {
		path = "status.atProvider.databaseName"
	}
	return facts.Fact{Resource: s.Database.Resource, Path: path, Value: s.Database.Name}
}

// DatabaseResourceID is the ID that policies know the database by, whatever its
// name.
func DatabaseResourceID(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Fact(composed.DatabaseCluster, "status.atProvider.clusterResourceId")
	}
	return observed.Fact(composed.Database, "status.atProvider.resourceId")
}

// ReadEndpoint is the host name of all instances that read, not known where there
// are none.
func ReadEndpoint(s *settings.Settings, observed facts.Observed) facts.Fact {
	f := observed.Fact(composed.DatabaseCluster, "status.atProvider.readerEndpoint")
	if !s.Database.Reads() {
		f.Value = ""
	}
	return f
}

// DatabaseStands is the fact that the database answers.
func DatabaseStands(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Ready(composed.DatabaseInstance(1))
	}
	return observed.Ready(composed.Database)
}

// Nonzero is a value, nil if it is left to AWS.
func Nonzero[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// Pointers is a list as the provider's types want it.
func Pointers(values []string) []*string {
	out := make([]*string, 0, len(values))
	for _, v := range values {
		out = append(out, &v)
	}
	return out
}

// PointersOf is a map with pointers to its values.
func PointersOf(values map[string]string) map[string]*string {
	out := make(map[string]*string, len(values))
	for k, v := range values {
		out[k] = &v
	}
	return out
}
