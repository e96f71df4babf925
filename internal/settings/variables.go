package settings

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// databaseSecrets maps variables to the fields of the database administrator's
// secret, with the claim's names.
var databaseSecrets = map[string]string{
	"DATABASE_PASSWORD": "database/password",
	"DATABASE_USERNAME": "database/username",
}

// The variable with the cache's password, and the claim's name for this password.
const (
	cachePasswordVariable = "CACHE_PASSWORD"
	cachePasswordSource   = "cache/password"
)

// CachePassword reports whether the source of a secret variable is the cache's
// password.
func CachePassword(source v1alpha1.SecretSource) bool { return source == cachePasswordSource }

// DatabaseKey returns the key in the database's secret that a source refers to, and
// whether it refers to one.
func DatabaseKey(source v1alpha1.SecretSource) (string, bool) {
	return strings.CutPrefix(string(source), "database/")
}

// SecretSources returns the sources of a service's secret variables: the database's
// administrator and the cache, if the service requests them, and those in the
// claim.
func (s Service) SecretSources() map[string]v1alpha1.SecretSource {
	out := map[string]v1alpha1.SecretSource{}
	if s.DatabaseCredentials != v1alpha1.DatabaseCredentialsNone {
		for name, source := range databaseSecrets {
			if _, said := s.Environment[name]; !said {
				out[name] = v1alpha1.SecretSource(source)
			}
		}
	}
	if _, said := s.Environment[cachePasswordVariable]; s.CachePassword && !said {
		out[cachePasswordVariable] = cachePasswordSource
	}
	maps.Copy(out, s.Secrets)
	return out
}

// withoutDatabase returns services without database administrator, for a stack
// without a database.
func withoutDatabase(services []Service) []Service {
	out := slices.Clone(services)
	for i := range out {
		out[i].DatabaseCredentials = v1alpha1.DatabaseCredentialsNone
	}
	return out
}

// checkDatabaseUse returns an error for each field that needs a database if the
// claim has none.
func (s *Settings) checkDatabaseUse(spec v1alpha1.SecureEcommerceSpec) field.ErrorList {
	if s.Database.Enabled {
		return nil
	}
	const none = "requires a database: remove this entry, or set database.enabled to true"
	var errs field.ErrorList
	for i, service := range spec.App.Services {
		path := field.NewPath("spec", "app", "services").Index(i)
		for _, c := range s.App.Services[slices.IndexFunc(s.App.Services, func(decided Service) bool { return decided.Name == service.Name })].TaskContainers() {
			for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
				if _, ok := DatabaseKey(c.Secrets[name]); ok {
					errs = append(errs, field.Invalid(c.path(path).Child("secrets").Key(name), string(c.Secrets[name]), none))
				}
			}
		}
	}
	for i, rule := range spec.Network.Ingress {
		if rule.To == v1alpha1.IngressToDatabase {
			errs = append(errs, field.Invalid(field.NewPath("spec", "network", "ingress").Index(i).Child("to"), rule.To, none))
		}
	}
	return errs
}

// Variables returns the names of the variables that the stack sets for a service,
// except secrets. Values in the claim can refer to them.
func (s *Settings) Variables(service Service) []string {
	out := []string{"APP_SECRET_ARN", "ASSETS_BUCKET", "STACK_ENVIRONMENT", "STACK_NAME"}
	if s.Database.Enabled {
		out = append(out, "DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET_ARN")
	}
	for name, given := range map[string]bool{
		"CACHE_HOST":             s.Cache != nil,
		"CACHE_NAME":             s.Cache.HasUsers(),
		"CACHE_PORT":             s.Cache != nil,
		"CACHE_READ_HOST":        s.Cache.Reads(),
		"CACHE_READ_PORT":        s.Cache.Reads(),
		"CACHE_SECRET_ARN":       s.Cache.HasPassword(),
		"CACHE_USERNAME":         s.Cache.HasUsers(),
		"DATABASE_PROXY_HOST":    s.Database.Proxy != nil,
		"DATABASE_READ_HOST":     s.Database.Reads(),
		"PORT":                   service.Port != 0,
		"SEARCH_HOST":            s.Search != nil,
		"SEARCH_PORT":            s.Search != nil,
		"SHOP_DOMAIN":            s.CDN.Domain != "",
		"UPLOADS_BUCKET":         s.Uploads != nil,
		"UPLOADS_PREFIX":         s.Uploads != nil && s.Uploads.Prefixes[0] != "",
		"UPLOADS_URL":            s.Uploads != nil && s.Uploads.URL(s.CDN.Domain) != "",
		"MAIL_CONFIGURATION_SET": s.Mail != nil,
		"MAIL_DOMAIN":            s.Mail != nil,
		"MAIL_HOST":              s.Mail != nil && s.Mail.SMTP != "",
		"MAIL_PORT":              s.Mail != nil && s.Mail.SMTP != "",
	} {
		if given {
			out = append(out, name)
		}
	}
	for _, q := range s.Queues {
		out = append(out, q.Variable())
	}
	slices.Sort(out)
	return out
}

