// Package responses contains the Lambda function that reverts or reports unsafe
// changes of a stack. It provides the code as an archive, the environment
// variables, and the events and permissions of each response.
package responses

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
)

// IDs of the responses in settings, in the function's environment and in its
// reports.
const (
	SecurityGroupOpened   = "security-group-opened"
	PublicAccessUnblocked = "public-access-unblocked"
	DatabaseExposed       = "database-exposed"
	BucketPolicyChanged   = "bucket-policy-changed"
	TrailStopped          = "trail-stopped"
)

// IDs returns the IDs of all responses, sorted.
func IDs() []string {
	return []string{BucketPolicyChanged, DatabaseExposed, PublicAccessUnblocked, SecurityGroupOpened, TrailStopped}
}

// Mode is what a response may do.
type Mode string

// Modes of a response.
const (
	// Enforce reverts the change and reports it.
	Enforce Mode = "Enforce"
	// Notify only reports it.
	Notify Mode = "Notify"
)

// Inputs is the configuration of the function and its permissions. Empty fields are
// not protected.
type Inputs struct {
	Partition       aws.Partition
	Region, Account string
	// Stack is the value of the tag on all of the stack's resources.
	Stack, StackTag string
	// Buckets lists the buckets whose public access stays blocked.
	Buckets []string
	// AssetsBucket is the bucket whose policy is restored. AssetsPolicy is empty
	// until it is known. Until then, the response only reports.
	AssetsBucket, AssetsPolicy string
	// Database is the identifier of the instance or of the Aurora cluster.
	// ClusterInstances contains the identifiers of the cluster's instances.
	Database           string
	ClusterInstances   []string
	DeletionProtection bool
	// Trail is the name of the stack's own trail.
	Trail string
	// Topic is the ARN of the topic for reports, and TopicKey that of its
	// encryption key.
	Topic, TopicKey string
	// ProviderPrincipals lists the ARNs of the provider's IAM roles and users. An
	// asterisk matches any characters.
	ProviderPrincipals []string
	// FunctionRole is the ARN of the function's role.
	FunctionRole string
	// Modes contains the mode of each response by ID. The default is Notify.
	Modes map[string]Mode
}

// Response is the response to one kind of unsafe change.
type Response struct {
	ID string
	// Pattern selects its events.
	Pattern eventpattern.Pattern
	// Look contains the permissions to check a change, and Undo those to revert it.
	Look, Undo []policy.Statement
}

// Statements returns the permissions of a response in a mode, in addition to those
// for reports.
func (r Response) Statements(m Mode) []policy.Statement {
	if m == Enforce {
		return append(append([]policy.Statement{}, r.Look...), r.Undo...)
	}
	return r.Look
}

// All returns every response that has something to protect.
func All(in Inputs) []Response {
	out := []Response{securityGroupOpened(in)}
	if len(in.Buckets) > 0 {
		out = append(out, publicAccessUnblocked(in))
	}
	if in.Database != "" {
		out = append(out, databaseExposed(in))
	}
	if in.AssetsBucket != "" {
		out = append(out, bucketPolicyChanged(in))
	}
	if in.Trail != "" {
		out = append(out, trailStopped(in))
	}
	return out
}

// Reporting returns the permissions that all responses share: to publish reports.
func Reporting(in Inputs) []policy.Statement {
	out := []policy.Statement{allow("PublishReports", in.Topic, "sns:Publish")}
	if in.TopicKey != "" {
		s := allow("EncryptReports", in.TopicKey, "kms:Decrypt", "kms:GenerateDataKey")
		s.Condition = policy.StringEquals("kms:ViaService", "sns."+in.Region+"."+in.Partition.DNSSuffix)
		out = append(out, s)
	}
	return out
}

