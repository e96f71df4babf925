package composed

import "strings"

// Services that are functions. Each is named by what it is made of, an image or a
// package, which cannot change of a function, and by the service.
const (
	// AppRoleEnvironment lets functions read their variables.
	AppRoleEnvironment = "app-role-environment"
	// AppFunctionsAccess signs what the distribution asks of functions.
	AppFunctionsAccess = "cdn-functions-access-control"
)

// AppFunction is a function.
func AppFunction(of, service string) string { return "app-function-" + of + "-" + service }

// AppFunctionLogGroup is where a function's log goes.
func AppFunctionLogGroup(of, service string) string { return "app-function-log-" + of + "-" + service }

// appFunctionURL begins the names of functions' addresses.
const appFunctionURL = "app-function-url-"

// AppFunctionURL is the address that a function is called at.
func AppFunctionURL(of, service string) string { return appFunctionURL + of + "-" + service }

// AppFunctionOfURL returns what a function is made of and its service by the name
// of its address, and whether a name is that of one.
func AppFunctionOfURL(resourceName string) (string, string, bool) {
	function, ok := strings.CutPrefix(resourceName, appFunctionURL)
	if !ok {
		return "", "", false
	}
	return strings.Cut(function, "-")
}

// AppFunctionPermission lets the distribution call a function by an action, or
// EventBridge by a schedule.
func AppFunctionPermission(action, of, service string) string {
	return "app-function-permission-" + action + "-" + of + "-" + service
}

// AppFunctionSchedule calls a function by its schedule.
func AppFunctionSchedule(of, service string) string {
	return "app-function-schedule-" + of + "-" + service
}
