package kinds

var kmsService = Service{Name: "kms", Kinds: map[string]Kind{
	"Alias": {
		ID: "alias/${external}", ARN: "kms:${region}:${account}:alias/${external}", Shows: Fields{"targetKeyArn": "arn:${partition}:kms:${region}:${account}:key/${targetKeyId}"},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "kms CreateAlias"},
		Called:    Called{Class: "alias"},
	},
	"Key": {
		LateInitialized: Fields{"customerMasterKeySpec": "SYMMETRIC_DEFAULT"}, ExternalName: "${uuid}", ARN: "kms:${region}:${account}:key/${id}", Shows: Fields{"keyId": "${id}"},
		Immutable: []string{"customerMasterKeySpec", "keyUsage", "customKeyStoreId", "multiRegion"},
		Cost:      Priced,
		Usage:     "requests, and USD 1 more per month for each of the first two rotations",
		Data:      "all data that it encrypts",
		Call:      Call{Operation: "kms CreateKey"},
		FilledIn: map[string]Decision{
			"customerMasterKeySpec": "harmless: SYMMETRIC_DEFAULT, which cannot change.",
			"description":           "harmless: keys without one are only observed.",
			"isEnabled":             "harmless: as description.",
			"keyUsage":              "harmless: as description.",
			"multiRegion":           "harmless: false, and zero values are not filled in.",
			"policy":                "harmless: as description.",
			"rotationPeriodInDays":  "harmless: 365, which AWS shows while rotation is on.",
		},
	},
}}
