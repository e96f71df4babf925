package composed

import (
	"strconv"
	"strings"
)

// Application that the stack runs.
const (
	AppCluster                   = "app-cluster"
	AppExecutionRole             = "app-execution-role"
	AppExecutionRoleStart        = "app-execution-role-start"
	AppScheduleRole              = "app-scheduler-role"
	AppScheduleRoleRun           = "app-scheduler-role-run"
	AppRestartRole               = "app-restart-role"
	AppRestartRoleRun            = "app-restart-role-run"
	AppRestartDocument           = "app-restart-document"
	AppRestartRule               = "app-restart-rule"
	AppRestartTarget             = "app-restart-target"
	AppRoleShell                 = "app-role-shell"
	AppLoadBalancer              = "app-load-balancer"
	AppLoadBalancerSecurityGroup = "app-load-balancer-security-group"
	// AppNamespace is the names by which services call each other.
	AppNamespace = "app-namespace"
	// AppToRegistries lets containers be started from images of the internet.
	AppToRegistries = "app-egress-registries"
)

// appCertificate begins the names of the load balancer's certificates.
const appCertificate = "app-certificate-"

// AppCertificate is the load balancer's certificate of some domains, named by a
// digest of them.
func AppCertificate(digest string) string { return appCertificate + digest }

// IsAppCertificate reports whether a name is that of a load balancer's
// certificate.
func IsAppCertificate(resourceName string) bool {
	return strings.HasPrefix(resourceName, appCertificate)
}

// AppWayIn is the security group that lets CloudFront in by a protocol.
func AppWayIn(protocol string) string { return "app-" + protocol + "-security-group" }

// AppFromCloudFront lets CloudFront in by a protocol.
func AppFromCloudFront(protocol string) string { return "app-" + protocol + "-ingress-cloudfront" }

// AppListener is where the load balancer listens by a protocol.
func AppListener(protocol string) string { return "app-" + protocol + "-listener" }

// AppListenerRule leads a path, named by a digest, to its service.
func AppListenerRule(protocol, digest string) string { return appListenerRules(protocol) + digest }

func appListenerRules(protocol string) string { return "app-" + protocol + "-rule-" }

// IsAppBy reports whether a name is that of something that is there for one
// protocol of the load balancer alone.
func IsAppBy(protocol, resourceName string) bool {
	switch resourceName {
	case AppWayIn(protocol), AppFromCloudFront(protocol), AppListener(protocol):
		return true
	default:
		return strings.HasPrefix(resourceName, appListenerRules(protocol))
	}
}

// AppTargetGroup is the containers of a service, by a digest of what cannot
// change of it.
func AppTargetGroup(service, digest string) string {
	return "app-target-group-" + service + "-" + digest
}

// AppFromLoadBalancer lets the load balancer reach containers at a port.
func AppFromLoadBalancer(port int) string { return "app-ingress-load-balancer-" + strconv.Itoa(port) }

// LoadBalancerToApp is the other end of that.
func LoadBalancerToApp(port int) string { return "app-load-balancer-egress-" + strconv.Itoa(port) }

// AppFromApp lets containers of the application be reached by others of it at a port.
func AppFromApp(port int) string { return "app-ingress-app-" + strconv.Itoa(port) }

// AppToApp is the other end of that.
func AppToApp(port int) string { return "app-egress-app-" + strconv.Itoa(port) }

// AppService is a service.
func AppService(service string) string { return "app-service-" + service }

// AppTaskDefinition is what a service runs, by a digest of it: a task definition
// cannot change.
func AppTaskDefinition(service, digest string) string { return appTaskDefinitions(service) + digest }

func appTaskDefinitions(service string) string { return "app-task-" + service + "-" }

// IsAppTaskDefinition reports whether a name is that of a task definition of a
// service.
func IsAppTaskDefinition(service, resourceName string) bool {
	return endsInDigest(resourceName, appTaskDefinitions(service))
}

// endsInDigest reports whether there is nothing but a digest behind the beginning of
// a name: one service may be called like another with more behind it.
func endsInDigest(resourceName, beginning string) bool {
	digest, ok := strings.CutPrefix(resourceName, beginning)
	return ok && !strings.Contains(digest, "-")
}

// AppLogGroup is where a service's log goes.
func AppLogGroup(service string) string { return "app-log-group-" + service }

// AppScaling is how many containers of a service run.
func AppScaling(service string) string { return "app-scaling-" + service }

// AppScalingPolicy starts more of them by a metric.
func AppScalingPolicy(service, metric string) string { return "app-scaler-" + metric + "-" + service }

// File system that services share.
const (
	FileSystem        = "files"
	FileSystemPolicy  = "files-policy"
	FileSystemBackups = "files-backups"
	FilesGroup        = "files-security-group"
	// FilesFromApp lets containers reach it, AppToFiles is the other end of that.
	FilesFromApp = "files-ingress-app"
	AppToFiles   = "app-egress-files"
	AppRoleFiles = "app-role-files"
)

// MountTarget is where the file system is reached in a zone, or in a subnet that
// exists, named by a digest of it.
func MountTarget(in string) string { return "files-mount-target-" + in }

// filesAccess begins the names of ways to directories of the file system.
const filesAccess = "files-access-"

// FilesAccess is the way to a directory of the file system.
func FilesAccess(name string) string { return filesAccess + name }

// IsFilesAccess reports whether a name is that of a way to a directory.
func IsFilesAccess(resourceName string) bool { return strings.HasPrefix(resourceName, filesAccess) }

// AppSchedule is when a service runs.
func AppSchedule(service string) string { return "app-schedule-" + service }

// AppScheduleTarget is what runs then.
func AppScheduleTarget(service string) string { return "app-scheduled-" + service }
