package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	sharing = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1","user":"33"}],"files":[{"name":"media","path":"/media","services":["web"]}]}}`
	alone   = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1","user":"33"}]}}`
	is      = `{"metadata":{"annotations":{"crossplane.io/external-name":"fsap-1"}},"spec":{"forProvider":{"posixUser":{"uid":1000,"gid":1000}}}}`
)

func TestFiles(t *testing.T) {
	there := map[string]string{composed.FileSystem: `{"metadata":{"annotations":{"crossplane.io/external-name":"fs-1"}}}`}
	access := composed.FilesAccess("media")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop whose services share nothing has no file system.", Spec: alone, Resource: composed.FileSystem, Missing: true},
		"FileSystem": {
			Reason: "Files are encrypted by the stack's own key and outlive the stack.", Spec: sharing, Resource: composed.FileSystem,
			Want: map[string]any{"encrypted": true, "kmsKeyIdRef.name": "shop-data-key", "throughputMode": "elastic", "lifecyclePolicy[0].transitionToIa": "AFTER_30_DAYS", tiertest.Stays: true},
		},
		"Goes": {
			Reason: "Delete means delete.", Spec: `{"deletionPolicy":"Delete",` + sharing[1:], Resource: composed.FileSystem, Want: map[string]any{tiertest.Stays: false},
		},
		"Kept":        {Reason: "A line less in the claim takes no file away.", Spec: alone, Observed: there, Resource: composed.FileSystem},
		"ReachKept":   {Reason: "Nor the way to it.", Spec: alone, Observed: there, Resource: composed.MountTarget("2")},
		"Backups":     {Reason: "AWS Backup copies files every day.", Spec: sharing, Resource: composed.FileSystemBackups, Want: map[string]any{"backupPolicy.status": "ENABLED", tiertest.Stays: true}},
		"PolicyWaits": {Reason: "The policy is of the file system's ARN.", Spec: sharing, Resource: composed.FileSystemPolicy, Waits: true},
		"MountTarget": {Reason: "Each zone has its own.", Spec: sharing, Resource: composed.MountTarget("1"), Want: map[string]any{"subnetIdRef.name": "shop-private-subnet-1", "securityGroupsRefs[0].name": "shop-files-security-group", tiertest.Stays: false}},
		"MountTargets": {
			Reason: "In a network that exists its subnets do.", Resource: composed.MountTarget(naming.Hash("subnet-00000003")), Want: map[string]any{"subnetId": "subnet-00000003", "subnetIdRef": tiertest.Absent{}},
			Spec: `{"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003","subnet-00000004"]}},` + sharing[1:],
		},
		"FromApp": {
			Reason: "Nobody else reaches it.", Spec: sharing, Resource: composed.FilesFromApp,
			Want: map[string]any{"securityGroupIdRef.name": "shop-files-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(2049), "toPort": float64(2049), "cidrIpv4": tiertest.Absent{}},
		},
		"Access": {
			Reason: "All files belong to the user that the services run as.", Spec: sharing, Resource: access,
			Want: map[string]any{"posixUser.uid": float64(33), "posixUser.gid": float64(33), "rootDirectory.path": "/media", "rootDirectory.creationInfo.ownerUid": float64(33), "rootDirectory.creationInfo.permissions": "0750"},
		},
		"OwnerStays": {
			Reason: "Files that are there belong to whom they did.", Spec: sharing, Observed: map[string]string{access: is}, Resource: access,
			Want: map[string]any{"posixUser.uid": float64(1000), "posixUser.gid": float64(1000)},
		},
		"AccessStays": {
			Reason: "Containers run that have the directory.", Spec: alone, Resource: access,
			Observed: map[string]string{composed.FileSystem: there[composed.FileSystem], access: is, composed.AppTaskDefinition("web", "aaaa"): `{"spec":{"forProvider":{"volume":[{"efsVolumeConfiguration":{"authorizationConfig":{"accessPointId":"fsap-1"}}}]}}}`},
		},
		"AccessStaysForFunction": {
			Reason: "So does a function.", Spec: alone, Resource: access,
			Observed: map[string]string{composed.FileSystem: there[composed.FileSystem], access: is, composed.AppFunction("image", "web"): `{"spec":{"forProvider":{"fileSystemConfig":{"arn":"arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1"}}}}`},
		},
		"AccessGoes": {Reason: "Nobody has it any more; its files stay.", Spec: alone, Observed: map[string]string{composed.FileSystem: there[composed.FileSystem], access: is}, Resource: access, Missing: true},
	})
}

func TestFilesPolicy(t *testing.T) {
	s := tiertest.Composed(t, sharing, map[string]string{composed.FileSystem: tiertest.HasARN("arn:fs")}, tiertest.Platform())
	want := map[string]map[string]any{
		"DenyPlainTransport": {"Sid": "DenyPlainTransport", "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:fs", "Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}}},
		"DenyWithoutAccessPoint": {
			"Sid": "DenyWithoutAccessPoint", "Effect": "Deny", "Principal": "*", "Resource": "arn:fs",
			"Action":    []any{"elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"},
			"Condition": map[string]any{"Null": map[string]any{"elasticfilesystem:AccessPointArn": "true"}},
		},
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.FileSystemPolicy], "policy")); diff != "" {
		t.Errorf("\nWho comes unencrypted or by no directory is refused.\npolicy: -want, +got:\n%s", diff)
	}
	share := map[string]any{
		"Sid": "ShareFiles", "Effect": "Allow", "Action": []any{"elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"}, "Resource": "arn:fs",
		"Condition": map[string]any{"ArnLike": map[string]any{"elasticfilesystem:AccessPointArn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*"}},
	}
	if diff := cmp.Diff(share, tiertest.Statements(t, s.Resources[composed.AppRoleFiles], "policy")["ShareFiles"]); diff != "" {
		t.Errorf("\nThe application mounts and writes, but not as root.\npolicy: -want, +got:\n%s", diff)
	}
}
