package claim

import "testing"

func TestSecretNamespace(t *testing.T) {
	for name, tc := range map[string]struct {
		reason   string
		identity Identity
		want     string
	}{
		"Claim":      {reason: "Beside the claim.", identity: Identity{Owner: "team-a/shop"}, want: "team-a"},
		"Namespaced": {reason: "Beside the composite.", identity: Identity{Owner: "team-a/shop", Namespace: "team-a"}, want: "team-a"},
		"Composite":  {reason: "A composite without claim has no namespace.", identity: Identity{Owner: "shop"}, want: "crossplane-system"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.identity.SecretNamespace(); got != tc.want {
				t.Errorf("\n%s\nSecretNamespace(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
