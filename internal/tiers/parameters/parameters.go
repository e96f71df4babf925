package parameters

import (
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ssm"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// published is a parameter for applications. Its name is below the stack's path.
type published struct {
	name, description string
	value             string
	// list reports whether the value is a comma-separated list.
	list bool
	// needs lists the facts that the value waits for.
	needs []facts.Fact
}

// composeParameters adds a parameter for each value. It waits only for this value.
func composeParameters(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	path := parameterPath(s)
	for _, p := range publishedParameters(s, observed) {
		kind := "String"
		if p.list {
			kind = "StringList"
		}
		set.Add(parameterName(p.name), &ssm.Parameter{Spec: ssm.ParameterSpec{ForProvider: ssm.ParameterParameters_2{
			Description: new(p.description),
			Type:        new(kind),
			DataType:    new("text"),
			Tier:        new("Standard"),
			// The value is not secret, so it needs no Secret.
			InsecureValue: new(p.value),
		}}}, desired.Named(path+"/"+p.name), desired.Needs(p.needs...))
	}
	arn := s.Partition.ARN("ssm", s.Region, s.Account.Value, "parameter"+path)
	kit.AddRolePolicy(set, composed.AppRoleParameters, composed.AppRole, "parameters", []policy.Statement{{
		Sid: "ReadParameters", Effect: policy.Allow,
		Actions: []string{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"},
		// Access by path is checked for the path itself (AWS documentation,
		// "Restricting access to Parameter Store parameters using IAM policies").
		Resources: []string{arn, arn + "/*"},
	}}, s.Account)
}

// publishedParameters returns all parameters: locations and names, but no secrets.
func publishedParameters(s *settings.Settings, observed facts.Observed) []published {
	out := []published{
		{name: "region", description: "AWS region of the stack", value: s.Region},
		{name: "environment", description: "Environment of the stack", value: string(s.Environment)},

		known("network/app-security-group-id", "Security group that reaches the database", observed.ExternalName(composed.AppSecurityGroup)),
		{name: "assets/bucket", description: "Bucket of static files", value: s.Names.AssetsBucket},

		known("access/app-role-arn", "Role of the shop's Lambda functions", observed.ARN(composed.AppRole)),
		known("secrets/app-secret-arn", "Secret of the application", observed.ARN(composed.AppSecret)),
	}
	if s.Database.Enabled {
		out = append(out, publishedDatabase(s, observed)...)
	}
	out = append(out, publishedNetwork(s, observed)...)
	if len(s.App.Containers()) > 0 {
		out = append(out, published{name: "app/cluster", description: "ECS cluster of the services, which pipelines deploy to", value: s.Stack})
	}
	if s.Uploads != nil {
		out = append(out, published{name: "uploads/bucket", description: "Bucket of files that visitors upload", value: s.Names.UploadsBucket})
	}
	out = append(out, publishedCache(s, observed)...)
	if s.Search != nil {
		out = append(out,
			known("search/endpoint", "Host name of the search domain", kit.SearchEndpoint(observed)),
			published{name: "search/port", description: "TCP port of the search domain", value: strconv.Itoa(settings.SearchPort)},
		)
	}
	if s.Mail != nil {
		out = append(out,
			published{name: "mail/domain", description: "Domain that mail is sent from", value: s.Mail.Domain},
			published{name: "mail/configuration-set", description: "SES configuration set that mail is sent with", value: kit.MailConfigurationSet(s)},
		)
	}
	for _, q := range s.Queues {
		out = append(out, known("queues/"+q.Name+"/url", "URL of the queue "+q.Name, kit.QueueURL(observed, q)))
	}
	if s.Partition.CloudFront {
		out = append(out,
			known("access/publisher-role-arn", "Role that uploads static files", observed.ARN(composed.PublisherRole)),
			known("cdn/domain", "Domain that serves the shop", kit.ServedDomain(s, observed)),
			known("cdn/distribution-id", "CloudFront distribution of the shop", observed.ExternalName(composed.Distribution)),
		)
	}
	return out
}

// known returns a parameter with a fact as its value.
func known(name, description string, f facts.Fact) published {
	return published{name: name, description: description, value: f.Value, needs: []facts.Fact{f}}
}

// publishedDatabase returns the database's location and user.
func publishedDatabase(s *settings.Settings, observed facts.Observed) []published {
	out := []published{
		known("database/endpoint", "Host name of the database", kit.DatabaseAddress(s, observed)),
		{name: "database/port", description: "TCP port of the database", value: strconv.Itoa(s.Database.Port)},
		known("database/name", "Name of the database", kit.DatabaseName(s)),
		known("database/secret-arn", "Secret with the administrator's password", kit.DatabaseSecret(s, observed)),
	}
	if s.Database.IAM {
		out = append(out, published{name: "database/app-user", description: "Database user of the app role", value: kit.DatabaseAppUser})
	}
	if s.Database.Reads() {
		reads := kit.ReadEndpoint(s, observed)
		out = append(out, published{name: "database/read-endpoints", description: "Host names that serve reads of the database", value: reads.Value, list: true, needs: []facts.Fact{reads}})
	}
	if s.Database.Proxy != nil {
		out = append(out, known("database/proxy-endpoint", "Host name of the database's proxy", kit.ProxyEndpoint(observed)))
	}
	return out
}

// publishedCache returns the cache's location and user. It is empty without a
// cache.
func publishedCache(s *settings.Settings, observed facts.Observed) []published {
	places, _ := kit.CachePlaces(s, observed)
	var out []published
	for _, p := range []struct {
		variable, name, description string
		needs                       func() facts.Fact
	}{
		{"CACHE_HOST", "cache/endpoint", "Host name of the cache", func() facts.Fact { return kit.CacheAddress(s, observed) }},
		{"CACHE_PORT", "cache/port", "TCP port of the cache", nil},
		{"CACHE_READ_HOST", "cache/read-endpoint", "Host name that serves reads of the cache", func() facts.Fact { return kit.CacheReads(s, observed) }},
		{"CACHE_READ_PORT", "cache/read-port", "TCP port that serves reads of the cache", nil},
		{"CACHE_NAME", "cache/name", "Name of the cache for IAM tokens of the app role", nil},
		{"CACHE_USERNAME", "cache/username", "Cache user of the app role", nil},
		{"CACHE_SECRET_ARN", "cache/secret-arn", "Secret with the cache's password", func() facts.Fact { return kit.CacheSecret(observed) }},
	} {
		value, has := places[p.variable]
		if !has {
			continue
		}
		add := published{name: p.name, description: p.description, value: value}
		if p.needs != nil {
			add.needs = []facts.Fact{p.needs()}
		}
		out = append(out, add)
	}
	return out
}

// publishedNetwork returns the network for the application.
func publishedNetwork(s *settings.Settings, observed facts.Observed) []published {
	const (
		vpc     = "VPC of the stack"
		public  = "Subnets for load balancers"
		private = "Subnets for the application"
	)
	e := s.Network.Existing
	if e == nil {
		id := observed.ExternalName(composed.VPC)
		return []published{
			{name: "network/vpc-id", description: vpc, value: id.Value, needs: []facts.Fact{id}},
			subnets(s, observed, "network/public-subnet-ids", public, composed.PublicSubnet),
			subnets(s, observed, "network/private-subnet-ids", private, composed.PrivateSubnet),
		}
	}
	out := []published{
		{name: "network/vpc-id", description: vpc, value: e.VPCID},
		{name: "network/private-subnet-ids", description: private, value: strings.Join(e.PrivateSubnetIDs, ","), list: true},
	}
	if len(e.PublicSubnetIDs) > 0 {
		out = append(out, published{name: "network/public-subnet-ids", description: public, value: strings.Join(e.PublicSubnetIDs, ","), list: true})
	}
	return out
}

// subnets returns the IDs of one subnet in each zone.
func subnets(s *settings.Settings, observed facts.Observed, name, description string, subnet func(zone int) string) published {
	var ids []facts.Fact
	for _, z := range s.Network.Zones {
		ids = append(ids, observed.ExternalName(subnet(z.Number)))
	}
	return published{name: name, description: description, value: joined(ids), list: true, needs: ids}
}

// joined joins values to a list in SSM's format.
func joined(values []facts.Fact) string {
	var texts []string
	for _, f := range values {
		texts = append(texts, f.Value)
	}
	return strings.Join(texts, ",")
}

// parameterPath returns the path of all parameters. AWS reserves some prefixes (AWS
// Systems Manager API Reference, "PutParameter").
func parameterPath(s *settings.Settings) string {
	path := "/" + s.Stack
	if strings.HasPrefix(s.Stack, "aws") || strings.HasPrefix(s.Stack, "ssm") {
		path = "/secure-ecommerce" + path
	}
	return path
}

func parameterName(name string) string {
	return composed.Parameter(strings.ReplaceAll(name, "/", "-"))
}

// reportParameters reports the path.
func reportParameters(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if observed.Has(parameterName("region")) {
		status.Parameters.Path = parameterPath(s)
	}
}
