package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestStages checks that each stage of hack/ci.sh is a command that exists, runs
// in exactly one job of CI, and is documented.
func TestStages(t *testing.T) {
	read := func(file string) string {
		t.Helper()
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	list := regexp.MustCompile(`(?m)^stages=\(([^)]+)\)$`).FindStringSubmatch(read("hack/ci.sh"))
	if list == nil {
		t.Fatal("hack/ci.sh has no list of stages")
	}
	stages := strings.Fields(list[1])
	var jobs []string
	for _, job := range regexp.MustCompile(`(?m)^ +stages: (.+)$`).FindAllStringSubmatch(read(".github/workflows/ci.yml"), -1) {
		jobs = append(jobs, strings.Fields(job[1])...)
	}
	slices.Sort(jobs)
	if want := slices.Sorted(slices.Values(stages)); !slices.Equal(jobs, want) {
		t.Errorf("the jobs of ci.yml run %v, want %v", jobs, want)
	}
	makefile, page := read("Makefile"), read("docs/ci.md")
	for _, stage := range stages {
		if stage != "first-steps" && !strings.Contains(makefile, "\n"+stage+":") {
			t.Errorf("the Makefile has no target for the stage %s", stage)
		}
		if !strings.Contains(page, "\n| `"+stage+"` | ") {
			t.Errorf("docs/ci.md does not describe the stage %s", stage)
		}
	}
}
