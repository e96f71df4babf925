package claim

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// formed returns the API server's message for a value whose format is invalid.
func formed(path, value, example string) string {
	for _, f := range schema.Formats() {
		if f.Example == example {
			return fmt.Sprintf("%s: Invalid value: %q: %s", path, value, f.Message())
		}
	}
	return "no format has the example " + example
}

// formatCases contains specs whose only errors are formats. An API server does not
// check formats if an object has other errors.
var formatCases = map[string]apiCase{
	"AssetsPathsFormat": {
		reason: "A path of files starts with a slash.",
		spec:   with(`"assets":{"paths":["a"]}`),
		want:   []string{formed("spec.assets.paths[0]", "a", "/static/*")},
	},
	"UploadsPathsFormat": {
		reason: "A path of uploads is a folder.",
		spec:   with(`"uploads":{"additionalPaths":["/*"]}`),
		want:   []string{formed("spec.uploads.additionalPaths[0]", "/*", "/uploads/*")},
	},
	"AccessKeysFormat": {
		reason: "A key policy does not know aliases.",
		spec:   with(`"access":{"kmsKeyArns":["alias/a"]}`),
		want:   []string{formed("spec.access.kmsKeyArns[0]", "alias/a", "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")},
	},
	"CacheFormats": {
		reason: "Windows have times in UTC, and parameters are words.",
		spec:   cache(`{"backupWindow":"3am","maintenanceWindow":"sunday","parameters":{"timeout":"a b"}}`),
		want: []string{
			formed("spec.cache.backupWindow", "3am", "02:00-03:00"),
			formed("spec.cache.maintenanceWindow", "sunday", "sun:04:00-sun:05:00"),
			formed("spec.cache.parameters[timeout]", "a b", "allkeys-lru"),
		},
	},
	"SidecarFormats": {
		reason: "AWS refuses texts of another format.",
		spec:   besides(`{"name":"A","image":"A b","registryCredentialsArn":"a","secrets":{"B":"a b"},"user":"node","writablePaths":["a"]}`, `,"sharedPaths":["b"]`),
		want: []string{
			formed("spec.app.services[0].sharedPaths[0]", "b", "/tmp"),
			formed("spec.app.services[0].sidecars[0].image", "A b", "public.ecr.aws/nginx/nginx:1.29"),
			formed("spec.app.services[0].sidecars[0].name", "A", "web"),
			formed("spec.app.services[0].sidecars[0].registryCredentialsArn", "a", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"),
			formed("spec.app.services[0].sidecars[0].secrets[B]", "a b", "STRIPE_KEY"),
			`spec.app.services[0].sidecars[0].user: Invalid value: "node": must be a numeric user ID, optionally with a group ID; for example, 1000:1000`,
			formed("spec.app.services[0].sidecars[0].writablePaths[0]", "a", "/tmp"),
		},
	},
	"FilesFormats": {
		reason: "A directory has one path, and is not root's.",
		spec:   with(`"app":{"services":[{"name":"web","image":"shop:1"}],"files":[{"name":"Media","path":"media/../etc","services":["web"],"user":"0"}]}`),
		want: []string{
			formed("spec.app.files[0].name", "Media", "web"),
			formed("spec.app.files[0].path", "media/../etc", "/var/www/html/media"),
			`spec.app.files[0].user: Invalid value: "0": must be a numeric user ID other than 0, optionally with a group ID; for example, 1000:1000`,
		},
	},
	"CountriesLong": {
		reason: "The length of a code bounds what checking it costs.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Block","countries":["` + strings.Repeat("a", 65) + `"]}},"guardrails":{"waf":{"blockCountries":["` + strings.Repeat("a", 65) + `"]}}`),
		want: []string{
			`spec.cdn.geoRestriction.countries[0]: Too long: may not be more than 64 bytes`,
			`spec.guardrails.waf.blockCountries[0]: Too long: may not be more than 64 bytes`,
		},
	},
}

// bare matches text that must not be in a message: regular expressions, bytes, type
// names and messages of validation libraries.
var bare = regexp.MustCompile(`in body|should match|regex|bytes|must be of type|\[a-z|\[0-9\]|\^|<nil>|Invalid value|Unsupported value|Required value|supported values`)

// Each limit of the API has a case that violates it, and therefore its own message.
func TestEveryLimitIsExplained(t *testing.T) {
	for name, tc := range apiCases {
		t.Run(name, func(t *testing.T) {
			object := map[string]any{}
			if err := utiljson.Unmarshal([]byte(`{"spec":`+tc.spec+`}`), &object); err != nil {
				t.Fatal(err)
			}
			Schema().Default(object)
			errs := tc.answers(t)
			explained := Schema().Explain(errs, object)
			if len(explained) == 0 && len(errs) > 0 {
				t.Errorf("\nWhat is refused must be explained.\nExplain(%v): no message", errs)
			}
			for _, e := range explained {
				message := schema.Problem(e)
				// The value comes from the reader.
				if raw, err := json.Marshal(e.BadValue); err == nil {
					message = strings.ReplaceAll(message, string(raw), "")
				}
				if bare.MatchString(message) || message == "" {
					t.Errorf("\nA message is for people.\nExplain(...): got %q", schema.Text(e))
				}
			}
			for _, e := range errs {
				if !slices.ContainsFunc(explained, func(x *field.Error) bool { return x.Field == e.Field || e.Field == "<nil>" || e.Field == "" }) {
					t.Errorf("\nNo problem may get lost.\nExplain(...): nothing about %v", e)
				}
			}
		})
	}
}

func TestExplain(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   []string
	}{
		"Format": {
			reason: "A format is described, with an example.",
			spec:   with(`"cdn":{"domain":"Shop.Example.com"}`),
			want:   []string{`spec.cdn.domain: "Shop.Example.com" is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
		},
		"FormatBesideOthers": {
			reason: "An API server checks no formats where a field is missing; the function reports all problems at once.",
			spec:   `{"cdn":{"domain":"Shop.Example.com"}}`,
			want: []string{
				`spec.cdn.domain: "Shop.Example.com" is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
				`spec.region: is required: set a value, such as eu-west-1`,
			},
		},
		"Enum": {
			reason: "The nearest of a few values comes first.",
			spec:   with(`"cdn":{"geoRestriction":{"type":"block","countries":["DE"]}}`),
			want:   []string{`spec.cdn.geoRestriction.type: "block" is not supported; did you mean Block? Use Allow or Block`},
		},
		"EnumOfMany": {
			reason: "Of many values only the nearest ones are listed.",
			spec:   with(`"guardrails":{"waf":{"exceptions":[{"rule":"SizeRestriction_BODY","paths":["/a"]}]}}`),
			want:   []string{`spec.guardrails.waf.exceptions[0].rule: "SizeRestriction_BODY" is not supported; did you mean SizeRestrictions_BODY?`},
		},
		"EnumMissing": {
			reason: "A missing choice lists the choices.",
			spec:   with(`"cdn":{"geoRestriction":{"countries":["DE"]}}`),
			want:   []string{`spec.cdn.geoRestriction.type: is required; use Allow or Block`},
		},
		"Numbers": {
			reason: "A limit is reported with the other one.",
			spec:   with(`"network":{"availabilityZones":9}`),
			want:   []string{`spec.network.availabilityZones: 9 is not valid; use a value from 2 to 4`},
		},
		"Length": {
			reason: "A reader counts characters, not bytes.",
			spec:   with(`"tags":{"team":"` + strings.Repeat("ä", 257) + `"}`),
			want:   []string{`spec.tags.team: has 257 characters; use at most 256`},
		},
		"Entries": {
			reason: "So it is for lists.",
			spec:   with(`"access":{"runtimes":[]}`),
			want:   []string{`spec.access.runtimes: is empty; use at least 1 entry`},
		},
		"UnknownField": {
			reason: "The nearest field of the object is probably meant.",
			spec:   with(`"database":{"instance":{"multiAz":true}}`),
			want:   []string{`spec.database.instance.multiAz: unknown field; did you mean multiAZ?`},
		},
		"UnknownFieldOfAnotherObject": {
			reason: "A field in the wrong object is found in the right one.",
			spec:   with(`"multiAz":true,"cdn":{"domain":"a.example.com","hostedZone":{"type":"Existing","id":"Z1","existing":{"id":"Z1"}}}`),
			want: []string{
				`spec.cdn.hostedZone.id: unknown field; did you mean spec.cdn.hostedZone.existing.id?`,
				`spec.multiAz: unknown field; did you mean spec.cache.multiAZ, spec.search.multiAZ or spec.database.instance.multiAZ?`,
			},
		},
		"NumberForText": {
			reason: "A version needs quotes.",
			spec:   with(`"database":{"version":15}`),
			want:   []string{`spec.database.version: without quotes, YAML reads 15 as a number, but text is required: write version: "15"`},
		},
		"NumberInMap": {
			reason: "So does the value of a tag, whose key may have dots.",
			spec:   with(`"tags":{"cost.centre":7}`),
			want:   []string{`spec.tags.cost.centre: without quotes, YAML reads 7 as a number, but text is required: write cost.centre: "7"`},
		},
		"BooleanForText": {
			reason: "YAML reads yes as true.",
			spec:   with(`"tags":{"public":true}`),
			want:   []string{`spec.tags.public: without quotes, YAML reads true as the boolean true, but text is required: write public: "true"`},
		},
		"TextForBoolean": {
			reason: "Templates often quote booleans.",
			spec:   with(`"database":{"pgAudit":"yes"}`),
			want:   []string{`spec.database.pgAudit: "yes" is text, but true or false is required: write pgAudit: true without quotes`},
		},
		"TextForNumber": {
			reason: "So they do numbers.",
			spec:   with(`"database":{"instance":{"storage":{"sizeGiB":"50"}}}`),
			want:   []string{`spec.database.instance.storage.sizeGiB: "50" is text, but a number is required: write sizeGiB: 50 without quotes`},
		},
		"WordForNumber": {
			reason: "A word is not a number in quotes either.",
			spec:   with(`"network":{"availabilityZones":"two"}`),
			want:   []string{`spec.network.availabilityZones: "two" is not a whole number: use a value from 2 to 4`},
		},
		"FractionForQuantity": {
			reason: "Kubernetes has fractions in quotes only.",
			spec:   serverless(`"minCapacity":0.5`),
			want:   []string{`spec.database.aurora.serverless.minCapacity: without quotes, YAML reads 0.5 as a number, but text is required: write minCapacity: "0.5"`},
		},
		"TextForList": {
			reason: "One value is a list of one.",
			spec:   with(`"network":{"zoneNames":"eu-west-1a"}`),
			want:   []string{`spec.network.zoneNames: "eu-west-1a" is not a list: write zoneNames: ["eu-west-1a"]`},
		},
		"TextForObject": {
			reason: "The fields of a small object are named.",
			spec:   with(`"assets":{"replica":"eu-central-1"}`),
			want:   []string{`spec.assets.replica: "eu-central-1" is not a map of fields: use the field region`},
		},
		"Duplicate": {
			reason: "A repeated value is named.",
			spec:   with(`"access":{"runtimes":["ECS","ECS"]}`),
			want:   []string{`spec.access.runtimes[1]: "ECS" is listed more than once; remove the duplicate`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			object := map[string]any{}
			if err := utiljson.Unmarshal([]byte(`{"spec":`+tc.spec+`}`), &object); err != nil {
				t.Fatal(err)
			}
			s := Schema()
			s.Default(object)
			var got []string
			for _, e := range s.Explain(s.Validate(object), object) {
				got = append(got, schema.Text(e))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nExplain(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
