package simulator

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// object is a managed resource with the templates of its kind. A template is a
// string with placeholders ${...}:
//
//   - partition, dnsSuffix, account and region: its location
//   - object: its Kubernetes name; external, id and arn: its names in AWS
//   - hex:N, upper:N, lower:N, digits:N, uuid: generated characters
//   - hex:N:WORD, ip:WORD, uuid:WORD: characters derived from another placeholder
//   - certificate, wafScope, proxyTarget, standard, minor:WORD, keyARN:WORD, joined:WORD: see their methods
//   - dollar: a $
//   - anything else: a field of spec.forProvider; FIELD|TEXT has a default
type object struct {
	aws         AWS
	kind        kinds.Kind
	identity    string
	name        string
	external    string
	forProvider map[string]any
	partition   aws.Partition
}

func newObject(p AWS, u *unstructured.Unstructured) object {
	forProvider := askedOf(u)
	region, _ := forProvider["region"].(string)
	return object{
		aws:         p,
		kind:        kindOf(u),
		identity:    identity(u),
		name:        u.GetName(),
		external:    meta.GetExternalName(u),
		forProvider: forProvider,
		partition:   aws.PartitionOf(cmp.Or(region, p.Region)),
	}
}

// askedOf returns the requested values of a resource, including those that are only
// for its creation.
func askedOf(u *unstructured.Unstructured) map[string]any {
	out := map[string]any{}
	for _, part := range []string{"initProvider", "forProvider"} {
		fields, _ := valueAt(u, "spec", part).(map[string]any)
		maps.Copy(out, runtime.DeepCopyJSON(fields))
	}
	return out
}

// identity returns a string that identifies an object.
func identity(u *unstructured.Unstructured) string {
	return strings.Join([]string{serviceKind(u), u.GetNamespace(), u.GetName()}, "/")
}

// atProvider returns the status of the resource: requested values, and those that
// AWS adds.
func (o object) atProvider() map[string]any {
	out := map[string]any{}
	for field, value := range o.kind.LateInitialized {
		if a, ok := value.(kinds.Afterwards); ok {
			value = a.Value
		}
		out[field] = o.fill(value)
	}
	for field, value := range o.forProvider {
		if !unseen(field) {
			out[field] = seen(runtime.DeepCopyJSONValue(value))
		}
	}
	out["id"] = o.word("id")
	if o.kind.ARN != "" {
		out["arn"] = o.word("arn")
	}
	for field, value := range o.kind.Shows {
		if v := o.fill(value); v != nil {
			out[field] = v
		}
	}
	return out
}

// seen removes the fields that the provider does not report.
func seen(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for field := range v {
			if unseen(field) {
				delete(v, field)
			} else {
				v[field] = seen(v[field])
			}
		}
	case []any:
		for i := range v {
			v[i] = seen(v[i])
		}
	}
	return value
}

// unseen reports whether a field is only for the provider: references, and settings
// of generated passwords.
func unseen(field string) bool {
	for _, suffix := range []string{"Ref", "Refs", "Selector"} {
		if strings.HasSuffix(field, suffix) {
			return true
		}
	}
	return field == "autoGeneratePassword" || field == "autoGenerateAuthToken"
}

// fill fills in all templates in a value. It returns nil if the value does not
// apply to this object.
func (o object) fill(value any) any {
	switch v := value.(type) {
	case string:
		return o.text(v)
	case kinds.List:
		out := make([]any, 0, len(v))
		for _, item := range v {
			if e, ok := item.(kinds.Each); ok {
				out = append(out, o.fillEach(e)...)
				continue
			}
			out = append(out, o.fill(item))
		}
		return out
	case kinds.Fields:
		out := make(map[string]any, len(v))
		for field, item := range v {
			out[field] = o.fill(item)
		}
		return out
	case kinds.Each:
		return o.fillEach(v)
	case kinds.Where:
		if o.forProvider[v.Field] != v.Is {
			return nil
		}
		return o.fill(v.Then)
	}
	return value
}

// fillEach returns an item for each item of a requested list.
func (o object) fillEach(e kinds.Each) []any {
	asked, _ := o.forProvider[e.Of].([]any)
	out := make([]any, 0, len(asked))
	for _, a := range asked {
		item := o
		item.forProvider = map[string]any{"value": a}
		if m, ok := a.(map[string]any); ok {
			item.forProvider = m
		}
		out = append(out, item.fill(e.Item))
	}
	return out
}

// text fills in a template.
func (o object) text(template string) string { return os.Expand(template, o.word) }

