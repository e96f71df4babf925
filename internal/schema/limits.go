package schema

import (
	"encoding/json"
	"fmt"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/utils/ptr"
)

// required returns an example of a missing field.
func required(node *extv1.JSONSchemaProps) string {
	if len(node.Enum) > 0 {
		return "is required; use " + strings.TrimPrefix(Choices("", options(node)), "use ")
	}
	if example := sample(node); example != "" {
		return "is required: set a value, such as " + example
	}
	return "is required"
}

// sample returns the example of a field. It is empty if there is no scalar example.
func sample(node *extv1.JSONSchemaProps) string {
	for _, j := range []*extv1.JSON{node.Example, node.Default} {
		var value any
		if j == nil || json.Unmarshal(j.Raw, &value) != nil {
			continue
		}
		if values, ok := value.([]any); ok && len(values) > 0 {
			value = values[0]
		}
		switch value.(type) {
		case string, float64, bool:
			return fmt.Sprint(value)
		}
	}
	return ""
}

// count describes the number of units and its limits.
func count(n int, one, several string, least, most *int64) string {
	units := func(n int64) string {
		if n == 1 {
			return "1 " + one
		}
		return fmt.Sprintf("%d %s", n, several)
	}
	have := "has " + units(int64(n))
	if n == 0 {
		have = "is empty"
	}
	switch {
	case most != nil && int64(n) > *most:
		return fmt.Sprintf("%s; use at most %d", have, *most)
	case least != nil && most != nil && *least < *most:
		return fmt.Sprintf("%s; use %d to %s", have, *least, units(*most))
	case least != nil:
		return have + "; use at least " + units(*least)
	}
	return have
}

// entries describes the length of a list or a map.
func entries(value any, node *extv1.JSONSchemaProps) string {
	switch v := value.(type) {
	case []any:
		return count(len(v), "entry", "entries", node.MinItems, node.MaxItems)
	case map[string]any:
		return count(len(v), "entry", "entries", node.MinProperties, node.MaxProperties)
	}
	return "has too many or too few entries"
}

// between returns the limits of a number.
func between(node *extv1.JSONSchemaProps) string {
	switch {
	case node.Minimum != nil && node.Maximum != nil:
		return fmt.Sprintf("use a value from %.0f to %.0f", *node.Minimum, *node.Maximum)
	case node.Minimum != nil:
		return fmt.Sprintf("use at least %.0f", *node.Minimum)
	case node.Maximum != nil:
		return fmt.Sprintf("use at most %.0f", *node.Maximum)
	}
	return ""
}

// Limits returns the messages for a field's limits by JSON Schema keyword, for
// forms that validate.
func Limits(node *extv1.JSONSchemaProps) map[string]string {
	out := map[string]string{}
	if limits := between(node); limits != "" {
		out["minimum"], out["maximum"] = limits, limits
	}
	for keyword, limit := range map[string]struct {
		n    *int64
		text string
	}{
		"minLength":     {node.MinLength, "use at least %d characters"},
		"maxLength":     {node.MaxLength, "use at most %d characters"},
		"minItems":      {node.MinItems, "use at least %d entries"},
		"maxItems":      {node.MaxItems, "use at most %d entries"},
		"maxProperties": {node.MaxProperties, "use at most %d entries"},
	} {
		if n := ptr.Deref(limit.n, 0); limit.n != nil {
			out[keyword] = fmt.Sprintf(limit.text, n)
			if n == 1 {
				out[keyword] = strings.NewReplacer("characters", "character", "entries", "entry").Replace(out[keyword])
			}
		}
	}
	return out
}

func options(node *extv1.JSONSchemaProps) []string {
	out := make([]string, 0, len(node.Enum))
	for _, e := range node.Enum {
		var value any
		if err := json.Unmarshal(e.Raw, &value); err == nil {
			out = append(out, fmt.Sprint(value))
		}
	}
	return out
}
