package settings

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
)

// maxRights is the maximum size of a claim's permissions. IAM allows 10,240
// characters for all inline policies of a role (AWS documentation, "IAM and AWS STS
// quotas"), and the app role has its own.
const maxRights = 4000

// AppRights returns the additional permissions of the app role: those for named
// resources, then the claim's own statements.
func AppRights(access v1alpha1.AccessSpec, p aws.Partition, region, account string) []policy.Statement {
	var out []policy.Statement
	use := func(sid string, names []string, arns func(name string) []string, actions ...string) {
		var resources []string
		for _, name := range slices.Sorted(slices.Values(names)) {
			resources = append(resources, arns(name)...)
		}
		if len(resources) > 0 {
			out = append(out, policy.Statement{Sid: sid, Effect: policy.Allow, Actions: actions, Resources: resources})
		}
	}
	use("UseTables", access.Resources.DynamoDBTables, func(name string) []string {
		table := p.ARN("dynamodb", region, account, "table/"+name)
		return []string{table, table + "/index/*"}
	}, "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable",
		"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem")
	use("UseQueues", access.Resources.SQSQueues, func(name string) []string { return []string{p.ARN("sqs", region, account, name)} },
		"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage")
	use("SendMail", access.Resources.SESIdentities, func(name string) []string { return []string{p.ARN("ses", region, account, "identity/"+name)} },
		"ses:SendEmail", "ses:SendRawEmail")
	out = append(out, KeyRights(access, p, region)...)
	for _, s := range access.Statements {
		condition := policy.Condition{}
		for _, c := range s.Conditions {
			condition = condition.And(policy.Condition{c.Operator: {c.Key: slices.Sorted(slices.Values(c.Values))}})
		}
		out = append(out, policy.Statement{
			Effect: policy.Allow, Actions: slices.Sorted(slices.Values(s.Actions)), Resources: slices.Sorted(slices.Values(s.Resources)), Condition: condition,
		})
	}
	return out
}

// KeyRights returns permissions to decrypt secrets and parameters with the claim's
// own keys, and nothing else.
func KeyRights(access v1alpha1.AccessSpec, p aws.Partition, region string) []policy.Statement {
	if len(access.KMSKeyARNs) == 0 {
		return nil
	}
	var services []string
	for _, service := range []string{"secretsmanager", "ssm"} {
		services = append(services, service+"."+region+"."+p.DNSSuffix)
	}
	return []policy.Statement{{
		Sid: "DecryptWithKeys", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: slices.Sorted(slices.Values(access.KMSKeyARNs)),
		Condition: policy.StringEquals("kms:ViaService", services...),
	}}
}

// checkRights returns errors for permissions that IAM would reject.
func checkRights(access v1alpha1.AccessSpec, p aws.Partition, region string) field.ErrorList {
	path := field.NewPath("spec", "access")
	var errs field.ErrorList
	inPartition := func(path *field.Path, arn string) {
		if prefix := "arn:" + p.Name + ":"; arn != "*" && !strings.HasPrefix(arn, prefix) {
			errs = append(errs, field.Invalid(path, arn, fmt.Sprintf(errPartition, prefix, p.Name)))
		}
	}
	for i, arn := range access.PolicyARNs {
		inPartition(path.Child("policyArns").Index(i), arn)
	}
	for i, arn := range access.KMSKeyARNs {
		at := path.Child("kmsKeyArns").Index(i)
		inPartition(at, arn)
		if aws.RegionOf(arn) != region {
			errs = append(errs, field.Invalid(at, arn, fmt.Sprintf("must be in the stack's region (%s), like the secrets and parameters that the key encrypts", region)))
		}
	}
	for i, s := range access.Statements {
		for j, arn := range s.Resources {
			inPartition(path.Child("statements").Index(i).Child("resources").Index(j), arn)
		}
	}
	rights := policy.Document{Statements: AppRights(access, p, region, "123456789012")}
	if n := len(rights.JSON()); len(rights.Statements) > 0 && n > maxRights {
		errs = append(errs, field.Invalid(path.Child("statements"), field.OmitValueType{}, fmt.Sprintf("statements and resources result in an IAM policy of %d characters, but the maximum for a role is %d: remove some of them, or attach a managed policy with policyArns", n, maxRights)))
	}
	return errs
}

// permitted returns an error for each permission that the platform does not allow.
// By default, it allows neither managed policies nor statements: a claim must not
// grant more than its author has.
func permitted(access v1alpha1.AccessSpec, limits inputv1alpha1.Limits, from string) field.ErrorList {
	path := field.NewPath("spec", "access")
	var errs field.ErrorList
	check := func(path *field.Path, values, allowed []string, limit string) {
		if len(allowed) == 0 && len(values) > 0 {
			errs = append(errs, field.Forbidden(path, fmt.Sprintf("is not allowed by the platform, because limits.%s in %s is empty: remove this field", limit, from)))
			return
		}
		for i, value := range values {
			if slices.ContainsFunc(allowed, func(a string) bool { return matches(a, value) }) {
				continue
			}
			errs = append(errs, field.Forbidden(path.Index(i), fmt.Sprintf(errNotAllowed, value, strings.Join(allowed, ", "), limit, from)))
		}
	}
	check(path.Child("policyArns"), access.PolicyARNs, limits.AllowedPolicyARNs, "allowedPolicyArns")
	check(path.Child("kmsKeyArns"), access.KMSKeyARNs, limits.AllowedKMSKeyARNs, "allowedKmsKeyArns")
	for i, s := range access.Statements {
		check(path.Child("statements").Index(i).Child("actions"), s.Actions, limits.AllowedActions, "allowedActions")
	}
	if len(limits.ResourceNames) > 0 {
		resources := path.Child("resources")
		check(resources.Child("dynamoDBTables"), access.Resources.DynamoDBTables, limits.ResourceNames, "resourceNames")
		check(resources.Child("sqsQueues"), access.Resources.SQSQueues, limits.ResourceNames, "resourceNames")
		check(resources.Child("sesIdentities"), access.Resources.SESIdentities, limits.ResourceNames, "resourceNames")
	}
	return errs
}
