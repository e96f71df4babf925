package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

// composedOf is a composed resource of a tier.
func composedOf(resourceName, tier, apiVersion, kind, forProvider string) Composed {
	return Composed{Resource: resourceName, Object: sdk.MustStructJSON(`{"apiVersion":"` + apiVersion + `","kind":"` + kind + `","metadata":{"name":"shop-` + resourceName + `","labels":{"platform.secure-ecommerce.dev/tier":"` + tier + `"}},"spec":{"forProvider":` + forProvider + `}}`)}
}

// texts is the texts and titles of a picture, in their order.
func texts(t *testing.T, picture []byte) []string {
	t.Helper()
	var out []string
	inside := ""
	for d := xml.NewDecoder(bytes.NewReader(picture)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("a picture should be XML: %v\n%s", err, picture)
		}
		switch v := token.(type) {
		case xml.StartElement:
			inside = v.Name.Local
		case xml.CharData:
			if inside == "text" || inside == "title" {
				out = append(out, string(v))
			}
		case xml.EndElement:
			inside = ""
		}
	}
}

func TestPicture(t *testing.T) {
	const ec2, s3 = "ec2.aws.m.upbound.io/v1beta1", "s3.aws.m.upbound.io/v1beta1"
	got := Picture([]Composed{
		composedOf("vpc", "network", ec2, "VPC", `{}`),
		composedOf("subnet-1", "network", ec2, "Subnet", `{"vpcIdRef":{"name":"shop-vpc"}}`),
		composedOf("subnet-2", "network", ec2, "Subnet", `{"vpcIdRef":{"name":"shop-vpc"}}`),
		composedOf("route", "network", ec2, "VPCEndpointRouteTableAssociation", `{}`),
		composedOf("acl", "network", ec2, "NetworkACL", `{}`),
		composedOf("bucket", "storage", s3, "Bucket", `{"vpcRef":{"name":"shop-vpc"},"subnetRefs":[{"name":"shop-subnet-1"}]}`),
		composedOf("connection", "", "v1", "Secret", `{"vpcRef":{"name":"shop-vpc"}}`),
		composedOf("queue", "unheard-of", s3, "Bucket", `{"vpcRef":{"name":"shop-vpc"}}`),
	})
	want := []string{
		"storage refers to network: 2 references",
		"network", "5", "2 ec2/Subnet", "ec2/NetworkACL", "ec2/VPC",
		"storage", "1", "s3/Bucket",
	}
	if diff := cmp.Diff(want, texts(t, got)); diff != "" {
		t.Errorf("\nEach tier should tell what it has most of, and what it refers to; what is no tier's should not show.\nPicture(...): -want, +got:\n%s", diff)
	}
	if !strings.HasPrefix(string(got), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 756 288" role="img" aria-label="8 resources in 2 tiers"`) {
		t.Errorf("want a picture as large as its boxes, got %.120s", got)
	}
}

func TestPictureShortens(t *testing.T) {
	got := Picture([]Composed{composedOf("route", "network", "ec2.aws.m.upbound.io/v1beta1", "VPCEndpointRouteTableAssociation", `{}`)})
	if diff := cmp.Diff([]string{"network", "1", "ec2/VPCEndpointRouteTabl…"}, texts(t, got)); diff != "" {
		t.Errorf("\nA text should stay within its box.\nPicture(...): -want, +got:\n%s", diff)
	}
}

func TestPrintSVG(t *testing.T) {
	var b bytes.Buffer
	if err := printSVG(&b, &stack{}); err != nil || !strings.HasSuffix(b.String(), "</svg>\n") {
		t.Errorf("a stack of nothing should be a picture of nothing, got %q: %v", b.String(), err)
	}
}
