package network

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	firewall "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/networkfirewall"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// knownThreats lists AWS's managed rule groups of known threats, in strict order
// (AWS documentation, "Working with AWS managed rule groups for AWS Network
// Firewall").
var knownThreats = []string{"AbusedLegitMalwareDomainsStrictOrder", "MalwareDomainsStrictOrder", "BotNetCommandAndControlDomainsStrictOrder"}

// composeFirewall adds a firewall between public subnets and the internet gateway,
// in both directions and in each zone. Source: AWS documentation, "Architecture
// with an internet gateway and a NAT gateway using AWS Network Firewall".
func composeFirewall(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	f := s.Network.Firewall
	if f == nil {
		return
	}
	set.Add(composed.FirewallCIDR, &ec2.VPCIPv4CidrBlockAssociation{Spec: ec2.VPCIPv4CidrBlockAssociationSpec{ForProvider: ec2.VPCIPv4CidrBlockAssociationParameters{
		VPCIDRef:  set.Ref(composed.VPC),
		CidrBlock: new(f.CIDR.String()),
	}}})
	composeFirewallRules(s, set)
	mapping := composeFirewallSubnets(s, observed, set)
	key := observed.ARN(composed.DataKey)
	set.Add(composed.Firewall, &firewall.Firewall{Spec: firewall.FirewallSpec{ForProvider: firewall.FirewallParameters{
		Name:                   new(s.Stack),
		VPCIDRef:               set.Ref(composed.VPC),
		SubnetMapping:          mapping,
		FirewallPolicyArnRef:   set.Ref(composed.FirewallPolicy),
		DeleteProtection:       new(f.Protected),
		SubnetChangeProtection: new(f.Protected),
		EncryptionConfiguration: &firewall.EncryptionConfigurationParameters{
			Type: new("CUSTOMER_KMS"), KeyID: new(key.Value),
		},
	}}}, desired.Needs(key), desired.Before(composed.DataKey))
	composeFirewallLogs(s, set)
	composeInspectedRoutes(s, observed, set)
}

// composeFirewallRules adds the firewall's rules: either only the claim's domains
// and those that the stack itself calls are allowed, or everything except known
// threats.
func composeFirewallRules(s *settings.Settings, set *desired.Set) {
	rules := firewall.FirewallPolicyFirewallPolicyParameters{
		// All traffic is forwarded to the stateful rules.
		StatelessDefaultActions:         []*string{new("aws:forward_to_sfe")},
		StatelessFragmentDefaultActions: []*string{new("aws:forward_to_sfe")},
		StatefulEngineOptions:           &firewall.StatefulEngineOptionsParameters{RuleOrder: new("STRICT_ORDER"), StreamExceptionPolicy: new("DROP")},
		StatefulDefaultActions:          []*string{new("aws:alert_established")},
	}
	for i, group := range knownThreats {
		rules.StatefulRuleGroupReference = append(rules.StatefulRuleGroupReference, firewall.StatefulRuleGroupReferenceParameters{
			Priority:    new(float64(i + 1)),
			ResourceArn: new(s.Partition.ARN("network-firewall", s.Region, "aws-managed", "stateful-rulegroup/"+group)),
		})
	}
	if domains := s.Network.Firewall.AllowedDomains; len(domains) > 0 {
		composeAllowedDomains(s, slices.Compact(slices.Sorted(slices.Values(slices.Concat(domains, calledNames(s))))), set)
		rules.StatefulDefaultActions = []*string{new("aws:drop_established"), new("aws:alert_established")}
		rules.StatefulRuleGroupReference = append(rules.StatefulRuleGroupReference, firewall.StatefulRuleGroupReferenceParameters{
			Priority:       new(float64(len(knownThreats) + 1)),
			ResourceArnRef: set.Ref(composed.FirewallDomains),
		})
		if ranges := calledByAddress(s); len(ranges) > 0 {
			composeAllowedRanges(s, ranges, set)
			rules.StatefulRuleGroupReference = append(rules.StatefulRuleGroupReference, firewall.StatefulRuleGroupReferenceParameters{
				Priority:       new(float64(len(knownThreats) + 2)),
				ResourceArnRef: set.Ref(composed.FirewallRanges),
			})
		}
	}
	set.Add(composed.FirewallPolicy, &firewall.FirewallPolicy{Spec: firewall.FirewallPolicySpec{ForProvider: firewall.FirewallPolicyParameters{
		Description:    new("Traffic that the firewall of " + s.Stack + " allows"),
		FirewallPolicy: &rules,
	}}}, desired.Named(s.Stack))
}

