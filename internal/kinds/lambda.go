package kinds

var lambdaService = Service{Name: "lambda", Kinds: map[string]Kind{
	"CodeSigningConfig": {
		ExternalName: "${arn}", ARN: "lambda:${region}:${account}:code-signing-config:csc-${hex:17}", Shows: Fields{"configId": "csc-${hex:17}"},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "lambda CreateCodeSigningConfig", Members: map[string]string{"policies": "CodeSigningPolicies"}},
	},
	"Function": {
		LateInitialized: Fields{"ephemeralStorage": Fields{"size": int64(512)}},
		ARN:             "lambda:${region}:${account}:function:${id}",
		Shows: Fields{
			"invokeArn":    "arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations",
			"qualifiedArn": "${arn}:${dollar}LATEST",
			"version":      "${dollar}LATEST",
			// AWS computes it from the code.
			"codeSha256": "${sourceCodeHash|47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=}",
		},
		Immutable: []string{"packageType"},
		Cost:      ByUsage,
		Usage:     "invocations and their duration",
		Call:      Call{Operation: "lambda CreateFunction", ExternalName: "FunctionName"},
		Called:    Called{Class: "function"},
		FilledIn: map[string]Decision{
			"codeSha256":       "composed: on provider v2.5.0 the hash of the first code, which differs for ever once the code changes (provider-upjet-aws 2041); v2.6.0 does not fill it in (recorded).",
			"ephemeralStorage": "harmless: 512 MB, the default.",
		},
	},
	"FunctionEventInvokeConfig": {
		ExternalName: "${functionName}",
		Immutable:    []string{"functionName", "qualifier"},
		Cost:         Free,
		Call:         Call{Operation: "lambda PutFunctionEventInvokeConfig"},
	},
	"FunctionURL": {
		ExternalName: "${functionName}",
		Shows: Fields{
			"functionArn": "arn:${partition}:lambda:${region}:${account}:function:${functionName}",
			"functionUrl": "https://${hex:32:functionName}.lambda-url.${region}.on.aws/",
			"urlId":       "${hex:32:functionName}",
		},
		Immutable: []string{"functionName", "qualifier"},
		Cost:      Free,
		Call:      Call{Operation: "lambda CreateFunctionUrlConfig", Members: map[string]string{"authorizationType": "AuthType"}},
	},
	"Invocation": {
		ExternalName: "${functionName},${dollar}LATEST,${hex:32:input}",
		Shows:        Fields{"result": "{}"},
		Immutable:    []string{"functionName", "input", "qualifier", "triggers"},
		Cost:         Free,
		Call:         Call{Operation: "lambda Invoke", Members: map[string]string{"input": "Payload", "lifecycleScope": "", "terraformKey": ""}},
	},
	"Permission": {
		ExternalName: "terraform-${hex:26}",
		Immutable:    []string{"action", "functionName", "functionUrlAuthType", "invokedViaFunctionUrl", "principal", "sourceArn", "sourceAccount", "statementId"},
		Cost:         Free,
		Call:         Call{Operation: "lambda AddPermission"},
	},
}}
