package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	logs "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchlogs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// InstanceLogGroup returns the log group of an instance's log that RDS exports.
func InstanceLogGroup(identifier, log string) string {
	return "/aws/rds/instance/" + identifier + "/" + log
}

// DatabaseLogGroups returns a pattern of all log groups of the database.
func DatabaseLogGroups(s *settings.Settings) string {
	if s.Database.Aurora != nil {
		return ClusterLogGroup(s.Names.Database, "*")
	}
	return InstanceLogGroup(s.Names.Database, "*")
}

// ClusterLogGroup returns the log group of an Aurora cluster's log.
func ClusterLogGroup(identifier, log string) string {
	return "/aws/rds/cluster/" + identifier + "/" + log
}

// ProxyLogGroup returns the log group of the database's proxy, which RDS creates if
// it does not exist.
func ProxyLogGroup(s *settings.Settings) string { return "/aws/rds/proxy/" + ProxyName(s) }

// LambdaLogGroup returns the log group of a Lambda function. Functions with the
// stack's roles must have the stack's name as a prefix.
func LambdaLogGroup(s *settings.Settings, function string) string {
	return "/aws/lambda/" + s.Stack + "-" + function
}

// LogGroupARN returns the ARN of a log group without the suffix ":*", which some
// policies need for its streams.
func LogGroupARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("logs", s.Region, s.Account.Value, "log-group:"+name)
}

// LogGroup contains the settings that differ between the stack's log groups.
type LogGroup struct {
	Resource, Name, Region string
	// Key encrypts it.
	Key string
	// Keep reports whether it is always kept on deletion.
	Keep bool
}

// ComposeLogGroup adds a log group before the service that writes to it creates it
// without retention and key. A log group that the claim keeps has deletion
// protection. The protection is removed only if it is explicitly set to false.
func ComposeLogGroup(s *settings.Settings, set *desired.Set, g LogGroup, needs ...facts.Fact) {
	p := logs.GroupParameters{
		Region:          new(g.Region),
		RetentionInDays: new(float64(s.LogRetentionDays)),
		KMSKeyIDRef:     set.Ref(g.Key),
		SkipDestroy:     new(s.Keep.Logs),
	}
	// Deletion protection may not be available in other partitions.
	if s.Partition == aws.Commercial {
		p.DeletionProtectionEnabled = new(s.Keep.Logs)
	}
	set.Add(g.Resource, &logs.Group{Spec: logs.GroupSpec{ForProvider: p}}, desired.Named(g.Name), desired.Keep(s.Keep.Logs || g.Keep), desired.Needs(needs...), desired.Before(g.Key))
}
