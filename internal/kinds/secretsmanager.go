package kinds

var secretsmanagerService = Service{Name: "secretsmanager", Kinds: map[string]Kind{
	"Secret": {
		ExternalName: "${arn}", ARN: "secretsmanager:${region}:${account}:secret:${name}-${hex:6}",
		Immutable: []string{"name"},
		Cost:      Priced,
		Usage:     "calls",
		Data:      "its value",
		Call:      Call{Operation: "secretsmanager CreateSecret"},
		Called:    Called{Class: "secret", At: "name"},
		FilledIn: map[string]Decision{
			"replica": "harmless: none.",
		},
	},
	"SecretPolicy": {
		ExternalName: "${secretArn}",
		Immutable:    []string{"secretArn"},
		Cost:         Free,
		Call:         Call{Operation: "secretsmanager PutResourcePolicy", Members: map[string]string{"policy": "ResourcePolicy", "secretArn": "SecretId"}},
	},
	"SecretRotation": {
		LateInitialized: Fields{"rotateImmediately": true}, ExternalName: "${secretId}", Shows: Fields{"rotationEnabled": true},
		Immutable: []string{"secretId"},
		Cost:      Free,
		Call:      Call{Operation: "secretsmanager RotateSecret"},
		FilledIn: map[string]Decision{
			"rotateImmediately": "composed: a default of Terraform's that AWS does not show. Where another write kept the provider from filling it in with the name, it rotated the secret nine times a second (seen on the real one).",
		},
	},
	"SecretVersion": {
		ExternalName: "${secretId}|terraform-${hex:26}", // The token of Terraform's call becomes the version's ID.
		Shows:        Fields{"arn": "${secretId}", "versionId": "terraform-${hex:26}"},
		Immutable:    []string{"secretBinarySecretRef", "secretId", "secretStringSecretRef", "secretStringWoVersion"},
		Cost:         Free,
		Call:         Call{Operation: "secretsmanager PutSecretValue"},
		FilledIn: map[string]Decision{
			"versionStages": "composed: AWSCURRENT, which it would be filled in with; a rotation by somebody else moves it, and the provider moves it back.",
		},
	},
}}
