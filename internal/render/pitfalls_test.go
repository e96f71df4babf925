package render

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/compose"
)

// claimHead begins a claim.
const claimHead = `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: shop, namespace: team-a}
`

// stacks is the function, without its server.
func stacks(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp, err := cache.New(0, nil).Respond(req, compose.Compose)
	if err != nil {
		return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: err.Error()}}}, nil //nolint:nilerr // The server answers with it.
	}
	return rsp, nil
}

// TestPitfalls renders claims with mistakes that users make.
func TestPitfalls(t *testing.T) {
	cases := map[string]struct {
		reason string
		file   string
		// want is the error or the warnings of render; empty if there are none.
		want string
		// api is what an API server reports of the spec.
		api []string
	}{
		"CspBlank": {
			reason: "A policy for scripts restricts scripts.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn:
    contentSecurityPolicy: {policy: "frame-ancestors 'self'; upgrade-insecure-requests"}
`,
			want: `standard input is not valid:
  spec.cdn.contentSecurityPolicy.policy: "frame-ancestors 'self'; upgrade-insecure-requests" is not valid: policy must restrict script sources: add default-src or script-src; for example, default-src 'self'`,
			api: []string{`spec.cdn.contentSecurityPolicy.policy: Invalid value: "frame-ancestors 'self'; upgrade-insecure-requests": policy must restrict script sources: add default-src or script-src; for example, default-src 'self'`},
		},
		"DomainUpper": {
			reason: "Domains are in lowercase.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: Shop.Example.com}
`,
			want: `standard input is not valid:
  spec.cdn.domain: "Shop.Example.com" is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
			api: []string{`spec.cdn.domain: Invalid value: "Shop.Example.com": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
		},
		"GeoLower": {
			reason: "Countries are in uppercase, types in camel case.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {geoRestriction: {type: block, countries: [ru]}}
`,
			want: `standard input is not valid:
  spec.cdn.geoRestriction.countries[0]: "ru" is not valid: must be an ISO 3166-1 alpha-2 country code in uppercase, such as DE
  spec.cdn.geoRestriction.type: "block" is not supported; did you mean Block? Use Allow or Block`,
			api: []string{
				`spec.cdn.geoRestriction.countries[0]: Invalid value: "ru": must be an ISO 3166-1 alpha-2 country code in uppercase, such as DE`,
				`spec.cdn.geoRestriction.type: Unsupported value: "block": supported values: "Allow", "Block"`,
			},
		},
		"LambdaUrl": {
			reason: "The origin of a former version.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn:
    app:
      loadBalancerArn: arn:aws:lambda:eu-west-1:123456789012:function:shop
      domainName: abcdefgh.lambda-url.eu-west-1.on.aws
`,
			want: `standard input is not valid:
  spec.cdn.app: unknown field; did you mean spec.app?`,
			api: []string{"spec.cdn.app: Invalid value: unknown field"},
		},
		"MaintCase": {
			reason: "Days are in lowercase.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {maintenanceWindow: "Mon:00:00-Mon:03:00"}
`,
			want: `standard input is not valid:
  spec.database.maintenanceWindow: "Mon:00:00-Mon:03:00" is not valid: must be a UTC time window in the format ddd:hh:mm-ddd:hh:mm, with days in lowercase; for example, sun:04:00-sun:05:00`,
			api: []string{`spec.database.maintenanceWindow: Invalid value: "Mon:00:00-Mon:03:00": must be a UTC time window in the format ddd:hh:mm-ddd:hh:mm, with days in lowercase; for example, sun:04:00-sun:05:00`},
		},
		"NamespaceN": {
			reason: "YAML reads n as false.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: t, namespace: n}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata.namespace: without quotes, YAML reads n as the boolean false, but text is required: write namespace: "n" (line 3)`,
		},
		"OidcHttps": {
			reason: "A provider has an ARN.",
			file: claimHead + `spec:
  region: eu-west-1
  access:
    publisher:
      providerArn: https://token.actions.githubusercontent.com
      subjects: ["repo:example/shop:ref:refs/heads/main"]
`,
			want: `standard input is not valid:
  spec.access.publisher.providerArn: "https://token.actions.githubusercontent.com" is not valid: must be the ARN of an IAM OpenID Connect provider, not the provider's URL; for example, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`,
			api: []string{`spec.access.publisher.providerArn: Invalid value: "https://token.actions.githubusercontent.com": must be the ARN of an IAM OpenID Connect provider, not the provider's URL; for example, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`},
		},
		"PathNoslash": {
			reason: "Paths of a former version.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn:
    app:
      loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef
      domainName: app.example.com
      pathPatterns: ["wp-content/*"]
`,
			want: `standard input is not valid:
  spec.cdn.app: unknown field; did you mean spec.app?`,
			api: []string{"spec.cdn.app: Invalid value: unknown field"},
		},
		"PathStar": {
			reason: "Patterns of a former version.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn:
    app:
      loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef
      domainName: app.example.com
      pathPatterns: ["*"]
`,
			want: `standard input is not valid:
  spec.cdn.app: unknown field; did you mean spec.app?`,
			api: []string{"spec.cdn.app: Invalid value: unknown field"},
		},
		"PgPatch": {
			reason: "PostgreSQL has two numbers since 10.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {version: "15.10.1"}
`,
			want: `standard input is not valid:
  spec.database.version: "15.10.1" is not valid: must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"`,
			api: []string{`spec.database.version: Invalid value: must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"`},
		},
		"Pg18": {
			reason: "A newer version is available.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {version: "18"}
`,
		},
		"SubjectStar": {
			reason: "A subject is exact.",
			file: claimHead + `spec:
  region: eu-west-1
  access:
    publisher:
      providerArn: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com
      subjects: ["repo:example/shop:*"]
`,
			want: `standard input is not valid:
  spec.access.publisher.subjects[0]: "repo:example/shop:*" is not valid: must be an exact value, without spaces or wildcards (* and ?)`,
			api: []string{`spec.access.publisher.subjects[0]: Invalid value: "repo:example/shop:*": must be an exact value, without spaces or wildcards (* and ?)`},
		},
		"WafIp": {
			reason: "An address is a range of one.",
			file: claimHead + `spec:
  region: eu-west-1
  guardrails: {waf: {allowCidrs: [203.0.113.7]}}
`,
		},
		"WildcardDomain": {
			reason: "A wildcard is not a domain.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: "*.shop.example.com"}
`,
			want: `standard input is not valid:
  spec.cdn.domain: "*.shop.example.com" is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
			api: []string{`spec.cdn.domain: Invalid value: "*.shop.example.com": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
		},
		"ZonePrefixed": {
			reason: "A zone is given in one of two ways.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: shop.example.com, hostedZone: {id: /hostedzone/Z033521913X4N9C48W9EH}}
`,
			want: `standard input is not valid:
  spec.cdn.hostedZone.id: unknown field; did you mean spec.cdn.hostedZone.existing.id?
  spec.cdn.hostedZone.type: is required; use Existing or Managed`,
			api: []string{
				"spec.cdn.hostedZone.id: Invalid value: unknown field",
				"spec.cdn.hostedZone.type: Required value",
			},
		},
		"MultiAz": {
			reason: "Acronyms are in capitals.",
			file: claimHead + `spec:
  region: eu-west-1
  database:
    instance: {multiAz: true}
`,
			want: `standard input is not valid:
  spec.database.instance.multiAz: unknown field; did you mean multiAZ?`,
			api: []string{"spec.database.instance.multiAz: Invalid value: unknown field"},
		},
		"RegionTop": {
			reason: "A field of the spec is found where it belongs.",
			file: claimHead + `Region: eu-west-1
spec: {}
`,
			want: `standard input is not valid:
  Region: unknown field; did you mean spec.region?
  spec.region: is required: set a value, such as eu-west-1`,
			api: []string{"spec.region: Required value"},
		},
		"RegionName": {
			reason: "Regions have codes.",
			file: claimHead + `spec:
  region: Ireland
`,
			want: `standard input is not valid:
  spec.region: "Ireland" is not valid: must be an AWS region code, such as eu-west-1`,
			api: []string{`spec.region: Invalid value: "Ireland": must be an AWS region code, such as eu-west-1`},
		},
		"RegionTypo": {
			reason: "The nearest regions are named.",
			file: claimHead + `spec:
  region: eu-wst-1
`,
			want: `standard input is not valid:
  spec.region: "eu-wst-1" is not supported; did you mean eu-west-1, eu-west-2 or eu-west-3?`,
		},
		"RegionZone": {
			reason: "A zone is not a region.",
			file: claimHead + `spec:
  region: eu-west-1a
`,
			want: `standard input is not valid:
  spec.region: "eu-west-1a" is not valid: must be an AWS region code, such as eu-west-1`,
			api: []string{`spec.region: Invalid value: "eu-west-1a": must be an AWS region code, such as eu-west-1`},
		},
		"SizeSmall": {
			reason: "Enums are in lowercase or in camel case.",
			file: claimHead + `spec:
  region: eu-west-1
  size: Small
`,
			want: `standard input is not valid:
  spec.size: "Small" is not supported; did you mean small? Use small, medium, large or xlarge`,
			api: []string{`spec.size: Unsupported value: "Small": supported values: "small", "medium", "large", "xlarge"`},
		},
		"SizeXl": {
			reason: "Abbreviations are understood.",
			file: claimHead + `spec:
  region: eu-west-1
  size: xl
`,
			want: `standard input is not valid:
  spec.size: "xl" is not supported; did you mean xlarge? Use small, medium, large or xlarge`,
			api: []string{`spec.size: Unsupported value: "xl": supported values: "small", "medium", "large", "xlarge"`},
		},
		"PortText": {
			reason: "Templates put numbers in quotes.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: "8080"}
`,
			want: `standard input is not valid:
  spec.app.services[0].port: "8080" is text, but a number is required: write port: 8080 without quotes`,
			api: []string{`spec.app.services[0].port: Invalid value: "string": spec.app.services[0].port in body must be of type integer: "string"`},
		},
		"PortHttp": {
			reason: "Kubernetes has names for ports.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: http}
`,
			want: `standard input is not valid:
  spec.app.services[0].port: "http" is not a whole number: use a value from 1 to 65535`,
			api: []string{`spec.app.services[0].port: Invalid value: "string": spec.app.services[0].port in body must be of type integer: "string"`},
		},
		"Cpu025": {
			reason: "Fargate counts CPU units.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, cpu: 0.25}
`,
			want: `standard input is not valid:
  spec.app.services[0].cpu: 0.25 is not a whole number: use 256, 512, 1024, 2048, 4096, 8192 or 16384`,
			api: []string{
				`<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.app.services[0].cpu`,
				`spec.app.services[0].cpu: Invalid value: "number": spec.app.services[0].cpu in body must be of type integer: "number"`,
				`spec.app.services[0].cpu: Unsupported value: 0.25: supported values: "256", "512", "1024", "2048", "4096", "8192", "16384"`,
			},
		},
		"CpuM": {
			reason: "So does not Kubernetes.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, cpu: 250m}
`,
			want: `standard input is not valid:
  spec.app.services[0].cpu: "250m" is not a whole number: use 256, 512, 1024, 2048, 4096, 8192 or 16384, without a unit`,
			api: []string{
				`spec.app.services[0].cpu: Invalid value: "string": spec.app.services[0].cpu in body must be of type integer: "string"`,
				`spec.app.services[0].cpu: Unsupported value: "250m": supported values: "256", "512", "1024", "2048", "4096", "8192", "16384"`,
			},
		},
		"MemMi": {
			reason: "Memory is in MiB.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, memory: 512Mi}
`,
			want: `standard input is not valid:
  spec.app.services[0].memory: "512Mi" is not a whole number: use a value from 128 to 122880, without a unit`,
			api: []string{`spec.app.services[0].memory: Invalid value: "string": spec.app.services[0].memory in body must be of type integer: "string"`},
		},
		"MemBad": {
			reason: "Fargate offers few pairs of CPU and memory.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, cpu: 256, memory: 8192}
`,
			want: `standard input is not valid:
  spec.app.services[0].memory: 8192 is not valid: with cpu 256, Fargate supports 512 to 2048 MiB of memory in steps of 512 MiB`,
		},
		"ImageBadigest": {
			reason: "A digest is complete.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx@sha256:abc", port: 8080}
`,
			want: `standard input is not valid:
  spec.app.services[0].image: "public.ecr.aws/nginx/nginx@sha256:abc" is not valid: must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`,
			api: []string{`spec.app.services[0].image: Invalid value: "public.ecr.aws/nginx/nginx@sha256:abc": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`},
		},
		"ImageHttps": {
			reason: "An image is not a URL.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "https://public.ecr.aws/nginx/nginx:1.29", port: 8080}
`,
			want: `standard input is not valid:
  spec.app.services[0].image: "https://public.ecr.aws/nginx/nginx:1.29" is not valid: must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`,
			api: []string{`spec.app.services[0].image: Invalid value: "https://public.ecr.aws/nginx/nginx:1.29": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`},
		},
		"Cron5": {
			reason: "AWS has six fields.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", schedule: "0 3 * * *"}
`,
			want: `standard input is not valid:
  spec.app.services[0].schedule: "0 3 * * *" is not valid: must be a rate expression, such as rate(5 minutes), or a six-field cron expression in UTC, such as cron(0 3 * * ? *)`,
			api: []string{`spec.app.services[0].schedule: Invalid value: "0 3 * * *": must be a rate expression, such as rate(5 minutes), or a six-field cron expression in UTC, such as cron(0 3 * * ? *)`},
		},
		"CronDowdom": {
			reason: "AWS wants a question mark.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", schedule: "cron(0 3 * * * *)"}
`,
			want: `standard input is not valid:
  spec.app.services[0].schedule: "cron(0 3 * * * *)" is not valid: a cron expression must set either the day of the month or the day of the week, and use ? in the other field; for example, cron(0 3 * * ? *)`,
			api: []string{`spec.app.services[0].schedule: Invalid value: "cron(0 3 * * * *)": a cron expression must set either the day of the month or the day of the week, and use ? in the other field; for example, cron(0 3 * * ? *)`},
		},
		"JsonText": {
			reason: "JSON in quotes is text.",
			file: claimHead + `spec:
  region: eu-west-1
  tags: '{"team":"a"}'
`,
			want: `standard input is not valid:
  spec.tags: "{\"team\":\"a\"}" is not a map: remove the quotes around it`,
			api: []string{`spec.tags: Invalid value: "string": spec.tags in body must be of type object: "string"`},
		},
		"Tabs": {
			reason: "YAML has no tabs.",
			file:   claimHead + "spec:\n\tregion: eu-west-1\n",
			want:   "standard input is not valid YAML: line 5: a tab is not allowed here; indent with spaces",
		},
		"Dup": {
			reason: "Of two fields the meant one is unclear.",
			file: claimHead + `spec:
  region: eu-west-1
  size: small
  size: medium
`,
			want: `standard input is not valid YAML: line 7: "size" is set more than once; keep only one`,
		},
		"Indent": {
			reason: "Indentation counts.",
			file: claimHead + `spec:
  region: eu-west-1
   size: small
`,
			want: "standard input is not valid YAML: line 6: mapping values are not allowed in this context; check the indentation, and put text with a colon in quotes",
		},
		"Nospace": {
			reason: "A colon needs a space.",
			file: claimHead + `spec:
  region:eu-west-1
`,
			want: `standard input is not valid:
  spec: "region:eu-west-1" is not a map of fields: write region: eu-west-1 with a space after the colon`,
			api: []string{`spec: Invalid value: "string": spec in body must be of type object: "string"`},
		},
		"Nospace2": {
			reason: "So it does beside other fields.",
			file: claimHead + `spec:
  region: eu-west-1
  size:small
`,
			want: "standard input is not valid YAML: line 7: could not find expected ':'; write key: value with a space after the colon, and check the indentation",
		},
		"Colon": {
			reason: "A colon within text needs quotes.",
			file: claimHead + `spec:
  region: eu-west-1
  tags: {note: a: b}
`,
			want: "standard input is not valid YAML: line 6: did not find expected ',' or '}'; close each bracket, and put text with a colon or comma in quotes",
		},
		"At": {
			reason: "So does an at sign.",
			file: claimHead + `spec:
  region: eu-west-1
  tags: {note: @team}
`,
			want: "standard input is not valid YAML: line 6: found character that cannot start any token; put text that begins with @, % or ` in quotes",
		},
		"Star": {
			reason: "So does an asterisk.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, paths: [*]}
`,
			want: "standard input is not valid YAML: line 8: did not find expected alphabetic or numeric character; put text that begins with * or & in quotes",
		},
		"Unclosed": {
			reason: "Quotes have an end.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: "shop.example.com}
`,
			want: "standard input is not valid YAML: line 7: found unexpected end of stream; close each quote",
		},
		"Helm": {
			reason: "Templates are rendered first.",
			file: claimHead + `spec:
  region: {{ .Values.region }}
`,
			want: "standard input is a template (see {{ on line 5); render the template first",
		},
		"MergeConflict": {
			reason: "A conflict is resolved first.",
			file: claimHead + `spec:
<<<<<<< HEAD
  region: eu-west-1
=======
  region: eu-west-2
>>>>>>> x
`,
			want: "standard input has a merge conflict on line 5; resolve the conflict first",
		},
		"Binary": {
			reason: "A file is text.",
			file:   "\u0000\u0001",
			want:   "standard input is not UTF-8 text; save it as UTF-8",
		},
		"ApiversionOld": {
			reason: "The API has one version.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1
kind: SecureEcommerce
metadata: {name: shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  apiVersion: "platform.secure-ecommerce.dev/v1" is not supported; use platform.secure-ecommerce.dev/v1alpha1`,
		},
		"ApiversionMissing": {
			reason: "No version at all.",
			file: `kind: SecureEcommerce
metadata: {name: shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  apiVersion: is required; use platform.secure-ecommerce.dev/v1alpha1`,
		},
		"KindCase": {
			reason: "Kinds are in camel case.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: secureecommerce
metadata: {name: shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  kind: "secureecommerce" is not supported; did you mean SecureEcommerce? Use SecureEcommerce, XSecureEcommerce, SecureEcommerceAccount or XSecureEcommerceAccount`,
		},
		"KindMissing": {
			reason: "No kind at all.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
metadata: {name: shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  kind: is required; use SecureEcommerce, XSecureEcommerce, SecureEcommerceAccount or XSecureEcommerceAccount`,
		},
		"NameMissing": {
			reason: "Each object has a name.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata.name: is required: set a value, such as shop`,
		},
		"NameUpper": {
			reason: "Names are in lowercase.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: Shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata.name: "Shop" is not valid: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character, such as 'example.com'`,
		},
		"NameLong": {
			reason: "A claim becomes a label.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata.name: has 70 characters; use at most 63, because Crossplane uses the name as a label value`,
		},
		"NameNumber": {
			reason: "Names are text.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: 2024, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata.name: without quotes, YAML reads 2024 as a number, but text is required: write name: "2024" (line 3)`,
		},
		"MetadataList": {
			reason: "Metadata is a map.",
			file: `apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: [shop]
spec: {region: eu-west-1}
`,
			want: `standard input is not valid:
  metadata: must be an object with the fields name and namespace`,
		},
		"SpecMissing": {
			reason: "The region is required.",
			file:   claimHead + "",
			want: `standard input is not valid:
  spec.region: is required: set a value, such as eu-west-1`,
			api: []string{"spec.region: Required value"},
		},
		"SpecList": {
			reason: "The spec is a map.",
			file: claimHead + `spec:
- region: eu-west-1
`,
			want: `standard input is not valid:
  spec: [{"region":"eu-west-1"}] is not a map of fields: remove the - before the first field`,
			api: []string{
				`spec: Invalid value: "array": spec in body must be of type object: "array"`,
				"spec[0].region: Invalid value: unknown field",
			},
		},
		"SpecText": {
			reason: "The spec is a map of fields.",
			file: claimHead + `spec: eu-west-1
`,
			want: `standard input is not valid:
  spec: "eu-west-1" is not a map of fields: use fields such as region, access and account`,
			api: []string{`spec: Invalid value: "string": spec in body must be of type object: "string"`},
		},
		"DomainDot": {
			reason: "A domain has no trailing dot.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: shop.example.com.}
`,
			want: `standard input is not valid:
  spec.cdn.domain: "shop.example.com." is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
			api: []string{`spec.cdn.domain: Invalid value: "shop.example.com.": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
		},
		"DomainHttps": {
			reason: "A domain is not a URL.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {domain: "https://shop.example.com"}
`,
			want: `standard input is not valid:
  spec.cdn.domain: "https://shop.example.com" is not valid: must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
			api: []string{`spec.cdn.domain: Invalid value: "https://shop.example.com": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`},
		},
		"CidrHost": {
			reason: "A range starts at its network address.",
			file: claimHead + `spec:
  region: eu-west-1
  network: {cidr: 10.0.0.5/16}
`,
			want: `standard input is not valid:
  spec.network.cidr: "10.0.0.5/16" is not valid: cidr must start at its network address; for example, use 10.1.0.0/16 instead of 10.1.2.3/16`,
			api: []string{`spec.network.cidr: Invalid value: "10.0.0.5/16": cidr must start at its network address; for example, use 10.1.0.0/16 instead of 10.1.2.3/16`},
		},
		"CidrPublic": {
			reason: "A network is private.",
			file: claimHead + `spec:
  region: eu-west-1
  network: {cidr: 8.8.0.0/16}
`,
			want: `standard input is not valid:
  spec.network.cidr: "8.8.0.0/16" is not valid: cidr must be in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
			api: []string{`spec.network.cidr: Invalid value: "8.8.0.0/16": cidr must be in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`},
		},
		"BucketUpper": {
			reason: "Buckets are in lowercase.",
			file: claimHead + `spec:
  region: eu-west-1
  assets: {existing: {name: Shop-Assets, policy: Manage}}
`,
			want: `standard input is not valid:
  spec.assets.existing.name: "Shop-Assets" is not valid: must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`,
			api: []string{`spec.assets.existing.name: Invalid value: "Shop-Assets": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`},
		},
		"BucketArn": {
			reason: "A name is not an ARN.",
			file: claimHead + `spec:
  region: eu-west-1
  assets: {existing: {name: "arn:aws:s3:::shop", policy: Manage}}
`,
			want: `standard input is not valid:
  spec.assets.existing.name: "arn:aws:s3:::shop" is not valid: must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`,
			api: []string{`spec.assets.existing.name: Invalid value: "arn:aws:s3:::shop": must be a lowercase S3 bucket name, not an ARN; for example, shop-feed`},
		},
		"ListForMap": {
			reason: "A map has no dashes.",
			file: claimHead + `spec:
  region: eu-west-1
  database:
  - engine: postgres
`,
			want: `standard input is not valid:
  spec.database: [{"engine":"postgres"}] is not a map of fields: remove the - before the first field`,
			api: []string{
				`spec.database: Invalid value: "array": spec.database in body must be of type object: "array"`,
				"spec.database[0].engine: Invalid value: unknown field",
			},
		},
		"MapForList": {
			reason: "A list has dashes.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
      web: {image: "nginx:1"}
`,
			want: `standard input is not valid:
  spec.app.services: {"web":{"image":"nginx:1"}} is not a list: begin each entry with - on a separate line`,
			api: []string{
				"spec.app.services.web: Invalid value: unknown field",
				`spec.app.services: Invalid value: "object": spec.app.services in body must be of type array: "object"`,
			},
		},
		"EnvList": {
			reason: "Kubernetes lists variables.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, environment: [{name: A, value: b}]}
`,
			want: `standard input is not valid:
  spec.app.services[0].environment: [{"name":"A","value":"b"}] is not a map: write NAME: value for each entry`,
			api: []string{
				`spec.app.services[0].environment: Invalid value: "array": spec.app.services[0].environment in body must be of type object: "array"`,
				"spec.app.services[0].environment[0].name: Invalid value: unknown field",
				"spec.app.services[0].environment[0].value: Invalid value: unknown field",
			},
		},
		"EnvNumber": {
			reason: "Variables are text.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, environment: {PORT: 8080, DEBUG: true, RATE: 1.10}}
`,
			want: `standard input is not valid:
  spec.app.services[0].environment.DEBUG: without quotes, YAML reads true as the boolean true, but text is required: write DEBUG: "true" (line 8)
  spec.app.services[0].environment.PORT: without quotes, YAML reads 8080 as a number, but text is required: write PORT: "8080" (line 8)
  spec.app.services[0].environment.RATE: without quotes, YAML reads 1.10 as a number, but text is required: write RATE: "1.10" (line 8)`,
			api: []string{
				`spec.app.services[0].environment.DEBUG: Invalid value: "boolean": spec.app.services[0].environment.DEBUG in body must be of type string: "boolean"`,
				`spec.app.services[0].environment.PORT: Invalid value: "integer": spec.app.services[0].environment.PORT in body must be of type string: "integer"`,
				`spec.app.services[0].environment.RATE: Invalid value: "number": spec.app.services[0].environment.RATE in body must be of type string: "number"`,
			},
		},
		"NullEntry": {
			reason: "An entry has fields.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    -
`,
			want: `standard input is not valid:
  spec.app.services[0]: is empty: set a value, or remove it`,
			api: []string{`spec.app.services[0]: Invalid value: "null": spec.app.services[0] in body must be of type object: "null"`},
		},
		"SmartQuotes": {
			reason: "Word processors change quotes.",
			file: claimHead + `spec:
  region: eu-west-1
  size: “small”
`,
			want: `standard input is not valid:
  spec.size: "“small”" is not supported; did you mean small? Use small, medium, large or xlarge. The value contains typographic or invisible characters (U+201C, U+201D): replace them with plain quotes, hyphens or spaces`,
			api: []string{`spec.size: Unsupported value: "“small”": supported values: "small", "medium", "large", "xlarge"`},
		},
		"Nbsp": {
			reason: "Spaces of web pages look alike.",
			file:   claimHead + "spec:\n  region: eu-west-1\n  size: small\u00a0\n",
			want:   "standard input is not valid:\n  spec.size: \"small\u00a0\" is not supported; did you mean small? Use small, medium, large or xlarge. The value contains typographic or invisible characters (U+00A0): replace them with plain quotes, hyphens or spaces",
			api:    []string{`spec.size: Unsupported value: "small\u00a0": supported values: "small", "medium", "large", "xlarge"`},
		},
		"SecretValue": {
			reason: "The value of a secret is not repeated.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, secrets: {STRIPE_KEY: "sk_live_abc+def/123"}}
`,
			want: `standard input is not valid:
  spec.app.services[0].secrets[STRIPE_KEY]: must be a key in the app secret (such as STRIPE_KEY), database/username, database/password, cache/password, or the ARN of a secret or SSM parameter; never put the value of a secret in a claim`,
			api: []string{`spec.app.services[0].secrets[STRIPE_KEY]: Invalid value: "sk_live_abc+def/123": must be a key in the app secret (such as STRIPE_KEY), database/username, database/password, cache/password, or the ARN of a secret or SSM parameter`},
		},
		"SecretEnv": {
			reason: "The value of a secret is not part of a claim.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, environment: {DB_PASSWORD: hunter2}}
`,
			want: "warning: spec.app.services[0].environment[DB_PASSWORD]: appears to be a secret, but its value is readable in the claim and in ECS: add the value to the app secret, and move the variable from environment to secrets",
		},
		"BoolQuoted": {
			reason: "Templates put booleans in quotes.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {deletionProtection: "true"}
`,
			want: `standard input is not valid:
  spec.database.deletionProtection: "true" is text, but true or false is required: write deletionProtection: true without quotes`,
			api: []string{`spec.database.deletionProtection: Invalid value: "string": spec.database.deletionProtection in body must be of type boolean: "string"`},
		},
		"BoolNumber": {
			reason: "A number is not a boolean.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {deletionProtection: 1}
`,
			want: `standard input is not valid:
  spec.database.deletionProtection: 1 is not true or false: write deletionProtection: true or deletionProtection: false`,
			api: []string{`spec.database.deletionProtection: Invalid value: "integer": spec.database.deletionProtection in body must be of type boolean: "integer"`},
		},
		"NumBig": {
			reason: "RDS keeps backups for 35 days.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {backupRetentionDays: 90}
`,
			want: `standard input is not valid:
  spec.database.backupRetentionDays: 90 is not valid; use a value from 1 to 35`,
			api: []string{"spec.database.backupRetentionDays: Invalid value: 90: spec.database.backupRetentionDays in body should be less than or equal to 35"},
		},
		"NumFraction": {
			reason: "Days are whole.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {backupRetentionDays: 7.5}
`,
			want: `standard input is not valid:
  spec.database.backupRetentionDays: 7.5 is not a whole number: use a value from 1 to 35`,
			api: []string{
				`<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.database.backupRetentionDays`,
				`spec.database.backupRetentionDays: Invalid value: "number": spec.database.backupRetentionDays in body must be of type integer: "number"`,
			},
		},
		"NumUnit": {
			reason: "Units are in the name of the field.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {instance: {storage: {sizeGiB: 20GB}}}
`,
			want: `standard input is not valid:
  spec.database.instance.storage.sizeGiB: "20GB" is not a whole number: use a value from 20 to 65536, without a unit`,
			api: []string{`spec.database.instance.storage.sizeGiB: Invalid value: "string": spec.database.instance.storage.sizeGiB in body must be of type integer: "string"`},
		},
		"VerNumber": {
			reason: "YAML drops the zero of a minor version.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {version: 15.10}
`,
			want: `standard input is not valid:
  spec.database.version: without quotes, YAML reads 15.10 as a number, but text is required: write version: "15.10" (line 6)`,
			api: []string{`spec.database.version: Invalid value: "number": spec.database.version in body must be of type string: "number"`},
		},
		"VerLatest": {
			reason: "Versions are numbers.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {version: latest}
`,
			want: `standard input is not valid:
  spec.database.version: "latest" is not valid: must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"`,
			api: []string{`spec.database.version: Invalid value: must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"`},
		},
		"EnginePostgresql": {
			reason: "The nearest engine comes first.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {engine: postgresql}
`,
			want: `standard input is not valid:
  spec.database.engine: "postgresql" is not supported; did you mean postgres? Use postgres, mysql, mariadb, aurora-postgresql or aurora-mysql`,
			api: []string{`spec.database.engine: Unsupported value: "postgresql": supported values: "postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"`},
		},
		"ClassNodb": {
			reason: "RDS has classes of its own.",
			file: claimHead + `spec:
  region: eu-west-1
  database: {instance: {class: t3.micro}}
`,
			want: `standard input is not valid:
  spec.database.instance.class: "t3.micro" is not valid: must be an RDS instance class that starts with "db.", such as db.t4g.medium`,
			api: []string{`spec.database.instance.class: Invalid value: "t3.micro": must be an RDS instance class that starts with "db.", such as db.t4g.medium`},
		},
		"QueueText": {
			reason: "A queue is a map.",
			file: claimHead + `spec:
  region: eu-west-1
  queues: [orders]
`,
			want: `standard input is not valid:
  spec.queues[0]: "orders" is not a map of fields: use the fields contentBasedDeduplication, delaySeconds, fifo, maxReceives, name, retentionDays and visibilityTimeoutSeconds`,
			api: []string{
				`spec.queues[0]: Invalid value: "orders": must be an object for an array of list-type map`,
				`spec.queues[0]: Invalid value: "string": spec.queues[0] in body must be of type object: "string"`,
			},
		},
		"QueueDup": {
			reason: "Names are unique.",
			file: claimHead + `spec:
  region: eu-west-1
  queues: [{name: orders}, {name: orders}]
`,
			want: `standard input is not valid:
  spec.queues[1]: name "orders" is used by another entry; each entry needs its own name`,
			api: []string{`spec.queues[1]: Duplicate value: {"name":"orders"}`},
		},
		"ServiceTypo": {
			reason: "Abbreviated fields are found.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, img: "nginx:1", ports: 80}
`,
			want: `standard input is not valid:
  spec.app.services[0].image: set either image or package
  spec.app.services[0].img: unknown field; did you mean image?
  spec.app.services[0].ports: unknown field; did you mean port?`,
			api: []string{
				"spec.app.services[0].image: Invalid value: set either image or package",
				"spec.app.services[0].img: Invalid value: unknown field",
				"spec.app.services[0].ports: Invalid value: unknown field",
			},
		},
		"K8sContainer": {
			reason: "A field of other objects is not suggested.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "nginx:1", port: 80, resources: {limits: {cpu: 1}}}
`,
			want: `standard input is not valid:
  spec.app.services[0].resources: unknown field; remove it`,
			api: []string{"spec.app.services[0].resources: Invalid value: unknown field"},
		},
		"ReplicasNum": {
			reason: "Replicas have a range.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, replicas: 3}
`,
			want: `standard input is not valid:
  spec.app.services[0].replicas: 3 is not a map of fields: use the fields max and min`,
			api: []string{`spec.app.services[0].replicas: Invalid value: "integer": spec.app.services[0].replicas in body must be of type object: "integer"`},
		},
		"CommandText": {
			reason: "Words become entries.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "public.ecr.aws/nginx/nginx:1.29", port: 8080, command: npm start}
`,
			want: `standard input is not valid:
  spec.app.services[0].command: "npm start" is not a list: write command: ["npm", "start"]`,
			api: []string{`spec.app.services[0].command: Invalid value: "string": spec.app.services[0].command in body must be of type array: "string"`},
		},
		"EmailText": {
			reason: "One value becomes a list.",
			file: claimHead + `spec:
  region: eu-west-1
  guardrails: {alarms: {emails: ops@example.com}}
`,
			want: `standard input is not valid:
  spec.guardrails.alarms.emails: "ops@example.com" is not a list: write emails: ["ops@example.com"]`,
			api: []string{`spec.guardrails.alarms.emails: Invalid value: "string": spec.guardrails.alarms.emails in body must be of type array: "string"`},
		},
		"TagsList": {
			reason: "Tags are a map.",
			file: claimHead + `spec:
  region: eu-west-1
  tags:
  - team=a
`,
			want: `standard input is not valid:
  spec.tags: ["team=a"] is not a map: write NAME: value for each entry`,
			api: []string{`spec.tags: Invalid value: "array": spec.tags in body must be of type object: "array"`},
		},
		"WafOff": {
			reason: "A switch has a field of its own.",
			file: claimHead + `spec:
  region: eu-west-1
  guardrails: {waf: off}
`,
			want: `standard input is not valid:
  spec.guardrails.waf: false is not a map of fields: write waf: {enabled: false}`,
			api: []string{`spec.guardrails.waf: Invalid value: "boolean": spec.guardrails.waf in body must be of type object: "boolean"`},
		},
		"CdnTrue": {
			reason: "A part has fields.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: true
`,
			want: `standard input is not valid:
  spec.cdn: true is not a map of fields: use fields such as accessLogs, additionalDomains and additionalMetrics`,
			api: []string{`spec.cdn: Invalid value: "boolean": spec.cdn in body must be of type object: "boolean"`},
		},
		"CountryNo": {
			reason: "Norway is false.",
			file: claimHead + `spec:
  region: eu-west-1
  cdn: {geoRestriction: {type: Allow, countries: [NO]}}
`,
			want: `standard input is not valid:
  spec.cdn.geoRestriction.countries[0]: without quotes, YAML reads NO as the boolean false, but text is required: write "NO" (line 6)`,
			api: []string{`spec.cdn.geoRestriction.countries[0]: Invalid value: "boolean": spec.cdn.geoRestriction.countries[0] in body must be of type string: "boolean"`},
		},
		"Nat": {
			reason: "Choices are not numbers.",
			file: claimHead + `spec:
  region: eu-west-1
  network: {natGateways: 2}
`,
			want: `standard input is not valid:
  spec.network.natGateways: 2 is not supported; use Single, PerZone or None`,
			api: []string{
				`spec.network.natGateways: Invalid value: "integer": spec.network.natGateways in body must be of type string: "integer"`,
				`spec.network.natGateways: Unsupported value: 2: supported values: "Single", "PerZone", "None"`,
			},
		},
		"EmptyImage": {
			reason: "One problem is reported once.",
			file: claimHead + `spec:
  region: eu-west-1
  app:
    services:
    - {name: web, image: "", port: 8080}
`,
			want: `standard input is not valid:
  spec.app.services[0].image: "" is not valid: must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`,
			api: []string{`spec.app.services[0].image: Invalid value: "": must be a container image reference without a scheme, with a lowercase repository name and optionally a tag or a full sha256 digest; for example, public.ecr.aws/nginx/nginx:1.29`},
		},
		"TwoDocs": {
			reason: "A file has one object.",
			file: claimHead + `spec: {region: eu-west-1}
---
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata: {name: shop, namespace: team-a}
spec: {region: eu-west-1}
`,
			want: "standard input contains more than one object; put each object in a separate file",
		},
		"Empty": {
			reason: "A file has an object.",
			file:   "",
			want:   "standard input is empty; it must contain one object with apiVersion, kind, metadata and spec",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var warnings bytes.Buffer
			c := &Command{File: fromStdin, Output: "table", stdin: strings.NewReader(tc.file)}
			err := c.Run(context.Background(), &kong.Kong{Stdout: &bytes.Buffer{}, Stderr: &warnings}, &function{run: stacks})
			got := strings.TrimSuffix(warnings.String(), "\n")
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nRun(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.api, reported(tc.file)); diff != "" {
				t.Errorf("\n%s\nValidate(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// reported returns what an API server reports of the spec of a file; nothing if the
// file is not an object.
func reported(file string) []string {
	object := map[string]any{}
	raw, err := yaml.YAMLToJSONStrict([]byte(file))
	if err = errors.Join(err, utiljson.Unmarshal(raw, &object)); err != nil || len(object) == 0 {
		return nil
	}
	spec := object["spec"]
	if spec == nil {
		spec = map[string]any{}
	}
	object = map[string]any{"spec": spec}
	claim.Schema().Default(object)
	var out []string
	for _, e := range claim.Schema().Validate(object) {
		out = append(out, e.Error())
	}
	return out
}
