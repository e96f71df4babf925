package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// DatabaseSecret returns the ARN of the secret with the administrator's password.
func DatabaseSecret(s *settings.Settings, observed facts.Observed) facts.Fact {
	return observed.Fact(s.Database.Resource, "status.atProvider.masterUserSecret[0].secretArn")
}

// DatabaseAddress returns the database's host name, once it is known.
func DatabaseAddress(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Fact(composed.DatabaseCluster, "status.atProvider.endpoint")
	}
	return observed.Fact(composed.Database, "status.atProvider.address")
}

// DatabaseName returns the name of the initial database, once it is known.
func DatabaseName(s *settings.Settings) facts.Fact {
	path := "status.atProvider.dbName"
	if s.Database.Aurora != nil {
		path = "status.atProvider.databaseName"
	}
	return facts.Fact{Resource: s.Database.Resource, Path: path, Value: s.Database.Name}
}

// DatabaseResourceID returns the database's ID in policies, which does not depend
// on its name.
func DatabaseResourceID(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Fact(composed.DatabaseCluster, "status.atProvider.clusterResourceId")
	}
	return observed.Fact(composed.Database, "status.atProvider.resourceId")
}

// ReadEndpoint returns the host name of all readers. It is unknown if there are
// none.
func ReadEndpoint(s *settings.Settings, observed facts.Observed) facts.Fact {
	f := observed.Fact(composed.DatabaseCluster, "status.atProvider.readerEndpoint")
	if !s.Database.Reads() {
		f.Value = ""
	}
	return f
}

// DatabaseStands returns the fact that the database is available.
func DatabaseStands(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Database.Aurora != nil {
		return observed.Ready(composed.DatabaseInstance(1))
	}
	return observed.Ready(composed.Database)
}

// Nonzero returns a pointer to a value, or nil if it is zero and therefore left to
// AWS.
func Nonzero[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// Pointers converts a list for models.
func Pointers(values []string) []*string {
	out := make([]*string, 0, len(values))
	for _, v := range values {
		out = append(out, &v)
	}
	return out
}

// PointersOf converts a map for models.
func PointersOf(values map[string]string) map[string]*string {
	out := make(map[string]*string, len(values))
	for k, v := range values {
		out[k] = &v
	}
	return out
}
