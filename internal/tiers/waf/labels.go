package waf

import "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"

// managedRule is a rule in a managed rule group for which a claim can define
// exceptions.
type managedRule struct {
	group string
	// label is the label that the rule adds to a matching request. It can differ
	// from the rule's name.
	label string
}

// managedRuleLabels contains the blocking rules with their labels (AWS
// documentation, "Baseline rule groups", "Use-case specific rule groups", "IP
// reputation rule groups"). Bot control is not included, because it also labels
// verified bots, which it allows.
var managedRuleLabels = map[v1alpha1.WAFManagedRule]managedRule{
	"NoUserAgent_HEADER":                  {commonRules, "awswaf:managed:aws:core-rule-set:NoUserAgent_Header"},
	"UserAgent_BadBots_HEADER":            {commonRules, "awswaf:managed:aws:core-rule-set:BadBots_Header"},
	"SizeRestrictions_QUERYSTRING":        {commonRules, "awswaf:managed:aws:core-rule-set:SizeRestrictions_QueryString"},
	"SizeRestrictions_Cookie_HEADER":      {commonRules, "awswaf:managed:aws:core-rule-set:SizeRestrictions_Cookie_Header"},
	"SizeRestrictions_BODY":               {commonRules, "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"},
	"SizeRestrictions_URIPATH":            {commonRules, "awswaf:managed:aws:core-rule-set:SizeRestrictions_URIPath"},
	"EC2MetaDataSSRF_BODY":                {commonRules, "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body"},
	"EC2MetaDataSSRF_COOKIE":              {commonRules, "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Cookie"},
	"EC2MetaDataSSRF_URIPATH":             {commonRules, "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_URIPath"},
	"EC2MetaDataSSRF_QUERYARGUMENTS":      {commonRules, "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_QueryArguments"},
	"GenericLFI_QUERYARGUMENTS":           {commonRules, "awswaf:managed:aws:core-rule-set:GenericLFI_QueryArguments"},
	"GenericLFI_URIPATH":                  {commonRules, "awswaf:managed:aws:core-rule-set:GenericLFI_URIPath"},
	"GenericLFI_BODY":                     {commonRules, "awswaf:managed:aws:core-rule-set:GenericLFI_Body"},
	"RestrictedExtensions_URIPATH":        {commonRules, "awswaf:managed:aws:core-rule-set:RestrictedExtensions_URIPath"},
	"RestrictedExtensions_QUERYARGUMENTS": {commonRules, "awswaf:managed:aws:core-rule-set:RestrictedExtensions_QueryArguments"},
	"GenericRFI_QUERYARGUMENTS":           {commonRules, "awswaf:managed:aws:core-rule-set:GenericRFI_QueryArguments"},
	"GenericRFI_BODY":                     {commonRules, "awswaf:managed:aws:core-rule-set:GenericRFI_Body"},
	"GenericRFI_URIPATH":                  {commonRules, "awswaf:managed:aws:core-rule-set:GenericRFI_URIPath"},
	"CrossSiteScripting_COOKIE":           {commonRules, "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Cookie"},
	"CrossSiteScripting_QUERYARGUMENTS":   {commonRules, "awswaf:managed:aws:core-rule-set:CrossSiteScripting_QueryArguments"},
	"CrossSiteScripting_BODY":             {commonRules, "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body"},
	"CrossSiteScripting_URIPATH":          {commonRules, "awswaf:managed:aws:core-rule-set:CrossSiteScripting_URIPath"},
	"JavaDeserializationRCE_HEADER":       {badInputs, "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_Header"},
	"JavaDeserializationRCE_BODY":         {badInputs, "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_Body"},
	"JavaDeserializationRCE_URIPATH":      {badInputs, "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_URIPath"},
	"JavaDeserializationRCE_QUERYSTRING":  {badInputs, "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_QueryString"},
	"Host_localhost_HEADER":               {badInputs, "awswaf:managed:aws:known-bad-inputs:Host_Localhost_Header"},
	"PROPFIND_METHOD":                     {badInputs, "awswaf:managed:aws:known-bad-inputs:Propfind_Method"},
	"ExploitablePaths_URIPATH":            {badInputs, "awswaf:managed:aws:known-bad-inputs:ExploitablePaths_URIPath"},
	"Log4JRCE_HEADER":                     {badInputs, "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Header"},
	"Log4JRCE_QUERYSTRING":                {badInputs, "awswaf:managed:aws:known-bad-inputs:Log4JRCE_QueryString"},
	"Log4JRCE_BODY":                       {badInputs, "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Body"},
	"Log4JRCE_URIPATH":                    {badInputs, "awswaf:managed:aws:known-bad-inputs:Log4JRCE_URIPath"},
	"ReactJSRCE_BODY":                     {badInputs, "awswaf:managed:aws:known-bad-inputs:ReactJSRCE_Body"},
	"SQLi_QUERYARGUMENTS":                 {sqlInjection, "awswaf:managed:aws:sql-database:SQLi_QueryArguments"},
	"SQLiExtendedPatterns_QUERYARGUMENTS": {sqlInjection, "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_QueryArguments"},
	"SQLi_BODY":                           {sqlInjection, "awswaf:managed:aws:sql-database:SQLi_Body"},
	"SQLiExtendedPatterns_BODY":           {sqlInjection, "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body"},
	"SQLi_COOKIE":                         {sqlInjection, "awswaf:managed:aws:sql-database:SQLi_Cookie"},
	"SQLi_URIPATH":                        {sqlInjection, "awswaf:managed:aws:sql-database:SQLi_URIPath"},
	"AWSManagedIPReputationList":          {badRepute, "awswaf:managed:aws:amazon-ip-list:AWSManagedIPReputationList"},
	"AWSManagedReconnaissanceList":        {badRepute, "awswaf:managed:aws:amazon-ip-list:AWSManagedReconnaissanceList"},
	"AnonymousIPList":                     {anonymous, "awswaf:managed:aws:anonymous-ip-list:AnonymousIPList"},
	"HostingProviderIPList":               {anonymous, "awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"},
}
