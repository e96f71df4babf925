// Command source copies the source code of the AWS provider, and adapts it to a
// newer upjet and to the tests:
//
//   - Controllers register their webhooks as a newer controller-runtime requires.
//   - Only the controllers of services in stacks are started. This saves a third of the build time, and two thirds of the memory.
//
// Usage:
//
//	source MODULE DIR SERVICE...
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// unused lists directories of the provider's module that no build needs.
var unused = []string{"docs", "e2e", "examples", "examples-generated", "generate", "package", "scripts"}

// monolith is the file that starts the controllers of all services.
const monolith = "zz_monolith_setup.go"

var (
	// family matches files that start the controllers of one service, or of all.
	family = regexp.MustCompile(`^internal/controller/(cluster|namespaced)/zz_\w+_setup\.go$`)
	// register matches the registration of a controller's webhook.
	register = regexp.MustCompile(`ctrl\.NewWebhookManagedBy\(mgr\)\.\s+For\((&\w+\.\w+\{\})\)\.`)
	// imported matches a controller's import: its alias and its service.
	imported = regexp.MustCompile(`(?m)^\t(\w+) "github\.com/upbound/provider-aws/v2/internal/controller/(?:cluster|namespaced)/(\w+)(?:/\w+)?"\n`)
)

func main() {
	if len(os.Args) < 4 {
		log.Fatal("usage: source MODULE DIR SERVICE...")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		log.Fatal(err)
	}
}

func run(module, dir string, services []string) error {
	changed := 0
	err := filepath.WalkDir(module, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(module, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, relative)
		switch {
		case d.IsDir() && slices.Contains(unused, relative):
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(to, 0o750)
		case family.MatchString(relative) && d.Name() != monolith:
			return nil
		}
		raw, err := os.ReadFile(path) //nolint:gosec // A file in the module.
		if err != nil {
			return err
		}
		text := string(raw)
		switch d.Name() {
		case "zz_controller.go":
			text = register.ReplaceAllString(text, "ctrl.NewWebhookManagedBy(mgr, $1).")
		case monolith:
			text = only(text, services)
		}
		if text != string(raw) {
			changed++
		}
		return os.WriteFile(to, []byte(text), 0o600)
	})
	if err != nil {
		return fmt.Errorf("cannot copy the provider's sources: %w", err)
	}
	if changed == 0 {
		return errors.New("nothing was changed: this program is of no use with this version of the provider")
	}
	return nil
}

// only keeps the controllers of some services and those of the provider's own
// configuration in the list of all controllers.
func only(setup string, services []string) string {
	kept := append([]string{"providerconfig"}, services...)
	for _, m := range imported.FindAllStringSubmatch(setup, -1) {
		if slices.Contains(kept, m[2]) {
			continue
		}
		setup = strings.Replace(setup, m[0], "", 1)
		for _, f := range []string{"Setup", "SetupGated"} {
			setup = strings.Replace(setup, "\t\t"+m[1]+"."+f+",\n", "", 1)
		}
	}
	return setup
}
