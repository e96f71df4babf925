package cdn

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/kms"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/route53"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// distributionZone is the zone ID of all distributions for alias records (Amazon
// Route 53 API reference, "AliasTarget").
const distributionZone = "Z2FDTNDATAQYW2"

// composeHostedZone adds the zone that the claim requests. It is kept with the
// data: it may contain other records, and a new zone with another owner could take
// over a domain that is still delegated.
func composeHostedZone(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	zone := kit.ManagedZone(s)
	if zone == nil {
		return
	}
	set.Add(composed.HostedZone, &route53.Zone{Spec: route53.ZoneSpec{ForProvider: route53.ZoneParameters{
		Name:    new(zone.Name),
		Comment: new("Names of " + s.Stack),
		// Otherwise, other records would block the deletion of the zone.
		ForceDestroy: new(!s.Keep.Data),
	}}}, desired.Keep(s.Keep.Data))
	if zone.DNSSEC {
		composeDNSSEC(s, observed, set)
	}
	if zone.QueryLogs {
		composeQueryLogs(s, observed, set)
	}
}

// composeDNSSEC signs the zone with a key that Route 53 can use only for this zone
// (AWS documentation, "Working with customer managed keys for DNSSEC"). The
// provider has no kind for key-signing keys.
func composeDNSSEC(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	zone := observed.ExternalName(composed.HostedZone)
	source := policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{
		"ArnEquals": {"aws:SourceArn": {s.Partition.ARN("route53", "", "", "hostedzone/"+zone.Value)}},
	})
	use := func(sid string, condition policy.Condition, actions ...string) policy.Statement {
		return policy.Statement{Sid: sid, Effect: policy.Allow, Principal: policy.Service("dnssec-route53.amazonaws.com"), Actions: actions, Resources: []string{"*"}, Condition: condition}
	}
	set.Add(composed.DNSSECKey, &kms.Key{Spec: kms.KeySpec{ForProvider: kms.KeyParameters{
		Region:                new(aws.GlobalRegion),
		Description:           new(s.Stack + ": Signs the DNS zone"),
		KeyUsage:              new("SIGN_VERIFY"),
		CustomerMasterKeySpec: new("ECC_NIST_P256"),
		IsEnabled:             new(true),
		DeletionWindowInDays:  new(float64(kit.RecoveryDays)),
		Policy: new(policy.Document{Statements: []policy.Statement{
			kit.Administration(s),
			use("SignZone", source, "kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"),
			use("GrantSigning", policy.Condition{"Bool": {"kms:GrantIsForAWSResource": {"true"}}}, "kms:CreateGrant"),
		}}.JSON()),
	}}}, desired.Needs(s.Account, zone), desired.Keep(s.Keep.Data))
	key := observed.ARN(composed.DNSSECKey)
	kit.AddByCloudControl(set, composed.KeySigningKey, aws.GlobalRegion, "AWS::Route53::KeySigningKey", map[string]any{
		"HostedZoneId": zone.Value, "KeyManagementServiceArn": key.Value, "Name": "key_1", "Status": "ACTIVE",
	}, desired.Needs(zone, key), desired.Keep(s.Keep.Data), desired.Before(composed.DNSSECKey))
	set.Add(composed.DNSSEC, &route53.HostedZoneDNSSEC{Spec: route53.HostedZoneDNSSECSpec{ForProvider: route53.HostedZoneDNSSECParameters{
		HostedZoneIDRef: set.Ref(composed.HostedZone),
		SigningStatus:   new("SIGNING"),
	}}}, desired.Needs(observed.Ready(composed.KeySigningKey)), desired.Keep(s.Keep.Data), desired.Before(composed.KeySigningKey))
}

// composeQueryLogs logs the zone's queries. Route 53 only writes to log groups in
// us-east-1. Their names start with /aws/route53/ by convention.
func composeQueryLogs(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	name := kit.QueryLogGroup(s)
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.QueryLogGroup, Name: name, Region: aws.GlobalRegion, Key: composed.EdgeKey})
	zone := observed.ExternalName(composed.HostedZone)
	group := s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+name)
	var needs []facts.Fact
	if s.Shared == nil {
		needs = append(needs, observed.Ready(composed.QueryLogPolicy))
		kit.ComposeLogWriter(s, set, kit.LogWriter{
			Resource: composed.QueryLogPolicy, Name: s.Stack + "-dns-queries", Sid: "WriteQueryLogs", Service: kit.Route53, Region: aws.GlobalRegion,
			Streams: []string{group + ":*"}, Source: s.Partition.ARN("route53", "", "", "hostedzone/"+zone.Value),
		}, desired.Needs(zone))
	}
	set.Add(composed.QueryLog, &route53.QueryLog{Spec: route53.QueryLogSpec{ForProvider: route53.QueryLogParameters{
		ZoneIDRef:                set.Ref(composed.HostedZone),
		CloudwatchLogGroupArnRef: set.Ref(composed.QueryLogGroup),
	}}}, desired.Needs(needs...), desired.Before(composed.QueryLogGroup))
}

// composeRecords adds the validation records and, once the distribution serves the
// domains, their alias records, in the claim's zone.
func composeRecords(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	zone := s.CDN.HostedZone
	if zone == nil {
		return
	}
	record := func(r string, p route53.RecordParameters, needs ...facts.Fact) {
		if zone.Existing != nil {
			p.ZoneID = new(zone.Existing.ID)
		} else {
			p.ZoneIDRef = set.Ref(composed.HostedZone)
		}
		set.Add(r, &route53.Record{Spec: route53.RecordSpec{ForProvider: p}}, desired.Needs(needs...))
	}
	certificate := certificateName(s)
	target := observed.Fact(composed.Distribution, "status.atProvider.domainName")
	for _, domain := range s.CDN.Domains() {
		digest := naming.Hash(domain)
		if certificate != "" {
			p := proofOf(observed, certificate, domain)
			record(composed.ValidationRecord(digest), route53.RecordParameters{
				Name: new(p.name.Value), Type: new(p.kind.Value), Records: kit.Pointers([]string{p.value.Value}), TTL: new(float64(300)),
				// Another certificate for the domain has the same record.
				AllowOverwrite: new(true),
			}, p.name, p.kind, p.value)
		}
		for _, recordType := range []string{"A", "AAAA"} {
			record(composed.Alias(digest, recordType), route53.RecordParameters{
				Name: new(domain), Type: new(recordType),
				Alias: &route53.AliasParameters{Name: new(target.Value), ZoneID: new(distributionZone), EvaluateTargetHealth: new(false)},
			}, target, served(observed, domain))
		}
	}
}

// served returns the fact that the distribution serves a domain. It returns an
// error to visitors of other domains.
func served(observed facts.Observed, domain string) facts.Fact {
	f := facts.Fact{Resource: composed.Distribution, Path: "alias " + domain}
	if slices.Contains(kit.Texts(observed, composed.Distribution, "status.atProvider.aliases"), domain) {
		f.Value = domain
	}
	return f
}

// reportHostedZone reports the name servers for the delegation. It is nil if the
// stack has no zone.
func reportHostedZone(s *settings.Settings, observed facts.Observed) *v1alpha1.HostedZoneStatus {
	if kit.ManagedZone(s) == nil || !observed.Has(composed.HostedZone) {
		return nil
	}
	return &v1alpha1.HostedZoneStatus{
		ID: observed.ExternalName(composed.HostedZone).Value, NameServers: kit.Texts(observed, composed.HostedZone, "status.atProvider.nameServers"),
	}
}
