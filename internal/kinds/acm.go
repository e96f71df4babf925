package kinds

var acmService = Service{Name: "acm", Kinds: map[string]Kind{
	"Certificate": {
		ExternalName: "${arn}",
		ARN:          "acm:${region}:${account}:certificate/${uuid}",
		Shows: Fields{
			"status":                  "${certificate}",
			"type":                    "AMAZON_ISSUED",
			"domainValidationOptions": List{validation("domainName"), Each{Of: "subjectAlternativeNames", Item: validation("value")}},
		},
		Immutable: []string{"domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod", "certificateAuthorityArn"},
		InUse:     InUse{Code: "ResourceInUseException", By: []User{{Kind: "cloudfront/Distribution"}}},
		Cost:      Free,
		Call:      Call{Operation: "acm RequestCertificate"},
	},
}}

// validation returns ACM's DNS validation record of a domain.
func validation(domain string) Fields {
	return Fields{
		"domainName":          "${" + domain + "}",
		"resourceRecordName":  "_${hex:32:" + domain + "}.${" + domain + "}.",
		"resourceRecordType":  "CNAME",
		"resourceRecordValue": "_${hex:32:" + domain + "}.hkmpvcwbhw.acm-validations.aws.",
	}
}
