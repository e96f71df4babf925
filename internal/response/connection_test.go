package response

import (
	"maps"
	"slices"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Crossplane silently drops connection details whose keys are not in the XRD.
func TestConnectionHasKeysOfDefinition(t *testing.T) {
	xrd := struct {
		Spec struct {
			ConnectionSecretKeys []string `json:"connectionSecretKeys"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(apis.ClaimDefinition, &xrd); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"region": "eu-west-1", "assetsBucket": "shop-assets", "uploadsBucket": "shop-uploads", "cdnDomain": "shop.example.com", "databaseEndpoint": "db.example", "databasePort": "5433", "databaseName": "ecommerce",
		"databaseSecretArn": "arn:database", "databaseProxyEndpoint": "proxy.example", "databaseReadEndpoints": "read-1.example,read-2.example", "searchEndpoint": "vpc-shop.example", "appSecretArn": "arn:app", "appRoleArn": "arn:role",
		"cacheEndpoint": "cache.example", "cachePort": "6380", "cacheReadEndpoint": "replica.example", "cacheReadPort": "6380", "cacheSecretArn": "arn:cache", "cacheUsername": "shop-app",
	}
	got := connection(v1alpha1.SecureEcommerceStatus{
		Region:  "eu-west-1",
		Assets:  v1alpha1.AssetsStatus{Bucket: "shop-assets"},
		Uploads: v1alpha1.UploadsStatus{Bucket: "shop-uploads"},
		CDN:     v1alpha1.CDNStatus{Domain: "shop.example.com"},
		Database: v1alpha1.DatabaseStatus{
			Endpoint: "db.example", Port: 5433, Name: "ecommerce", SecretARN: "arn:database",
			ProxyEndpoint: "proxy.example", ReadEndpoints: []string{"read-1.example", "read-2.example"},
		},
		Search: v1alpha1.SearchStatus{Endpoint: "vpc-shop.example"},
		Cache: v1alpha1.CacheStatus{
			Endpoint: "cache.example", Port: 6380, ReadEndpoint: "replica.example", ReadPort: 6380, SecretARN: "arn:cache", Username: "shop-app",
		},
		Secrets: v1alpha1.SecretsStatus{AppSecretARN: "arn:app"},
		Access:  v1alpha1.AccessStatus{AppRoleARN: "arn:role"},
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("connection(...): -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(xrd.Spec.ConnectionSecretKeys)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("\nconnectionSecretKeys of the XRD: -want, +got:\n%s", diff)
	}
}

// In the namespaced scope, connection details are a Secret.
func TestConnectionSecret(t *testing.T) {
	type want struct {
		pace   readiness.Pace
		secret *fnv1.Resource
	}
	cases := map[string]struct {
		reason   string
		observed string
		want     want
	}{
		"New": {
			reason: "It is made with what is known, and the stack is not ready until it is there.",
			want: want{pace: readiness.Slow, secret: &fnv1.Resource{Ready: fnv1.Ready_READY_FALSE, Resource: resource.MustStructJSON(
				`{"apiVersion":"v1","kind":"Secret","metadata":{"name":"shop-connection","namespace":"team-a"},"type":"connection.crossplane.io/v1alpha1","data":{"region":"ZXUtd2VzdC0x"}}`)}},
		},
		"ForgetsWhatIsGone": {
			reason:   "Nobody should call a proxy that the claim has given up.",
			observed: `{"metadata":{"name":"shop-connection"},"data":{"databaseProxyEndpoint":"ZGI=","databaseReadEndpoints":"ZGI=","searchEndpoint":"ZGI=","region":"b2xk"}}`,
			want: want{pace: readiness.Settled, secret: &fnv1.Resource{Ready: fnv1.Ready_READY_TRUE, Resource: resource.MustStructJSON(
				`{"apiVersion":"v1","kind":"Secret","metadata":{"name":"shop-connection","namespace":"team-a"},"type":"connection.crossplane.io/v1alpha1","data":{"region":"ZXUtd2VzdC0x"}}`)}},
		},
		"KeepsWhatItTold": {
			reason:   "An endpoint that is missing from one observation must not vanish under the app that reads it; what is known anew wins.",
			observed: `{"metadata":{"name":"older-name"},"data":{"databaseEndpoint":"ZGI=","region":"b2xk"}}`,
			want: want{pace: readiness.Settled, secret: &fnv1.Resource{Ready: fnv1.Ready_READY_TRUE, Resource: resource.MustStructJSON(
				`{"apiVersion":"v1","kind":"Secret","metadata":{"name":"older-name","namespace":"team-a"},"type":"connection.crossplane.io/v1alpha1","data":{"databaseEndpoint":"ZGI=","region":"ZXUtd2VzdC0x"}}`)}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
			if tc.observed != "" {
				req.Observed.Resources["connection"] = &fnv1.Resource{Resource: resource.MustStructJSON(tc.observed)}
			}
			s := &settings.Settings{Identity: claim.Identity{Composite: "shop", Namespace: "team-a", Scope: scope.Namespaced}, Region: "eu-west-1"}
			rsp := &fnv1.RunFunctionResponse{}
			pace, err := Write(rsp, s, facts.From(req), nil, tiersSet{})
			if err != nil {
				t.Fatalf("Write(...): %v", err)
			}
			if diff := cmp.Diff(tc.want.pace, pace); diff != "" {
				t.Errorf("\n%s\nWrite(...) pace: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(map[string]*fnv1.Resource{"connection": tc.want.secret}, rsp.GetDesired().GetResources(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nWrite(...) resources: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
