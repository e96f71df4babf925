package app

import (
	"slices"
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	elb "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/elbv2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// maxName is the maximum length of a target group's name (Elastic Load Balancing
// API Reference, "CreateTargetGroup").
const maxName = 32

// tlsPolicy accepts TLS 1.2 and 1.3 with post-quantum key exchange (AWS
// documentation, "Security policies for your Application Load Balancer"; Security
// Hub ELB.17).
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

// composeLoadBalancer adds the load balancer in front of services. It has only
// private addresses, and admits only CloudFront.
func composeLoadBalancer(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	web := s.App.Balanced()
	if len(web) == 0 {
		return
	}
	composeCertificate(s, observed, set)
	set.Add(composed.AppLoadBalancerSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-load-balancer", "Load balancer: reaches containers of the application"))
	waysIn := composeWaysIn(s, observed, set)
	subnets := kit.InPrivateSubnets(s, set)
	set.Add(composed.AppLoadBalancer, &elb.LB{Spec: elb.LBSpec{ForProvider: elb.LBParameters{
		Name:              new(kit.LoadBalancerName(s)),
		LoadBalancerType:  new("application"),
		Internal:          new(true),
		IPAddressType:     new("ipv4"),
		Subnets:           subnets.IDs,
		SubnetRefs:        subnets.Refs,
		SecurityGroupRefs: set.LiveRefs(append([]string{composed.AppLoadBalancerSecurityGroup}, waysIn...)...),
		AccessLogs: &elb.AccessLogsParameters{
			Enabled: new(true), BucketRef: set.Ref(composed.LogsBucket), Prefix: new(kit.LoadBalancerLogs),
		},
		DropInvalidHeaderFields:  new(true),
		DesyncMitigationMode:     new("defensive"),
		EnableDeletionProtection: new(false),
		IdleTimeout:              new(float64(max(60, s.App.LongestAnswer()+idleMargin))),
	}}}, desired.Needs(observed.Ready(composed.Bucket(composed.LogsBucket, composed.Policy))), desired.Before(composed.LogsBucket), desired.Empty("subnetMapping"))
	ports := map[int]bool{}
	for _, service := range web {
		composeTargetGroup(s, set, service)
		for _, port := range []int{service.Port, healthPort(service)} {
			if !ports[port] {
				openPort(set, port)
			}
			ports[port] = true
		}
	}
}

// idleMargin is the difference in seconds between the load balancer's idle timeout
// and CloudFront's. The load balancer must not close a connection on which
// CloudFront waits.
const idleMargin = 10

// healthPort returns the port of a container's health check.
func healthPort(service settings.Service) int {
	if port := service.HealthCheck.Port; port != nil {
		return int(*port)
	}
	return service.Port
}

// openPort allows the load balancer to reach containers on a port.
func openPort(set *desired.Set, port int) {
	kit.OpenPort(set, kit.Opening{
		From: composed.AppLoadBalancerSecurityGroup, To: composed.AppSecurityGroup, Port: port,
		Ingress: composed.AppFromLoadBalancer(port), IngressDescription: "HTTP from the load balancer",
		Egress: composed.LoadBalancerToApp(port), EgressDescription: "HTTP to the application",
	})
}

// composeWaysIn adds the listener for CloudFront's protocol, and keeps the other
// one until CloudFront no longer uses it. Each has its own security group, because
// CloudFront's prefix list counts as 55 of a group's 60 rules (AWS documentation,
// "Available AWS-managed prefix lists"). It returns the groups.
func composeWaysIn(s *settings.Settings, observed facts.Observed, set *desired.Set) []string {
	current := kit.AppProtocol(s, observed)
	composeWayIn(s, observed, set, current)
	groups := []string{composed.AppWayIn(current.Name)}
	for _, p := range kit.Protocols() {
		if p == current || kit.LeftFor(observed, kit.AppOrigin(current)) {
			continue
		}
		for _, r := range observed.Names() {
			if composed.IsAppBy(p.Name, r) {
				set.Hold(r)
			}
		}
		if observed.Has(composed.AppWayIn(p.Name)) {
			groups = append(groups, composed.AppWayIn(p.Name))
		}
	}
	return groups
}

// composeWayIn adds the listener for a protocol, and its security group.
func composeWayIn(s *settings.Settings, observed facts.Observed, set *desired.Set, p kit.Protocol) {
	port := new(float64(p.Port))
	set.Add(composed.AppWayIn(p.Name), kit.SecurityGroup(s, set, s.Stack+"-from-cloudfront-"+p.Name, "Load balancer: reached from CloudFront only"))
	set.Add(composed.AppFromCloudFront(p.Name), &ec2.SecurityGroupIngressRule{Spec: ec2.SecurityGroupIngressRuleSpec{ForProvider: ec2.SecurityGroupIngressRuleParameters{
		SecurityGroupIDRef: set.Ref(composed.AppWayIn(p.Name)),
		Description:        new("HTTP from CloudFront"),
		PrefixListID:       new(s.App.CloudFrontPrefixList),
		IPProtocol:         new("tcp"), FromPort: port, ToPort: port,
	}}})
	l := elb.LBListenerParameters{
		LoadBalancerArnRef: set.Ref(composed.AppLoadBalancer),
		Port:               port,
		Protocol:           new("HTTP"),
		DefaultAction:      defaultAction(s, set),
	}
	var needs []facts.Fact
	if p == kit.HTTPS {
		certificate := kit.AppCertificateARN(s, observed)
		l.Protocol, l.SSLPolicy, l.CertificateArn = new("HTTPS"), new(tlsPolicy), new(certificate.Value)
		needs = append(needs, certificate)
	}
	set.Add(composed.AppListener(p.Name), &elb.LBListener{Spec: elb.LBListenerSpec{ForProvider: l}}, desired.Needs(needs...))
	composeRules(s, observed, set, p)
}

// defaultAction returns the listener's default action: to forward to the service
// that answers all paths, or to return 404.
func defaultAction(s *settings.Settings, set *desired.Set) []elb.DefaultActionParameters {
	for _, r := range routes(s) {
		if r.byDefault() {
			return []elb.DefaultActionParameters{{Index: new("default"), Type: new("forward"), Order: new(float64(1)), TargetGroupArnRef: set.LiveRef(targetGroup(r.service))}}
		}
	}
	return []elb.DefaultActionParameters{{Index: new("default"), Type: new("fixed-response"), Order: new(float64(1)), FixedResponse: &elb.FixedResponseParameters{
		ContentType: new("text/plain"), MessageBody: new("Not found"), StatusCode: new("404"),
	}}}
}

// composeRules adds a listener rule for each path.
func composeRules(s *settings.Settings, observed facts.Observed, set *desired.Set, p kit.Protocol) {
	all := routes(s)
	priorities := priorities(all, func(r route) int {
		return int(observed.Number(composed.AppListenerRule(p.Name, r.digest()), "spec.forProvider.priority"))
	})
	for _, r := range all {
		if r.byDefault() {
			continue
		}
		set.Add(composed.AppListenerRule(p.Name, r.digest()), &elb.LBListenerRule{Spec: elb.LBListenerRuleSpec{ForProvider: elb.LBListenerRuleParameters{
			ListenerArnRef: set.Ref(composed.AppListener(p.Name)),
			Priority:       new(float64(priorities[r.key()])),
			Condition:      r.conditions(),
			// The provider sets the order, and would see a difference without it
			// (provider-upjet-aws 2240).
			Action: []elb.ActionParameters{{Type: new("forward"), Order: new(float64(1)), TargetGroupArnRef: set.LiveRef(targetGroup(r.service))}},
		}}})
	}
}

// conditions returns the conditions of a route's rule. A rule has at most five
// values (AWS documentation, "Quotas for your Application Load Balancers").
func (r route) conditions() []elb.ConditionParameters {
	out := []elb.ConditionParameters{{PathPattern: &elb.PathPatternParameters{Values: []*string{new(r.path)}}}}
	if len(r.service.Hosts) > 0 {
		out = append(out, elb.ConditionParameters{HostHeader: &elb.HostHeaderParameters{Values: kit.Pointers(slices.Sorted(slices.Values(r.service.Hosts)))}})
	}
	return out
}

// targetGroup returns the resource name of a service's target group. It depends on
// the immutable fields.
func targetGroup(service settings.Service) string {
	return composed.AppTargetGroup(service.Name, targetGroupDigest(service))
}

func targetGroupDigest(service settings.Service) string {
	return naming.Hash(service.Name, strconv.Itoa(service.Port))
}

// composeTargetGroup adds the target group of a service.
func composeTargetGroup(s *settings.Settings, set *desired.Set, service settings.Service) {
	id, ref := kit.InVPC(s, set)
	check := service.HealthCheck
	digest := targetGroupDigest(service)
	set.Add(targetGroup(service), &elb.LBTargetGroup{Spec: elb.LBTargetGroupSpec{ForProvider: elb.LBTargetGroupParameters{
		Name:                       new(naming.Fit(s.Stack, maxName-len(digest)-1) + "-" + digest),
		TargetType:                 new("ip"),
		IPAddressType:              new("ipv4"),
		Port:                       new(float64(service.Port)),
		Protocol:                   new("HTTP"),
		ProtocolVersion:            new("HTTP1"),
		VPCID:                      id,
		VPCIDRef:                   ref,
		DeregistrationDelay:        new(strconv.Itoa(int(service.StopTimeoutSeconds))),
		LoadBalancingAlgorithmType: new("least_outstanding_requests"),
		Stickiness:                 stickiness(service),
		HealthCheck: &elb.HealthCheckParameters{
			Enabled: new(true), Protocol: new("HTTP"), Port: new(healthPortName(service)), Path: new(check.Path), Matcher: new(check.Codes),
			Interval: new(float64(check.IntervalSeconds)), Timeout: new(float64(check.TimeoutSeconds)), HealthyThreshold: new(float64(2)), UnhealthyThreshold: new(float64(3)),
		},
	}}})
}

// healthPortName returns the port of the health check in the load balancer's
// format.
func healthPortName(service settings.Service) string {
	if port := healthPort(service); port != service.Port {
		return strconv.Itoa(port)
	}
	return "traffic-port"
}

// stickiness returns the stickiness of visitors to containers. It is always set,
// because the provider would keep a previous value.
func stickiness(service settings.Service) *elb.LBTargetGroupStickinessParameters {
	out := &elb.LBTargetGroupStickinessParameters{Type: new("lb_cookie"), Enabled: new(false), CookieDuration: new(float64(86400))}
	if service.StickySeconds != nil {
		out.Enabled, out.CookieDuration = new(true), new(float64(*service.StickySeconds))
	}
	return out
}
