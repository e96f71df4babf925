package responses

import (
	"encoding/json"
	"maps"
)

// pattern returns an event pattern for calls in CloudTrail, as canonical JSON (AWS
// documentation, "AWS service events delivered via AWS CloudTrail" and "Comparison
// operators for use in event patterns"). It excludes failed calls, which change
// nothing.
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

// either adds alternatives to a pattern, one of which must match. EventBridge
// rejects a single alternative.
func either(p map[string]any, of []map[string]any) {
	if len(of) == 1 {
		maps.Copy(p, of[0])
		return
	}
	p["$or"] = of
}
