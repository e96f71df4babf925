package stacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// AnsweredBy returns the image that answers a path of a shop, or of a domain if the
// path starts with a host. It follows the references of composed resources:
// distribution, VPC origin, load balancer, listener, rule, target group, service
// and task definition, or the function URL of an origin. It returns an error if a
// reference is missing, and an empty string for files.
func AnsweredBy(objects []*unstructured.Unstructured, request string) (string, error) {
	host, rest, _ := strings.Cut(request, "/")
	path := "/" + rest
	w := way{objects: objects}
	origin, err := w.origin(path)
	if err != nil {
		return "", err
	}
	vpcOrigin := at(origin, "vpcOriginConfig", "vpcOriginId")
	switch {
	case at(origin, "customOriginConfig") != nil:
		return w.function(fmt.Sprint(at(origin, "domainName")))
	case vpcOrigin == nil:
		return "", nil
	}
	o, err := w.one("cloudfront/VPCOrigin", func(u *unstructured.Unstructured) bool {
		return u.GetAnnotations()["crossplane.io/external-name"] == vpcOrigin
	})
	if err != nil {
		return "", err
	}
	config := forProvider(o)["vpcOriginEndpointConfig"]
	balancer, err := w.referred("elbv2/LB", config, "arnRef")
	if err != nil {
		return "", err
	}
	protocol := strings.ToUpper(strings.TrimSuffix(fmt.Sprint(at(config, "originProtocolPolicy")), "-only"))
	group, err := w.targetGroup(balancer, protocol, host, path)
	if err != nil {
		return "", err
	}
	return w.image(group)
}

// way is the set of resources that a request passes through.
type way struct{ objects []*unstructured.Unstructured }

// one returns the only object of a kind for which holds returns true.
func (w way) one(kind string, holds func(*unstructured.Unstructured) bool) (*unstructured.Unstructured, error) {
	var found []*unstructured.Unstructured
	for _, u := range w.objects {
		if KindOf(u) == kind && holds(u) {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("want one %s, got %d", kind, len(found))
	}
	return found[0], nil
}

// referred returns the object that a field refers to by name.
func (w way) referred(kind string, of any, field string) (*unstructured.Unstructured, error) {
	name := at(of, field, "name")
	return w.one(kind, func(u *unstructured.Unstructured) bool { return u.GetName() == name })
}

// origin returns the distribution's origin for a path.
func (w way) origin(path string) (any, error) {
	d, err := w.one("cloudfront/Distribution", func(*unstructured.Unstructured) bool { return true })
	if err != nil {
		return nil, err
	}
	spec := forProvider(d)
	target := at(first(spec["defaultCacheBehavior"]), "targetOriginId")
	for _, b := range list(spec["orderedCacheBehavior"]) {
		if answers(fmt.Sprint(at(b, "pathPattern")), path) {
			target = at(b, "targetOriginId")
			break
		}
	}
	for _, o := range list(spec["origin"]) {
		if at(o, "originId") == target {
			return o, nil
		}
	}
	for _, o := range list(spec["originGroup"]) {
		if at(o, "originId") == target {
			return o, nil
		}
	}
	return nil, fmt.Errorf("the distribution has no origin %v", target)
}

// targetGroup returns the load balancer's target group for a path and host: that of
// the matching rule with the lowest priority, or the listener's default.
func (w way) targetGroup(balancer *unstructured.Unstructured, protocol, host, path string) (*unstructured.Unstructured, error) {
	listener, err := w.one("elbv2/LBListener", func(u *unstructured.Unstructured) bool {
		return at(forProvider(u), "loadBalancerArnRef", "name") == balancer.GetName() && forProvider(u)["protocol"] == protocol
	})
	if err != nil {
		return nil, err
	}
	action, best := first(forProvider(listener)["defaultAction"]), 50_001.0
	for _, u := range w.objects {
		rule := forProvider(u)
		if KindOf(u) != "elbv2/LBListenerRule" || at(rule, "listenerArnRef", "name") != listener.GetName() {
			continue
		}
		if priority := number(rule["priority"]); meets(rule, host, path) && priority < best {
			action, best = first(rule["action"]), priority
		}
	}
	return w.referred("elbv2/LBTargetGroup", action, "targetGroupArnRef")
}

// meets reports whether a request meets all conditions of a rule.
func meets(rule map[string]any, host, path string) bool {
	for _, c := range list(rule["condition"]) {
		if hosts := list(at(c, "hostHeader", "values")); len(hosts) > 0 && !slices.Contains(hosts, any(host)) {
			return false
		}
		if pattern := first(at(c, "pathPattern", "values")); pattern != nil && !answers(fmt.Sprint(pattern), path) {
			return false
		}
	}
	return true
}

// function returns the image of the function with a URL host.
func (w way) function(host string) (string, error) {
	url, err := w.one("lambda/FunctionURL", func(u *unstructured.Unstructured) bool {
		address, _, _ := unstructured.NestedString(u.Object, "status", "atProvider", "functionUrl") //nolint:errcheck // Other values have no fields.
		return address == "https://"+host+"/"
	})
	if err != nil {
		return "", err
	}
	f, err := w.referred("lambda/Function", forProvider(url), "functionNameRef")
	if err != nil {
		return "", err
	}
	image, _ := forProvider(f)["imageUri"].(string)
	return image, nil
}

// image returns the image of a target group's service.
func (w way) image(group *unstructured.Unstructured) (string, error) {
	service, err := w.one("ecs/Service", func(u *unstructured.Unstructured) bool {
		return at(first(forProvider(u)["loadBalancer"]), "targetGroupArnRef", "name") == group.GetName()
	})
	if err != nil {
		return "", err
	}
	if cluster, err := w.referred("ecs/Cluster", forProvider(service), "clusterRef"); err != nil || cluster == nil {
		return "", err
	}
	task, err := w.referred("ecs/TaskDefinition", forProvider(service), "taskDefinitionRef")
	if err != nil {
		return "", err
	}
	text, _ := forProvider(task)["containerDefinitions"].(string)
	var containers []struct {
		Name  string `json:"name"`
		Image string `json:"image"`
	}
	if err := json.Unmarshal([]byte(text), &containers); err != nil {
		return "", fmt.Errorf("cannot read the containers of %s: %w", task.GetName(), err)
	}
	called := at(first(forProvider(service)["loadBalancer"]), "containerName")
	for _, c := range containers {
		if c.Name == called {
			return c.Image, nil
		}
	}
	return "", fmt.Errorf("the load balancer calls %v, which %s has not", called, task.GetName())
}

// answers reports whether a pattern matches a path.
func answers(pattern, path string) bool {
	beginning, open := strings.CutSuffix(pattern, "*")
	return open && strings.HasPrefix(path, beginning) || pattern == path
}

func forProvider(u *unstructured.Unstructured) map[string]any {
	fields, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider") //nolint:errcheck // Other values have no fields.
	return fields
}

// at returns the value at a path. It is nil if there is none. Older versions of the
// cluster scope have lists of one instead of objects, which it unwraps.
func at(value any, path ...string) any {
	for _, field := range path {
		fields, _ := first(value).(map[string]any)
		value = fields[field]
	}
	return value
}

// first returns the first item of a list, or a value that is not a list.
func first(value any) any {
	if items, ok := value.([]any); ok {
		if len(items) == 0 {
			return nil
		}
		return items[0]
	}
	return value
}

func list(value any) []any {
	items, _ := value.([]any)
	return items
}

// number converts a number from JSON or Kubernetes.
func number(value any) float64 {
	switch n := value.(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	default:
		return 0
	}
}
