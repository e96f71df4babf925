package kinds

var signerService = Service{Name: "signer", Kinds: map[string]Kind{
	"SigningJob": {
		ExternalName: "${uuid}",
		Shows: Fields{
			"jobId":  "${id}",
			"status": "Succeeded",
			// The stack requests the bucket of the source.
			"signedObject": List{Fields{"s3": List{Fields{"key": "signed/${id}.zip"}}}},
		},
		Immutable: []string{"profileName", "source", "destination", "ignoreSigningJobFailure"},
		Cost:      Free,
		Call:      Call{Operation: "signer StartSigningJob"},
	},
	"SigningProfile": {
		ARN: "signer:${region}:${account}:/signing-profiles/${id}", Shows: Fields{"status": "Active", "version": "${hex:10}", "versionArn": "${arn}/${hex:10}"},
		Immutable: []string{"platformId", "signatureValidityPeriod", "signingMaterial"},
		Cost:      Free,
		Call:      Call{Operation: "signer PutSigningProfile", ExternalName: "profileName"},
		Called:    Called{Class: "other"},
		FilledIn: map[string]Decision{
			"signatureValidityPeriod": "harmless: 135 months, which cannot change.",
			"signingMaterial":         "harmless: of ACM certificates only.",
		},
	},
}}
