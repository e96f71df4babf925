// Package policy creates IAM policy documents (AWS documentation, "IAM JSON policy
// elements reference") in a canonical form. The same policy always has the same
// bytes.
package policy

import (
	"encoding/json"
	"maps"
)

// Version of the policy language in all documents.
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

// Statement is one permission or denial. Lists keep their order.
type Statement struct {
	Sid       string
	Effect    string
	Principal Principal
	Actions   []string
	Resources []string
	Condition Condition
}

// Principal contains the principals of a resource policy's statement by type: "AWS"
// or "Service". The key "*" matches all principals.
type Principal map[string][]string

// Condition contains operators with keys and values. One of the values must match.
type Condition map[string]map[string][]string

// Everyone returns all principals. Use it only in a Deny.
func Everyone() Principal { return Principal{"*": {"*"}} }

// Service returns an AWS service, such as "cloudfront.amazonaws.com".
func Service(name string) Principal { return Principal{"Service": {name}} }

// Account returns all principals of an account that its IAM policies allow.
func Account(rootARN string) Principal { return Principal{"AWS": {rootARN}} }

// Identities returns IAM roles and users by their ARNs.
func Identities(arns ...string) Principal { return Principal{"AWS": arns} }

// DenyPlainHTTP denies actions without TLS, whatever other statements allow.
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

// StringEquals returns a condition for one key.
func StringEquals(key string, values ...string) Condition {
	return Condition{"StringEquals": {key: values}}
}

// And combines conditions that must all be met. It does not modify them. The policy
// language has only one list of values for each operator and key, so the last one
// wins if two conditions share both.
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

// wire is a statement in AWS's JSON format. Map keys are sorted.
type wire struct {
	Sid       string                    `json:"Sid,omitempty"`
	Effect    string                    `json:"Effect"`
	Principal any                       `json:"Principal,omitempty"`
	Action    any                       `json:"Action"`
	Resource  any                       `json:"Resource,omitempty"`
	Condition map[string]map[string]any `json:"Condition,omitempty"`
}

// JSON returns the document as canonical JSON without whitespace.
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

// one returns a single string for a list of one, as AWS does.
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