// domainCapacity is the capacity of the rule group for allowed domains, which is
// immutable. AWS creates a rule for each domain and protocol, and some others.
const domainCapacity = 300

func composeAllowedDomains(s *settings.Settings, domains []string, set *desired.Set) {
	targets := make([]*string, 0, len(domains))
	for _, d := range domains {
		targets = append(targets, new(d))
	}
	set.Add(composed.FirewallDomains, &firewall.RuleGroup{Spec: firewall.RuleGroupSpec{ForProvider: firewall.RuleGroupParameters{
		Name:        new(s.Stack + "-allowed-domains"),
		Description: new("Domain names that " + s.Stack + " can call"),
		Type:        new("STATEFUL"),
		Capacity:    new(float64(domainCapacity)),
		RuleGroup: &firewall.RuleGroupRuleGroupParameters{
			StatefulRuleOptions: &firewall.StatefulRuleOptionsParameters{RuleOrder: new("STRICT_ORDER")},
			RulesSource: &firewall.RulesSourceParameters{RulesSourceList: &firewall.RulesSourceListParameters{
				GeneratedRulesType: new("ALLOWLIST"), TargetTypes: []*string{new("HTTP_HOST"), new("TLS_SNI")}, Targets: targets,
			}},
		},
	}}}, desired.Named(s.Stack+"-allowed-domains"))
}

// rangeCapacity is the capacity of the rule group for allowed ranges, which is
// immutable. It exceeds the maximum of a claim.
const rangeCapacity = 100

// calledByAddress returns the destinations without a visible domain: everything
// except HTTP and HTTPS.
func calledByAddress(s *settings.Settings) []settings.Egress {
	var out []settings.Egress
	for _, e := range s.Network.Egress {
		if e.CIDR != "" && !e.Web() {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b settings.Egress) int { return strings.Compare(a.Key(), b.Key()) })
	return out
}

// composeAllowedRanges allows calls by address and port. The rules of security
// groups restrict the callers.
func composeAllowedRanges(s *settings.Settings, ranges []settings.Egress, set *desired.Set) {
	rules := make([]firewall.StatefulRuleParameters, 0, len(ranges))
	for i, e := range ranges {
		ports := strconv.Itoa(e.FromPort)
		if e.ToPort != e.FromPort {
			ports += ":" + strconv.Itoa(e.ToPort)
		}
		rules = append(rules, firewall.StatefulRuleParameters{
			Action: new("PASS"),
			Header: &firewall.HeaderParameters{
				Protocol: new(string(e.Protocol)), Direction: new("FORWARD"),
				Source: new(s.Network.CIDR.String()), SourcePort: new("ANY"),
				Destination: new(e.CIDR), DestinationPort: new(ports),
			},
			RuleOption: []firewall.RuleOptionParameters{{Keyword: new("sid"), Settings: []*string{new(strconv.Itoa(i + 1))}}},
		})
	}
	set.Add(composed.FirewallRanges, &firewall.RuleGroup{Spec: firewall.RuleGroupSpec{ForProvider: firewall.RuleGroupParameters{
		Name:        new(s.Stack + "-allowed-ranges"),
		Description: new("Addresses that " + s.Stack + " can call with protocols other than HTTP"),
		Type:        new("STATEFUL"),
		Capacity:    new(float64(rangeCapacity)),
		RuleGroup: &firewall.RuleGroupRuleGroupParameters{
			StatefulRuleOptions: &firewall.StatefulRuleOptionsParameters{RuleOrder: new("STRICT_ORDER")},
			RulesSource:         &firewall.RulesSourceParameters{StatefulRule: rules},
		},
	}}}, desired.Named(s.Stack+"-allowed-ranges"))
}

