package storage

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/s3"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeReplica adds a replica of the assets bucket in another region with the
// same protection, if the claim requests it.
func composeReplica(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Assets.ReplicaRegion == "" {
		return
	}
	there := set.In(s.Assets.ReplicaRegion)
	kit.ComposeBucket(s, observed, there, replicaBucket(s, observed))
	kit.ComposeBucket(s, observed, there, accessLogsBucket(s, composed.ReplicaLogsBucket, s.Names.ReplicaLogsBucket, s.Names.ReplicaBucket))
	composeReplicationRole(s, observed, set)
	composeReplication(observed, set)
}

// replicaBucket returns the bucket of the replica. Only the distribution can read
// it, for failover.
func replicaBucket(s *settings.Settings, observed facts.Observed) kit.Bucket {
	b := kit.Bucket{
		Resource: composed.ReplicaBucket, Name: s.Names.ReplicaBucket, Key: composed.ReplicaKey, LogPrefix: "assets/", Logs: composed.ReplicaLogsBucket,
		OldVersionDays: int(s.Assets.NoncurrentVersionDays),
	}
	if s.CDN.OriginFailover {
		distribution := observed.ARN(composed.Distribution)
		b.Needs = []facts.Fact{distribution}
		b.Grants = kit.ReadByDistribution(s, distribution, b.Name)
	}
	return b
}

// composeReplicationRole adds S3's role for replication (AWS documentation,
// "Setting up permissions for live replication" and "Replicating encrypted
// objects"). AWS does not document that S3 sends aws:SourceAccount when it
// assumes the role. A condition could therefore stop the replication silently.
func composeReplicationRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRole(s, set, composed.ReplicationRole, s.Stack+"-replication", "Copies the assets to "+s.Assets.ReplicaRegion, "s3.amazonaws.com", nil)
	from, to := kit.AssetsARN(s), s.Partition.ARN("s3", "", "", s.Names.ReplicaBucket)
	decrypts, encrypts := observed.ARN(composed.DataKey), observed.ARN(composed.ReplicaKey)
	// With a bucket key, the bucket is the encryption context. Without one, each
	// object is.
	through := func(region, bucket string) policy.Condition {
		return kit.ViaServiceIn(s, "s3", region).And(policy.Condition{"StringLike": {"kms:EncryptionContext:aws:s3:arn": {bucket, bucket + "/*"}}})
	}
	kit.AddRolePolicy(set, composed.ReplicationRoleCopy, composed.ReplicationRole, "copy", []policy.Statement{
		{Sid: "ReadRules", Effect: policy.Allow, Actions: []string{"s3:GetReplicationConfiguration", "s3:ListBucket"}, Resources: []string{from}},
		{
			Sid: "ReadAssets", Effect: policy.Allow,
			Actions:   []string{"s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"},
			Resources: []string{from + "/*"},
		},
		{Sid: "WriteCopies", Effect: policy.Allow, Actions: []string{"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"}, Resources: []string{to + "/*"}},
		{Sid: "DecryptAssets", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{decrypts.Value}, Condition: through(s.Region, from)},
		{Sid: "EncryptCopies", Effect: policy.Allow, Actions: []string{"kms:Encrypt", "kms:GenerateDataKey"}, Resources: []string{encrypts.Value}, Condition: through(s.Assets.ReplicaRegion, to)},
	}, decrypts, encrypts)
}

// composeReplication adds the rule that replicates all objects. S3 requires
// versioning on both sides, and the ARN of the key in the other region. Deletions
// are replicated too: a removed file must not reappear after a failover, and
// versions can restore accidental deletions. The rule is not kept with the bucket,
// because its role is not kept.
func composeReplication(observed facts.Observed, set *desired.Set) {
	key := observed.ARN(composed.ReplicaKey)
	needs := []facts.Fact{
		key, observed.Ready(composed.ReplicationRoleCopy),
		observed.Ready(composed.Bucket(composed.AssetsBucket, composed.Versioning)), observed.Ready(composed.Bucket(composed.ReplicaBucket, composed.Versioning)),
	}
	set.Add(composed.Bucket(composed.AssetsBucket, composed.Replication), &s3.BucketReplicationConfiguration{Spec: s3.BucketReplicationConfigurationSpec{ForProvider: s3.BucketReplicationConfigurationParameters{
		BucketRef: set.Ref(composed.AssetsBucket),
		RoleRef:   set.Ref(composed.ReplicationRole),
		Rule: []s3.BucketReplicationConfigurationRuleParameters{{
			ID:                      new("copy-everything"),
			Status:                  new("Enabled"),
			Priority:                new(float64(1)),
			Filter:                  &s3.BucketReplicationConfigurationRuleFilterParameters{Prefix: new("")},
			DeleteMarkerReplication: &s3.DeleteMarkerReplicationParameters{Status: new("Enabled")},
			SourceSelectionCriteria: &s3.RuleSourceSelectionCriteriaParameters{
				SseKMSEncryptedObjects: &s3.SourceSelectionCriteriaSseKMSEncryptedObjectsParameters{Status: new("Enabled")},
			},
			Destination: &s3.RuleDestinationParameters{
				BucketRef:               set.Ref(composed.ReplicaBucket),
				EncryptionConfiguration: &s3.EncryptionConfigurationParameters{ReplicaKMSKeyID: new(key.Value)},
			},
		}},
	}}}, desired.Needs(needs...))
}
