package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/docs"
)

// elsewhere contains prefixes of documented commands that this test does not run,
// and the reason.
var elsewhere = map[string]string{
	"go test ./...":       "it is what runs here",
	"go run . portal":     "it serves until it is stopped; make portal-test does that",
	"go run ./hack/":      "it wants what a cluster with the real provider holds",
	"go test -run":        "it rewrites a list that the same test checks",
	"go test -C test/":    "a module of its own; make test runs it",
	"go run -C bench":     "a module of its own; make benchstat builds it",
	"kubectl ":            "it needs a cluster; make e2e runs it",
	"aws ":                "it wants an account",
	"git ":                "git is not ours to test",
	"openssl ":            "nor is it",
	"python3 -m unittest": "internal/responses runs it",
	"crossplane render":   "make render runs it of every example",
	"export ":             "it is for what follows",
	"helm ":               "it wants a cluster",
	"mkdir ":              "it is for what follows",
	"for ":                "it clones from elsewhere",
}

// generated begins what a generator writes of a page.
var generated = regexp.MustCompile(`(?m)^(<!-- )?(Generated from|From here on it is generated)`)

// longest is the maximum number of lines without a heading: two screens.
const longest = 60

// TestDocsPages verifies that each page starts with its purpose, has one row in the
// index, and has headings.
func TestDocsPages(t *testing.T) {
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile("docs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append([]string{"README.md", "CONTRIBUTING.md"}, files...) {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		page := string(raw)
		if !regexp.MustCompile(`(?s)^(<!--[^\n]*-->\n)?# [^\n]+\n\n(<!--[^\n]*-->\n\n)?[A-Z]`).MatchString(page) {
			t.Errorf("%s: want a title, an empty line, and a sentence about the purpose of the page", f)
		}
		if n := strings.Count(string(index), "]("+filepath.Base(f)+")"); strings.HasPrefix(f, "docs/") && f != "docs/README.md" && n != 1 {
			t.Errorf("%s: want it once in docs/README.md, got it %d times", f, n)
		}
		// A generated part is a table.
		if at := generated.FindStringIndex(page); at != nil {
			page = page[:at[0]]
		}
		last, code := 0, false
		for i, line := range append(strings.Split(page, "\n"), "# end") {
			code = code != strings.HasPrefix(strings.TrimSpace(line), "```")
			if strings.HasPrefix(line, "#") && !code {
				if i-last > longest {
					t.Errorf("%s:%d: %d lines without a heading, want %d at most", f, last+1, i-last, longest)
				}
				last = i
			}
		}
	}
}

