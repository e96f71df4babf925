package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// marks are the prefixes of entries, as in Terraform.
var marks = map[Action]string{Create: "+", Change: "~", Refuse: "-/+", Delete: "-"}

// widest is the maximum number of printed characters of a value.
const widest = 160

// Print writes a plan as text.
func (p Plan) Print(w io.Writer) error {
	var b bytes.Buffer
	for _, e := range p.Entries {
		fmt.Fprintf(&b, "%s %s %s (%s)", marks[e.Action], e.Kind, e.Resource, e.Name)
		if e.Fate != "" {
			fmt.Fprintf(&b, ": %s", e.Fate)
		}
		if e.Destroyed != "" {
			fmt.Fprintf(&b, "; data lost: %s", e.Destroyed)
		}
		b.WriteByte('\n')
		for _, r := range e.Refused {
			fmt.Fprintf(&b, "    rejected by AWS: %s\n", r)
		}
		for _, f := range e.Fields {
			fmt.Fprintf(&b, "    %s: %s -> %s\n", f.Path, words(f.Before), words(f.After))
		}
	}
	fmt.Fprintf(&b, "%d to create, %d to change, %d with changes that AWS rejects, %d to delete, %d unchanged.\n",
		p.Count(Create), p.Count(Change), p.Count(Refuse), p.Count(Delete), p.Unchanged)
	_, err := w.Write(b.Bytes())
	return err //nolint:wrapcheck // The caller adds context.
}

// words formats a value on one line, shortened if necessary.
func words(value any) string {
	if value == nil {
		return "(none)"
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // Do not escape < in policies.
	_ = encoder.Encode(value)    //nolint:errchkjson // A decoded JSON value can be encoded.
	text := []rune(string(bytes.TrimSpace(b.Bytes())))
	if len(text) > widest {
		return string(text[:widest]) + "…"
	}
	return string(text)
}
