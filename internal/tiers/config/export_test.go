package config

// RemediationRules is the rules that remediations stand on.
func RemediationRules() []string {
	var out []string
	for _, r := range remediations() {
		out = append(out, r.rule)
	}
	return out
}
