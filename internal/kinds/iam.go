package kinds

var iamService = Service{Name: "iam", Kinds: map[string]Kind{
	"AccountPasswordPolicy": {
		ExternalName: "iam-account-password-policy", Shows: Fields{"expirePasswords": true},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "iam UpdateAccountPasswordPolicy"},
	},
	"Role": {
		ARN: "iam::${account}:role${path|/}${id}", Shows: Fields{"uniqueId": "AROA${upper:17}"},
		Immutable: []string{"path"},
		InUse:     InUse{Code: "DeleteConflict", By: []User{{Kind: "iam/RolePolicy"}, {Kind: "iam/RolePolicyAttachment"}}},
		Cost:      Free,
		Call:      Call{Operation: "iam CreateRole", ExternalName: "RoleName", Members: map[string]string{"assumeRolePolicy": "AssumeRolePolicyDocument"}},
		Called:    Called{Class: "role"},
	},
	"RolePolicy": {
		ID:        "${role}:${external}",
		Immutable: []string{"role"},
		Cost:      Free,
		Call:      Call{Operation: "iam PutRolePolicy", ExternalName: "PolicyName", Members: map[string]string{"policy": "PolicyDocument", "role": "RoleName"}},
	},
	"RolePolicyAttachment": {
		ExternalName: "${role}/${policyArn}",
		Immutable:    []string{"role", "policyArn"},
		Cost:         Free,
		Call:         Call{Operation: "iam AttachRolePolicy", Members: map[string]string{"role": "RoleName"}},
	},
	"ServiceLinkedRole": {
		ExternalName: "arn:${partition}:iam::${account}:role/aws-service-role/${awsServiceName}/AWSServiceRole", Shows: Fields{"arn": "${external}", "uniqueId": "AROA${upper:17}"},
		Immutable: []string{"awsServiceName", "customSuffix"},
		Cost:      Free,
		Call:      Call{Operation: "iam CreateServiceLinkedRole"},
	},
}}