// reference matches a reference to a variable, as in Kubernetes: $(NAME). $$(NAME)
// is an escaped reference.
var reference = regexp.MustCompile(`\$?\$\([^()]*\)`)

// referred returns the name in a reference. It reports false for an escaped
// reference.
func referred(text string) (string, bool) {
	if strings.HasPrefix(text, "$$") {
		return "", false
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, "$("), ")"), true
}

// Expand replaces the references in a value.
func Expand(value v1alpha1.EnvironmentValue, variables map[string]string) string {
	return reference.ReplaceAllStringFunc(string(value), func(text string) string {
		if name, ok := referred(text); ok {
			return variables[name]
		}
		return text[1:]
	})
}

// checkVariables returns an error for each reference to an unknown variable or to a
// secret.
func (s *Settings) checkVariables(asked []v1alpha1.Service) field.ErrorList {
	path := field.NewPath("spec", "app", "services")
	var errs field.ErrorList
	for i, a := range asked {
		service := s.App.Services[slices.IndexFunc(s.App.Services, func(decided Service) bool { return decided.Name == a.Name })]
		for _, c := range service.TaskContainers() {
			errs = append(errs, s.checkCachePassword(c.path(path.Index(i)).Child("secrets"), c.Secrets)...)
			errs = append(errs, checkReferences(c.path(path.Index(i)).Child("environment"), c.Environment, s.Variables(service), service)...)
		}
	}
	return errs
}

// secretName is the names of variables that carry secrets.
var secretName = regexp.MustCompile(`(?i)(PASSWORD|PASSWD|SECRET|TOKEN|(API|ACCESS|PRIVATE|SECRET)_?KEY)$`)

// warnOfSecrets warns of variables that have the name of a secret and its value in the
// claim. It does not repeat the value.
func (d *decision) warnOfSecrets(s *Settings, asked []v1alpha1.Service) {
	for i, a := range asked {
		path := field.NewPath("spec", "app", "services").Index(i)
		service := s.App.Services[slices.IndexFunc(s.App.Services, func(decided Service) bool { return decided.Name == a.Name })]
		for _, c := range service.TaskContainers() {
			for _, variable := range slices.Sorted(maps.Keys(c.Environment)) {
				if value := string(c.Environment[variable]); value != "" && secretName.MatchString(variable) && !reference.MatchString(value) {
					d.warn(c.path(path).Child("environment").Key(variable), "appears to be a secret, but its value is readable in the claim and in ECS: add the value to the app secret, and move the variable from environment to secrets")
				}
			}
		}
	}
}

// checkCachePassword returns the secret variables that name the password of a cache
// that has none.
func (s *Settings) checkCachePassword(path *field.Path, secrets map[string]v1alpha1.SecretSource) field.ErrorList {
	var errs field.ErrorList
	for _, variable := range slices.Sorted(maps.Keys(secrets)) {
		if CachePassword(secrets[variable]) && !s.Cache.HasPassword() {
			errs = append(errs, field.Invalid(path.Key(variable), string(secrets[variable]), "the stack has no cache with a password: use a Valkey or Redis cache that is not serverless and has authentication Password, or remove the variable"))
		}
	}
	return errs
}

// checkReferences returns an error for each reference in some variables to an
// unknown variable or to a secret.
func checkReferences(path *field.Path, environment map[string]v1alpha1.EnvironmentValue, known []string, service Service) field.ErrorList {
	var errs field.ErrorList
	for _, variable := range slices.Sorted(maps.Keys(environment)) {
		value := environment[variable]
		for _, text := range reference.FindAllString(string(value), -1) {
			name, ok := referred(text)
			if !ok || slices.Contains(known, name) {
				continue
			}
			errs = append(errs, field.Invalid(path.Key(variable), string(value), unknown(name, variable, known, service)))
		}
	}
	return errs
}

// unknown explains why a value cannot refer to a name.
func unknown(name, variable string, known []string, service Service) string {
	source, secret := databaseSecrets[name]
	if name == cachePasswordVariable && service.CachePassword {
		source, secret = cachePasswordSource, true
	}
	if own, ok := service.Secrets[name]; ok {
		source, secret = string(own), true
	}
	switch {
	case secret && service.Lambda():
		return fmt.Sprintf("$(%s) is a secret, and a function's variables cannot contain secrets: in your code, read the secret by its ARN (for example, the ARN in DATABASE_SECRET_ARN)", name)
	case secret:
		return fmt.Sprintf("$(%s) is a secret, and ECS cannot insert a secret into a longer value: move this variable from environment to secrets, and set it to the source of the secret; for example, %s: %s", name, variable, source)
	default:
		return fmt.Sprintf("$(%s) is not a variable in the stack: use %s, or write $$(%s) for the literal text", name, strings.Join(known, ", "), name)
	}
}
