package settings

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// checkRegion rejects an unknown region, because its zones and its partition are
// unknown too.
func checkRegion(region string) field.ErrorList {
	if len(aws.Zones(region)) > 0 {
		return nil
	}
	return field.ErrorList{schema.NotSupported(field.NewPath("spec", "region"), region, aws.Regions())}
}

// wish is a field whose feature is missing in some partitions.
type wish struct {
	path    *field.Path
	asked   bool
	offered bool
}

// wishes returns all of these fields.
func wishes(spec v1alpha1.SecureEcommerceSpec, p aws.Partition) []wish {
	path := field.NewPath("spec")
	cdn, config, account := path.Child("cdn"), path.Child("guardrails", "config"), path.Child("account")
	return []wish{
		{path.Child("app", "services"), len(spec.App.Services) > 0, p.CloudFront},
		{path.Child("app", "loadBalancer"), spec.App.LoadBalancer != nil, p.CloudFront},
		{path.Child("uploads"), spec.Uploads != nil, p.CloudFront},
		{path.Child("assets", "notFound"), spec.Assets.NotFound != nil, p.CloudFront},
		{cdn.Child("domain"), spec.CDN.Domain != "", p.CloudFront},
		{cdn.Child("certificateArn"), spec.CDN.CertificateARN != "", p.CloudFront},
		{cdn.Child("originFailover"), spec.CDN.OriginFailover, p.CloudFront},
		{cdn.Child("accessLogs"), spec.CDN.AccessLogs != "", p.CloudFront},
		{cdn.Child("contentSecurityPolicy"), spec.CDN.ContentSecurityPolicy != nil, p.CloudFront},
		{cdn.Child("privateDownloads"), spec.CDN.PrivateDownloads != nil, p.CloudFront},
		{cdn.Child("additionalMetrics"), spec.CDN.AdditionalMetrics, p.CloudFront},
		{cdn.Child("realtimeLogs"), spec.CDN.RealtimeLogs != nil, p.CloudFront},
		{config.Child("edgeRules"), spec.Guardrails.Config.EdgeRules, p.CloudFront},
		{config.Child("conformancePack"), spec.Guardrails.Config.ConformancePack, p.ConformancePacks},
		{path.Child("guardrails", "responses", "codeSigning"), spec.Guardrails.Responses.CodeSigning, p.CodeSigning},
		{path.Child("network", "interfaceEndpoints"), len(spec.Network.InterfaceEndpoints) > 0, p.EndpointServices},
		{account.Child("macie"), spec.Account.Macie, p.Macie},
		{account.Child("securityContact"), spec.Account.SecurityContact != nil, p.Contacts},
	}
}

const errPartition = "must start with %s, because the stack's region is in partition %s"

// checkPartition returns an error for each setting that the region's partition does
// not support, or that belongs to another partition.
func checkPartition(spec v1alpha1.SecureEcommerceSpec, region string) field.ErrorList {
	p, path := aws.PartitionOf(region), field.NewPath("spec")
	var errs field.ErrorList
	for _, w := range wishes(spec, p) {
		if w.asked && !w.offered {
			errs = append(errs, field.Forbidden(w.path, fmt.Sprintf("is not available in %s (partition %s): remove this field", region, p.Name)))
		}
	}
	replica, plan := ptr.Deref(spec.Assets.Replica, v1alpha1.AssetsReplica{}), ptr.Deref(spec.Database.BackupPlan, v1alpha1.DatabaseBackupPlan{})
	for _, copied := range []struct {
		path   *field.Path
		region v1alpha1.Region
	}{
		{path.Child("assets", "replica", "region"), replica.Region},
		{path.Child("database", "backupPlan", "copyRegion"), plan.CopyRegion},
	} {
		switch to := string(copied.region); {
		case to == "":
		case len(aws.Zones(to)) == 0:
			errs = append(errs, schema.NotSupported(copied.path, to, aws.Regions()))
		case aws.PartitionOf(to).Name != p.Name:
			errs = append(errs, field.Invalid(copied.path, to, fmt.Sprintf("must be a region in the stack's partition (%s), because AWS copies data only within a partition", p.Name)))
		}
	}
	for _, listed := range []struct {
		path       *field.Path
		principals []string
	}{
		{path.Child("account", "ebsKeyUsers"), spec.Account.EBSKeyUsers},
		{path.Child("account", "supportRole", "principals"), ptr.Deref(spec.Account.SupportRole, v1alpha1.SupportRole{}).Principals},
	} {
		for i, principal := range listed.principals {
			if prefix := "arn:" + p.Name + ":"; !strings.HasPrefix(principal, prefix) {
				errs = append(errs, field.Invalid(listed.path.Index(i), principal, fmt.Sprintf(errPartition, prefix, p.Name)))
			}
		}
	}
	return errs
}
