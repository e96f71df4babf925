package references

import (
	"slices"
	"strings"
)

// arn returns why an ARN, or a pattern of ARNs, does not resolve.
func (h *have) arn(text string) string {
	parts := strings.SplitN(text, ":", 6)
	if parts[1] != h.partition {
		return "the stack is in the partition " + h.partition
	}
	if h.extendsGiven(text) || h.hasARN(text) || h.isDatabaseUser(parts) || h.isUsedByName(parts) || h.isGivenBucket(text) {
		return ""
	}
	for _, own := range awsARNs {
		if matches(own.pattern, text) && (h.accounts[parts[4]] || slices.Contains(awsAccounts, parts[4])) {
			return ""
		}
	}
	here := strings.NewReplacer("${partition}", h.partition, "${region}", h.home, "${account}", parts[4], "${stack}", h.stack)
	for _, l := range later {
		if text == here.Replace(l.arn) && h.accounts[parts[4]] {
			return ""
		}
	}
	return "no resource has this ARN"
}

// isGivenBucket reports whether an ARN is that of a given bucket or of its objects.
func (h *have) isGivenBucket(text string) bool {
	name, ok := strings.CutPrefix(wholeOf(text), "arn:"+h.partition+":s3:::")
	return ok && h.given[name]
}

// hasARN reports whether a resource has the ARN, or contains the resource with it.
func (h *have) hasARN(text string) bool {
	whole := wholeOf(text)
	if !strings.ContainsAny(whole, "*?") {
		return h.arns[whole]
	}
	for arn := range h.arns {
		if matches(whole, arn) {
			return true
		}
	}
	return false
}

// wholeOf returns the ARN of the resource that contains another one: the bucket of
// objects, the log group of streams, the search domain of its content. A pattern of
// all parameters below a path stays unchanged.
func wholeOf(text string) string {
	parts := strings.SplitN(text, ":", 6)
	switch parts[2] {
	case "s3":
		parts[5], _, _ = strings.Cut(parts[5], "/")
	case "es":
		parts[5] = strings.TrimSuffix(parts[5], "/*") // Everything in a domain.
	case "secretsmanager":
		// In ECS, JSON key, version stage and version ID follow the secret's ARN.
		if secret := strings.Split(parts[5], ":"); len(secret) > 2 {
			parts[5] = strings.Join(secret[:2], ":")
		}
	case "logs":
		if rest, ok := strings.CutPrefix(parts[5], "log-group:"); ok {
			group, stream, _ := strings.Cut(rest, ":")
			if stream == "" || stream == "*" || strings.HasPrefix(stream, "log-stream:") {
				parts[5] = "log-group:" + group
			}
		}
	}
	return strings.Join(parts, ":")
}

// isDatabaseUser reports whether an ARN is that of a user of the stack's database
// or proxy. The application creates the user.
func (h *have) isDatabaseUser(parts []string) bool {
	resource, ok := strings.CutPrefix(parts[5], "dbuser:")
	if parts[2] != "rds-db" || !ok {
		return false
	}
	id, user, _ := strings.Cut(resource, "/")
	return h.ids[id] && user != "" && h.regions[parts[3]] && h.accounts[parts[4]]
}

// isUsedByName reports whether an ARN is that of an external resource that the
// claim names, in the stack's region and account: a table with its indexes, a
// queue, or an SES identity.
func (h *have) isUsedByName(parts []string) bool {
	prefix, ok := map[string]string{"dynamodb": "table/", "sqs": "", "ses": "identity/"}[parts[2]]
	if !ok || parts[3] != h.home || !h.accounts[parts[4]] || !strings.HasPrefix(parts[5], prefix) {
		return false
	}
	name := strings.TrimPrefix(parts[5], prefix)
	if parts[2] == "dynamodb" {
		name = strings.TrimSuffix(name, "/index/*")
	}
	return h.given[name]
}

// host returns why an AWS host does not resolve.
func (h *have) host(t text, host string) string {
	if h.made[host] || h.made[host+"."] || h.inGiven(host) || h.madeWithPort(host) {
		return ""
	}
	if t.key() == "Service" || slices.Contains([]string{"principal", "awsServiceName"}, t.key()) {
		return h.principal(host)
	}
	if t.key() == "Domains" && strings.HasPrefix(t.value, "*.") {
		return "" // All subdomains, in a list of allowed domains.
	}
	if service, ok := strings.CutPrefix(host, "com.amazonaws."); ok {
		return h.endpointService(service)
	}
	name := strings.TrimSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if name == host {
		return "no resource has this host"
	}
	if b, at, ok := strings.Cut(name, ".s3"); ok && b != "" && b != "logging" {
		return h.lookUp(bucket, b, strings.TrimPrefix(at, "."))
	}
	if t.key() == "eventSource" || t.key() == "pattern" {
		return known(eventSources, name, "not an event source of CloudTrail")
	}
	service, region, regional := cutLast(strings.TrimPrefix(name, "."))
	if regional && h.regions[region] {
		return known(endpoints, service, "not the endpoint of an AWS service")
	}
	return h.principal(host)
}

// madeWithPort reports whether a host was observed with a port or in a URL.
func (h *have) madeWithPort(host string) bool {
	for made := range h.made {
		if strings.HasPrefix(made, host+":") || strings.HasPrefix(made, "https://"+host+"/") {
			return true
		}
	}
	return false
}

// principal returns why a service principal is invalid.
func (h *have) principal(host string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if service, region, ok := cutLast(name); ok && h.regions[region] {
		name = service + ".REGION"
	}
	return known(principals, name, "not a service principal")
}

// endpointService returns why the service name of a VPC endpoint is invalid.
func (h *have) endpointService(name string) string {
	region, service, _ := strings.Cut(name, ".")
	if why := h.region(region); why != "" {
		return why
	}
	if h.given[service] {
		return ""
	}
	return known(endpoints, service, "not a service with a VPC endpoint")
}

func known(table map[string]string, name, why string) string {
	if table[name] != "" {
		return ""
	}
	return why
}

// cutLast cuts a text at its last dot.
func cutLast(text string) (string, string, bool) {
	i := strings.LastIndex(text, ".")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}
