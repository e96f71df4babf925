package settings

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

const (
	errAccountGone  = "the SecureEcommerceAccount %s, whose guardrails the stack uses, no longer exists for region %s: create it again; until then, the stack does not change"
	errAccountAwait = "the SecureEcommerceAccount %s, whose guardrails new stacks use, is not ready yet: see its conditions"
)

// statusShared is the path of the account that the stack used last.
const statusShared = "status.sharedAccount"

// shared returns the account whose guardrails the stack uses. It is nil if the stack
// has its own. A stack changes to an account as soon as that is ready, and never back:
// a missing or temporarily unready account must not create a second trail.
func (d *decision) shared(region, accountID string) (*platform.Account, error) {
	if !d.input.Existing.Account || d.claim.IsAccount {
		return nil, nil //nolint:nilnil // No account is a valid result.
	}
	used := d.observed.CompositeString(statusShared)
	path := field.NewPath("existing", "account")
	for _, a := range d.accounts {
		if a.Region != region || a.AccountID != "" && accountID != "" && a.AccountID != accountID {
			continue
		}
		switch {
		case a.Ready, used == a.Name:
			return &a, nil
		case used == "" && len(d.observed.Names()) == 0:
			return nil, platform.InvalidError{field.Forbidden(path, fmt.Sprintf(errAccountAwait, a.Name))}
		}
	}
	if used != "" {
		return nil, platform.InvalidError{field.Forbidden(path, fmt.Sprintf(errAccountGone, used, region))}
	}
	return nil, nil //nolint:nilnil // As above.
}

// share decides what the account owns instead of the stack. The files of a trail and
// a recorder stay in the stack. Its recorder also stays until the account has one,
// because AWS refuses a second one.
func (d *decision) share(s *Settings, account *platform.Account) {
	s.Shared = account
	trail, recorder := s.On(TierAudit), s.On(TierConfig) && d.claim.Spec.Guardrails.Config.Recorder && !s.Existing.Recorder
	s.Audit.Trail, s.Audit.Files = trail, trail
	s.Config.Recorder, s.Config.Files = recorder, recorder
	if account == nil {
		return
	}
	s.Existing.LogDelivery = true
	s.Audit.Trail, s.Audit.Files = false, trail && d.observed.Has(composed.AuditBucket)
	if account.Recorder != "" {
		s.Config.Recorder, s.Config.Files = false, recorder && d.observed.Has(composed.ConfigBucket)
	}
}
