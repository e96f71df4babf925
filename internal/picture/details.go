package picture

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Details of cards, derived from their objects.

func fixed(line string) func(*card) []string { return func(*card) []string { return []string{line} } }

// counted returns a detail with the number of objects of a kind.
func counted(kind, noun string) func(*card) []string {
	return func(c *card) []string {
		if n := len(c.of(kind)); n > 0 {
			return []string{plural(n, noun)}
		}
		return nil
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// of returns the objects of a kind.
func (c *card) of(kind string) []object {
	var out []object
	for _, o := range c.objects {
		if o.kind == kind {
			out = append(out, o)
		}
	}
	return out
}

// one returns a field of the first object of a kind.
func (c *card) one(kind string, path ...string) string {
	for _, o := range c.of(kind) {
		return text(o.spec, path...)
	}
	return ""
}

// resources returns the names of the card's resources.
func (c *card) resources() []string {
	var out []string
	for _, o := range c.objects {
		out = append(out, o.resource)
	}
	return out
}

func cdnDetail(c *card) []string {
	for _, o := range c.of("cloudfront/Distribution") {
		if aliases := list(o.spec, "aliases"); len(aliases) > 0 {
			return []string{fmt.Sprint(aliases[0])}
		}
	}
	return []string{"*.cloudfront.net"}
}

func wafDetail(c *card) []string {
	var rules []any
	_ = json.Unmarshal([]byte(c.one("wafv2/WebACL", "ruleJson")), &rules) //nolint:errcheck // Invalid JSON has no rules.
	if len(rules) == 0 {
		return []string{"web ACL"}
	}
	return []string{"web ACL", plural(len(rules), "rule")}
}

func dnsDetail(c *card) []string {
	if zone := c.one("route53/Zone", "name"); zone != "" {
		return []string{zone}
	}
	return []string{"existing zone"}
}

func certificateDetail(c *card) []string { return []string{c.one("acm/Certificate", "domainName")} }

func flowLogDetail(c *card) []string {
	return []string{strings.ToLower(c.one("ec2/FlowLog", "trafficType")) + " traffic"}
}

func balancerDetail(c *card) []string {
	if c.existing {
		return []string{"existing"}
	}
	kind := "internal"
	if c.one("elbv2/LB", "internal") != "true" {
		kind = "internet-facing"
	}
	return []string{c.one("elbv2/LB", "loadBalancerType") + ", " + kind}
}

func filesDetail(c *card) []string {
	return []string{plural(len(c.of("efs/MountTarget")), "mount target")}
}

func endpointsDetail(c *card) []string {
	var names []string
	for _, o := range c.of("ec2/VPCEndpoint") {
		_, name, _ := strings.Cut(strings.TrimPrefix(text(o.spec, "serviceName"), "com.amazonaws."), ".")
		names = append(names, name)
	}
	if len(names) <= 3 {
		return []string{strings.Join(names, ", ")}
	}
	return []string{strconv.Itoa(len(names)) + " interfaces"}
}

// serviceDetail returns the number of containers, or the schedule.
func serviceDetail(c *card) []string {
	if when := c.one("cloudwatchevents/Rule", "scheduleExpression"); when != "" {
		return []string{"task, " + schedule(when)}
	}
	if len(c.of("ecs/Service")) == 0 {
		return []string{"task"}
	}
	least, most := c.one("appautoscaling/Target", "minCapacity"), c.one("appautoscaling/Target", "maxCapacity")
	switch {
	case least == "" || most == "":
		return []string{plural(number(c.one("ecs/Service", "desiredCount"), 1), "task")}
	case least == most:
		return []string{plural(number(least, 1), "task")}
	default:
		return []string{least + "–" + most + " tasks"}
	}
}

// schedule returns a schedule's expression without rate() or cron().
func schedule(expression string) string {
	kind, inside, ok := strings.Cut(strings.TrimSuffix(expression, ")"), "(")
	if ok && kind == "rate" {
		return "every " + strings.TrimPrefix(inside, "1 ")
	}
	return expression
}

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}

func functionDetail(c *card) []string {
	line := "Lambda"
	if memory := c.one("lambda/Function", "memorySize"); memory != "" {
		line += ", " + memory + " MB"
	}
	if when := c.one("cloudwatchevents/Rule", "scheduleExpression"); when != "" {
		return []string{line, schedule(when)}
	}
	return []string{line}
}

// engines maps AWS's names of engines to titles.
var engines = map[string]string{
	"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB",
	"aurora-postgresql": "Aurora PostgreSQL", "aurora-mysql": "Aurora MySQL",
	"valkey": "Valkey", "redis": "Redis OSS", "memcached": "Memcached",
}

func databaseDetail(c *card) []string {
	instances := c.of("rds/Instance")
	if len(instances) == 0 {
		return []string{"writer", instanceClass(c)}
	}
	spec, role := instances[0].spec, "single"
	if text(spec, "multiAz") == "true" {
		role = "primary"
	}
	version, _, _ := strings.Cut(text(spec, "engineVersion"), ".")
	if strings.HasPrefix(text(spec, "engine"), "m") { // MySQL and MariaDB have series such as 8.4.
		version = text(spec, "engineVersion")
	}
	return []string{role + ", v" + version, text(spec, "instanceClass")}
}

func readerDetail(c *card) []string { return []string{instanceClass(c)} }

// instanceClass returns the class of an Aurora instance.
func instanceClass(c *card) string {
	class := strings.TrimPrefix(c.one("rds/ClusterInstance", "instanceClass"), "db.serverless")
	least := c.one("rds/Cluster", "serverlessv2ScalingConfiguration", "minCapacity")
	switch {
	case class != "":
		return class
	case least != "":
		return least + "–" + c.one("rds/Cluster", "serverlessv2ScalingConfiguration", "maxCapacity") + " ACU"
	default:
		return "serverless"
	}
}

func cacheDetail(c *card) []string {
	switch {
	case len(c.of("elasticache/ServerlessCache")) > 0:
		return []string{"serverless"}
	case len(c.of("elasticache/Cluster")) > 0:
		return []string{plural(number(c.one("elasticache/Cluster", "numCacheNodes"), 1), "node"), c.one("elasticache/Cluster", "nodeType")}
	default:
		return []string{"primary", c.one("elasticache/ReplicationGroup", "nodeType")}
	}
}

func searchDetail(c *card) []string {
	return []string{strings.TrimSuffix(c.one("opensearch/Domain", "clusterConfig", "instanceType"), ".search")}
}

func bucketDetail(*card) []string { return []string{"S3 bucket"} }

func queueDetail(c *card) []string {
	kind := "SQS queue"
	if slices.ContainsFunc(c.of("sqs/Queue"), func(o object) bool { return text(o.spec, "fifoQueue") == "true" }) {
		kind = "SQS FIFO queue"
	}
	if len(c.of("sqs/Queue")) > 1 {
		return []string{kind, "and dead letters"}
	}
	return []string{kind}
}

func mailDetail(c *card) []string {
	for _, o := range c.of("sesv2/EmailIdentity") {
		return []string{o.external}
	}
	return nil
}

func jobsDetail(c *card) []string {
	return []string{"Lambda", plural(len(c.of("lambda/Invocation")), "job")}
}

func trailDetail(c *card) []string {
	if c.one("cloudtrail/Trail", "isMultiRegionTrail") == "true" {
		return []string{"all regions"}
	}
	return []string{"one region"}
}

func secretsDetail(c *card) []string {
	n := len(c.of("secretsmanager/Secret"))
	for _, o := range c.of("secretsmanager/SecretRotation") {
		if strings.HasPrefix(o.resource, "database-") {
			n++ // RDS manages this secret.
		}
	}
	return []string{plural(n, "secret")}
}

func backupDetail(c *card) []string {
	if len(c.of("backup/VaultLockConfiguration")) > 0 {
		return []string{"locked vault"}
	}
	return []string{"vault"}
}

func settingsDetail(c *card) []string { return []string{plural(len(c.objects), "setting")} }

func othersDetail(c *card) []string { return []string{plural(len(c.objects), "resource")} }
