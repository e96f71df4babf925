package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// ComposeServiceLinkedRole adds the service-linked role of an AWS service, and
// returns its ARN. An account has one. It is created if it does not exist, and
// never deleted.
func ComposeServiceLinkedRole(s *settings.Settings, set *desired.Set, resource, service, role string) string {
	arn := s.Partition.ARN("iam", "", s.Account.Value, "role/aws-service-role/"+service+"/"+role)
	set.Add(resource, &iam.ServiceLinkedRole{Spec: iam.ServiceLinkedRoleSpec{ForProvider: iam.ServiceLinkedRoleParameters{
		AwsServiceName: new(service),
	}}}, desired.Named(arn), desired.Shared(), desired.Needs(s.Account))
	return arn
}
