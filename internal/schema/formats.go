package schema

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Format describes a pattern of the API in words.
type Format struct {
	// Pattern is the regular expression that a value must match.
	Pattern string
	// Must completes "the value must ...".
	Must string
	// Example is a valid value. It is empty if the pattern checks fields with different
	// content.
	Example string
}

// Message returns the requirement with its example, unless the requirement already
// contains it. After a comma, "such as" would refer only to the last part, and after
// a negation, to values that are not valid.
func (f Format) Message() string {
	switch {
	case strings.Contains(f.Must, f.Example):
		return "must " + f.Must
	case strings.Contains(f.Must, ","), strings.HasPrefix(f.Must, "not "):
		return "must " + f.Must + "; for example, " + f.Example
	}
	return "must " + f.Must + ", such as " + f.Example
}

// Rule returns the CEL expression that checks the format. For a pattern keyword in
// a schema, an API server would only report the regular expression.
func (f Format) Rule() string { return rulePrefix + f.Pattern + ruleSuffix }

// No pattern of the API has three quotes in a row or ends with one.
const (
	rulePrefix = `self.matches(r'''`
	ruleSuffix = `''')`
)

const errFormat = "no format describes the pattern %s: add one to internal/schema/formats.go"

// FormatOf returns the format of a pattern. It returns an error if the pattern has
// no description.
func FormatOf(pattern string) (Format, error) {
	f, ok := byPattern()[pattern]
	if !ok {
		return Format{}, fmt.Errorf(errFormat, pattern)
	}
	return f, nil
}

var byPattern = sync.OnceValue(func() map[string]Format {
	out := make(map[string]Format, len(formats))
	for _, f := range formats {
		out[f.Pattern] = f
	}
	return out
})

// FormatOfRule returns the format that a CEL expression checks, and reports
// whether it checks one.
func FormatOfRule(rule string) (Format, bool) {
	pattern, begins := strings.CutPrefix(rule, rulePrefix)
	pattern, ends := strings.CutSuffix(pattern, ruleSuffix)
	f, err := FormatOf(pattern)
	return f, begins && ends && err == nil
}

// expressions caches the compiled patterns, because few claims use all of them.
var expressions sync.Map

// matches reports whether a text has the format. CEL's matches uses the same
// library.
func (f Format) matches(text string) bool {
	expression, ok := expressions.Load(f.Pattern)
	if !ok {
		expression, _ = expressions.LoadOrStore(f.Pattern, regexp.MustCompile(f.Pattern))
	}
	return expression.(*regexp.Regexp).MatchString(text) //nolint:forcetypeassert // Only the line above stores values.
}

// withoutFormats removes the rules of formats from a schema. Compiling a CEL program
// for each takes longer than all other work of the first call, and wrongFormats checks
// the same patterns.
func withoutFormats(s *structuralschema.Structural) {
	if s == nil {
		return
	}
	s.XValidations = slices.DeleteFunc(slices.Clone(s.XValidations), func(r extv1.ValidationRule) bool {
		_, ok := FormatOfRule(r.Rule)
		return ok
	})
	for name, p := range s.Properties {
		withoutFormats(&p)
		s.Properties[name] = p
	}
	withoutFormats(s.Items)
	if s.AdditionalProperties != nil {
		withoutFormats(s.AdditionalProperties.Structural)
	}
}

