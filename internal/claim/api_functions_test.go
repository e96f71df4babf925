package claim

import "strings"

// service returns a spec with one service.
func service(fields string) string { return with(`"app":{"services":[{` + fields + `}]}`) }

// function returns a spec with one service that is a function with an image.
func function(fields string) string {
	return service(`"runtime":"Lambda","image":"shop:1"` + fields)
}

// packaged returns a spec with one service that is a function with a package.
func packaged(fields string) string {
	return service(`"runtime":"Lambda","package":{` + fields + `}`)
}

// zipped is a complete package.
const zipped = `"bucket":"releases","key":"web.zip","handler":"index.handler","runtime":"python3.14"`

// Messages of rules about functions and jobs.
const (
	imageOrPackage     = "set either image or package"
	packageOnLambda    = "package requires runtime Lambda: set runtime to Lambda, or use image instead"
	commandOfImage     = "command and entryPoint cannot be combined with package: remove these fields"
	secretsByARN       = "the field secrets is not supported for functions: remove it, and read each secret in your code by its ARN (for example, the ARN in DATABASE_SECRET_ARN)"
	ofContainers       = "port, protocol, callPort, stickySeconds, rollout, healthCheck, registryCredentialsArn, writablePaths and shell are not supported for functions: remove these fields, or set runtime to Fargate"
	sizeOfContainers   = "cpu, user, rootFilesystem, writableMiB, initProcess and stopTimeoutSeconds are not supported for functions: remove these fields, or set runtime to Fargate; to give a function more CPU, raise memory"
	functionIsCalled   = "the field runs is not supported for functions: remove it, and set paths or schedule"
	functionMemory     = "a function's memory must be from 128 to 10240 MiB"
	functionNoLeast    = "replicas.min is not supported for functions, because Lambda scales with the number of requests: remove replicas.min"
	variablesOfLambda  = "AWS_ACCESS_KEY, AWS_DEFAULT_REGION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, AWS_LAMBDA_RUNTIME_API, AWS_REGION, LAMBDA_RUNTIME_DIR and LAMBDA_TASK_ROOT are set by Lambda: remove them"
	functionVariables  = "a function's variable names must begin with a letter, contain only letters, digits and underscores, and have at least two characters; for example, LOG_LEVEL"
	ofFunctions        = "vpc is supported only for functions: remove vpc, or set runtime to Lambda"
	visitorsWait       = "timeoutSeconds must not exceed 120, because CloudFront waits at most 120 seconds for a response"
	functionStaysInVPC = "vpc cannot be disabled for an existing function: set vpc to true, or add a function with another name"
	jobEnds            = "runs BeforeRollout cannot be combined with port, paths, healthCheck, replicas, shell or deployedBy Pipeline: remove these fields, or remove the runs field"
)

