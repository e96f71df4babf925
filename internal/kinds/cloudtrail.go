package kinds

var cloudtrailService = Service{Name: "cloudtrail", Kinds: map[string]Kind{
	"Trail": {
		ID: "${arn}", ARN: "cloudtrail:${region}:${account}:trail/${external}", Shows: Fields{"homeRegion": "${region}"},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "data events, and management events if the account has another trail",
		Call:      Call{Operation: "cloudtrail CreateTrail", ExternalName: "Name", Members: map[string]string{"enableLogFileValidation": "EnableLogFileValidation"}},
		Called:    Called{Class: "trail"},
	},
}}
