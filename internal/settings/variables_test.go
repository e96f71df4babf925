package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

func TestExpand(t *testing.T) {
	variables := map[string]string{"DATABASE_HOST": "db.example", "DATABASE_PORT": "5432"}
	cases := map[string]struct {
		reason string
		value  v1alpha1.EnvironmentValue
		want   string
	}{
		"Plain":     {reason: "Most values refer to nothing.", value: "a $HOME ${HOME} $$ (b)", want: "a $HOME ${HOME} $$ (b)"},
		"Reference": {reason: "An image has a name of its own for the host.", value: "$(DATABASE_HOST)", want: "db.example"},
		"InText":    {reason: "A URL has several.", value: "postgres://$(DATABASE_HOST):$(DATABASE_PORT)/shop", want: "postgres://db.example:5432/shop"},
		"Escaped":   {reason: "The text itself, as in Kubernetes.", value: "$$(DATABASE_HOST) $(DATABASE_PORT)", want: "$(DATABASE_HOST) 5432"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Expand(tc.value, variables)); diff != "" {
				t.Errorf("\n%s\nExpand(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReferences(t *testing.T) {
	const known = "APP_SECRET_ARN, ASSETS_BUCKET, DATABASE_HOST, DATABASE_NAME, DATABASE_PORT, DATABASE_SECRET_ARN, STACK_ENVIRONMENT, STACK_NAME"
	path := field.NewPath("spec", "app", "services").Index(0).Child("environment").Key("A")
	cases := map[string]struct {
		reason  string
		runtime v1alpha1.ServiceRuntime
		value   v1alpha1.EnvironmentValue
		want    field.ErrorList
	}{
		"Known":   {reason: "The stack gives it to the service.", value: "$(DATABASE_HOST):$(DATABASE_PORT)"},
		"Escaped": {reason: "It refers to nothing.", value: "$$(date)"},
		"Unknown": {
			reason: "A misspelt name must not become an empty text.", value: "$(DATABASE_HOTS)",
			want: field.ErrorList{field.Invalid(path, "$(DATABASE_HOTS)", "$(DATABASE_HOTS) is not a variable in the stack: use "+known+", or write $$(DATABASE_HOTS) for the literal text")},
		},
		"NotGiven": {
			reason: "A worker listens nowhere.", value: "$(PORT)",
			want: field.ErrorList{field.Invalid(path, "$(PORT)", "$(PORT) is not a variable in the stack: use "+known+", or write $$(PORT) for the literal text")},
		},
		"Database": {
			reason: "ECS puts no secret into a text.", value: "$(DATABASE_PASSWORD)",
			want: field.ErrorList{field.Invalid(path, "$(DATABASE_PASSWORD)", "$(DATABASE_PASSWORD) is a secret, and ECS cannot insert a secret into a longer value: move this variable from environment to secrets, and set it to the source of the secret; for example, A: database/password")},
		},
		"Own": {
			reason: "Likewise one of the claim.", value: "Bearer $(TOKEN)",
			want: field.ErrorList{field.Invalid(path, "Bearer $(TOKEN)", "$(TOKEN) is a secret, and ECS cannot insert a secret into a longer value: move this variable from environment to secrets, and set it to the source of the secret; for example, A: api-token")},
		},
		"Function": {
			reason: "A function reads secrets itself.", runtime: v1alpha1.ServiceRuntimeLambda, value: "$(DATABASE_PASSWORD)",
			want: field.ErrorList{field.Invalid(path, "$(DATABASE_PASSWORD)", "$(DATABASE_PASSWORD) is a secret, and a function's variables cannot contain secrets: in your code, read the secret by its ARN (for example, the ARN in DATABASE_SECRET_ARN)")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			asked := serviceWith(func(s *v1alpha1.Service) {
				s.Runtime, s.Environment, s.Secrets = tc.runtime, map[string]v1alpha1.EnvironmentValue{"A": tc.value}, map[string]v1alpha1.SecretSource{"TOKEN": "api-token"}
			})
			s := &Settings{Database: Database{Enabled: true}, App: App{Services: []Service{{Service: asked}}}}
			if diff := cmp.Diff(tc.want, s.checkVariables([]v1alpha1.Service{asked})); diff != "" {
				t.Errorf("\n%s\ncheckVariables(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
