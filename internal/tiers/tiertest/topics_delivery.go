package tiertest

// Delivering returns a spec in a region with delivery logs.
func Delivering(region string) string {
	return `{"region":"` + region + `","guardrails":{"audit":{"notifications":true},"alarms":{"deliveryLogs":true}}}`
}
