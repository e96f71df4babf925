package desired

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

func TestKeepResolved(t *testing.T) {
	cases := map[string]struct {
		reason                  string
		desired, observed, want string
	}{
		"InList": {
			reason:   "A list is applied as a whole, so what the provider resolved in it must be in it.",
			desired:  `{"rule":[{"default":{"keyIdRef":{"name":"key"}}}]}`,
			observed: `{"rule":[{"default":{"keyIdRef":{"name":"key"},"keyId":"arn"}}]}`,
			want:     `{"rule":[{"default":{"keyIdRef":{"name":"key"},"keyId":"arn"}}]}`,
		},
		"OutsideOfLists": {
			reason:   "Elsewhere the value is the provider's own field.",
			desired:  `{"vpcIdRef":{"name":"vpc"}}`,
			observed: `{"vpcIdRef":{"name":"vpc"},"vpcId":"vpc-1"}`,
			want:     `{"vpcIdRef":{"name":"vpc"}}`,
		},
		"BesideOneResolvedAnew": {
			reason:   "The provider applies only the reference that changed, and would lose the others.",
			desired:  `{"natRef":{"name":"nat","policy":{"resolve":"Always"}},"tableRef":{"name":"table"}}`,
			observed: `{"natRef":{"name":"nat"},"nat":"nat-1","tableRef":{"name":"table"},"table":"rtb-1"}`,
			want:     `{"natRef":{"name":"nat","policy":{"resolve":"Always"}},"nat":"nat-1","tableRef":{"name":"table"},"table":"rtb-1"}`,
		},
		"ResolvedAnewAndExchanged": {
			reason:   "The provider writes the new value; the others are kept meanwhile.",
			desired:  `{"natRef":{"name":"new","policy":{"resolve":"Always"}},"tableRef":{"name":"table"}}`,
			observed: `{"natRef":{"name":"old"},"nat":"nat-1","tableRef":{"name":"table"},"table":"rtb-1"}`,
			want:     `{"natRef":{"name":"new","policy":{"resolve":"Always"}},"tableRef":{"name":"table"},"table":"rtb-1"}`,
		},
		"Several": {
			reason:   "A list of references names its field in one of two ways.",
			desired:  `{"subnetIdRefs":[{"name":"a","policy":{"resolve":"Always"}},{"name":"b"}],"vpcSubnetIdsRefs":[{"name":"a"}]}`,
			observed: `{"subnetIdRefs":[{"name":"a"},{"name":"b"}],"subnetIds":["s-1","s-2"],"vpcSubnetIdsRefs":[{"name":"a"}],"vpcSubnetIds":["s-1"]}`,
			want:     `{"subnetIdRefs":[{"name":"a","policy":{"resolve":"Always"}},{"name":"b"}],"subnetIds":["s-1","s-2"],"vpcSubnetIdsRefs":[{"name":"a"}],"vpcSubnetIds":["s-1"]}`,
		},
		"OneMore": {
			reason:   "A list that an edit made longer is resolved anew.",
			desired:  `{"subnetIdRefs":[{"name":"a","policy":{"resolve":"Always"}},{"name":"b"}]}`,
			observed: `{"subnetIdRefs":[{"name":"a"}],"subnetIds":["s-1"]}`,
			want:     `{"subnetIdRefs":[{"name":"a","policy":{"resolve":"Always"}},{"name":"b"}]}`,
		},
		"OtherReference": {
			reason:   "What another reference was resolved to is of no use.",
			desired:  `{"rule":[{"keyIdRef":{"name":"new"}}]}`,
			observed: `{"rule":[{"keyIdRef":{"name":"old"},"keyId":"arn"}]}`,
			want:     `{"rule":[{"keyIdRef":{"name":"new"}}]}`,
		},
		"NotResolvedYet": {
			reason:   "There is nothing to keep before the provider resolved it, or of an element that is new.",
			desired:  `{"rule":[{"keyIdRef":{"name":"key"}},{"keyIdRef":{"name":"key"}}]}`,
			observed: `{"rule":[{"keyIdRef":{"name":"key"}}]}`,
			want:     `{"rule":[{"keyIdRef":{"name":"key"}},{"keyIdRef":{"name":"key"}}]}`,
		},
		"OurOwnValue": {
			reason:   "What is decided by the function wins.",
			desired:  `{"rule":[{"keyIdRef":{"name":"key"},"keyId":"ours"}]}`,
			observed: `{"rule":[{"keyIdRef":{"name":"key"},"keyId":"arn"}]}`,
			want:     `{"rule":[{"keyIdRef":{"name":"key"},"keyId":"ours"}]}`,
		},
		"OtherFields": {
			reason:   "Nothing but references is kept, or an edit could take no field away.",
			desired:  `{"rule":[{"days":1}]}`,
			observed: `{"rule":[{"days":2,"prefix":"x"}]}`,
			want:     `{"rule":[{"days":1}]}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := structpb.NewStructValue(sdk.MustStructJSON(tc.desired))
			observed := facts.From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{
				"any": {Resource: sdk.MustStructJSON(`{"spec":` + tc.observed + `}`)},
			}}})
			keepResolved(got, "spec", func(path string) *structpb.Value { return observed.Value("any", path) })
			if diff := cmp.Diff(sdk.MustStructJSON(tc.want).AsMap(), got.GetStructValue().AsMap()); diff != "" {
				t.Errorf("\n%s\nkeepResolved(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