// composeFirewallSubnets adds the firewall's subnet in each zone, with a route to
// the internet, and returns them for the firewall. A subnet waits for its
// additional VPC range, which has no reference.
func composeFirewallSubnets(s *settings.Settings, observed facts.Observed, set *desired.Set) []firewall.SubnetMappingParameters {
	set.Add(composed.FirewallRouteTable, routeTable(set))
	set.Add(composed.FirewallRoute, &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
		RouteTableIDRef:      set.Ref(composed.FirewallRouteTable),
		DestinationCidrBlock: new(kit.Anywhere),
		GatewayIDRef:         set.Ref(composed.InternetGateway),
	}}})
	mapping := make([]firewall.SubnetMappingParameters, 0, len(s.Network.Zones))
	for i, z := range s.Network.Zones {
		set.Add(composed.FirewallSubnet(z.Number), &ec2.Subnet{Spec: ec2.SubnetSpec{ForProvider: ec2.SubnetParameters_2{
			VPCIDRef:            set.Ref(composed.VPC),
			AvailabilityZone:    new(z.Name),
			CidrBlock:           new(s.Network.Firewall.Subnets[i].String()),
			MapPublicIPOnLaunch: new(false),
		}}}, desired.Needs(observed.Ready(composed.FirewallCIDR)))
		associate(set, composed.FirewallRouteTableAssociation(z.Number), composed.FirewallSubnet(z.Number), set.Ref(composed.FirewallRouteTable))
		mapping = append(mapping, firewall.SubnetMappingParameters{IPAddressType: new("IPV4"), SubnetIDRef: set.Ref(composed.FirewallSubnet(z.Number))})
	}
	return mapping
}

// composeFirewallLogs logs the traffic that the firewall drops and allows.
func composeFirewallLogs(s *settings.Settings, set *desired.Set) {
	group := kit.FirewallLogGroup(s)
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.FirewallLogGroup, Name: group, Region: s.Region, Key: composed.LogsKey})
	var configs []firewall.LogDestinationConfigParameters
	for _, kind := range []string{"ALERT", "FLOW"} {
		configs = append(configs, firewall.LogDestinationConfigParameters{
			LogType: new(kind), LogDestinationType: new("CloudWatchLogs"), LogDestination: map[string]*string{"logGroup": new(group)},
		})
	}
	set.Add(composed.FirewallLogging, &firewall.LoggingConfiguration{Spec: firewall.LoggingConfigurationSpec{ForProvider: firewall.LoggingConfigurationParameters{
		FirewallArnRef:       set.Ref(composed.Firewall),
		LoggingConfiguration: &firewall.LoggingConfigurationLoggingConfigurationParameters{LogDestinationConfig: configs},
	}}}, desired.Before(composed.FirewallLogGroup))
}

// composeInspectedRoutes routes each public subnet, in both directions, through the
// firewall of its zone. Traffic that returns through another firewall is dropped.
func composeInspectedRoutes(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	set.Add(composed.FirewallEdgeRouteTable, routeTable(set))
	set.Add(composed.FirewallEdgeRouteTableAssociation, &ec2.RouteTableAssociation{Spec: ec2.RouteTableAssociationSpec{ForProvider: ec2.RouteTableAssociationParameters{
		GatewayIDRef:    set.Ref(composed.InternetGateway),
		RouteTableIDRef: set.Ref(composed.FirewallEdgeRouteTable),
	}}})
	for _, z := range s.Network.Zones {
		endpoint := firewallEndpoint(observed, z.Number)
		set.Add(composed.InspectedRouteTable(z.Number), routeTable(set))
		for r, route := range map[string]struct{ table, destination string }{
			composed.InspectedRoute(z.Number):    {table: composed.InspectedRouteTable(z.Number), destination: kit.Anywhere},
			composed.FirewallEdgeRoute(z.Number): {table: composed.FirewallEdgeRouteTable, destination: z.Public.String()},
		} {
			set.Add(r, &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
				RouteTableIDRef:      set.Ref(route.table),
				DestinationCidrBlock: new(route.destination),
				VPCEndpointID:        new(endpoint.Value),
			}}}, desired.Needs(endpoint))
		}
	}
}

// publicRouteTable returns the route table of a zone's public subnet. The subnet
// switches to the inspected one once its route exists.
func publicRouteTable(s *settings.Settings, z settings.Zone, observed facts.Observed) string {
	if s.Network.Firewall != nil && observed.Ready(composed.InspectedRoute(z.Number)).Known() {
		return composed.InspectedRouteTable(z.Number)
	}
	return composed.PublicRouteTable
}

// firewallEndpoint returns the firewall's endpoint in a zone. AWS returns endpoints
// in arbitrary order, each with its subnet.
func firewallEndpoint(observed facts.Observed, zone int) facts.Fact {
	subnet := observed.ExternalName(composed.FirewallSubnet(zone))
	for i := range settings.MaxZones {
		attachment := fmt.Sprintf("status.atProvider.firewallStatus[0].syncStates[%d].attachment[0].", i)
		if subnet.Known() && observed.String(composed.Firewall, attachment+"subnetId") == subnet.Value {
			return observed.Fact(composed.Firewall, attachment+"endpointId")
		}
	}
	return facts.Fact{Resource: composed.Firewall, Path: fmt.Sprintf("endpoint in zone %d", zone)}
}
