// Package controls is the catalog of security controls for a stack. The checks of a
// control state which fields of composed resources it requires. They are evaluated
// on the resources themselves, so every claim can be verified in a rendered stack.
package controls

import "slices"

// Control is a requirement of a security framework.
type Control struct {
	// ID of the control in this catalog. It never changes.
	ID string `json:"id"`
	// Title states the requirement.
	Title string `json:"title"`
	// Tier that meets it.
	Tier string `json:"tier,omitempty"`
	// Severity of a violation.
	Severity Severity `json:"severity"`
	// Frameworks with this requirement, and their own IDs for it.
	Frameworks map[Framework][]string `json:"frameworks"`
	// Default is the state of the control without configuration.
	Default Default `json:"default"`
	// Reason explains why the control does not apply.
	Reason string `json:"reason,omitempty"`
	// How to meet the control if a stack does not meet it by default.
	How string `json:"how,omitempty"`
	// Example is a file in examples/ that enables an opt-in.
	Example string `json:"example,omitempty"`
	// Accepted lists resources to skip, because the control would break something
	// else.
	Accepted []Exception `json:"accepted,omitempty"`
	// Reported lists findings of scanners for resources that meet the control.
	Reported []Report `json:"reported,omitempty"`
	// About contains conditions for the control: it does not apply to a stack that
	// meets none of them, such as one without a database. If empty, the control
	// applies to all stacks.
	About []Check `json:"about,omitempty"`
	// Checks must all pass. For a control that does not apply, they verify the
	// reason: if one fails, the control needs a review.
	Checks []Check `json:"checks,omitempty"`

	compiled, subjects []*check
}

// Exception lists resources to skip, and the reason.
type Exception struct {
	// Resource is a glob of names within the stack.
	Resource string `json:"resource"`
	Reason   string `json:"reason"`
}

// Report is an accepted finding of a scanner about a met control, and the reason.
type Report struct {
	// Check is the scanner's ID of a check in the control's frameworks.
	Check string `json:"check"`
	// Resource is a glob of names within the stack.
	Resource string `json:"resource"`
	Reason   string `json:"reason"`
}

// Severity of not meeting a control.
type Severity string

// Severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

// severities lists all severities, worst first.
var severities = []Severity{Critical, High, Medium, Low}

// AtLeast reports whether a severity is at least as bad as another one.
func (s Severity) AtLeast(other Severity) bool {
	return slices.Index(severities, s) <= slices.Index(severities, other)
}

// Default is the state of a control in a stack with default settings.
type Default string

// Defaults.
const (
	// Included controls are met by every stack, unless its claim disables them.
	Included Default = "included"
	// OptIn controls are met if the claim or the platform enables them.
	OptIn Default = "opt-in"
	// NotApplicable controls are about resources that no stack has.
	NotApplicable Default = "not-applicable"
)

// Framework is a source of controls.
type Framework string

// names contains the short and the full name of each framework.
var names = map[Framework][2]string{
	"fsbp":           {"FSBP", "AWS Foundational Security Best Practices"},
	"securityHub":    {"Security Hub", "other standards of AWS Security Hub"},
	"cis":            {"CIS", "CIS AWS Foundations Benchmark 3.0"},
	"pci":            {"PCI", "PCI DSS 4"},
	"trivy":          {"Trivy", "the scanner Trivy"},
	"checkov":        {"Checkov", "the scanner Checkov"},
	"kics":           {"KICS", "the scanner KICS, for Terraform"},
	"kicsCrossplane": {"KICS Crossplane", "the scanner KICS, for Crossplane"},
}

// Frameworks lists all frameworks in the order of documentation: standards before
// scanners.
var Frameworks = []Framework{"fsbp", "securityHub", "cis", "pci", "trivy", "checkov", "kics", "kicsCrossplane"}

// State is a stack's result for a control.
type State string

// Name returns the framework's short name.
func (f Framework) Name() string { return names[f][0] }

// FullName returns the framework's full name.
func (f Framework) FullName() string { return names[f][1] }

// States.
const (
	StateMet           State = "Met"
	StateNotMet        State = "NotMet"
	StateOptIn         State = "OptIn"
	StateNotApplicable State = "NotApplicable"
)

// Totals counts controls by state.
type Totals map[State]int32
