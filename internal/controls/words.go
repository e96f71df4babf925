package controls

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// Statements describes a control's checks in words, one statement for each check
// and for each check of related resources.
func (c *Control) Statements() []string {
	var out []string
	for _, check := range c.compiled {
		out = append(out, check.words(""))
	}
	return out
}

// words describes a check of resources related to a kind.
func (c *check) words(above string) string {
	quantifier := map[quantifier]string{every: "every", each: "each", some: "some", none: "no"}[c.quantifier]
	out := quantifier + " `" + c.kind + "`"
	if c.resourceName != "" {
		out += " named `" + c.resourceName + "`"
	}
	out += c.relation(above)
	if len(c.where) > 0 {
		out += " where " + c.where.words("`")
	}
	if len(c.has) > 0 {
		out += " has " + c.has.words("`")
	}
	related := make([]string, 0, len(c.with))
	for _, w := range c.with {
		related = append(related, w.words("`"+c.kind+"`"))
	}
	if len(related) > 0 {
		out += ", with " + strings.Join(related, ", and with ")
	}
	others := make([]string, 0, len(c.otherwise))
	for _, o := range c.otherwise {
		others = append(others, o.words(above))
	}
	if len(others) > 0 {
		out += "; if there is none, " + strings.Join(others, ", and ")
	}
	return out
}

// relation describes the relation between a resource and the one above.
func (c *check) relation(above string) string {
	switch {
	case c.by != nil:
		return " whose `" + c.by.Text + "` names the " + above
	case c.behind != nil:
		return " that its `" + c.behind.Text + "` names"
	case len(c.same) > 0:
		return " whose `" + c.same[0].here.Text + "` is its `" + c.same[0].above.Text + "`"
	default:
		return ""
	}
}

// words describes conditions. mark encloses fields.
func (c conditions) words(mark string) string {
	parts := make([]string, 0, len(c))
	for i := range c {
		field := c[i].path.Text
		if field == self {
			field = "item"
		}
		parts = append(parts, mark+field+mark+" "+c[i].words(mark))
	}
	return strings.Join(parts, ", ")
}

// words describes an expectation. mark encloses values.
func (e *expectation) words(mark string) string {
	var parts []string
	say := func(there bool, format string, args ...any) {
		if there {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	say(len(e.oneOf) > 0, "%s", listed(e.oneOf, mark, " or "))
	say(len(e.not) > 0, "not %s", listed(e.not, mark, " or "))
	say(e.set != nil && *e.set, "set")
	say(e.set != nil && !*e.set, "absent")
	say(e.atLeast != nil, "at least %s", bound(e.atLeast))
	say(e.atMost != nil, "at most %s", bound(e.atMost))
	say(e.matches != nil, "like %s%s%s", mark, e.matches, mark)
	say(len(e.contains) > 0, "with %s", listed(e.contains, mark, " and "))
	say(e.items != nil, "with %s or more items", bound(e.items))
	say(e.every != nil, "with every item (%s)", e.every.words(mark))
	say(e.some != nil, "with an item (%s)", e.some.words(mark))
	say(e.none != nil, "with no item (%s)", e.none.words(mark))
	return strings.Join(parts, " and ")
}

func bound(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func listed(values []*structpb.Value, mark, joint string) string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, mark+plain(v)+mark)
	}
	return strings.Join(out, joint)
}

// plain returns a scalar without quotes, unless it is empty.
func plain(v *structpb.Value) string {
	if s := v.GetStringValue(); s != "" {
		return s
	}
	return shown(v)
}
