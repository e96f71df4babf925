package claim

// Messages of rules about the search domain.
const (
	searchHoldsIndexes = "search cannot be removed while deletion protection is enabled: set search.deletionProtection to false first"
	searchNotLowered   = "version cannot be lowered, because OpenSearch Service does not support downgrades: to use an earlier version, create a new stack and index your data again"
	mastersOfLarge     = "dedicatedMasters is not supported for T3 instance types: use another instanceType (for example, m6g.large.search), or remove dedicatedMasters"
	nodeInEachZone     = "multiAZ requires a node in each zone: set instances to 2 or more, or set multiAZ to false"
)

// search returns a spec with a search domain.
func search(fields string) string { return with(`"search":{` + fields + `}`) }

// searchCases contains specs of a search domain.
var searchCases = map[string]apiCase{
	"Search": {reason: "An empty one is whole.", spec: search("")},
	"SearchWhole": {
		reason: "All that can be said of it.",
		spec:   search(`"version":"3.1","instanceType":"m6g.large.search","instances":4,"multiAZ":true,"dedicatedMasters":true,"storageGiB":100,"softwareUpdateTime":"03:30","deletionProtection":false`),
	},
	"SearchRaised":   {reason: "AWS upgrades in place.", old: search(`"version":"2.9"`), spec: search(`"version":"2.19"`)},
	"SearchLowered":  {reason: "AWS takes nothing back.", old: search(`"version":"2.19"`), spec: search(`"version":"2.9"`), want: []string{broken("spec.search.version", searchNotLowered)}},
	"SearchOldMajor": {reason: "Nor a major version.", old: search(`"version":"3.1"`), spec: search(`"version":"2.19"`), want: []string{broken("spec.search.version", searchNotLowered)}},
	"SearchRemoved":  {reason: "Its indexes would be lost.", old: search(""), spec: with(`"size":"small"`), want: []string{broken("spec.search", searchHoldsIndexes)}},
	"SearchRemovedProtected": {
		reason: "Protection is protection, whatever becomes of the rest.", old: with(`"deletionPolicy":"Delete","search":{"deletionProtection":true}`), spec: with(`"deletionPolicy":"Delete"`),
		want: []string{broken("spec.search", searchHoldsIndexes)},
	},
	"SearchLetGo":                {reason: "Who says so in so many words may remove it.", old: search(`"deletionProtection":false`), spec: with(`"size":"small"`)},
	"SearchRemovedUnderDelete":   {reason: "Delete means delete.", old: with(`"deletionPolicy":"Delete","search":{}`), spec: with(`"deletionPolicy":"Delete"`)},
	"SearchRemovedOfDevelopment": {reason: "Delete is the default of development.", old: with(`"environment":"development","search":{}`), spec: with(`"environment":"development"`)},
	"SearchSmallMasters":         {reason: "Masters would be larger than what they manage.", spec: search(`"instanceType":"t3.small.search","dedicatedMasters":true`), want: []string{broken("spec.search.dedicatedMasters", mastersOfLarge)}},
	"SearchOneInZones":           {reason: "One node is in one zone.", spec: search(`"instances":1,"multiAZ":true`), want: []string{broken("spec.search.instances", nodeInEachZone)}},
	"SearchForms": {
		reason: "Messages say what a value looks like.", spec: search(`"version":"2","instanceType":"m6g.large","softwareUpdateTime":"24:00"`),
		want: []string{
			`spec.search.instanceType: Invalid value: "m6g.large": instanceType must be an OpenSearch Service instance type, such as m6g.large.search`,
			`spec.search.softwareUpdateTime: Invalid value: "24:00": softwareUpdateTime must be a UTC time in the format hh:mm, such as 22:00`,
			`spec.search.version: Invalid value: "2": version must have a major and a minor number, such as 2.19`,
		},
	},
	"SearchTooLong": {
		reason: "No name of AWS is longer.", spec: search(`"version":"2.191","instanceType":"` + repeated(40, "m") + `","softwareUpdateTime":"22:000"`),
		want: []string{
			`spec.search.instanceType: Too long: may not be more than 32 bytes`,
			`spec.search.softwareUpdateTime: Too long: may not be more than 5 bytes`,
			`spec.search.version: Too long: may not be more than 4 bytes`,
		},
	},
	"SearchTooLittle": {
		reason: "AWS has no less.", spec: search(`"instances":0,"storageGiB":9`),
		want: []string{
			`spec.search.instances: Invalid value: 0: spec.search.instances in body should be greater than or equal to 1`,
			`spec.search.storageGiB: Invalid value: 9: spec.search.storageGiB in body should be greater than or equal to 10`,
		},
	},
	"SearchTooMuch": {
		reason: "A larger one is a platform of its own.", spec: search(`"instances":21,"storageGiB":3073`),
		want: []string{
			`spec.search.instances: Invalid value: 21: spec.search.instances in body should be less than or equal to 20`,
			`spec.search.storageGiB: Invalid value: 3073: spec.search.storageGiB in body should be less than or equal to 3072`,
		},
	},
}
