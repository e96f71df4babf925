package settings

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// object is a JSON object.
type object = map[string]any

// request returns a request with observed resources.
func request(t *rapid.T, observed map[string]object) *fnv1.RunFunctionRequest {
	t.Helper()
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for r, o := range observed {
		s, err := structpb.NewStruct(o)
		if err != nil {
			t.Fatal(err)
		}
		req.Observed.Resources[r] = &fnv1.Resource{Resource: s}
	}
	return req
}

// olderStack returns all resources that settings read, from a stack in us-west-2.
// An older release created it with other names, ranges and zones.
func olderStack(zones int) map[string]object {
	const region = "us-west-2"
	named := func(name string) object {
		return object{
			"metadata": object{"annotations": object{"crossplane.io/external-name": name}},
			"spec":     object{"forProvider": object{"region": region, "tags": object{TagStack: "older"}}},
		}
	}
	out := map[string]object{
		composed.VPC: {"spec": object{"forProvider": object{"region": region, "cidrBlock": "10.64.0.0/18", "tags": object{TagStack: "older"}}}},
		composed.Database: {"spec": object{"forProvider": object{
			"region": region, "identifier": "older-database", "dbName": "shop", "username": "shop_owner", "tags": object{TagStack: "older"},
		}}},
		composed.AssetsBucket:   named("older-files"),
		composed.LogsBucket:     named("older-logs"),
		composed.CDNLogsBucket:  named("older-cdn"),
		composed.FlowLogGroup:   named("older-flow"),
		composed.AppRole:        named("older-app-role"),
		composed.PublisherRole:  named("older-publisher-role"),
		composed.FlowLogRole:    named("older-flow-role"),
		composed.MonitoringRole: named("older-monitoring-role"),
		// Resources for CloudFront are in another region.
		composed.Certificate("digest"): {"spec": object{"forProvider": object{"region": aws.GlobalRegion, "tags": object{TagStack: "older"}}}},
	}
	letters := "dcba"
	for i := range zones {
		for n, r := range []string{composed.PublicSubnet(i + 1), composed.PrivateSubnet(i + 1), composed.DatabaseSubnet(i + 1)} {
			out[r] = object{"spec": object{"forProvider": object{
				"region": region, "availabilityZone": region + letters[i:i+1], "cidrBlock": fmt.Sprintf("10.64.%d.0/24", 3*i+n), "tags": object{TagStack: "older"},
			}}}
		}
	}
	return out
}

