package composed

// Search domain.
const (
	SearchDomain        = "search"
	SearchPolicy        = "search-policy"
	SearchSecurityGroup = "search-security-group"
	// SearchFromApp lets the application reach it, AppToSearch is the other end of that.
	SearchFromApp = "search-ingress-app"
	AppToSearch   = "app-egress-search"
	// SearchServiceRole is what OpenSearch Service reaches the VPC as, one in an account.
	SearchServiceRole = "search-service-linked-role"
	// SearchLogPolicy lets the domain write its logs.
	SearchLogPolicy = "search-log-policy"
	AppRoleSearch   = "app-role-search"
)

// SearchLogGroup takes one of the domain's logs, such as audit.
func SearchLogGroup(log string) string { return "search-log-group-" + log }
