package responses

import (
	"encoding/json"
	"maps"
)

// pattern selects calls that CloudTrail recorded, as canonical JSON (AWS
// documentation, "AWS service events delivered via AWS CloudTrail" and
// "Comparison operators for use in event patterns"). Calls that failed are left
// out: they changed nothing.
func pattern(service string, detail map[string]any, names ...string) string {
	all := map[string]any{
		"errorCode":   []any{map[string]bool{"exists": false}},
		"eventName":   names,
		"eventSource": []string{service + ".amazonaws.com"},
	}
	maps.Copy(all, detail)
	b, _ := json.Marshal(map[string]any{ //nolint:errchkjson // Maps and lists of strings and booleans always marshal.
		"detail":      all,
		"detail-type": []string{"AWS API Call via CloudTrail"},
		"source":      []string{"aws." + service},
	})
	return string(b)
}

// either adds to a pattern that one of several must match. EventBridge takes no
// choice of one.
func either(p map[string]any, of []map[string]any) {
	if len(of) == 1 {
		maps.Copy(p, of[0])
		return
	}
	p["$or"] = of
}
