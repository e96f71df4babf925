package render

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	errYAML     = "%s is not valid YAML: %s"
	errEncoding = "%s is not UTF-8 text; save it as UTF-8"
	errTemplate = "%s is a template (see {{ on line %d); render the template first"
	errConflict = "%s has a merge conflict on line %d; resolve the conflict first"
)

var (
	yamlLine = regexp.MustCompile(`(?s)^(?:error converting YAML to JSON: )?(?:yaml: )?(?:unmarshal errors:\n  )?(?:line ([0-9]+): )?(.*)$`)
	yamlKey  = regexp.MustCompile(`^key (".*") already set in map$`)
	// yamlParser is errors of the library's parser, which counts lines from 0.
	yamlParser = regexp.MustCompile(`^did not find expected (key|node content|'-' indicator|',' or|<)`)
)

// yamlHints are what to do about errors of the YAML library, by a part of their text.
var yamlHints = []struct{ said, hint string }{
	{"mapping values are not allowed", "check the indentation, and put text with a colon in quotes"},
	{"could not find expected ':'", "write key: value with a space after the colon, and check the indentation"},
	{"did not find expected key", "check the indentation"},
	{"did not find expected '-' indicator", "begin each list entry with - at the same indentation"},
	{"did not find expected ',' or", "close each bracket, and put text with a colon or comma in quotes"},
	{"did not find expected node content", "close each bracket, and put text with special characters in quotes"},
	{"found unexpected end of stream", "close each quote"},
	{"did not find expected alphabetic or numeric character", "put text that begins with * or & in quotes"},
	{"unknown anchor", "put text that begins with * in quotes"},
	{"cannot start any token", "put text that begins with @, % or ` in quotes"},
	{"found unknown escape character", `use single quotes around text with \`},
	{"invalid Yaml document separator", "write --- on a separate line"},
}

// notYAML returns the error of a document that is not YAML: its line, the problem
// and what to do.
func notYAML(name string, document []byte, err error) error {
	if !utf8.Valid(document) || bytes.ContainsRune(document, 0) {
		return fmt.Errorf(errEncoding, name)
	}
	lines := strings.Split(strings.TrimRight(string(document), "\n"), "\n")
	for i, line := range lines {
		switch {
		case strings.Contains(line, "{{"):
			return fmt.Errorf(errTemplate, name, i+1)
		case strings.HasPrefix(line, "<<<<<<< "):
			return fmt.Errorf(errConflict, name, i+1)
		}
	}
	m := yamlLine.FindStringSubmatch(err.Error())
	said := m[2]
	n, noLine := strconv.Atoi(m[1])
	if noLine == nil && yamlParser.MatchString(said) {
		n = min(n+1, len(lines))
	}
	problem := said
	switch key := yamlKey.FindStringSubmatch(said); {
	case key != nil:
		problem = key[1] + " is set more than once; keep only one"
	case noLine == nil && n <= len(lines) && strings.HasPrefix(strings.TrimLeft(lines[n-1], " "), "\t"):
		problem = "a tab is not allowed here; indent with spaces"
	default:
		for _, h := range yamlHints {
			if strings.Contains(said, h.said) {
				problem = said + "; " + h.hint
				break
			}
		}
	}
	if noLine == nil {
		problem = fmt.Sprintf("line %d: %s", n, problem)
	}
	return fmt.Errorf(errYAML, name, problem)
}
