package rules

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// Plan describes the checks in a kind's CustomizeDiff.
type Plan struct {
	// Functions lists the reviewed functions.
	Functions []string `json:"functions"`
	// Rule describes their requirements.
	Rule string `json:"rule"`
	// Checked reports whether CheckPlan implements it.
	Checked bool `json:"checked"`
}

//go:embed plan.yaml
var plans []byte

// Plans returns the checks in CustomizeDiff by kind.
var Plans = sync.OnceValues(func() (map[string]Plan, error) {
	out := map[string]Plan{}
	return out, yaml.UnmarshalStrict(plans, &out) // The file is embedded.
})

// CheckPlan returns why CustomizeDiff would reject a new resource. It is empty if
// it would not. References must be resolved.
func CheckPlan(kind string, u *unstructured.Unstructured) string {
	check, ok := checks[kind]
	if !ok {
		return ""
	}
	return check(planned{fields: forProvider(u), external: meta.GetExternalName(u)})
}

// planned is a resource before its creation.
type planned struct {
	fields   map[string]any
	external string
}

// has reports whether a field has a nonzero value.
func (p planned) has(path ...string) bool {
	v := valueAt(p.fields, path...)
	return v != nil && v != "" && v != false && v != int64(0) && v != float64(0)
}

func (p planned) text(path ...string) string {
	v, _ := valueAt(p.fields, path...).(string)
	return v
}

// objects returns the objects in a list.
func (p planned) objects(path ...string) []map[string]any {
	list, _ := valueAt(p.fields, path...).([]any)
	var out []map[string]any
	for _, item := range list {
		if m, ok := item.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// checks contains the rules of plan.yaml that a new resource can violate, by kind.
var checks = map[string]func(planned) string{
	"cloudwatch/MetricAlarm": func(p planned) string {
		if p.has("metricName") && p.has("statistic") == p.has("extendedStatistic") {
			return "exactly one of statistic and extendedStatistic must be set"
		}
		for _, q := range p.objects("metricQuery") {
			if query := (planned{fields: q}); query.has("expression") && query.has("metric") {
				return "a metricQuery has both expression and metric"
			}
		}
		return ""
	},
	"configservice/ConfigurationRecorder": func(p planned) string {
		group := func(field string) []string { return []string{"recordingGroup", field} }
		strategy, all := p.text("recordingGroup", "recordingStrategy", "useOnly"), p.has(group("allSupported")...)
		switch {
		case strategy == "":
			return ""
		case all && strategy != "ALL_SUPPORTED_RESOURCE_TYPES":
			return "allSupported requires the recording strategy ALL_SUPPORTED_RESOURCE_TYPES"
		case all && (p.has(group("resourceTypes")...) || p.has(group("exclusionByResourceTypes")...)):
			return "allSupported cannot be combined with lists of resource types"
		}
		return ""
	},
	"ec2/NATGateway": func(p planned) string {
		switch private := p.text("connectivityType") == "private"; {
		case private && (p.has("allocationId") || p.has("secondaryAllocationIds")):
			return "a private NAT gateway cannot have Elastic IP addresses"
		case !private && p.has("secondaryPrivateIpAddressCount"):
			return "a public NAT gateway cannot have secondaryPrivateIpAddressCount"
		}
		return ""
	},
	"kinesis/Stream": func(p planned) string {
		if onDemand := p.text("streamModeDetails", "streamMode") == "ON_DEMAND"; onDemand == p.has("shardCount") {
			return "shardCount must be set if and only if the stream is not ON_DEMAND"
		}
		return ""
	},
	"lambda/Function": func(p planned) string {
		if packageType := p.text("packageType"); packageType != "Image" && (!p.has("handler") || !p.has("runtime")) {
			return "a function from a Zip archive requires handler and runtime"
		}
		return ""
	},
	"networkfirewall/LoggingConfiguration": func(p planned) string {
		seen := map[any]bool{}
		for _, d := range p.objects("loggingConfiguration", "logDestinationConfig") {
			if seen[d["logType"]] {
				return fmt.Sprintf("logType %v has more than one destination", d["logType"])
			}
			seen[d["logType"]] = true
		}
		return ""
	},
	"sns/Topic": func(p planned) string {
		if problem := fifoName(p.external, p.has("fifoTopic"), 256); problem != "" {
			return problem
		}
		return p.fifoOnly("fifoTopic", "archivePolicy", "contentBasedDeduplication", "fifoThroughputScope")
	},
	"sns/TopicSubscription": func(p planned) string {
		if p.has("filterPolicyScope") && !p.has("filterPolicy") {
			return "filterPolicyScope requires filterPolicy"
		}
		return ""
	},
	"sqs/Queue": func(p planned) string {
		if problem := fifoName(p.text("name"), p.has("fifoQueue"), 80); problem != "" {
			return problem
		}
		return p.fifoOnly("fifoQueue", "contentBasedDeduplication")
	},
}

// fifoOnly checks fields that are only valid for a FIFO topic or queue.
func (p planned) fifoOnly(fifo string, fields ...string) string {
	for _, f := range fields {
		if p.has(f) && !p.has(fifo) {
			return f + " requires " + fifo
		}
	}
	return ""
}

// fifoName checks the name of a topic or queue.
func fifoName(name string, fifo bool, most int) string {
	base, has := strings.CutSuffix(name, ".fifo")
	if has != fifo || len(name) > most || !plainName.MatchString(base) {
		return fmt.Sprintf("invalid name %q", name)
	}
	return ""
}

var plainName = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)
