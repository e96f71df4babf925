package tiertest

// Named returns a resource with an external name.
func Named(name string) string {
	return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + name + `"}}}`
}
