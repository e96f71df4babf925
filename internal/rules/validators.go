package rules

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"strings"
)

// validators contains versions of the provider's common validation
// functions by name. They accept strings. Numbers have limits instead.
var validators = map[string]func(string) bool{
	"validation.IsCIDRNetwork":           network,
	"validation.NoZeroValues":            func(s string) bool { return s != "" },
	"validation.StringIsJSON":            func(s string) bool { return json.Valid([]byte(s)) },
	"verify.ValidARN":                    func(s string) bool { return s == "" || validARN.MatchString(s) },
	"verify.ValidAccountID":              regexp.MustCompile(`^` + account + `$`).MatchString,
	"verify.ValidIAMPolicyJSON":          func(s string) bool { return strings.HasPrefix(s, "{") && json.Valid([]byte(s)) },
	"verify.ValidIPv4CIDRNetworkAddress": func(s string) bool { return network(s) && !strings.Contains(s, ":") },
	"verify.ValidIPv6CIDRNetworkAddress": func(s string) bool { return network(s) && strings.Contains(s, ":") },
	"verify.ValidKMSKeyID":               regexp.MustCompile(`^(arn:[\w-]+:kms:[\w-]+:\d{12}:)?(key/|alias/)?[\w/-]+$`).MatchString,
	"verify.ValidOnceADayWindowFormat":   regexp.MustCompile(`^` + clock + `-` + clock + `$`).MatchString,
	"verify.ValidOnceAWeekWindowFormat":  regexp.MustCompile(`^` + day + `:` + clock + `-` + day + `:` + clock + `$`).MatchString,
	"verify.ValidStringIsJSONOrYAML":     func(s string) bool { return s != "" },
	"validation.IsIPAddress":             func(s string) bool { _, err := netip.ParseAddr(s); return err == nil },
	"verify.ValidRegionName":             regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$`).MatchString,
	"verify.ValidUTCTimestamp":           regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`).MatchString,
	"validation.IsRFC3339Time":           regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`).MatchString,
}

const (
	account = `(aws|aws-managed|third-party|aws-marketplace|partner-managed|\d{12}|cw.{10})`
	clock   = `([01]\d|2[0-3]):[0-5]\d`
	day     = `(mon|tue|wed|thu|fri|sat|sun)`
)

// validARN matches what the provider accepts as an ARN.
var validARN = regexp.MustCompile(`^arn:aws[\w-]*:[\w-]+:[a-z0-9-]*:` + account + `?:.+$`)

// network reports whether a text is a CIDR range without host bits.
func network(s string) bool {
	p, err := netip.ParsePrefix(s)
	return err == nil && p == p.Masked()
}
