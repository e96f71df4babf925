package controls

import (
	"encoding/json"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/utils/lru"
)

const errPath = "path %q is not valid: separate names with dots, as in rule.status; enclose names that contain dots in brackets; to start at the object's root, begin with a slash; to refer to the list item itself, use a single dot"

// self is the path of a list item itself.
const self = "."

// Path is the path of a field. It starts at spec.forProvider, or with a slash at
// the object's root. If it reaches a string, such as a policy, it continues in the
// JSON in that string.
type Path struct {
	// Text is the path in the catalog.
	Text string
	// Root reports whether it starts at the object's root.
	Root bool
	// Names are the fields of the path. It is empty for a list item itself.
	Names []string
}

// ParsePath parses a path of the catalog.
func ParsePath(text string) (Path, error) {
	p := Path{Text: text}
	if text == self {
		return p, nil
	}
	rest, root := strings.CutPrefix(text, "/")
	p.Root = root
	for rest != "" {
		var name string
		if bracketed, ok := strings.CutPrefix(rest, "["); ok {
			if name, rest, ok = strings.Cut(bracketed, "]"); !ok {
				return Path{}, fmt.Errorf(errPath, text)
			}
			rest = strings.TrimPrefix(rest, ".")
		} else {
			end := strings.IndexAny(rest+".", ".[")
			name, rest = rest[:end], strings.TrimPrefix(rest[end:], ".")
		}
		if name == "" {
			return Path{}, fmt.Errorf(errPath, text)
		}
		p.Names = append(p.Names, name)
	}
	if len(p.Names) == 0 || strings.HasSuffix(text, ".") {
		return Path{}, fmt.Errorf(errPath, text)
	}
	return p, nil
}

// in returns the value at the path. It is nil if there is none.
func (p Path) in(v *structpb.Value, texts *texts) *structpb.Value {
	for _, name := range p.Names {
		if text, ok := v.GetKind().(*structpb.Value_StringValue); ok {
			v = texts.parsed(text.StringValue)
		}
		v = v.GetStructValue().GetFields()[name]
	}
	return v
}

// reference returns the path's value. If the provider resolves it, it returns the
// reference. The provider names references after the field, usually in the singular
// for a list.
func (p Path) reference(v *structpb.Value, texts *texts) *structpb.Value {
	last := len(p.Names) - 1
	if last < 0 {
		return nil
	}
	above := Path{Names: p.Names[:last]}.in(v, texts).GetStructValue().GetFields()
	for _, name := range []string{p.Names[last] + "Ref", strings.TrimSuffix(p.Names[last], "s") + "Refs"} {
		if ref := above[name]; ref != nil {
			return ref
		}
	}
	return above[p.Names[last]+"Refs"]
}

// referred yields the names of the objects that the path's references point to,
// including those in lists.
func (p Path) referred(v *structpb.Value, yield func(name string)) {
	if list, ok := v.GetKind().(*structpb.Value_ListValue); ok {
		for _, item := range list.ListValue.GetValues() {
			p.referred(item, yield)
		}
		return
	}
	fields := v.GetStructValue().GetFields()
	if len(p.Names) == 0 {
		if name := fields["name"].GetStringValue(); name != "" {
			yield(name)
		}
		return
	}
	if next := fields[p.Names[0]]; next != nil {
		Path{Names: p.Names[1:]}.referred(next, yield)
	}
}

// texts contains the JSON strings of a stack, such as policies. Each is parsed once.
type texts struct {
	known map[string]*structpb.Value
}

// cachedTexts is the number of values in parsedTexts. A large stack has about 80.
const cachedTexts = 512

// parsedTexts contains the values of the last JSON strings. Most strings of a stack
// are the same in its next evaluation.
var parsedTexts = lru.New(cachedTexts)

// parsed returns the value of a JSON string. It is nil if the string is not JSON.
// The value is read-only.
func (t *texts) parsed(text string) *structpb.Value {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return nil
	}
	v, ok := t.known[text]
	if !ok {
		v = parsedText(text)
		t.known[text] = v
	}
	return v
}

func parsedText(text string) *structpb.Value {
	if v, ok := parsedTexts.Get(text); ok {
		return v.(*structpb.Value) //nolint:forcetypeassert // The cache contains only values.
	}
	var v *structpb.Value
	var raw any
	if err := json.Unmarshal([]byte(text), &raw); err == nil {
		if value, err := structpb.NewValue(raw); err == nil {
			v = value
		}
	}
	parsedTexts.Add(text, v)
	return v
}

// items returns the items of a list, or of a list in a JSON string. Services such
// as IAM write a list of one without brackets, and omit the field for an empty
// list.
func (t *texts) items(v *structpb.Value) []*structpb.Value {
	switch k := v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return nil
	case *structpb.Value_ListValue:
		return k.ListValue.GetValues()
	case *structpb.Value_StringValue:
		if list, ok := t.parsed(k.StringValue).GetKind().(*structpb.Value_ListValue); ok {
			return list.ListValue.GetValues()
		}
		return []*structpb.Value{v}
	default:
		return []*structpb.Value{v}
	}
}
