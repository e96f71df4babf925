package claim

import "strings"

// besides returns a spec with a service that has sidecars.
func besides(sidecars, more string) string {
	return with(`"app":{"services":[{"image":"shop:1","sidecars":[` + sidecars + `]` + more + `}]}`)
}

// sidecarCases contains specs of services with sidecars.
var sidecarCases = map[string]apiCase{
	"Sidecar": {
		reason: "A web server before PHP shares its files.",
		spec:   besides(`{"name":"nginx","image":"nginx:1","port":80,"user":"101","rootFilesystem":"ReadOnly","writablePaths":["/var/cache/nginx"],"writableMiB":128,"initProcess":"Disabled","essential":false,"command":["nginx"],"entryPoint":["/run"],"environment":{"PHP_HOST":"localhost"},"secrets":{"KEY":"key"},"registryCredentialsArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"}`, `,"port":80,"sharedPaths":["/srv/public"]`),
	},
	"WorkerHealth": {
		reason: "A command tells whether a worker is well.",
		spec:   with(`"app":{"services":[{"image":"shop:1","runs":"Worker","healthCheck":{"command":["node","check.js"]}}]}`),
	},
	"HealthCommands": {
		reason: "A command is short.",
		spec:   with(`"app":{"services":[{"name":"a","image":"a","paths":["/*"],"healthCheck":{"command":[]}},{"name":"b","image":"a","runs":"Worker","healthCheck":{"command":[` + repeated(21, `"%d"`) + `]}},{"name":"c","image":"a","runs":"Worker","healthCheck":{"command":["` + strings.Repeat("a", 1025) + `"]}}]}`),
		want: []string{
			`spec.app.services[0].healthCheck.command: Invalid value: 0: spec.app.services[0].healthCheck.command in body should have at least 1 items`,
			`spec.app.services[1].healthCheck.command: Too many: 21: must have at most 20 items`,
			`spec.app.services[2].healthCheck.command[0]: Too long: may not be more than 1024 bytes`,
		},
	},
	"AccessKeys": {
		reason: "Keys are ARNs, and few.",
		spec:   with(`"access":{"kmsKeyArns":["alias/a","arn:aws:kms:eu-west-1:123456789012:key/1","arn:aws:kms:eu-west-1:123456789012:key/1","arn:aws:kms:eu-west-1:123456789012:key/` + strings.Repeat("a", 256) + `",` + repeated(7, `"arn:aws:kms:eu-west-1:123456789012:key/a%d"`) + `]}`),
		want: []string{
			`spec.access.kmsKeyArns: Too many: 11: must have at most 10 items`,
			`spec.access.kmsKeyArns[2]: Duplicate value: "arn:aws:kms:eu-west-1:123456789012:key/1"`,
			`spec.access.kmsKeyArns[3]: Too long: may not be more than 256 bytes`,
		},
	},
	"SidecarOfJob": {
		reason: "A job has ended well when all its containers have.", spec: besides(`{"name":"nginx","image":"nginx:1"}`, `,"runs":"BeforeRollout"`),
		want: []string{broken("spec.app.services[0].sidecars", "sidecars cannot be combined with runs BeforeRollout: remove sidecars, or remove the runs field")},
	},
	"SidecarOfFunction": {
		reason: "A function is alone.", spec: besides(`{"name":"nginx","image":"nginx:1"}`, `,"runtime":"Lambda","paths":["/*"]`),
		want: []string{broken("spec.app.services[0].runtime", "sidecars and sharedPaths are not supported for functions: remove these fields, or set runtime to Fargate")},
	},
	"SidecarLikeService": {
		reason: "ECS tells containers apart by their names.", spec: besides(`{"name":"web","image":"nginx:1"}`, ""),
		want: []string{broken("spec.app.services[0].sidecars", "a sidecar cannot have the same name as the service: rename the sidecar")},
	},
	"SharedPathsForms": {
		reason: "A few paths of a form.", spec: besides("", `,"sharedPaths":["a","/b","/b","/`+strings.Repeat("a", 128)+`","/c","/d"]`),
		want: []string{
			`spec.app.services[0].sharedPaths: Too many: 6: must have at most 5 items`,
			`spec.app.services[0].sharedPaths[2]: Duplicate value: "/b"`,
			`spec.app.services[0].sharedPaths[3]: Too long: may not be more than 128 bytes`,
		},
	},
	"SidecarsTooMany": {
		reason: "A task is for what belongs together.", spec: besides(repeated(4, `{"name":"s%d","image":"a"}`)+`,{"image":""}`, ""),
		want: []string{
			`spec.app.services[0].sidecars: Too many: 5: must have at most 3 items`,
			`spec.app.services[0].sidecars[4].name: Required value`,
		},
	},
	"SidecarVariables": {
		reason: "Names are as those of the service.", spec: besides(`{"name":"a","image":"a","environment":{"A":"a","1":"a","AWS_SESSION_TOKEN":"a","ECS_AGENT_URI":"a"},"secrets":{"A":"a","1":"a","AWS_SESSION_TOKEN":"a","ECS_AGENT_URI":"a"},"rootFilesystem":"Writable","writablePaths":["/a"]}`, ""),
		want: []string{
			`spec.app.services[0].sidecars[0].environment: Invalid value: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access`,
			`spec.app.services[0].sidecars[0].environment: Invalid value: AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them`,
			`spec.app.services[0].sidecars[0].environment: Invalid value: variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0`,
			`spec.app.services[0].sidecars[0].secrets: Invalid value: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access`,
			`spec.app.services[0].sidecars[0].secrets: Invalid value: AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them`,
			`spec.app.services[0].sidecars[0].secrets: Invalid value: a variable cannot be set in both environment and secrets: remove it from one of these fields`,
			`spec.app.services[0].sidecars[0].secrets: Invalid value: variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0`,
			`spec.app.services[0].sidecars[0].writablePaths: Invalid value: writablePaths cannot be combined with rootFilesystem Writable: remove writablePaths, or set rootFilesystem to ReadOnly`,
		},
	},
	"SidecarVariablesTooMany": {
		reason: "A task definition is small.", spec: besides(`{"name":"b","image":"a","environment":{`+repeated(31, `"A%d":"a"`)+`},"secrets":{`+repeated(21, `"B%d":"a"`)+`}}`, ""),
		want: []string{
			`spec.app.services[0].sidecars[0].environment: Too many: 31: must have at most 30 items`,
			`spec.app.services[0].sidecars[0].secrets: Too many: 21: must have at most 20 items`,
		},
	},
	"SidecarForms": {
		reason: "What AWS does not know.", spec: besides(`{"name":"A","image":"A b","registryCredentialsArn":"a","port":0,"command":[`+repeated(51, `"%d"`)+`],"entryPoint":[`+repeated(21, `"%d"`)+`],"environment":{"A":"`+strings.Repeat("a", 2049)+`"},"secrets":{"B":"a b"},"user":"node","rootFilesystem":"None","writablePaths":["a","/b","/b"],"writableMiB":0,"initProcess":"None"},`+
			`{"name":"`+strings.Repeat("a", 21)+`","image":"`+strings.Repeat("a", 513)+`","registryCredentialsArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:`+strings.Repeat("a", 512)+`","port":65536,"command":["`+strings.Repeat("a", 1025)+`"],"entryPoint":["`+strings.Repeat("a", 1025)+`"],"secrets":{"B":"`+strings.Repeat("a", 513)+`"},"user":"1234567890:12345678901","writablePaths":[`+repeated(11, `"/%d"`)+`,"/`+strings.Repeat("a", 128)+`"],"writableMiB":30721},{"name":"c"},{"name":"c","image":"a"}`, ""),
		want: []string{
			`spec.app.services[0].sidecars: Too many: 4: must have at most 3 items`,
			`spec.app.services[0].sidecars[0].command: Too many: 51: must have at most 50 items`,
			`spec.app.services[0].sidecars[0].entryPoint: Too many: 21: must have at most 20 items`,
			`spec.app.services[0].sidecars[0].environment.A: Too long: may not be more than 2048 bytes`,
			`spec.app.services[0].sidecars[0].initProcess: Unsupported value: "None": supported values: "Enabled", "Disabled"`,
			`spec.app.services[0].sidecars[0].port: Invalid value: 0: spec.app.services[0].sidecars[0].port in body should be greater than or equal to 1`,
			`spec.app.services[0].sidecars[0].rootFilesystem: Unsupported value: "None": supported values: "ReadOnly", "Writable"`,
			`spec.app.services[0].sidecars[0].writableMiB: Invalid value: 0: spec.app.services[0].sidecars[0].writableMiB in body should be greater than or equal to 1`,
			`spec.app.services[0].sidecars[0].writablePaths[2]: Duplicate value: "/b"`,
			`spec.app.services[0].sidecars[1].command[0]: Too long: may not be more than 1024 bytes`,
			`spec.app.services[0].sidecars[1].entryPoint[0]: Too long: may not be more than 1024 bytes`,
			`spec.app.services[0].sidecars[1].image: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].sidecars[1].name: Too long: may not be more than 20 bytes`,
			`spec.app.services[0].sidecars[1].port: Invalid value: 65536: spec.app.services[0].sidecars[1].port in body should be less than or equal to 65535`,
			`spec.app.services[0].sidecars[1].registryCredentialsArn: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].sidecars[1].secrets.B: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].sidecars[1].user: Too long: may not be more than 21 bytes`,
			`spec.app.services[0].sidecars[1].writableMiB: Invalid value: 30721: spec.app.services[0].sidecars[1].writableMiB in body should be less than or equal to 30720`,
			`spec.app.services[0].sidecars[1].writablePaths: Too many: 12: must have at most 10 items`,
			`spec.app.services[0].sidecars[1].writablePaths[11]: Too long: may not be more than 128 bytes`,
			`spec.app.services[0].sidecars[2].image: Required value`,
			`spec.app.services[0].sidecars[3]: Duplicate value: {"name":"c"}`,
		},
	},
}
