package app

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"

// Priorities exports priorities for tests.
func Priorities(paths []string, taken map[string]int) map[string]int {
	var routes []route
	for _, path := range paths {
		routes = append(routes, route{path: path, service: settings.Service{}})
	}
	return priorities(routes, func(r route) int { return taken[r.path] })
}
