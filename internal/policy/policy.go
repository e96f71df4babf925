// Package policy writes IAM policy documents (AWS documentation, "IAM JSON
// policy elements reference") in one canonical form, so that the same policy is
// always the same bytes.
package policy

import (
	"encoding/json"
	"maps"
)

// Version of the policy language that all documents use.
const Version = "2012-10-17"

// Effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Document is a policy.
type Document struct {
	Statements []Statement
}

// Statement is one permission or refusal. Lists keep their order.
type Statement struct {
	Sid       string
	Effect    string
	Principal Principal
	Actions   []string
	Resources []string
	Condition Condition
}

// Principal is who a statement of a resource's policy is about, by kind:
// "AWS" or "Service". The key "*" stands for everybody.
type Principal map[string][]string

// Condition is operators, each with keys and the values one of which must
// match.
type Condition map[string]map[string][]string

// Everyone is all principals. It only makes sense in a Deny.
func Everyone() Principal { return Principal{"*": {"*"}} }

// Service is an AWS service, such as "cloudfront.amazonaws.com".
func Service(name string) Principal { return Principal{"Service": {name}} }

// Account is everybody in an account whom its IAM policies allow.
func Account(rootARN string) Principal { return Principal{"AWS": {rootARN}} }

// Identities are IAM roles and users by their ARNs.
func Identities(arns ...string) Principal { return Principal{"AWS": arns} }

// DenyPlainHTTP refuses actions to whoever does not use TLS, whatever other
// statements allow.
func DenyPlainHTTP(action string, resources ...string) Statement {
	return Statement{
		Sid:       "DenyPlainHTTP",
		Effect:    Deny,
		Principal: Everyone(),
		Actions:   []string{action},
		Resources: resources,
		Condition: Condition{"Bool": {"aws:SecureTransport": {"false"}}},
	}
}

// StringEquals is a condition on one key.
func StringEquals(key string, values ...string) Condition {
	return Condition{"StringEquals": {key: values}}
}

// And joins conditions that must all hold. The given ones stay as they are. The
// policy language has one list of values for an operator and key, so of two
// conditions with the same ones only the last can be kept.
func (c Condition) And(others ...Condition) Condition {
	out := Condition{}
	for _, o := range append([]Condition{c}, others...) {
		for op, keys := range o {
			if out[op] == nil {
				out[op] = map[string][]string{}
			}
			maps.Copy(out[op], keys)
		}
	}
	return out
}

// wire is a statement as AWS reads it. Maps are marshalled in the order of
// their keys.
type wire struct {
	Sid       string                    `json:"Sid,omitempty"`
	Effect    string                    `json:"Effect"`
	Principal any                       `json:"Principal,omitempty"`
	Action    any                       `json:"Action"`
	Resource  any                       `json:"Resource,omitempty"`
	Condition map[string]map[string]any `json:"Condition,omitempty"`
}

// JSON returns the document as canonical JSON, without spaces.
func (d Document) JSON() string {
	out := struct {
		Version   string `json:"Version"`
		Statement []wire `json:"Statement"`
	}{Version: Version, Statement: make([]wire, 0, len(d.Statements))}
	for _, s := range d.Statements {
		out.Statement = append(out.Statement, wire{
			Sid:       s.Sid,
			Effect:    s.Effect,
			Principal: s.Principal.wire(),
			Action:    one(s.Actions),
			Resource:  one(s.Resources),
			Condition: s.Condition.wire(),
		})
	}
	b, _ := json.Marshal(out) //nolint:errchkjson // Strings, lists and maps of strings always marshal.
	return string(b)
}

func (p Principal) wire() any {
	switch {
	case len(p) == 0:
		return nil
	case p["*"] != nil:
		return "*"
	default:
		out := map[string]any{}
		for kind, values := range p {
			out[kind] = one(values)
		}
		return out
	}
}

func (c Condition) wire() map[string]map[string]any {
	out := map[string]map[string]any{}
	for op, keys := range c {
		out[op] = map[string]any{}
		for k, v := range keys {
			out[op][k] = one(v)
		}
	}
	return out
}

// one writes a list of one as AWS does when it gives a policy back.
func one(values []string) any {
	switch len(values) {
	case 0:
		return nil
	case 1:
		return values[0]
	default:
		return values
	}
}
