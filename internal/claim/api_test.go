package claim

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
)

// apiCase is a spec that a user applies, and the API server's response.
type apiCase struct {
	reason string
	// spec is the new spec, and old the existing one. old is empty for a new
	// object. Both get the API's defaults.
	spec, old string
	// want contains every error with the path of its field.
	want []string
}

// Messages of rules, in the order of the API.
const (
	regionImmutable     = "region cannot be changed: create a new stack in the other region"
	zonesOfRegion       = "zones must be in the stack's region; for example, eu-west-1a in eu-west-1"
	failoverReplica     = "originFailover requires assets.replica: set assets.replica, or remove originFailover"
	copyMoved           = "copyRegion cannot be changed: to stop copying, remove copyRegion (existing copies are kept)"
	copyUnlocked        = "Vault Lock cannot be disabled through the claim: set locked to true; if necessary, delete the Vault Lock configuration in AWS"
	copyElsewhere       = "copyRegion must differ from the stack's region"
	copyLocked          = "locked cannot be combined with deletionPolicy Delete (the default in development), because a locked vault cannot be emptied: set deletionPolicy to Retain or Snapshot, or remove locked"
	replicaElsewhere    = "the replica's region must differ from the stack's region"
	replicaRemoved      = "the replica cannot be removed, because it contains data: to delete it, delete the stack"
	replicaMoved        = "the replica's region cannot be changed"
	scriptsFromNowhere  = "policy must restrict script sources: add default-src or script-src; for example, default-src 'self'"
	scriptsFromAnywhere = "policy must list specific script sources: default-src and script-src must not contain 'unsafe-inline', 'unsafe-eval', *, http:, https: or data:"
	keyInPEM            = "each key must be a public key in PEM format that begins with -----BEGIN PUBLIC KEY-----; never put a private key here"
	lockedForEver       = "objectLockDays cannot be combined with deletionPolicy Delete (the default in development), because locked objects cannot be deleted: set deletionPolicy to Retain or Snapshot, or remove objectLockDays"
	lockRemoved         = "objectLockDays cannot be removed, because S3 cannot disable Object Lock: keep objectLockDays; if necessary, lower its value for new log files"
	vpcNeedsNAT         = "inVpc requires NAT gateways: set network.natGateways to Single or PerZone, or remove inVpc"
	productionBackups   = "in production, backupRetentionDays must be at least 7: set a value from 7 to 35"
	certificateOfDomain = "certificateArn requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove certificateArn"
	storageLimit        = "maxSizeGiB must exceed sizeGiB by at least 10 percent; for example, if sizeGiB is 20, set maxSizeGiB to at least 22"
	storageShrinks      = "sizeGiB cannot be decreased, because RDS cannot shrink storage"
	restoreImmutable    = "restoreFrom cannot be changed after creation: to restore from another source, create a new stack"
	restoreSnapshot     = "if type is Snapshot, set snapshot.identifier; otherwise, remove snapshot"
	restorePoint        = "if type is PointInTime, set pointInTime.sourceIdentifier; otherwise, remove pointInTime"
	io2NeedsIOPS        = "type io2 requires iops: set iops to a value from 1000 to 256000"
	io2Throughput       = "throughputMiBps cannot be combined with type io2: remove throughputMiBps, or set type to gp3"
	majorLowered        = "the major version cannot be lowered: restore a snapshot from before the upgrade to a new stack"
	majorRaised         = "a major version upgrade causes several minutes of downtime and cannot be undone: to confirm the upgrade, set allowMajorVersionUpgrade to true"
	versionLowered      = "the minor version cannot be lowered, because RDS does not support downgrades"
	backupWindowShort   = "backupWindow must be at least 30 minutes long; for example, 02:00-03:00"
	cidrImmutable       = "cidr cannot be changed, because subnets and the database use it: to use another CIDR block, create a new stack"
	zonesRemoved        = "availabilityZones can be increased but not decreased, because the database may use any zone"
	zoneNamesCount      = "the number of entries in zoneNames must equal availabilityZones"
	zoneNamesOnce       = "zone names must be unique: remove the duplicate"
	zoneNamesChanged    = "existing zone names cannot be changed: keep them, and append only new names"
	existingLater       = "assets.existing cannot be added or removed after creation: create a new stack"
	existingRenamed     = "name cannot be changed: to use another bucket, create a new stack"
	existingObserved    = "policy cannot be changed from Manage to Observe"
	ingressFrom         = "a source is required: set cidrs, securityGroupIds or both"
	ingressPort         = "a rule for App requires a port: set port (for example, to 8080)"
	ingressDatabasePort = "a rule for Database cannot have port or toPort, because the database has only one port: remove these fields"
	ingressPorts        = "toPort must not be less than port: raise toPort, or remove it"
	ingressRange        = "each entry must be an IP address or a CIDR block in a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10), because the internet can reach a shop only through CloudFront; a CIDR block must start at its network address"
	ingressDatabase     = "in a rule for Database, all entries in cidrs must be within network.cidr"
	engineImmutable     = "engine cannot be changed: to use another engine, create a new stack and migrate your data"
	instanceOfRDS       = "instance is not supported for Aurora engines: remove instance, and use aurora instead"
	clusterOfAurora     = "the field aurora is supported only for Aurora engines: set engine to aurora-postgresql or aurora-mysql, or use instance instead"
	leastCapacity       = `must be from 0 to 256 in steps of 0.5, such as 2 or "0.5"; write fractions in quotes`
	mostCapacity        = `must be from 1 to 256 in steps of 0.5, such as 8 or "1.5"; write fractions in quotes`
	capacityOrder       = "maxCapacity must not be less than minCapacity"
	pauseAtZero         = "secondsUntilAutoPause requires minCapacity 0: set minCapacity to 0, or remove secondsUntilAutoPause"
	egressRange         = "each destination must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32"
	egressIPv6          = "IPv6 ranges require network.ipv6: set network.ipv6 to true, or remove the ranges"
	egressToNobody      = "a destination is required: set cidrs, securityGroupIds or prefixListIds"
	egressWide          = "toPort is not supported for CIDR blocks larger than /8 (IPv4) or /16 (IPv6): for each port, add a rule without toPort, or use smaller CIDR blocks"
	egressListed        = "a firewall with allowedDomains supports prefix lists only on ports 80 and 443: use cidrs for other ports"
	endpointOfNone      = "s3, s3express, dynamodb and dynamodb-streams are not supported as interface endpoints: remove them (the network already has a gateway endpoint for S3)"
	wafPathsLong        = "the paths in a rule must not exceed 220 characters in total, because AWS WAF compares them in one expression: use a common prefix, such as /admin/*"
	wafAnonymous        = "exceptions for AnonymousIPList and HostingProviderIPList have no effect without blockAnonymous: set blockAnonymous to true, or remove these exceptions"
	ipv6Stays           = "ipv6 cannot be disabled, because AWS does not release an IPv6 range that may be in use"
	ipv6BesideFirewall  = "ipv6 and firewall cannot be combined, because the firewall inspects only IPv4: remove one of them"
	domainsBeside       = "additionalDomains requires cdn.domain and must not contain its value: set cdn.domain, or remove the duplicate"
	zoneOfDomain        = "hostedZone requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove hostedZone"
	domainsInZone       = "the domains in cdn.domain and cdn.additionalDomains must be in the hosted zone"
	zoneExisting        = "if type is Existing, set existing.id; otherwise, remove existing"
	zoneManaged         = "if type is Managed, set managed.name; otherwise, remove managed"
	zoneMoved           = "the zone cannot be changed in place: remove hostedZone, wait until the records are deleted, then set the new zone"
	zoneRenamed         = "name cannot be changed, because the zone can contain records that the stack did not create"
	domainForm          = "must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com"
	networkMoved        = "network.existing cannot be added or removed after creation: create a new stack"
	networkOfOthers     = "zoneNames, ipv6, interfaceEndpoints, endpointBuckets, allowedDomains and firewall cannot be combined with network.existing: remove these fields, or remove network.existing"
	vpcMoved            = "vpcId cannot be changed: to use another VPC, create a new stack"
	subnetsRemoved      = "database subnets can be added but not removed, because the database may use any of them"
	subnetsOnce         = "subnet IDs must be unique: remove the duplicate"
	vpcForm             = "must be the ID of a VPC, such as vpc-0123456789abcdef0"
	subnetForm          = "must be the ID of a subnet, such as subnet-0123456789abcdef0"
	proxySubnets        = "a proxy requires private subnets in at least two availability zones: add a subnet in another zone to network.existing.privateSubnetIds"
	appElsewhere        = "the load balancer must be in the stack's region"
	firewallRange       = "cidr must be a /26 block that is within 100.64.0.0/10 and starts at its network address; for example, 100.64.0.0/26"
	firewallImmutable   = "cidr cannot be changed, because the firewall's subnets use it: remove the firewall first"
	firewallOverlaps    = "the firewall's range must not overlap network.cidr: choose another /26 block within 100.64.0.0/10"
	firewallNeedsNAT    = "a firewall requires NAT gateways: set network.natGateways to Single or PerZone"
	firewallProtected   = "availabilityZones cannot be changed while the firewall is protected: set network.firewall.protected to false first"
	cidrIPv4            = "cidr must be an IPv4 CIDR block, such as 10.0.0.0/16"
	cidrSize            = "cidr must have a prefix length from /16 to /24: AWS does not allow a larger VPC, and a smaller VPC has no room for the subnets of all zones"
	cidrMasked          = "cidr must start at its network address; for example, use 10.1.0.0/16 instead of 10.1.2.3/16"
	cidrPrivate         = "cidr must be in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
	responsesNeedTopic  = "responses require alarms, because responses report to the alarms' SNS topic: enable alarms, or disable responses"
	vpcForGood          = "inVpc cannot be disabled while responses are enabled: disable responses first"
	keyWithoutVolumes   = "ebsKeyUsers requires ebsEncryption: set ebsEncryption to true, or remove ebsKeyUsers"
	wafRange            = "each entry must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF does not support /0"
	tagKeys             = "tag keys must have 1 to 128 characters, contain only letters, digits, spaces and the symbols _.:/=+@-, and not start with aws:"
)

// Formats, as the schema states them.
const (
	regionForm = "must be an AWS region code, such as eu-west-1"
)

// broken returns the API server's message for a broken rule. It includes the value
// only if the rule applies to a single string or number.
func broken(path, message string) string { return path + ": Invalid value: " + message }

// with returns a spec in eu-west-1 with additional fields.
func with(fields string) string { return `{"region":"eu-west-1",` + fields + `}` }

// listed returns a list of n items. form is a format with the item's number.
func listed(n int, form string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(form, i)
	}
	return strings.Join(items, ",")
}

// ingress returns a spec with one ingress rule.
func ingress(fields string) string {
	return with(`"network":{"ingress":[{"description":"a",` + fields + `}]}`)
}

// endpointForm returns the message for an invalid endpoint name.
func endpointForm(i int, name string) string {
	path := fmt.Sprintf("spec.network.interfaceEndpoints[%d]", i)
	return fmt.Sprintf(`%s: Invalid value: %q: must be an AWS service name, without the prefix com.amazonaws.<region>; for example, secretsmanager`, path, name)
}

// exceptions returns n WAF exceptions.
func exceptions(n int) string {
	rules := strings.Fields("NoUserAgent_HEADER SizeRestrictions_BODY GenericLFI_BODY GenericRFI_BODY CrossSiteScripting_BODY SQLi_BODY Log4JRCE_BODY ReactJSRCE_BODY " +
		"SQLi_COOKIE SQLi_URIPATH Log4JRCE_HEADER Log4JRCE_URIPATH GenericLFI_URIPATH GenericRFI_URIPATH CrossSiteScripting_COOKIE CrossSiteScripting_URIPATH " +
		"EC2MetaDataSSRF_BODY EC2MetaDataSSRF_COOKIE EC2MetaDataSSRF_URIPATH PROPFIND_METHOD Host_localhost_HEADER")
	var out []string
	for _, r := range rules[:n] {
		out = append(out, `{"rule":"`+r+`","paths":["/a"]}`)
	}
	return strings.Join(out, ",")
}

// egress returns a spec with one egress rule.
func egress(fields string) string { return with(`"network":{"egress":[{` + fields + `}]}`) }

// aurora returns a spec with an Aurora cluster.
func aurora(fields string) string {
	return with(`"database":{"engine":"aurora-postgresql","aurora":{` + fields + `}}`)
}

// serverless returns a spec with the capacity of an Aurora cluster.
func serverless(fields string) string { return aurora(`"serverless":{` + fields + `}`) }

// restored returns a spec with a restored database.
func restored(fields string) string {
	return with(`"database":{"restoreFrom":{` + fields + `}}`)
}

// inZone returns a spec with a domain in a hosted zone.
func inZone(domain, fields string) string {
	return with(`"cdn":{"domain":"` + domain + `","hostedZone":{` + fields + `}}`)
}

// balanced returns a spec with an existing load balancer.
func balanced(fields string) string { return with(`"app":{"loadBalancer":{` + fields + `}}`) }

// ruleWords describes the allowed characters in the description of a security group
// rule.
const ruleWords = "must contain only ASCII letters, digits, spaces and the symbols ._:/()#,@+=&;{}!$*[]- (for example, Payment provider)"

// inNetwork returns a spec in an existing network, with additional fields.
func inNetwork(fields, beside string) string {
	return with(`"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]` + fields + `}` + beside + `}`)
}

// attachedTo returns a spec in an existing network with the given parts.
func attachedTo(vpc, database, private, public string) string {
	return with(`"network":{"existing":{"vpcId":"` + vpc + `","databaseSubnetIds":[` + database + `],"privateSubnetIds":[` + private + `],"publicSubnetIds":[` + public + `]}}`)
}

// guardrails returns a spec in eu-west-1 with guardrail settings.
func guardrails(fields string) string { return with(`"guardrails":{` + fields + `}`) }

// csp returns a spec with a Content-Security-Policy.
func csp(policy string) string {
	return with(`"cdn":{"contentSecurityPolicy":{"policy":"` + policy + `"}}`)
}

// publicKeys returns a spec with private downloads and public keys. Each key is the
// text between its first and last line.
func publicKeys(keys ...string) string {
	quoted := make([]string, 0, len(keys))
	for _, k := range keys {
		quoted = append(quoted, `"-----BEGIN PUBLIC KEY-----\n`+k+`\n-----END PUBLIC KEY-----\n"`)
	}
	return with(`"cdn":{"privateDownloads":{"publicKeys":[` + strings.Join(quoted, ",") + `]}}`)
}

// ofAccount returns a spec in a region with account settings.
func ofAccount(region, fields string) string {
	return `{"region":"` + region + `","account":{` + fields + `}}`
}

// supporters returns a support role for principals.
func supporters(principals string) string { return `"supportRole":{"principals":[` + principals + `]}` }

// contact returns a security contact with one changed field. An empty value omits
// the field.
func contact(name, value string) string {
	fields := []string{}
	for _, f := range [][2]string{{"name", `"Team"`}, {"title", `"On call"`}, {"email", `"a@example.com"`}, {"phone", `"+1 555 0100"`}} {
		if f[0] == name {
			f[1] = value
		}
		if f[1] != "" {
			fields = append(fields, `"`+f[0]+`":`+f[1])
		}
	}
	return `"securityContact":{` + strings.Join(fields, ",") + `}`
}

const (
	role1         = "arn:aws:iam::123456789012:role/a"
	principalForm = "'^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$'"
)

// countries returns n different strings that look like countries.
func countries(n int) string {
	items := make([]string, 0, n)
	for i := range n {
		items = append(items, fmt.Sprintf(`"%c%c"`, 'A'+i/26, 'A'+i%26))
	}
	return strings.Join(items, ",")
}

// repeated returns n different strings.
func repeated(n int, format string) string {
	items := make([]string, 0, n)
	for i := range n {
		items = append(items, fmt.Sprintf(format, i))
	}
	return strings.Join(items, ",")
}

