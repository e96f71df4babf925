package controls

import (
	"encoding/json"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

const errPath = "path %q is not valid: use names with dots between them, such as rule.status; a name with dots in brackets; a slash before the first to begin at the object's root; or a dot alone for the item of a list"

// self is the path of the item of a list itself.
const self = "."

// Path leads to a field. It begins at spec.forProvider, or with a slash at the
// root of the object. Where it leads into a text, such as that of a policy, it
// goes on within the JSON that the text is.
type Path struct {
	// Text is the path as it was written.
	Text string
	// Root is whether it begins at the root of the object.
	Root bool
	// Names is the fields on the way, none for the item of a list itself.
	Names []string
}

// ParsePath reads a path as the catalogue writes it.
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

// in is the value that the path leads to, nil if there is none.
func (p Path) in(v *structpb.Value, texts *texts) *structpb.Value {
	for _, name := range p.Names {
		if text, ok := v.GetKind().(*structpb.Value_StringValue); ok {
			v = texts.parsed(text.StringValue)
		}
		v = v.GetStructValue().GetFields()[name]
	}
	return v
}

// reference is the path's value or, where the provider is to find it, the
// reference that stands for it. The provider names references after the field,
// mostly in the singular where that is a list.
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

// referred adds the names of the objects that the path's references are to,
// through lists on the way.
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

// texts is what the JSON texts of a stack say, each parsed once.
type texts struct {
	known map[string]*structpb.Value
}

// parsed is the value of a JSON text, nil if it is none.
func (t *texts) parsed(text string) *structpb.Value {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return nil
	}
	if v, ok := t.known[text]; ok {
		return v
	}
	var raw any
	var v *structpb.Value
	if err := json.Unmarshal([]byte(text), &raw); err == nil {
		if value, err := structpb.NewValue(raw); err == nil {
			v = value
		}
	}
	t.known[text] = v
	return v
}

// items is the items of a list, or of the JSON text of one. IAM and others write
// a list of one without brackets, and none by leaving the field out.
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
