package composed

import "strings"

// Services that are functions. The names contain the service and a digest of the
// image or package, because a function cannot switch between these.
const (
	// AppRoleEnvironment allows functions to decrypt their variables.
	AppRoleEnvironment = "app-role-environment"
	// AppFunctionsAccess signs the distribution's requests to functions.
	AppFunctionsAccess = "cdn-functions-access-control"
)

// AppFunction is a function.
func AppFunction(of, service string) string { return "app-function-" + of + "-" + service }

// AppFunctionLogGroup is the log group of a function.
func AppFunctionLogGroup(of, service string) string { return "app-function-log-" + of + "-" + service }

// appFunctionURL is the prefix of function URLs.
const appFunctionURL = "app-function-url-"

// AppFunctionURL is the URL of a function.
func AppFunctionURL(of, service string) string { return appFunctionURL + of + "-" + service }

// AppFunctionOfURL returns the package type and the service of a function URL, and
// whether a resource is a function URL.
func AppFunctionOfURL(resourceName string) (string, string, bool) {
	function, ok := strings.CutPrefix(resourceName, appFunctionURL)
	if !ok {
		return "", "", false
	}
	return strings.Cut(function, "-")
}

// AppFunctionPermission allows the distribution or a schedule to call a function
// with an action.
func AppFunctionPermission(action, of, service string) string {
	return "app-function-permission-" + action + "-" + of + "-" + service
}

// AppFunctionSchedule is the schedule of a function.
func AppFunctionSchedule(of, service string) string {
	return "app-function-schedule-" + of + "-" + service
}