// word returns the value of a placeholder.
func (o object) word(word string) string {
	switch word {
	case "partition":
		return o.partition.Name
	case "dnsSuffix":
		return o.partition.DNSSuffix
	case "account":
		return cmp.Or(o.aws.Account, DefaultAccount)
	case "object":
		return o.name
	case "external":
		return cmp.Or(o.external, o.text(cmp.Or(o.kind.ExternalName, "${object}")))
	case "id":
		return o.text(cmp.Or(o.kind.ID, "${external}"))
	case "uuid":
		return uuid(o.identity)
	case "dollar":
		return "$"
	case "certificate":
		return o.certificate()
	case "wafScope":
		return o.wafScope()
	case "proxyTarget":
		return o.proxyTarget()
	case "standard":
		return o.standard()
	}
	if word == "arn" && o.kind.ARN != "" {
		return "arn:" + o.partition.Name + ":" + o.text(o.kind.ARN)
	}
	if function, argument, ok := strings.Cut(word, ":"); ok {
		return o.call(function, argument)
	}
	return o.field(word)
}

// call returns the value of a placeholder with an argument.
func (o object) call(function, argument string) string {
	switch function {
	case "major":
		return engines.Of(v1alpha1.DatabaseEngine(o.field("engine"))).Major(o.field(argument))
	case "minor":
		return o.minor(argument)
	case "keyARN":
		return o.keyARN(argument)
	case "joined":
		return o.joined(argument)
	case "uuid":
		return uuid(o.word(argument))
	case "ip":
		sum := digest(o.word(argument))
		return fmt.Sprintf("52.%d.%d.%d", sum[0], sum[1], sum[2])
	}
	count, of, _ := strings.Cut(argument, ":")
	source := o.identity
	if of != "" {
		source = o.word(of)
	}
	n, _ := strconv.Atoi(count) //nolint:errcheck // A number in the table.
	switch characters := hex.EncodeToString(digest(source)); function {
	case "upper":
		return base32.StdEncoding.EncodeToString(digest(source))[:n]
	case "digits":
		return strings.Map(func(r rune) rune { return '1' + r%9 }, characters[:n])
	case "lower":
		return characters[:n-1] + "z" // Not a hexadecimal number.
	default:
		return characters[:n]
	}
}

// field returns a field of spec.forProvider as a string.
func (o object) field(word string) string {
	name, otherwise, _ := strings.Cut(word, "|")
	switch v := o.forProvider[name].(type) {
	case nil:
		return otherwise
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

// certificate returns the status of an ACM certificate.
func (o object) certificate() string {
	if o.aws.PendingCertificates {
		return "PENDING_VALIDATION"
	}
	return "ISSUED"
}

// wafScope returns the scope in a WAF resource's ARN.
func (o object) wafScope() string {
	if o.forProvider["scope"] == "CLOUDFRONT" {
		return "global"
	}
	return "regional"
}

// proxyTarget returns the target in the name of a proxy target.
func (o object) proxyTarget() string {
	if cluster := o.field("dbClusterIdentifier"); cluster != "" {
		return "TRACKED_CLUSTER/" + cluster
	}
	return "RDS_INSTANCE/" + o.field("dbInstanceIdentifier")
}

// keyARN returns the ARN of a KMS key that a field refers to by ID or ARN.
func (o object) keyARN(field string) string {
	key := o.field(field)
	if strings.HasPrefix(key, "arn:") {
		return key
	}
	return o.text("arn:${partition}:kms:${region}:${account}:key/" + key)
}

// standard returns the name of a Security Hub standard: the part of its ARN after
// the first slash.
func (o object) standard() string {
	_, name, _ := strings.Cut(o.field("standardsArn"), "/")
	return name
}

// joined returns the strings of a list, sorted and separated by colons.
func (o object) joined(field string) string {
	items, _ := o.forProvider[field].([]any)
	texts := make([]string, 0, len(items))
	for _, item := range items {
		texts = append(texts, fmt.Sprint(item))
	}
	slices.Sort(texts)
	return strings.Join(texts, ":")
}

// minors contains a minor version of each major version of PostgreSQL: those
// released with 17.4 (PostgreSQL 17.4 release notes), and the first one of later
// major versions.
var minors = map[string]string{"13": "20", "14": "17", "15": "12", "16": "8", "17": "4"}

// minor returns an exact version: the requested one, or a minor version of the
// requested major version.
func (o object) minor(field string) string {
	version := o.field(field)
	e := engines.Of(v1alpha1.DatabaseEngine(o.field("engine")))
	switch {
	case e.Major(version) != version:
		return version
	case !e.MySQL:
		return version + "." + cmp.Or(minors[version], "1")
	}
	if listed := e.Listed(version); len(listed) > 0 {
		return listed[0]
	}
	return version + ".1"
}

func digest(of string) []byte {
	sum := sha256.Sum256([]byte(of))
	return sum[:]
}

// uuid returns a UUID that is derived from a text.
func uuid(of string) string {
	h := hex.EncodeToString(digest(of))
	return strings.Join([]string{h[:8], h[8:12], "4" + h[13:16], "8" + h[17:20], h[20:32]}, "-")
}
