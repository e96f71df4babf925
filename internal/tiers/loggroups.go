package tiers

import (
	logs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// instanceLogGroup is the log group that RDS exports a log of an instance to.
func instanceLogGroup(identifier, log string) string {
	return "/aws/rds/instance/" + identifier + "/" + log
}

// databaseLogGroups is all groups of the database's own logs.
func databaseLogGroups(s *settings.Settings) string {
	if s.Database.Aurora != nil {
		return clusterLogGroup(s.Names.Database, "*")
	}
	return instanceLogGroup(s.Names.Database, "*")
}

// clusterLogGroup is the one of an Aurora cluster.
func clusterLogGroup(identifier, log string) string {
	return "/aws/rds/cluster/" + identifier + "/" + log
}

// proxyLogGroup is the log group that RDS makes for the database's proxy unless
// it is there.
func proxyLogGroup(s *settings.Settings) string { return "/aws/rds/proxy/" + proxyName(s) }

// lambdaLogGroup is the log group of a Lambda function of the stack. Functions
// that use the stack's roles must have names that begin with the stack's.
func lambdaLogGroup(s *settings.Settings, function string) string {
	return "/aws/lambda/" + s.Stack + "-" + function
}

// logGroupARN is the ARN of a log group without the ":*" that some policies
// want for its streams.
func logGroupARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("logs", s.Region, s.Account.Value, "log-group:"+name)
}

// logGroup is what differs between the stack's log groups.
type logGroup struct {
	role, name, region string
	// key encrypts it.
	key string
	// keep is whether it stays although the claim does not ask for that.
	keep bool
}

// composeLogGroup adds a log group before the service does that writes to it,
// which would set neither retention nor key. One that the claim wants to stay is
// protected from deletion; what was protected once is let go by an explicit no
// only.
func composeLogGroup(s *settings.Settings, set *desired.Set, g logGroup, needs ...facts.Fact) {
	p := logs.GroupParameters{
		Region:          new(g.region),
		RetentionInDays: new(float64(s.LogRetentionDays)),
		KMSKeyIDRef:     set.Ref(g.key),
		SkipDestroy:     new(s.Keep.Logs),
	}
	// Deletion protection is known to be offered in this partition only.
	if s.Partition == aws.Commercial {
		p.DeletionProtectionEnabled = new(s.Keep.Logs)
	}
	set.Add(g.role, &logs.Group{Spec: logs.GroupSpec{ForProvider: p}}, desired.Named(g.name), desired.Keep(s.Keep.Logs || g.keep), desired.Needs(needs...), desired.Before(g.key))
}
