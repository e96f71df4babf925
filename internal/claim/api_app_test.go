package claim

import "strings"

// Messages for names of variables.
const (
	variableForm   = `variable names must begin with a letter or an underscore, contain only letters, digits, underscores, periods and hyphens, and have at most 128 characters; for example, services__basket-api__http__0`
	variableOfRole = `AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI would override the credentials of the service's role: remove them, and grant permissions to the app role in spec.access`
	variableOfECS  = `AWS_EXECUTION_ENV, ECS_AGENT_URI, ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4 and ECS_ENGINE_AUTH_DATA are set by ECS: remove them`
)

// appCases contains specs of an application.
var appCases = map[string]apiCase{
	"ServiceOfImage": {
		reason: "An image is all that a shop needs.",
		spec:   with(`"app":{"services":[{"image":"shop:1"}]}`),
	},
	"ServicesOfAllKinds": {
		reason: "Several services share the work.",
		spec:   with(`"app":{"services":[{"name":"web","image":"shop:1","paths":["/*"]},{"name":"api","image":"shop:1","paths":["/api/*"],"port":3000},{"name":"worker","image":"shop:1"},{"name":"nightly","image":"shop:1","schedule":"cron(0 3 * * ? *)"}]}`),
	},
	"ServiceWhole": {
		reason: "All that can be said of a service.",
		spec:   with(`"app":{"services":[{"image":"shop:1","runs":"Web","port":80,"paths":["/a","/b*"],"cachedPaths":["/c/*"],"cpu":1024,"memory":4096,"replicas":{"min":2,"max":6},"architecture":"ARM64","command":["serve"],"entryPoint":["/run"],"environment":{"LANG":"en"},"secrets":{"KEY":"stripe","TOKEN":"arn:aws:ssm:eu-west-1:123456789012:parameter/shop/token","OTHER":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf:k::"},"healthCheck":{"path":"/health","codes":"200","intervalSeconds":30,"timeoutSeconds":10,"gracePeriodSeconds":0},"user":"101:101","writablePaths":["/tmp","/run"],"writableMiB":256,"initProcess":"Disabled","databaseCredentials":"None","stopTimeoutSeconds":120,"deployedBy":"Pipeline","registryCredentialsArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"}]}`),
	},
	"ServiceInOneSubnet": {
		reason: "A load balancer stands in two zones.",
		spec:   with(`"app":{"services":[{"image":"shop:1"}]},"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]}}`),
		want: []string{
			`spec.app.services: Invalid value: the services' load balancer requires private subnets in at least two availability zones: add a subnet in another zone to network.existing.privateSubnetIds`,
		},
	},
	"ServicesAndLoadBalancer": {
		reason: "The services have one of their own.",
		spec:   with(`"app":{"services":[{"image":"shop:1"}],"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com"}}`),
		want: []string{
			`spec.app.loadBalancer: Invalid value: loadBalancer and services cannot be combined: remove one of them`,
		},
	},
	"ServicePathTwice": {
		reason: "Who would answer?",
		spec:   with(`"app":{"services":[{"name":"a","image":"shop:1","paths":["/x","/y"]},{"name":"b","image":"shop:1","paths":["/y"]}]}`),
		want: []string{
			`spec.app.services: Invalid value: each path can appear only once in paths and cachedPaths across all services: remove the duplicates`,
		},
	},
	"ServicePathCachedTwice": {
		reason: "Kept or not, a path is one service's.",
		spec:   with(`"app":{"services":[{"name":"a","image":"shop:1","paths":["/x"]},{"name":"b","image":"shop:1","paths":["/z"],"cachedPaths":["/x"]}]}`),
		want: []string{
			`spec.app.services: Invalid value: each path can appear only once in paths and cachedPaths across all services: remove the duplicates`,
		},
	},
	"ServicesWithoutPaths": {
		reason: "Nobody can tell which of them is the shop.",
		spec:   with(`"app":{"services":[{"name":"a","image":"shop:1"},{"name":"b","image":"shop:1"}]}`),
		want: []string{
			`spec.app.services: Invalid value: more than one service could answer visitors' requests: set paths (for example, /*) for the service that answers them, set runs to Internal for services that only other services call, and set runs to Worker for all other services`,
		},
	},
	"ServicesTooMany": {
		reason: "A cluster of ten is a platform of its own.",
		spec:   with(`"app":{"services":[` + repeated(11, `{"name":"s%d","image":"a","runs":"Worker"}`) + `]}`),
		want: []string{
			`spec.app.services: Too many: 11: must have at most 10 items`,
		},
	},
	"ServiceNameTwice": {
		reason: "Services are told apart by their names.",
		spec:   with(`"app":{"services":[{"name":"a","image":"shop:1"},{"name":"a","image":"shop:1","runs":"Worker"}]}`),
		want: []string{
			`spec.app.services[1]: Duplicate value: {"name":"a"}`,
		},
	},
	"ServiceScheduledAndCalled": {
		reason: "What ends by itself answers nobody.",
		spec:   with(`"app":{"services":[{"image":"shop:1","schedule":"rate(1 hour)","port":80}]}`),
		want: []string{
			`spec.app.services[0].schedule: Invalid value: schedule cannot be combined with runs, port, paths, cachedPaths, healthCheck or replicas: remove these fields, or remove schedule`,
		},
	},
	"ServiceCronDays": {
		reason: "EventBridge takes one kind of day.",
		spec:   with(`"app":{"services":[{"image":"shop:1","schedule":"cron(0 3 1 * MON *)"}]}`),
		want: []string{
			`spec.app.services[0].schedule: Invalid value: "cron(0 3 1 * MON *)": a cron expression must set either the day of the month or the day of the week, and use ? in the other field; for example, cron(0 3 * * ? *)`,
		},
	},
	"ServiceWorkerCalled": {
		reason: "A worker answers nobody.",
		spec:   with(`"app":{"services":[{"image":"shop:1","runs":"Worker","paths":["/a"]}]}`),
		want: []string{
			`spec.app.services[0].runs: Invalid value: a worker cannot have paths, cachedPaths, or a healthCheck without a command: remove these fields, or remove the runs field`,
		},
	},
	"ServiceShell": {
		reason: "A shell needs to write.",
		spec:   with(`"app":{"services":[{"image":"shop:1","shell":true}]}`),
		want: []string{
			`spec.app.services[0].shell: Invalid value: shell requires rootFilesystem Writable, because ECS Exec writes to the root file system: set rootFilesystem to Writable, or remove shell`,
		},
	},
	"ServiceShellWritable": {
		reason: "A shell in a container that may write.",
		spec:   with(`"app":{"services":[{"image":"shop:1","shell":true,"rootFilesystem":"Writable"}]}`),
	},
	"ServiceVariableTwice": {
		reason: "A variable has one value.",
		spec:   with(`"app":{"services":[{"image":"shop:1","environment":{"A":"b"},"secrets":{"A":"b"}}]}`),
		want: []string{
			`spec.app.services[0].secrets: Invalid value: a variable cannot be set in both environment and secrets: remove it from one of these fields`,
		},
	},
	"ServiceWritableTwice": {
		reason: "All of it is writable.",
		spec:   with(`"app":{"services":[{"image":"shop:1","rootFilesystem":"Writable","writablePaths":["/tmp"]}]}`),
		want: []string{
			`spec.app.services[0].writablePaths: Invalid value: writablePaths cannot be combined with rootFilesystem Writable: remove writablePaths, or set rootFilesystem to ReadOnly`,
		},
	},
	"ServiceWithoutImage": {
		reason: "Nothing would run.",
		spec:   with(`"app":{"services":[{"name":"web"}]}`),
		want: []string{
			`spec.app.services[0].image: Invalid value: set either image or package`,
		},
	},
	"ServiceLists": {
		reason: "Lists have an end.",
		spec:   with(`"app":{"services":[{"image":"a","entryPoint":[` + repeated(21, `"a%d"`) + `],"command":[` + repeated(51, `"a%d"`) + `],"paths":[` + repeated(21, `"/a%d"`) + `],"cachedPaths":[` + repeated(21, `"/b%d"`) + `],"writablePaths":[` + repeated(11, `"/a%d"`) + `]}]}`),
		want: []string{
			`spec.app.services[0].cachedPaths: Too many: 21: must have at most 20 items`,
			`spec.app.services[0].command: Too many: 51: must have at most 50 items`,
			`spec.app.services[0].entryPoint: Too many: 21: must have at most 20 items`,
			`spec.app.services[0].paths: Too many: 21: must have at most 20 items`,
			`spec.app.services[0].writablePaths: Too many: 11: must have at most 10 items`,
		},
	},
	"ServiceListsTwice": {
		reason: "Sets have each value once.",
		spec:   with(`"app":{"services":[{"image":"shop:1","paths":["/a","/a"],"cachedPaths":["/b","/b"],"writablePaths":["/a","/a"]}]}`),
		want: []string{
			`spec.app.services[0].cachedPaths[1]: Duplicate value: "/b"`,
			`spec.app.services[0].paths[1]: Duplicate value: "/a"`,
			`spec.app.services[0].writablePaths[1]: Duplicate value: "/a"`,
		},
	},
	"ServiceLong": {
		reason: "Texts have an end.",
		spec:   with(`"app":{"services":[{"name":"` + strings.Repeat("a", 21) + `","image":"` + strings.Repeat("a", 513) + `","entryPoint":["` + strings.Repeat("a", 1025) + `"],"command":["` + strings.Repeat("a", 1025) + `"],"paths":["/` + strings.Repeat("a", 128) + `"],"cachedPaths":["/` + strings.Repeat("b", 128) + `"],"writablePaths":["/` + strings.Repeat("a", 128) + `"],"user":"` + strings.Repeat("1", 22) + `","schedule":"` + strings.Repeat("a", 129) + `","registryCredentialsArn":"` + strings.Repeat("a", 513) + `","environment":{"A":"` + strings.Repeat("a", 2049) + `"},"secrets":{"B":"` + strings.Repeat("a", 513) + `"},"healthCheck":{"path":"/` + strings.Repeat("a", 1024) + `","codes":"` + strings.Repeat("200,", 17) + `"}}]}`),
		want: []string{
			`spec.app.services[0].cachedPaths[0]: Too long: may not be more than 128 bytes`,
			`spec.app.services[0].command[0]: Too long: may not be more than 1024 bytes`,
			`spec.app.services[0].entryPoint[0]: Too long: may not be more than 1024 bytes`,
			`spec.app.services[0].environment.A: Too long: may not be more than 2048 bytes`,
			`spec.app.services[0].healthCheck.codes: Too long: may not be more than 64 bytes`,
			`spec.app.services[0].healthCheck.path: Too long: may not be more than 1024 bytes`,
			`spec.app.services[0].image: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].name: Too long: may not be more than 20 bytes`,
			`spec.app.services[0].paths[0]: Too long: may not be more than 128 bytes`,
			`spec.app.services[0].registryCredentialsArn: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].schedule: Too long: may not be more than 128 bytes`,
			`spec.app.services[0].secrets.B: Too long: may not be more than 512 bytes`,
			`spec.app.services[0].user: Too long: may not be more than 21 bytes`,
			`spec.app.services[0].writablePaths[0]: Too long: may not be more than 128 bytes`,
		},
	},
	"ServiceMaps": {
		reason: "Maps have an end.",
		spec:   with(`"app":{"services":[{"image":"a","environment":{` + repeated(101, `"A%d":"b"`) + `},"secrets":{` + repeated(51, `"B%d":"b"`) + `}}]}`),
		want: []string{
			`spec.app.services[0].environment: Too many: 101: must have at most 100 items`,
			`spec.app.services[0].secrets: Too many: 51: must have at most 50 items`,
		},
	},
	"ServiceForms": {
		reason: "What AWS and HTTP do not know.",
		spec:   with(`"app":{"services":[{"name":"Web","image":"https://shop","runtime":"EC2","runs":"Always","schedule":"daily","port":0,"paths":["a"],"cachedPaths":["/*","b"],"cpu":100,"memory":100,"replicas":{"min":0,"max":0},"architecture":"RISC","user":"node","rootFilesystem":"Open","writablePaths":["tmp"],"stopTimeoutSeconds":1,"deployedBy":"Hand","registryCredentialsArn":"secret","secrets":{"A":"a b"},"healthCheck":{"path":"health","codes":"500","intervalSeconds":4,"timeoutSeconds":1,"gracePeriodSeconds":-1}}]}`),
		want: []string{
			`spec.app.services[0].architecture: Unsupported value: "RISC": supported values: "X86_64", "ARM64"`,
			`spec.app.services[0].cachedPaths: Invalid value: cachedPaths cannot contain /*, because CloudFront would serve one visitor's responses to others: list paths whose responses are the same for all visitors, such as /media/*`,
			`spec.app.services[0].cachedPaths[1]: Invalid value: "b": must be a path that starts with /, optionally with * at the end; for example, /api/*`,
			`spec.app.services[0].cpu: Unsupported value: 100: supported values: "256", "512", "1024", "2048", "4096", "8192", "16384"`,
			`spec.app.services[0].deployedBy: Unsupported value: "Hand": supported values: "Claim", "Pipeline"`,
			`spec.app.services[0].healthCheck.codes: Invalid value: "500": must be HTTP status codes or ranges from 200 to 499, such as 200,301 or 200-399`,
			`spec.app.services[0].healthCheck.gracePeriodSeconds: Invalid value: -1: spec.app.services[0].healthCheck.gracePeriodSeconds in body should be greater than or equal to 0`,
			`spec.app.services[0].healthCheck.intervalSeconds: Invalid value: 4: spec.app.services[0].healthCheck.intervalSeconds in body should be greater than or equal to 5`,
			`spec.app.services[0].healthCheck.path: Invalid value: "health": must be a path without wildcards that starts with /, such as /health`,
			`spec.app.services[0].healthCheck.timeoutSeconds: Invalid value: 1: spec.app.services[0].healthCheck.timeoutSeconds in body should be greater than or equal to 2`,
			`spec.app.services[0].image: Invalid value: "https://shop": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`,
			`spec.app.services[0].memory: Invalid value: 100: spec.app.services[0].memory in body should be greater than or equal to 128`,
			`spec.app.services[0].name: Invalid value: "Web": must start with a lowercase letter, contain only lowercase letters, digits and hyphens, and not end with a hyphen; for example, web`,
			`spec.app.services[0].paths[0]: Invalid value: "a": must be a path that starts with /, optionally with * at the end; for example, /api/*`,
			`spec.app.services[0].port: Invalid value: 0: spec.app.services[0].port in body should be greater than or equal to 1`,
			`spec.app.services[0].registryCredentialsArn: Invalid value: "secret": must be the ARN of a Secrets Manager secret, such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf`,
			`spec.app.services[0].replicas.max: Invalid value: 0: spec.app.services[0].replicas.max in body should be greater than or equal to 1`,
			`spec.app.services[0].replicas.min: Invalid value: 0: spec.app.services[0].replicas.min in body should be greater than or equal to 1`,
			`spec.app.services[0].rootFilesystem: Unsupported value: "Open": supported values: "ReadOnly", "Writable"`,
			`spec.app.services[0].runs: Unsupported value: "Always": supported values: "Web", "Internal", "Worker", "BeforeRollout"`,
			`spec.app.services[0].runtime: Unsupported value: "EC2": supported values: "Fargate", "Lambda"`,
			`spec.app.services[0].schedule: Invalid value: "daily": must be a rate expression, such as rate(5 minutes), or a six-field cron expression in UTC, such as cron(0 3 * * ? *)`,
			`spec.app.services[0].schedule: Invalid value: schedule cannot be combined with runs, port, paths, cachedPaths, healthCheck or replicas: remove these fields, or remove schedule`,
			`spec.app.services[0].secrets[A]: Invalid value: "a b": must be a key in the app secret (such as STRIPE_KEY), database/username, database/password, cache/password, or the ARN of a secret or SSM parameter`,
			`spec.app.services[0].stopTimeoutSeconds: Invalid value: 1: spec.app.services[0].stopTimeoutSeconds in body should be greater than or equal to 2`,
			`spec.app.services[0].user: Invalid value: "node": must be a numeric user ID, optionally with a group ID; for example, 1000:1000`,
			`spec.app.services[0].writablePaths: Invalid value: writablePaths cannot be combined with rootFilesystem Writable: remove writablePaths, or set rootFilesystem to ReadOnly`,
			`spec.app.services[0].writablePaths[0]: Invalid value: "tmp": must be the absolute path of a directory, such as /tmp`,
		},
	},
	"ServiceImageEmpty": {
		reason: "No image at all.",
		spec:   with(`"app":{"services":[{"image":""}]}`),
		want: []string{
			`spec.app.services[0].image: Invalid value: "": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`,
		},
	},
	"ServiceNumbers": {
		reason: "Numbers have an end.",
		spec:   with(`"app":{"services":[{"image":"shop:1","port":65536,"memory":122881,"replicas":{"min":201,"max":401},"stopTimeoutSeconds":121,"healthCheck":{"intervalSeconds":301,"timeoutSeconds":121,"gracePeriodSeconds":3601}}]}`),
		want: []string{
			`spec.app.services[0].healthCheck.gracePeriodSeconds: Invalid value: 3601: spec.app.services[0].healthCheck.gracePeriodSeconds in body should be less than or equal to 3600`,
			`spec.app.services[0].healthCheck.intervalSeconds: Invalid value: 301: spec.app.services[0].healthCheck.intervalSeconds in body should be less than or equal to 300`,
			`spec.app.services[0].healthCheck.timeoutSeconds: Invalid value: 121: spec.app.services[0].healthCheck.timeoutSeconds in body should be less than or equal to 120`,
			`spec.app.services[0].memory: Invalid value: 122881: spec.app.services[0].memory in body should be less than or equal to 122880`,
			`spec.app.services[0].port: Invalid value: 65536: spec.app.services[0].port in body should be less than or equal to 65535`,
			`spec.app.services[0].replicas.max: Invalid value: 401: spec.app.services[0].replicas.max in body should be less than or equal to 400`,
			`spec.app.services[0].replicas.min: Invalid value: 201: spec.app.services[0].replicas.min in body should be less than or equal to 200`,
			`spec.app.services[0].stopTimeoutSeconds: Invalid value: 121: spec.app.services[0].stopTimeoutSeconds in body should be less than or equal to 120`,
		},
	},
	"ServiceReplicasOrder": {
		reason: "No more at least than at most.",
		spec:   with(`"app":{"services":[{"image":"shop:1","replicas":{"min":3,"max":2}}]}`),
		want: []string{
			`spec.app.services[0].replicas.max: Invalid value: max must not be less than min: raise max, or lower min`,
		},
	},
	"ServiceHealthOrder": {
		reason: "An answer must come before the next question.",
		spec:   with(`"app":{"services":[{"image":"shop:1","healthCheck":{"intervalSeconds":5,"timeoutSeconds":5}}]}`),
		want: []string{
			`spec.app.services[0].healthCheck.timeoutSeconds: Invalid value: timeoutSeconds must be less than intervalSeconds`,
		},
	},
	"ServiceVariablesOfAWS": {
		reason: "ECS takes names with dots and hyphens, and names of AWS that it does not set.",
		spec:   with(`"app":{"services":[{"image":"shop:1","environment":{"AWS_BUCKET":"a","AWS_REGION":"eu-west-1","services__basket-api__http__0":"a","spring.profiles.active":"a"},"secrets":{"AWS_LOCATION":"a","DB_PASSWORD":"database/password","DB_USER":"database/username"}}]}`),
	},
	"ServiceVariableNames": {
		reason: "A name begins with a letter.",
		spec:   with(`"app":{"services":[{"image":"shop:1","environment":{"1A":"a"},"secrets":{"A B":"a"}}]}`),
		want: []string{
			`spec.app.services[0].environment: Invalid value: ` + variableForm,
			`spec.app.services[0].secrets: Invalid value: ` + variableForm,
		},
	},
	"ServiceVariablesOfRole": {
		reason: "The service would act as something else than its role.",
		spec:   with(`"app":{"services":[{"image":"shop:1","environment":{"AWS_ACCESS_KEY_ID":"a"},"secrets":{"AWS_SECRET_ACCESS_KEY":"a"}}]}`),
		want: []string{
			`spec.app.services[0].environment: Invalid value: ` + variableOfRole,
			`spec.app.services[0].secrets: Invalid value: ` + variableOfRole,
		},
	},
	"ServiceVariablesOfECS": {
		reason: "ECS sets some variables itself.",
		spec:   with(`"app":{"services":[{"image":"shop:1","environment":{"AWS_EXECUTION_ENV":"a"},"secrets":{"ECS_CONTAINER_METADATA_URI_V4":"a"}}]}`),
		want: []string{
			`spec.app.services[0].environment: Invalid value: ` + variableOfECS,
			`spec.app.services[0].secrets: Invalid value: ` + variableOfECS,
		},
	},
	"ServiceContainerForms": {
		reason: "A path in memory has a size, and the rest is one of two.",
		spec:   with(`"app":{"services":[{"name":"a","image":"shop:1","paths":["/*"],"writableMiB":0,"initProcess":"Off","databaseCredentials":"Some"},{"name":"b","image":"shop:1","writableMiB":30721}]}`),
		want: []string{
			`spec.app.services[0].databaseCredentials: Unsupported value: "Some": supported values: "Injected", "None"`,
			`spec.app.services[0].initProcess: Unsupported value: "Off": supported values: "Enabled", "Disabled"`,
			`spec.app.services[0].writableMiB: Invalid value: 0: spec.app.services[0].writableMiB in body should be greater than or equal to 1`,
			`spec.app.services[1].writableMiB: Invalid value: 30721: spec.app.services[1].writableMiB in body should be less than or equal to 30720`,
		},
	},
	"AssetsPaths": {
		reason: "Files beside an application.",
		spec:   with(`"assets":{"paths":["/static/*","/favicon.ico"]}`),
	},
	"AssetsPathsAll": {
		reason: "Then nothing is left for the application.",
		spec:   with(`"assets":{"paths":["/*"]}`),
		want: []string{
			`spec.assets.paths: Invalid value: the path /* is not allowed, because the bucket already serves all paths that no service answers: remove /*`,
		},
	},
	"AssetsPathsTooMany": {
		reason: "A distribution has so many paths only.",
		spec:   with(`"assets":{"paths":[` + repeated(11, `"/a%d"`) + `]}`),
		want: []string{
			`spec.assets.paths: Too many: 11: must have at most 10 items`,
		},
	},
	"AssetsPathsForms": {
		reason: "Paths begin with a slash, and come once.",
		spec:   with(`"assets":{"paths":["a","/b","/b","/` + strings.Repeat("a", 128) + `"]}`),
		want: []string{
			`spec.assets.paths[2]: Duplicate value: "/b"`,
			`spec.assets.paths[3]: Too long: may not be more than 128 bytes`,
		},
	},
}
