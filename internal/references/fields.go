package references

import (
	"regexp"
	"slices"
	"strings"
)

// classOf contains the class for a field's name in lower case. A name has the same
// class in every kind, in environment variables and in documents.
var classOf = map[string]class{
	"assets_bucket":         bucket,
	"backupvaultname":       vault,
	"bucket":                bucket,
	"bucketname":            bucket,
	"dbclusteridentifier":   cluster,
	"dbinstanceidentifier":  database,
	"deliverysourcename":    deliverySource,
	"distributionid":        distribution,
	"functionname":          function,
	"hostedzoneid":          zone,
	"loggroup":              logGroup,
	"loggroupname":          logGroup,
	"natgatewayid":          natGateway,
	"originaccesscontrolid": originControl,
	"queuename":             queue,
	"rolename":              roleName,
	"s3bucketname":          bucket,
	"snstopicname":          topic,
	"targetvaultname":       vault,
	"topicname":             topic,
	"trailname":             trail,
	"vpcoriginid":           vpcOrigin,
	"zoneid":                zone,
}

// classAt contains the class of fields whose names are not sufficient.
var classAt = map[string]class{
	"configservice/ConfigRule scope.tagKey":                                                             tagKey,
	"configservice/ConfigRule scope.tagValue":                                                           tagValue,
	"lambda/Function environment.variables.STACK":                                                       tagValue,
	"lambda/Function environment.variables.STACK_TAG":                                                   tagKey,
	"cloudwatchevents/Rule eventPattern.$or[].detail.$or[].resource.accessKeyDetails.userName[].prefix": roleName,
	"cloudwatchevents/Rule eventPattern.$or[].detail.$or[].resource.s3BucketDetails.name[].prefix":      bucket,
	"cloudfront/KeyGroup items[]":                                                                       publicKey,
	"configservice/AWSConfigurationRecorderStatus " + externalName:                                      recorder,
	"configservice/ConfigRule scope.complianceResourceId":                                               bucket,
	"configservice/RemediationConfiguration " + externalName:                                            configRule,
	"cloudwatchevents/Rule eventPattern.$or[].detail.$or[].requestParameters.name[]":                    trail,
	"rds/Instance optionGroupName":                                                                      optionGroup,
	"signer/SigningJob source.s3.key":                                                                   object,
}

// named returns why a text does not resolve, if its field requires a name.
func (h *have) named(t text) string {
	c, ok := classAt[t.kind+" "+t.field()]
	if !ok {
		c, ok = classOf[strings.ToLower(t.key())]
	}
	if t.key() == externalName && strings.HasPrefix(t.kind, "s3/Bucket") {
		c, ok = bucket, true // Settings have the same name as their bucket.
	}
	if t.key() == externalName && t.kind == "backup/VaultLockConfiguration" {
		c, ok = vault, true
	}
	switch {
	case t.value == "":
		return ""
	case t.watched && t.key() == externalName:
		return h.isGiven(t.value)
	case madeAt[t.kind+" "+t.field()] != "":
		return h.isMade(t.value)
	case awsNames[t.kind+" "+t.field()] != nil:
		return h.awsName(t)
	case slices.Contains(principalKeys, t.key()):
		return h.principal(t.value)
	case t.key() == "eventSource":
		return known(eventSources, strings.TrimSuffix(t.value, ".amazonaws.com"), "not an event source of CloudTrail")
	case slices.Contains(arnKeys, t.key()):
		return h.isARN(t.value)
	case t.operator() == "wildcard":
		return h.likeAny(t.value)
	case t.operator() == "suffix":
		return h.endOfARN(t.value)
	case t.kind == "cloudwatch/CompositeAlarm" && t.key() == "alarmRule":
		return h.alarmRule(t)
	case t.kind == "cloudwatch/MetricAlarm" && t.path[0] == "dimensions":
		return "" // checkMetrics checks them as a whole.
	case strings.HasPrefix(t.value, "/"):
		return h.path(t)
	case !ok, strings.HasPrefix(t.value, "arn:"), hosts.pattern.MatchString(t.value):
		return ""
	case t.operator() == "prefix":
		return h.matching(c, func(name string) bool { return strings.HasPrefix(name, t.value) })
	case h.awsIDOf(c, t.value):
		return ""
	default:
		return h.lookUp(c, t.value, h.regionOf(c, t))
	}
}

