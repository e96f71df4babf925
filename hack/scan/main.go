// Command scan compares Trivy's findings in stacks with those that the catalog of
// controls accepts.
//
//	scan accepted REPORT DIRECTORY NAME...    fail on a finding that the catalog does not accept
//	scan found REPORT NAME CHECK...           fail unless each check has a finding in the stack
//
// REPORT is Trivy's JSON report with passed checks. The stack NAME was scanned in
// the directory NAME. Its rendered resources are in the file DIRECTORY/NAME.yaml.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

const (
	roleAnnotation = "crossplane.io/composition-resource-name"
	// framework is Trivy's name in the catalog.
	framework controls.Framework = "trivy"
	// prefix is the prefix of Trivy's check numbers in the catalog. Older versions
	// of Trivy used it.
	prefix = "AVD-"
)

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) > 3 && args[0] == "accepted":
		err = accepted(args[1], args[2], args[3:])
	case len(args) > 3 && args[0] == "found":
		err = found(args[1], args[2], args[3:])
	default:
		err = errors.New("usage: scan accepted REPORT DIRECTORY NAME..., or scan found REPORT NAME CHECK")
	}
	if err != nil {
		log.Fatal(err)
	}
}

// finding is a result of a check, failed or passed.
type finding struct {
	ID       string `json:"ID"`
	Message  string `json:"Message"`
	Severity string `json:"Severity"`
	Status   string `json:"Status"`
	Cause    struct {
		Resource string `json:"Resource"`
	} `json:"CauseMetadata"`
}

// role returns the resource of the finding. It is empty for a finding about the
// whole stack.
func (f finding) role() string {
	_, resourceName, _ := strings.Cut(f.Cause.Resource, ".")
	resourceName, _, _ = strings.Cut(resourceName, ".")
	return resourceName
}

// check returns the check's number in the catalog.
func (f finding) check() string { return prefix + strings.TrimPrefix(f.ID, prefix) }

// failed reports whether the check failed.
func (f finding) failed() bool { return f.Status != "PASS" }

// readReport returns the findings of each stack. A stack without any result was not
// scanned, which is an error.
func readReport(file string, names []string) (map[string][]finding, error) {
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	report := struct {
		Results []struct {
			Target            string    `json:"Target"`
			Misconfigurations []finding `json:"Misconfigurations"`
		} `json:"Results"`
	}{}
	if err := json.Unmarshal(raw, &report); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := map[string][]finding{}
	for _, r := range report.Results {
		name, _, _ := strings.Cut(r.Target, "/")
		out[name] = append(out[name], r.Misconfigurations...)
	}
	for _, name := range names {
		if !slices.ContainsFunc(out[name], func(f finding) bool { return !f.failed() }) {
			return nil, fmt.Errorf("%s: no checks passed for %s: was it scanned?", file, name)
		}
	}
	return out, nil
}

// found fails unless each check has a finding in a stack.
func found(file, name string, checks []string) error {
	report, err := readReport(file, []string{name})
	if err != nil {
		return err
	}
	for _, check := range checks {
		if !slices.ContainsFunc(report[name], func(f finding) bool { return f.failed() && f.check() == check }) {
			return fmt.Errorf("%s must have a finding in stack %s, but has none", check, name)
		}
	}
	return nil
}

// judge knows the accepted findings, and records which of them occurred.
type judge struct {
	byCheck map[string][]*controls.Control
	used    map[string]bool
}

// accepted fails on a finding that the catalog does not accept, and on an accepted
// one that does not occur.
func accepted(file, directory string, names []string) error {
	report, err := readReport(file, names)
	if err != nil {
		return err
	}
	j := judge{byCheck: map[string][]*controls.Control{}, used: map[string]bool{}}
	catalogue := controls.All().Controls()
	for i := range catalogue {
		for _, check := range catalogue[i].Frameworks[framework] {
			j.byCheck[check] = append(j.byCheck[check], &catalogue[i])
		}
	}
	var failures []error
	for _, name := range names {
		results, err := readResults(filepath.Join(directory, name+".yaml"))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		failures = append(failures, j.judge(name, report[name], results)...)
	}
	for _, c := range catalogue {
		for _, a := range c.Reported {
			if slices.Contains(c.Frameworks[framework], a.Check) && !j.used[use(c.ID, a)] {
				failures = append(failures, fmt.Errorf("%s: %s no longer has a finding for %s: remove it from the field reported", c.ID, a.Check, a.Resource))
			}
		}
	}
	return errors.Join(failures...)
}

// judge prints the accepted findings of a stack, and returns the others.
func (j judge) judge(name string, findings []finding, results map[string]controls.Result) []error {
	passed := map[string]bool{}
	reasons := map[string][]string{}
	count := 0
	var failures []error
	for _, f := range findings {
		if !f.failed() {
			passed[f.check()] = true
			continue
		}
		if reason := j.reason(f, results); reason != "" {
			text := fmt.Sprintf("%s %s (%s)", f.check(), f.Severity, reason)
			reasons[text] = append(reasons[text], f.role())
			count++
			continue
		}
		failures = append(failures, fmt.Errorf("%s: %s %s %s: %s", name, f.check(), f.Severity, f.role(), f.Message))
	}
	fmt.Printf("%s: %d checks passed, %d accepted findings, %d other findings\n", name, len(passed), count, len(failures))
	for _, text := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Printf("  %s: %s\n", text, strings.Join(slices.Compact(slices.Sorted(slices.Values(reasons[text]))), ", "))
	}
	return failures
}

// reason returns the reason why a finding is accepted. It is empty if the finding
// is not accepted.
func (j judge) reason(f finding, results map[string]controls.Result) string {
	out := ""
	for _, c := range j.byCheck[f.check()] {
		for _, a := range c.Reported {
			if a.Check == f.check() && matches(a.Resource, f.role()) {
				j.used[use(c.ID, a)] = true
				out = c.ID + ": " + a.Reason
			}
		}
		for _, a := range c.Accepted {
			if matches(a.Resource, f.role()) {
				out = c.ID + ": " + a.Reason
			}
		}
		if results[c.ID].Elsewhere {
			out = c.ID + ": the resources belong to the account of the stack, or to the stacks of the account"
		}
		// The catalog explains each control that this stack does not meet.
		if results[c.ID].State != controls.StateMet && c.How+c.Reason != "" {
			out = c.ID + ": " + c.How + c.Reason
		}
	}
	return out
}

func use(id string, r controls.Report) string {
	return strings.Join([]string{id, r.Check, r.Resource}, " ")
}

func matches(glob, resourceName string) bool {
	ok, err := path.Match(glob, resourceName)
	return ok && err == nil // All globs in the catalog are valid.
}

// readResults evaluates the controls on a rendered stack.
func readResults(file string) (map[string]controls.Result, error) {
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	var resources []controls.Resource
	var elsewhere controls.Elsewhere
	d := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(raw), len(raw))
	for {
		u := &unstructured.Unstructured{}
		if err := d.Decode(&u.Object); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if strings.HasPrefix(u.GetAPIVersion(), v1alpha1.Group+"/") {
			elsewhere = controls.ElsewhereIn(u)
		}
		if resourceName := u.GetAnnotations()[roleAnnotation]; resourceName != "" {
			object, err := structpb.NewStruct(u.Object)
			if err != nil {
				return nil, err
			}
			resources = append(resources, controls.Resource{Resource: resourceName, Object: object})
		}
	}
	out := map[string]controls.Result{}
	for _, r := range controls.All().Evaluate(resources, elsewhere) {
		out[r.ID] = r
	}
	return out, nil
}