// Cases for the whole API, in its order.
var apiCases = merged(map[string]apiCase{
	"Region": {
		reason: "The region is all that must be said.",
		spec:   `{"region":"eu-west-1"}`,
	},
	"RegionMissing": {
		reason: "No region is better than a wrong one.",
		spec:   `{}`,
		want:   []string{`spec.region: Required value`},
	},
	"RegionNew": {
		reason: "Which regions there are the function knows, not the schema.",
		spec:   `{"region":"eu-west-9"}`,
	},
	"RegionForm": {
		reason: "A zone is no region.",
		spec:   `{"region":"eu-west-1a"}`,
		want:   []string{`spec.region: Invalid value: "eu-west-1a": ` + regionForm},
	},
	"RegionTooLong": {
		reason: "No region has a name of more than 32 characters.",
		spec:   `{"region":"eu-` + strings.Repeat("w", 32) + `-1"}`,
		want:   []string{`spec.region: Too long: may not be more than 32 bytes`},
	},
	"RegionKept": {
		reason: "Another field may change.",
		spec:   with(`"size":"large"`),
		old:    with(`"size":"small"`),
	},
	"RegionChanged": {
		reason: "A stack cannot move.",
		spec:   `{"region":"eu-west-2"}`,
		old:    `{"region":"eu-west-1"}`,
		want:   []string{broken("spec.region", regionImmutable)},
	},
	"Typo": {
		reason: "An unknown field is a mistake, not a wish that is ignored.",
		spec:   with(`"databse":{},"network":{"CIDR":"10.0.0.0/16"}`),
		want:   []string{`spec.databse: Invalid value: unknown field`, `spec.network.CIDR: Invalid value: unknown field`},
	},
	"WrongType": {
		reason: "A number is not a text.",
		spec:   with(`"network":{"availabilityZones":"3"}`),
		want:   []string{`spec.network.availabilityZones: Invalid value: "string": spec.network.availabilityZones in body must be of type integer: "string"`},
	},
	"Environment": {
		reason: "Each environment is offered.",
		spec:   with(`"environment":"staging"`),
	},
	"EnvironmentUnknown": {
		reason: "The environments are listed.",
		spec:   with(`"environment":"test"`),
		want:   []string{`spec.environment: Unsupported value: "test": supported values: "production", "staging", "development"`},
	},
	"SizeUnknown": {
		reason: "The sizes are listed.",
		spec:   with(`"size":"XL"`),
		want:   []string{`spec.size: Unsupported value: "XL": supported values: "small", "medium", "large", "xlarge"`},
	},
	"DeletionPolicyUnknown": {
		reason: "The policies are listed, so that nobody takes the wrong word for a safe one.",
		spec:   with(`"deletionPolicy":"retain"`),
		want:   []string{`spec.deletionPolicy: Unsupported value: "retain": supported values: "Retain", "Snapshot", "Delete"`},
	},

	"CIDRSmallest": {
		reason: "The smallest range that has room.",
		spec:   with(`"network":{"cidr":"192.168.255.0/24"}`),
	},
	"CIDRCarrierGrade": {
		reason: "Shared address space is private too.",
		spec:   with(`"network":{"cidr":"100.64.0.0/16"}`),
	},
	"CIDRLastOf172": {
		reason: "172.16.0.0/12 ends at 172.31.255.255.",
		spec:   with(`"network":{"cidr":"172.31.0.0/16"}`),
	},
	"CIDRNone": {
		reason: "What is no range at all breaks only the one rule that says so.",
		spec:   with(`"network":{"cidr":"ten"}`),
		want:   []string{`spec.network.cidr: Invalid value: "ten": ` + cidrIPv4},
	},
	"CIDRIPv6": {
		reason: "Nor is one of IPv6 a range for these subnets.",
		spec:   with(`"network":{"cidr":"fd00::/20"}`),
		want:   []string{`spec.network.cidr: Invalid value: "fd00::/20": ` + cidrIPv4},
	},
	"CIDRTooLarge": {
		reason: "AWS has no larger VPC than /16.",
		spec:   with(`"network":{"cidr":"10.0.0.0/15"}`),
		want:   []string{`spec.network.cidr: Invalid value: "10.0.0.0/15": ` + cidrSize},
	},
	"CIDRTooSmall": {
		reason: "A /25 has no room for twelve subnets of AWS's smallest size.",
		spec:   with(`"network":{"cidr":"10.0.0.0/25"}`),
		want:   []string{`spec.network.cidr: Invalid value: "10.0.0.0/25": ` + cidrSize},
	},
	"CIDRInTheMiddle": {
		reason: "AWS would round it down, and the claim would say something else than what is.",
		spec:   with(`"network":{"cidr":"10.0.1.0/16"}`),
		want:   []string{`spec.network.cidr: Invalid value: "10.0.1.0/16": ` + cidrMasked},
	},
	"CIDRPublic": {
		reason: "A public range would take its owner's addresses off the air for the stack.",
		spec:   with(`"network":{"cidr":"172.32.0.0/16"}`),
		want:   []string{`spec.network.cidr: Invalid value: "172.32.0.0/16": ` + cidrPrivate},
	},
	"CIDRTooLong": {
		reason: "No IPv4 range has more than 18 characters.",
		spec:   with(`"network":{"cidr":"10.0.0.0/16        "}`),
		want:   []string{`spec.network.cidr: Too long: may not be more than 18 bytes`},
	},
	"CIDRChanged": {
		reason: "A VPC cannot change its range.",
		spec:   with(`"network":{"cidr":"10.1.0.0/16"}`),
		old:    with(`"network":{"cidr":"10.0.0.0/16"}`),
		want:   []string{broken("spec.network.cidr", cidrImmutable)},
	},
	"CIDRDefaultSaid": {
		reason: "Saying what the default was is no change.",
		spec:   with(`"network":{"cidr":"10.0.0.0/16"}`),
		old:    `{"region":"eu-west-1"}`,
	},

	"ZonesTooFew": {
		reason: "A database cannot fail over within one zone.",
		spec:   with(`"network":{"availabilityZones":1}`),
		want:   []string{`spec.network.availabilityZones: Invalid value: 1: spec.network.availabilityZones in body should be greater than or equal to 2`},
	},
	"ZonesTooMany": {
		reason: "The address plan has room for four, also where a region has more.",
		spec:   `{"region":"us-east-1","network":{"availabilityZones":5}}`,
		want:   []string{`spec.network.availabilityZones: Invalid value: 5: spec.network.availabilityZones in body should be less than or equal to 4`},
	},
	"ZonesThree": {
		reason: "Most regions have three.",
		spec:   with(`"network":{"availabilityZones":3}`),
	},
	"ZonesFour": {
		reason: "Some have four.",
		spec:   `{"region":"ap-northeast-2","network":{"availabilityZones":4}}`,
	},
	"ZonesAdded": {
		reason: "Zones can be added.",
		spec:   with(`"network":{"availabilityZones":3}`),
		old:    with(`"network":{"availabilityZones":2}`),
	},
	"ZonesRemoved": {
		reason: "They cannot be removed.",
		spec:   with(`"network":{"availabilityZones":2}`),
		old:    with(`"network":{"availabilityZones":3}`),
		want:   []string{broken("spec.network.availabilityZones", zonesRemoved)},
	},
	"ZonesForgotten": {
		reason: "Nor by leaving out what was said.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"network":{"availabilityZones":3}`),
		want:   []string{broken("spec.network.availabilityZones", zonesRemoved)},
	},

	"ZoneNames": {
		reason: "Zones can be named where the first ones are not offered.",
		spec:   `{"region":"us-west-1","network":{"zoneNames":["us-west-1b","us-west-1c"]}}`,
	},
	"ZoneNamesGovCloud": {
		reason: "Region names of GovCloud have a part more.",
		spec:   `{"region":"us-gov-east-1","network":{"zoneNames":["us-gov-east-1b","us-gov-east-1c"]}}`,
	},
	"ZoneNamesTooFew": {
		reason: "One name is never enough.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a"]}`),
		want: []string{
			`spec.network.zoneNames: Invalid value: 1: spec.network.zoneNames in body should have at least 2 items`,
			broken("spec.network.zoneNames", zoneNamesCount),
		},
	},
	"ZoneNamesTooMany": {
		reason: "There are four at most.",
		spec:   `{"region":"us-east-1","network":{"availabilityZones":4,"zoneNames":["us-east-1a","us-east-1b","us-east-1c","us-east-1d","us-east-1f"]}}`,
		want:   []string{`spec.network.zoneNames: Too many: 5: must have at most 4 items`},
	},
	"ZoneNamesUnlikeNumber": {
		reason: "Which of three names would two zones be?",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-west-1b","eu-west-1c"]}`),
		want:   []string{broken("spec.network.zoneNames", zoneNamesCount)},
	},
	"ZonesInAnotherOrder": {
		reason: "Each subnet stays in its zone.",
		spec:   `{"region":"us-east-1","network":{"zoneNames":["us-east-1b","us-east-1a"]}}`,
		old:    `{"region":"us-east-1","network":{"zoneNames":["us-east-1a","us-east-1b"]}}`,
		want:   []string{broken("spec.network.zoneNames", zoneNamesChanged)},
	},
	"ZoneNamesTwice": {
		reason: "Two subnets in one zone do not survive its loss.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-west-1a"]}`),
		want:   []string{broken("spec.network.zoneNames", zoneNamesOnce)},
	},
	"ZoneNamesNone": {
		reason: "A letter alone is no zone.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-west-1"]}`),
		want:   []string{`spec.network.zoneNames[1]: Invalid value: "eu-west-1": must be the name of an availability zone, such as eu-west-1a`},
	},
	"ZoneNamesTooLong": {
		reason: "No zone has a name of more than 32 characters.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-` + strings.Repeat("w", 32) + `-1a"]}`),
		want:   []string{`spec.network.zoneNames[1]: Too long: may not be more than 32 bytes`},
	},
	"ZoneNamesOfOtherRegion": {
		reason: "Subnets must be in the region of their VPC.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-west-2b"]}`),
		want:   []string{broken("spec.network.zoneNames", zonesOfRegion)},
	},
	"ZoneNamesAppended": {
		reason: "A new zone comes after those in use.",
		spec:   with(`"network":{"availabilityZones":3,"zoneNames":["eu-west-1a","eu-west-1b","eu-west-1c"]}`),
		old:    with(`"network":{"zoneNames":["eu-west-1a","eu-west-1b"]}`),
	},
	"ZoneNamesChanged": {
		reason: "A subnet cannot move to another zone.",
		spec:   with(`"network":{"zoneNames":["eu-west-1a","eu-west-1c"]}`),
		old:    with(`"network":{"zoneNames":["eu-west-1a","eu-west-1b"]}`),
		want:   []string{broken("spec.network.zoneNames", zoneNamesChanged)},
	},
	"ZoneNamesForgotten": {
		reason: "Without the names the usual zones would be asked for.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"network":{"zoneNames":["eu-west-1b","eu-west-1c"]}`),
		want:   []string{broken("spec.network.zoneNames", zoneNamesChanged)},
	},

	"NATGateways": {
		reason: "Each way out is offered.",
		spec:   with(`"network":{"natGateways":"PerZone"}`),
	},
	"NATGatewaysUnknown": {
		reason: "The ways out are listed.",
		spec:   with(`"network":{"natGateways":"per-zone"}`),
		want:   []string{`spec.network.natGateways: Unsupported value: "per-zone": supported values: "Single", "PerZone", "None"`},
	},
	"Ingress": {
		reason: "A load balancer, an office by VPN and the analysts' group may call.",
		spec: with(`"network":{"ingress":[
			{"description":"Internal load balancer (a, b).","port":8080,"toPort":8081,"securityGroupIds":["sg-0a1b2c3d4e5f60001"]},
			{"description":"Office","port":443,"cidrs":["192.168.0.0/16","172.20.1.0/24"],"securityGroupIds":["sg-0a1b2c3d"]},
			{"to":"Database","description":"Analysts","cidrs":["10.0.4.0/24"]}]}`),
	},
	"IngressMany": {
		reason: "A security group has room for sixty rules, which these could already be more than.",
		spec:   with(`"network":{"ingress":[` + repeated(21, `{"description":"rule %d","port":443,"cidrs":["10.0.0.0/8"]}`) + `]}`),
		want:   []string{`spec.network.ingress: Too many: 21: must have at most 20 items`},
	},
	"IngressFromTheInternet": {
		reason: "Nothing that the stack runs is called from the internet but its CDN.",
		spec:   ingress(`"port":443,"cidrs":["0.0.0.0/0"]`),
		want:   []string{broken("spec.network.ingress[0].cidrs", ingressRange)},
	},
	"IngressFromAPublicRange": {
		reason: "A partner's addresses are of the internet too.",
		spec:   ingress(`"port":443,"cidrs":["10.0.0.0/8","203.0.113.0/24"]`),
		want:   []string{broken("spec.network.ingress[0].cidrs", ingressRange)},
	},
	"IngressFromAWiderRange": {
		reason: "A range that is larger than the private one reaches out of it.",
		spec:   ingress(`"port":443,"cidrs":["10.0.0.0/7"]`),
		want:   []string{broken("spec.network.ingress[0].cidrs", ingressRange)},
	},
	"IngressInTheMiddle": {
		reason: "AWS would round it down.",
		spec:   ingress(`"port":443,"cidrs":["10.1.2.3/16"]`),
		want:   []string{broken("spec.network.ingress[0].cidrs", ingressRange)},
	},
	"IngressIPv6": {
		reason: "The VPC has no IPv6.",
		spec:   ingress(`"port":443,"cidrs":["fd00::/8"]`),
		want:   []string{broken("spec.network.ingress[0].cidrs", ingressRange)},
	},
	"IngressRangeTooLong": {
		reason: "No IPv4 range has more than 18 characters.",
		spec:   ingress(`"port":443,"cidrs":["office.internal.example.com"]`),
		want:   []string{`spec.network.ingress[0].cidrs[0]: Too long: may not be more than 18 bytes`},
	},
	"IngressRangesMany": {
		reason: "Ten ranges are enough for one purpose.",
		spec:   ingress(`"port":443,"cidrs":[` + repeated(11, `"10.%d.0.0/16"`) + `]`),
		want:   []string{`spec.network.ingress[0].cidrs: Too many: 11: must have at most 10 items`},
	},
	"IngressRangeTwice": {
		reason: "AWS refuses the same rule twice.",
		spec:   ingress(`"port":443,"cidrs":["10.0.0.0/8","10.0.0.0/8"]`),
		want:   []string{`spec.network.ingress[0].cidrs[1]: Duplicate value: "10.0.0.0/8"`},
	},
	"IngressFromNobody": {
		reason: "A rule that lets nobody in is a mistake.",
		spec:   ingress(`"port":443`),
		want:   []string{broken("spec.network.ingress[0]", ingressFrom)},
	},
	"IngressFromNobodyListed": {
		reason: "Empty lists let nobody in either.",
		spec:   ingress(`"port":443,"cidrs":[],"securityGroupIds":[]`),
		want:   []string{broken("spec.network.ingress[0]", ingressFrom)},
	},
	"IngressWithoutPort": {
		reason: "All ports is not what anybody means.",
		spec:   ingress(`"cidrs":["10.0.0.0/8"]`),
		want:   []string{broken("spec.network.ingress[0].port", ingressPort)},
	},
	"IngressPortOfDatabase": {
		reason: "Another port than the database's would be open for nothing.",
		spec:   ingress(`"to":"Database","port":5432,"cidrs":["10.0.0.0/24"]`),
		want:   []string{broken("spec.network.ingress[0].port", ingressDatabasePort)},
	},
	"IngressPortsBackwards": {
		reason: "AWS takes ports from the first to the last.",
		spec:   ingress(`"port":8081,"toPort":8080,"cidrs":["10.0.0.0/8"]`),
		want:   []string{broken("spec.network.ingress[0].toPort", ingressPorts)},
	},
	"IngressPortOutOfRange": {
		reason: "TCP has 65535 ports.",
		spec:   ingress(`"port":0,"toPort":65536,"cidrs":["10.0.0.0/8"]`),
		want: []string{
			`spec.network.ingress[0].port: Invalid value: 0: spec.network.ingress[0].port in body should be greater than or equal to 1`,
			`spec.network.ingress[0].toPort: Invalid value: 65536: spec.network.ingress[0].toPort in body should be less than or equal to 65535`,
		},
	},
	"IngressPortsTooHighAndTooLow": {
		reason: "TCP has 65535 ports.",
		spec:   ingress(`"port":65536,"toPort":0,"cidrs":["10.0.0.0/8"]`),
		want: []string{
			`spec.network.ingress[0].port: Invalid value: 65536: spec.network.ingress[0].port in body should be less than or equal to 65535`,
			`spec.network.ingress[0].toPort: Invalid value: 0: spec.network.ingress[0].toPort in body should be greater than or equal to 1`,
			broken("spec.network.ingress[0].toPort", ingressPorts),
		},
	},
	"IngressToNowhere": {
		reason: "Two things may be called.",
		spec:   ingress(`"to":"cache","port":443,"cidrs":["10.0.0.0/8"]`),
		want:   []string{`spec.network.ingress[0].to: Unsupported value: "cache": supported values: "App", "Database"`},
	},
	"IngressGroup": {
		reason: "AWS names groups so.",
		spec:   ingress(`"port":443,"securityGroupIds":["default"]`),
		want:   []string{`spec.network.ingress[0].securityGroupIds[0]: Invalid value: "default": must be the ID of a security group, such as sg-0123456789abcdef0`},
	},
	"IngressGroupTooLong": {
		reason: "No ID of a group has more than 20 characters.",
		spec:   ingress(`"port":443,"securityGroupIds":["sg-0a1b2c3d4e5f600011"]`),
		want:   []string{`spec.network.ingress[0].securityGroupIds[0]: Too long: may not be more than 20 bytes`},
	},
	"IngressGroupsMany": {
		reason: "Ten groups are enough for one purpose.",
		spec:   ingress(`"port":443,"securityGroupIds":[` + repeated(11, `"sg-0a1b2c%02d"`) + `]`),
		want:   []string{`spec.network.ingress[0].securityGroupIds: Too many: 11: must have at most 10 items`},
	},
	"IngressGroupTwice": {
		reason: "AWS refuses the same rule twice.",
		spec:   ingress(`"port":443,"securityGroupIds":["sg-0a1b2c3d","sg-0a1b2c3d"]`),
		want:   []string{`spec.network.ingress[0].securityGroupIds[1]: Duplicate value: "sg-0a1b2c3d"`},
	},
	"IngressUnexplained": {
		reason: "Whoever audits a rule wants to know why it is there.",
		spec:   with(`"network":{"ingress":[{"port":443,"cidrs":["10.0.0.0/8"]}]}`),
		want:   []string{`spec.network.ingress[0].description: Required value`},
	},
	"IngressExplainedByNothing": {
		reason: "An empty description says nothing.",
		spec:   with(`"network":{"ingress":[{"description":"","port":443,"cidrs":["10.0.0.0/8"]}]}`),
		want:   []string{`spec.network.ingress[0].description: Invalid value: "": must contain only ASCII letters, digits, spaces and the symbols ._:/()#,@+=&;{}!$*[]- (for example, Payment provider)`},
	},
	"IngressExplainedAtLength": {
		reason: "AWS takes 255 characters.",
		spec:   with(`"network":{"ingress":[{"description":"` + strings.Repeat("a", 201) + `","port":443,"cidrs":["10.0.0.0/8"]}]}`),
		want:   []string{`spec.network.ingress[0].description: Too long: may not be more than 200 bytes`},
	},
	"IngressExplainedInUmlauts": {
		reason: "AWS takes these characters only.",
		spec:   with(`"network":{"ingress":[{"description":"Büro","port":443,"cidrs":["10.0.0.0/8"]}]}`),
		want:   []string{`spec.network.ingress[0].description: Invalid value: "Büro": ` + ruleWords},
	},
	"IngressToDatabaseFromOutside": {
		reason: "The database's network ACL lets in the VPC only.",
		spec:   with(`"network":{"ingress":[{"to":"Database","description":"a","cidrs":["10.0.4.0/24","192.168.0.0/16"]}]}`),
		want:   []string{broken("spec.network.ingress", ingressDatabase)},
	},
	"IngressToDatabaseOfExistingNetwork": {
		reason: "There the network's owner decides who gets to the subnets.",
		spec:   inNetwork("", `,"ingress":[{"to":"Database","description":"a","cidrs":["192.168.0.0/16"]}]`),
	},
	"Aurora": {
		reason: "An Aurora cluster needs nothing more to be said.",
		spec:   with(`"database":{"engine":"aurora-postgresql"}`),
	},
	"AuroraCapacity": {
		reason: "Capacity goes in halves, down to nothing and up to what AWS has.",
		spec:   serverless(`"minCapacity":0,"maxCapacity":256,"secondsUntilAutoPause":300`),
	},
	"AuroraCapacityInQuotes": {
		reason: "A quantity may be a text, whole or not, however it is written.",
		spec:   serverless(`"minCapacity":"0.0","maxCapacity":"1500m","secondsUntilAutoPause":300`),
	},
	"AuroraCapacityOfOneSize": {
		reason: "A cluster need not grow, whichever way it is written.",
		spec:   serverless(`"minCapacity":4,"maxCapacity":"4.0"`),
	},
	"AuroraWithReads": {
		reason: "Readers are its standbys, and proxy and backups are the same words.",
		spec:   with(`"database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":"0.5","maxCapacity":"2.5"},"readers":2},"proxy":{},"backupPlan":{}}`),
	},
	"EngineUnknown": {
		reason: "Shops do not run on Oracle.",
		spec:   with(`"database":{"engine":"oracle-se2"}`),
		want:   []string{`spec.database.engine: Unsupported value: "oracle-se2": supported values: "postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"`},
	},
	"EngineChanged": {
		reason: "Data does not move by itself.",
		old:    with(`"database":{"engine":"postgres"}`),
		spec:   with(`"database":{"engine":"aurora-postgresql"}`),
		want:   []string{broken("spec.database.engine", engineImmutable)},
	},
	"EngineChangedBack": {
		reason: "Nor back.",
		old:    with(`"database":{"engine":"aurora-postgresql"}`),
		spec:   with(`"database":{}`),
		want:   []string{broken("spec.database.engine", engineImmutable)},
	},
	"EngineStays": {
		reason: "An engine that stays is no change.",
		old:    with(`"database":{"engine":"aurora-postgresql"}`),
		spec:   aurora(`"readers":1`),
	},
	"AuroraWithInstanceClass": {
		reason: "Aurora has none of what an instance of RDS is sized by.",
		spec:   with(`"database":{"engine":"aurora-postgresql","instance":{"class":"db.r6g.large"}}`),
		want:   []string{broken("spec.database.instance", instanceOfRDS)},
	},
	"AuroraWithMultiAZ": {
		reason: "Its standbys are instances that read.",
		spec:   with(`"database":{"engine":"aurora-postgresql","instance":{"multiAZ":true}}`),
		want:   []string{broken("spec.database.instance", instanceOfRDS)},
	},
	"AuroraWithStorage": {
		reason: "Its storage grows by itself.",
		spec:   with(`"database":{"engine":"aurora-postgresql","instance":{"storage":{"sizeGiB":100}}}`),
		want:   []string{broken("spec.database.instance", instanceOfRDS)},
	},
	"AuroraWithBoth": {
		reason: "A database is one or the other.",
		spec:   with(`"database":{"engine":"aurora-postgresql","aurora":{"readers":1},"instance":{"class":"db.r6g.large"}}`),
		want:   []string{broken("spec.database.instance", instanceOfRDS)},
	},
	"ServerlessOfAnInstance": {
		reason: "An instance of RDS has the size of its class.",
		spec:   with(`"database":{"aurora":{"serverless":{"maxCapacity":4}}}`),
		want:   []string{broken("spec.database.aurora", clusterOfAurora)},
	},
	"CapacityOrder": {
		reason: "The most cannot be below the least.",
		spec:   serverless(`"minCapacity":4,"maxCapacity":2`),
		want:   []string{broken("spec.database.aurora.serverless.maxCapacity", capacityOrder)},
	},
	"CapacityOrderOfNumbers": {
		reason: "They are compared as numbers, not as texts.",
		spec:   serverless(`"minCapacity":"10.5","maxCapacity":"9.5"`),
		want:   []string{broken("spec.database.aurora.serverless.maxCapacity", capacityOrder)},
	},
	"CapacityInHalves": {
		reason: "AWS has no other steps.",
		spec:   serverless(`"minCapacity":"0.7"`),
		want:   []string{broken("spec.database.aurora.serverless.minCapacity", `"0.7": `+leastCapacity)},
	},
	"MostCapacityInHalves": {
		reason: "Nor here.",
		spec:   serverless(`"maxCapacity":"4.25"`),
		want:   []string{broken("spec.database.aurora.serverless.maxCapacity", `"4.25": `+mostCapacity)},
	},
	"CapacityWithoutQuotes": {
		reason: "Kubernetes has no fractions but in quotes.",
		spec:   serverless(`"minCapacity":0.5`),
		want: []string{
			`<nil>: Invalid value: "": "spec.database.aurora.serverless.minCapacity" must validate at least one schema (anyOf)`,
			`<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.database.aurora.serverless.minCapacity`,
			`spec.database.aurora.serverless.minCapacity: Invalid value: "number": spec.database.aurora.serverless.minCapacity in body must be of type integer,string: "number"`,
			`spec.database.aurora.serverless.minCapacity: Invalid value: "number": spec.database.aurora.serverless.minCapacity in body must be of type integer: "number"`,
		},
	},
	"CapacityInWords": {
		reason: "A word is no number.",
		spec:   serverless(`"minCapacity":"half","maxCapacity":"all"`),
		want: []string{
			broken("spec.database.aurora.serverless.maxCapacity", `"all": `+mostCapacity),
			broken("spec.database.aurora.serverless.minCapacity", `"half": `+leastCapacity),
		},
	},
	"LeastCapacityTooLittle": {
		reason: "There is nothing below nothing.",
		spec:   serverless(`"minCapacity":-1`),
		want:   []string{broken("spec.database.aurora.serverless.minCapacity", "-1: "+leastCapacity)},
	},
	"LeastCapacityTooMuch": {
		reason: "AWS has no more.",
		spec:   serverless(`"minCapacity":257`),
		want:   []string{broken("spec.database.aurora.serverless.minCapacity", "257: "+leastCapacity)},
	},
	"MostCapacityTooLittle": {
		reason: "AWS wants room to work.",
		spec:   serverless(`"maxCapacity":"0.5"`),
		want:   []string{broken("spec.database.aurora.serverless.maxCapacity", `"0.5": `+mostCapacity)},
	},
	"MostCapacityTooMuch": {
		reason: "AWS has no more.",
		spec:   serverless(`"maxCapacity":"256.5"`),
		want:   []string{broken("spec.database.aurora.serverless.maxCapacity", `"256.5": `+mostCapacity)},
	},
	"CapacityBeyondNumbers": {
		reason: "What is more than any number is too much, too.",
		spec:   serverless(`"minCapacity":"9E","maxCapacity":"1e300"`),
		want: []string{
			broken("spec.database.aurora.serverless.maxCapacity", `"1e300": `+mostCapacity),
			broken("spec.database.aurora.serverless.minCapacity", `"9E": `+leastCapacity),
		},
	},
	"PauseWithoutZero": {
		reason: "What never shrinks to nothing never pauses.",
		spec:   serverless(`"minCapacity":"0.5","secondsUntilAutoPause":600`),
		want:   []string{broken("spec.database.aurora.serverless.secondsUntilAutoPause", pauseAtZero)},
	},
	"PauseWithoutLeast": {
		reason: "The size decides on more than nothing.",
		spec:   serverless(`"secondsUntilAutoPause":600`),
		want:   []string{broken("spec.database.aurora.serverless.secondsUntilAutoPause", pauseAtZero)},
	},
	"PauseTooSoon": {
		reason: "AWS waits for five minutes at least.",
		spec:   serverless(`"minCapacity":0,"secondsUntilAutoPause":299`),
		want:   []string{`spec.database.aurora.serverless.secondsUntilAutoPause: Invalid value: 299: spec.database.aurora.serverless.secondsUntilAutoPause in body should be greater than or equal to 300`},
	},
	"PauseTooLate": {
		reason: "And for a day at most.",
		spec:   serverless(`"minCapacity":0,"secondsUntilAutoPause":86401`),
		want:   []string{`spec.database.aurora.serverless.secondsUntilAutoPause: Invalid value: 86401: spec.database.aurora.serverless.secondsUntilAutoPause in body should be less than or equal to 86400`},
	},

	"Egress": {
		reason: "A single address is a range too, and a rule may say why it is there.",
		spec:   with(`"network":{"egress":[{"description":"Payment provider (cards).","cidrs":["203.0.113.0/24","198.51.100.7/32"]},{"cidrs":["192.0.2.0/24"]}]}`),
	},
	"EgressNone": {
		reason: "No rules are the same as none asked for.",
		spec:   with(`"network":{"egress":[]}`),
	},
	"EgressRulesMany": {
		reason: "Twenty purposes are enough.",
		spec:   with(`"network":{"egress":[` + repeated(21, `{"cidrs":["10.%d.0.0/16"]}`) + `]}`),
		want:   []string{`spec.network.egress: Too many: 21: must have at most 20 items`},
	},
	"EgressToNowhere": {
		reason: "A rule that lets nobody be called is a mistake.",
		spec:   egress(`"description":"a"`),
		want:   []string{broken("spec.network.egress[0]", egressToNobody)},
	},
	"EgressToNowhereListed": {
		reason: "Empty lists let nobody be called either.",
		spec:   egress(`"cidrs":[],"securityGroupIds":[],"prefixListIds":[]`),
		want:   []string{broken("spec.network.egress[0]", egressToNobody)},
	},
	"EgressByPort": {
		reason: "A mail relay, a clock, a database of another team.",
		spec:   with(`"network":{"egress":[{"port":587,"cidrs":["0.0.0.0/0"]},{"protocol":"UDP","port":123,"cidrs":["203.0.113.7"]},{"port":5432,"securityGroupIds":["sg-0a1b2c3d"]},{"port":8000,"toPort":8080,"prefixListIds":["pl-0a1b2c3d"]},{"port":1,"toPort":65535,"cidrs":["10.0.0.0/8"]}]}`),
	},
	"EgressToAnywhere": {
		reason: "Anywhere is one port at a time.",
		spec:   egress(`"port":1,"toPort":65535,"cidrs":["0.0.0.0/0"]`),
		want:   []string{broken("spec.network.egress[0].toPort", egressWide)},
	},
	"EgressToHalfOfAnywhere": {
		reason: "Two halves are anywhere too.",
		spec:   egress(`"port":1000,"toPort":1001,"cidrs":["0.0.0.0/1","128.0.0.0/1"]`),
		want:   []string{broken("spec.network.egress[0].toPort", egressWide)},
	},
	"EgressToAnywhereByIPv6": {
		reason: "So is IPv6.",
		spec:   with(`"network":{"ipv6":true,"egress":[{"port":1000,"toPort":1001,"cidrs":["::/0"]}]}`),
		want:   []string{broken("spec.network.egress[0].toPort", egressWide)},
	},
	"EgressToAnywhereOnOnePort": {
		reason: "The same port twice is one.",
		spec:   with(`"network":{"ipv6":true,"egress":[{"port":993,"toPort":993,"cidrs":["::/0","0.0.0.0/0"]},{"port":1000,"toPort":1001,"cidrs":["2001:d00::/24","2001:db8::1"]}]}`),
	},
	"EgressPortsBackwards": {
		reason: "A range of ports begins with its first.",
		spec:   egress(`"port":1001,"toPort":1000,"cidrs":["10.0.0.0/8"]`),
		want:   []string{broken("spec.network.egress[0].toPort", ingressPorts)},
	},
	"EgressPortsBelowHTTPS": {
		reason: "The first port is that of HTTPS unless a rule says it.",
		spec:   egress(`"toPort":80,"cidrs":["10.0.0.0/8"]`),
		want:   []string{broken("spec.network.egress[0].toPort", ingressPorts)},
	},
	"EgressPortNone": {
		reason: "Ports count from 1.",
		spec:   egress(`"port":0,"toPort":0,"cidrs":["10.0.0.0/8"]`),
		want: []string{
			`spec.network.egress[0].port: Invalid value: 0: spec.network.egress[0].port in body should be greater than or equal to 1`,
			`spec.network.egress[0].toPort: Invalid value: 0: spec.network.egress[0].toPort in body should be greater than or equal to 1`,
		},
	},
	"EgressPortTooHigh": {
		reason: "There are 65535.",
		spec:   egress(`"port":65536,"toPort":65536,"cidrs":["10.0.0.0/8"]`),
		want: []string{
			`spec.network.egress[0].port: Invalid value: 65536: spec.network.egress[0].port in body should be less than or equal to 65535`,
			`spec.network.egress[0].toPort: Invalid value: 65536: spec.network.egress[0].toPort in body should be less than or equal to 65535`,
		},
	},
	"EgressProtocol": {
		reason: "All protocols at once are none that somebody chose.",
		spec:   egress(`"protocol":"ALL","cidrs":["10.0.0.0/8"]`),
		want:   []string{`spec.network.egress[0].protocol: Unsupported value: "ALL": supported values: "TCP", "UDP"`},
	},
	"EgressToNoGroup": {
		reason: "Groups have IDs.",
		spec:   egress(`"securityGroupIds":["default"]`),
		want:   []string{`spec.network.egress[0].securityGroupIds[0]: Invalid value: "default": must be the ID of a security group, such as sg-0123456789abcdef0`},
	},
	"EgressToLongGroup": {
		reason: "IDs have 20 characters.",
		spec:   egress(`"securityGroupIds":["sg-0123456789abcdef01"]`),
		want: []string{
			`spec.network.egress[0].securityGroupIds[0]: Too long: may not be more than 20 bytes`,
		},
	},
	"EgressToGroups": {
		reason: "A rule takes ten groups.",
		spec:   egress(`"securityGroupIds":[` + repeated(11, `"sg-0000000%x"`) + `]`),
		want:   []string{`spec.network.egress[0].securityGroupIds: Too many: 11: must have at most 10 items`},
	},
	"EgressToGroupTwice": {
		reason: "AWS refuses the same rule twice.",
		spec:   egress(`"securityGroupIds":["sg-0a1b2c3d","sg-0a1b2c3d"]`),
		want:   []string{`spec.network.egress[0].securityGroupIds[1]: Duplicate value: "sg-0a1b2c3d"`},
	},
	"EgressToNoList": {
		reason: "Prefix lists have IDs.",
		spec:   egress(`"prefixListIds":["com.amazonaws.eu-west-1.s3"]`),
		want:   []string{`spec.network.egress[0].prefixListIds[0]: Too long: may not be more than 20 bytes`},
	},
	"EgressToWrongList": {
		reason: "Of their own form.",
		spec:   egress(`"prefixListIds":["sg-0a1b2c3d"]`),
		want:   []string{`spec.network.egress[0].prefixListIds[0]: Invalid value: "sg-0a1b2c3d": must be the ID of a prefix list, such as pl-4fa04526`},
	},
	"EgressToLists": {
		reason: "A rule takes ten lists.",
		spec:   egress(`"prefixListIds":[` + repeated(11, `"pl-0000000%x"`) + `]`),
		want:   []string{`spec.network.egress[0].prefixListIds: Too many: 11: must have at most 10 items`},
	},
	"EgressToListTwice": {
		reason: "AWS refuses the same rule twice.",
		spec:   egress(`"prefixListIds":["pl-0a1b2c3d","pl-0a1b2c3d"]`),
		want:   []string{`spec.network.egress[0].prefixListIds[1]: Duplicate value: "pl-0a1b2c3d"`},
	},
	"EgressToListPastFirewall": {
		reason: "A firewall knows no ranges of a list, and nothing else by name.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":["example.com"],"egress":[{"port":25,"prefixListIds":["pl-0a1b2c3d"]}]}`),
		want:   []string{broken("spec.network.egress", egressListed)},
	},
	"EgressToListPastFirewallByUDP": {
		reason: "HTTP over UDP is not looked into either.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":["example.com"],"egress":[{"protocol":"UDP","prefixListIds":["pl-0a1b2c3d"]}]}`),
		want:   []string{broken("spec.network.egress", egressListed)},
	},
	"EgressToListByNames": {
		reason: "HTTPS is known by its name.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":["example.com"],"egress":[{"prefixListIds":["pl-0a1b2c3d"]},{"port":80,"toPort":80,"prefixListIds":["pl-0a1b2c3d"]}]}`),
	},
	"EgressExplainedByNothing": {
		reason: "An empty description says nothing.",
		spec:   egress(`"description":"","cidrs":["203.0.113.0/24"]`),
		want:   []string{`spec.network.egress[0].description: Invalid value: "": must contain only ASCII letters, digits, spaces and the symbols ._:/()#,@+=&;{}!$*[]- (for example, Payment provider)`},
	},
	"EgressExplainedAtLength": {
		reason: "AWS takes 255 characters.",
		spec:   egress(`"description":"` + strings.Repeat("a", 201) + `","cidrs":["203.0.113.0/24"]`),
		want:   []string{`spec.network.egress[0].description: Too long: may not be more than 200 bytes`},
	},
	"EgressExplainedInUmlauts": {
		reason: "AWS takes these characters only.",
		spec:   egress(`"description":"Büro","cidrs":["203.0.113.0/24"]`),
		want:   []string{`spec.network.egress[0].description: Invalid value: "Büro": ` + ruleWords},
	},
	"EgressMany": {
		reason: "A security group has room for so many rules, and no more.",
		spec:   egress(`"cidrs":[` + repeated(21, `"10.%d.0.0/16"`) + `]`),
		want:   []string{`spec.network.egress[0].cidrs: Too many: 21: must have at most 20 items`},
	},
	"EgressTwice": {
		reason: "AWS refuses the same rule twice.",
		spec:   egress(`"cidrs":["203.0.113.0/24","203.0.113.0/24"]`),
		want:   []string{`spec.network.egress[0].cidrs[1]: Duplicate value: "203.0.113.0/24"`},
	},
	"EgressTooLong": {
		reason: "No range has more than 43 characters.",
		spec:   egress(`"cidrs":["payments.of.a.provider.with.a.name.example.com"]`),
		want:   []string{`spec.network.egress[0].cidrs[0]: Too long: may not be more than 43 bytes`},
	},
	"EgressName": {
		reason: "Security groups know no names.",
		spec:   egress(`"cidrs":["payments.example.com"]`),
		want:   []string{broken("spec.network.egress[0].cidrs", egressRange)},
	},
	"EgressOneOfTwo": {
		reason: "One good range does not excuse another.",
		spec:   egress(`"cidrs":["203.0.113.0/24","203.0.113.7/24"]`),
		want:   []string{broken("spec.network.egress[0].cidrs", egressRange)},
	},
	"EgressInTheMiddle": {
		reason: "Whoever writes a host with a prefix may have meant the host alone.",
		spec:   egress(`"cidrs":["203.0.113.7/24"]`),
		want:   []string{broken("spec.network.egress[0].cidrs", egressRange)},
	},
	"EgressIPv6": {
		reason: "The VPC has no IPv6 unless the claim asks for it.",
		spec:   egress(`"cidrs":["2001:db8::/32"]`),
		want:   []string{broken("spec.network.egress", egressIPv6)},
	},
	"EgressIPv6OfOneOfTwo": {
		reason: "All rules count.",
		spec:   with(`"network":{"egress":[{"cidrs":["203.0.113.0/24"]},{"cidrs":["198.51.100.0/24","2001:db8::/32"]}]}`),
		want:   []string{broken("spec.network.egress", egressIPv6)},
	},
	"EgressIPv6OfDualStack": {
		reason: "The longest range of all is one, too.",
		spec:   with(`"network":{"ipv6":true,"egress":[{"cidrs":["2001:db8::/32","2001:db8:1234:5678:9abc:def0:1234:5678/128","203.0.113.0/24"]}]}`),
	},
	"EgressIPv6InTheMiddle": {
		reason: "Whoever writes a host with a prefix may have meant the host alone.",
		spec:   with(`"network":{"ipv6":true,"egress":[{"cidrs":["2001:db8::1/32"]}]}`),
		want:   []string{broken("spec.network.egress[0].cidrs", egressRange)},
	},
	"EgressIPv6OfExistingNetwork": {
		reason: "Whether a network that exists has IPv6 is its owner's to say.",
		spec:   inNetwork("", `,"egress":[{"cidrs":["2001:db8::/32"]}]`),
	},
	"IPv6Added": {
		reason: "AWS gives a VPC a range later, too.",
		old:    with(`"network":{}`),
		spec:   with(`"network":{"ipv6":true}`),
	},
	"IPv6Removed": {
		reason: "AWS takes no range back that a network interface has an address of.",
		old:    with(`"network":{"ipv6":true}`),
		spec:   with(`"network":{}`),
		want:   []string{broken("spec.network.ipv6", ipv6Stays)},
	},
	"IPv6SwitchedOff": {
		reason: "To say it is the same as to leave it out.",
		old:    with(`"network":{"ipv6":true}`),
		spec:   with(`"network":{"ipv6":false}`),
		want:   []string{broken("spec.network.ipv6", ipv6Stays)},
	},
	"IPv6NeverWas": {
		reason: "Only what was on stays on.",
		old:    with(`"network":{"ipv6":false}`),
		spec:   with(`"network":{}`),
	},
	"IPv6BesideFirewall": {
		reason: "There would be a way beside the firewall.",
		spec:   with(`"network":{"ipv6":true,"firewall":{}}`),
		want:   []string{broken("spec.network.ipv6", ipv6BesideFirewall)},
	},
	"IPv6OfExistingNetwork": {
		reason: "A network that exists is not changed.",
		spec:   inNetwork("", `,"ipv6":true`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"IPv6NotOfExistingNetwork": {
		reason: "What is off changes nothing.",
		spec:   inNetwork("", `,"ipv6":false`),
	},
	"EgressAddress": {
		reason: "An address is the range of it alone.",
		spec:   egress(`"cidrs":["203.0.113.7"]`),
	},

	"Endpoints": {
		reason: "Services are named as AWS names their endpoints.",
		spec:   with(`"network":{"interfaceEndpoints":["ecr.api","ecr.dkr","secretsmanager"]}`),
	},
	"EndpointUnknown": {
		reason: "What a region offers only AWS knows; names have a form.",
		spec:   with(`"network":{"interfaceEndpoints":["bedrock-runtime","com.amazonaws.eu-west-1.kms","KMS","kms."]}`),
		want: []string{
			endpointForm(2, "KMS"), endpointForm(3, "kms."),
		},
	},
	"EndpointTooLong": {
		reason: "No service has a name of more than 50 characters.",
		spec:   with(`"network":{"interfaceEndpoints":["` + strings.Repeat("a", 51) + `"]}`),
		want:   []string{`spec.network.interfaceEndpoints[0]: Too long: may not be more than 50 bytes`},
	},
	"EndpointsMany": {
		reason: "A VPC takes 50.",
		spec:   with(`"network":{"interfaceEndpoints":[` + repeated(41, `"a%d"`) + `]}`),
		want:   []string{`spec.network.interfaceEndpoints: Too many: 41: must have at most 40 items`},
	},
	"EndpointOfGateway": {
		reason: "S3 has a gateway endpoint already.",
		spec:   with(`"network":{"interfaceEndpoints":["kms","s3"]}`),
		want:   []string{broken("spec.network.interfaceEndpoints", endpointOfNone)},
	},
	"EndpointWithoutNames": {
		reason: "Without private names applications would have to know the endpoint.",
		spec:   with(`"network":{"interfaceEndpoints":["dynamodb"]}`),
		want:   []string{broken("spec.network.interfaceEndpoints", endpointOfNone)},
	},
	"EndpointBuckets": {
		reason: "Buckets are named.",
		spec:   with(`"network":{"endpointBuckets":["example-product-feed","feeds.example.com"]}`),
	},
	"EndpointBucketByARN": {
		reason: "An ARN is no name.",
		spec:   with(`"network":{"endpointBuckets":["arn:aws:s3:::feed"]}`),
		want:   []string{`spec.network.endpointBuckets[0]: Invalid value: "arn:aws:s3:::feed": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`},
	},
	"EndpointBucketTooLong": {
		reason: "S3 takes 63 characters.",
		spec:   with(`"network":{"endpointBuckets":["` + strings.Repeat("a", 64) + `"]}`),
		want:   []string{`spec.network.endpointBuckets[0]: Too long: may not be more than 63 bytes`},
	},
	"EndpointBucketsMany": {
		reason: "A policy has room for so many.",
		spec:   with(`"network":{"endpointBuckets":[` + repeated(21, `"feed-%d"`) + `]}`),
		want:   []string{`spec.network.endpointBuckets: Too many: 21: must have at most 20 items`},
	},
	"EndpointBucketTwice": {
		reason: "Once is enough.",
		spec:   with(`"network":{"endpointBuckets":["feed","feed"]}`),
		want:   []string{`spec.network.endpointBuckets[1]: Duplicate value: "feed"`},
	},
	"EndpointBucketsOfExistingNetwork": {
		reason: "The endpoint is the owner's.",
		spec:   inNetwork("", `,"endpointBuckets":["feed"]`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"EndpointTwice": {
		reason: "A private name can belong to one endpoint of a VPC.",
		spec:   with(`"network":{"interfaceEndpoints":["kms","kms"]}`),
		want:   []string{`spec.network.interfaceEndpoints[1]: Duplicate value: "kms"`},
	},
	"Existing": {
		reason: "A network that exists is enough, its public subnets are for load balancers.",
		spec:   inNetwork(`,"publicSubnetIds":["subnet-00000004"]`, ""),
	},
	"ExistingAdded": {
		reason: "The database cannot move there.",
		spec:   inNetwork("", ""),
		old:    `{"region":"eu-west-1"}`,
		want:   []string{broken("spec.network.existing", networkMoved)},
	},
	"ExistingRemoved": {
		reason: "The database cannot move away.",
		spec:   `{"region":"eu-west-1"}`,
		old:    inNetwork("", ""),
		want:   []string{broken("spec.network.existing", networkMoved)},
	},
	"ExistingWithFirewall": {
		reason: "What stands in it is its owner's.",
		spec:   inNetwork("", `,"firewall":{}`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"ExistingWithEndpoints": {
		reason: "What stands in it is its owner's.",
		spec:   inNetwork("", `,"interfaceEndpoints":["kms"]`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"ExistingWithZones": {
		reason: "Its subnets say which zones.",
		spec:   inNetwork("", `,"zoneNames":["eu-west-1a","eu-west-1b"]`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"ExistingWithDomains": {
		reason: "Names are let through by a firewall of the stack's own.",
		spec:   inNetwork("", `,"allowedDomains":[".example.com"]`),
		want:   []string{broken("spec.network.existing", networkOfOthers)},
	},
	"ExistingWithNothing": {
		reason: "Empty lists ask for nothing.",
		spec:   inNetwork("", `,"allowedDomains":[],"interfaceEndpoints":[]`),
	},
	"ExistingWithProxy": {
		reason: "RDS wants subnets of two zones for a proxy too.",
		spec:   with(`"database":{"proxy":{}},"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]}}`),
		want:   []string{broken("spec.database.proxy", proxySubnets)},
	},
	"ExistingMoved": {
		reason: "Nor can it move to another VPC.",
		spec:   attachedTo("vpc-0a1b2c3e", `"subnet-00000001","subnet-00000002"`, `"subnet-00000003"`, ""),
		old:    inNetwork("", ""),
		want:   []string{broken("spec.network.existing.vpcId", vpcMoved)},
	},
	"ExistingSubnetAdded": {
		reason: "RDS takes more subnets later.",
		spec:   attachedTo("vpc-0a1b2c3d", `"subnet-00000001","subnet-00000002","subnet-00000005"`, `"subnet-00000003"`, ""),
		old:    inNetwork("", ""),
	},
	"ExistingSubnetRemoved": {
		reason: "The database may be in any of them.",
		spec:   attachedTo("vpc-0a1b2c3d", `"subnet-00000001","subnet-00000005"`, `"subnet-00000003"`, ""),
		old:    inNetwork("", ""),
		want:   []string{broken("spec.network.existing.databaseSubnetIds", subnetsRemoved)},
	},
	"ExistingIncomplete": {
		reason: "None of them can be guessed.",
		spec:   with(`"network":{"existing":{}}`),
		want:   []string{`spec.network.existing.databaseSubnetIds: Required value`, `spec.network.existing.privateSubnetIds: Required value`, `spec.network.existing.vpcId: Required value`},
	},
	"ExistingForms": {
		reason: "IDs are AWS's, not names.",
		spec:   attachedTo("main", `"a","subnet-00000002"`, `"b"`, `"c"`),
		want:   []string{`spec.network.existing.databaseSubnetIds[0]: Invalid value: "a": ` + subnetForm, `spec.network.existing.privateSubnetIds[0]: Invalid value: "b": ` + subnetForm, `spec.network.existing.publicSubnetIds[0]: Invalid value: "c": ` + subnetForm, `spec.network.existing.vpcId: Invalid value: "main": ` + vpcForm},
	},
	"ExistingTooLong": {
		reason: "No ID of AWS's is longer.",
		spec:   attachedTo("vpc-"+strings.Repeat("0", 18), `"subnet-`+strings.Repeat("0", 18)+`","subnet-00000002"`, `"subnet-`+strings.Repeat("0", 18)+`"`, `"subnet-`+strings.Repeat("0", 18)+`"`),
		want:   []string{`spec.network.existing.databaseSubnetIds[0]: Too long: may not be more than 24 bytes`, `spec.network.existing.privateSubnetIds[0]: Too long: may not be more than 24 bytes`, `spec.network.existing.publicSubnetIds[0]: Too long: may not be more than 24 bytes`, `spec.network.existing.vpcId: Too long: may not be more than 21 bytes`},
	},
	"ExistingFew": {
		reason: "RDS wants subnets of two zones.",
		spec:   attachedTo("vpc-0a1b2c3d", `"subnet-00000001"`, ``, ``),
		want:   []string{`spec.network.existing.databaseSubnetIds: Invalid value: 1: spec.network.existing.databaseSubnetIds in body should have at least 2 items`, `spec.network.existing.privateSubnetIds: Invalid value: 0: spec.network.existing.privateSubnetIds in body should have at least 1 items`},
	},
	"ExistingMany": {
		reason: "A subnet group takes 20 subnets.",
		spec:   attachedTo("vpc-0a1b2c3d", repeated(21, `"subnet-%08d"`), repeated(21, `"subnet-%08d"`), repeated(21, `"subnet-%08d"`)),
		want:   []string{`spec.network.existing.databaseSubnetIds: Too many: 21: must have at most 20 items`, `spec.network.existing.privateSubnetIds: Too many: 21: must have at most 20 items`, `spec.network.existing.publicSubnetIds: Too many: 21: must have at most 20 items`},
	},
	"ExistingTwice": {
		reason: "To say it twice is a mistake.",
		spec:   attachedTo("vpc-0a1b2c3d", `"subnet-00000001","subnet-00000001"`, `"subnet-00000003","subnet-00000003"`, `"subnet-00000004","subnet-00000004"`),
		want:   []string{broken("spec.network.existing.databaseSubnetIds", subnetsOnce), broken("spec.network.existing.privateSubnetIds", subnetsOnce), broken("spec.network.existing.publicSubnetIds", subnetsOnce)},
	},
	"Firewall": {
		reason: "Everything about a firewall can be left to its defaults.",
		spec:   with(`"network":{"firewall":{}}`),
	},
	"FirewallByHand": {
		reason: "Names are taken with what is below them, or alone.",
		spec:   with(`"network":{"firewall":{"cidr":"100.127.255.192/26","protected":true},"allowedDomains":[".example.com","api.payments.example.com"]}`),
	},
	"FirewallRangeSize": {
		reason: "Four subnets of AWS's smallest size need a /26.",
		spec:   with(`"network":{"firewall":{"cidr":"100.64.0.0/27"}}`),
		want:   []string{`spec.network.firewall.cidr: Invalid value: "100.64.0.0/27": ` + firewallRange},
	},
	"FirewallRangeElsewhere": {
		reason: "AWS adds ranges of 100.64.0.0/10 to any VPC, and others to some only.",
		spec:   with(`"network":{"firewall":{"cidr":"172.16.0.0/26"}}`),
		want:   []string{`spec.network.firewall.cidr: Invalid value: "172.16.0.0/26": ` + firewallRange},
	},
	"FirewallRangeInTheMiddle": {
		reason: "AWS would round it down.",
		spec:   with(`"network":{"firewall":{"cidr":"100.64.0.1/26"}}`),
		want:   []string{`spec.network.firewall.cidr: Invalid value: "100.64.0.1/26": ` + firewallRange},
	},
	"FirewallRangeOverlaps": {
		reason: "A VPC's ranges must not overlap.",
		spec:   with(`"network":{"cidr":"100.64.0.0/16","firewall":{}}`),
		want:   []string{broken("spec.network.firewall.cidr", firewallOverlaps)},
	},
	"FirewallRangeBesideTheVPCs": {
		reason: "A VPC of the same large range leaves room for another /26.",
		spec:   with(`"network":{"cidr":"100.64.0.0/16","firewall":{"cidr":"100.65.0.0/26"}}`),
	},
	"FirewallRangeChanged": {
		reason: "Subnets cannot move.",
		spec:   with(`"network":{"firewall":{"cidr":"100.65.0.0/26"}}`),
		old:    with(`"network":{"firewall":{}}`),
		want:   []string{broken("spec.network.firewall.cidr", firewallImmutable)},
	},
	"FirewallWithoutNAT": {
		reason: "Without a way out there is nothing to inspect, and it would cost for nothing.",
		spec:   with(`"network":{"natGateways":"None","firewall":{}}`),
		want:   []string{broken("spec.network.firewall", firewallNeedsNAT)},
	},
	"FirewallDomain": {
		reason: "Stars are not how AWS writes all names below another.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":["*.example.com"]}`),
		want:   []string{`spec.network.allowedDomains[0]: Invalid value: "*.example.com": must be a lowercase domain name, optionally with a leading dot to include its subdomains; for example, .example.com`},
	},
	"FirewallRangeTooLong": {
		reason: "No IPv4 range has more than 18 characters.",
		spec:   with(`"network":{"firewall":{"cidr":"100.064.000.000/026"}}`),
		want:   []string{`spec.network.firewall.cidr: Too long: may not be more than 18 bytes`},
	},
	"FirewallDomainsMany": {
		reason: "AWS counts a rule for each name and protocol, and the group's capacity cannot grow.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":[` + repeated(101, `"shop-%d.example.com"`) + `]}`),
		want:   []string{`spec.network.allowedDomains: Too many: 101: must have at most 100 items`},
	},
	"FirewallDomainTwice": {
		reason: "AWS refuses the same name twice.",
		spec:   with(`"network":{"firewall":{},"allowedDomains":[".example.com",".example.com"]}`),
		want:   []string{`spec.network.allowedDomains[1]: Duplicate value: ".example.com"`},
	},
	"FirewallDomainTooLong": {
		reason: "No domain name has more than 253 characters (RFC 1035).",
		spec:   with(`"network":{"firewall":{},"allowedDomains":["` + strings.Repeat("a23456789.", 25) + `example"]}`),
		want:   []string{`spec.network.allowedDomains[0]: Too long: may not be more than 253 bytes`},
	},
	"FirewallDomainsAlone": {
		reason: "DNS Firewall resolves these names, and no firewall is needed.",
		spec:   with(`"network":{"allowedDomains":[".example.com"]}`),
	},
	"FirewallDomainsLeft": {
		reason: "Without their firewall names are known by DNS.",
		spec:   with(`"network":{"allowedDomains":[".example.com"]}`),
		old:    with(`"network":{"firewall":{},"allowedDomains":[".example.com"]}`),
	},
	"FirewallDomainsNone": {
		reason: "An empty list asks for nothing.",
		spec:   with(`"network":{"allowedDomains":[]}`),
	},
	"FirewallProtectedFromZones": {
		reason: "AWS refuses to change the subnets of a protected firewall.",
		spec:   with(`"network":{"availabilityZones":3,"firewall":{"protected":true}}`),
		old:    with(`"network":{"availabilityZones":2,"firewall":{"protected":true}}`),
		want:   []string{broken("spec.network.availabilityZones", firewallProtected)},
	},
	"FirewallUnprotectedWithZone": {
		reason: "Protection and zones can change at once: the provider takes protection off first.",
		spec:   with(`"network":{"availabilityZones":3,"firewall":{"protected":false}}`),
		old:    with(`"network":{"availabilityZones":2,"firewall":{"protected":true}}`),
	},
	"FirewallAddedWithZone": {
		reason: "A firewall that is new has no zones yet.",
		spec:   with(`"network":{"availabilityZones":3,"firewall":{"protected":true}}`),
		old:    with(`"network":{"availabilityZones":2}`),
	},

	"Runtimes": {
		reason: "Several runtimes may share the role.",
		spec:   with(`"access":{"runtimes":["Lambda","ECS","EKS"]}`),
	},
	"RuntimesNone": {
		reason: "AWS refuses a role that nobody may assume.",
		spec:   with(`"access":{"runtimes":[]}`),
		want:   []string{`spec.access.runtimes: Invalid value: 0: spec.access.runtimes in body should have at least 1 items`},
	},
	"RuntimeUnknown": {
		reason: "The stack knows what these services need.",
		spec:   with(`"access":{"runtimes":["EC2"]}`),
		want:   []string{`spec.access.runtimes[0]: Unsupported value: "EC2": supported values: "Lambda", "ECS", "EKS"`},
	},
	"RuntimeTwice": {
		reason: "Saying it twice says nothing more.",
		spec:   with(`"access":{"runtimes":["ECS","ECS"]}`),
		want:   []string{`spec.access.runtimes[1]: Duplicate value: "ECS"`},
	},
	"Federated": {
		reason: "Service accounts and pipelines have the forms of their providers.",
		spec: with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC","subjects":["system:serviceaccount:shop:web"]},
			"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com","subjects":["repo:example/shop:ref:refs/heads/main"],"audience":"shop"}}`),
	},
	"FederatedProvider": {
		reason: "Only a provider that the account knows can be trusted.",
		spec:   with(`"access":{"app":{"providerArn":"https://token.actions.githubusercontent.com","subjects":["a"]},"publisher":{"providerArn":"arn:aws:iam::1:oidc-provider/x","subjects":["a"]}}`),
		want:   []string{`spec.access.app.providerArn: Invalid value: "https://token.actions.githubusercontent.com": must be the ARN of an IAM OpenID Connect provider, not the provider's URL; for example, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`, `spec.access.publisher.providerArn: Invalid value: "arn:aws:iam::1:oidc-provider/x": must be the ARN of an IAM OpenID Connect provider, not the provider's URL; for example, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`},
	},
	"FederatedEverybody": {
		reason: "A star would let in every pipeline of a provider that serves the world.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["*"]},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["repo:example/*"]}}`),
		want:   []string{`spec.access.app.subjects[0]: Invalid value: "*": must be an exact value, without spaces or wildcards (* and ?)`, `spec.access.publisher.subjects[0]: Invalid value: "repo:example/*": must be an exact value, without spaces or wildcards (* and ?)`},
	},
	"FederatedAudience": {
		reason: "An audience is one text.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["a"],"audience":"*"},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["a"],"audience":"?"}}`),
		want:   []string{`spec.access.app.audience: Invalid value: "*": must be an exact value, without spaces or wildcards (* and ?)`, `spec.access.publisher.audience: Invalid value: "?": must be an exact value, without spaces or wildcards (* and ?)`},
	},
	"FederatedNobody": {
		reason: "A trust in nobody is a mistake.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":[]},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":[]}}`),
		want:   []string{`spec.access.app.subjects: Invalid value: 0: spec.access.app.subjects in body should have at least 1 items`, `spec.access.publisher.subjects: Invalid value: 0: spec.access.publisher.subjects in body should have at least 1 items`},
	},
	"FederatedIncomplete": {
		reason: "Neither the provider nor whom it speaks of can be guessed.",
		spec:   with(`"access":{"app":{},"publisher":{}}`),
		want:   []string{`spec.access.app.providerArn: Required value`, `spec.access.app.subjects: Required value`, `spec.access.publisher.providerArn: Required value`, `spec.access.publisher.subjects: Required value`},
	},
	"FederatedTwice": {
		reason: "Saying it twice says nothing more.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["a","a"]},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["a","a"]}}`),
		want:   []string{`spec.access.app.subjects[1]: Duplicate value: "a"`, `spec.access.publisher.subjects[1]: Duplicate value: "a"`},
	},
	"FederatedMany": {
		reason: "A trust policy holds 2,048 characters.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":[` + repeated(11, `"a%d"`) + `]},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":[` + repeated(11, `"a%d"`) + `]}}`),
		want:   []string{`spec.access.app.subjects: Too many: 11: must have at most 10 items`, `spec.access.publisher.subjects: Too many: 11: must have at most 10 items`},
	},
	"FederatedTooLong": {
		reason: "AWS has limits of its own.",
		spec:   with(`"access":{"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/` + strings.Repeat("a", 512) + `","subjects":["` + strings.Repeat("a", 256) + `"],"audience":"` + strings.Repeat("a", 256) + `"},"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/` + strings.Repeat("a", 512) + `","subjects":["` + strings.Repeat("a", 256) + `"],"audience":"` + strings.Repeat("a", 256) + `"}}`),
		want:   []string{`spec.access.app.audience: Too long: may not be more than 255 bytes`, `spec.access.app.providerArn: Too long: may not be more than 512 bytes`, `spec.access.app.subjects[0]: Too long: may not be more than 255 bytes`, `spec.access.publisher.audience: Too long: may not be more than 255 bytes`, `spec.access.publisher.providerArn: Too long: may not be more than 512 bytes`, `spec.access.publisher.subjects[0]: Too long: may not be more than 255 bytes`},
	},
	"VersionsKept": {
		reason: "S3 counts days from one.",
		spec:   with(`"assets":{"noncurrentVersionDays":0}`),
		want:   []string{`spec.assets.noncurrentVersionDays: Invalid value: 0: spec.assets.noncurrentVersionDays in body should be greater than or equal to 1`},
	},
	"VersionsKeptForEver": {
		reason: "Ten years are enough for a file of a shop.",
		spec:   with(`"assets":{"noncurrentVersionDays":3651}`),
		want:   []string{`spec.assets.noncurrentVersionDays: Invalid value: 3651: spec.assets.noncurrentVersionDays in body should be less than or equal to 3650`},
	},

	"VersionMajor": {
		reason: "The major version alone follows RDS's newest minor one.",
		spec:   with(`"database":{"version":"15"}`),
	},
	"VersionMinor": {
		reason: "A minor version can be said.",
		spec:   with(`"database":{"version":"15.10"}`),
	},
	"VersionNewerMajor": {
		reason: "A new stack may begin with any of them.",
		spec:   with(`"database":{"version":"17.2"}`),
	},
	"VersionOtherMajor": {
		reason: "AWS adds major versions every year; which there are the function knows.",
		spec:   with(`"database":{"version":"18.1"}`),
	},
	"VersionMajorRaised": {
		reason: "Whoever says so may raise it.",
		spec:   with(`"database":{"version":"17","allowMajorVersionUpgrade":true}`),
		old:    with(`"database":{"version":"15.10"}`),
	},
	"VersionMajorRaisedToLowerMinor": {
		reason: "Minor versions of different major ones have nothing to do with each other.",
		spec:   with(`"database":{"version":"16.3","allowMajorVersionUpgrade":true}`),
		old:    with(`"database":{"version":"15.10"}`),
	},
	"VersionMajorRaisedUnasked": {
		reason: "It takes the database down, so it must be said.",
		spec:   with(`"database":{"version":"16"}`),
		old:    with(`"database":{"version":"15"}`),
		want:   []string{broken("spec.database.version", majorRaised)},
	},
	"VersionMajorRaisedRefused": {
		reason: "Or it was said that it may not.",
		spec:   with(`"database":{"version":"16","allowMajorVersionUpgrade":false}`),
		old:    with(`"database":{"version":"15","allowMajorVersionUpgrade":true}`),
		want:   []string{broken("spec.database.version", majorRaised)},
	},
	"VersionMajorLowered": {
		reason: "Nothing lets it be lowered.",
		spec:   with(`"database":{"version":"15","allowMajorVersionUpgrade":true}`),
		old:    with(`"database":{"version":"16","allowMajorVersionUpgrade":true}`),
		want:   []string{broken("spec.database.version", majorLowered)},
	},
	"VersionLeftOut": {
		reason: "Whoever asks for none keeps what runs.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"database":{"version":"16"}`),
	},
	"VersionThreeParts": {
		reason: "PostgreSQL has no third part.",
		spec:   with(`"database":{"version":"15.4.1"}`),
		want:   []string{broken("spec.database.version", versionOfPostgres)},
	},
	"VersionRaised": {
		reason: "Minor versions are numbers: 10 is more than 9.",
		spec:   with(`"database":{"version":"15.10"}`),
		old:    with(`"database":{"version":"15.9"}`),
	},
	"VersionSame": {
		reason: "A version that stays is no change.",
		spec:   with(`"database":{"version":"15.10","instance":{"multiAZ":true}}`),
		old:    with(`"database":{"version":"15.10"}`),
	},
	"VersionLowered": {
		reason: "RDS does not downgrade.",
		spec:   with(`"database":{"version":"15.9"}`),
		old:    with(`"database":{"version":"15.10"}`),
		want:   []string{broken("spec.database.version", versionLowered)},
	},
	"VersionPinned": {
		reason: "A stack that followed RDS may stay at what it has now.",
		spec:   with(`"database":{"version":"15.4"}`),
		old:    with(`"database":{"version":"15"}`),
	},
	"VersionFreed": {
		reason: "A stack that stayed may follow RDS.",
		spec:   with(`"database":{"version":"15"}`),
		old:    with(`"database":{"version":"15.4"}`),
	},

	"PgAudit": {
		reason: "pgAudit can be had.",
		spec:   with(`"database":{"pgAudit":true}`),
	},
	"PgAuditOfWhat": {
		reason: "What it records cannot be said: customers' data would be in the logs.",
		spec:   with(`"database":{"pgAudit":"all"}`),
		want:   []string{`spec.database.pgAudit: Invalid value: "string": spec.database.pgAudit in body must be of type boolean: "string"`},
	},

	"Proxy": {
		reason: "A proxy needs nothing said.",
		spec:   with(`"database":{"proxy":{}}`),
	},
	"ProxyOfEverything": {
		reason: "It may have all connections.",
		spec:   with(`"database":{"proxy":{"maxConnectionsPercent":100}}`),
	},
	"ProxyOfNothing": {
		reason: "Without a connection it serves nobody.",
		spec:   with(`"database":{"proxy":{"maxConnectionsPercent":0}}`),
		want:   []string{`spec.database.proxy.maxConnectionsPercent: Invalid value: 0: spec.database.proxy.maxConnectionsPercent in body should be greater than or equal to 1`},
	},
	"ProxyOfTooMuch": {
		reason: "There is no more than everything.",
		spec:   with(`"database":{"proxy":{"maxConnectionsPercent":101}}`),
		want:   []string{`spec.database.proxy.maxConnectionsPercent: Invalid value: 101: spec.database.proxy.maxConnectionsPercent in body should be less than or equal to 100`},
	},

	"BackupPlan": {
		reason: "A plan needs nothing said.",
		spec:   with(`"database":{"backupPlan":{}}`),
	},
	"BackupPlanWeekly": {
		reason: "A copy may be made each week.",
		spec:   with(`"database":{"backupPlan":{"schedule":"cron(30 6 ? * SUN *)","retentionDays":7}}`),
	},
	"BackupPlanMonthly": {
		reason: "Or on the last day of each month, and be kept for ten years.",
		spec:   with(`"database":{"backupPlan":{"schedule":"cron(0 23 L * ? *)","retentionDays":3650}}`),
	},
	"BackupPlanAllDay": {
		reason: "A copy every minute is none of a database.",
		spec:   with(`"database":{"backupPlan":{"schedule":"cron(* * * * ? *)"}}`),
		want:   []string{`spec.database.backupPlan.schedule: Invalid value: "cron(* * * * ? *)": must be a six-field AWS cron expression in UTC with one time of day, such as cron(0 6 ? * SUN *)`},
	},
	"BackupPlanOfUnix": {
		reason: "AWS has six fields, and one question mark.",
		spec:   with(`"database":{"backupPlan":{"schedule":"0 6 * * *"}}`),
		want:   []string{`spec.database.backupPlan.schedule: Invalid value: "0 6 * * *": must be a six-field AWS cron expression in UTC with one time of day, such as cron(0 6 ? * SUN *)`},
	},
	"BackupPlanTooLong": {
		reason: "No schedule is that long.",
		spec:   with(`"database":{"backupPlan":{"schedule":"cron(0 6 ` + strings.Repeat("1", 60) + ` * ? *)"}}`),
		want:   []string{`spec.database.backupPlan.schedule: Too long: may not be more than 64 bytes`},
	},
	"BackupPlanTooShort": {
		reason: "Automatic backups keep a day.",
		spec:   with(`"database":{"backupPlan":{"retentionDays":6}}`),
		want:   []string{`spec.database.backupPlan.retentionDays: Invalid value: 6: spec.database.backupPlan.retentionDays in body should be greater than or equal to 7`},
	},
	"BackupPlanForEver": {
		reason: "Ten years are what the law asks for.",
		spec:   with(`"database":{"backupPlan":{"retentionDays":3651}}`),
		want:   []string{`spec.database.backupPlan.retentionDays: Invalid value: 3651: spec.database.backupPlan.retentionDays in body should be less than or equal to 3650`},
	},
	"BackupCopy": {
		reason: "Copies may be copied to another region.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"eu-central-1","locked":true}}`),
	},
	"BackupCopyAdded": {
		reason: "Also later.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"eu-central-1","locked":true}}`),
		old:    with(`"database":{"backupPlan":{}}`),
	},
	"BackupCopyRemoved": {
		reason: "There need be no more of them.",
		spec:   with(`"database":{"backupPlan":{}}`),
		old:    with(`"database":{"backupPlan":{"copyRegion":"eu-central-1","locked":false}}`),
	},
	"BackupCopyMoved": {
		reason: "They do not move.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"eu-north-1"}}`),
		old:    with(`"database":{"backupPlan":{"copyRegion":"eu-central-1"}}`),
		want:   []string{broken("spec.database.backupPlan.copyRegion", copyMoved)},
	},
	"BackupCopyBesideIt": {
		reason: "A copy in the same region is lost with it.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"eu-west-1"}}`),
		want:   []string{broken("spec.database.backupPlan.copyRegion", copyElsewhere)},
	},
	"BackupPlanUnlocked": {
		reason: "A lock that the claim takes away protects nothing.",
		spec:   with(`"database":{"backupPlan":{"locked":false}}`),
		old:    with(`"database":{"backupPlan":{"locked":true}}`),
		want:   []string{broken("spec.database.backupPlan.locked", copyUnlocked)},
	},
	"BackupPlanLockForgotten": {
		reason: "Nor one that it forgets.",
		spec:   with(`"database":{"backupPlan":{}}`),
		old:    with(`"database":{"backupPlan":{"locked":true}}`),
		want:   []string{broken("spec.database.backupPlan.locked", copyUnlocked)},
	},
	"BackupPlanLockedAndDeleted": {
		reason: "A locked vault is never empty.",
		spec:   with(`"deletionPolicy":"Delete","database":{"backupPlan":{"locked":true}}`),
		want:   []string{broken("spec.database.backupPlan.locked", copyLocked)},
	},
	"BackupPlanLockedInDevelopment": {
		reason: "Development deletes everything unless it says otherwise.",
		spec:   with(`"environment":"development","database":{"backupPlan":{"locked":true}}`),
		want:   []string{broken("spec.database.backupPlan.locked", copyLocked)},
	},
	"BackupPlanLockedAndKept": {
		reason: "Development may say otherwise.",
		spec:   with(`"environment":"development","deletionPolicy":"Snapshot","database":{"backupPlan":{"locked":true}}`),
	},
	"BackupCopyForm": {
		reason: "Nor to what is no region.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"Frankfurt"}}`),
		want:   []string{`spec.database.backupPlan.copyRegion: Invalid value: "Frankfurt": ` + regionForm},
	},
	"BackupCopyTooLong": {
		reason: "No region has a name of more than 32 characters.",
		spec:   with(`"database":{"backupPlan":{"copyRegion":"eu-` + strings.Repeat("w", 32) + `-1"}}`),
		want:   []string{`spec.database.backupPlan.copyRegion: Too long: may not be more than 32 bytes`},
	},

	"Readers": {
		reason: "A cluster has up to five instances that read.",
		spec:   aurora(`"readers":5`),
	},
	"ReadersFewer": {
		reason: "They hold nothing of their own.",
		spec:   aurora(`"readers":0`),
		old:    aurora(`"readers":2`),
	},
	"ReadersOfRDS": {
		reason: "RDS makes no replica of an instance whose administrator's password it keeps.",
		spec:   with(`"database":{"engine":"postgres","aurora":{"readers":1}}`),
		want:   []string{broken("spec.database.aurora", clusterOfAurora)},
	},
	"ReadersNoneOfRDS": {
		reason: "Whoever wants none of an instance says nothing.",
		spec:   with(`"database":{"aurora":{"readers":0}}`),
		want:   []string{broken("spec.database.aurora", clusterOfAurora)},
	},
	"ReadersNegative": {
		reason: "None is the least.",
		spec:   aurora(`"readers":-1`),
		want:   []string{`spec.database.aurora.readers: Invalid value: -1: spec.database.aurora.readers in body should be greater than or equal to 0`},
	},
	"ReadersTooMany": {
		reason: "More would cost more than they help.",
		spec:   aurora(`"readers":6`),
		want:   []string{`spec.database.aurora.readers: Invalid value: 6: spec.database.aurora.readers in body should be less than or equal to 5`},
	},
	"DatabaseStorageOfGP3": {
		reason: "Performance can be chosen.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":400,"type":"gp3","iops":64000,"throughputMiBps":4000}}}`),
	},
	"DatabaseStorageOfIO2": {
		reason: "io2 has what is asked for.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":400,"type":"io2","iops":256000}}}`),
	},
	"DatabaseStorageOfIO2Unsaid": {
		reason: "io2 has no IOPS of its own.",
		spec:   with(`"database":{"instance":{"storage":{"type":"io2"}}}`),
		want:   []string{broken("spec.database.instance.storage.iops", io2NeedsIOPS)},
	},
	"DatabaseStorageOfIO2Throughput": {
		reason: "Nor can its throughput be said.",
		spec:   with(`"database":{"instance":{"storage":{"type":"io2","iops":1000,"throughputMiBps":500}}}`),
		want:   []string{broken("spec.database.instance.storage.throughputMiBps", io2Throughput)},
	},
	"DatabaseStorageTypeChanged": {
		reason: "RDS changes it in place.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":400,"type":"io2","iops":1000}}}`),
		old:    with(`"database":{"instance":{"storage":{"sizeGiB":400}}}`),
	},
	"DatabaseStorageTypeOld": {
		reason: "Older types are slower.",
		spec:   with(`"database":{"instance":{"storage":{"type":"gp2"}}}`),
		want:   []string{`spec.database.instance.storage.type: Unsupported value: "gp2": supported values: "gp3", "io2"`},
	},
	"DatabaseIOPSTooFew": {
		reason: "No storage has so few.",
		spec:   with(`"database":{"instance":{"storage":{"iops":999}}}`),
		want:   []string{`spec.database.instance.storage.iops: Invalid value: 999: spec.database.instance.storage.iops in body should be greater than or equal to 1000`},
	},
	"DatabaseIOPSTooMany": {
		reason: "Nor so many.",
		spec:   with(`"database":{"instance":{"storage":{"iops":256001}}}`),
		want:   []string{`spec.database.instance.storage.iops: Invalid value: 256001: spec.database.instance.storage.iops in body should be less than or equal to 256000`},
	},
	"DatabaseThroughputTooLow": {
		reason: "Less cannot be had.",
		spec:   with(`"database":{"instance":{"storage":{"throughputMiBps":499}}}`),
		want:   []string{`spec.database.instance.storage.throughputMiBps: Invalid value: 499: spec.database.instance.storage.throughputMiBps in body should be greater than or equal to 500`},
	},
	"DatabaseThroughputTooHigh": {
		reason: "Nor more.",
		spec:   with(`"database":{"instance":{"storage":{"throughputMiBps":4001}}}`),
		want:   []string{`spec.database.instance.storage.throughputMiBps: Invalid value: 4001: spec.database.instance.storage.throughputMiBps in body should be less than or equal to 4000`},
	},

	"RestoreOfSnapshot": {
		reason: "A snapshot is one point in time.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"rds:shop-2026-01-31-02-05"}`),
	},
	"RestoreOfSharedSnapshot": {
		reason: "One of another account has an ARN.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"arn:aws:rds:eu-west-1:123456789012:snapshot:shared"}`),
	},
	"RestoreOfBackup": {
		reason: "One of AWS Backup has a name of its own.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"awsbackup:job-0a1b2c3d"}`),
	},
	"RestoreOfTime": {
		reason: "A database can be copied as it was.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:00Z"}`),
	},
	"RestoreOfLatest": {
		reason: "Or as it was last.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db"}`),
	},
	"RestoreOfNothing": {
		reason: "Something must be restored.",
		spec:   restored(``),
		want:   []string{`spec.database.restoreFrom.type: Required value`},
	},
	"RestoreUnknown": {
		reason: "The kinds of origins are listed.",
		spec:   restored(`"type":"Backup"`),
		want:   []string{`spec.database.restoreFrom.type: Unsupported value: "Backup": supported values: "Snapshot", "PointInTime"`},
	},
	"RestoreOfNoSnapshot": {
		reason: "Which snapshot?",
		spec:   restored(`"type":"Snapshot"`),
		want:   []string{broken("spec.database.restoreFrom.snapshot", restoreSnapshot)},
	},
	"RestoreOfNoDatabase": {
		reason: "Which database?",
		spec:   restored(`"type":"PointInTime"`),
		want:   []string{broken("spec.database.restoreFrom.pointInTime", restorePoint)},
	},
	"RestoreOfAnother": {
		reason: "The kind and what is restored go together.",
		spec:   restored(`"type":"Snapshot","pointInTime":{"sourceIdentifier":"shop-db"}`),
		want:   []string{broken("spec.database.restoreFrom.pointInTime", restorePoint), broken("spec.database.restoreFrom.snapshot", restoreSnapshot)},
	},
	"RestoreIncomplete": {
		reason: "Neither can be guessed.",
		spec:   restored(`"type":"Snapshot","snapshot":{},"pointInTime":{}`),
		want:   []string{`spec.database.restoreFrom.pointInTime.sourceIdentifier: Required value`, `spec.database.restoreFrom.snapshot.identifier: Required value`},
	},
	"RestoreOfBoth": {
		reason: "One thing only.",
		spec:   restored(`"type":"PointInTime","snapshot":{"identifier":"shop"},"pointInTime":{"sourceIdentifier":"shop-db"}`),
		want:   []string{broken("spec.database.restoreFrom.snapshot", restoreSnapshot)},
	},
	"RestoreOfBothBySnapshot": {
		reason: "Whichever it is.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"shop"},"pointInTime":{"sourceIdentifier":"shop-db"}`),
		want:   []string{broken("spec.database.restoreFrom.pointInTime", restorePoint)},
	},
	"RestoreSnapshotWithTime": {
		reason: "A snapshot has its own.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"shop","time":"2026-01-31T10:15:00Z"}`),
		want:   []string{`spec.database.restoreFrom.snapshot.time: Invalid value: unknown field`},
	},
	"RestoreLocalTime": {
		reason: "Times are UTC.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:0"}`),
		want:   []string{`spec.database.restoreFrom.pointInTime.time: Invalid value: "2026-01-31T10:15:0": must be a UTC date and time, such as 2026-01-31T08:30:00Z`},
	},
	"RestoreTimeTooLong": {
		reason: "A time has no fraction.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:00.000Z"}`),
		want:   []string{`spec.database.restoreFrom.pointInTime.time: Too long: may not be more than 20 bytes`},
	},
	"RestoreSnapshotName": {
		reason: "A name begins with a letter.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"2026"}`),
		want:   []string{`spec.database.restoreFrom.snapshot.identifier: Invalid value: "2026": must be the name or ARN of a snapshot, such as rds:shop-2026-01-31-02-05`},
	},
	"RestoreClusterSnapshot": {
		reason: "A snapshot of a cluster has an ARN of its own form.",
		spec:   with(`"database":{"engine":"aurora-postgresql","restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:final-spree"}}}`),
	},
	"RestoreSnapshotTooLong": {
		reason: "No name is that long.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"` + strings.Repeat("s", 321) + `"}`),
		want:   []string{`spec.database.restoreFrom.snapshot.identifier: Too long: may not be more than 320 bytes`},
	},
	"RestoreSourceName": {
		reason: "So does that of a database.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"1shop"}`),
		want:   []string{`spec.database.restoreFrom.pointInTime.sourceIdentifier: Invalid value: "1shop": must start with a letter, and contain only letters, digits and hyphens; for example, shop-database`},
	},
	"RestoreSourceTooLong": {
		reason: "Which is shorter.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"` + strings.Repeat("s", 64) + `"}`),
		want:   []string{`spec.database.restoreFrom.pointInTime.sourceIdentifier: Too long: may not be more than 63 bytes`},
	},
	"RestoreKept": {
		reason: "Other fields may change.",
		spec:   with(`"size":"large","database":{"restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"shop"}}}`),
		old:    restored(`"type":"Snapshot","snapshot":{"identifier":"shop"}`),
	},
	"RestoreChanged": {
		reason: "A database is restored once.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"newer"}`),
		old:    restored(`"type":"Snapshot","snapshot":{"identifier":"shop"}`),
		want:   []string{broken("spec.database.restoreFrom", restoreImmutable)},
	},
	"RestoreChangedInKind": {
		reason: "Whatever it is made from.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop"}`),
		old:    restored(`"type":"Snapshot","snapshot":{"identifier":"shop"}`),
		want:   []string{broken("spec.database.restoreFrom", restoreImmutable)},
	},
	"RestoreChangedInTime": {
		reason: "Nor does the time change.",
		spec:   restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop","time":"2026-01-31T10:15:00Z"}`),
		old:    restored(`"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop"}`),
		want:   []string{broken("spec.database.restoreFrom", restoreImmutable)},
	},
	"RestoreAdded": {
		reason: "One that exists is not overwritten.",
		spec:   restored(`"type":"Snapshot","snapshot":{"identifier":"shop"}`),
		old:    `{"region":"eu-west-1"}`,
		want:   []string{broken("spec.database.restoreFrom", restoreImmutable)},
	},
	"RestoreRemoved": {
		reason: "And what it was made from stays true.",
		spec:   `{"region":"eu-west-1"}`,
		old:    restored(`"type":"Snapshot","snapshot":{"identifier":"shop"}`),
		want:   []string{broken("spec.database.restoreFrom", restoreImmutable)},
	},

	"InstanceClass": {
		reason: "Newer classes have hyphens.",
		spec:   with(`"database":{"instance":{"class":"db.x2iedn.24xlarge"}}`),
	},
	"InstanceClassOfEC2": {
		reason: "A class of EC2 is none of RDS.",
		spec:   with(`"database":{"instance":{"class":"t3.micro"}}`),
		want:   []string{`spec.database.instance.class: Invalid value: "t3.micro": must be an RDS instance class that starts with "db.", such as db.t4g.medium`},
	},
	"InstanceClassTooLong": {
		reason: "No class has a name of more than 32 characters.",
		spec:   with(`"database":{"instance":{"class":"db.` + strings.Repeat("r", 32) + `.large"}}`),
		want:   []string{`spec.database.instance.class: Too long: may not be more than 32 bytes`},
	},

	"BackupsNone": {
		reason: "Without backups there is no way back.",
		spec:   with(`"environment":"development","database":{"backupRetentionDays":0}`),
		want:   []string{`spec.database.backupRetentionDays: Invalid value: 0: spec.database.backupRetentionDays in body should be greater than or equal to 1`},
	},
	"BackupsForEver": {
		reason: "RDS keeps them for 35 days at most.",
		spec:   with(`"database":{"backupRetentionDays":36}`),
		want:   []string{`spec.database.backupRetentionDays: Invalid value: 36: spec.database.backupRetentionDays in body should be less than or equal to 35`},
	},
	"BackupsOfDevelopment": {
		reason: "Development may keep fewer.",
		spec:   with(`"environment":"development","database":{"backupRetentionDays":1}`),
	},
	"BackupsOfProduction": {
		reason: "Seven days are what production needs.",
		spec:   with(`"database":{"backupRetentionDays":7}`),
	},
	"BackupsTooShort": {
		reason: "A claim cannot make production forget sooner, also where it does not say that it is production.",
		spec:   with(`"database":{"backupRetentionDays":6}`),
		want:   []string{broken("spec.database.backupRetentionDays", productionBackups)},
	},
	"BackupsOnceProduction": {
		reason: "Nor can a stack become production with fewer.",
		spec:   with(`"environment":"production","database":{"backupRetentionDays":1}`),
		old:    with(`"environment":"development","database":{"backupRetentionDays":1}`),
		want:   []string{broken("spec.database.backupRetentionDays", productionBackups)},
	},

	"Storage": {
		reason: "A tenth more than the storage is the least limit.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":100,"maxSizeGiB":110}}}`),
	},
	"StorageTooSmall": {
		reason: "RDS has no smaller one.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":19}}}`),
		want:   []string{`spec.database.instance.storage.sizeGiB: Invalid value: 19: spec.database.instance.storage.sizeGiB in body should be greater than or equal to 20`},
	},
	"StorageTooLarge": {
		reason: "Nor a larger one.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":65537}}}`),
		want:   []string{`spec.database.instance.storage.sizeGiB: Invalid value: 65537: spec.database.instance.storage.sizeGiB in body should be less than or equal to 65536`},
	},
	"StorageLimitTooSmall": {
		reason: "It could not exceed the smallest storage by a tenth.",
		spec:   with(`"database":{"instance":{"storage":{"maxSizeGiB":21}}}`),
		want:   []string{`spec.database.instance.storage.maxSizeGiB: Invalid value: 21: spec.database.instance.storage.maxSizeGiB in body should be greater than or equal to 22`},
	},
	"StorageLimitTooLarge": {
		reason: "Storage cannot grow beyond what RDS has.",
		spec:   with(`"database":{"instance":{"storage":{"maxSizeGiB":65537}}}`),
		want:   []string{`spec.database.instance.storage.maxSizeGiB: Invalid value: 65537: spec.database.instance.storage.maxSizeGiB in body should be less than or equal to 65536`},
	},
	"StorageLimitTooNear": {
		reason: "A tenth of 101 is rounded up.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":101,"maxSizeGiB":111}}}`),
		want:   []string{broken("spec.database.instance.storage.maxSizeGiB", storageLimit)},
	},
	"StorageGrows": {
		reason: "Storage can grow.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":200}}}`),
		old:    with(`"database":{"instance":{"storage":{"sizeGiB":100}}}`),
	},
	"StorageSame": {
		reason: "Storage that stays is no change.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":100}}}`),
		old:    with(`"database":{"instance":{"storage":{"sizeGiB":100}}}`),
	},
	"StorageLeftToSize": {
		reason: "What is no longer said cannot be compared.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"database":{"instance":{"storage":{"sizeGiB":100}}}`),
	},
	"StorageShrinks": {
		reason: "It cannot shrink.",
		spec:   with(`"database":{"instance":{"storage":{"sizeGiB":99}}}`),
		old:    with(`"database":{"instance":{"storage":{"sizeGiB":100}}}`),
		want:   []string{broken("spec.database.instance.storage.sizeGiB", storageShrinks)},
	},

	"BackupWindowOverMidnight": {
		reason: "A window may begin on one day and end on the next.",
		spec:   with(`"database":{"backupWindow":"23:45-00:15"}`),
	},
	"BackupWindowOfHalfAnHour": {
		reason: "Half an hour is enough, also around a full one.",
		spec:   with(`"database":{"backupWindow":"09:45-10:15"}`),
	},
	"BackupWindowTooShort": {
		reason: "RDS wants half an hour.",
		spec:   with(`"database":{"backupWindow":"02:00-02:29"}`),
		want:   []string{`spec.database.backupWindow: Invalid value: "02:00-02:29": ` + backupWindowShort},
	},
	"BackupWindowTooShortAroundHour": {
		reason: "All digits of a time count.",
		spec:   with(`"database":{"backupWindow":"10:40-11:05"}`),
		want:   []string{`spec.database.backupWindow: Invalid value: "10:40-11:05": ` + backupWindowShort},
	},
	"BackupWindowEmpty": {
		reason: "A window that ends when it begins lasts no day, but no time.",
		spec:   with(`"database":{"backupWindow":"02:00-02:00"}`),
		want:   []string{`spec.database.backupWindow: Invalid value: "02:00-02:00": ` + backupWindowShort},
	},
	"BackupWindowNoTime": {
		reason: "What is no window cannot be too short either.",
		spec:   with(`"database":{"backupWindow":"night"}`),
		want:   []string{`spec.database.backupWindow: Invalid value: "night": must be a UTC time window in the format hh:mm-hh:mm, such as 02:00-03:00`},
	},
	"BackupWindowNoHour": {
		reason: "A day ends at 23:59.",
		spec:   with(`"database":{"backupWindow":"22:00-24:00"}`),
		want:   []string{`spec.database.backupWindow: Invalid value: "22:00-24:00": must be a UTC time window in the format hh:mm-hh:mm, such as 02:00-03:00`},
	},
	"BackupWindowTooLong": {
		reason: "RDS knows no seconds.",
		spec:   with(`"database":{"backupWindow":"02:00:00-03:00:00"}`),
		want:   []string{`spec.database.backupWindow: Too long: may not be more than 11 bytes`},
	},
	"MaintenanceWindow": {
		reason: "A window may begin on one day and end on the next.",
		spec:   with(`"database":{"maintenanceWindow":"sat:23:30-sun:00:30"}`),
	},
	"MaintenanceWindowNoDay": {
		reason: "RDS knows days by three small letters.",
		spec:   with(`"database":{"maintenanceWindow":"Sun:04:00-Sun:05:00"}`),
		want:   []string{`spec.database.maintenanceWindow: Invalid value: "Sun:04:00-Sun:05:00": must be a UTC time window in the format ddd:hh:mm-ddd:hh:mm, with days in lowercase; for example, sun:04:00-sun:05:00`},
	},
	"MaintenanceWindowTooLong": {
		reason: "It knows no seconds here either.",
		spec:   with(`"database":{"maintenanceWindow":"sun:04:00:00-sun:05:00"}`),
		want:   []string{`spec.database.maintenanceWindow: Too long: may not be more than 19 bytes`},
	},

	"Domain": {
		reason: "A domain of other scripts is written in ASCII.",
		spec:   with(`"cdn":{"domain":"shop.xn--bcher-kva.xn--p1ai"}`),
	},
	"DomainOfURL": {
		reason: "A URL is no domain.",
		spec:   with(`"cdn":{"domain":"https://shop.example.com"}`),
		want:   []string{`spec.cdn.domain: Invalid value: "https://shop.example.com": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
	},
	"DomainTooLong": {
		reason: "DNS has no longer names.",
		spec:   with(`"cdn":{"domain":"` + strings.Repeat("shop.", 50) + `com."}`),
		want:   []string{`spec.cdn.domain: Too long: may not be more than 253 bytes`},
	},
	"Certificate": {
		reason: "A certificate that stands can be used.",
		spec:   with(`"cdn":{"domain":"shop.example.com","certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c"}`),
	},
	"AdditionalDomains": {
		reason: "Several names may serve one shop, the bare domain among them.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["www.example.com","shop.example.org"]}`),
	},
	"AdditionalDomainsAlone": {
		reason: "The first name is the one that applications are told.",
		spec:   with(`"cdn":{"additionalDomains":["www.example.com"]}`),
		want:   []string{broken("spec.cdn.additionalDomains", domainsBeside)},
	},
	"AdditionalDomainsRepeat": {
		reason: "A certificate names a domain once.",
		spec:   with(`"cdn":{"domain":"www.example.com","additionalDomains":["www.example.com"]}`),
		want:   []string{broken("spec.cdn.additionalDomains", domainsBeside)},
	},
	"AdditionalDomainsNone": {
		reason: "An empty list is none.",
		spec:   with(`"cdn":{"additionalDomains":[]}`),
	},
	"AdditionalDomainsMany": {
		reason: "ACM takes ten names into a certificate.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":[` + repeated(10, `"shop-%d.example.com"`) + `]}`),
		want:   []string{`spec.cdn.additionalDomains: Too many: 10: must have at most 9 items`},
	},
	"AdditionalDomainTwice": {
		reason: "A certificate names a domain once.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["a.example.com","a.example.com"]}`),
		want:   []string{`spec.cdn.additionalDomains[1]: Duplicate value: "a.example.com"`},
	},
	"AdditionalDomainForm": {
		reason: "Names have no scheme.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["https://www.example.com"]}`),
		want:   []string{`spec.cdn.additionalDomains[0]: Invalid value: "https://www.example.com": ` + domainForm},
	},
	"AdditionalDomainTooLong": {
		reason: "No domain name has more than 253 characters (RFC 1035).",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["` + strings.Repeat("a23456789.", 25) + `example"]}`),
		want:   []string{`spec.cdn.additionalDomains[0]: Too long: may not be more than 253 bytes`},
	},
	"ZoneByID": {
		reason: "A zone that exists is known by its ID.",
		spec:   inZone("shop.example.com", `"type":"Existing","existing":{"id":"Z0123456789ABC"}`),
	},
	"ZoneByName": {
		reason: "A zone that the stack makes can be signed and logged.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["www.example.com"],"hostedZone":{"type":"Managed","managed":{"name":"example.com","dnssec":true,"queryLogs":true}}}`),
	},
	"ZoneWithoutDomain": {
		reason: "There is nothing to write into it.",
		spec:   with(`"cdn":{"hostedZone":{"type":"Existing","existing":{"id":"Z0123456789ABC"}}}`),
		want:   []string{broken("spec.cdn.hostedZone", zoneOfDomain)},
	},
	"ZoneBoth": {
		reason: "Which of the two would be meant?",
		spec:   inZone("example.com", `"type":"Managed","existing":{"id":"Z0123456789ABC"},"managed":{"name":"example.com"}`),
		want:   []string{broken("spec.cdn.hostedZone.existing", zoneExisting)},
	},
	"ZoneBothOfOthers": {
		reason: "A zone that exists needs no name.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z0123456789ABC"},"managed":{"name":"example.com"}`),
		want:   []string{broken("spec.cdn.hostedZone.managed", zoneManaged)},
	},
	"ZoneNeither": {
		reason: "A zone that is not told cannot be found.",
		spec:   inZone("example.com", ``),
		want:   []string{`spec.cdn.hostedZone.type: Required value`},
	},
	"ZoneUnknown": {
		reason: "The kinds of zones are listed.",
		spec:   inZone("example.com", `"type":"Private"`),
		want:   []string{`spec.cdn.hostedZone.type: Unsupported value: "Private": supported values: "Existing", "Managed"`},
	},
	"ZoneWithoutID": {
		reason: "Which zone?",
		spec:   inZone("example.com", `"type":"Existing"`),
		want:   []string{broken("spec.cdn.hostedZone.existing", zoneExisting)},
	},
	"ZoneWithoutName": {
		reason: "What shall it be called?",
		spec:   inZone("example.com", `"type":"Managed"`),
		want:   []string{broken("spec.cdn.hostedZone.managed", zoneManaged)},
	},
	"ZoneIncomplete": {
		reason: "Neither can be guessed.",
		spec:   inZone("example.com", `"type":"Existing","existing":{},"managed":{}`),
		want:   []string{`spec.cdn.hostedZone.existing.id: Required value`, `spec.cdn.hostedZone.managed.name: Required value`},
	},
	"ZoneOfOthersSigned": {
		reason: "Signing a zone is for who can add the DS record.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z0123456789ABC","dnssec":true}`),
		want:   []string{`spec.cdn.hostedZone.existing.dnssec: Invalid value: unknown field`},
	},
	"ZoneOfOthersLogged": {
		reason: "A zone has one place for its query logs.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z0123456789ABC","queryLogs":true}`),
		want:   []string{`spec.cdn.hostedZone.existing.queryLogs: Invalid value: unknown field`},
	},
	"ZoneElsewhere": {
		reason: "Nobody would ask this zone for the domain.",
		spec:   inZone("shop.example.com", `"type":"Managed","managed":{"name":"hop.example.com"}`),
		want:   []string{broken("spec.cdn.hostedZone.managed.name", domainsInZone)},
	},
	"ZoneOfSome": {
		reason: "All domains count.",
		spec:   with(`"cdn":{"domain":"example.com","additionalDomains":["example.org"],"hostedZone":{"type":"Managed","managed":{"name":"example.com"}}}`),
		want:   []string{broken("spec.cdn.hostedZone.managed.name", domainsInZone)},
	},
	"ZoneMoved": {
		reason: "AWS cannot move a record.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z2"}`),
		old:    inZone("example.com", `"type":"Existing","existing":{"id":"Z1"}`),
		want:   []string{broken("spec.cdn.hostedZone.existing.id", zoneMoved)},
	},
	"ZoneRenamed": {
		reason: "Others may have records in it.",
		spec:   inZone("shop.example.com", `"type":"Managed","managed":{"name":"shop.example.com"}`),
		old:    inZone("shop.example.com", `"type":"Managed","managed":{"name":"example.com"}`),
		want:   []string{broken("spec.cdn.hostedZone.managed.name", zoneRenamed)},
	},
	"ZoneGivenAway": {
		reason: "A zone that the stack made does not become another's by a word.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z2"}`),
		old:    inZone("example.com", `"type":"Managed","managed":{"name":"example.com"}`),
		want:   []string{broken("spec.cdn.hostedZone.type", zoneMoved)},
	},
	"ZoneTakenOver": {
		reason: "Nor the other way round.",
		spec:   inZone("example.com", `"type":"Managed","managed":{"name":"example.com"}`),
		old:    inZone("example.com", `"type":"Existing","existing":{"id":"Z1"}`),
		want:   []string{broken("spec.cdn.hostedZone.type", zoneMoved)},
	},
	"ZoneSignedLater": {
		reason: "All else of it may change.",
		spec:   inZone("example.com", `"type":"Managed","managed":{"name":"example.com","dnssec":true}`),
		old:    inZone("example.com", `"type":"Managed","managed":{"name":"example.com","queryLogs":true}`),
	},
	"ZoneGone": {
		reason: "The owner may take the records over.",
		spec:   with(`"cdn":{"domain":"example.com"}`),
		old:    inZone("example.com", `"type":"Existing","existing":{"id":"Z1"}`),
	},
	"ZoneIDForm": {
		reason: "The console shows a path before the ID, which AWS does not take.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"/hostedzone/Z1"}`),
		want:   []string{`spec.cdn.hostedZone.existing.id: Invalid value: "/hostedzone/Z1": must be the ID of a Route 53 hosted zone, without the prefix /hostedzone/; for example, Z0123456789ABCDEFGHIJ`},
	},
	"ZoneIDTooLong": {
		reason: "No zone's ID is longer.",
		spec:   inZone("example.com", `"type":"Existing","existing":{"id":"Z`+strings.Repeat("A", 32)+`"}`),
		want:   []string{`spec.cdn.hostedZone.existing.id: Too long: may not be more than 32 bytes`},
	},
	"ZoneNameForm": {
		reason: "Names have no dot at the end here.",
		spec:   inZone("example.com", `"type":"Managed","managed":{"name":"example.com."}`),
		want:   []string{`spec.cdn.hostedZone.managed.name: Invalid value: "example.com.": ` + domainForm, broken("spec.cdn.hostedZone.managed.name", domainsInZone)},
	},
	"ZoneNameTooLong": {
		reason: "No domain name has more than 253 characters (RFC 1035).",
		spec:   inZone("example.com", `"type":"Managed","managed":{"name":"`+strings.Repeat("a23456789.", 25)+`example"}`),
		want:   []string{`spec.cdn.hostedZone.managed.name: Too long: may not be more than 253 bytes`},
	},
	"App": {
		reason: "A load balancer answers some paths.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/api/*","/checkout"]`),
	},
	"AppDefaultPath": {
		reason: "Its paths have a default.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/shop/0123456789abcdef","domainName":"app.example.com"`),
	},
	"AppNone": {
		reason: "An application need not be behind a load balancer.",
		spec:   with(`"app":{}`),
	},
	"AppElsewhere": {
		reason: "A VPC origin is in one region.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-2:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com"`),
		want:   []string{broken("spec.app.loadBalancer.arn", appElsewhere)},
	},
	"AppIncomplete": {
		reason: "Neither can be guessed.",
		spec:   balanced(``),
		want:   []string{`spec.app.loadBalancer.arn: Required value`, `spec.app.loadBalancer.domainName: Required value`},
	},
	"AppForms": {
		reason: "A target group is no load balancer, a URL no name, and paths begin with a slash.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef","domainName":"https://app","paths":["api"]`),
		want:   []string{`spec.app.loadBalancer.arn: Invalid value: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef": must be the ARN of an Application or Network Load Balancer, such as arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef`, `spec.app.loadBalancer.domainName: Invalid value: "https://app": ` + domainForm, `spec.app.loadBalancer.paths[0]: Invalid value: "api": must be a path pattern that starts with /, such as /api/*`},
	},
	"AppDomainOfAWS": {
		reason: "Nobody gets a certificate for a load balancer's own name.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"internal-shop-123456.eu-west-1.elb.amazonaws.com"`),
		want:   []string{broken("spec.app.loadBalancer.domainName", `"internal-shop-123456.eu-west-1.elb.amazonaws.com": `+"must be a domain name covered by the load balancer's certificate, such as app.example.com, and not the load balancer's own DNS name")},
	},
	"AppPathsNone": {
		reason: "An application without paths answers nothing.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":[]`),
		want:   []string{`spec.app.loadBalancer.paths: Invalid value: 0: spec.app.loadBalancer.paths in body should have at least 1 items`},
	},
	"AppPathsMany": {
		reason: "A distribution has 25 behaviours for all purposes.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":[` + repeated(11, `"/%d/*"`) + `]`),
		want:   []string{`spec.app.loadBalancer.paths: Too many: 11: must have at most 10 items`},
	},
	"AppPathTwice": {
		reason: "The second one would never be asked.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/a","/a"]`),
		want:   []string{`spec.app.loadBalancer.paths[1]: Duplicate value: "/a"`},
	},
	"AppTooLong": {
		reason: "AWS has limits of its own.",
		spec:   balanced(`"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/` + strings.Repeat("0", 512) + `","domainName":"` + strings.Repeat("a23456789.", 25) + `example","paths":["/` + strings.Repeat("a", 255) + `"]`),
		want:   []string{`spec.app.loadBalancer.arn: Too long: may not be more than 512 bytes`, `spec.app.loadBalancer.domainName: Too long: may not be more than 253 bytes`, `spec.app.loadBalancer.paths[0]: Too long: may not be more than 255 bytes`},
	},
	"CertificateWithoutDomain": {
		reason: "A certificate is for a domain.",
		spec:   with(`"cdn":{"certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c"}`),
		want:   []string{broken("spec.cdn.certificateArn", certificateOfDomain)},
	},
	"CertificateOfOtherRegion": {
		reason: "CloudFront takes certificates from us-east-1 only.",
		spec:   with(`"cdn":{"domain":"shop.example.com","certificateArn":"arn:aws:acm:eu-west-1:123456789012:certificate/0a1b-2c"}`),
		want:   []string{`spec.cdn.certificateArn: Invalid value: "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b-2c": must be the ARN of an ACM certificate in us-east-1, such as arn:aws:acm:us-east-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef`},
	},
	"CertificateTooLong": {
		reason: "No ARN of a certificate is that long.",
		spec:   with(`"cdn":{"domain":"shop.example.com","certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/` + strings.Repeat("a", 256) + `"}`),
		want:   []string{`spec.cdn.certificateArn: Too long: may not be more than 256 bytes`},
	},
	"ExistingBucket": {
		reason: "A shop that is there already brings its files, and is looked at first.",
		spec:   with(`"assets":{"existing":{"name":"old.shop-assets"}}`),
	},
	"ExistingBucketManaged": {
		reason: "Then it is managed.",
		spec:   with(`"assets":{"existing":{"name":"old-shop-assets","policy":"Manage"}}`),
		old:    with(`"assets":{"existing":{"name":"old-shop-assets","policy":"Observe"}}`),
	},
	"ExistingBucketObservedAgain": {
		reason: "What was changed is not what it was.",
		spec:   with(`"assets":{"existing":{"name":"old-shop-assets","policy":"Observe"}}`),
		old:    with(`"assets":{"existing":{"name":"old-shop-assets","policy":"Manage"}}`),
		want:   []string{broken("spec.assets.existing.policy", existingObserved)},
	},
	"ExistingBucketOther": {
		reason: "The stack would let go of the files that it has.",
		spec:   with(`"assets":{"existing":{"name":"other-shop-assets"}}`),
		old:    with(`"assets":{"existing":{"name":"old-shop-assets"}}`),
		want:   []string{broken("spec.assets.existing.name", existingRenamed)},
	},
	"ExistingBucketLater": {
		reason: "The stack has a bucket by then.",
		spec:   with(`"assets":{"existing":{"name":"old-shop-assets"}}`),
		old:    with(`"assets":{}`),
		want:   []string{broken("spec.assets.existing", existingLater)},
	},
	"ExistingBucketDropped": {
		reason: "The stack would make another one, empty.",
		spec:   with(`"assets":{}`),
		old:    with(`"assets":{"existing":{"name":"old-shop-assets"}}`),
		want:   []string{broken("spec.assets.existing", existingLater)},
	},
	"ExistingBucketWithoutName": {
		reason: "Nobody can guess which one.",
		spec:   with(`"assets":{"existing":{}}`),
		want:   []string{`spec.assets.existing.name: Required value`},
	},
	"ExistingBucketName": {
		reason: "S3 names no bucket so.",
		spec:   with(`"assets":{"existing":{"name":"Shop_Assets"}}`),
		want:   []string{`spec.assets.existing.name: Invalid value: "Shop_Assets": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`},
	},
	"ExistingBucketShortName": {
		reason: "Three characters are the least.",
		spec:   with(`"assets":{"existing":{"name":"ab"}}`),
		want:   []string{`spec.assets.existing.name: Invalid value: "ab": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`},
	},
	"ExistingBucketLongName": {
		reason: "63 characters are the most.",
		spec:   with(`"assets":{"existing":{"name":"` + strings.Repeat("a", 64) + `"}}`),
		want:   []string{`spec.assets.existing.name: Too long: may not be more than 63 bytes`},
	},
	"ExistingBucketPolicy": {
		reason: "There are two things to do with it.",
		spec:   with(`"assets":{"existing":{"name":"old-shop-assets","policy":"Import"}}`),
		want:   []string{`spec.assets.existing.policy: Unsupported value: "Import": supported values: "Observe", "Manage"`},
	},
	"Replica": {
		reason: "Files can be copied to another region.",
		spec:   with(`"assets":{"replica":{"region":"us-east-1"}}`),
	},
	"ReplicaAdded": {
		reason: "Also later.",
		spec:   with(`"assets":{"replica":{"region":"eu-central-1"}}`),
		old:    with(`"assets":{}`),
	},
	"ReplicaKept": {
		reason: "Another field may change.",
		spec:   with(`"size":"large","assets":{"replica":{"region":"eu-central-1"}}`),
		old:    with(`"assets":{"replica":{"region":"eu-central-1"}}`),
	},
	"ReplicaRemoved": {
		reason: "A bucket with files is not deleted because two lines are.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"assets":{"replica":{"region":"eu-central-1"}}`),
		want:   []string{broken("spec.assets.replica", replicaRemoved)},
	},
	"ReplicaMoved": {
		reason: "Nor can it move.",
		spec:   with(`"assets":{"replica":{"region":"eu-central-1"}}`),
		old:    with(`"assets":{"replica":{"region":"eu-north-1"}}`),
		want:   []string{broken("spec.assets.replica.region", replicaMoved)},
	},
	"ReplicaBesideItself": {
		reason: "A copy in the same region is lost with it.",
		spec:   with(`"assets":{"replica":{"region":"eu-west-1"}}`),
		want:   []string{broken("spec.assets.replica.region", replicaElsewhere)},
	},
	"ReplicaNowhere": {
		reason: "A copy is somewhere.",
		spec:   with(`"assets":{"replica":{}}`),
		want:   []string{`spec.assets.replica.region: Required value`},
	},
	"ReplicaForm": {
		reason: "What is no region is none for a copy either.",
		spec:   with(`"assets":{"replica":{"region":"Frankfurt"}}`),
		want:   []string{`spec.assets.replica.region: Invalid value: "Frankfurt": ` + regionForm},
	},
	"ReplicaTooLong": {
		reason: "No region has a name of more than 32 characters.",
		spec:   with(`"assets":{"replica":{"region":"eu-` + strings.Repeat("w", 32) + `-1"}}`),
		want:   []string{`spec.assets.replica.region: Too long: may not be more than 32 bytes`},
	},

	"Uploads": {
		reason: "Defaults are enough.",
		spec:   with(`"uploads":{}`),
	},
	"UploadsAdded": {
		reason: "Also later, and each field may change.",
		spec:   with(`"uploads":{"path":"/files/customers/*","corsOrigins":["https://shop.example.com","https://*.example.com:8443","http://localhost:3000"],"maxDays":30,"scan":true}`),
		old:    with(`"size":"small"`),
	},
	"UploadsRemoved": {
		reason: "A bucket with visitors' files is not deleted because a line is.",
		spec:   `{"region":"eu-west-1"}`,
		old:    with(`"uploads":{}`),
		want:   []string{`spec.uploads: Invalid value: uploads cannot be removed, because the bucket contains your visitors' files: to delete the bucket, delete the stack`},
	},
	"UploadsPath": {
		reason: "A path is a folder of its own, never all paths.",
		spec:   with(`"uploads":{"path":"/*"}`),
		want:   []string{`spec.uploads.path: Invalid value: "/*": must be a path that starts with / and ends with /*, such as /uploads/*`},
	},
	"UploadsPathLong": {
		reason: "A path is short.",
		spec:   with(`"uploads":{"path":"/` + strings.Repeat("a", 126) + `/*"}`),
		want:   []string{`spec.uploads.path: Too long: may not be more than 128 bytes`},
	},
	"UploadsPathPrivate": {
		reason: "A path cannot be private and public.",
		spec:   with(`"uploads":{},"cdn":{"privateDownloads":{"pathPattern":"/uploads/*","publicKeys":["-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]}}`),
		want:   []string{`spec.uploads.path: Invalid value: the path is also in cdn.privateDownloads: change one of the paths`},
	},
	"UploadsPathOfApp": {
		reason: "CloudFront takes one answer for a path.",
		spec:   with(`"uploads":{},"app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/uploads/*"]}}`),
		want:   []string{`spec.uploads.path: Invalid value: the path is also in app.loadBalancer.paths: change one of the paths`},
	},
	"UploadsOrigins": {
		reason: "An origin has a scheme and no path, and never everybody.",
		spec:   with(`"uploads":{"corsOrigins":["*","https://shop.example.com/","http://shop.example.com"]}`),
		want: []string{
			`spec.uploads.corsOrigins[0]: Invalid value: "*": must be an HTTPS origin without a path, or http://localhost; for example, https://shop.example.com`,
			`spec.uploads.corsOrigins[1]: Invalid value: "https://shop.example.com/": must be an HTTPS origin without a path, or http://localhost; for example, https://shop.example.com`,
			`spec.uploads.corsOrigins[2]: Invalid value: "http://shop.example.com": must be an HTTPS origin without a path, or http://localhost; for example, https://shop.example.com`,
		},
	},
	"UploadsOriginsTwice": {
		reason: "One origin once.",
		spec:   with(`"uploads":{"corsOrigins":["https://shop.example.com","https://shop.example.com"]}`),
		want:   []string{`spec.uploads.corsOrigins[1]: Duplicate value: "https://shop.example.com"`},
	},
	"UploadsOriginsNone": {
		reason: "No origins are left out.",
		spec:   with(`"uploads":{"corsOrigins":[]}`),
		want:   []string{`spec.uploads.corsOrigins: Invalid value: 0: spec.uploads.corsOrigins in body should have at least 1 items`},
	},
	"UploadsOriginsMany": {
		reason: "Twenty are enough.",
		spec:   with(`"uploads":{"corsOrigins":[` + listed(21, `"https://shop%d.example.com"`) + `]}`),
		want:   []string{`spec.uploads.corsOrigins: Too many: 21: must have at most 20 items`},
	},
	"UploadsOriginLong": {
		reason: "No name is so long.",
		spec:   with(`"uploads":{"corsOrigins":["https://` + strings.Repeat("a.", 131) + `example.com"]}`),
		want:   []string{`spec.uploads.corsOrigins[0]: Too long: may not be more than 270 bytes`},
	},
	"UploadsDays": {
		reason: "A file is kept for a day at least.",
		spec:   with(`"uploads":{"maxDays":0}`),
		want:   []string{`spec.uploads.maxDays: Invalid value: 0: spec.uploads.maxDays in body should be greater than or equal to 1`},
	},
	"UploadsDaysMany": {
		reason: "Ten years are for ever.",
		spec:   with(`"uploads":{"maxDays":3651}`),
		want:   []string{`spec.uploads.maxDays: Invalid value: 3651: spec.uploads.maxDays in body should be less than or equal to 3650`},
	},
	"NotFound": {
		reason: "A single-page application has a page for all its routes.",
		spec:   with(`"assets":{"notFound":{}},"app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/uploads/*"]}}`),
	},
	"NotFoundPage": {
		reason: "A site of files has a page of its own.",
		spec:   with(`"assets":{"notFound":{"page":"/errors/missing.html","status":404}}`),
	},
	"NotFoundForms": {
		reason: "A page is a file, or it would be a route itself; errors are found or not.",
		spec:   with(`"assets":{"notFound":{"page":"/index","status":403}}`),
		want: []string{
			`spec.assets.notFound.page: Invalid value: "/index": must be a file path that starts with /, such as /index.html`,
			`spec.assets.notFound.status: Unsupported value: 403: supported values: "200", "404"`,
		},
	},
	"NotFoundLong": {
		reason: "Paths end.",
		spec:   with(`"assets":{"notFound":{"page":"/` + strings.Repeat("a", 250) + `.html"}}`),
		want:   []string{`spec.assets.notFound.page: Too long: may not be more than 255 bytes`},
	},
	"NotFoundBesideApp": {
		reason: "An error page is of the whole distribution.",
		spec:   with(`"assets":{"notFound":{"status":404}},"app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/uploads/*"]}}`),
		want:   []string{`spec.assets.notFound.status: Invalid value: status 404 cannot be combined with an application, because CloudFront would also replace the application's own 404 responses: set status to 200, or remove notFound`},
	},
	"Frames": {
		reason: "The default policy goes with both, and so does one that names the shop.",
		spec:   with(`"cdn":{"frames":"SameOrigin","contentSecurityPolicy":{}}`),
	},
	"FramesOwn": {
		reason: "What the claim says itself may agree.",
		spec:   with(`"cdn":{"frames":"SameOrigin","contentSecurityPolicy":{"policy":"default-src 'self'; frame-ancestors 'self'"}}`),
	},
	"FramesContradict": {
		reason: "Two headers must not say two things.",
		spec:   with(`"cdn":{"frames":"SameOrigin","contentSecurityPolicy":{"policy":"default-src 'self'; frame-ancestors 'none'"}}`),
		want: []string{
			`spec.cdn.contentSecurityPolicy.policy: Invalid value: frames SameOrigin contradicts frame-ancestors 'none' in policy: use frame-ancestors 'self'`,
		},
	},
	"FramesUnknown": {
		reason: "There are two ways.",
		spec:   with(`"cdn":{"frames":"Allow"}`),
		want:   []string{`spec.cdn.frames: Unsupported value: "Allow": supported values: "Deny", "SameOrigin"`},
	},
	"AccessResources": {
		reason: "What an application uses is named.",
		spec:   with(`"access":{"resources":{"dynamoDBTables":["carts"],"sqsQueues":["orders.fifo"],"sesIdentities":["shop.example.com","Shop@example.com"]}}`),
	},
	"AccessResourcesForms": {
		reason: "Names, never ARNs, URLs or patterns.",
		spec:   with(`"access":{"resources":{"dynamoDBTables":["arn:table/carts"],"sqsQueues":["shop-*"],"sesIdentities":["*"]}}`),
		want: []string{
			`spec.access.resources.dynamoDBTables[0]: Invalid value: "arn:table/carts": must be a DynamoDB table name of at least 3 letters, digits, underscores, periods or hyphens; for example, carts`,
			`spec.access.resources.sesIdentities[0]: Invalid value: "*": must be a lowercase domain name, or an email address with a lowercase domain; for example, shop.example.com`,
			`spec.access.resources.sqsQueues[0]: Invalid value: "shop-*": must be the name of an SQS queue, such as orders.fifo`,
		},
	},
	"AccessResourcesTwice": {
		reason: "One name once.",
		spec:   with(`"access":{"resources":{"dynamoDBTables":["carts","carts"],"sqsQueues":["orders","orders"],"sesIdentities":["example.com","example.com"]}}`),
		want: []string{
			`spec.access.resources.dynamoDBTables[1]: Duplicate value: "carts"`,
			`spec.access.resources.sesIdentities[1]: Duplicate value: "example.com"`,
			`spec.access.resources.sqsQueues[1]: Duplicate value: "orders"`,
		},
	},
	"AccessResourcesLong": {
		reason: "AWS has limits of its own.",
		spec:   with(`"access":{"resources":{"dynamoDBTables":["aa","` + strings.Repeat("a", 256) + `"],"sqsQueues":["` + strings.Repeat("a", 81) + `"],"sesIdentities":["` + strings.Repeat("a.", 127) + `com"]}}`),
		want: []string{
			`spec.access.resources.dynamoDBTables[1]: Too long: may not be more than 255 bytes`,
			`spec.access.resources.sesIdentities[0]: Too long: may not be more than 253 bytes`,
			`spec.access.resources.sqsQueues[0]: Too long: may not be more than 80 bytes`,
		},
	},
	"AccessResourcesMany": {
		reason: "Who uses more writes a policy.",
		spec:   with(`"access":{"resources":{"dynamoDBTables":[` + listed(11, `"table%d"`) + `],"sqsQueues":[` + listed(11, `"queue%d"`) + `],"sesIdentities":[` + listed(11, `"shop%d.example.com"`) + `]}}`),
		want: []string{
			`spec.access.resources.dynamoDBTables: Too many: 11: must have at most 10 items`,
			`spec.access.resources.sesIdentities: Too many: 11: must have at most 10 items`,
			`spec.access.resources.sqsQueues: Too many: 11: must have at most 10 items`,
		},
	},
	"AccessPolicies": {
		reason: "Policies of the account and of AWS can be attached.",
		spec:   with(`"access":{"policyArns":["arn:aws:iam::123456789012:policy/team/search","arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}`),
	},
	"AccessPoliciesForms": {
		reason: "A name is no ARN, and one policy is attached once.",
		spec:   with(`"access":{"policyArns":["AdministratorAccess","arn:aws:iam::aws:policy/a","arn:aws:iam::aws:policy/a"]}`),
		want: []string{
			`spec.access.policyArns[0]: Invalid value: "AdministratorAccess": must be the ARN of a managed policy, such as arn:aws:iam::123456789012:policy/storefront-search`,
			`spec.access.policyArns[2]: Duplicate value: "arn:aws:iam::aws:policy/a"`,
		},
	},
	"AccessPoliciesMany": {
		reason: "IAM attaches ten to a role.",
		spec:   with(`"access":{"policyArns":[` + listed(11, `"arn:aws:iam::aws:policy/a%d"`) + `]}`),
		want:   []string{`spec.access.policyArns: Too many: 11: must have at most 10 items`},
	},
	"AccessPolicyLong": {
		reason: "IAM's names end.",
		spec:   with(`"access":{"policyArns":["arn:aws:iam::aws:policy/` + strings.Repeat("a", 512) + `"]}`),
		want:   []string{`spec.access.policyArns[0]: Too long: may not be more than 512 bytes`},
	},
	"AccessStatements": {
		reason: "What else an application may is written as in IAM.",
		spec:   with(`"access":{"statements":[{"actions":["s3:Get*","bedrock:InvokeModel"],"resources":["arn:aws:s3:::partner-*/*","*"],"conditions":[{"operator":"ForAllValues:StringLikeIfExists","key":"aws:ResourceTag/team","values":["a*"]},{"operator":"Null","key":"aws:ResourceTag/team","values":["false"]}]}]}`),
	},
	"AccessStatementsMany": {
		reason: "Ten statements are a policy.",
		spec:   with(`"access":{"statements":[` + listed(11, `{"actions":["s3:GetObject"],"resources":["arn:aws:s3:::a%d"]}`) + `]}`),
		want:   []string{`spec.access.statements: Too many: 11: must have at most 10 items`},
	},
	"AccessStatementsIncomplete": {
		reason: "An action is on something.",
		spec:   with(`"access":{"statements":[{}]}`),
		want: []string{
			`spec.access.statements[0].actions: Required value`,
			`spec.access.statements[0].resources: Required value`,
		},
	},
	"AccessStatementsEmpty": {
		reason: "No actions are no statement.",
		spec:   with(`"access":{"statements":[{"actions":[],"resources":[]}]}`),
		want: []string{
			`spec.access.statements[0].actions: Invalid value: 0: spec.access.statements[0].actions in body should have at least 1 items`,
			`spec.access.statements[0].resources: Invalid value: 0: spec.access.statements[0].resources in body should have at least 1 items`,
		},
	},
	"AccessStatementsForms": {
		reason: "Neither all actions nor all of a service, and resources by ARN.",
		spec:   with(`"access":{"statements":[{"actions":["*","s3:*","S3:GetObject"],"resources":["bucket"]}]}`),
		want: []string{
			`spec.access.statements[0].actions[0]: Invalid value: "*": must be an IAM action in the format service:Action, optionally with a trailing *; for example, bedrock:InvokeModel`,
			`spec.access.statements[0].actions[1]: Invalid value: "s3:*": must be an IAM action in the format service:Action, optionally with a trailing *; for example, bedrock:InvokeModel`,
			`spec.access.statements[0].actions[2]: Invalid value: "S3:GetObject": must be an IAM action in the format service:Action, optionally with a trailing *; for example, bedrock:InvokeModel`,
			`spec.access.statements[0].resources[0]: Invalid value: "bucket": must be an ARN, such as arn:aws:s3:::catalog/*, or * for actions without resource-level permissions`,
		},
	},
	"AccessStatementsTwice": {
		reason: "One action and one resource once.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject","s3:GetObject"],"resources":["*","*"]}]}`),
		want: []string{
			`spec.access.statements[0].actions[1]: Duplicate value: "s3:GetObject"`,
			`spec.access.statements[0].resources[1]: Duplicate value: "*"`,
		},
	},
	"AccessStatementsLong": {
		reason: "IAM's names end.",
		spec:   with(`"access":{"statements":[{"actions":["s3:` + strings.Repeat("A", 128) + `"],"resources":["arn:aws:s3:::` + strings.Repeat("a", 512) + `"]}]}`),
		want: []string{
			`spec.access.statements[0].actions[0]: Too long: may not be more than 128 bytes`,
			`spec.access.statements[0].resources[0]: Too long: may not be more than 512 bytes`,
		},
	},
	"AccessStatementsLists": {
		reason: "Forty of each.",
		spec:   with(`"access":{"statements":[{"actions":[` + listed(41, `"s3:Get%d"`) + `],"resources":[` + listed(41, `"arn:aws:s3:::a%d"`) + `]}]}`),
		want: []string{
			`spec.access.statements[0].actions: Too many: 41: must have at most 40 items`,
			`spec.access.statements[0].resources: Too many: 41: must have at most 40 items`,
		},
	},
	"AccessConditionsMany": {
		reason: "Ten conditions are enough.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[` + listed(11, `{"operator":"Bool","key":"aws:a%d","values":["true"]}`) + `]}]}`),
		want:   []string{`spec.access.statements[0].conditions: Too many: 11: must have at most 10 items`},
	},
	"AccessConditionsTwice": {
		reason: "Two conditions of one operator and key would be one.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{"operator":"Bool","key":"aws:SecureTransport","values":["true"]},{"operator":"Bool","key":"aws:SecureTransport","values":["false"]}]}]}`),
		want:   []string{`spec.access.statements[0].conditions[1]: Duplicate value: {"key":"aws:SecureTransport","operator":"Bool"}`},
	},
	"AccessConditionsIncomplete": {
		reason: "A condition has three parts.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{}]}]}`),
		want: []string{
			`spec.access.statements[0].conditions[0].key: Required value`,
			`spec.access.statements[0].conditions[0].operator: Required value`,
			`spec.access.statements[0].conditions[0].values: Required value`,
		},
	},
	"AccessConditionsForms": {
		reason: "Operators are IAM's, and a key is of a service or of AWS.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{"operator":"Equals","key":"team","values":["","é"]}]}]}`),
		want: []string{
			`spec.access.statements[0].conditions[0].key: Invalid value: "team": must be an IAM condition key, such as aws:ResourceTag/team`,
			`spec.access.statements[0].conditions[0].operator: Invalid value: "Equals": must be an IAM condition operator, such as StringEquals`,
			`spec.access.statements[0].conditions[0].values[0]: Invalid value: "": must be a single line of printable ASCII characters`,
			`spec.access.statements[0].conditions[0].values[1]: Invalid value: "é": must be a single line of printable ASCII characters`,
		},
	},
	"AccessConditionsValues": {
		reason: "A condition compares with something, once.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{"operator":"Bool","key":"aws:a","values":[]},{"operator":"Bool","key":"aws:b","values":["true","true"]}]}]}`),
		want: []string{
			`spec.access.statements[0].conditions[0].values: Invalid value: 0: spec.access.statements[0].conditions[0].values in body should have at least 1 items`,
			`spec.access.statements[0].conditions[1].values[1]: Duplicate value: "true"`,
		},
	},
	"AccessConditionsLong": {
		reason: "Texts end, and so do lists.",
		spec:   with(`"access":{"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{"operator":"` + strings.Repeat("A", 65) + `","key":"aws:` + strings.Repeat("a", 256) + `","values":["` + strings.Repeat("a", 257) + `"]},{"operator":"Bool","key":"aws:b","values":[` + listed(21, `"%d"`) + `]}]}]}`),
		want: []string{
			`spec.access.statements[0].conditions[0].key: Too long: may not be more than 256 bytes`,
			`spec.access.statements[0].conditions[0].operator: Too long: may not be more than 64 bytes`,
			`spec.access.statements[0].conditions[0].values[0]: Too long: may not be more than 256 bytes`,
			`spec.access.statements[0].conditions[1].values: Too many: 21: must have at most 20 items`,
		},
	},

	"OriginFailover": {
		reason: "With a copy there is something to fall back on.",
		spec:   with(`"assets":{"replica":{"region":"eu-central-1"}},"cdn":{"originFailover":true}`),
	},
	"OriginFailoverOff": {
		reason: "A wish that is not made needs nothing.",
		spec:   with(`"cdn":{"originFailover":false}`),
	},
	"OriginFailoverWithoutReplica": {
		reason: "Without one there is not.",
		spec:   with(`"cdn":{"originFailover":true}`),
		want:   []string{broken("spec.cdn.originFailover", failoverReplica)},
	},
	"AccessLogs": {
		reason: "Each way to log is offered.",
		spec:   with(`"cdn":{"accessLogs":"V2"}`),
	},
	"AccessLogsChange": {
		reason: "It may change: the bucket stays.",
		spec:   with(`"cdn":{"accessLogs":"Legacy"}`),
		old:    with(`"cdn":{"accessLogs":"V2"}`),
	},
	"AccessLogsUnknown": {
		reason: "The ways are listed.",
		spec:   with(`"cdn":{"accessLogs":"None"}`),
		want:   []string{`spec.cdn.accessLogs: Unsupported value: "None": supported values: "Legacy", "V2"`},
	},
	"ContentSecurityPolicy": {
		reason: "Without words of its own it is strict.",
		spec:   with(`"cdn":{"contentSecurityPolicy":{}}`),
	},
	"ContentSecurityPolicyOfProvider": {
		reason: "A shop names its payment provider, and all names of a domain if it must.",
		spec:   csp(`img-src * data:; script-src 'self' https://js.payments.example.com *.payments.example.com; style-src 'unsafe-inline'`),
	},
	"ContentSecurityPolicyEmpty": {
		reason: "A header without a value is no policy.",
		spec:   csp(``),
		want: []string{
			`spec.cdn.contentSecurityPolicy.policy: Invalid value: "": must be a single line of printable ASCII characters`,
			`spec.cdn.contentSecurityPolicy.policy: Invalid value: "": ` + scriptsFromNowhere,
		},
	},
	"ContentSecurityPolicyWithoutScripts": {
		reason: "A policy that does not speak of scripts lets in all of them.",
		spec:   csp(`object-src 'none'; upgrade-insecure-requests`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "object-src 'none'; upgrade-insecure-requests": ` + scriptsFromNowhere},
	},
	"ContentSecurityPolicyInline": {
		reason: "Scripts within a page are what an intruder writes there (PCI DSS 6.4.3).",
		spec:   csp(`default-src 'self'; script-src 'self' 'unsafe-inline'`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "default-src 'self'; script-src 'self' 'unsafe-inline'": ` + scriptsFromAnywhere},
	},
	"ContentSecurityPolicyEval": {
		reason: "So are scripts made of texts, also by another name of the directive and in capitals.",
		spec:   csp(`default-src 'self'; Script-Src-Elem 'UNSAFE-EVAL'`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "default-src 'self'; Script-Src-Elem 'UNSAFE-EVAL'": ` + scriptsFromAnywhere},
	},
	"ContentSecurityPolicyOfAnybody": {
		reason: "Anybody is nobody that has a name.",
		spec:   csp(`default-src *`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "default-src *": ` + scriptsFromAnywhere},
	},
	"ContentSecurityPolicyOfAnybodyByHTTPS": {
		reason: "Nor is anybody who has a certificate.",
		spec:   csp(`default-src 'self'; script-src  https:; img-src *`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "default-src 'self'; script-src  https:; img-src *": ` + scriptsFromAnywhere},
	},
	"ContentSecurityPolicyLines": {
		reason: "A header is one line.",
		spec:   csp(`default-src 'self';\nobject-src 'none'`),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "default-src 'self';\nobject-src 'none'": must be a single line of printable ASCII characters`},
	},
	"ContentSecurityPolicyTooLong": {
		reason: "CloudFront takes no longer value of a header.",
		spec:   csp(`default-src 'self' ` + strings.Repeat("a", 1783)),
		want:   []string{`spec.cdn.contentSecurityPolicy.policy: Too long: may not be more than 1783 bytes`},
	},
	"PrivateDownloads": {
		reason: "A shop that sells files shows them to buyers only.",
		spec:   publicKeys("AAAA"),
	},
	"PrivateDownloadsRotate": {
		reason: "Keys come and go.",
		spec:   publicKeys("AAAA", "BBBB"),
		old:    publicKeys("AAAA"),
	},
	"PrivateDownloadsWithoutKeys": {
		reason: "Nobody could download anything.",
		spec:   with(`"cdn":{"privateDownloads":{}}`),
		want:   []string{`spec.cdn.privateDownloads.publicKeys: Required value`},
	},
	"PrivateDownloadsOfNobody": {
		reason: "Nor with an empty list.",
		spec:   publicKeys(),
		want:   []string{`spec.cdn.privateDownloads.publicKeys: Invalid value: 0: spec.cdn.privateDownloads.publicKeys in body should have at least 1 items`},
	},
	"PrivateDownloadsManyKeys": {
		reason: "A group has no more.",
		spec:   publicKeys("A", "B", "C", "D", "E", "F"),
		want:   []string{`spec.cdn.privateDownloads.publicKeys: Too many: 6: must have at most 5 items`},
	},
	"PrivateDownloadsKeyTwice": {
		reason: "A key is named once.",
		spec:   publicKeys("AAAA", "AAAA"),
		want:   []string{`spec.cdn.privateDownloads.publicKeys[1]: Duplicate value: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"`},
	},
	"PrivateDownloadsPrivateKey": {
		reason: "A private key in a claim is no secret any more.",
		spec:   with(`"cdn":{"privateDownloads":{"publicKeys":["-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]}}`),
		want:   []string{broken("spec.cdn.privateDownloads.publicKeys", keyInPEM)},
	},
	"PrivateDownloadsBothKeys": {
		reason: "Nor behind a public one.",
		spec:   publicKeys(`AAAA\n-----END PUBLIC KEY-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN PUBLIC KEY-----\nAAAA`),
		want:   []string{broken("spec.cdn.privateDownloads.publicKeys", keyInPEM)},
	},
	"PrivateDownloadsKeyTooLong": {
		reason: "CloudFront takes no key that is so long.",
		spec:   publicKeys(strings.Repeat("A", 1024)),
		want:   []string{`spec.cdn.privateDownloads.publicKeys[0]: Too long: may not be more than 1024 bytes`},
	},
	"PrivateDownloadsOfEverything": {
		reason: "A shop whose every page is private has no visitors.",
		spec:   with(`"cdn":{"privateDownloads":{"pathPattern":"/*","publicKeys":["-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]}}`),
		want:   []string{`spec.cdn.privateDownloads.pathPattern: Invalid value: "/*": must be a path pattern that starts with / followed by a name, such as /downloads/*`},
	},
	"PrivateDownloadsPathTooLong": {
		reason: "CloudFront has no longer patterns.",
		spec:   with(`"cdn":{"privateDownloads":{"pathPattern":"/` + strings.Repeat("a", 255) + `","publicKeys":["-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]}}`),
		want:   []string{`spec.cdn.privateDownloads.pathPattern: Too long: may not be more than 255 bytes`},
	},
	"RealtimeLogs": {
		reason: "Without a rate all requests are logged.",
		spec:   with(`"cdn":{"realtimeLogs":{}}`),
	},
	"RealtimeLogsOfNothing": {
		reason: "Who wants no logs leaves them out.",
		spec:   with(`"cdn":{"realtimeLogs":{"samplingPercent":0}}`),
		want:   []string{`spec.cdn.realtimeLogs.samplingPercent: Invalid value: 0: spec.cdn.realtimeLogs.samplingPercent in body should be greater than or equal to 1`},
	},
	"RealtimeLogsOfMore": {
		reason: "There is no more than everything.",
		spec:   with(`"cdn":{"realtimeLogs":{"samplingPercent":101}}`),
		want:   []string{`spec.cdn.realtimeLogs.samplingPercent: Invalid value: 101: spec.cdn.realtimeLogs.samplingPercent in body should be less than or equal to 100`},
	},

	"ObjectLock": {
		reason: "Production keeps its buckets.",
		spec:   guardrails(`"audit":{"objectLockDays":365}`),
	},
	"ObjectLockOfDevelopment": {
		reason: "Development would wait for them for ever.",
		spec:   with(`"environment":"development","guardrails":{"audit":{"objectLockDays":1}}`),
		want:   []string{broken("spec.guardrails.audit.objectLockDays", lockedForEver)},
	},
	"ObjectLockOfDevelopmentThatStays": {
		reason: "Unless it keeps them.",
		spec:   with(`"environment":"development","deletionPolicy":"Snapshot","guardrails":{"audit":{"objectLockDays":1}}`),
	},
	"ObjectLockDeleted": {
		reason: "Nor can a stack with locked files be given up later.",
		spec:   with(`"deletionPolicy":"Delete","guardrails":{"audit":{"objectLockDays":1}}`),
		old:    with(`"deletionPolicy":"Retain","guardrails":{"audit":{"objectLockDays":1}}`),
		want:   []string{broken("spec.guardrails.audit.objectLockDays", lockedForEver)},
	},
	"ObjectLockLowered": {
		reason: "New files may be locked for a shorter time.",
		spec:   guardrails(`"audit":{"objectLockDays":30}`),
		old:    guardrails(`"audit":{"objectLockDays":365}`),
	},
	"ObjectLockRemoved": {
		reason: "S3 keeps what it locked once.",
		spec:   guardrails(`"audit":{}`),
		old:    guardrails(`"audit":{"objectLockDays":365}`),
		want:   []string{broken("spec.guardrails.audit.objectLockDays", lockRemoved)},
	},
	"ObjectLockOfNoDay": {
		reason: "A lock holds for a day at least.",
		spec:   guardrails(`"audit":{"objectLockDays":0}`),
		want:   []string{`spec.guardrails.audit.objectLockDays: Invalid value: 0: spec.guardrails.audit.objectLockDays in body should be greater than or equal to 1`},
	},
	"ObjectLockForEver": {
		reason: "Ten years are enough for anybody, and a typo must not last longer.",
		spec:   guardrails(`"audit":{"objectLockDays":3651}`),
		want:   []string{`spec.guardrails.audit.objectLockDays: Invalid value: 3651: spec.guardrails.audit.objectLockDays in body should be less than or equal to 3650`},
	},
	"PriceClassUnknown": {
		reason: "The price classes are listed.",
		spec:   with(`"cdn":{"priceClass":"100"}`),
		want:   []string{`spec.cdn.priceClass: Unsupported value: "100": supported values: "PriceClass_100", "PriceClass_200", "PriceClass_All"`},
	},
	"RootObject": {
		reason: "A file in a folder can be the root.",
		spec:   with(`"cdn":{"defaultRootObject":"shop/index.html"}`),
	},
	"RootObjectEmpty": {
		reason: "The bare domain would list what is in the bucket.",
		spec:   with(`"cdn":{"defaultRootObject":""}`),
		want:   []string{`spec.cdn.defaultRootObject: Invalid value: "": must be an object name, without a leading slash; for example, index.html`},
	},
	"RootObjectWithSlash": {
		reason: "CloudFront takes no leading slash.",
		spec:   with(`"cdn":{"defaultRootObject":"/index.html"}`),
		want:   []string{`spec.cdn.defaultRootObject: Invalid value: "/index.html": must be an object name, without a leading slash; for example, index.html`},
	},
	"RootObjectTooLong": {
		reason: "CloudFront has no longer ones.",
		spec:   with(`"cdn":{"defaultRootObject":"` + strings.Repeat("a", 256) + `"}`),
		want:   []string{`spec.cdn.defaultRootObject: Too long: may not be more than 255 bytes`},
	},
	"Geo": {
		reason: "Countries can be chosen.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Allow","countries":["DE","AT"]}}`),
	},
	"GeoEmpty": {
		reason: "A restriction says which countries, and how.",
		spec:   with(`"cdn":{"geoRestriction":{}}`),
		want:   []string{`spec.cdn.geoRestriction.countries: Required value`, `spec.cdn.geoRestriction.type: Required value`},
	},
	"GeoUnknown": {
		reason: "Its kinds are listed.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"whitelist","countries":["DE"]}}`),
		want:   []string{`spec.cdn.geoRestriction.type: Unsupported value: "whitelist": supported values: "Allow", "Block"`},
	},
	"GeoNobody": {
		reason: "A shop for nobody is a mistake.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Allow","countries":[]}}`),
		want:   []string{`spec.cdn.geoRestriction.countries: Invalid value: 0: spec.cdn.geoRestriction.countries in body should have at least 1 items`},
	},
	"GeoTooMany": {
		reason: "There are 249 countries.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Allow","countries":[` + repeated(250, `"%03d"`) + `]}}`),
		want:   []string{`spec.cdn.geoRestriction.countries: Too many: 250: must have at most 249 items`},
	},
	"GeoTwice": {
		reason: "A country is allowed or not.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Allow","countries":["DE","DE"]}}`),
		want:   []string{`spec.cdn.geoRestriction.countries[1]: Duplicate value: "DE"`},
	},
	"GeoNoCountry": {
		reason: "CloudFront knows countries by two capital letters.",
		spec:   with(`"cdn":{"geoRestriction":{"type":"Allow","countries":["de"]}}`),
		want:   []string{`spec.cdn.geoRestriction.countries[0]: Invalid value: "de": must be an ISO 3166-1 alpha-2 country code in uppercase, such as DE`},
	},

	"Rotation": {
		reason: "A function of any partition can rotate.",
		spec:   `{"region":"cn-north-1","secrets":{"appRotation":{"lambdaArn":"arn:aws-cn:lambda:cn-north-1:123456789012:function:rotate_app","intervalDays":90}}}`,
	},
	"RotationByNobody": {
		reason: "A secret does not rotate itself.",
		spec:   with(`"secrets":{"appRotation":{}}`),
		want:   []string{`spec.secrets.appRotation.lambdaArn: Required value`},
	},
	"RotationByName": {
		reason: "A name alone does not say whose function it is.",
		spec:   with(`"secrets":{"appRotation":{"lambdaArn":"rotate"}}`),
		want:   []string{`spec.secrets.appRotation.lambdaArn: Invalid value: "rotate": must be the ARN of a Lambda function, without a version; for example, arn:aws:lambda:eu-west-1:123456789012:function:rotate`},
	},
	"RotationTooLong": {
		reason: "No ARN of a function is that long.",
		spec:   with(`"secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:` + strings.Repeat("a", 256) + `"}}`),
		want:   []string{`spec.secrets.appRotation.lambdaArn: Too long: may not be more than 256 bytes`},
	},
	"RotationTooOften": {
		reason: "Once a day is the most.",
		spec:   with(`"secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate","intervalDays":0}}`),
		want:   []string{`spec.secrets.appRotation.intervalDays: Invalid value: 0: spec.secrets.appRotation.intervalDays in body should be greater than or equal to 1`},
	},
	"RotationTooSeldom": {
		reason: "A secret of more than 90 days is an old one.",
		spec:   with(`"secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate","intervalDays":91}}`),
		want:   []string{`spec.secrets.appRotation.intervalDays: Invalid value: 91: spec.secrets.appRotation.intervalDays in body should be less than or equal to 90`},
	},

	"GuardrailsOff": {
		reason: "Each guardrail can be switched off as far as the API goes; the platform decides whether it may.",
		spec:   guardrails(`"waf":{"enabled":false},"audit":{"enabled":false},"config":{"enabled":false},"parameters":{"enabled":false},"alarms":{"enabled":false},"responses":{"enabled":false}`),
	},
	"ResponsesWithoutAlarms": {
		reason: "A response that nobody hears of is worse than none.",
		spec:   guardrails(`"alarms":{"enabled":false}`),
		want:   []string{broken("spec.guardrails.responses", responsesNeedTopic)},
	},
	"AlarmsWithoutResponses": {
		reason: "Alarms need no responses.",
		spec:   guardrails(`"responses":{"enabled":false}`),
	},

	"WAFCounts": {
		reason: "Rules can be tried out, at any limit and with ranges of any size that AWS WAF takes.",
		spec:   guardrails(`"waf":{"mode":"Count","requestsPerFiveMinutes":100,"allowCidrs":["203.0.113.7/32"],"blockCidrs":["0.0.0.0/1"],"blockCountries":["KP"]}`),
	},
	"WAFExceptions": {
		reason: "A rule may leave some paths alone.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SizeRestrictions_BODY","paths":["/admin/*","/.well-known/upload","/files/"]},{"rule":"SQLi_COOKIE","paths":["/a"]}]}`),
	},
	"WAFExceptionOfNoRule": {
		reason: "A rule that does not exist would leave the real one as it is.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SizeRestrictions_Body","paths":["/admin/*"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].rule: Unsupported value: "SizeRestrictions_Body": supported values: "AnonymousIPList", "AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "CrossSiteScripting_BODY", "CrossSiteScripting_COOKIE", "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_URIPATH", "EC2MetaDataSSRF_BODY", "EC2MetaDataSSRF_COOKIE", "EC2MetaDataSSRF_QUERYARGUMENTS", "EC2MetaDataSSRF_URIPATH", "ExploitablePaths_URIPATH", "GenericLFI_BODY", "GenericLFI_QUERYARGUMENTS", "GenericLFI_URIPATH", "GenericRFI_BODY", "GenericRFI_QUERYARGUMENTS", "GenericRFI_URIPATH", "Host_localhost_HEADER", "HostingProviderIPList", "JavaDeserializationRCE_BODY", "JavaDeserializationRCE_HEADER", "JavaDeserializationRCE_QUERYSTRING", "JavaDeserializationRCE_URIPATH", "Log4JRCE_BODY", "Log4JRCE_HEADER", "Log4JRCE_QUERYSTRING", "Log4JRCE_URIPATH", "NoUserAgent_HEADER", "PROPFIND_METHOD", "ReactJSRCE_BODY", "RestrictedExtensions_QUERYARGUMENTS", "RestrictedExtensions_URIPATH", "SizeRestrictions_BODY", "SizeRestrictions_Cookie_HEADER", "SizeRestrictions_QUERYSTRING", "SizeRestrictions_URIPATH", "SQLi_BODY", "SQLi_COOKIE", "SQLi_QUERYARGUMENTS", "SQLi_URIPATH", "SQLiExtendedPatterns_BODY", "SQLiExtendedPatterns_QUERYARGUMENTS", "UserAgent_BadBots_HEADER"`},
	},
	"WAFExceptionTwice": {
		reason: "All paths of a rule are in one place.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/a"]},{"rule":"SQLi_BODY","paths":["/b"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[1]: Duplicate value: {"rule":"SQLi_BODY"}`},
	},
	"WAFExceptionsMany": {
		reason: "Twenty rules with exceptions are hardly rules.",
		spec:   guardrails(`"waf":{"exceptions":[` + exceptions(21) + `]}`),
		want:   []string{`spec.guardrails.waf.exceptions: Too many: 21: must have at most 20 items`},
	},
	"WAFExceptionFromEverything": {
		reason: "A rule that blocks nowhere is none.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/*"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths[0]: Invalid value: "/*": must be an exact path, or a prefix that ends with /*; for example, /admin/*`},
	},
	"WAFExceptionInTheMiddle": {
		reason: "A star is for the end.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/*/upload"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths[0]: Invalid value: "/*/upload": must be an exact path, or a prefix that ends with /*; for example, /admin/*`},
	},
	"WAFExceptionUpwards": {
		reason: "Dots lead elsewhere before paths are compared.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/a/../b"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths[0]: Invalid value: "/a/../b": must be an exact path, or a prefix that ends with /*; for example, /admin/*`},
	},
	"WAFExceptionNowhere": {
		reason: "An exception is for something.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":[]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths: Invalid value: 0: spec.guardrails.waf.exceptions[0].paths in body should have at least 1 items`},
	},
	"WAFExceptionPaths": {
		reason: "Ten paths of a rule are enough.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":[` + repeated(11, `"/a%d"`) + `]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths: Too many: 11: must have at most 10 items`},
	},
	"WAFExceptionPathTwice": {
		reason: "Once is enough.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/a","/a"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths[1]: Duplicate value: "/a"`},
	},
	"WAFExceptionPathTooLong": {
		reason: "A path has 100 characters.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":["/` + strings.Repeat("a", 100) + `"]}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths[0]: Too long: may not be more than 100 bytes`},
	},
	"WAFExceptionPathsTooLong": {
		reason: "All paths of a rule are one expression.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"SQLi_BODY","paths":[` + repeated(3, `"/%d`+strings.Repeat("a", 72)+`"`) + `]}]}`),
		want:   []string{broken("spec.guardrails.waf.exceptions[0].paths", wafPathsLong)},
	},
	"WAFExceptionUnsaid": {
		reason: "An exception is from a rule, for paths.",
		spec:   guardrails(`"waf":{"exceptions":[{}]}`),
		want:   []string{`spec.guardrails.waf.exceptions[0].paths: Required value`, `spec.guardrails.waf.exceptions[0].rule: Required value`},
	},
	"WAFRestrictedUnsaid": {
		reason: "A restriction is of a path, to addresses.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].cidrs: Required value`, `spec.guardrails.waf.restrictedPaths[0].path: Required value`},
	},
	"WAFExceptionOfAnonymous": {
		reason: "What is not there has no exceptions.",
		spec:   guardrails(`"waf":{"exceptions":[{"rule":"HostingProviderIPList","paths":["/webhooks/*"]}]}`),
		want:   []string{broken("spec.guardrails.waf.exceptions", wafAnonymous)},
	},
	"WAFExceptionOfAnonymousBlocked": {
		reason: "Payment providers call from hosting providers.",
		spec:   guardrails(`"waf":{"blockAnonymous":true,"exceptions":[{"rule":"HostingProviderIPList","paths":["/webhooks/*"]}]}`),
	},
	"WAFRestrictedPaths": {
		reason: "A path, all below it, or the whole shop.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/admin/*","cidrs":["203.0.113.7","2001:db8::/32"]},{"path":"/status","cidrs":["203.0.113.0/24"]},{"path":"/*","cidrs":["203.0.113.0/24"]}]}`),
	},
	"WAFRestrictedRelative": {
		reason: "Paths begin at the root.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"admin/*","cidrs":["203.0.113.7"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].path: Invalid value: "admin/*": must be an exact path, or a prefix that ends with /*; for example, /admin/*`},
	},
	"WAFRestrictedRoot": {
		reason: "The page at the root alone is open or the shop is closed.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/","cidrs":["203.0.113.7"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].path: Invalid value: "/": must be an exact path, or a prefix that ends with /*; for example, /admin/*`},
	},
	"WAFRestrictedTooLong": {
		reason: "A path has 100 characters.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/` + strings.Repeat("a", 100) + `","cidrs":["203.0.113.7"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].path: Too long: may not be more than 100 bytes`},
	},
	"WAFRestrictedTwice": {
		reason: "A path has one list.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":["203.0.113.7"]},{"path":"/a","cidrs":["203.0.113.8"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[1]: Duplicate value: {"path":"/a"}`},
	},
	"WAFRestrictedMany": {
		reason: "Each takes two lists of a hundred that an account has.",
		spec:   guardrails(`"waf":{"restrictedPaths":[` + repeated(6, `{"path":"/a%d","cidrs":["203.0.113.7"]}`) + `]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths: Too many: 6: must have at most 5 items`},
	},
	"WAFRestrictedToNobody": {
		reason: "To close a path is for the application.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":[]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].cidrs: Invalid value: 0: spec.guardrails.waf.restrictedPaths[0].cidrs in body should have at least 1 items`},
	},
	"WAFRestrictedToEverybody": {
		reason: "A path that is open to all is not restricted.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":["0.0.0.0/0"]}]}`),
		want:   []string{broken("spec.guardrails.waf.restrictedPaths[0].cidrs", wafRange)},
	},
	"WAFRestrictedToMany": {
		reason: "A hundred ranges are enough.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":[` + repeated(101, `"10.0.%d.0/24"`) + `]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].cidrs: Too many: 101: must have at most 100 items`},
	},
	"WAFRestrictedToTwice": {
		reason: "Once is enough.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":["203.0.113.7","203.0.113.7"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].cidrs[1]: Duplicate value: "203.0.113.7"`},
	},
	"WAFRestrictedToLong": {
		reason: "No range has more than 43 characters.",
		spec:   guardrails(`"waf":{"restrictedPaths":[{"path":"/a","cidrs":["an.office.with.a.name.of.its.own.example.com"]}]}`),
		want:   []string{`spec.guardrails.waf.restrictedPaths[0].cidrs[0]: Too long: may not be more than 43 bytes`},
	},
	"WAFModeUnknown": {
		reason: "The modes are listed.",
		spec:   guardrails(`"waf":{"mode":"Allow"}`),
		want:   []string{`spec.guardrails.waf.mode: Unsupported value: "Allow": supported values: "Block", "Count"`},
	},
	"WAFLimitTooLow": {
		reason: "One page of a shop is dozens of requests.",
		spec:   guardrails(`"waf":{"requestsPerFiveMinutes":99}`),
		want:   []string{`spec.guardrails.waf.requestsPerFiveMinutes: Invalid value: 99: spec.guardrails.waf.requestsPerFiveMinutes in body should be greater than or equal to 100`},
	},
	"WAFLimitTooHigh": {
		reason: "AWS WAF counts no further.",
		spec:   guardrails(`"waf":{"requestsPerFiveMinutes":2000001}`),
		want:   []string{`spec.guardrails.waf.requestsPerFiveMinutes: Invalid value: 2000001: spec.guardrails.waf.requestsPerFiveMinutes in body should be less than or equal to 2000000`},
	},
	"WAFAllowsEverybody": {
		reason: "To let everybody in is to have no firewall, and AWS WAF refuses it.",
		spec:   guardrails(`"waf":{"allowCidrs":["0.0.0.0/0"]}`),
		want:   []string{broken("spec.guardrails.waf.allowCidrs", wafRange)},
	},
	"WAFAllowsHost": {
		reason: "An address is the range of it alone.",
		spec:   guardrails(`"waf":{"allowCidrs":["203.0.113.7","2001:db8::1"]}`),
	},
	"WAFAllowsIPv6": {
		reason: "There is a set for each family.",
		spec:   guardrails(`"waf":{"allowCidrs":["2001:db8::/32","203.0.113.0/24"],"blockCidrs":["::/1"]}`),
	},
	"WAFAllowsAllOfIPv6": {
		reason: "To let everybody in is to have no firewall, by IPv6 too.",
		spec:   guardrails(`"waf":{"allowCidrs":["::/0"]}`),
		want:   []string{broken("spec.guardrails.waf.allowCidrs", wafRange)},
	},
	"WAFAllowsName": {
		reason: "AWS WAF knows no names.",
		spec:   guardrails(`"waf":{"allowCidrs":["office.example.com"]}`),
		want:   []string{broken("spec.guardrails.waf.allowCidrs", wafRange)},
	},
	"WAFAllowsTwice": {
		reason: "A range is let in or not.",
		spec:   guardrails(`"waf":{"allowCidrs":["203.0.113.0/24","203.0.113.0/24"]}`),
		want:   []string{`spec.guardrails.waf.allowCidrs[1]: Duplicate value: "203.0.113.0/24"`},
	},
	"WAFAllowsTooMany": {
		reason: "A hundred exceptions are no exceptions.",
		spec:   guardrails(`"waf":{"allowCidrs":[` + repeated(101, `"10.0.%d.0/24"`) + `]}`),
		want:   []string{`spec.guardrails.waf.allowCidrs: Too many: 101: must have at most 100 items`},
	},
	"WAFAllowsTooLong": {
		reason: "No range has more than 43 characters.",
		spec:   guardrails(`"waf":{"allowCidrs":["a.monitoring.service.with.a.name.example.com"]}`),
		want:   []string{`spec.guardrails.waf.allowCidrs[0]: Too long: may not be more than 43 bytes`},
	},
	"WAFBlocksMiddle": {
		reason: "A range starts at its network address.",
		spec:   guardrails(`"waf":{"blockCidrs":["203.0.113.1/24"]}`),
		want:   []string{broken("spec.guardrails.waf.blockCidrs", wafRange)},
	},
	"WAFBlocksTwice": {
		reason: "A range is kept out or not.",
		spec:   guardrails(`"waf":{"blockCidrs":["203.0.113.0/24","203.0.113.0/24"]}`),
		want:   []string{`spec.guardrails.waf.blockCidrs[1]: Duplicate value: "203.0.113.0/24"`},
	},
	"WAFBlocksTooMany": {
		reason: "The list is for a few bad neighbours.",
		spec:   guardrails(`"waf":{"blockCidrs":[` + repeated(101, `"10.0.%d.0/24"`) + `]}`),
		want:   []string{`spec.guardrails.waf.blockCidrs: Too many: 101: must have at most 100 items`},
	},
	"WAFBlocksTooLong": {
		reason: "No range has more than 43 characters.",
		spec:   guardrails(`"waf":{"blockCidrs":["a.monitoring.service.with.a.name.example.com"]}`),
		want:   []string{`spec.guardrails.waf.blockCidrs[0]: Too long: may not be more than 43 bytes`},
	},
	"WAFBlocksNoCountry": {
		reason: "AWS WAF knows countries by two capital letters.",
		spec:   guardrails(`"waf":{"blockCountries":["kp"]}`),
		want:   []string{`spec.guardrails.waf.blockCountries[0]: Invalid value: "kp": must be an ISO 3166-1 alpha-2 country code in uppercase, such as DE`},
	},
	"WAFBlocksCountryTwice": {
		reason: "A country is kept out or not.",
		spec:   guardrails(`"waf":{"blockCountries":["KP","KP"]}`),
		want:   []string{`spec.guardrails.waf.blockCountries[1]: Duplicate value: "KP"`},
	},
	"WAFBlocksManyCountries": {
		reason: "AWS WAF takes 50 in a rule.",
		spec:   guardrails(`"waf":{"blockCountries":[` + countries(51) + `]}`),
		want:   []string{`spec.guardrails.waf.blockCountries: Too many: 51: must have at most 50 items`},
	},

	"Alarms": {
		reason: "Alarms go to people and to services.",
		spec:   guardrails(`"alarms":{"emails":["on-call+shop@example.co.uk"],"webhooks":["https://events.example.com/integration/1?key=2"]}`),
	},
	"EmailIsNone": {
		reason: "An address has an at sign and a domain.",
		spec:   guardrails(`"alarms":{"emails":["on-call@example"]}`),
		want:   []string{`spec.guardrails.alarms.emails[0]: Invalid value: "on-call@example": must be an email address, such as alarms@example.com`},
	},
	"EmailTwice": {
		reason: "Nobody wants an alarm twice.",
		spec:   guardrails(`"alarms":{"emails":["a@example.com","a@example.com"]}`),
		want:   []string{`spec.guardrails.alarms.emails[1]: Duplicate value: "a@example.com"`},
	},
	"EmailTooLong": {
		reason: "No address is that long.",
		spec:   guardrails(`"alarms":{"emails":["` + strings.Repeat("a", 243) + `@example.com"]}`),
		want:   []string{`spec.guardrails.alarms.emails[0]: Too long: may not be more than 254 bytes`},
	},
	"EmailsTooMany": {
		reason: "More people are better reached by a list of their own.",
		spec:   guardrails(`"alarms":{"emails":[` + repeated(11, `"%d@example.com"`) + `]}`),
		want:   []string{`spec.guardrails.alarms.emails: Too many: 11: must have at most 10 items`},
	},
	"WebhookInPlainText": {
		reason: "Alarms tell what is wrong with a shop, so nobody else should read them.",
		spec:   guardrails(`"alarms":{"webhooks":["http://events.example.com"]}`),
		want:   []string{`spec.guardrails.alarms.webhooks[0]: Invalid value: "http://events.example.com": must be an HTTPS URL, such as https://alarms.example.com/hook`},
	},
	"WebhookTwice": {
		reason: "Nor does a service want an alarm twice.",
		spec:   guardrails(`"alarms":{"webhooks":["https://example.com","https://example.com"]}`),
		want:   []string{`spec.guardrails.alarms.webhooks[1]: Duplicate value: "https://example.com"`},
	},
	"WebhookTooLong": {
		reason: "No address of an on-call service is that long.",
		spec:   guardrails(`"alarms":{"webhooks":["https://example.com/` + strings.Repeat("a", 493) + `"]}`),
		want:   []string{`spec.guardrails.alarms.webhooks[0]: Too long: may not be more than 512 bytes`},
	},
	"WebhooksTooMany": {
		reason: "One service can tell others.",
		spec:   guardrails(`"alarms":{"webhooks":[` + repeated(11, `"https://example.com/%d"`) + `]}`),
		want:   []string{`spec.guardrails.alarms.webhooks: Too many: 11: must have at most 10 items`},
	},

	"Responses": {
		reason: "Each response has a mode of its own.",
		spec:   guardrails(`"responses":{"mode":"Notify","modes":{"securityGroupOpened":"Enforce","publicAccessUnblocked":"Enforce","databaseExposed":"Notify","bucketPolicyChanged":"Notify","trailStopped":"Notify"}}`),
	},
	"ResponseModeUnknown": {
		reason: "The modes are listed.",
		spec:   guardrails(`"responses":{"mode":"Off"}`),
		want:   []string{`spec.guardrails.responses.mode: Unsupported value: "Off": supported values: "Enforce", "Notify"`},
	},
	"ResponseModeOfOneUnknown": {
		reason: "So they are for each response.",
		spec:   guardrails(`"responses":{"modes":{"securityGroupOpened":"Off","publicAccessUnblocked":"Off","databaseExposed":"Off","bucketPolicyChanged":"Off","trailStopped":"Off"}}`),
		want: []string{
			`spec.guardrails.responses.modes.bucketPolicyChanged: Unsupported value: "Off": supported values: "Enforce", "Notify"`,
			`spec.guardrails.responses.modes.databaseExposed: Unsupported value: "Off": supported values: "Enforce", "Notify"`,
			`spec.guardrails.responses.modes.publicAccessUnblocked: Unsupported value: "Off": supported values: "Enforce", "Notify"`,
			`spec.guardrails.responses.modes.securityGroupOpened: Unsupported value: "Off": supported values: "Enforce", "Notify"`,
			`spec.guardrails.responses.modes.trailStopped: Unsupported value: "Off": supported values: "Enforce", "Notify"`,
		},
	},
	"ResponseUnknown": {
		reason: "Each response is a field.",
		spec:   guardrails(`"responses":{"modes":{"bucketOpened":"Notify"}}`),
		want:   []string{`spec.guardrails.responses.modes.bucketOpened: Invalid value: unknown field`},
	},

	"Tags": {
		reason: "A tag may have no value, and a key everything that AWS takes.",
		spec:   with(`"tags":{"cost center":"","a/b:c=d+e-f@g_h.i":"42 + more"}`),
	},
	"TagKeys": {
		reason: "Keys may have one character, or 128, and any digit.",
		spec:   with(`"tags":{"k":"","0123456789":"","` + strings.Repeat("k", 128) + `":""}`),
	},
	"ResponsesInVPC": {
		reason: "A NAT gateway is the way to AWS, and there is one by default.",
		spec:   guardrails(`"responses":{"inVpc":true}`),
	},
	"ResponsesInVPCWithoutWayOut": {
		reason: "A function that reaches nothing undoes nothing.",
		spec:   with(`"network":{"natGateways":"None"},"guardrails":{"responses":{"inVpc":true}}`),
		want:   []string{broken("spec.guardrails.responses.inVpc", vpcNeedsNAT)},
	},
	"ResponsesIntoVPC": {
		reason: "A function may be moved into the VPC.",
		spec:   guardrails(`"responses":{"inVpc":true}`),
		old:    guardrails(`"responses":{}`),
	},
	"ResponsesOutOfVPC": {
		reason: "It cannot be moved out again.",
		spec:   guardrails(`"responses":{}`),
		old:    guardrails(`"responses":{"inVpc":true}`),
		want:   []string{broken("spec.guardrails.responses.inVpc", vpcForGood)},
	},
	"ResponsesOutOfVPCInWords": {
		reason: "Nor by an explicit no.",
		spec:   guardrails(`"responses":{"inVpc":false}`),
		old:    guardrails(`"responses":{"inVpc":true}`),
		want:   []string{broken("spec.guardrails.responses.inVpc", vpcForGood)},
	},
	"ResponsesOffInVPC": {
		reason: "Switched off there is no function that would have to stay.",
		spec:   guardrails(`"responses":{"enabled":false}`),
		old:    guardrails(`"responses":{"inVpc":true}`),
	},
	"ResponsesOnOutOfVPC": {
		reason: "A new function starts where it is wanted.",
		spec:   guardrails(`"responses":{"enabled":true}`),
		old:    guardrails(`"responses":{"enabled":false,"inVpc":true}`),
	},
	"Account": {
		reason: "All settings of the account go together.",
		spec:   ofAccount("eu-west-1", `"publicAccessBlock":true,"ebsEncryption":true,"ebsKeyUsers":["`+role1+`"],"passwordPolicy":true,"accessAnalyzer":true,"macie":true,"blockPublicDocuments":true,"automationLogs":true,`+supporters(`"`+role1+`"`)+`,`+contact("", "")),
	},
	"KeyUsersWithoutKey": {
		reason: "Who may use a key needs one.",
		spec:   ofAccount("eu-west-1", `"ebsKeyUsers":["`+role1+`"]`),
		want:   []string{broken("spec.account.ebsKeyUsers", keyWithoutVolumes)},
	},
	"KeyUsersWithKeyRefused": {
		reason: "To say no is to have none.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":false,"ebsKeyUsers":["`+role1+`"]`),
		want:   []string{broken("spec.account.ebsKeyUsers", keyWithoutVolumes)},
	},
	"KeyUsersOfChina": {
		reason: "China knows its own ARNs.",
		spec:   ofAccount("cn-north-1", `"ebsEncryption":true,"ebsKeyUsers":["arn:aws-cn:iam::123456789012:role/a"]`),
	},
	"KeyUsersOfGovCloud": {
		reason: "So does GovCloud.",
		spec:   ofAccount("us-gov-west-1", `"ebsEncryption":true,"ebsKeyUsers":["arn:aws-us-gov:iam::123456789012:user/a"]`),
	},
	"KeyUsersNone": {
		reason: "An empty list is no wish.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":true,"ebsKeyUsers":[]`),
		want:   []string{`spec.account.ebsKeyUsers: Invalid value: 0: spec.account.ebsKeyUsers in body should have at least 1 items`},
	},
	"KeyUsersTooMany": {
		reason: "A policy has little room.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":true,"ebsKeyUsers":[`+repeated(11, `"arn:aws:iam::123456789012:role/%d"`)+`]`),
		want:   []string{`spec.account.ebsKeyUsers: Too many: 11: must have at most 10 items`},
	},
	"KeyUsersTwice": {
		reason: "A list is a set.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":true,"ebsKeyUsers":["`+role1+`","`+role1+`"]`),
		want:   []string{`spec.account.ebsKeyUsers[1]: Duplicate value: "` + role1 + `"`},
	},
	"KeyUserEverybody": {
		reason: "A policy names no unknown.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":true,"ebsKeyUsers":["arn:aws:iam::123456789012:role/*"]`),
		want:   []string{`spec.account.ebsKeyUsers[0]: Invalid value: "arn:aws:iam::123456789012:role/*": must be the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/support`},
	},
	"KeyUserTooLong": {
		reason: "No principal has a longer ARN.",
		spec:   ofAccount("eu-west-1", `"ebsEncryption":true,"ebsKeyUsers":["`+role1+strings.Repeat("a", 256)+`"]`),
		want:   []string{`spec.account.ebsKeyUsers[0]: Too long: may not be more than 256 bytes`},
	},
	"SupportRoleForNobody": {
		reason: "A role that nobody may take is none.",
		spec:   ofAccount("eu-west-1", `"supportRole":{}`),
		want:   []string{`spec.account.supportRole.principals: Required value`},
	},
	"SupportRoleOfNone": {
		reason: "An empty list is nobody too.",
		spec:   ofAccount("eu-west-1", supporters("")),
		want:   []string{`spec.account.supportRole.principals: Invalid value: 0: spec.account.supportRole.principals in body should have at least 1 items`},
	},
	"SupportRoleForTooMany": {
		reason: "A trust policy has little room.",
		spec:   ofAccount("eu-west-1", supporters(repeated(7, `"arn:aws:iam::123456789012:role/%d"`))),
		want:   []string{`spec.account.supportRole.principals: Too many: 7: must have at most 6 items`},
	},
	"SupportRoleTwice": {
		reason: "A list is a set.",
		spec:   ofAccount("eu-west-1", supporters(`"`+role1+`","`+role1+`"`)),
		want:   []string{`spec.account.supportRole.principals[1]: Duplicate value: "` + role1 + `"`},
	},
	"SupportRoleForTheAccount": {
		reason: "The account itself is everybody in it.",
		spec:   ofAccount("eu-west-1", supporters(`"arn:aws:iam::123456789012:root"`)),
		want:   []string{`spec.account.supportRole.principals[0]: Invalid value: "arn:aws:iam::123456789012:root": must be the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/support`},
	},
	"SupportRoleTooLong": {
		reason: "No principal has a longer ARN.",
		spec:   ofAccount("eu-west-1", supporters(`"`+role1+strings.Repeat("a", 256)+`"`)),
		want:   []string{`spec.account.supportRole.principals[0]: Too long: may not be more than 256 bytes`},
	},
	"ContactWithoutName": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("name", "")),
		want:   []string{`spec.account.securityContact.name: Required value`},
	},
	"ContactWithoutTitle": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("title", "")),
		want:   []string{`spec.account.securityContact.title: Required value`},
	},
	"ContactWithoutEmail": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("email", "")),
		want:   []string{`spec.account.securityContact.email: Required value`},
	},
	"ContactWithoutPhone": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("phone", "")),
		want:   []string{`spec.account.securityContact.phone: Required value`},
	},
	"ContactEmptyName": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("name", `""`)),
		want:   []string{`spec.account.securityContact.name: Invalid value: "": must not be blank; for example, Security team`},
	},
	"ContactEmptyTitle": {
		reason: "AWS wants all of a contact.",
		spec:   ofAccount("eu-west-1", contact("title", `""`)),
		want:   []string{`spec.account.securityContact.title: Invalid value: "": must not be blank; for example, Security team`},
	},
	"ContactLongName": {
		reason: "AWS takes no longer one.",
		spec:   ofAccount("eu-west-1", contact("name", `"`+strings.Repeat("a", 65)+`"`)),
		want:   []string{`spec.account.securityContact.name: Too long: may not be more than 64 bytes`},
	},
	"ContactLongTitle": {
		reason: "AWS takes no longer one.",
		spec:   ofAccount("eu-west-1", contact("title", `"`+strings.Repeat("a", 51)+`"`)),
		want:   []string{`spec.account.securityContact.title: Too long: may not be more than 50 bytes`},
	},
	"ContactLongEmail": {
		reason: "AWS takes no longer one.",
		spec:   ofAccount("eu-west-1", contact("email", `"`+strings.Repeat("a", 243)+"@example.com"+`"`)),
		want:   []string{`spec.account.securityContact.email: Too long: may not be more than 254 bytes`},
	},
	"ContactLongPhone": {
		reason: "AWS takes no longer one.",
		spec:   ofAccount("eu-west-1", contact("phone", `"`+strings.Repeat("1", 26)+`"`)),
		want:   []string{`spec.account.securityContact.phone: Too long: may not be more than 25 bytes`},
	},
	"ContactOddEmail": {
		reason: "What is no address reaches nobody.",
		spec:   ofAccount("eu-west-1", contact("email", `"security"`)),
		want:   []string{`spec.account.securityContact.email: Invalid value: "security": must be an email address, such as security@example.com`},
	},
	"ContactOddPhone": {
		reason: "AWS takes digits, and what people write between them.",
		spec:   ofAccount("eu-west-1", contact("phone", `"call me"`)),
		want:   []string{`spec.account.securityContact.phone: Invalid value: "call me": must be a phone number that contains only digits, spaces, parentheses, plus signs and hyphens; for example, +49 30 1234567`},
	},
	"TagOfAWSAmongOthers": {
		reason: "One good key does not excuse another.",
		spec:   with(`"tags":{"team":"a","aws:team":"a"}`),
		want:   []string{broken("spec.tags", tagKeys)},
	},
	"TagsTooMany": {
		reason: "AWS takes 50, of which the stack and the platform need some.",
		spec:   with(`"tags":{` + repeated(41, `"t%d":"v"`) + `}`),
		want:   []string{`spec.tags: Too many: 41: must have at most 40 items`},
	},
	"TagOfAWS": {
		reason: "AWS keeps a prefix for itself, however it is written.",
		spec:   with(`"tags":{"AWS:team":"a"}`),
		want:   []string{broken("spec.tags", tagKeys)},
	},
	"TagWithoutKey": {
		reason: "A tag has a key.",
		spec:   with(`"tags":{"":"a"}`),
		want:   []string{broken("spec.tags", tagKeys)},
	},
	"TagKeyTooLong": {
		reason: "AWS has no longer keys than 128 characters.",
		spec:   with(`"tags":{"` + strings.Repeat("k", 129) + `":"a"}`),
		want:   []string{broken("spec.tags", tagKeys)},
	},
	"TagKeyOfOtherLetters": {
		reason: "Not every service takes an ampersand.",
		spec:   with(`"tags":{"r&d":"a"}`),
		want:   []string{broken("spec.tags", tagKeys)},
	},
	"TagValueOfOtherLetters": {
		reason: "So it is with values.",
		spec:   with(`"tags":{"team":"r&d"}`),
		want:   []string{`spec.tags[team]: Invalid value: "r&d": must contain only ASCII letters, digits, spaces and the symbols _.:/=+@- (for example, team-a)`},
	},
	"TagValueTooLong": {
		reason: "AWS has no longer values than 256 characters.",
		spec:   with(`"tags":{"team":"` + strings.Repeat("v", 257) + `"}`),
		want:   []string{`spec.tags.team: Too long: may not be more than 256 bytes`},
	},
}, appCases, cacheCases, databaseCases, filesCases, functionCases, formatCases, sidecarCases, callCases, searchCases, queueCases, mailCases)

// merged merges tables of cases. Case names must be unique.
func merged(tables ...map[string]apiCase) map[string]apiCase {
	out := map[string]apiCase{}
	for _, cases := range tables {
		for name, c := range cases {
			if _, twice := out[name]; twice {
				panic("two cases have the name " + name)
			}
			out[name] = c
		}
	}
	return out
}

// answers returns the API server's response to a case.
func (c apiCase) answers(t *testing.T) field.ErrorList {
	t.Helper()
	s := Schema()
	object := func(spec string) map[string]any {
		out := map[string]any{}
		if err := utiljson.Unmarshal([]byte(`{"spec":`+spec+`}`), &out); err != nil {
			t.Fatal(err)
		}
		s.Default(out)
		return out
	}
	if c.old == "" {
		return s.Validate(object(c.spec))
	}
	return s.ValidateUpdate(object(c.spec), object(c.old))
}

func TestAPI(t *testing.T) {
	for name, tc := range apiCases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range tc.answers(t) {
				got = append(got, e.Error())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nAPI: -want, +got:\n%s", tc.reason, diff)
			}
			if tc.old != "" {
				if errs := (apiCase{spec: tc.old}).answers(t); len(errs) > 0 {
					t.Errorf("\nWhat stood there before must have been valid.\nAPI: %v", errs)
				}
			}
		})
	}
}

// constraint is a constraint of the API.
type constraint struct {
	// Path of the field in the message. Lists and maps are [*].
	Path string
	// Message is part of the message.
	Message string
}

// constraints returns all constraints in the schema of a field and its children,
// except types.
func constraints(path string, s extv1.JSONSchemaProps) []constraint {
	var out []constraint
	add := func(path, format string, args ...any) {
		out = append(out, constraint{Path: path, Message: fmt.Sprintf(format, args...)})
	}
	for _, r := range s.XValidations {
		add(path+r.FieldPath, "%s", r.Message)
	}
	for _, r := range s.Required {
		add(path+"."+r, "Required value")
	}
	if len(s.Enum) > 0 {
		add(path, "supported values: ")
	}
	if s.Minimum != nil {
		add(path, "should be greater than or equal to %.0f", *s.Minimum)
	}
	if s.Maximum != nil {
		add(path, "should be less than or equal to %.0f", *s.Maximum)
	}
	if s.MinLength != nil {
		add(path, "should be at least %d chars long", *s.MinLength)
	}
	if s.MaxLength != nil {
		add(path, "may not be more than %d bytes", *s.MaxLength)
	}
	if s.MinItems != nil {
		add(path, "should have at least %d items", *s.MinItems)
	}
	if s.MaxItems != nil {
		add(path, "must have at most %d items", *s.MaxItems)
	}
	if s.MaxProperties != nil {
		add(path, "must have at most %d items", *s.MaxProperties)
	}
	if s.XListType != nil && *s.XListType == "set" {
		add(path+"[*]", "Duplicate value")
	}
	for name, p := range s.Properties {
		out = append(out, constraints(path+"."+name, p)...)
	}
	if s.Items != nil {
		out = append(out, constraints(path+"[*]", *s.Items.Schema)...)
	}
	if s.AdditionalProperties != nil {
		out = append(out, constraints(path+"[*]", *s.AdditionalProperties.Schema)...)
	}
	return out
}

// definition returns an XRD.
type definition struct {
	Spec struct {
		Versions []struct {
			Schema extv1.CustomResourceValidation `json:"schema"`
		} `json:"versions"`
	} `json:"spec"`
}

// Every rule, pattern and limit of the API needs a case that violates it.
func TestAPIHasCaseOfEveryConstraint(t *testing.T) {
	xrd := definition{}
	if err := yaml.Unmarshal(apis.ClaimDefinition, &xrd); err != nil {
		t.Fatal(err)
	}
	spec := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
	all := constraints("spec", spec)
	if len(all) < 70 {
		t.Errorf("only %d constraints found in the XRD", len(all))
	}
	// Map keys are shown as fields, and list indexes in brackets.
	member := regexp.MustCompile(`(tags|parameters|\]\.environment|\]\.secrets)(\.|\[)[^:]+$`)
	index := regexp.MustCompile(`\[[0-9]+\]`)
	shown := map[string][]string{}
	for _, tc := range apiCases {
		for _, e := range tc.answers(t) {
			path := index.ReplaceAllString(member.ReplaceAllString(e.Field, "$1[*]"), "[*]")
			shown[path] = append(shown[path], e.Error())
		}
	}
	for _, c := range all {
		if !slices.ContainsFunc(shown[c.Path], func(m string) bool { return strings.Contains(m, c.Message) }) {
			t.Errorf("no case shows %q at %s", c.Message, c.Path)
		}
	}
}

// Every description in the API ends with a period, and every field in a form has a
// title.
func TestAPIIsForForms(t *testing.T) {
	xrd := definition{}
	if err := yaml.Unmarshal(apis.ClaimDefinition, &xrd); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, s extv1.JSONSchemaProps)
	walk = func(path string, s extv1.JSONSchemaProps) {
		for name, p := range s.Properties {
			if p.Title == "" || !strings.HasSuffix(p.Description, ".") {
				t.Errorf("%s.%s: title %q, description %q", path, name, p.Title, p.Description)
			}
			walk(path+"."+name, p)
		}
	}
	walk("spec", xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"])
}

// Both scopes have the same API, so a manifest works with both.
func TestDefinitionsHaveOneSchema(t *testing.T) {
	schemas := map[string]any{}
	for name, raw := range map[string][]byte{"claim": apis.ClaimDefinition, "namespaced": apis.NamespacedDefinition} {
		xrd := struct {
			Spec struct {
				Versions []map[string]any `json:"versions"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal(raw, &xrd); err != nil {
			t.Fatal(err)
		}
		if len(xrd.Spec.Versions) == 0 {
			t.Fatalf("the XRD of the %s scope has no versions", name)
		}
		schemas[name] = xrd.Spec.Versions
	}
	if diff := cmp.Diff(schemas["claim"], schemas["namespaced"]); diff != "" {
		t.Errorf("Versions of the XRDs: -claim, +namespaced:\n%s", diff)
	}
}
