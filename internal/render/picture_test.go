package render

import (
	"bytes"
	"strings"
	"testing"

	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

func TestPicture(t *testing.T) {
	composed := []Composed{{Resource: "vpc", Object: sdk.MustStructJSON(`{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-vpc"},"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16","region":"eu-west-1"}}}`)}}
	got := string(Picture(composed))
	want := map[string]bool{`data-resources="vpc"`: true, ">VPC 10.0.0.0/16</text>": true, ">Region eu-west-1</text>": true}
	found := map[string]bool{}
	for text := range want {
		found[text] = strings.Contains(got, text)
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("\nA composed resource should be in the diagram.\nPicture(...): -want, +got:\n%s", diff)
	}
}

func TestPrintSVG(t *testing.T) {
	var b bytes.Buffer
	if err := printSVG(&b, &stack{}); err != nil || !strings.HasSuffix(b.String(), "</svg>\n") {
		t.Errorf("a stack of nothing should be a diagram of nothing, got %q: %v", b.String(), err)
	}
}
