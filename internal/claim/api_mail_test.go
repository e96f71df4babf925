package claim

import "strings"

// mails returns a spec with mail.
func mails(fields string) string { return with(`"mail":{` + fields + `}`) }

// mailCases contains specs of mail.
var mailCases = map[string]apiCase{
	"Mail": {
		reason: "The domain, its zone and what others do with forged mail are said.",
		spec:   mails(`"domain":"example.com","hostedZone":{"id":"Z0123456789ABCDEFGHIJ"},"mailFrom":"returns","dmarc":{"policy":"Reject","reportsTo":"dmarc@example.com"}`),
	},
	"MailOfShop": {reason: "The shop's domain is the default.", spec: with(`"cdn":{"domain":"shop.example.com"},"mail":{}`)},
	"MailNoDomain": {
		reason: "Mail is from somewhere.", spec: mails(``),
		want: []string{`spec.mail: Invalid value: mail requires a domain: set mail.domain (for example, to example.com) or cdn.domain`},
	},
	"MailForms": {
		reason: "Names are those of DNS.",
		spec:   mails(`"domain":"Example","hostedZone":{"id":"example.com"},"mailFrom":"a.b","dmarc":{"policy":"Drop","reportsTo":"dmarc"}`),
		want: []string{
			`spec.mail.dmarc.policy: Unsupported value: "Drop": supported values: "None", "Quarantine", "Reject", "Unmanaged"`,
			`spec.mail.dmarc.reportsTo: Invalid value: "dmarc": must be an email address with a lowercase domain, such as dmarc@example.com`,
			`spec.mail.domain: Invalid value: "Example": must be a lowercase domain name without a scheme, port, path, wildcard or trailing dot; for example, shop.example.com`,
			`spec.mail.hostedZone.id: Invalid value: "example.com": must be the ID of a Route 53 hosted zone, without the prefix /hostedzone/; for example, Z0123456789ABCDEFGHIJ`,
			`spec.mail.mailFrom: Invalid value: "a.b": must be a single DNS label of lowercase letters, digits and hyphens; for example, bounce`,
		},
	},
	"MailTooLong": {
		reason: "SES and DNS have limits.",
		spec:   mails(`"domain":"` + strings.Repeat("a.", 100) + `com","hostedZone":{"id":"Z` + strings.Repeat("A", 32) + `"},"mailFrom":"` + strings.Repeat("a", 41) + `","dmarc":{"reportsTo":"` + strings.Repeat("a", 128) + `@example.com"}`),
		want: []string{
			`spec.mail.dmarc.reportsTo: Too long: may not be more than 128 bytes`,
			`spec.mail.domain: Too long: may not be more than 200 bytes`,
			`spec.mail.hostedZone.id: Too long: may not be more than 32 bytes`,
			`spec.mail.mailFrom: Too long: may not be more than 40 bytes`,
		},
	},
	"MailZoneIncomplete": {
		reason: "A zone has an ID.", spec: mails(`"domain":"example.com","hostedZone":{}`),
		want: []string{`spec.mail.hostedZone.id: Required value`},
	},
	"MailZoneMoved": {
		reason: "Records stay in their zone.", old: mails(`"domain":"example.com","hostedZone":{"id":"Z1"}`), spec: mails(`"domain":"example.com","hostedZone":{"id":"Z2"}`),
		want: []string{`spec.mail.hostedZone.id: Invalid value: the zone cannot be changed in place: remove hostedZone, wait until the records are deleted, then set the new zone`},
	},
	"MailReportsUnmanaged": {
		reason: "A record of others says where reports go.", spec: mails(`"domain":"example.com","dmarc":{"policy":"Unmanaged","reportsTo":"dmarc@example.com"}`),
		want: []string{`spec.mail.dmarc.reportsTo: Invalid value: reportsTo cannot be combined with policy Unmanaged: remove reportsTo, or set another policy`},
	},
}
