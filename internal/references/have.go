package references

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// class is the type of a named resource.
type class string

// Classes of names.
const (
	account          class = "account"
	alarm            class = "alarm"
	alias            class = "alias"
	bucket           class = "bucket"
	cluster          class = "database cluster"
	configRule       class = "Config rule"
	dashboard        class = "dashboard"
	database         class = "database instance"
	deliverySource   class = "delivery source"
	distribution     class = "distribution"
	eventRule        class = "event rule"
	function         class = "function"
	ecsCluster       class = "ECS cluster"
	ecsService       class = "ECS service"
	loadBalancer     class = "load balancer"
	logGroup         class = "log group"
	metric           class = "metric"
	natGateway       class = "NAT gateway"
	object           class = "object"
	originControl    class = "origin access control"
	parameter        class = "parameter"
	publicKey        class = "public key"
	queue            class = "queue"
	recorder         class = "Config recorder"
	roleName         class = "role"
	searchDomain     class = "search domain"
	secret           class = "secret"
	tagKey           class = "tag"
	tagValue         class = "value of a tag"
	topic            class = "topic"
	trail            class = "trail"
	vault            class = "backup vault"
	vpcOrigin        class = "VPC origin"
	webACL           class = "web ACL"
	zone             class = "hosted zone"
	other            class = "other"
	configurationSet class = "configuration set"
	cacheNode        class = "cache node"
	optionGroup      class = "option group"
	serverlessCache  class = "serverless cache"
)

// anywhere is the region of global names.
const anywhere = ""

// everywhere lists classes whose names are global.
var everywhere = map[class]bool{distribution: true, originControl: true, publicKey: true, roleName: true, tagKey: true, tagValue: true, vpcOrigin: true, zone: true, dashboard: true, object: true}

// have contains the names of a stack, the given texts, and their regions.
type have struct {
	// stack is the prefix of names in the stack.
	stack string
	// names contains the regions of each name by class.
	names map[class]map[string][]string
	// made contains all texts that AWS generates: IDs, ARNs and hosts.
	made map[string]bool
	// arns contains the ARNs among them.
	arns map[string]bool
	// objects contains the names of Kubernetes objects.
	objects map[string]bool
	// given contains all texts in claim and input.
	given map[string]bool
	// ids, regions and accounts are words in generated and given texts.
	ids, regions, accounts map[string]bool
	// words finds words with the stack's prefix.
	words wordFinder
	// home is the stack's region, and partition the partition of its ARNs.
	home, partition string
}

// stackTag is the tag that contains the stack's name.
const stackTag = "platform.secure-ecommerce.dev/stack"

func newHave(resources []Resource, given []map[string]any) *have {
	h := &have{
		names: map[class]map[string][]string{}, made: map[string]bool{}, arns: map[string]bool{}, objects: map[string]bool{},
		given: map[string]bool{}, ids: map[string]bool{}, regions: map[string]bool{}, accounts: map[string]bool{}, partition: "aws",
	}
	for _, g := range given {
		if region, ok := child(g, "spec", "region").(string); ok {
			h.home = region
		}
		for _, value := range leaves(g) {
			h.given[value] = true
			h.know(value)
			for _, region := range regions.find(value) {
				h.regions[region] = true
			}
		}
	}
	for _, r := range resources {
		h.add(r)
	}
	for arn := range h.arns {
		h.partition = strings.Split(arn, ":")[1]
	}
	for _, r := range resources {
		h.addControlled(r) // Partition and account of other ARNs apply to theirs too.
	}
	h.regions[globalRegions[h.partition]] = true
	h.words = wordsOf(h.stack)
	return h
}

