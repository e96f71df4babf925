package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// The cache's secret contains only the password, and ECS can read it.
func TestCacheOfContainers(t *testing.T) {
	const (
		arn   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cache"
		spec  = `{"region":"eu-west-1","cache":{},"app":{"services":[{"image":"shop:1","databaseCredentials":"None","environment":{"REDIS_HOST":"$(CACHE_HOST)"}}]}}`
		iam   = `{"region":"eu-west-1","cache":{"authentication":"IAM"},"app":{"services":[{"image":"shop:1","databaseCredentials":"None"}]}}`
		leave = `{"region":"eu-west-1","cache":{},"app":{"services":[{"image":"shop:1","databaseCredentials":"None","cacheCredentials":"None"}]}}`
	)
	observed := also(map[string]string{
		composed.CacheSecretValue: tiertest.IsReady,
		composed.Cache:            `{"status":{"atProvider":{"primaryEndpointAddress":"master.example","readerEndpointAddress":"replica.example"}}}`,
		composed.CacheSecret:      `{"status":{"atProvider":{"arn":"` + arn + `"}}}`,
	})
	cases := map[string]struct {
		reason, spec string
		variables    map[string]string
		secrets      map[string]string
	}{
		"Password": {
			reason: "A service gets the password by reference, and where the cache is.", spec: spec,
			variables: map[string]string{
				"CACHE_HOST": "master.example", "CACHE_PORT": "6380", "CACHE_READ_HOST": "replica.example", "CACHE_READ_PORT": "6380", "CACHE_SECRET_ARN": arn, "REDIS_HOST": "master.example",
			},
			secrets: map[string]string{"CACHE_PASSWORD": arn},
		},
		"IAM": {
			reason: "Or whom to be.", spec: iam,
			variables: map[string]string{
				"CACHE_HOST": "master.example", "CACHE_PORT": "6380", "CACHE_READ_HOST": "replica.example", "CACHE_READ_PORT": "6380",
				"CACHE_NAME": tiertest.Prefix + "-cache", "CACHE_USERNAME": tiertest.Prefix + "-app",
			},
			secrets: map[string]string{},
		},
		"NotWanted": {
			reason: "A service can do without the password.", spec: leave,
			variables: map[string]string{"CACHE_HOST": "master.example", "CACHE_PORT": "6380", "CACHE_READ_HOST": "replica.example", "CACHE_READ_PORT": "6380", "CACHE_SECRET_ARN": arn},
			secrets:   map[string]string{},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var definitions []struct {
				Environment []struct {
					Name  string `json:"name"`
					Value string `json:"value"`
				} `json:"environment"`
				Secrets []struct {
					Name      string `json:"name"`
					ValueFrom string `json:"valueFrom"`
				} `json:"secrets"`
			}
			for r, resource := range tiertest.Composed(t, tc.spec, observed, tiertest.Platform()).Resources {
				if composed.IsAppTaskDefinition("web", r) {
					text, _ := tiertest.Field(t, resource, "containerDefinitions").(string)
					if err := json.Unmarshal([]byte(text), &definitions); err != nil {
						t.Fatal(err)
					}
				}
			}
			if len(definitions) != 1 {
				t.Fatalf("%d containers", len(definitions))
			}
			variables, secrets := map[string]string{}, map[string]string{}
			for _, v := range definitions[0].Environment {
				if strings.HasPrefix(v.Name, "CACHE_") || v.Name == "REDIS_HOST" {
					variables[v.Name] = v.Value
				}
			}
			for _, v := range definitions[0].Secrets {
				secrets[v.Name] = v.ValueFrom
			}
			if diff := cmp.Diff(tc.variables, variables); diff != "" {
				t.Errorf("\n%s\nvariables: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.secrets, secrets); diff != "" {
				t.Errorf("\n%s\nsecrets: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
