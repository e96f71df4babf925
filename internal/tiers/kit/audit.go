package kit

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// AuditMetric counts one type of event.
type AuditMetric struct {
	// ID is its name within the stack, and Name that of the metric.
	ID, Name string
	// Control is the control of AWS Security Hub that requires it. CIS has one
	// more.
	Control string
	// Description is the description of its alarm.
	Description string
	// Pattern selects the events. Security Hub compares it literally (AWS Security
	// Hub, "CloudWatch controls").
	Pattern string
}

// AuditMetrics returns the events for which the CIS AWS Foundations Benchmark
// requires an alarm (v3.0, 4.1 to 4.15).
func AuditMetrics() []AuditMetric {
	return []AuditMetric{
		{ID: "root-account-usage", Name: "RootAccountUsage", Control: "CloudWatch.1", Description: "The account's root user was used (CIS 4.3).", Pattern: `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`},
		{ID: "unauthorized-api-calls", Name: "UnauthorizedAPICalls", Control: "CloudWatch.2", Description: "An API call was denied because of missing permissions (CIS 4.1).", Pattern: `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`},
		{ID: "console-sign-in-without-mfa", Name: "ConsoleSignInWithoutMFA", Control: "CloudWatch.3", Description: "A user signed in to the console without MFA (CIS 4.2).", Pattern: `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`},
		{ID: "iam-policy-changes", Name: "IAMPolicyChanges", Control: "CloudWatch.4", Description: "IAM policies changed (CIS 4.4).", Pattern: CallsOf("iam",
			"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy", "CreatePolicy", "DeletePolicy",
			"CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy")},
		{ID: "cloudtrail-configuration-changes", Name: "CloudTrailConfigurationChanges", Control: "CloudWatch.5", Description: "CloudTrail's configuration changed (CIS 4.5).", Pattern: Calls("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")},
		{ID: "console-authentication-failures", Name: "ConsoleAuthenticationFailures", Control: "CloudWatch.6", Description: "A console sign-in failed (CIS 4.6).", Pattern: `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`},
		{ID: "disable-or-delete-cmk", Name: "DisableOrDeleteCMK", Control: "CloudWatch.7", Description: "A KMS key was disabled or scheduled for deletion (CIS 4.7).", Pattern: CallsOf("kms", "DisableKey", "ScheduleKeyDeletion")},
		{ID: "s3-bucket-policy-changes", Name: "S3BucketPolicyChanges", Control: "CloudWatch.8", Description: "A bucket's policy or settings changed (CIS 4.8).", Pattern: CallsOf("s3",
			"PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication", "DeleteBucketPolicy", "DeleteBucketCors",
			"DeleteBucketLifecycle", "DeleteBucketReplication")},
		{ID: "config-changes", Name: "ConfigChanges", Control: "CloudWatch.9", Description: "AWS Config's configuration changed (CIS 4.9).", Pattern: CallsOf("config",
			"StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder")},
		{ID: "security-group-changes", Name: "SecurityGroupChanges", Control: "CloudWatch.10", Description: "Security groups changed (CIS 4.10).", Pattern: Calls(
			"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup")},
		{ID: "network-acl-changes", Name: "NetworkACLChanges", Control: "CloudWatch.11", Description: "Network ACLs changed (CIS 4.11).", Pattern: Calls(
			"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation")},
		{ID: "network-gateway-changes", Name: "NetworkGatewayChanges", Control: "CloudWatch.12", Description: "Network gateways changed (CIS 4.12).", Pattern: Calls(
			"CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway", "DetachInternetGateway")},
		{ID: "route-table-changes", Name: "RouteTableChanges", Control: "CloudWatch.13", Description: "Route tables changed (CIS 4.13).", Pattern: CallsOf("ec2",
			"CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute", "DisassociateRouteTable")},
		{ID: "vpc-changes", Name: "VPCChanges", Control: "CloudWatch.14", Description: "VPCs changed (CIS 4.14).", Pattern: Calls(
			"CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection", "DeleteVpcPeeringConnection",
			"RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink")},
		{ID: "organization-changes", Name: "OrganizationChanges", Description: "The AWS organization changed (CIS 4.15). Reported only in the management account.", Pattern: CallsOf("organizations",
			"AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake", "DeleteOrganization",
			"DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization",
			"MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit")},
	}
}

// Calls returns the pattern for any of the API calls.
func Calls(names ...string) string { return "{" + AnyCall(names) + "}" }

// CallsOf returns the pattern for any of the API calls of one service.
func CallsOf(service string, names ...string) string {
	return "{($.eventSource=" + service + ".amazonaws.com) && (" + AnyCall(names) + ")}"
}

// AnyCall returns the pattern for any of the API calls of all services.
func AnyCall(names []string) string {
	return "($.eventName=" + strings.Join(names, ") || ($.eventName=") + ")"
}

// AuditNamespace returns the namespace of the metrics.
func AuditNamespace(s *settings.Settings) string { return s.Stack + "/audit" }
