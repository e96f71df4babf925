package composed

import (
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// Resources of the application.
const (
	AppCluster                   = "app-cluster"
	AppExecutionRole             = "app-execution-role"
	AppExecutionRoleStart        = "app-execution-role-start"
	AppScheduleRole              = "app-scheduler-role"
	AppScheduleRoleRun           = "app-scheduler-role-run"
	AppRestartRole               = "app-restart-role"
	AppRestartRoleRun            = "app-restart-role-run"
	AppRestartDocument           = "app-restart-document"
	AppRoleShell                 = "app-role-shell"
	AppLoadBalancer              = "app-load-balancer"
	AppLoadBalancerSecurityGroup = "app-load-balancer-security-group"
	// AppNamespace is the namespace of the names by which services call each other.
	AppNamespace = "app-namespace"
	// AppToRegistries allows containers to pull images from public registries.
	AppToRegistries = "app-egress-registries"
)

// appCertificate is the prefix of the load balancer's certificates.
const appCertificate = "app-certificate-"

// AppCertificate is the load balancer's certificate, named by a digest of its
// domains.
func AppCertificate(digest string) string { return appCertificate + digest }

// IsAppCertificate reports whether a resource is a certificate of the load
// balancer.
func IsAppCertificate(resourceName string) bool {
	return strings.HasPrefix(resourceName, appCertificate)
}

// AppWayIn is the security group that admits CloudFront with a protocol.
func AppWayIn(protocol string) string { return "app-" + protocol + "-security-group" }

// AppFromCloudFront admits CloudFront with a protocol.
func AppFromCloudFront(protocol string) string { return "app-" + protocol + "-ingress-cloudfront" }

// AppListener is the load balancer's listener for a protocol.
func AppListener(protocol string) string { return "app-" + protocol + "-listener" }

// AppListenerRule forwards a path, named by a digest, to its service.
func AppListenerRule(protocol, digest string) string { return appListenerRules(protocol) + digest }

func appListenerRules(protocol string) string { return "app-" + protocol + "-rule-" }

// IsAppBy reports whether a resource exists only for a protocol of the load
// balancer.
func IsAppBy(protocol, resourceName string) bool {
	switch resourceName {
	case AppWayIn(protocol), AppFromCloudFront(protocol), AppListener(protocol):
		return true
	default:
		return strings.HasPrefix(resourceName, appListenerRules(protocol))
	}
}

// AppTargetGroup contains the containers of a service, named by a digest of its
// immutable fields.
func AppTargetGroup(service, digest string) string {
	return "app-target-group-" + service + "-" + digest
}

// AppFromLoadBalancer admits the load balancer to containers on a port.
func AppFromLoadBalancer(port int) string { return "app-ingress-load-balancer-" + strconv.Itoa(port) }

// LoadBalancerToApp allows the load balancer to call containers on a port.
func LoadBalancerToApp(port int) string { return "app-load-balancer-egress-" + strconv.Itoa(port) }

// AppFromApp admits containers of the application to other ones on a port.
func AppFromApp(port int) string { return "app-ingress-app-" + strconv.Itoa(port) }

// AppToApp allows containers of the application to call other ones on a port.
func AppToApp(port int) string { return "app-egress-app-" + strconv.Itoa(port) }

// AppService is a service.
func AppService(service string) string { return "app-service-" + service }

// AppTaskDefinition is a task definition of a service. It is immutable, so it is
// named by a digest of its content.
func AppTaskDefinition(service, digest string) string { return appTaskDefinitions(service) + digest }

func appTaskDefinitions(service string) string { return "app-task-" + service + "-" }

// IsAppTaskDefinition reports whether a resource is a task definition of a service.
func IsAppTaskDefinition(service, resourceName string) bool {
	return endsInDigest(resourceName, appTaskDefinitions(service))
}

// endsInDigest reports whether a name consists of a prefix and a digest. A
// service's name can be a prefix of another service's name.
func endsInDigest(resourceName, beginning string) bool {
	digest, ok := strings.CutPrefix(resourceName, beginning)
	return ok && !strings.Contains(digest, "-")
}

// AppRestartRule is a rule for new values of secrets. Only the rules after the first
// have a number in their names.
func AppRestartRule(number int) string { return naming.Nth("app-restart-rule", number) }

// AppRestartTarget is the target of such a rule.
func AppRestartTarget(number int) string { return naming.Nth("app-restart-target", number) }

// AppLogGroup is the log group of a service.
func AppLogGroup(service string) string { return "app-log-group-" + service }

// AppScaling is the scalable target of a service.
func AppScaling(service string) string { return "app-scaling-" + service }

// AppScalingPolicy scales a service by a metric.
func AppScalingPolicy(service, metric string) string { return "app-scaler-" + metric + "-" + service }

// File system that services share.
const (
	FileSystem        = "files"
	FileSystemPolicy  = "files-policy"
	FileSystemBackups = "files-backups"
	FilesGroup        = "files-security-group"
	// FilesFromApp admits containers to the file system. AppToFiles is the
	// corresponding egress rule.
	FilesFromApp = "files-ingress-app"
	AppToFiles   = "app-egress-files"
	AppRoleFiles = "app-role-files"
)

// MountTarget is the file system's mount target in a zone, or in an existing
// subnet, named by a digest of it.
func MountTarget(in string) string { return "files-mount-target-" + in }

// filesAccess is the prefix of the file system's access points.
const filesAccess = "files-access-"

// FilesAccess is the access point of a directory.
func FilesAccess(name string) string { return filesAccess + name }

// IsFilesAccess reports whether a resource is an access point of a directory.
func IsFilesAccess(resourceName string) bool { return strings.HasPrefix(resourceName, filesAccess) }

// AppSchedule is the schedule of a service.
func AppSchedule(service string) string { return "app-schedule-" + service }

// AppScheduleTarget is the target of this schedule.
func AppScheduleTarget(service string) string { return "app-scheduled-" + service }
