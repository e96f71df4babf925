package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeDatabaseEvents adds the account's notifications for events of databases. An
// account can have twenty subscriptions in a region, so stacks share these (Amazon
// RDS User Guide, "Quotas and constraints for Amazon RDS").
func composeDatabaseEvents(s *settings.Settings, set *desired.Set) {
	kit.SubscribeToDatabases(s, set, composed.AlarmsTopic, kit.DatabaseSources()...)
}
