package waf

// WebACLRules is the rules in JSON.
var WebACLRules = webACLRules
