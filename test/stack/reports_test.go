package stack

import (
	"cmp"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// reportsFile lists public bug reports about the composed kinds.
const reportsFile = "docs/reports.csv"

// noReport is the report of a kind for which the search returned none.
const noReport = "none found"

// bugReport is a row of reportsFile.
type bugReport struct{ kind, report, title, verdict, reason, test string }

// TestReports checks that public bug reports were searched for every composed kind,
// and that each report has a valid verdict.
func TestReports(t *testing.T) {
	composed, tests, rows := composedKinds(t), testFunctions(t), readReports(t)
	number := regexp.MustCompile(`^[\w.-]+/[\w.-]+#[1-9]\d*$`)
	date := regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`)
	found := map[string]bool{}
	for _, r := range rows {
		found[r.kind] = true
		if !slices.Contains(composed, r.kind) {
			t.Errorf("%s is not composed: remove %s", r.kind, r.report)
		}
		switch r.verdict {
		case "avoided", "not composed", "fixed", "accepted":
		case "hits":
			t.Errorf("%s: %s hits the stack: fix it, or accept it with a reason", r.kind, r.report)
		default:
			t.Errorf("%s: %s: verdict %q is not supported; use hits, avoided, not composed, fixed or accepted", r.kind, r.report, r.verdict)
		}
		if r.reason == "" {
			t.Errorf("%s: %s: the reason is missing", r.kind, r.report)
		}
		if r.report == noReport && !date.MatchString(r.reason) {
			t.Errorf("%s: the reason does not say when reports were searched, such as 2026-11-28", r.kind)
		}
		if r.report != noReport && (!number.MatchString(r.report) || r.title == "") {
			t.Errorf("%s: %q needs the form owner/repo#number and a title", r.kind, r.report)
		}
		if r.test != "" && !tests[r.test] {
			t.Errorf("%s: %s: there is no test %s", r.kind, r.report, r.test)
		}
	}
	for _, k := range composed {
		if !found[k] {
			t.Errorf("%s is composed, but %s has no row for it: see docs/development.md", k, reportsFile)
		}
	}
}

// TestReportsAreSorted checks that rows are sorted by kind and report, that no
// report is listed twice, and that "none found" is the only row of its kind.
func TestReportsAreSorted(t *testing.T) {
	rows := readReports(t)
	for i, r := range rows[1:] {
		last := rows[i]
		switch order := cmp.Or(strings.Compare(last.kind, r.kind), strings.Compare(last.report, r.report)); {
		case order == 0:
			t.Errorf("%s: %s is listed twice", r.kind, r.report)
		case order > 0:
			t.Errorf("%s: %s must come before %s: %s", r.kind, r.report, last.kind, last.report)
		}
		if last.kind == r.kind && (last.report == noReport || r.report == noReport) {
			t.Errorf("%s has a report: remove the row %q", r.kind, noReport)
		}
	}
}

// readReports returns all rows of reportsFile.
func readReports(t *testing.T) []bugReport {
	t.Helper()
	f, err := os.Open(reportsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // The file is only read.
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if header := strings.Join(records[0], ","); header != "kind,report,title,verdict,reason,test" || len(records) < 2 {
		t.Fatalf("%s: unexpected header %s, or no rows", reportsFile, header)
	}
	out := make([]bugReport, 0, len(records)-1)
	for _, r := range records[1:] {
		out = append(out, bugReport{r[0], r[1], r[2], r[3], r[4], r[5]})
	}
	return out
}

// composedKinds returns the kinds of the activation policy, such as "rds/Instance".
// TestActivation compares the policy with the examples.
func composedKinds(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("package", "activation", "namespaced.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	policy := struct {
		Spec struct {
			Activate []string `json:"activate"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &policy); err != nil {
		t.Fatal(err)
	}
	out := make([]string, 0, len(policy.Spec.Activate))
	for _, name := range policy.Spec.Activate {
		group, kind, _ := strings.Cut(kindDefinedBy(t, name), " ")
		service, _, _ := strings.Cut(group, ".")
		out = append(out, service+"/"+kind)
	}
	return out
}

// testFunctions returns the names of all tests in the repository.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range function.FindAllStringSubmatch(string(raw), -1) {
			out[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
