package search

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/opensearch"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

const (
	// serviceRole is the service principal that accesses the VPC for the domain.
	serviceRole = "opensearchservice.amazonaws.com"
	// tls is the policy with TLS 1.3, and TLS 1.2 with forward secrecy.
	tls = "Policy-Min-TLS-1-2-PFS-2023-10"
	// masters is AWS's recommended number of dedicated masters.
	masters = 3
)

// composeSearch adds the domain in the isolated subnets, its log groups and its
// policies.
func composeSearch(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	// The API rejects a domain in a VPC without this role (AWS documentation,
	// "Using service-linked roles for Amazon OpenSearch Service").
	kit.ComposeServiceLinkedRole(s, set, composed.SearchServiceRole, serviceRole, "AWSServiceRoleForAmazonOpenSearchService")
	composeLogs(s, set)
	set.Add(composed.SearchSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-search", "Search domain: reached from the application tier only"), desired.Keep(s.Keep.Search))
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.SearchSecurityGroup, Port: settings.SearchPort,
		Ingress: composed.SearchFromApp, IngressDescription: "HTTPS from the application tier",
		Egress: composed.AppToSearch, EgressDescription: "HTTPS to the search domain",
	})
	composeDomain(s, observed, set)
	composePolicy(s, observed, set)
	composeRights(s, set)
}

// composeLogs adds the domain's log groups, and allows it to write to them, unless
// the account does. An account can have ten such policies in a region.
func composeLogs(s *settings.Settings, set *desired.Set) {
	var groups []string
	for _, log := range kit.SearchLogs() {
		name := kit.SearchLogGroup(s, log.Name)
		kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.SearchLogGroup(log.Name), Name: name, Region: s.Region, Key: composed.LogsKey, Keep: s.Keep.Search})
		groups = append(groups, kit.LogGroupARN(s, name)+":*")
	}
	if s.Shared != nil {
		return
	}
	kit.ComposeLogWriter(s, set, kit.LogWriter{
		Resource: composed.SearchLogPolicy, Name: s.Stack + "-search", Sid: "WriteSearchLogs", Service: kit.OpenSearch, Region: s.Region,
		Streams: groups, Source: kit.SearchARN(s), Actions: kit.SearchLogActions(),
	}, desired.Keep(s.Keep.Search))
}

// composeDomain adds the domain. Its external name is its ARN from the beginning.
// Its creation takes up to forty minutes, and a restarted provider must find the
// domain, because AWS rejects another one with the same name. AWS validates the
// permission for logs when it creates the domain.
func composeDomain(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	d := s.Search
	needs := []facts.Fact{s.Account, observed.Ready(composed.SearchServiceRole), observed.ARN(composed.AppRole)}
	if s.Shared == nil {
		needs = append(needs, observed.Ready(composed.SearchLogPolicy))
	}
	p := opensearch.DomainParameters{
		DomainName:    new(d.Domain),
		EngineVersion: new(d.EngineVersion()),
		ClusterConfig: cluster(d),
		EBSOptions: &opensearch.EBSOptionsParameters{
			EBSEnabled: new(true), VolumeType: new("gp3"), VolumeSize: new(float64(d.StorageGiB)), Iops: new(float64(d.IOPS)), Throughput: new(float64(d.Throughput)),
		},
		VPCOptions: placement(s, set),

		EncryptAtRest:        &opensearch.EncryptAtRestParameters{Enabled: new(true), KMSKeyIDRef: set.Ref(composed.DataKey)},
		NodeToNodeEncryption: &opensearch.NodeToNodeEncryptionParameters{Enabled: new(true)},
		DomainEndpointOptions: &opensearch.DomainEndpointOptionsParameters{
			EnforceHTTPS: new(true), TLSSecurityPolicy: new(tls),
		},
		// The application administers the domain with its role. There are no
		// passwords.
		AdvancedSecurityOptions: &opensearch.AdvancedSecurityOptionsParameters{
			Enabled: new(true), InternalUserDatabaseEnabled: new(false), AnonymousAuthEnabled: new(false),
			MasterUserOptions: &opensearch.MasterUserOptionsParameters{MasterUserArn: new(kit.AppRoleARN(s))},
		},

		AutoTuneOptions:       autoTune(d, observed),
		SoftwareUpdateOptions: &opensearch.SoftwareUpdateOptionsParameters{AutoSoftwareUpdateEnabled: new(true)},
		OffPeakWindowOptions: &opensearch.OffPeakWindowOptionsParameters{
			Enabled: new(true),
			OffPeakWindow: &opensearch.OffPeakWindowParameters{WindowStartTime: &opensearch.WindowStartTimeParameters{
				Hours: new(float64(d.Hour)), Minutes: new(float64(d.Minute)),
			}},
		},
	}
	before := []string{composed.DataKey, composed.SearchLogPolicy, composed.SearchSecurityGroup}
	for _, log := range kit.SearchLogs() {
		group := composed.SearchLogGroup(log.Name)
		p.LogPublishingOptions = append(p.LogPublishingOptions, opensearch.LogPublishingOptionsParameters{
			Enabled: new(true), LogType: new(log.Type), CloudwatchLogGroupArn: new(kit.LogGroupARN(s, kit.SearchLogGroup(s, log.Name))),
		})
		needs, before = append(needs, observed.Ready(group)), append(before, group)
	}
	set.Add(composed.SearchDomain, &opensearch.Domain{Spec: opensearch.DomainSpec{ForProvider: p}},
		desired.Named(kit.SearchARN(s)), desired.Needs(needs...), desired.Keep(s.Keep.Search), desired.Before(before...))
}