// Settings that AWS cannot change stay as observed, for any observed part of a
// stack and any claim. The function reports the pinned fields.
func TestDecidePinsWhatIsObserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := olderStack(rapid.IntRange(2, cidr.MaxZones).Draw(t, "zones"))
		observed := map[string]object{}
		for _, r := range slices.Sorted(maps.Keys(whole)) {
			if rapid.Bool().Draw(t, r) {
				observed[r] = whole[r]
			}
		}
		spec := object{
			"region":  rapid.SampledFrom([]any{"us-west-2", "us-east-1"}).Draw(t, "region"),
			"network": object{"cidr": rapid.SampledFrom([]any{"10.0.0.0/16", "10.64.0.0/18"}).Draw(t, "cidr"), "availabilityZones": float64(rapid.IntRange(2, 4).Draw(t, "asked"))},
		}
		xr, err := structpb.NewStruct(object{"metadata": object{"name": "shop", "uid": "restored"}, "spec": spec})
		if err != nil {
			t.Fatal(err)
		}
		c, err := claim.From(xr)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Decide(c, &inputv1alpha1.Input{}, nil, facts.From(request(t, observed)))
		if err != nil {
			t.Fatalf("Decide(...): %v", err)
		}
		same := func(what, r, want, got string) {
			if _, ok := observed[r]; ok && got != want {
				t.Errorf("%s: %s was observed with %q, decided was %q", what, r, want, got)
			}
		}
		for _, r := range regional() {
			same("region", r, "us-west-2", s.Region)
		}
		for r := range whole {
			same("stack", r, "older", s.Stack)
		}
		same("range", composed.VPC, "10.64.0.0/18", s.Network.CIDR.String())
		for r, got := range map[string]string{
			composed.AssetsBucket: s.Names.AssetsBucket, composed.LogsBucket: s.Names.LogsBucket, composed.CDNLogsBucket: s.Names.CDNLogsBucket, composed.FlowLogGroup: s.Names.FlowLogGroup,
			composed.AppRole: s.Names.AppRole, composed.PublisherRole: s.Names.PublisherRole, composed.FlowLogRole: s.Names.FlowLogRole, composed.MonitoringRole: s.Names.MonitoringRole,
		} {
			want, _ := whole[r]["metadata"].(object)["annotations"].(object)["crossplane.io/external-name"].(string)
			same("name", r, want, got)
		}
		same("identifier", composed.Database, "older-database", s.Names.Database)
		same("database name", composed.Database, "shop", s.Database.Name)
		same("owner", composed.Database, "shop_owner", s.Database.Username)
		used := map[string]bool{}
		for _, z := range s.Network.Zones {
			for r, got := range map[string]netip.Prefix{composed.PublicSubnet(z.Number): z.Public, composed.PrivateSubnet(z.Number): z.Private, composed.DatabaseSubnet(z.Number): z.Database} {
				if o, ok := observed[r]; ok {
					p, _ := o["spec"].(object)["forProvider"].(object)
					same("zone", r, fmt.Sprint(p["availabilityZone"]), z.Name)
					same("range", r, fmt.Sprint(p["cidrBlock"]), got.String())
				}
			}
			if used[z.Name] || !strings.HasPrefix(z.Name, s.Region) {
				t.Errorf("zones: %s is used twice, or is none of %s", z.Name, s.Region)
			}
			used[z.Name] = true
		}
		for r := range observed {
			for i := 1; i <= cidr.MaxZones; i++ {
				if (r == composed.PublicSubnet(i) || r == composed.PrivateSubnet(i) || r == composed.DatabaseSubnet(i)) && i > len(s.Network.Zones) {
					t.Errorf("zones: %s was observed, but only %d zones were decided", r, len(s.Network.Zones))
				}
			}
		}
		network, _ := spec["network"].(object)
		for field, kept := range map[string]bool{
			"spec.region:":                    spec["region"] == s.Region,
			"spec.network.cidr:":              network["cidr"] == s.Network.CIDR.String(),
			"spec.network.availabilityZones:": network["availabilityZones"] == float64(len(s.Network.Zones)),
		} {
			if told := slices.ContainsFunc(s.Pinned, func(p string) bool { return strings.HasPrefix(p, field) }); told == kept {
				t.Errorf("%s kept as asked: %t, told that it was not: %t", field, kept, told)
			}
		}
	})
}

// Every valid Kubernetes name results in valid AWS names.
func TestDecideNamesAreValidInAWS(t *testing.T) {
	identifier, bucket := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`), regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.StringMatching(`[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`)
		name := strings.Join(rapid.SliceOfN(label, 1, 3).Draw(t, "labels"), ".")
		metadata := object{"name": name}
		if rapid.Bool().Draw(t, "namespaced") {
			metadata["namespace"] = label.Draw(t, "namespace")
		}
		if rapid.Bool().Draw(t, "has UID") {
			metadata["uid"] = rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}`).Draw(t, "uid")
		}
		xr, err := structpb.NewStruct(object{"metadata": metadata, "spec": object{"region": "eu-west-1"}})
		if err != nil {
			t.Fatal(err)
		}
		c, err := claim.From(xr)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Decide(c, &inputv1alpha1.Input{}, nil, facts.From(&fnv1.RunFunctionRequest{}))
		if err != nil {
			t.Fatalf("Decide(...): %v", err)
		}
		for _, b := range []string{s.Names.AssetsBucket, s.Names.LogsBucket, s.Names.CDNLogsBucket, s.Names.ReplicaBucket, s.Names.ReplicaLogsBucket} {
			if !bucket.MatchString(b) {
				t.Errorf("%q is no name of a bucket", b)
			}
		}
		// The final snapshot's name contains the database's, and may be four times
		// as long.
		if db := s.Names.Database; !identifier.MatchString(db) || len(db) > 63 {
			t.Errorf("%q is no identifier of a database", db)
		}
		for _, r := range []string{s.Names.AppRole, s.Names.PublisherRole, s.Names.FlowLogRole, s.Names.MonitoringRole} {
			if !identifier.MatchString(r) || len(r) > 64 {
				t.Errorf("%q is no name of a role", r)
			}
		}
		for k, v := range s.Tags {
			if len(k) > 128 || len(v) > maxTagValue || v == "" {
				t.Errorf("%q is no value of the tag %q", v, k)
			}
		}
	})
}
