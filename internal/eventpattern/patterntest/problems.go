package patterntest

import (
	"fmt"
	"slices"
	"testing"
)

// reserved lists the fields that alternatives cannot have. Source:
// RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP in github.com/aws/event-ruler, which is
// EventBridge's matcher.
var reserved = []string{
	"exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr", "=", "<", "<=", ">=", ">",
	"regex", "not-wildcard", "not-equals-ignore-case", "date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range",
	"ip-address-in-range", "ip-address-not-in-range",
}

// Problems returns why EventBridge rejects a pattern or selects other events than
// it seems to. Sources: AWS documentation, "Amazon EventBridge quotas" and
// "Comparison operators for use in event patterns", and JsonRuleCompiler in
// github.com/aws/event-ruler.
func Problems(t *testing.T, pattern string) []string {
	t.Helper()
	c := checker{}
	combinations := c.object(parsed(t, []byte(pattern)), "", map[string]bool{}, false)
	if len(pattern) > 2048 {
		c.addf("%d characters, at most 2048 are allowed", len(pattern))
	}
	if combinations > 1000 {
		c.addf("%d combinations, at most 1000 are allowed", combinations)
	}
	return c.problems
}

type checker struct{ problems []string }

func (c *checker) addf(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// object checks a pattern below a path and returns the number of its combinations.
// Paths outside of alternatives are in seen: a second value would replace the first.
func (c *checker) object(p map[string]any, path string, seen map[string]bool, inside bool) int {
	if len(p) == 0 {
		c.addf("%s: an object is empty", path)
	}
	product := 1
	for _, key := range sorted(p) {
		at := path + "." + key
		switch v := p[key].(type) {
		case map[string]any:
			product *= c.object(v, at, seen, inside)
		case []any:
			if key == "$or" {
				continue // The fields around it come first.
			}
			if len(v) == 0 {
				c.addf("%s: the list is empty", at)
			}
			if seen[at] {
				c.addf("%s: the field has two lists", at)
			}
			seen[at] = true
			product *= len(v)
		default:
			c.addf("%s: neither an object nor a list", at)
		}
		if inside && slices.Contains(reserved, key) {
			c.addf("%s: a reserved name", at)
		}
	}
	if list, ok := p["$or"].([]any); ok {
		product *= c.alternatives(list, path, seen)
	}
	return product
}

// alternatives checks a list of patterns.
func (c *checker) alternatives(list []any, path string, seen map[string]bool) int {
	if len(list) < 2 {
		c.addf("%s: fewer than two alternatives", path)
	}
	sum := 0
	for _, v := range list {
		alternative, ok := v.(map[string]any)
		if !ok {
			c.addf("%s: an alternative is not an object", path)
		}
		own := map[string]bool{}
		for at := range seen {
			own[at] = true
		}
		sum += c.object(alternative, path, own, true)
	}
	return sum
}

// sorted returns the fields of a pattern, with lists before objects, which can
// contain alternatives.
func sorted(p map[string]any) []string {
	var lists, objects []string
	for key, v := range p {
		if _, ok := v.(map[string]any); ok {
			objects = append(objects, key)
			continue
		}
		lists = append(lists, key)
	}
	slices.Sort(lists)
	slices.Sort(objects)
	return append(lists, objects...)
}
