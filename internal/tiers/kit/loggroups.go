package kit

import (
	logs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// InstanceLogGroup is the log group that RDS exports a log of an instance to.
func InstanceLogGroup(identifier, log string) string {
	return "/aws/rds/instance/" + identifier + "/" + log
}

// DatabaseLogGroups is all groups of the database's own logs.
func DatabaseLogGroups(s *settings.Settings) string {
	if s.Database.Aurora != nil {
		return ClusterLogGroup(s.Names.Database, "*")
	}
	return InstanceLogGroup(s.Names.Database, "*")
}

// ClusterLogGroup is the one of an Aurora cluster.
func ClusterLogGroup(identifier, log string) string {
	return "/aws/rds/cluster/" + identifier + "/" + log
}

// ProxyLogGroup is the log group that RDS makes for the database's proxy unless
// it is there.
func ProxyLogGroup(s *settings.Settings) string { return "/aws/rds/proxy/" + ProxyName(s) }

// LambdaLogGroup is the log group of a Lambda function of the stack. Functions
// that use the stack's roles must have names that begin with the stack's.
func LambdaLogGroup(s *settings.Settings, function string) string {
	return "/aws/lambda/" + s.Stack + "-" + function
}

// LogGroupARN is the ARN of a log group without the ":*" that some policies
// want for its streams.
func LogGroupARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("logs", s.Region, s.Account.Value, "log-group:"+name)
}

// LogGroup is what differs between the stack's log groups.
type LogGroup struct {
	Resource, Name, Region string
	// Key encrypts it.
	Key string
	// Keep is whether it stays although the claim does not ask for that.
	Keep bool
}

// ComposeLogGroup adds a log group before the service does that writes to it,
// which would set neither retention nor key. One that the claim wants to stay is
// protected from deletion; what was protected once is let go by an explicit no
// only.
func ComposeLogGroup(s *settings.Settings, set *desired.Set, g LogGroup, needs ...facts.Fact) {
	p := logs.GroupParameters{
		Region:          new(g.Region),
		RetentionInDays: new(float64(s.LogRetentionDays)),
		KMSKeyIDRef:     set.Ref(g.Key),
		SkipDestroy:     new(s.Keep.Logs),
	}
	// Deletion protection is known to be offered in this partition only.
	if s.Partition == aws.Commercial {
		p.DeletionProtectionEnabled = new(s.Keep.Logs)
	}
	set.Add(g.Resource, &logs.Group{Spec: logs.GroupSpec{ForProvider: p}}, desired.Named(g.Name), desired.Keep(s.Keep.Logs || g.Keep), desired.Needs(needs...), desired.Before(g.Key))
}
