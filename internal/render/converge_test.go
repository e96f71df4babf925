package render

import (
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
)

func TestConverge(t *testing.T) {
	type want struct {
		resourceNames []string
		warnings      []string
		err           string
	}
	cases := map[string]struct {
		reason string
		file   string
		run    func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error)
		want   want
	}{
		"Stands": {
			reason: "All resources should be there, those that wait for others too.",
			file:   claimOfShop,
			run:    network,
			want:   want{resourceNames: []string{"subnet", "vpc"}},
		},
		"Warns": {
			reason: "What the function warns of to the end should be told.",
			file:   claimOfShop,
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "kept"}}}, nil
			},
			want: want{warnings: []string{"kept"}},
		},
		"NoFile": {
			reason: "A file that is not valid should be refused.",
			file:   "",
			want:   want{err: "standard input is empty; it must contain one object with apiVersion, kind, metadata and spec"},
		},
		"Refused": {
			reason: "What the function refuses should be told in its words.",
			file:   claimOfShop,
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: "spec is not valid"}}}, nil
			},
			want: want{err: "spec is not valid"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			stack, err := Converge(t.Context(), &function{run: tc.run}, Source{File: fromStdin, Stdin: strings.NewReader(tc.file)})
			got := want{warnings: stack.Warnings}
			if err != nil {
				got.err = err.Error()
			}
			for _, r := range stack.Resources {
				got.resourceNames = append(got.resourceNames, r.Resource)
				if kind := r.Object.GetFields()["kind"].GetStringValue(); !strings.EqualFold(kind, r.Resource) {
					t.Errorf("\n%s\nkind of %s: got %s", tc.reason, r.Resource, kind)
				}
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nConverge(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
