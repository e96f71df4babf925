package readiness

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// callIDs matches AWS's request IDs. They differ in every attempt, so a condition
// with an ID would change continuously (AWS SDK for Go v2, "Handling errors").
var callIDs = regexp.MustCompile(`(?i)[,;]?\s*\b(request ?id|host ?id)\b:\s*[^\s,;)]*`)

// functionError matches Lambda's response if a function's code raises an error:
// message, type, request ID and stack trace (AWS Lambda documentation, "Lambda
// function handler in Python").
var functionError = regexp.MustCompile(`(?s)\{"errorMessage": ?("(?:[^"\\]|\\.)*").*`)

// raised returns the message in a function's error. Other messages are returned
// unchanged.
func raised(message string) string {
	at := functionError.FindStringSubmatchIndex(message)
	if at == nil {
		return message
	}
	said := ""
	if err := json.Unmarshal([]byte(message[at[2]:at[3]]), &said); err != nil {
		return message
	}
	return message[:at[0]] + said
}

// Problem returns the provider's message about a failing resource. It is empty if
// there is none. The message is the same in every attempt with the same cause. An
// unresolved reference is not a problem.
func Problem(resourceName string, observed facts.Observed) string {
	for _, c := range []facts.Condition{observed.Condition(resourceName, "Synced"), observed.Condition(resourceName, "LastAsyncOperation")} {
		if c.Status == "False" && c.Message != "" && !awaitsReference(c.Message) {
			return c.Reason + ": " + strings.TrimSpace(callIDs.ReplaceAllString(raised(c.Message), "")) + quota(c.Message)
		}
	}
	return ""
}

// quotas contains advice for exceeded quotas, by AWS's error code.
var quotas = []struct{ code, advice string }{
	{"MaximumNumberOfTrailsExceededException", "an account can have 5 trails in each region: share one with a SecureEcommerceAccount and existing.account in the function's input, or set existing.trail if another trail in the account already logs all events"},
	{"EventSubscriptionQuotaExceeded", "an account can have 20 RDS event subscriptions in each region, and a stack needs 2 or 3: share them with a SecureEcommerceAccount and existing.account in the function's input, or request a higher quota"},
	{"VpcLimitExceeded", "an account can have by default, 5 VPCs in each region: request a higher quota, or use network.existing"},
	{"AddressLimitExceeded", "an account can have by default, 5 Elastic IP addresses in each region: request a higher quota, or use fewer NAT gateways"},
	{"TooManyBuckets", "the account has reached its quota for S3 buckets: request a higher quota"},
	{"MaxNumberOfConfigRulesExceededException", "the account has reached its quota for Config rules in this region: share them with a SecureEcommerceAccount and existing.account in the function's input, or request a higher quota"},
	{"TooManyDistributions", "the account has reached its quota for CloudFront distributions: request a higher quota"},
	{"WAFLimitsExceededException", "the account has reached its quota for web ACLs or for rules in us-east-1: request a higher quota"},
	{"TooManyResponseHeadersPolicies", "an account can have 20 response headers policies: share them with a SecureEcommerceAccount and existing.account in the function's input, or request a higher quota"},
	{"InstanceQuotaExceeded", "an account can have by default, 40 database instances in each region: request a higher quota"},
	{"DashboardLimitExceeded", "the account has reached its quota for CloudWatch dashboards: request a higher quota"},
}

// quota returns advice for an exceeded quota. It is empty for other errors.
func quota(message string) string {
	for _, q := range quotas {
		if strings.Contains(message, q.code) {
			return " (" + q.advice + ")"
		}
	}
	return ""
}

// awaitsReference reports whether a message is about a reference whose target does
// not exist yet, or has no AWS name yet. Such messages have the same prefix
// (crossplane-runtime, pkg/reference).
func awaitsReference(message string) bool {
	return strings.Contains(message, "referenced field was empty") ||
		strings.Contains(message, "cannot get referenced resource") && strings.Contains(message, "not found")
}
