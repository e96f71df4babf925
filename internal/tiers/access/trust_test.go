package access_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// trusted returns the statements of a role's trust policy, in order.
func trusted(t *testing.T, s tiertest.Stack, r string) []map[string]any {
	t.Helper()
	text, _ := tiertest.Field(t, s.Resources[r], "assumeRolePolicy").(string)
	document := struct {
		Statement []map[string]any `json:"Statement"`
	}{}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	return document.Statement
}

func TestRuntimes(t *testing.T) {
	const (
		kubernetes = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
		pipeline   = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	)
	lambda := map[string]any{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
	service := func(name string, actions any, source string) map[string]any {
		return map[string]any{
			"Effect": "Allow", "Principal": map[string]any{"Service": name}, "Action": actions,
			"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, "ArnLike": map[string]any{"aws:SourceArn": source}},
		}
	}
	cases := map[string]struct {
		reason       string
		spec         string
		resourceName string
		want         []map[string]any
	}{
		"LambdaByDefault": {
			reason:       "Without a word it is Lambda functions.",
			spec:         `{"region":"eu-west-1"}`,
			resourceName: composed.AppRole,
			want:         []map[string]any{lambda},
		},
		"Containers": {
			reason:       "ECS and EKS say for which account and resource they act, so no other account's can have the role (IAM-14).",
			spec:         `{"region":"eu-west-1","access":{"runtimes":["ECS","EKS"]}}`,
			resourceName: composed.AppRole,
			want: []map[string]any{
				service("ecs-tasks.amazonaws.com", "sts:AssumeRole", "arn:aws:ecs:eu-west-1:123456789012:*"),
				service("pods.eks.amazonaws.com", []any{"sts:AssumeRole", "sts:TagSession"}, "arn:aws:eks:eu-west-1:123456789012:cluster/*"),
			},
		},
		"ServiceAccount": {
			reason:       "A pod assumes the role by who it is, exactly (IAM-25).",
			spec:         `{"region":"eu-west-1","access":{"app":{"providerArn":"` + kubernetes + `","subjects":["system:serviceaccount:shop:web"]}}}`,
			resourceName: composed.AppRole,
			want: []map[string]any{lambda, {
				"Effect": "Allow", "Principal": map[string]any{"Federated": kubernetes}, "Action": "sts:AssumeRoleWithWebIdentity",
				"Condition": map[string]any{"StringEquals": map[string]any{
					"oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
					"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:shop:web",
				}},
			}},
		},
		"Pipeline": {
			reason:       "A pipeline publishes from the branches that the claim names.",
			spec:         `{"region":"eu-west-1","access":{"publisher":{"providerArn":"` + pipeline + `","subjects":["repo:a/b:ref:refs/heads/main","repo:a/b:environment:live"],"audience":"shop"}}}`,
			resourceName: composed.PublisherRole,
			want: []map[string]any{lambda, {
				"Effect": "Allow", "Principal": map[string]any{"Federated": pipeline}, "Action": "sts:AssumeRoleWithWebIdentity",
				"Condition": map[string]any{"StringEquals": map[string]any{
					"token.actions.githubusercontent.com:aud": "shop",
					"token.actions.githubusercontent.com:sub": []any{"repo:a/b:ref:refs/heads/main", "repo:a/b:environment:live"},
				}},
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, trusted(t, tiertest.Composed(t, tc.spec, nil, tiertest.Platform()), tc.resourceName)); diff != "" {
				t.Errorf("\n%s\ntrust: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"ContainersWaitForTheAccount": {
			Reason:   "The trust policy says for which account a service acts.",
			Spec:     `{"region":"eu-west-1","access":{"runtimes":["ECS"]}}`,
			Input:    tiertest.NoInput(),
			Resource: composed.AppRole,
			Waits:    true,
		},
		"FunctionsDoNot": {
			Reason:   "Lambda says for nobody whom it acts.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.AppRole,
		},
	})
}