// globalRegions contains the region of global services by partition (AWS
// documentation, "Global services").
var globalRegions = map[string]string{"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}

// know stores the IDs and accounts in a generated or given text.
func (h *have) know(value string) {
	for _, id := range ids.find(value) {
		h.ids[id] = true
	}
	for _, account := range accounts.find(value) {
		h.accounts[account] = true
	}
}

// add adds the names of a resource and its generated texts.
func (h *have) add(r Resource) {
	kind, forProvider := kindOf(r.Desired), child(r.Desired, "spec", "forProvider")
	if name, ok := child(r.Desired, "metadata", "name").(string); ok && kind != compositeKind {
		h.objects[name] = true
	}
	tags, _ := child(forProvider, "tags").(map[string]any)
	for key, value := range tags {
		h.addName(tagKey, key, anywhere)
		h.addName(tagValue, fmt.Sprint(value), anywhere)
	}
	if stack, ok := tags[stackTag].(string); ok {
		h.stack = stack
	}
	if known, _ := kinds.Of(kind); known.Called.Class != "" {
		n, name := known.Called, external(r.Observed)
		if n.At != "" {
			name, _ = child(forProvider, strings.Split(n.At, ".")...).(string)
		}
		if class(n.Class) == alias {
			name = "alias/" + name
		}
		h.addName(class(n.Class), name, regionOf(r))
		// The dimension of a load balancer's metrics.
		if suffix, ok := child(r.Observed, "status", "atProvider", "arnSuffix").(string); ok {
			h.addName(class(n.Class), suffix, regionOf(r))
		}
	}
	if kind == "elasticache/ReplicationGroup" {
		// The provider creates this Secret with a generated password.
		if name, ok := child(forProvider, "authTokenSecretRef", "name").(string); ok {
			h.objects[name] = true
		}
		replicas, _ := child(forProvider, "replicasPerNodeGroup").(float64)
		for i := range int(replicas) + 1 {
			h.addName(cacheNode, fmt.Sprintf("%s-%03d", external(r.Observed), i+1), regionOf(r))
		}
	}
	if kind == "cloudwatchlogs/MetricFilter" {
		namespace, _ := child(forProvider, "metricTransformation", "namespace").(string)
		name, _ := child(forProvider, "metricTransformation", "name").(string)
		h.addName(metric, namespace+" "+name, regionOf(r))
		h.addName(other, namespace, regionOf(r))
	}
	h.addMade(r)
	// A document that can be run has two ARNs (Service Authorization Reference,
	// "Resource types defined by AWS Systems Manager").
	if arn, ok := child(r.Observed, "status", "atProvider", "arn").(string); ok && kind == "ssm/Document" {
		h.arns[arn+":$DEFAULT"], h.arns[strings.Replace(arn, ":automation-definition/", ":document/", 1)] = true, true
	}
}

// addControlled adds a resource that is created with the Cloud Control API.
func (h *have) addControlled(r Resource) {
	if kindOf(r.Desired) != "cloudcontrol/Resource" {
		return
	}
	forProvider := child(r.Desired, "spec", "forProvider")
	state, _ := child(forProvider, "desiredState").(string)
	name, _ := child(decoded(state), "Name").(string)
	arn := func(kind string) {
		for account := range h.accounts {
			h.arns["arn:"+h.partition+":logs:"+regionOf(r)+":"+account+":"+kind+":"+name] = true
		}
	}
	if child(forProvider, "typeName") == "AWS::CloudFront::Function" {
		for account := range h.accounts {
			h.arns["arn:"+h.partition+":cloudfront::"+account+":function/"+name] = true
		}
	}
	switch child(forProvider, "typeName") {
	case "AWS::CloudFront::PublicKey":
		h.addName(publicKey, external(r.Observed), anywhere)
	case "AWS::Logs::DeliverySource":
		h.addName(deliverySource, name, regionOf(r))
		arn("delivery-source")
	case "AWS::Logs::DeliveryDestination":
		arn("delivery-destination")
	}
}

func (h *have) addName(c class, name, region string) {
	if h.names[c] == nil {
		h.names[c] = map[string][]string{}
	}
	if everywhere[c] {
		region = anywhere
	}
	h.names[c][name] = append(h.names[c][name], region)
}

// addMade adds observed values that were not requested. Requested values prove
// nothing, because the provider reports them even if they are wrong.
func (h *have) addMade(r Resource) {
	asked := map[string]bool{}
	for _, value := range leaves(child(r.Observed, "spec", "forProvider")) {
		asked[value] = true
	}
	shown, _ := child(r.Observed, "status", "atProvider").(map[string]any)
	forProvider, _ := child(r.Observed, "spec", "forProvider").(map[string]any)
	made := []string{external(r.Observed)}
	for _, field := range slices.Sorted(maps.Keys(shown)) {
		if _, ok := forProvider[field]; !ok {
			made = append(made, leaves(shown[field])...)
		}
	}
	for _, value := range made {
		if value == "" || asked[value] {
			continue
		}
		h.made[value] = true
		h.know(value)
		if strings.HasPrefix(value, "arn:") {
			h.arns[value] = true
		}
	}
}

// lookUp returns why a name does not exist in a region. It is empty if it exists.
func (h *have) lookUp(c class, name, region string) string {
	in, ok := h.names[c][name]
	switch {
	case !ok && h.given[name]:
		return ""
	case !ok:
		return "the stack has no " + string(c) + " with this name"
	case region == anywhere || everywhere[c] || slices.Contains(in, region) || slices.Contains(in, anywhere):
		return ""
	default:
		return "the stack has this " + string(c) + " in " + strings.Join(slices.Sorted(slices.Values(in)), " and ") + ", not in " + region
	}
}

// matching returns why no name of a class matches.
func (h *have) matching(c class, like func(name string) bool) string {
	for name := range h.names[c] {
		if like(name) {
			return ""
		}
	}
	return "the stack has no " + string(c) + " whose name matches"
}

// matches reports whether a text matches a pattern with * and ?, as in IAM
// policies.
func matches(pattern, text string) bool {
	for i := range len(pattern) {
		switch {
		case pattern[i] == '*':
			rest := pattern[i+1:]
			for j := range len(text) + 1 {
				if matches(rest, text[j:]) {
					return true
				}
			}
			return false
		case text == "", pattern[i] != '?' && pattern[i] != text[0]:
			return false
		}
		text = text[1:]
	}
	return text == ""
}

// extendsGiven reports whether a text is a given one, or a path below it.
func (h *have) extendsGiven(value string) bool {
	if h.given[value] {
		return true
	}
	for given := range h.given {
		if rest, ok := strings.CutPrefix(value, given); ok && given != "" && strings.ContainsAny(rest[:1], "/:") {
			return true
		}
	}
	return false
}

// inGiven reports whether a text is part of a given one.
func (h *have) inGiven(value string) bool {
	for given := range h.given {
		if strings.Contains(given, value) {
			return true
		}
	}
	return false
}