// securityGroupOpened selects events of all groups in the account. EventBridge does
// not know their tags, so the function checks them.
func securityGroupOpened(in Inputs) Response {
	group := allow("RevokeWorldOpenRules", in.Partition.ARN("ec2", in.Region, in.Account, "security-group/*"), "ec2:RevokeSecurityGroupIngress")
	group.Condition = policy.StringEquals("aws:ResourceTag/"+in.StackTag, in.Stack)
	return Response{
		ID:      SecurityGroupOpened,
		Pattern: eventpattern.Call("ec2", nil, "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"),
		// Neither action supports resources (Service Authorization Reference,
		// "Actions defined by Amazon EC2").
		Look: []policy.Statement{allow("DescribeSecurityGroups", "*", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups")},
		Undo: []policy.Statement{
			group,
			// Rules of other users have no tags. EC2 also requires permission for
			// the group, so this statement alone allows nothing.
			allow("RevokeRulesByID", in.Partition.ARN("ec2", in.Region, in.Account, "security-group-rule/*"), "ec2:RevokeSecurityGroupIngress"),
		},
	}
}

// publicAccessUnblocked uses S3's event names, which differ from those of the API
// (AWS documentation, "Amazon S3 CloudTrail events").
func publicAccessUnblocked(in Inputs) Response {
	var arns []string
	for _, b := range in.Buckets {
		arns = append(arns, in.Partition.ARN("s3", "", "", b))
	}
	look := allow("ReadPublicAccessBlocks", "", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging")
	undo := allow("BlockPublicAccess", "", "s3:PutBucketPublicAccessBlock")
	look.Resources, undo.Resources = arns, arns
	return Response{
		ID: PublicAccessUnblocked,
		Pattern: eventpattern.Call("s3", eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"bucketName": in.Buckets}},
			"DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
		Look: []policy.Statement{look},
		Undo: []policy.Statement{undo},
	}
}

// databaseExposed ignores the case of the identifier, as RDS does.
func databaseExposed(in Inputs) Response {
	if len(in.ClusterInstances) > 0 {
		return clusterExposed(in)
	}
	unsafe := []eventpattern.Pattern{{"publiclyAccessible": []bool{true}}}
	if in.DeletionProtection {
		unsafe = append(unsafe, eventpattern.Pattern{"deletionProtection": []bool{false}})
	}
	request := eventpattern.Either(unsafe...)
	request["dBInstanceIdentifier"] = []any{map[string]string{"equals-ignore-case": in.Database}}
	arn := in.Partition.ARN("rds", in.Region, in.Account, "db:"+in.Database)
	return Response{
		ID:      DatabaseExposed,
		Pattern: eventpattern.Call("rds", eventpattern.Pattern{"requestParameters": request}, "ModifyDBInstance"),
		Look:    []policy.Statement{allow("DescribeDatabase", arn, "rds:DescribeDBInstances")},
		Undo:    []policy.Statement{allow("ModifyDatabase", arn, "rds:ModifyDBInstance")},
	}
}

// clusterExposed selects events of an Aurora cluster, which has deletion
// protection, and of its private instances.
func clusterExposed(in Inputs) Response {
	var names []any
	look, undo := allow("DescribeInstances", "", "rds:DescribeDBInstances"), allow("ModifyInstances", "", "rds:ModifyDBInstance")
	look.Resources = nil
	for _, name := range in.ClusterInstances {
		names = append(names, map[string]string{"equals-ignore-case": name})
		look.Resources = append(look.Resources, in.Partition.ARN("rds", in.Region, in.Account, "db:"+name))
	}
	undo.Resources = look.Resources
	r := Response{ID: DatabaseExposed, Look: []policy.Statement{look}, Undo: []policy.Statement{undo}}
	unsafe := []eventpattern.Pattern{{"requestParameters": eventpattern.Pattern{"dBInstanceIdentifier": names, "publiclyAccessible": []bool{true}}}}
	calls := []string{"ModifyDBInstance"}
	if in.DeletionProtection {
		cluster := []any{map[string]string{"equals-ignore-case": in.Database}}
		unsafe = append(unsafe, eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"dBClusterIdentifier": cluster, "deletionProtection": []bool{false}}})
		calls = append(calls, "ModifyDBCluster")
		arn := in.Partition.ARN("rds", in.Region, in.Account, "cluster:"+in.Database)
		r.Look = append(r.Look, allow("DescribeCluster", arn, "rds:DescribeDBClusters"))
		r.Undo = append(r.Undo, allow("ModifyCluster", arn, "rds:ModifyDBCluster"))
	}
	r.Pattern = eventpattern.Call("rds", eventpattern.Either(unsafe...), calls...)
	return r
}

func bucketPolicyChanged(in Inputs) Response {
	arn := in.Partition.ARN("s3", "", "", in.AssetsBucket)
	return Response{
		ID: BucketPolicyChanged,
		Pattern: eventpattern.Call("s3", eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"bucketName": []string{in.AssetsBucket}}},
			"DeleteBucketPolicy", "PutBucketPolicy"),
		Look: []policy.Statement{allow("ReadAssetsPolicy", arn, "s3:GetBucketPolicy", "s3:GetBucketTagging")},
		Undo: []policy.Statement{allow("PutAssetsPolicy", arn, "s3:PutBucketPolicy")},
	}
}

// trailStopped accepts a trail's name or ARN, as CloudTrail does, in both API
// parameters.
func trailStopped(in Inputs) Response {
	arn := in.Partition.ARN("cloudtrail", in.Region, in.Account, "trail/"+in.Trail)
	name := []any{in.Trail, map[string]string{"suffix": ":trail/" + in.Trail}}
	detail := eventpattern.Either(
		eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"name": name}},
		eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"trailName": name}},
	)
	return Response{
		ID:      TrailStopped,
		Pattern: eventpattern.Call("cloudtrail", detail, "DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"),
		Look:    []policy.Statement{allow("ReadTrail", arn, "cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:ListTags")},
		Undo:    []policy.Statement{allow("StartTrail", arn, "cloudtrail:StartLogging")},
	}
}

func allow(sid, resource string, actions ...string) policy.Statement {
	return policy.Statement{Sid: sid, Effect: policy.Allow, Actions: actions, Resources: []string{resource}}
}
