package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// SearchARN returns the ARN of the search domain.
func SearchARN(s *settings.Settings) string {
	return s.Partition.ARN("es", s.Region, s.Account.Value, "domain/"+s.Search.Domain)
}

// SearchEndpoint returns the host name of the search domain.
func SearchEndpoint(observed facts.Observed) facts.Fact {
	return observed.Fact(composed.SearchDomain, "status.atProvider.endpoint")
}

// SearchActions lists the application's actions on the search domain. The domain's
// own access control restricts requests.
func SearchActions() []string {
	return []string{"es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"}
}

// SearchLog is one of the domain's logs.
type SearchLog struct {
	// Name of the log in its log group, and Type in OpenSearch Service's API.
	Name, Type string
}

// SearchLogs returns all logs. AWS Security Hub requires error logs and audit logs
// (Opensearch.4 and Opensearch.5). The others log slow requests.
func SearchLogs() []SearchLog {
	return []SearchLog{
		{"application", "ES_APPLICATION_LOGS"},
		{"audit", "AUDIT_LOGS"},
		{"index-slow", "INDEX_SLOW_LOGS"},
		{"search-slow", "SEARCH_SLOW_LOGS"},
	}
}

// OpenSearch is the service principal that writes the logs of search domains.
const OpenSearch = "es.amazonaws.com"

// SearchLogActions lists what OpenSearch Service needs in addition to other writers of
// logs.
func SearchLogActions() []string { return []string{"logs:PutLogEventsBatch"} }

// SearchLogGroup returns the log group of one of the domain's logs, or with a star,
// a pattern of all.
func SearchLogGroup(s *settings.Settings, log string) string {
	return "/aws/OpenSearchService/domains/" + s.Search.Domain + "/" + log
}
