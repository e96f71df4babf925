package tiertest

// HasARN returns an observed resource with an ARN.
func HasARN(arn string) string { return `{"status":{"atProvider":{"arn":"` + arn + `"}}}` }

// Replicated returns a spec with a replica and additional settings of the CDN.
func Replicated(cdn string) string {
	return `{"region":"eu-west-1","assets":{"noncurrentVersionDays":30,"replica":{"region":"eu-central-1"}},"cdn":` + cdn + `}`
}
