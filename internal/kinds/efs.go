package kinds

var efsService = Service{Name: "efs", Kinds: map[string]Kind{
	"AccessPoint": {
		ExternalName: "fsap-${hex:17}", ARN: "elasticfilesystem:${region}:${account}:access-point/${external}",
		Shows:     Fields{"fileSystemArn": "arn:${partition}:elasticfilesystem:${region}:${account}:file-system/${fileSystemId}", "ownerId": "${account}"},
		Immutable: []string{"fileSystemId", "posixUser", "rootDirectory"},
		Cost:      Free,
		Call:      Call{Operation: "efs CreateAccessPoint"},
	},
	"BackupPolicy": {
		ExternalName: "${fileSystemId}",
		Immutable:    []string{"fileSystemId"},
		Cost:         ByUsage,
		Usage:        "daily backups per GiB, kept for 35 days",
		Call:         Call{Operation: "efs PutBackupPolicy"},
	},
	"FileSystem": {
		LateInitialized: Fields{"creationToken": "terraform-${hex:26}", "protection": Fields{"replicationOverwrite": "ENABLED"}},
		ExternalName:    "fs-${hex:17}", ARN: "elasticfilesystem:${region}:${account}:file-system/${external}",
		Shows:     Fields{"dnsName": "${external}.efs.${region}.${dnsSuffix}", "ownerId": "${account}"},
		Immutable: []string{"availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"},
		InUse:     InUse{Code: "FileSystemInUse", By: []User{{Kind: "efs/MountTarget", Field: "fileSystemId"}}},
		Data:      "its files",
		Cost:      ByUsage,
		Usage:     "stored files per GiB, and data read and written",
		Call:      Call{Operation: "efs CreateFileSystem", Members: map[string]string{"lifecyclePolicy": ""}},
		FilledIn: map[string]Decision{
			"availabilityZoneName": "harmless: of file systems in one zone, empty here, and empty values are not filled in.",
			"creationToken":        "harmless: a text by which the provider made it, which cannot change.",
			"encrypted":            "composed: always.",
			"kmsKeyId":             "composed: the data key.",
			"performanceMode":      "composed: generalPurpose.",
			"protection":           "harmless: on, the default: replication overwrites nothing here.",
		},
	},
	"FileSystemPolicy": {
		ExternalName: "${fileSystemId}",
		Immutable:    []string{"fileSystemId"},
		Cost:         Free,
		Call:         Call{Operation: "efs PutFileSystemPolicy"},
	},
	"MountTarget": {
		LateInitialized: Fields{"ipAddressType": "IPV4_ONLY"},
		ExternalName:    "fsmt-${hex:17}",
		Shows:           Fields{"fileSystemArn": "arn:${partition}:elasticfilesystem:${region}:${account}:file-system/${fileSystemId}", "networkInterfaceId": "eni-${hex:17}", "ownerId": "${account}"},
		Immutable:       []string{"fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"},
		Cost:            Free,
		Call:            Call{Operation: "efs CreateMountTarget"},
		FilledIn: map[string]Decision{
			"ipAddress":      "harmless: the one that EFS has chosen, which cannot change.",
			"ipAddressType":  "harmless: IPV4_ONLY, the default, which cannot change.",
			"ipv6Address":    "harmless: empty without IPv6, and empty values are not filled in.",
			"securityGroups": "composed: by reference.",
		},
	},
}}