// cluster returns the configuration of the domain's nodes.
func cluster(d *settings.Search) *opensearch.ClusterConfigParameters {
	out := &opensearch.ClusterConfigParameters{
		InstanceType:              new(d.InstanceType),
		InstanceCount:             new(float64(d.Instances)),
		ZoneAwarenessEnabled:      new(d.Zones > 1),
		MultiAzWithStandbyEnabled: new(false),
		DedicatedMasterEnabled:    new(d.MasterType != ""),
	}
	if d.Zones > 1 {
		out.ZoneAwarenessConfig = &opensearch.ZoneAwarenessConfigParameters{AvailabilityZoneCount: new(float64(d.Zones))}
	}
	if d.MasterType != "" {
		out.DedicatedMasterType, out.DedicatedMasterCount = new(d.MasterType), new(float64(masters))
	}
	return out
}

// placement returns as many isolated subnets as the domain has zones (AWS
// documentation, "Launching your Amazon OpenSearch Service domains within a VPC").
func placement(s *settings.Settings, set *desired.Set) *opensearch.VPCOptionsParameters {
	out := &opensearch.VPCOptionsParameters{SecurityGroupIDRefs: set.LiveRefs(composed.SearchSecurityGroup)}
	subnets := kit.InDatabaseSubnets(s, set)
	if len(subnets.Refs) > 0 {
		out.SubnetIDRefs = subnets.Refs[:s.Search.Zones]
	} else {
		out.SubnetIds = subnets.IDs[:s.Search.Zones]
	}
	return out
}

// autoTune configures Auto-Tune in the domain's window. T3 does not support it: AWS
// rejects a new T3 domain with this setting, and a change to T3 while it is enabled
// (terraform-provider-aws 30205).
func autoTune(d *settings.Search, observed facts.Observed) *opensearch.AutoTuneOptionsParameters {
	if d.AutoTune {
		return &opensearch.AutoTuneOptionsParameters{DesiredState: new("ENABLED"), UseOffPeakWindow: new(true)}
	}
	if observed.String(composed.SearchDomain, "status.atProvider.autoTuneOptions.desiredState") == "" {
		return nil
	}
	return &opensearch.AutoTuneOptionsParameters{DesiredState: new("DISABLED"), UseOffPeakWindow: new(false)}
}

// composePolicy allows only the app role to call the domain. The role must exist
// before.
func composePolicy(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	role := observed.ARN(composed.AppRole)
	set.Add(composed.SearchPolicy, &opensearch.DomainPolicy{Spec: opensearch.DomainPolicySpec{ForProvider: opensearch.DomainPolicyParameters{
		DomainName: new(s.Search.Domain),
		AccessPolicies: new(policy.Document{Statements: []policy.Statement{{
			Sid: "CallByApp", Effect: policy.Allow, Principal: policy.Identities(role.Value),
			Actions: kit.SearchActions(), Resources: []string{kit.SearchARN(s) + "/*"},
		}}}.JSON()),
	}}}, desired.Named("esd-policy-"+s.Search.Domain), desired.Needs(s.Account, role, kit.SearchEndpoint(observed)), desired.Keep(s.Keep.Search), desired.Before(composed.SearchDomain))
}

// composeRights allows the app role to call the domain.
func composeRights(s *settings.Settings, set *desired.Set) {
	kit.AddRolePolicy(set, composed.AppRoleSearch, composed.AppRole, "search", []policy.Statement{{
		Sid: "CallSearch", Effect: policy.Allow, Actions: kit.SearchActions(), Resources: []string{kit.SearchARN(s) + "/*"},
	}}, s.Account)
}

// reportSearch reports the domain's endpoint.
func reportSearch(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if s.Search == nil || !observed.Has(composed.SearchDomain) {
		return
	}
	d := s.Search
	status.Search = v1alpha1.SearchStatus{
		Domain:       d.Domain,
		ARN:          observed.ARN(composed.SearchDomain).Value,
		Endpoint:     kit.SearchEndpoint(observed).Value,
		Port:         settings.SearchPort,
		Version:      d.Version,
		InstanceType: d.InstanceType,
		Instances:    int32(d.Instances),  //nolint:gosec // The maximum is 20.
		Zones:        int32(d.Zones),      //nolint:gosec // The maximum is 3.
		StorageGiB:   int32(d.StorageGiB), //nolint:gosec // The maximum is 3072.
	}
	if dashboards := observed.String(composed.SearchDomain, "status.atProvider.dashboardEndpoint"); dashboards != "" {
		status.Search.DashboardsURL = "https://" + dashboards
	}
}
