package picture

import (
	"cmp"
	"slices"
	"strings"
)

// flow is traffic from one card to another. Ends that are not cards have fixed
// names.
type flow struct {
	from, to string
	label    string
}

// Ends of flows that are not cards.
const (
	endUsers    = "users"
	endInternet = "internet"
	endApp      = "app"
	endShop     = "shop files"
	endMessages = "messages"
	endCallers  = "callers"
)

// readFlows returns all flows: those of the edge from the distribution's origins,
// and the others from security group rules.
func (m *model) readFlows() []flow {
	out := m.edgeFlows()
	out = append(out, m.groupFlows()...)
	out = append(out, m.wayOut()...)
	if c := m.card("bucket:replica"); c != nil && c.at == inReplica {
		out = append(out, flow{endShop, "bucket:replica", "replication"})
	}
	return out
}

func (m *model) edgeFlows() []flow {
	var out []flow
	if m.card("dns") != nil {
		out = append(out, flow{endUsers, "dns", "DNS 53"})
	}
	if m.card("cdn") == nil {
		return out
	}
	if m.card("waf") != nil {
		out = append(out, flow{endUsers, "waf", "HTTPS 443"}, flow{"waf", "cdn", ""})
	} else {
		out = append(out, flow{endUsers, "cdn", "HTTPS 443"})
	}
	for _, o := range m.card("cdn").of("cloudfront/Distribution") {
		for _, origin := range list(o.spec, "origin") {
			f := m.originFlow(origin)
			if !slices.ContainsFunc(out, func(other flow) bool { return other.from == f.from && other.to == f.to }) && f.to != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// originFlow returns the flow from the distribution to an origin.
func (m *model) originFlow(origin any) flow {
	switch bucket := m.bucket(origin); {
	case at(origin, "vpcOriginConfig") != nil:
		return flow{"cdn", "load-balancer", m.balancerLabel()}
	case at(origin, "customOriginConfig") != nil:
		name := strings.TrimPrefix(text(origin, "originId"), "function-")
		if c := m.card("function:" + name); c != nil && c.at == inServices {
			return flow{"cdn", c.key, "HTTPS 443"}
		}
		return flow{"cdn", endApp, "HTTPS 443 (Lambda URL)"}
	case bucket != nil && bucket.at == inReplica:
		return flow{"cdn", bucket.key, "HTTPS 443 (failover)"}
	default:
		return flow{"cdn", endShop, "HTTPS 443 (OAC)"}
	}
}

// balancerLabel returns the protocol between the distribution and the load
// balancer.
func (m *model) balancerLabel() string {
	const config = "vpcOriginEndpointConfig"
	protocol, port := "HTTPS ", "httpsPort"
	if m.card("cdn").one("cloudfront/VPCOrigin", config, "originProtocolPolicy") == "http-only" {
		protocol, port = "HTTP ", "httpPort"
	}
	return protocol + m.card("cdn").one("cloudfront/VPCOrigin", config, port) + " (VPC origin)"
}

// groupFlows returns flows from egress rules that name another security group. A
// flow connects the members of both groups.
func (m *model) groupFlows() []flow {
	members := m.members()
	ports := map[[2]string][]string{}
	for _, o := range m.objects {
		if o.kind != "ec2/SecurityGroupEgressRule" && o.kind != "ec2/SecurityGroupIngressRule" {
			continue
		}
		own, other := text(o.spec, "securityGroupIdRef", "name"), text(o.spec, "referencedSecurityGroupIdRef", "name")
		ends := [2]string{members[own], members[other]}
		if o.kind == "ec2/SecurityGroupIngressRule" {
			if ends[0] != endApp || other != "" || text(o.spec, "prefixListId") != "" {
				continue // The corresponding egress rule is enough.
			}
			ends = [2]string{endCallers, endApp}
		}
		port := m.portLabel(ends, o)
		if ends[0] != "" && ends[1] != "" && ends[0] != ends[1] && !slices.Contains(ports[ends], port) {
			ports[ends] = append(ports[ends], port)
		}
	}
	var out []flow
	for ends, labels := range ports {
		out = append(out, flow{ends[0], ends[1], joined(labels)})
	}
	slices.SortFunc(out, func(a, b flow) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return out
}

// joined joins the labels of several ports. Ports with the same protocol name it
// once.
func joined(labels []string) string {
	protocol, _, _ := strings.Cut(labels[0], " ")
	if len(labels) > 3 {
		return protocol + ", " + plural(len(labels), "port")
	}
	out := labels[:1:1]
	for _, l := range labels[1:] {
		out = append(out, strings.TrimPrefix(l, protocol+" "))
	}
	return strings.Join(out, ", ")
}

// members returns the card of each security group.
func (m *model) members() map[string]string {
	out := map[string]string{}
	for _, c := range m.cards {
		for _, o := range c.objects {
			groups := append(refers(o.spec, "ecurityGroupIdRef"), refers(o.spec, "ecurityGroupRef")...)
			groups = append(groups, refers(o.spec, "ecurityGroupsRef")...)
			for _, g := range groups {
				out[g] = c.key
				if c.at == inApp {
					out[g] = endApp
				}
			}
		}
	}
	for _, c := range m.cards {
		for _, o := range c.of("ec2/SecurityGroup") {
			out[o.name] = endApp // Only the application is drawn as a group.
		}
	}
	return out
}

// portLabel returns the protocol and port of a rule.
func (m *model) portLabel(ends [2]string, rule object) string {
	protocol := strings.ToUpper(text(rule.spec, "ipProtocol"))
	if protocol == "-1" {
		return "all traffic"
	}
	switch ends[1] {
	case "database":
		protocol = "MySQL"
		if strings.Contains(m.card("database").name, "PostgreSQL") {
			protocol = "PostgreSQL"
		}
	case "proxy":
		protocol = strings.NewReplacer("POSTGRESQL", "PostgreSQL", "MYSQL", "MySQL").Replace(m.card("proxy").one("rds/Proxy", "engineFamily"))
	case "cache":
		protocol = "TLS"
	case "search", "endpoints":
		protocol = "HTTPS"
	case "files":
		protocol = "NFS"
	case endApp:
		if ends[0] == "load-balancer" {
			protocol = cmp.Or(m.card("load-balancer").one("elbv2/LBTargetGroup", "protocol"), protocol)
		}
	}
	return protocol + " " + portsOf(rule)
}

// portsOf returns the port or the port range of a rule.
func portsOf(rule object) string {
	from, to := text(rule.spec, "fromPort"), text(rule.spec, "toPort")
	if from != to {
		return from + "–" + to
	}
	return from
}

// wayOut returns the outbound flows: through the gateway endpoint to S3, through
// NAT to the internet, and to AWS services.
func (m *model) wayOut() []flow {
	var out []flow
	var outside []string
	for _, o := range m.objects {
		if o.kind != "ec2/SecurityGroupEgressRule" {
			continue
		}
		switch label := strings.ToUpper(text(o.spec, "ipProtocol")) + " " + portsOf(o); {
		case text(o.spec, "prefixListId") != "" && m.card("s3-endpoint") != nil && strings.HasSuffix(o.resource, "-s3"):
			out = append(out, flow{endApp, "s3-endpoint", ""}, flow{"s3-endpoint", endShop, "HTTPS " + portsOf(o)})
		case text(o.spec, "cidrIpv4") != "" && !slices.Contains(outside, strings.Replace(label, "TCP 443", "HTTPS 443", 1)):
			outside = append(outside, strings.Replace(label, "TCP 443", "HTTPS 443", 1))
		}
	}
	if len(outside) > 0 && m.card("nat:1") != nil {
		out = append(out, flow{endApp, "nat:1", joined(outside)})
	}
	if len(m.in(inMessages)) > 0 {
		out = append(out, flow{endApp, endMessages, "HTTPS 443"})
	}
	if m.card("internet-gateway") == nil {
		return out
	}
	for _, c := range m.in(inPublic) {
		switch {
		case strings.HasPrefix(c.key, "nat:") && m.card("firewall") != nil:
			out = append(out, flow{c.key, "firewall", ""})
		case strings.HasPrefix(c.key, "nat:"):
			out = append(out, flow{c.key, "internet-gateway", ""})
		case c.key == "firewall":
			out = append(out, flow{c.key, "internet-gateway", ""})
		}
	}
	if m.card("nat:1") != nil {
		out = append(out, flow{"internet-gateway", endInternet, "outbound only"})
	}
	return out
}
