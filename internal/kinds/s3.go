package kinds

var s3Service = Service{Name: "s3", Kinds: map[string]Kind{
	"Bucket": {
		ARN: "s3:::${id}",
		Shows: Fields{
			"bucketDomainName":         "${id}.s3.${dnsSuffix}",
			"bucketRegion":             "${region}",
			"bucketRegionalDomainName": "${id}.s3.${region}.${dnsSuffix}",
			// The account's canonical user ID.
			"grant":        List{Fields{"id": "${hex:64:account}", "permissions": List{"FULL_CONTROL"}, "type": "CanonicalUser"}},
			"hostedZoneId": "Z${upper:13:region}",
		},
		Immutable: []string{"objectLockEnabled"},
		Cost:      ByUsage,
		Usage:     "stored GiB, requests, replication, data transfer and malware scans",
		Data:      "all versions of its files",
		Call:      Call{Operation: "s3 CreateBucket", ExternalName: "Bucket"},
		Called:    Called{Class: "bucket"},
		FilledIn: map[string]Decision{
			"objectLockEnabled": "harmless: false, and zero values are not filled in; where it is true the stack says so.",
		},
	},
	"BucketACL": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketAcl"},
	},
	"BucketCorsConfiguration": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketCors", Members: map[string]string{"corsRule": "CORSConfiguration.CORSRules"}},
	},
	"BucketLifecycleConfiguration": {
		LateInitialized: Fields{"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"}, ExternalName: "${bucket}",
		Immutable: []string{"bucket"},
		Cost:      Free,
		Call:      Call{Operation: "s3 PutBucketLifecycleConfiguration", Members: map[string]string{"rule": "LifecycleConfiguration.Rules", "rule[].transition": "Transitions"}},
		FilledIn: map[string]Decision{
			"expectedBucketOwner":                "harmless: empty.",
			"transitionDefaultMinimumObjectSize": "harmless: all_storage_classes_128K, the default.",
		},
	},
	"BucketLogging": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketLogging", Within: "BucketLoggingStatus.LoggingEnabled"},
	},
	"BucketNotification": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketNotificationConfiguration", Within: "NotificationConfiguration"},
	},
	"BucketObjectLockConfiguration": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket", "objectLockEnabled"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutObjectLockConfiguration", Within: "ObjectLockConfiguration"},
	},
	"BucketOwnershipControls": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketOwnershipControls", Within: "OwnershipControls"},
	},
	"BucketPolicy": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketPolicy"},
	},
	"BucketPublicAccessBlock": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutPublicAccessBlock"},
	},
	"BucketReplicationConfiguration": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketReplication", Within: "ReplicationConfiguration"},
	},
	"BucketServerSideEncryptionConfiguration": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketEncryption", Within: "ServerSideEncryptionConfiguration"},
	},
	"BucketVersioning": {
		ExternalName: "${bucket}",
		Immutable:    []string{"bucket"},
		Cost:         Free,
		Call:         Call{Operation: "s3 PutBucketVersioning"},
	},
	"Object": {
		LateInitialized: Fields{"acl": "private", "storageClass": "STANDARD"}, ExternalName: "${bucket}/${key}", ARN: "s3:::${bucket}/${key}", Shows: Fields{"versionId": "${hex:32}"},
		Immutable: []string{"bucket", "key"},
		Cost:      Free,
		Call:      Call{Operation: "s3 PutObject"},
		Called:    Called{Class: "object", At: "key"},
		FilledIn: map[string]Decision{
			"acl":          "harmless: private; for the provider only, which reads none back.",
			"storageClass": "harmless: STANDARD.",
		},
	},
}}
