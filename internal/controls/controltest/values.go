package controltest

import (
	"maps"
	"regexp/syntax"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// anything is a placeholder for fields that must only exist.
const anything = "anything"

// meeting returns a value that meets an expectation. It is nil if the field must
// not exist.
func meeting(asked any) any {
	words, ok := asked.(map[string]any)
	if !ok {
		return first(asked)
	}
	if set, ok := words["set"].(bool); ok && !set {
		return nil
	}
	for _, word := range []string{"every", "some"} {
		if fields, ok := words[word].(map[string]any); ok {
			return repeated(item(fields), words["items"])
		}
	}
	switch {
	case words["matches"] != nil:
		text, _ := words["matches"].(string)
		return sample(text)
	case words["atLeast"] != nil:
		return words["atLeast"]
	case words["atMost"] != nil:
		return words["atMost"]
	case words["contains"] != nil:
		return slices.Clone(list(words["contains"]))
	case words["items"] != nil:
		return repeated(map[string]any{anything: anything}, words["items"])
	case words["none"] != nil:
		return nil
	default:
		return other(words["not"])
	}
}

// breaking returns values that violate an expectation. nil removes the field. For a
// list, they keep its current items.
func breaking(asked, now any) []any {
	words, ok := asked.(map[string]any)
	if !ok {
		return []any{nil, other(asked)}
	}
	var out []any
	for _, word := range slices.Sorted(maps.Keys(words)) {
		out = append(out, breakingWord(word, words[word], now)...)
	}
	return out
}

func breakingWord(word string, asked, now any) []any {
	number, _ := asked.(float64)
	fields, _ := asked.(map[string]any)
	switch word {
	case "set":
		if asked == false {
			return []any{anything}
		}
		return []any{nil}
	case "not":
		return append([]any{nil}, list(asked)...)
	case "atLeast":
		return []any{nil, number - 1}
	case "atMost":
		return []any{nil, number + 1}
	case "items":
		return []any{nil, slices.Repeat([]any{anything}, int(number)-1)}
	case "matches":
		return []any{nil, ""}
	case "every":
		return []any{nil, []any{}, append(slices.Clone(list(now)), map[string]any{anything: anything})}
	case "none":
		return []any{append(slices.Clone(list(now)), item(fields))}
	default: // Some and contains.
		return []any{nil, []any{}}
	}
}

// item returns a list item that meets an expectation.
func item(fields map[string]any) any {
	if self, ok := fields["."]; ok {
		return meeting(self)
	}
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if v := meeting(fields[name]); v != nil {
			put(out, parsed(name).Names, v)
		}
	}
	return out
}

func repeated(v, times any) any {
	n, _ := times.(float64)
	return slices.Repeat([]any{v}, max(int(n), 1))
}

// list returns the items of a list. A single value is a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

func first(v any) any {
	for _, item := range list(v) {
		return item
	}
	return nil
}

// other returns a different value of the same type.
func other(than any) any {
	switch v := first(than).(type) {
	case bool:
		return !v
	case float64:
		n := v
		for _, x := range list(than) {
			x, _ := x.(float64)
			n = max(n, x)
		}
		return n + 1
	default:
		return anything
	}
}

// sample returns a string that matches a regular expression.
func sample(expression string) string {
	var b strings.Builder
	write(&b, must(syntax.Parse(expression, syntax.Perl)))
	return b.String()
}

func write(b *strings.Builder, r *syntax.Regexp) {
	switch r.Op {
	case syntax.OpLiteral:
		b.WriteString(string(r.Rune))
	case syntax.OpCharClass:
		b.WriteRune(r.Rune[1])
	case syntax.OpAnyCharNotNL, syntax.OpAnyChar:
		b.WriteRune('a')
	case syntax.OpAlternate, syntax.OpCapture, syntax.OpPlus:
		write(b, r.Sub[0])
	case syntax.OpConcat:
		for _, sub := range r.Sub {
			write(b, sub)
		}
	case syntax.OpRepeat:
		for range r.Min {
			write(b, r.Sub[0])
		}
	default: // Optional parts, and those without width.
	}
}

// parsed parses a path of the catalog.
func parsed(text string) controls.Path { return must(controls.ParsePath(text)) }

// must panics on an error, for values that the catalog has validated.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// get returns the value at a path. It is nil if there is none.
func get(from any, names []string) any {
	for _, name := range names {
		fields, _ := opened(from).(map[string]any)
		from = fields[name]
	}
	return opened(from)
}

// put sets the value at a path, in all items of lists on the path. If it is nil, it
// removes the field and its reference. It replaces JSON strings on the path by
// objects, which checks treat alike.
func put(in map[string]any, names []string, v any) {
	name, rest := names[0], names[1:]
	switch next := opened(in[name]).(type) {
	case map[string]any:
		if len(rest) > 0 {
			in[name] = next
			put(next, rest, v)
			return
		}
	case []any:
		if len(rest) > 0 {
			for _, item := range next {
				if fields, ok := item.(map[string]any); ok {
					put(fields, rest, v)
				}
			}
			return
		}
	}
	switch {
	case len(rest) > 0:
		next := map[string]any{}
		in[name] = next
		put(next, rest, v)
	case v == nil:
		delete(in, name)
		delete(in, name+"Ref")
		delete(in, strings.TrimSuffix(name, "s")+"Refs")
		delete(in, name+"Refs")
	default:
		in[name] = v
	}
}

// opened decodes a JSON string. It returns other values unchanged.
func opened(v any) any {
	text, ok := v.(string)
	if !ok || !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return v
	}
	out := &structpb.Value{}
	if err := out.UnmarshalJSON([]byte(text)); err != nil {
		return v
	}
	return out.AsInterface()
}
