package tiertest

// Named is a resource that is known by its external name.
func Named(name string) string {
	return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + name + `"}}}`
}