// functionCases contains specs of functions and jobs.
var functionCases = map[string]apiCase{
	"Function":          {reason: "A function of an image answers visitors.", spec: function(`,"memory":128,"timeoutSeconds":60,"replicas":{"max":5},"architecture":"ARM64","environment":{"LEVEL":"info"},"vpc":true`)},
	"FunctionOfPackage": {reason: "So does one of a zip archive.", spec: packaged(zipped + `,"version":"v1"`)},
	"FunctionScheduled": {reason: "Nobody waits for one that runs by a schedule.", spec: function(`,"schedule":"rate(1 hour)","timeoutSeconds":900`)},
	"ServiceRuntime":    {reason: "Services run on two things.", spec: service(`"runtime":"EC2","image":"shop:1"`), want: []string{`spec.app.services[0].runtime: Unsupported value: "EC2": supported values: "Fargate", "Lambda"`}},
	"FunctionNoCode":    {reason: "Something has to run.", spec: service(`"runtime":"Lambda"`), want: []string{broken("spec.app.services[0].image", imageOrPackage)}},
	"FunctionTwoCodes":  {reason: "One thing runs.", spec: service(`"runtime":"Lambda","image":"shop:1","package":{` + zipped + `}`), want: []string{broken("spec.app.services[0].image", imageOrPackage)}},
	"ImageEmpty":        {reason: "No image has no name.", spec: service(`"image":""`), want: []string{`spec.app.services[0].image: Invalid value: "": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`}},
	"PackageOnFargate":  {reason: "Fargate runs images.", spec: service(`"package":{` + zipped + `}`), want: []string{broken("spec.app.services[0].package", packageOnLambda)}},
	"PackageCommand":    {reason: "A package has a handler.", spec: service(`"runtime":"Lambda","command":["a"],"package":{` + zipped + `}`), want: []string{broken("spec.app.services[0].package", commandOfImage)}},
	"PackageIncomplete": {reason: "None of it can be guessed.", spec: packaged(``), want: []string{`spec.app.services[0].package.bucket: Required value`, `spec.app.services[0].package.handler: Required value`, `spec.app.services[0].package.key: Required value`, `spec.app.services[0].package.runtime: Required value`}},
	"PackageEmpty": {
		reason: "Nothing of it may be empty.",
		spec:   packaged(`"bucket":"a","key":"","version":"","handler":"","runtime":"java25"`),
		want: []string{
			`spec.app.services[0].package.bucket: Invalid value: "a": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`,
			`spec.app.services[0].package.handler: Invalid value: "": must be text without spaces, such as index.handler`,
			`spec.app.services[0].package.key: Invalid value: "": must be the key of an S3 object, without a leading slash; for example, cleanup/1.4.2.zip`,
			`spec.app.services[0].package.version: Invalid value: "": must be the version ID of an S3 object, such as 3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY`,
		},
	},
	"PackageForms": {
		reason: "AWS refuses each of them.",
		spec:   packaged(`"bucket":"Releases","key":"a","handler":"a b","runtime":"python2.7"`),
		want: []string{
			`spec.app.services[0].package.bucket: Invalid value: "Releases": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`,
			`spec.app.services[0].package.handler: Invalid value: "a b": must be text without spaces, such as index.handler`,
			`spec.app.services[0].package.runtime: Unsupported value: "python2.7": supported values: "nodejs24.x", "nodejs22.x", "python3.14", "python3.13", "python3.12", "java25", "java21", "java17", "dotnet10", "dotnet8", "ruby3.4", "ruby3.3", "provided.al2023"`,
		},
	},
	"PackageTooLong": {
		reason: "AWS has limits of its own.",
		spec:   packaged(`"bucket":"` + strings.Repeat("a", 64) + `","key":"` + strings.Repeat("a", 1025) + `","version":"` + strings.Repeat("a", 1025) + `","handler":"` + strings.Repeat("a", 129) + `","runtime":"java25"`),
		want: []string{
			`spec.app.services[0].package.bucket: Too long: may not be more than 63 bytes`, `spec.app.services[0].package.handler: Too long: may not be more than 128 bytes`,
			`spec.app.services[0].package.key: Too long: may not be more than 1024 bytes`, `spec.app.services[0].package.version: Too long: may not be more than 1024 bytes`,
		},
	},
	"FunctionSecrets":      {reason: "Lambda knows no secrets.", spec: function(`,"secrets":{"TOKEN":"token"}`), want: []string{broken("spec.app.services[0].secrets", secretsByARN)}},
	"FunctionPort":         {reason: "A function does not listen.", spec: function(`,"port":8080`), want: []string{broken("spec.app.services[0].runtime", ofContainers)}},
	"FunctionCPU":          {reason: "It would have no effect.", spec: function(`,"cpu":1024`), want: []string{broken("spec.app.services[0].runtime", sizeOfContainers)}},
	"FunctionUser":         {reason: "It would have no effect.", spec: function(`,"user":"1001"`), want: []string{broken("spec.app.services[0].runtime", sizeOfContainers)}},
	"FunctionWorker":       {reason: "A function that nobody calls never runs.", spec: function(`,"runs":"Worker"`), want: []string{broken("spec.app.services[0].runs", functionIsCalled)}},
	"FunctionJob":          {reason: "A job has as much time as it needs.", spec: function(`,"runs":"BeforeRollout"`), want: []string{broken("spec.app.services[0].runs", functionIsCalled)}},
	"FunctionMemory":       {reason: "Lambda offers less than Fargate.", spec: function(`,"memory":10241`), want: []string{broken("spec.app.services[0].memory", functionMemory)}},
	"MemoryLeast":          {reason: "Nothing runs in less.", spec: function(`,"memory":127`), want: []string{`spec.app.services[0].memory: Invalid value: 127: spec.app.services[0].memory in body should be greater than or equal to 128`}},
	"FunctionLeast":        {reason: "Lambda starts what is called.", spec: function(`,"replicas":{"min":1}`), want: []string{broken("spec.app.services[0].replicas", functionNoLeast)}},
	"FunctionVariable":     {reason: "Lambda sets it.", spec: function(`,"environment":{"LAMBDA_TASK_ROOT":"/"}`), want: []string{broken("spec.app.services[0].environment", variablesOfLambda)}},
	"FunctionVariableForm": {reason: "Lambda is stricter than ECS.", spec: function(`,"environment":{"_A":"b"}`), want: []string{broken("spec.app.services[0].environment", functionVariables)}},
	"ContainerInVPC":       {reason: "Containers always are.", spec: service(`"image":"shop:1","vpc":true`), want: []string{broken("spec.app.services[0].runtime", ofFunctions)}},
	"FunctionTooSlow":      {reason: "The answer would come too late.", spec: function(`,"timeoutSeconds":121`), want: []string{broken("spec.app.services[0].timeoutSeconds", visitorsWait)}},
	"FunctionTimeouts":     {reason: "Lambda ends everything after 15 minutes.", spec: function(`,"schedule":"rate(1 hour)","timeoutSeconds":901`), want: []string{`spec.app.services[0].timeoutSeconds: Invalid value: 901: spec.app.services[0].timeoutSeconds in body should be less than or equal to 900`}},
	"FunctionNoTime":       {reason: "Nothing is done in no time.", spec: function(`,"timeoutSeconds":0`), want: []string{`spec.app.services[0].timeoutSeconds: Invalid value: 0: spec.app.services[0].timeoutSeconds in body should be greater than or equal to 1`}},
	"FunctionLeavesVPC":    {reason: "The provider keeps the subnets that it once resolved.", old: function(`,"vpc":true`), spec: function(``), want: []string{broken("spec.app.services[0].vpc", functionStaysInVPC)}},
	"FunctionEntersVPC":    {reason: "It may come in.", old: function(``), spec: function(`,"vpc":true`)},
	"Job":                  {reason: "A migration beside what it is for.", spec: with(`"app":{"services":[{"name":"web","image":"shop:1"},{"name":"migrate","image":"shop:1","runs":"BeforeRollout","command":["migrate"]}]}`)},
	"JobIsNotCalled":       {reason: "Nobody calls a job.", spec: service(`"image":"shop:1","runs":"BeforeRollout","port":8080`), want: []string{broken("spec.app.services[0].runs", jobEnds)}},
	"JobOfPipeline":        {reason: "What a pipeline deploys the stack does not see.", spec: service(`"image":"shop:1","runs":"BeforeRollout","deployedBy":"Pipeline"`), want: []string{broken("spec.app.services[0].runs", jobEnds)}},
}
