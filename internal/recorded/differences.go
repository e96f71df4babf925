package recorded

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Difference is a difference between two providers.
type Difference struct {
	// Path is a field of status.atProvider, a late-initialized field of
	// spec.forProvider, or a name for something else.
	Path string
	What string
}

// Paths of differences outside of fields.
const (
	ExternalName = "external name"
	Conditions   = "conditions"
)

// Differences compares a simulated provider with a recording. It returns additional
// and different values, and differences in late initialization. Missing values are
// not differences, because most of them are never used. It skips fields whose
// requested value has changed since the recording.
func (r Recording) Differences(simulated Recording) []Difference {
	var out []Difference
	differ := func(path, format string, args ...any) {
		out = append(out, Difference{Path: path, What: fmt.Sprintf(format, args...)})
	}
	if other := unknown(r.ExternalNames, simulated.ExternalNames); len(other) > 0 {
		differ(ExternalName, "is %q, but the recording contains %q", other, r.ExternalNames)
	}
	if !slices.Equal(r.Conditions, simulated.Conditions) {
		differ(Conditions, "are %q, but the recording contains %q", simulated.Conditions, r.Conditions)
	}
	changed := r.Changed(simulated)
	for _, path := range slices.Sorted(maps.Keys(simulated.Status)) {
		if isBelow(path, changed) {
			continue
		}
		want, ok := r.Status[path]
		if !ok {
			differ(path, "is present, but not in the recording")
			continue
		}
		_, asked := simulated.Spec[path]
		for _, what := range want.differences(simulated.Status[path], asked) {
			differ(path, "%s", what)
		}
	}
	return append(out, r.lateDifferences(simulated)...)
}

// unknown returns the forms that were not recorded. It normalizes the recorded
// forms again, because the rules may have changed since.
func unknown(recorded, simulated []string) []string {
	if slices.Contains(recorded, Various) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(simulated), func(form string) bool {
		return slices.ContainsFunc(recorded, func(known string) bool { return known == form || words{}.form(known) == form })
	})
}

// isBelow reports whether a path is in a list or below one of its paths.
func isBelow(path string, others []string) bool {
	return slices.ContainsFunc(others, func(other string) bool {
		rest, ok := strings.CutPrefix(path, other)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// differences compares a simulated field with the recorded one. The length of a
// list matters only if the list was requested.
func (f Field) differences(simulated Field, asked bool) []string {
	var out []string
	if simulated.Type != f.Type {
		return []string{fmt.Sprintf("is of type %s, but the recording contains type %s", simulated.Type, f.Type)}
	}
	if f.Collapsed > 0 && simulated.Collapsed == 0 {
		out = append(out, "has all requested items, but the recording contains fewer")
	}
	if !asked && f.Items != nil && simulated.Items.Most > f.Items.Most {
		out = append(out, fmt.Sprintf("has %d items, but the recording contains at most %d", simulated.Items.Most, f.Items.Most))
	}
	if other := unknown(f.Values, simulated.Values); len(other) > 0 {
		out = append(out, fmt.Sprintf("is %q, but the recording contains %q", other, f.Values))
	}
	return out
}

func (r Recording) lateDifferences(simulated Recording) []Difference {
	var out []Difference
	for _, path := range slices.Sorted(maps.Keys(r.Late)) {
		field, _, _ := strings.Cut(strings.ReplaceAll(path, "[]", ""), ".")
		_, filled := simulated.Late[path]
		if !filled && simulated.Spec[field].Seen < simulated.Objects {
			out = append(out, Difference{Path: path, What: "is not late-initialized"})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(simulated.Late)) {
		want, ok := r.Late[path]
		if !ok {
			out = append(out, Difference{Path: path, What: "is late-initialized, but not in the recording"})
			continue
		}
		for _, what := range want.differences(simulated.Late[path], false) {
			out = append(out, Difference{Path: path, What: "late-initialized: " + what})
		}
	}
	return out
}

// Changed returns the topmost fields that the function composes now but did not
// compose for any recorded resource, sorted.
func (r Recording) Changed(simulated Recording) []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(simulated.Spec)) {
		if _, ok := r.Spec[path]; !ok && !isBelow(path, out) && !isBelow(path, slices.Collect(maps.Keys(r.Late))) {
			out = append(out, path)
		}
	}
	return out
}

// atProvider is the prefix of paths that recordings cover.
const atProvider = "status.atProvider."

// index matches a list index in a path.
var index = regexp.MustCompile(`\[(\d+)\]`)

// Knows reports whether a resource of the kind ever had a value at a path, such as
// status.atProvider.grant[0].id. If not, it returns the reason.
func (r Recording) Knows(path string) (string, bool) {
	path, _ = strings.CutPrefix(path, atProvider)
	general := index.ReplaceAllString(path, "[]")
	for _, at := range index.FindAllStringSubmatchIndex(path, -1) {
		list := index.ReplaceAllString(path[:at[0]], "[]")
		i, err := strconv.Atoi(path[at[2]:at[3]])
		if f := r.Status[list]; err != nil || f.Items == nil || f.Items.Most <= i {
			return fmt.Sprintf("no recording of %s has %d items", list, i+1), false
		}
	}
	f, ok := r.Status[general]
	switch {
	case !ok:
		return "no recording contains " + general, false
	case slices.Equal(f.Values, []string{""}):
		return general + " is empty in all recordings", false
	}
	return "", true
}

// Always reports whether every resource of the kind had a value at a path.
func (r Recording) Always(path string) bool {
	_, known := r.Knows(path)
	f := r.Status[index.ReplaceAllString(strings.TrimPrefix(path, atProvider), "[]")]
	return known && f.Seen == r.Objects && !slices.Contains(f.Values, "")
}
