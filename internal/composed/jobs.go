package composed

import "strings"

// What runs jobs before services are rolled out.
const (
	JobsBucket   = "app-jobs-bucket"
	JobsRole     = "app-jobs-role"
	JobsRoleRun  = "app-jobs-role-run"
	JobsLogGroup = "app-jobs-log-group"
	JobsFunction = "app-jobs-function"
)

// jobsCode begins the names of archives.
const jobsCode = "app-jobs-code-"

// JobsCode is an archive of the function's code, named by a digest of it.
func JobsCode(digest string) string { return jobsCode + digest }

// IsJobsCode reports whether a name is that of an archive.
func IsJobsCode(resourceName string) bool { return strings.HasPrefix(resourceName, jobsCode) }

// AppJob is the run of a job, by the digest of what it runs.
func AppJob(service, digest string) string { return appJobs(service) + digest }

func appJobs(service string) string { return "app-job-" + service + "-" }

// IsAppJob reports whether a name is that of a run of a job.
func IsAppJob(service, resourceName string) bool {
	return endsInDigest(resourceName, appJobs(service))
}
