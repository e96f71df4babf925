// Package controls is the catalog of security controls for a stack. The checks of a
// control state which fields of composed resources it requires. They are evaluated
// on the resources themselves, so every claim can be verified in a rendered stack.
package controls

import "slices"

// Control is a requirement of a security framework.
type Control struct {
	// ID of the control in this catalogue. It never changes.
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
	// Reason says why it does not apply.
	Reason string `json:"reason,omitempty"`
	// How it is met where the stack does not meet it by itself.
	How string `json:"how,omitempty"`
	// Example is the file of examples/ that takes an opt-in.
	Example string `json:"example,omitempty"`
	// Accepted is the resources that are left out, because meeting the control
	// there would break something else.
	Accepted []Exception `json:"accepted,omitempty"`
	// Reported is what scanners report of resources that meet the control.
	Reported []Report `json:"reported,omitempty"`
	// About is what the control is about: it does not apply to a stack in which none
	// of these holds, such as to one without a database. Without it, it applies to all.
	About []Check `json:"about,omitempty"`
	// Checks must all hold. Those of a control that does not apply say why it
	// does not: once they fail, somebody has to look at it again.
	Checks []Check `json:"checks,omitempty"`

	compiled, subjects []*check
}

// Exception is resources that a control leaves out, and why.
type Exception struct {
	// Resource is a glob of the resources' names within the stack.
	Resource string `json:"resource"`
	Reason   string `json:"reason"`
}

// Report is what a scanner reports although the control is met, and why it is
// accepted.
type Report struct {
	// Check is the scanner's, one of those that ask for the control.
	Check string `json:"check"`
	// Resource is a glob of the resources' names within the stack.
	Resource string `json:"resource"`
	Reason   string `json:"reason"`
}

// Severity is how bad it is not to meet a control.
type Severity string

// Severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

// severities is all of them, worst first.
var severities = []Severity{Critical, High, Medium, Low}

// AtLeast is whether a severity is as bad as another one or worse.
func (s Severity) AtLeast(other Severity) bool {
	return slices.Index(severities, s) <= slices.Index(severities, other)
}

// Default is what a stack does about a control without being asked.
type Default string

// Defaults.
const (
	// Included is met by every stack, unless its claim says otherwise.
	Included Default = "included"
	// OptIn is met by a stack whose claim or platform asks for it.
	OptIn Default = "opt-in"
	// NotApplicable is about what no stack has.
	NotApplicable Default = "not-applicable"
)

// Framework is who asks for a control.
type Framework string

// names is all frameworks, by what readers call them in short and in full.
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

// Frameworks is all of them in the order in which readers see them: standards
// before scanners.
var Frameworks = []Framework{"fsbp", "securityHub", "cis", "pci", "trivy", "checkov", "kics", "kicsCrossplane"}

// State is how a stack stands to a control.
type State string

// Name of the framework in short.
func (f Framework) Name() string { return names[f][0] }

// FullName of the framework.
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
