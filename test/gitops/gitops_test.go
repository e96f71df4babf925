// Package gitops evaluates the health checks of deploy/gitops with the libraries
// of Argo CD and Flux.
package gitops

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	deploy = "../../deploy/gitops"
	script = "resource.customizations.health.platform.secure-ecommerce.dev_SecureEcommerce"
)

// cases contains states of claims (cluster scope) and composites (namespaced scope)
// in testdata, and their health.
var cases = map[string]struct {
	reason  string
	argo    string
	message string
	flux    string
}{
	"claim-new":              {reason: "Crossplane has not called the function yet.", argo: "Progressing", message: "Waiting for Crossplane", flux: "Unknown"},
	"claim-creating":         {reason: "AWS is still creating a tier.", argo: "Progressing", message: "DatabaseReady: ", flux: "InProgress"},
	"claim-ready":            {reason: "Every tier is ready or switched off.", argo: "Healthy", message: "ready", flux: "Current"},
	"claim-refused":          {reason: "Ready keeps its value when a claim is refused.", argo: "Degraded", message: "spec.database.version", flux: "Failed"},
	"claim-deleting":         {reason: "Foreground deletion keeps the claim.", argo: "Progressing", message: "Deleting", flux: "Current"},
	"composite-creating":     {reason: "The real provider was seen to show this.", argo: "Progressing", message: "StorageReady: 26 of 27", flux: "InProgress"},
	"composite-failing":      {reason: "The real provider was seen to show this.", argo: "Degraded", message: "SecretsReady: app-secret-rotation", flux: "InProgress"},
	"composite-ready":        {reason: "Every tier is ready.", argo: "Healthy", message: "ready", flux: "Current"},
	"composite-edited":       {reason: "Ready is about an earlier generation.", argo: "Progressing", message: "latest edit", flux: "InProgress"},
	"composite-paused":       {reason: "A paused composite is not reconciled.", argo: "Suspended", message: "paused", flux: "InProgress"},
	"composite-not-applying": {reason: "The function cannot be called.", argo: "Degraded", message: "cannot get gRPC client", flux: "InProgress"},
}

func TestHealth(t *testing.T) {
	var cm struct {
		Data map[string]string `json:"data"`
	}
	read(t, filepath.Join(deploy, "argocd-cm.yaml"), &cm)
	if cm.Data[script] == "" {
		t.Fatalf("argocd-cm.yaml has no %s", script)
	}
	var ks struct {
		Spec struct {
			HealthCheckExprs []kustomize.CustomHealthCheck `json:"healthCheckExprs"`
		} `json:"spec"`
	}
	read(t, filepath.Join(deploy, "flux.yaml"), &ks)
	checks := ks.Spec.HealthCheckExprs
	if len(checks) != 2 || checks[1].Kind != "SecureEcommerceAccount" || checks[1].HealthCheckExpressions != checks[0].HealthCheckExpressions {
		t.Fatalf("flux.yaml: want the same health check for stacks and accounts, got %v", checks)
	}
	if cm.Data[script+"Account"] != cm.Data[script] {
		t.Fatalf("argocd-cm.yaml: want the same health check for stacks and accounts")
	}
	check := ks.Spec.HealthCheckExprs[0]
	flux, err := cel.NewStatusEvaluator(&check.HealthCheckExpressions)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(cases) {
		t.Errorf("want a case for each of %d files, got %d", len(files), len(cases))
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			u := &unstructured.Unstructured{}
			raw, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			json, err := yaml.YAMLToJSON(raw)
			if err != nil {
				t.Fatal(err)
			}
			// With integers, like controllers.
			if err := u.UnmarshalJSON(json); err != nil {
				t.Fatal(err)
			}
			if u.GetAPIVersion() != check.APIVersion || u.GetKind() != check.Kind {
				t.Errorf("flux.yaml checks %s %s, the object is a %s %s", check.APIVersion, check.Kind, u.GetAPIVersion(), u.GetKind())
			}
			status, message := argo(t, cm.Data[script], u.Object)
			if status != tc.argo || !strings.Contains(message, tc.message) {
				t.Errorf("\n%s\nArgo CD: want %s with %q, got %s with %q", tc.reason, tc.argo, tc.message, status, message)
			}
			// Flux treats an error for an object without a status as Unknown, and
			// waits.
			got := "Unknown"
			if result, err := flux.Evaluate(t.Context(), u); err == nil {
				got = result.Status.String()
			} else if _, ok := u.Object["status"]; ok {
				t.Fatal(err)
			}
			if got != tc.flux {
				t.Errorf("\n%s\nFlux: want %s, got %s", tc.reason, tc.flux, got)
			}
		})
	}
}

// argo runs a health script like Argo CD: with only the base and table libraries,
// and the object in the global obj. It returns status and message.
func argo(t *testing.T, script string, object map[string]any) (string, string) {
	t.Helper()
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	for name, open := range map[string]lua.LGFunction{lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := l.CallByParam(lua.P{Fn: l.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			t.Fatal(err)
		}
	}
	l.SetGlobal("obj", value(l, object))
	if err := l.DoString(script); err != nil {
		t.Fatal(err)
	}
	health, ok := l.Get(-1).(*lua.LTable)
	if !ok {
		t.Fatalf("the script returns a %s, want a table", l.Get(-1).Type())
	}
	return lua.LVAsString(health.RawGetString("status")), lua.LVAsString(health.RawGetString("message"))
}

// value converts a JSON value to Lua.
func value(l *lua.LState, v any) lua.LValue {
	switch v := v.(type) {
	case map[string]any:
		table := l.NewTable()
		for k, e := range v {
			table.RawSetString(k, value(l, e))
		}
		return table
	case []any:
		table := l.NewTable()
		for _, e := range v {
			table.Append(value(l, e))
		}
		return table
	case string:
		return lua.LString(v)
	case bool:
		return lua.LBool(v)
	case int64:
		return lua.LNumber(v)
	case float64:
		return lua.LNumber(v)
	}
	return lua.LNil
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}