// TestDocsCommands runs the documented commands, except those in elsewhere. Examples
// replace the reader's files.
func TestDocsCommands(t *testing.T) {
	dir := t.TempDir()
	own := map[string]string{}
	for name, example := range map[string]string{"shop.yaml": "examples/production.yaml", "input.yaml": "examples/input.yaml"} {
		raw, err := os.ReadFile(example)
		if err != nil {
			t.Fatal(err)
		}
		own[name] = filepath.Join(dir, name)
		if err := os.WriteFile(own[name], raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stands, _, _ := executed("render", own["shop.yaml"], "--converged", "--scope", "namespaced")
	own["observed.yaml"] = filepath.Join(dir, "observed.yaml")
	if err := os.WriteFile(own["observed.yaml"], []byte(stands), 0o600); err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	commands, err := docs.Commands(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands {
		args, ours := strings.CutPrefix(c.Line, "go run . ")
		targets, made := strings.CutPrefix(c.Line, "make ")
		switch {
		case c.BeginsLike(elsewhere):
		case ours:
			ran++
			args, _, _ = strings.Cut(args, " > ")
			words := strings.Fields(args)
			for i, w := range words {
				if f := own[w]; f != "" {
					words[i] = f
				}
			}
			out, err, code := executed(words...)
			if code != 0 || out == "" {
				t.Errorf("%s: %s: exit code %d\n%s", c.File, c.Line, code, err)
			}
			// A plan compares the claim with its own stack, so it creates nothing.
			if slices.Contains(words, "--diff") && !slices.Contains(words, "json") && !strings.Contains(out, "\n0 to create, 0 to change, ") {
				t.Errorf("%s: %s: the plan of an unchanged claim has changes:\n%s", c.File, c.Line, out)
			}
		case made:
			for target := range strings.FieldsSeq(targets) {
				if name, _, _ := strings.Cut(target, "="); name == target && !strings.ContainsAny(target, "'-") && !strings.Contains(string(makefile), "\n"+target+":") {
					t.Errorf("%s: %s: there is no target %s", c.File, c.Line, target)
				}
			}
		default:
			t.Errorf("%s: nobody runs %q: run it here, or say why not", c.File, c.Line)
		}
	}
	if ran < 10 {
		t.Errorf("want a dozen commands of ours, ran %d", ran)
	}
}

// notClaims is YAML of the documentation that is no part of a claim, by page and
// heading, and why not.
var notClaims = map[string]string{
	"docs/development.md": "controls, which internal/controls reads",
	"docs/gitops.md":      "an annotation",
	"docs/operations.md":  "values of Crossplane's chart, which make e2e compares with it",
	"docs/platform.md":    "input",
}

// parents is the lines above a part of a claim, by its indentation.
var parents = []string{2: "spec:\n", 4: "  app:\n", 6: "    services:\n", 8: "      - image: registry.example.org/shop:1\n"}

// surroundings is what the text before a part of a claim requires of the rest, by the
// part's heading.
var surroundings = map[string]string{
	"Connect a service":                       "  cache: {}\n",
	"Connect an application that cannot sign": "  search: {}\n",
	"SMTP":                  "  cdn: {domain: shop.example.com}\n  mail: {}\n",
	"Serve several domains": "  cdn: {domain: shop.example.com, additionalDomains: [admin.shop.example.com]}\n",
}

// allowing is the input of a platform that allows what the documentation shows.
const allowing = `apiVersion: fn.platform.secure-ecommerce.dev/v1alpha1
kind: Input
accountId: "123456789012"
limits:
  allowedPolicyArns: [arn:aws:iam::123456789012:policy/shops/*]
  allowedActions: ["translate:*"]
  allowedKmsKeyArns: ["arn:aws:kms:eu-west-1:123456789012:key/*"]
`

// TestDocsClaims renders each part of a claim that the documentation shows, with
// the lines above it and a region.
func TestDocsClaims(t *testing.T) {
	blocks, err := docs.Blocks(".", "yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir, ran := t.TempDir(), 0
	file, input := filepath.Join(dir, "claim.yaml"), filepath.Join(dir, "input.yaml")
	if err := os.WriteFile(input, []byte(allowing), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if notClaims[b.File] != "" {
			continue
		}
		for part := range strings.SplitSeq(strings.Join(b.Lines, "\n"), "\n---\n") {
			ran++
			if err := os.WriteFile(file, []byte(wholeClaim(part, surroundings[b.Heading])), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, stderr, code := executed("render", file, "--input", input, "--output", "table"); code != 0 {
				t.Errorf("%s, %s: the YAML is refused:\n%s\n%s", b.File, b.Heading, wholeClaim(part, surroundings[b.Heading]), stderr)
			}
		}
	}
	if ran < 30 {
		t.Errorf("want 30 parts of claims, ran %d", ran)
	}
}

// wholeClaim is the claim that a part belongs to, with further lines of its spec.
func wholeClaim(part, further string) string {
	if strings.HasPrefix(part, "apiVersion:") {
		return part
	}
	var above strings.Builder
	above.WriteString("apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\n")
	indentation := len(part) - len(strings.TrimLeft(part, " "))
	for _, line := range parents[:min(indentation, len(parents)-1)+1] {
		above.WriteString(line)
	}
	whole := above.String() + part
	if !strings.Contains(whole, "\n  region: ") {
		further += "  region: eu-west-1\n"
	}
	return strings.Replace(whole, "\nspec:\n", "\nspec:\n"+further, 1)
}

// TestDocsFiles holds that what the documentation refers to in this repository is
// there, headings included.
func TestDocsFiles(t *testing.T) {
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#\s:]*)(#[^)\s]*)?\)`)
	code := regexp.MustCompile("`[^`\n]*`")
	applied := regexp.MustCompile(`kubectl apply -f ([\w./-]+)`)
	for _, f := range append([]string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "bench/README.md"}, files...) {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range link.FindAllStringSubmatch(code.ReplaceAllString(string(raw), ""), -1) {
			target := f
			if l[1] != "" {
				target = filepath.Join(filepath.Dir(f), l[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s refers to %s, which is not there", f, l[1])
			} else if l[2] != "" && !slices.Contains(headings(t, target), l[2]) {
				t.Errorf("%s refers to %s%s, of which %s has no heading", f, l[1], l[2], target)
			}
		}
		for _, a := range applied.FindAllStringSubmatch(string(raw), -1) {
			if _, err := os.Stat(a[1]); err != nil && a[1] != "-" {
				t.Errorf("%s applies %s, which is not there", f, a[1])
			}
		}
	}
}

// TestCompatibility verifies that the compatibility table names the pinned
// versions.
func TestCompatibility(t *testing.T) {
	page, err := os.ReadFile("docs/compatibility.md")
	if err != nil {
		t.Fatal(err)
	}
	cores, err := filepath.Glob("tools/crossplane-core*/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	pinned := map[string]string{
		"go.mod":                      "github.com/upbound/provider-aws/v2",
		"tools/provider-aws/go.mod":   "github.com/upbound/provider-aws/v2",
		"tools/provider-crds/go.mod":  "github.com/upbound/provider-aws/v2",
		"tools/kube-apiserver/go.mod": "k8s.io/kubernetes",
		"tools/crossplane/go.mod":     "github.com/crossplane/cli/v2",
	}
	for _, c := range cores {
		pinned[c] = "github.com/crossplane/crossplane/v2"
	}
	for file, module := range pinned {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		version := regexp.MustCompile(`(?m)^(?:require|)\s+` + regexp.QuoteMeta(module) + ` (v\S+)`).FindSubmatch(raw)
		if version == nil {
			t.Errorf("%s does not require %s", file, module)
		} else if !regexp.MustCompile(regexp.QuoteMeta(string(version[1])) + `\b`).Match(page) {
			t.Errorf("docs/compatibility.md does not name %s of %s, which %s requires", version[1], module, file)
		}
	}
}

// TestRunbooks verifies that each alert has a runbook.
func TestRunbooks(t *testing.T) {
	raw, err := os.ReadFile("deploy/monitoring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	alerts := strings.Count(string(raw), "- alert: ")
	runbooks := regexp.MustCompile(`runbook: (\S+)(#\S+)`).FindAllStringSubmatch(string(raw), -1)
	if alerts == 0 || alerts != len(runbooks) {
		t.Errorf("want a runbook for each of %d alerts, got %d", alerts, len(runbooks))
	}
	for _, r := range runbooks {
		if !slices.Contains(headings(t, r[1]), r[2]) {
			t.Errorf("there is no runbook %s%s", r[1], r[2])
		}
	}
}

// headings returns the anchors of a page's headings.
func headings(t *testing.T, page string) []string {
	t.Helper()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(raw), -1) {
		anchor := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(h[1]), "")
		out = append(out, "#"+strings.ReplaceAll(anchor, " ", "-"))
	}
	return out
}
