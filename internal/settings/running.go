package settings

import (
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// running decides the application and its data stores, and what is kept of them on
// deletion. It returns the errors of the first part that has any.
func (d *decision) running(s *Settings) field.ErrorList {
	spec := d.claim.Spec
	for _, decide := range []func() field.ErrorList{
		func() field.ErrorList { return into(&s.Cache)(d.cache(s.Stack)) },
		func() field.ErrorList { return into(&s.App)(d.app(s.Region, s.Network, s.Cache)) },
		func() field.ErrorList { return into(&s.Queues)(d.queues(s.Stack, s.App, s.Network)) },
		func() field.ErrorList { return into(&s.Mail)(d.mail(s.Region, s.App, s.Network)) },
		func() field.ErrorList {
			return into(&s.Database)(d.database(s.DeletionPolicy, s.Names.Database, s.Region, s.Network.Zones))
		},
		func() field.ErrorList { return into(&s.Search)(d.search(s.Stack, s.DeletionPolicy, s.Network)) },
	} {
		if errs := decide(); len(errs) > 0 {
			return errs
		}
	}
	s.Access.Runtimes = runtimes(s.Access.Runtimes, s.App)
	if !s.Database.Enabled {
		s.App.Services = withoutDatabase(s.App.Services)
	}
	s.Keep = keep(s.DeletionPolicy, spec.Guardrails.Audit, s.Database, s.Cache, s.Search)
	return append(s.checkVariables(spec.App.Services), s.checkDatabaseUse(spec)...)
}

// into stores a decision, and returns its errors.
func into[T any](out *T) func(T, field.ErrorList) field.ErrorList {
	return func(decided T, errs field.ErrorList) field.ErrorList {
		*out = decided
		return errs
	}
}
