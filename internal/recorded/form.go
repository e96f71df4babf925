package recorded

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Composed is the form of a name that the function set.
const Composed = "${composed}"

// word is a value that occurs in other values of a resource.
type word struct{ name, value string }

// words contains the words of a resource, longest first.
type words struct {
	external string
	stack    *regexp.Regexp
	all      []word
}

// isWord matches values that can be recognized in other text: long names that are
// not plain words, and generated IDs, even if they contain only letters.
var isWord = regexp.MustCompile(`[^a-zA-Z].{3}|.{3}[^a-zA-Z]`)

// wordsOf collects the names and the simple requested fields of a resource.
func wordsOf(u *unstructured.Unstructured, asked map[string]any) words {
	w := words{external: meta.GetExternalName(u)}
	add := func(name, value string) {
		if isWord.MatchString(value) || stand("", value) != value {
			w.all = append(w.all, word{name: "${" + name + "}", value: value})
		}
	}
	for field, value := range asked {
		if text, ok := value.(string); ok {
			add(field, text)
		}
	}
	id, _ := valueAt(u.Object, "status", "atProvider", "id").(string)
	add("external", w.external)
	add("id", id)
	own := []string{"${id}", "${external}"}
	slices.SortFunc(w.all, func(a, b word) int {
		return cmp.Or(
			cmp.Compare(len(b.value), len(a.value)),
			cmp.Compare(slices.Index(own, b.name), slices.Index(own, a.name)), // The external name first, then the ID.
			cmp.Compare(a.name, b.name),
		)
	})
	if composite := u.GetLabels()[labelComposite]; composite != "" {
		claim := cmp.Or(u.GetLabels()[labelClaimName], composite)
		w.stack = regexp.MustCompile(`\b(` + regexp.QuoteMeta(composite) + `|` + regexp.QuoteMeta(claim) + `)(-[a-z2-7]{8}\b)?`)
	}
	return w
}

// externalName returns the form of the external name. A name without generated
// parts is the function's if it composed it.
func (w words) externalName(composed *unstructured.Unstructured) string {
	others := w
	others.all = slices.DeleteFunc(slices.Clone(w.all), func(o word) bool { return o.name == "${external}" || o.name == "${id}" })
	form := others.form(w.external)
	if meta.GetExternalName(composed) == w.external && !isMadeUp(form) {
		return Composed
	}
	return form
}

// maxForm is the maximum length of a useful form.
const maxForm = 160

// random contains placeholders for generated parts of values.
var random = []struct {
	what *regexp.Regexp
	name string
}{
	{regexp.MustCompile(`\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`), "<uuid>"},
	{regexp.MustCompile(`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2}| \+0000 UTC)`), "<time>"},
	{regexp.MustCompile(`\b\d{12}\b`), "<account>"},
	{regexp.MustCompile(`\b\d{1,3}([.-]\d{1,3}){3}\b`), "<ip>"},
	{regexp.MustCompile(`\b[a-z]{2}-[a-z]*(north|south|east|west|central)[a-z]*-\d`), "<region>"},
	{regexp.MustCompile(`\b[a-z]{10}\.acm-validations`), "<lower>.acm-validations"},
	{regexp.MustCompile(`\bconfig-aggregator-[0-9a-z]{8}\b`), "config-aggregator-<lower>"},
	{regexp.MustCompile(`\bconfig-rule-[0-9a-z]{6}\b`), "config-rule-<lower>"},
	{regexp.MustCompile(`\bconformance-pack-[0-9a-z]{9}\b`), "conformance-pack-<lower>"},
	{regexp.MustCompile(`\b[0-9a-z]{6}\.cfg\b`), "<lower>.cfg"},
	{regexp.MustCompile(`\b[0-9a-z]{6}\.0001\b`), "<lower>.0001"},
	{regexp.MustCompile(`\b[0-9a-z]{6}\.serverless\b`), "<lower>.serverless"},
	{regexp.MustCompile(`\b[0-9a-zA-Z]{40,63}\b`), "<mixed>"},
	{regexp.MustCompile(`[0-9a-zA-Z]+`), ""},
}

// stand returns the placeholder of a generated value. A known word stays as it is.
func stand(name, text string) string {
	only := func(characters string) bool { return strings.Trim(text, characters) == "" }
	const digits, lower, upper = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mixed := strings.ContainsAny(text, digits)
	switch {
	case name != "":
		return name
	case mixed && len(text) >= 5 && only(digits+"abcdef"):
		return "<hex>"
	case only(digits+upper) && (mixed && len(text) >= 9 || len(text) >= 13):
		return "<upper>"
	case mixed && len(text) >= 10 && only(digits+lower):
		return "<lower>"
	}
	return text
}

// isMadeUp reports whether a form has a part that AWS generates.
func isMadeUp(form string) bool {
	return slices.ContainsFunc([]string{"<uuid>", "<account>", "<hex>", "<upper>", "<lower>"}, func(name string) bool { return strings.Contains(form, name) })
}

// form replaces words and generated parts of a text by placeholders. It first
// replaces them by characters that do not occur in any text, so that replacements
// are not replaced again.
func (w words) form(text string) string {
	const first = '\uE000'
	var names []string
	mark := func(name string) string {
		if i := slices.Index(names, name); i >= 0 {
			return string(first + rune(i)) //nolint:gosec // There are few names.
		}
		names = append(names, name)
		return string(first + rune(len(names)-1)) //nolint:gosec // As above.
	}
	for _, o := range w.all {
		if strings.Contains(text, o.value) {
			text = strings.ReplaceAll(text, o.value, mark(o.name))
		}
	}
	if w.stack != nil {
		text = w.stack.ReplaceAllStringFunc(text, func(string) string { return mark("<stack>") })
	}
	if i := len(text) - 6; i > 0 && strings.Contains(text, ":secret:") && text[i-1] == '-' {
		text = text[:i] + mark("<six>") // The suffix of secret ARNs.
	}
	for _, r := range random {
		text = r.what.ReplaceAllStringFunc(text, func(found string) string {
			if name := stand(r.name, found); name != found {
				return mark(name)
			}
			return found
		})
	}
	for i, name := range names {
		text = strings.ReplaceAll(text, string(first+rune(i)), name)
	}
	if len(text) > maxForm || strings.ContainsAny(text, "\n{\"") && !strings.Contains(text, "${") {
		return "<text>"
	}
	return text
}
