package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// The error for an incomplete tier contains its name.
func TestAll(t *testing.T) {
	names, conditions := map[string]bool{}, map[string]bool{}
	for _, tier := range All() {
		if err := tier.Validate(); err != nil {
			t.Error(err)
		}
		if names[tier.Name] || conditions[tier.Condition] {
			t.Errorf("there is another tier %q or condition %q", tier.Name, tier.Condition)
		}
		names[tier.Name], conditions[tier.Condition] = true, true
	}
}

func TestAbsent(t *testing.T) {
	s := &settings.Settings{Off: map[string]string{"waf": "switched off"}}
	asked := func(*settings.Settings) string { return "nobody asked" }
	cases := map[string]struct {
		tier kit.Tier
		want string
	}{
		"There":       {tier: kit.Tier{Name: "cdn"}},
		"SwitchedOff": {tier: kit.Tier{Name: "waf", Off: asked}, want: "switched off"},
		"NotAsked":    {tier: kit.Tier{Name: "queue", Off: asked}, want: "nobody asked"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := tc.tier.Absent(s); got != tc.want {
				t.Errorf("want %q, got %q", tc.want, got)
			}
		})
	}
}

func TestValidate(t *testing.T) {
	whole := All()[0]
	cases := map[string]struct {
		change func(*kit.Tier)
		want   string
	}{
		"Name":      {change: func(t *kit.Tier) { t.Name = "" }, want: `tier "" has no Name`},
		"Title":     {change: func(t *kit.Tier) { t.Title = "" }, want: `tier "network" has no Title`},
		"Condition": {change: func(t *kit.Tier) { t.Condition = "" }, want: `tier "network" has no Condition`},
		"Compose":   {change: func(t *kit.Tier) { t.Compose = nil }, want: `tier "network" has no Compose`},
		"Report":    {change: func(t *kit.Tier) { t.Report = nil }, want: `tier "network" has no Report`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tier := whole
			tc.change(&tier)
			if err := tier.Validate(); err == nil || err.Error() != tc.want {
				t.Errorf("want %s, got %v", tc.want, err)
			}
		})
	}
}
