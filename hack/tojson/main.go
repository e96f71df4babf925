// Command tojson writes YAML files as JSON, which a program reads in a tenth of the
// time. The output is a list with the content of each file that matches the pattern,
// by name. With -one, the pattern matches one file, and the output is its content.
//
//	tojson [-one] PATTERN OUTPUT
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"
)

func main() {
	one := flag.Bool("one", false, "write the content of one file, not a list")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: tojson [-one] PATTERN OUTPUT")
	}
	if err := run(*one, flag.Arg(0), flag.Arg(1)); err != nil {
		log.Fatal(err)
	}
}

func run(one bool, pattern, output string) error {
	files, err := filepath.Glob(pattern) // Sorted.
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("no file matches " + pattern)
	}
	all := make([]json.RawMessage, 0, len(files))
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			return err
		}
		content, err := yaml.YAMLToJSONStrict(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, content)
	}
	var written any = all
	if one {
		if len(all) > 1 {
			return fmt.Errorf("%d files match %s, not one", len(all), pattern)
		}
		written = all[0]
	}
	out, err := json.Marshal(written)
	if err != nil {
		return err
	}
	return os.WriteFile(output, append(out, '\n'), 0o644)
}