// principalKeys are the keys of service principals. arnKeys are the keys of ARNs
// and wildcards.
var (
	principalKeys = []string{"Service", "principal", "awsServiceName"}
	arnKeys       = []string{"AWS", "Federated", "NotResource", "Principal", "Resource", "aws:SourceArn", "AWS:SourceArn", "aws:PrincipalArn"}
)

// isARN returns why a text is neither an ARN nor a wildcard for all ARNs. The ARN
// itself is checked as a word.
func (h *have) isARN(value string) string {
	if value == "*" || strings.HasPrefix(value, "arn:") {
		return ""
	}
	return "not an ARN"
}

// isGiven returns why a text is not part of a given one.
func (h *have) isGiven(value string) string {
	if h.inGiven(value) {
		return ""
	}
	return "neither the claim nor the input contains this value"
}

// isMade returns why a text is neither generated by AWS nor given, and not the key
// of an object.
func (h *have) isMade(value string) string {
	if h.made[value] || h.given[value] || awsIDs[value] != "" || h.names[object][value] != nil {
		return ""
	}
	return "no resource has this value"
}

// likeAny returns why no ARN of the stack matches a pattern.
func (h *have) likeAny(pattern string) string {
	for arn := range h.arns {
		if matches(pattern, arn) {
			return ""
		}
	}
	return "the stack has no ARN that matches"
}

// awsIDOf reports whether a text is a predefined ID of AWS.
func (h *have) awsIDOf(c class, value string) bool { return c == zone && awsIDs[value] != "" }

// regionOf returns the region of a named resource.
func (h *have) regionOf(c class, t text) string {
	if c == bucket && t.kind != "cloudwatchevents/Rule" {
		return anywhere // S3 records events in the bucket's region. Other services are global.
	}
	if t.region == "" {
		return h.home
	}
	return t.region
}

// reference returns why no Kubernetes object of the stack has a name.
func (h *have) reference(name string) string {
	if h.objects[name] || h.given[name] {
		return ""
	}
	return "the stack has no Kubernetes object with this name"
}

// inAlarmRule matches the alarms in a rule (Amazon CloudWatch API Reference,
// "PutCompositeAlarm").
var inAlarmRule = regexp.MustCompile(`(?:ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)`)

// alarmRule returns why the rule of a composite alarm does not resolve.
func (h *have) alarmRule(t text) string {
	var why []string
	for _, match := range inAlarmRule.FindAllStringSubmatch(t.value, -1) {
		if reason := h.lookUp(alarm, match[1], h.regionOf(alarm, t)); reason != "" {
			why = append(why, match[1]+": "+reason)
		}
	}
	return strings.Join(why, "; ")
}

// path returns why a text with a leading slash is neither a log group nor a
// parameter.
func (h *have) path(t text) string {
	if paths[t.kind+" "+t.field()] != "" || h.given[t.value] || h.lookUp(logGroup, t.value, t.region) == "" || h.lookUp(parameter, t.value, t.region) == "" {
		return ""
	}
	return "the stack has neither a log group nor a parameter with this name"
}

// awsName returns why a text is not one of AWS's names for a field.
func (h *have) awsName(t text) string {
	if slices.Contains(awsNames[t.kind+" "+t.field()], t.value) {
		return ""
	}
	if c, ok := classAt[t.kind+" "+t.field()]; ok {
		return h.lookUp(c, t.value, h.regionOf(c, t)) // It can also be a name in the stack.
	}
	return "AWS does not define this name"
}
