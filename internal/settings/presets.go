package settings

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// defaults contains the defaults that depend on the environment.
type defaults struct {
	multiAZ          bool
	backupDays       int32
	logRetentionDays int
	deletionPolicy   v1alpha1.DeletionPolicy
}

var byEnvironment = map[v1alpha1.Environment]defaults{
	v1alpha1.EnvironmentProduction:  {multiAZ: true, backupDays: 7, logRetentionDays: 365, deletionPolicy: v1alpha1.DeletionPolicyRetain},
	v1alpha1.EnvironmentStaging:     {multiAZ: false, backupDays: 7, logRetentionDays: 90, deletionPolicy: v1alpha1.DeletionPolicySnapshot},
	v1alpha1.EnvironmentDevelopment: {multiAZ: false, backupDays: 1, logRetentionDays: 30, deletionPolicy: v1alpha1.DeletionPolicyDelete},
}

// preset contains the defaults that depend on the size.
type preset struct {
	instanceClass string
	storageGiB    int32
	nat           v1alpha1.NATGateways
	// capacity of each instance of an Aurora cluster. Its maximum has the memory of
	// the class.
	capacity Capacity
	// blockedRequests in five minutes are unusual. Bots send requests to any shop,
	// and more of them to a large one.
	blockedRequests float64
}

var bySize = map[v1alpha1.Size]preset{
	v1alpha1.SizeSmall:  {instanceClass: "db.t3.micro", storageGiB: 20, nat: v1alpha1.NATGatewaysSingle, capacity: Capacity{Min: 0.5, Max: 2}, blockedRequests: 1_000},
	v1alpha1.SizeMedium: {instanceClass: "db.t4g.medium", storageGiB: 50, nat: v1alpha1.NATGatewaysSingle, capacity: Capacity{Min: 0.5, Max: 4}, blockedRequests: 5_000},
	v1alpha1.SizeLarge:  {instanceClass: "db.r6g.large", storageGiB: 100, nat: v1alpha1.NATGatewaysPerZone, capacity: Capacity{Min: 2, Max: 16}, blockedRequests: 20_000},
	v1alpha1.SizeXLarge: {instanceClass: "db.r6g.xlarge", storageGiB: 200, nat: v1alpha1.NATGatewaysPerZone, capacity: Capacity{Min: 4, Max: 32}, blockedRequests: 50_000},
}
