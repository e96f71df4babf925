package storage

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/efs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// nfs is the port of file systems.
const nfs = 2049

// composeFiles adds the file system with the shared directories. It holds data, and
// is kept like buckets. Its mount targets are deleted with the network.
func composeFiles(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.App.FileSystem {
		return
	}
	keep := desired.Keep(s.Keep.Data)
	set.Add(composed.FileSystem, &efs.FileSystem{Spec: efs.FileSystemSpec{ForProvider: efs.FileSystemParameters{
		Encrypted:       new(true),
		KMSKeyIDRef:     set.Ref(composed.DataKey),
		PerformanceMode: new("generalPurpose"),
		// AWS recommends it for unpredictable loads, such as a shop that sometimes
		// reads many small files (Amazon EFS documentation, "Throughput modes").
		ThroughputMode:  new("elastic"),
		LifecyclePolicy: []efs.LifecyclePolicyParameters{{TransitionToIa: new("AFTER_30_DAYS")}},
	}}}, keep, desired.Before(composed.DataKey))
	set.Add(composed.FileSystemBackups, &efs.BackupPolicy{Spec: efs.BackupPolicySpec{ForProvider: efs.BackupPolicyParameters{
		FileSystemIDRef: set.Ref(composed.FileSystem),
		BackupPolicy:    &efs.BackupPolicyBackupPolicyParameters{Status: new("ENABLED")},
	}}}, keep)
	arn := observed.ARN(composed.FileSystem)
	set.Add(composed.FileSystemPolicy, &efs.FileSystemPolicy{Spec: efs.FileSystemPolicySpec{ForProvider: efs.FileSystemPolicyParameters{
		FileSystemIDRef:                set.Ref(composed.FileSystem),
		BypassPolicyLockoutSafetyCheck: new(false),
		Policy:                         new(policy.Document{Statements: guardFiles(arn)}.JSON()),
	}}}, desired.Needs(arn), keep)
	composeMountTargets(s, set)
	composeDirectories(s, observed, set)
}

// guardFiles denies access without TLS or without an access point. Policies of
// roles must allow access, because a file system with a policy is not open by
// default (Amazon EFS documentation, "Using IAM to control file system data
// access").
func guardFiles(arn facts.Fact) []policy.Statement {
	return []policy.Statement{
		{
			Sid: "DenyPlainTransport", Effect: policy.Deny, Principal: policy.Everyone(), Actions: []string{"*"}, Resources: []string{arn.Value},
			Condition: policy.Condition{"Bool": {"aws:SecureTransport": {"false"}}},
		},
		{
			Sid: "DenyWithoutAccessPoint", Effect: policy.Deny, Principal: policy.Everyone(),
			Actions:   []string{"elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"},
			Resources: []string{arn.Value}, Condition: policy.Condition{"Null": {"elasticfilesystem:AccessPointArn": {"true"}}},
		},
	}
}

// composeMountTargets allows the application to reach the file system in each of
// its subnets.
func composeMountTargets(s *settings.Settings, set *desired.Set) {
	set.Add(composed.FilesGroup, kit.SecurityGroup(s, set, s.Stack+"-files", "Shared files: reached from the application tier only"))
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.FilesGroup, Port: nfs,
		Ingress: composed.FilesFromApp, IngressDescription: "NFS from the application tier",
		Egress: composed.AppToFiles, EgressDescription: "NFS to shared files",
	})
	for _, m := range kit.MountTargets(s, set) {
		set.Add(m.Resource, &efs.MountTarget{Spec: efs.MountTargetSpec{ForProvider: efs.MountTargetParameters{
			FileSystemIDRef:    set.Ref(composed.FileSystem),
			SubnetID:           m.Subnet,
			SubnetIDRef:        m.SubnetRef,
			SecurityGroupsRefs: set.LiveRefs(composed.FilesGroup),
		}}})
	}
}

// composeDirectories adds the access points of directories. They enforce a user and
// a root directory. If the claim removes a directory, its access point is kept
// while a task definition or function mounts it. Its files are always kept.
func composeDirectories(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := map[string]bool{}
	for _, f := range s.App.Files {
		r, user, group := composed.FilesAccess(f.Name), new(float64(f.User)), new(float64(f.Group))
		current[r] = true
		set.Add(r, &efs.AccessPoint{Spec: efs.AccessPointSpec{ForProvider: efs.AccessPointParameters{
			FileSystemIDRef: set.Ref(composed.FileSystem),
			PosixUser:       &efs.PosixUserParameters{UID: user, GID: group},
			RootDirectory: &efs.RootDirectoryParameters{
				Path:         new("/" + f.Name),
				CreationInfo: &efs.CreationInfoParameters{OwnerUID: user, OwnerGID: group, Permissions: new("0750")},
			},
		}}})
	}
	kit.HoldOthers(observed, set, "", composed.IsFilesAccess, func(r string) bool { return !current[r] && mounted(observed, r) })
}

// mounted reports whether an existing task definition or function mounts a
// directory.
func mounted(observed facts.Observed, r string) bool {
	id := observed.ExternalName(r)
	if !id.Known() {
		return false
	}
	for _, name := range observed.Names() {
		for _, path := range []string{"spec.forProvider.volume", "spec.forProvider.fileSystemConfig"} {
			if mentions(observed.Value(name, path), id.Value) {
				return true
			}
		}
	}
	return false
}

// mentions reports whether a value contains a string with a suffix, at any depth.
func mentions(v *structpb.Value, text string) bool {
	if strings.HasSuffix(v.GetStringValue(), text) {
		return true
	}
	for _, item := range v.GetListValue().GetValues() {
		if mentions(item, text) {
			return true
		}
	}
	for _, field := range v.GetStructValue().GetFields() {
		if mentions(field, text) {
			return true
		}
	}
	return false
}
