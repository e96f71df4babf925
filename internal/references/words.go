package references

import (
	"regexp"
	"slices"
	"strings"
)

// finder finds words of a form in a text. The pattern's first group is the word.
type finder struct{ pattern *regexp.Regexp }

func (f finder) find(text string) []string {
	var out []string
	for _, match := range f.pattern.FindAllStringSubmatch(text, -1) {
		out = append(out, match[1])
	}
	return out
}

var (
	arns    = finder{regexp.MustCompile(`(arn:aws[a-z-]*:[a-z0-9-]+:[^:\s"',]*:[^:\s"',]*:[^\s"',()]+)`)}
	hosts   = finder{regexp.MustCompile(`((?:[A-Za-z0-9*_-]*\.)+(?:amazonaws\.com(?:\.cn)?|cloudfront\.net|acm-validations\.aws)\b|\bcom\.amazonaws(?:\.[a-z0-9-]+)+)`)}
	aliases = finder{regexp.MustCompile(`(?:^|\s)(alias/[A-Za-z0-9/_-]+)`)}
	regions = finder{regexp.MustCompile(`\b((?:us-gov|us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-[0-9])`)}
	// accounts matches 12 digits that are not part of a number or an ID.
	accounts = finder{regexp.MustCompile(`(?:^|[^0-9A-Za-z.-])([0-9]{12})(?:$|[^0-9A-Za-z.-])`)}
	// ids matches generated IDs: those of EC2, UUIDs of keys and policies, and
	// those of IAM, RDS, CloudFront and Route 53.
	ids = finder{regexp.MustCompile(`\b((?:vpc|subnet|sg|sgr|rtb|igw|eigw|nat|eipalloc|eni|vpce|acl|pl|fl|dopt|csc)-[0-9a-f]{8,17}|prx-[0-9a-z]{8,17}` +
		`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|AROA[A-Z0-9]{17}|(?:db|cluster)-[A-Z0-9]{26}|vo_[A-Za-z0-9]{22}` +
		`|[EK][A-Z0-9]{12,13}|Z[A-Z0-9]{12,31})\b`)}
)

// wordFinder finds words with the stack's name as a prefix or after a path, but not
// the name alone.
type wordFinder struct {
	// spellings contains the name, and its variants for services that do not allow
	// hyphens.
	spellings []string
	pattern   *regexp.Regexp
}

func wordsOf(stack string) wordFinder {
	spellings := []string{stack, strings.ReplaceAll(stack, "-", "_")}
	either := regexp.QuoteMeta(spellings[0]) + "|" + regexp.QuoteMeta(spellings[1])
	return wordFinder{spellings: spellings, pattern: regexp.MustCompile(`[A-Za-z0-9_/.*-]*(?:` + either + `)[A-Za-z0-9_/.*-]*`)}
}

func (f wordFinder) find(text string) []string {
	if f.spellings[0] == "" {
		return nil
	}
	return slices.DeleteFunc(f.pattern.FindAllString(text, -1), func(word string) bool { return slices.Contains(f.spellings, word) })
}

// word returns why a word with the stack's name is not the name of a resource. It
// is empty if it is. A resource's own fields can create the name.
func (h *have) word(t text, word string) string {
	if ownNames[t.kind+" "+t.field()] != "" || t.isKey {
		return ""
	}
	word = strings.TrimRight(word, "/.")
	if account, name, ok := strings.Cut(strings.TrimPrefix(word, "/"), "/"); ok && h.accounts[account] {
		word = name // The end of a queue's URL.
	}
	like := func(name string) bool { return name == word }
	switch {
	case t.operator() == "prefix":
		like = func(name string) bool { return strings.HasPrefix(name, word) }
	case t.operator() == "suffix":
		return h.endOfARN(t.value)
	case strings.Contains(word, "*"):
		like = func(name string) bool { return matches(word, name) }
	}
	for c := range h.names {
		if c == tagKey || c == tagValue {
			continue
		}
		if h.matching(c, like) == "" || h.given[word] {
			return ""
		}
	}
	return "the stack has no resource with this name"
}

// endOfARN returns why no ARN of the stack ends with a text.
func (h *have) endOfARN(text string) string {
	for arn := range h.arns {
		if strings.HasSuffix(arn, text) {
			return ""
		}
	}
	return "the stack has no ARN with this ending"
}

// id returns why an ID does not belong to the stack, to the given objects or to
// AWS.
func (h *have) id(id string) string {
	if h.ids[id] || awsIDs[id] != "" {
		return ""
	}
	return "no resource has this ID"
}

// region returns why a region is not one of the stack's regions.
func (h *have) region(region string) string {
	if h.regions[region] {
		return ""
	}
	return "the stack is not in this region"
}

// account returns why an account is neither the stack's nor given.
func (h *have) account(account string) string {
	if h.accounts[account] {
		return ""
	}
	return "no resource is in this account"
}

// alias returns why an alias is not that of a key in the resource's region.
func (h *have) alias(t text, name string) string {
	if strings.HasPrefix(name, "alias/aws/") {
		return ""
	}
	return h.lookUp(alias, name, t.region)
}
