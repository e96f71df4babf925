package composed

import "strings"

// Resources that run jobs before services are rolled out.
const (
	JobsBucket   = "app-jobs-bucket"
	JobsRole     = "app-jobs-role"
	JobsRoleRun  = "app-jobs-role-run"
	JobsLogGroup = "app-jobs-log-group"
	JobsFunction = "app-jobs-function"
)

// jobsCode is the prefix of code archives.
const jobsCode = "app-jobs-code-"

// JobsCode is an archive of the function's code, named by a digest of it.
func JobsCode(digest string) string { return jobsCode + digest }

// IsJobsCode reports whether a resource is an archive of that function's code.
func IsJobsCode(resourceName string) bool { return strings.HasPrefix(resourceName, jobsCode) }

// AppJob is a run of a job, named by a digest of its content.
func AppJob(service, digest string) string { return appJobs(service) + digest }

func appJobs(service string) string { return "app-job-" + service + "-" }

// IsAppJob reports whether a resource is a run of a job.
func IsAppJob(service, resourceName string) bool {
	return endsInDigest(resourceName, appJobs(service))
}