// wrongFormats returns the texts of an object that do not have the format of their
// field.
func wrongFormats(node *extv1.JSONSchemaProps, path *field.Path, value any) field.ErrorList {
	var out field.ErrorList
	switch v := value.(type) {
	case string:
		return wrongFormat(node, path, v)
	case []any:
		for i := range v {
			if entry := below(node, strconv.Itoa(i)); entry != nil {
				out = append(out, wrongFormats(entry, path.Index(i), v[i])...)
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := path.Key(key)
			if _, ok := node.Properties[key]; ok {
				at = path.Child(key)
			}
			if inner := below(node, key); inner != nil {
				out = append(out, wrongFormats(inner, at, v[key])...)
			}
		}
	}
	return out
}

// wrongFormat does the same as wrongFormats, for a single string.
func wrongFormat(node *extv1.JSONSchemaProps, path *field.Path, text string) field.ErrorList {
	var out field.ErrorList
	for _, r := range node.XValidations {
		if f, ok := FormatOfRule(r.Rule); ok && !f.matches(text) {
			out = append(out, field.Invalid(path, text, f.Message()))
		}
	}
	return out
}

// formats describes every pattern of the API and of the function's input.
var formats = []Format{
	// Names.
	{`^[a-z]([a-z0-9-]*[a-z0-9])?$`, "start with a lowercase letter, contain only lowercase letters, digits and hyphens, and not end with a hyphen", "web"},
	{`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`, "be a single DNS label of lowercase letters, digits and hyphens", "bounce"},
	{`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`, "start with a lowercase letter, contain only lowercase letters, digits and single hyphens, and not end with a hyphen", "acme-eu"},
	{`^[A-Za-z][A-Za-z0-9-]*$`, "start with a letter, and contain only letters, digits and hyphens", "shop-database"},
	{`^.*\S.*$`, "not be blank", "Security team"},
	{`^[^\s]+$`, "be text without spaces", "index.handler"},
	{`^[^*?\s]+$`, "be an exact value, without spaces or wildcards (* and ?)", ""},
	{`^[ -~]+$`, "be a single line of printable ASCII characters", ""},
	{`^[A-Za-z0-9 ._:/()#,@+=&;{}!$*\[\]-]+$`, "contain only ASCII letters, digits, spaces and the symbols ._:/()#,@+=&;{}!$*[]- (for example, Payment provider)", "Payment provider"},
	{`^[A-Za-z0-9 _.:/=+@-]*$`, "contain only ASCII letters, digits, spaces and the symbols _.:/=+@- (for example, team-a)", "team-a"},
	{`^[A-Za-z0-9-]*$`, "contain only letters, digits and hyphens", "allkeys-lru"},

	// Domains and addresses.
	{`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`, "be a lowercase domain name without a scheme, port, path, wildcard or trailing dot", "shop.example.com"},
	{`^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`, "be a lowercase domain name, optionally with a leading dot to include its subdomains", ".example.com"},
	{`^([A-Za-z0-9._%+-]+@)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`, "be a lowercase domain name, or an email address with a lowercase domain", "shop.example.com"},
	{`^[A-Za-z0-9._+-]+@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`, "be an email address with a lowercase domain", "dmarc@example.com"},
	{`^[\w+=.-]+@([\w-]+\.)+\w+$`, "be an email address", "security@example.com"},
	{`^[^@\s]+@[^@\s]+\.[^@\s]+$`, "be an email address", "alarms@example.com"},
	{`^https://[^\s]+$`, "be an HTTPS URL", "https://alarms.example.com/hook"},
	{`^(https://([*]\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])|http://localhost)(:[0-9]{1,5})?$`, "be an HTTPS origin without a path, or http://localhost", "https://shop.example.com"},
	{`^[ 0-9()+-]+$`, "be a phone number that contains only digits, spaces, parentheses, plus signs and hyphens", "+49 30 1234567"},
	{`^[A-Z]{2}$`, "be an ISO 3166-1 alpha-2 country code in uppercase", "DE"},

	// Paths.
	{`^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$`, "be the absolute path of a directory, without a trailing slash", "/var/www/html/media"},
	{`^/[A-Za-z0-9_./-]+$`, "be the absolute path of a directory", "/tmp"},
	{`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`, "be a path pattern that starts with /", "/api/*"},
	{`^/[A-Za-z0-9_.$/~"'@:+&-]*\*?$`, "be a path that starts with /, optionally with * at the end", "/api/*"},
	{`^/[A-Za-z0-9_.$/~"'@:+&?=%-]*$`, "be a path without wildcards that starts with /", "/health"},
	{`^/([A-Za-z0-9_.~-]+/)*[A-Za-z0-9_~-]+[.][A-Za-z0-9]+$`, "be a file path that starts with /", "/index.html"},
	{`^/[A-Za-z0-9_.*$/~"'@:+-]+$`, "be a path pattern that starts with /", "/static/*"},
	{`^[A-Za-z0-9_.*$~"'@:+-][A-Za-z0-9_.*$/~"'@:+-]*$`, "be an object name, without a leading slash", "index.html"},
	{`^/[A-Za-z0-9_.~-][A-Za-z0-9_.*$/~"'@:+-]*$`, "be a path pattern that starts with / followed by a name", "/downloads/*"},
	{`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`, "be a path that starts with / and ends with /*", "/uploads/*"},
	{`^(/|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(/\*?)?)$`, "be an exact path, or a prefix that ends with /*", "/admin/*"},
	{`^((/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/\*)$`, "be an exact path, or a prefix that ends with /*", "/admin/*"},

	// Times and schedules, in UTC.
	{`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`, "be a UTC time window in the format hh:mm-hh:mm", "02:00-03:00"},
	{`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`, "be a UTC time window in the format ddd:hh:mm-ddd:hh:mm, with days in lowercase", "sun:04:00-sun:05:00"},
	{`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`, "be a UTC date and time", "2026-01-31T08:30:00Z"},
	{`^cron\([0-5]?[0-9] ([01]?[0-9]|2[0-3]) (\? (\*|[0-9,-]{1,23}) [A-Z0-9,#-]{1,27}|([0-9,/-]{1,23}|\*|L) (\*|[0-9,-]{1,23}) \?) \*\)$`, "be a six-field AWS cron expression in UTC with one time of day", "cron(0 6 ? * SUN *)"},
	{`^(rate\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\)|cron\([0-9*,/-]+ [0-9*,/-]+ [0-9*?,/LW-]+ [0-9A-Z*,/-]+ [0-9A-Z*?,/#-]+ [0-9*,/-]+\))$`, "be a rate expression, such as rate(5 minutes), or a six-field cron expression in UTC, such as cron(0 3 * * ? *)", "cron(0 3 * * ? *)"},

	// Containers and functions.
	{`^[1-9][0-9]{0,9}(:(0|[1-9][0-9]{0,9}))?$`, "be a numeric user ID other than 0, optionally with a group ID", "1000:1000"},
	{`^(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?$`, "be a numeric user ID, optionally with a group ID", "1000:1000"},
	{`^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$`, "be HTTP status codes or ranges from 200 to 499, such as 200,301 or 200-399", "200-399"},
	{`^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`, "be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest", "public.ecr.aws/nginx/nginx:1.29"},
	{`^([A-Za-z0-9_.-]+|database/(username|password)|cache/password|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9_.-]*:[A-Za-z_]*:[A-Za-z0-9-]*)?|arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_.\/-]+)$`, "be a key in the app secret (such as STRIPE_KEY), database/username, database/password, cache/password, or the ARN of a secret or SSM parameter", "STRIPE_KEY"},

	// AWS names and identifiers.
	{`^[a-z]{2}(-[a-z]+)+-[0-9]$`, "be an AWS region code", "eu-west-1"},
	{`^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$`, "be the name of an availability zone", "eu-west-1a"},
	{`^[0-9]{12}$`, "be a 12-digit AWS account ID in quotes", "123456789012"},
	{`^[A-Za-z0-9_.-]{3,}$`, "be a DynamoDB table name of at least 3 letters, digits, underscores, periods or hyphens", "carts"},
	{`^[A-Za-z0-9_-]+([.]fifo)?$`, "be the name of an SQS queue", "orders.fifo"},
	{`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`, "be a lowercase S3 bucket name, not an ARN", "shop-feed"},
	{`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`, "be an AWS service name, without the prefix com.amazonaws.<region>", "secretsmanager"},
	{`^[^\s/].*$`, "be the key of an S3 object, without a leading slash", "cleanup/1.4.2.zip"},
	{`^[!-~]+$`, "be the version ID of an S3 object", "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"},
	{`^Z[A-Z0-9]+$`, "be the ID of a Route 53 hosted zone, without the prefix /hostedzone/", "Z0123456789ABCDEFGHIJ"},
	{`^vpc-([0-9a-f]{8}|[0-9a-f]{17})$`, "be the ID of a VPC", "vpc-0123456789abcdef0"},
	{`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`, "be the ID of a subnet", "subnet-0123456789abcdef0"},
	{`^sg-([0-9a-f]{8}|[0-9a-f]{17})$`, "be the ID of a security group", "sg-0123456789abcdef0"},
	{`^pl-([0-9a-f]{8}|[0-9a-f]{17})$`, "be the ID of a prefix list", "pl-4fa04526"},
	{`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`, `be an RDS instance class that starts with "db."`, "db.t4g.medium"},
	{`^db\.[a-z0-9.-]*[a-z0-9.*]$`, `be an RDS instance class that starts with "db.", optionally with a trailing *`, "db.t4g.*"},
	{`^cache\.[a-z][a-z0-9-]*\.[a-z0-9]+$`, `be an ElastiCache node type that starts with "cache."`, "cache.t4g.small"},
	{`^(arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:(cluster-)?snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]*$`, "be the name or ARN of a snapshot", "rds:shop-2026-01-31-02-05"},

	// ARNs and IAM.
	{`^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9._/-]+$`, "be the ARN of an IAM OpenID Connect provider, not the provider's URL", "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
	{`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`, "be the ARN of a managed policy", "arn:aws:iam::123456789012:policy/storefront-search"},
	{`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]*[*]?$`, "be the ARN of a managed policy, optionally with a trailing *", "arn:aws:iam::123456789012:policy/shop-*"},
	{`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`, "be the ARN of an IAM role or user", "arn:aws:iam::123456789012:role/support"},
	{`^arn:aws[a-z-]*:iam::[0-9*]+:(role|user)/.*[^*].*$`, "be the ARN of an IAM role or user, in which * can replace any characters but not the whole name", "arn:aws:iam::*:role/crossplane-*"},
	{`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`, "be the ARN of a KMS key, not of an alias", "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
	{`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]*[*]?$`, "be the ARN of a KMS key, optionally with a trailing *", "arn:aws:kms:eu-west-1:123456789012:key/*"},
	{`^arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`, "be the ARN of an Application or Network Load Balancer", "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef"},
	{`^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$`, "be the ARN of a Secrets Manager secret", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"},
	{`^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$`, "be the ARN of an ACM certificate in us-east-1", "arn:aws:acm:us-east-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef"},
	{`^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$`, "be the ARN of a Lambda function, without a version", "arn:aws:lambda:eu-west-1:123456789012:function:rotate"},
	{`^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*[*]?$`, "be an IAM action in the format service:Action, optionally with a trailing *", "bedrock:InvokeModel"},
	{`^[a-z][a-z0-9-]*:([A-Z][A-Za-z0-9]*)?[*]?$`, "be an IAM action in the format service:Action, optionally with a trailing *", "bedrock:Invoke*"},
	{`^([*]|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[!-~]+)$`, "be an ARN, such as arn:aws:s3:::catalog/*, or * for actions without resource-level permissions", "arn:aws:s3:::catalog/*"},
	{`^[a-z0-9-]+:[!-~]+$`, "be an IAM condition key", "aws:ResourceTag/team"},
	{`^(Null|((ForAllValues|ForAnyValue):)?(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)|Bool|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$`, "be an IAM condition operator", "StringEquals"},
	{`^[A-Za-z0-9_.@%+-]+[*]?$`, "be the name of a table, queue or identity, optionally with a trailing *", "shop-*"},
}

// Formats returns all formats.
func Formats() []Format { return formats }
