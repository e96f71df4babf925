package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// maxShown is the maximum number of characters of a value in a message.
const maxShown = 80

// Text returns an error for users: field, problem and allowed values.
func Text(e *field.Error) string { return e.Field + ": " + Problem(e) }

// Problem returns Text without the field.
func Problem(e *field.Error) string {
	detail := plain(e.Detail)
	switch e.Type { //nolint:exhaustive // All other errors are about a value.
	case field.ErrorTypeRequired:
		return cmp.Or(detail, "is required")
	case field.ErrorTypeForbidden, field.ErrorTypeTypeInvalid, field.ErrorTypeInternal:
		return detail
	case field.ErrorTypeNotFound:
		return shown(e.BadValue) + " was not found"
	case field.ErrorTypeDuplicate:
		if keys, ok := e.BadValue.(map[string]any); ok {
			return pairs(keys) + " is used by another entry; each entry needs its own " + list(slices.Sorted(maps.Keys(keys)), "and")
		}
		return shown(e.BadValue) + " is listed more than once; remove the duplicate"
	case field.ErrorTypeNotSupported:
		return shown(e.BadValue) + " is not supported; " + detail
	case field.ErrorTypeTooMany:
		return fmt.Sprintf("has %v entries; %s", e.BadValue, atMost.ReplaceAllString(detail, "use at most $1"))
	}
	if _, omitted := e.BadValue.(field.OmitValueType); omitted || e.BadValue == nil {
		return detail
	}
	if aboutField.MatchString(detail) {
		return detail
	}
	if strings.HasPrefix(detail, "use ") {
		return shown(e.BadValue) + " is not valid; " + detail
	}
	return shown(e.BadValue) + " is not valid: " + detail
}

// aboutField matches a detail that is about the field instead of its value.
var aboutField = regexp.MustCompile(`^(is|has|requires|cannot) `)

// Join returns several errors as one text, one per line.
func Join(errs field.ErrorList) string {
	out := make([]string, 0, len(errs))
	for _, e := range errs {
		out = append(out, Text(e))
	}
	return strings.Join(out, "\n")
}

// Within returns an error with its context. If the error has several lines, they are
// indented below the context.
func Within(context string, err error) WithinError { return WithinError{context, err} }

// WithinError is an error with its context.
type WithinError struct {
	context string
	err     error
}

// Error returns context and error.
func (w WithinError) Error() string {
	text := w.err.Error()
	if strings.Contains(text, "\n") {
		return w.context + ":\n  " + strings.ReplaceAll(text, "\n", "\n  ")
	}
	return w.context + ": " + text
}

// Unwrap returns the error without its context.
func (w WithinError) Unwrap() error { return w.err }

// atMost matches Kubernetes' message for too many entries.
var atMost = regexp.MustCompile(`^must have at most ([0-9]+) items?$`)

// regexUsed matches Kubernetes' mention of a regular expression for its names.
var regexUsed = regexp.MustCompile(` \(e\.g\. (.*?), +regex used for validation is .*\)$`)

// plain removes regular expressions and bytes from a detail.
func plain(detail string) string {
	detail = strings.ReplaceAll(regexUsed.ReplaceAllString(detail, ", such as $1"), ",  or ", " or ")
	return strings.ReplaceAll(detail, " bytes", " characters")
}

// shown returns a value for a message, shortened.
func shown(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	text := []rune(strings.TrimSpace(b.String()))
	if len(text) > maxShown {
		closing := ""
		if text[0] == '"' {
			closing = `"`
		}
		return string(text[:maxShown]) + "..." + closing
	}
	return string(text)
}

// pairs returns fields with their values.
func pairs(fields map[string]any) string {
	out := make([]string, 0, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		out = append(out, name+" "+shown(fields[name]))
	}
	return strings.Join(out, ", ")
}

// list returns words as a list in a sentence.
func list(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + conjunction + " " + words[len(words)-1]
}
