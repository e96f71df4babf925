package kinds

var sesv2Service = Service{Name: "sesv2", Kinds: map[string]Kind{
	"ConfigurationSet": {
		ARN:       "ses:${region}:${account}:configuration-set/${external}",
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "sesv2 CreateConfigurationSet", ExternalName: "ConfigurationSetName"},
		Called:    Called{Class: "configuration set"},
	},
	"ConfigurationSetEventDestination": {
		ExternalName: "${configurationSetName}|${eventDestinationName}",
		Immutable:    []string{"configurationSetName", "eventDestinationName"},
		Cost:         Free,
		Call:         Call{Operation: "sesv2 CreateConfigurationSetEventDestination"},
	},
	"EmailIdentity": {
		ARN: "ses:${region}:${account}:identity/${external}",
		Shows: Fields{
			"dkimSigningAttributes":    Fields{"currentSigningKeyLength": "RSA_2048_BIT", "signingAttributesOrigin": "AWS_SES", "status": "SUCCESS", "tokens": List{"a${hex:31}", "b${hex:31}", "c${hex:31}"}},
			"identityType":             "DOMAIN",
			"verificationStatus":       "SUCCESS",
			"verifiedForSendingStatus": true,
		},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "sent messages, and attachments per GB",
		Call:      Call{Operation: "sesv2 CreateEmailIdentity", ExternalName: "EmailIdentity"},
		Called:    Called{Class: "identity"},
	},
	"EmailIdentityMailFromAttributes": {
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "sesv2 PutEmailIdentityMailFromAttributes", ExternalName: "EmailIdentity"},
	},
}}
