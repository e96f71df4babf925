package tiers

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"

// instanceLogGroup is the log group that RDS exports a log of an instance to.
func instanceLogGroup(identifier, log string) string {
	return "/aws/rds/instance/" + identifier + "/" + log
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
