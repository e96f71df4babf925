package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const shares = `,"files":[{"name":"media","path":"/mnt/media","services":["web"]}]}}`

// reached contains the resources that mounts wait for.
var reached = map[string]string{
	composed.FileSystem:           `{"metadata":{"annotations":{"crossplane.io/external-name":"fs-1"}}}`,
	composed.FilesAccess("media"): `{"metadata":{"annotations":{"crossplane.io/external-name":"fsap-1"}}}`,
	composed.MountTarget("1"):     tiertest.IsReady,
	composed.MountTarget("2"):     tiertest.IsReady,
	composed.AppRoleFiles:         tiertest.IsReady,
}

func TestFilesOfTask(t *testing.T) {
	spec := strings.TrimSuffix(web, "}}") + shares
	observed := also(reached)
	task := taskOf(t, spec, "web", observed)
	mountable := also(reached)
	delete(mountable, composed.MountTarget("2"))
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Volume": {
			Reason: "A directory is mounted encrypted, by its access point, as the app role.", Spec: spec, Observed: observed, Resource: task,
			Want: map[string]any{"volume": []any{map[string]any{"name": "media", "configureAtLaunch": false, "efsVolumeConfiguration": map[string]any{
				"fileSystemId": "fs-1", "rootDirectory": "/", "transitEncryption": "ENABLED", "authorizationConfig": map[string]any{"accessPointId": "fsap-1", "iam": "ENABLED"},
			}}}},
		},
		"WaitsForEachZone": {Reason: "ECS ends a container that cannot mount.", Spec: spec, Observed: mountable, Resource: task, Waits: true},
	})
	text, _ := tiertest.Field(t, tiertest.Composed(t, spec, observed, tiertest.Platform()).Resources[task], "containerDefinitions").(string)
	if want := `"mountPoints":[{"containerPath":"/mnt/media","readOnly":false,"sourceVolume":"media"}]`; !strings.Contains(text, want) {
		t.Errorf("\nThe container finds it at its path.\nwant %s\nin %s", want, text)
	}
	if taskOf(t, web, "web", known) == task {
		t.Error("another volume is another task definition")
	}
}

func TestFilesOfFunction(t *testing.T) {
	spec := strings.Replace(strings.TrimSuffix(web, "}}")+shares, `"image"`, `"runtime":"Lambda","vpc":true,"paths":["/*"],"image"`, 1)
	function := composed.AppFunction("image", "web")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Waits": {Reason: "Lambda tries the mount out.", Spec: spec, Observed: known, Resource: function, Waits: true},
		"Mounts": {
			Reason: "A function has its directory below /mnt.", Spec: spec, Resource: function,
			Observed: also(map[string]string{
				composed.MountTarget("1"): tiertest.IsReady, composed.MountTarget("2"): tiertest.IsReady, composed.AppRoleFiles: tiertest.IsReady,
				composed.AppRoleLogs: tiertest.IsReady, composed.AppRoleEnvironment: tiertest.IsReady, composed.AppRoleNetwork: tiertest.IsReady,
				composed.AppFunctionLogGroup("image", "web"): tiertest.IsReady,
			}),
			Want: map[string]any{"fileSystemConfig.arnRef.name": "shop-files-access-media", "fileSystemConfig.localMountPath": "/mnt/media"},
		},
	})
}

func TestUploadsPlaces(t *testing.T) {
	const uploads = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"},"uploads":{},`
	cases := map[string]struct {
		reason, spec string
		want         map[string]string
	}{
		"WithPath": {
			reason: "A key has the path in it.", spec: uploads + web[len(`{"region":"eu-west-1",`):],
			want: map[string]string{"UPLOADS_BUCKET": tiertest.Prefix + "-uploads", "UPLOADS_PREFIX": "uploads/", "UPLOADS_URL": "https://shop.example.com"},
		},
		"WithoutPath": {
			reason: "A key is what follows the path.", spec: strings.Replace(uploads, `{}`, `{"path":"/media/*","keys":"WithoutPath"}`, 1) + web[len(`{"region":"eu-west-1",`):],
			want: map[string]string{"UPLOADS_BUCKET": tiertest.Prefix + "-uploads", "UPLOADS_URL": "https://shop.example.com/media"},
		},
		"None": {reason: "A shop without uploads has none.", spec: web, want: map[string]string{}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := map[string]string{}
			variables, _ := containerOf(t, tc.spec)["environment"].([]any)
			for _, v := range variables {
				variable, _ := v.(map[string]any)
				if n, _ := variable["name"].(string); strings.HasPrefix(n, "UPLOADS_") {
					got[n], _ = variable["value"].(string)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nvariables: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
