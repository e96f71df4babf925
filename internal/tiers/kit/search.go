package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// SearchARN is the ARN of the search domain.
func SearchARN(s *settings.Settings) string {
	return s.Partition.ARN("es", s.Region, s.Account.Value, "domain/"+s.Search.Domain)
}

// SearchEndpoint is the host name of the search domain.
func SearchEndpoint(observed facts.Observed) facts.Fact {
	return observed.Fact(composed.SearchDomain, "status.atProvider.endpoint")
}

// SearchActions is the calls of the application to the search domain. What it may do within,
// the domain's own access control says.
func SearchActions() []string {
	return []string{"es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"}
}

// SearchLog is one of the domain's logs.
type SearchLog struct {
	// Name of the log within its log group, and Type as OpenSearch Service calls it.
	Name, Type string
}

// SearchLogs is all of them. AWS Security Hub asks for those of errors and of who did what
// (Opensearch.4 and Opensearch.5); the others say which requests are slow.
func SearchLogs() []SearchLog {
	return []SearchLog{
		{"application", "ES_APPLICATION_LOGS"},
		{"audit", "AUDIT_LOGS"},
		{"index-slow", "INDEX_SLOW_LOGS"},
		{"search-slow", "SEARCH_SLOW_LOGS"},
	}
}

// SearchLogGroup is the log group of one of the domain's logs, or of all of them by a star.
func SearchLogGroup(s *settings.Settings, log string) string {
	return "/aws/OpenSearchService/domains/" + s.Search.Domain + "/" + log
}
