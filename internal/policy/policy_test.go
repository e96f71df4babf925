package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestJSON(t *testing.T) {
	cases := map[string]struct {
		reason string
		doc    Document
		want   string
	}{
		"Nothing": {
			reason: "Even a policy without statements says its language, or AWS reads it in the one of 2008, and has a list of them.",
			want:   `{"Version":"2012-10-17","Statement":[]}`,
		},
		"Identity": {
			reason: "A role's policy has no principal, and a single action or resource is no list, as AWS gives it back.",
			doc: Document{Statements: []Statement{{
				Sid: "ReadAssets", Effect: Allow, Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::shop/*"},
			}}},
			want: `{"Version":"2012-10-17","Statement":[{"Sid":"ReadAssets","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shop/*"}]}`,
		},
		"Trust": {
			reason: "A role's trust policy has no resource: it is the role itself.",
			doc: Document{Statements: []Statement{{
				Effect: Allow, Principal: Service("lambda.amazonaws.com"), Actions: []string{"sts:AssumeRole"},
				Condition: StringEquals("aws:SourceAccount", "123456789012"),
			}}},
			want: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`,
		},
		"Everyone": {
			reason: "Everybody is no object, or AWS would mean only those that it knows.",
			doc: Document{Statements: []Statement{{
				Effect: Deny, Principal: Everyone(), Actions: []string{"s3:*"}, Resources: []string{"arn:aws:s3:::shop", "arn:aws:s3:::shop/*"},
				Condition: Condition{"Bool": {"aws:SecureTransport": {"false"}}},
			}}},
			want: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::shop","arn:aws:s3:::shop/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
		},
		"Account": {
			reason: "An account is named by its root.",
			doc: Document{Statements: []Statement{{
				Effect: Allow, Principal: Account("arn:aws:iam::123456789012:root"), Actions: []string{"kms:*"}, Resources: []string{"*"},
			}}},
			want: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}`,
		},
		"Identities": {
			reason: "Several are a list, and one alone is none.",
			doc: Document{Statements: []Statement{
				{Effect: Allow, Principal: Identities("arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:user/b"), Actions: []string{"sts:AssumeRole"}},
				{Effect: Allow, Principal: Identities("arn:aws:iam::123456789012:role/a"), Actions: []string{"sts:AssumeRole"}},
			}},
			want: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::123456789012:role/a","arn:aws:iam::123456789012:user/b"]},"Action":"sts:AssumeRole"},` +
				`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/a"},"Action":"sts:AssumeRole"}]}`,
		},
		"ListsKeepTheirOrder": {
			reason: "Order in lists is the author's; of statements AWS keeps it.",
			doc: Document{Statements: []Statement{
				{Sid: "B", Effect: Allow, Actions: []string{"b", "a"}, Resources: []string{"z", "y"}, Condition: StringEquals("k", "2", "1")},
				{Sid: "A", Effect: Allow, Actions: []string{"a"}, Resources: []string{"*"}},
			}},
			want: `{"Version":"2012-10-17","Statement":[{"Sid":"B","Effect":"Allow","Action":["b","a"],"Resource":["z","y"],"Condition":{"StringEquals":{"k":["2","1"]}}},{"Sid":"A","Effect":"Allow","Action":"a","Resource":"*"}]}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.doc.JSON()); diff != "" {
				t.Errorf("\n%s\nJSON(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAnd(t *testing.T) {
	cases := map[string]struct {
		reason string
		c      Condition
		others []Condition
		want   Condition
	}{
		"Alone": {
			reason: "A condition with nothing is itself.",
			c:      StringEquals("a", "1"),
			want:   StringEquals("a", "1"),
		},
		"Nothing": {
			reason: "No condition is a condition that always holds.",
			others: []Condition{StringEquals("a", "1")},
			want:   StringEquals("a", "1"),
		},
		"SameOperator": {
			reason: "Keys of one operator must all match.",
			c:      StringEquals("a", "1"),
			others: []Condition{StringEquals("b", "2")},
			want:   Condition{"StringEquals": {"a": {"1"}, "b": {"2"}}},
		},
		"OtherOperator": {
			reason: "So must all operators.",
			c:      StringEquals("a", "1"),
			others: []Condition{{"ArnLike": {"b": {"2"}}}, {"Bool": {"c": {"true"}}}},
			want:   Condition{"StringEquals": {"a": {"1"}}, "ArnLike": {"b": {"2"}}, "Bool": {"c": {"true"}}},
		},
		"SameKey": {
			reason: "JSON has room for one of them, and it is always the same one.",
			c:      StringEquals("a", "1"),
			others: []Condition{StringEquals("a", "2")},
			want:   StringEquals("a", "2"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprint(tc.c, tc.others)
			if diff := cmp.Diff(tc.want, tc.c.And(tc.others...)); diff != "" {
				t.Errorf("\n%s\nAnd(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(before, fmt.Sprint(tc.c, tc.others)); diff != "" {
				t.Errorf("\nConditions may be shared, so joining must not change them.\nAnd(...): -before, +after:\n%s", diff)
			}
		})
	}
}

// documents generates policies.
func documents() *rapid.Generator[Document] {
	words := rapid.SliceOfN(rapid.String(), 0, 3)
	condition := rapid.MapOfN(rapid.String(), rapid.MapOfN(rapid.String(), words, 0, 4), 0, 4)
	principal := rapid.MapOfN(rapid.SampledFrom([]string{"AWS", "Service", "Federated", "CanonicalUser"}), words, 0, 4)
	return rapid.Custom(func(t *rapid.T) Document {
		statement := rapid.Custom(func(t *rapid.T) Statement {
			return Statement{
				Sid:       rapid.String().Draw(t, "sid"),
				Effect:    rapid.SampledFrom([]string{Allow, Deny}).Draw(t, "effect"),
				Principal: Principal(principal.Draw(t, "principal")),
				Actions:   words.Draw(t, "actions"),
				Resources: words.Draw(t, "resources"),
				Condition: Condition(condition.Draw(t, "condition")),
			}
		})
		return Document{Statements: rapid.SliceOfN(statement, 0, 3).Draw(t, "statements")}
	})
}

// rebuilt returns the same document in new maps, filled in reverse order.
func rebuilt(d Document) Document {
	out := Document{Statements: slices.Clone(d.Statements)}
	for i, s := range out.Statements {
		p, c := Principal{}, Condition{}
		for _, k := range slices.Backward(slices.Sorted(maps.Keys(s.Principal))) {
			p[k] = s.Principal[k]
		}
		for _, op := range slices.Backward(slices.Sorted(maps.Keys(s.Condition))) {
			c[op] = map[string][]string{}
			for _, k := range slices.Backward(slices.Sorted(maps.Keys(s.Condition[op]))) {
				c[op][k] = s.Condition[op][k]
			}
		}
		out.Statements[i].Principal, out.Statements[i].Condition = p, c
	}
	return out
}

func TestJSONIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := documents().Draw(t, "document")
		got := d.JSON()
		parsed := struct {
			Version   string           `json:"Version"`
			Statement []map[string]any `json:"Statement"`
		}{}
		if err := json.Unmarshal([]byte(got), &parsed); err != nil {
			t.Fatalf("JSON(): %v in %s", err, got)
		}
		if parsed.Version != Version || len(parsed.Statement) != len(d.Statements) {
			t.Errorf("JSON(): version %q and %d statements of %d in %s", parsed.Version, len(parsed.Statement), len(d.Statements), got)
		}
		if again := rebuilt(d).JSON(); again != got {
			t.Errorf("JSON(): first\n%s\nthen\n%s", got, again)
		}
	})
}
