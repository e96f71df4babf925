package composed

// Search domain.
const (
	SearchDomain        = "search"
	SearchPolicy        = "search-policy"
	SearchSecurityGroup = "search-security-group"
	// SearchFromApp admits the application to the search domain. AppToSearch is the
	// corresponding egress rule.
	SearchFromApp = "search-ingress-app"
	AppToSearch   = "app-egress-search"
	// SearchServiceRole is the service-linked role with which OpenSearch Service
	// accesses the VPC. An account has one.
	SearchServiceRole = "search-service-linked-role"
	// SearchLogPolicy allows the domain to write its logs.
	SearchLogPolicy = "search-log-policy"
	AppRoleSearch   = "app-role-search"
)

// SearchLogGroup is the log group of one of the domain's logs, such as audit.
func SearchLogGroup(log string) string { return "search-log-group-" + log }
