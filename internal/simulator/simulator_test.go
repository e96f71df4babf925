package simulator

import (
	"math"
	"regexp"
	"testing"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"
)

// read parses an object in YAML.
func read(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	u := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(manifest), &u.Object); err != nil {
		t.Fatal(err)
	}
	return u
}

// nowhere is the lookup of a cluster without other objects.
func nowhere(schema.GroupKind, types.NamespacedName) *unstructured.Unstructured { return nil }

func TestPlay(t *testing.T) {
	cases := map[string]struct {
		reason string
		aws    AWS
		object string
		want   string
	}{
		"NamespacedResource": {
			reason: "A resource should keep what was asked for, get an ID of its kind's form, show what AWS adds and take over what it fills in, and be ready.",
			object: `{apiVersion: ec2.aws.m.upbound.io/v1beta1, kind: Subnet, metadata: {name: shop-a, namespace: team-a}, spec: {forProvider: {region: eu-west-1, cidrBlock: 10.0.0.0/20}}}`,
			want: `
apiVersion: ec2.aws.m.upbound.io/v1beta1
kind: Subnet
metadata:
  name: shop-a
  namespace: team-a
  uid: a6c166e6-d7fd-4bd9-81c7-3b6f6ada436f
  annotations: {crossplane.io/external-name: subnet-a6c166e6d7fd8bd9c}
spec: {forProvider: {region: eu-west-1, cidrBlock: 10.0.0.0/20, privateDnsHostnameTypeOnLaunch: ip-name}}
status:
  atProvider:
    arn: arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-a6c166e6d7fd8bd9c
    cidrBlock: 10.0.0.0/20
    id: subnet-a6c166e6d7fd8bd9c
    ownerId: "123456789012"
    privateDnsHostnameTypeOnLaunch: ip-name
    region: eu-west-1
  conditions:
  - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2024-01-01T00:00:00Z"}
  - {type: Synced, status: "True", reason: ReconcileSuccess, lastTransitionTime: "2024-01-01T00:00:00Z"}
  - {type: LastAsyncOperation, status: "True", reason: Success, lastTransitionTime: "2024-01-01T00:00:00Z"}
`,
		},
		"ClusterScopedResource": {
			reason: "A cluster-scoped resource should be simulated as the namespaced one of its kind is.",
			object: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: NetworkACLRule, metadata: {name: shop-a}, spec: {forProvider: {region: eu-west-1}}}`,
			want: `
apiVersion: ec2.aws.upbound.io/v1beta1
kind: NetworkACLRule
metadata:
  name: shop-a
  uid: 12a80af5-8da9-45a6-80d7-eb6c27684dc4
  annotations: {crossplane.io/external-name: nacl-12a80af58d}
spec: {forProvider: {region: eu-west-1}}
status:
  atProvider: {id: nacl-12a80af58d, region: eu-west-1}
  conditions:
  - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2024-01-01T00:00:00Z"}
  - {type: Synced, status: "True", reason: ReconcileSuccess, lastTransitionTime: "2024-01-01T00:00:00Z"}
  - {type: LastAsyncOperation, status: "True", reason: Success, lastTransitionTime: "2024-01-01T00:00:00Z"}
`,
		},
		"NotOfAWS": {
			reason: "An object of another group should be as it was applied, with the UID that the API server gives it.",
			object: `{apiVersion: v1, kind: Secret, metadata: {name: shop-connection, namespace: team-a}, stringData: {region: eu-west-1}}`,
			want:   `{apiVersion: v1, kind: Secret, metadata: {name: shop-connection, namespace: team-a, uid: 66a93cb7-c69e-43b6-83e7-a8bbf4f715cd}, stringData: {region: eu-west-1}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := read(t, tc.object)
			if err := tc.aws.Play(got, nowhere); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(read(t, tc.want), got); diff != "" {
				t.Errorf("%s\nPlay(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestPlayRefuses verifies that an object is not synced if the provider cannot
// write its values or resolve its references.
func TestPlayRefuses(t *testing.T) {
	for name, object := range map[string]string{
		"Spec":   `{apiVersion: cloudfront.aws.upbound.io/v1beta1, kind: Distribution, metadata: {name: shop}, spec: {forProvider: text}}`,
		"Status": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop}, status: text}`,
	} {
		t.Run(name, func(t *testing.T) {
			u := read(t, object)
			if err := (AWS{}).Play(u, nowhere); err == nil {
				t.Errorf("Play(...): want an error, got %v", u.Object)
			}
		})
	}
}

// TestPlayAttributes verifies the observed values that the function depends on, by
// kind.
func TestPlayAttributes(t *testing.T) {
	const (
		arn      = "status.atProvider.arn"
		id       = "status.atProvider.id"
		external = "metadata.annotations[crossplane.io/external-name]"
		uuidForm = `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}`
	)
	cases := map[string]struct {
		reason string
		aws    AWS
		object string
		// want contains regular expressions for whole values by path. It is empty
		// for paths that must not exist.
		want map[string]string
	}{
		"ClusterWithKeyByARN": {
			reason: "A key that is named by its ARN should show as that ARN.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta2, kind: Cluster, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, manageMasterUserPassword: true, masterUserSecretKmsKeyId: "arn:aws:kms:eu-west-1:1:key/some-key"}}}`,
			want:   map[string]string{"status.atProvider.masterUserSecret[0].kmsKeyId": `arn:aws:kms:eu-west-1:1:key/some-key`},
		},
		"ProxyTargetOfCluster": {
			reason: "A proxy should track a cluster, and be named so.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta1, kind: ProxyTarget, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, dbProxyName: p, targetGroupName: default, dbClusterIdentifier: shop-db}}}`,
			want:   map[string]string{external: `p/default/TRACKED_CLUSTER/shop-db`},
		},
		"ProxyTargetOfInstance": {
			reason: "A proxy that is for an instance should be named so.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta1, kind: ProxyTarget, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, dbProxyName: p, targetGroupName: default, dbInstanceIdentifier: shop-db}}}`,
			want:   map[string]string{external: `p/default/RDS_INSTANCE/shop-db`},
		},
		"WebACLWithLock": {
			reason: "The token of a web ACL should be another than its ID.",
			object: `{apiVersion: wafv2.aws.upbound.io/v1beta1, kind: WebACL, metadata: {name: a}, spec: {forProvider: {region: us-east-1, name: shop, scope: CLOUDFRONT}}}`,
			want:   map[string]string{external: uuidForm, "status.atProvider.lockToken": uuidForm},
		},
		"VPC": {
			reason: "A VPC should show what AWS makes with it.",
			object: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want: map[string]string{
				external:                                `vpc-[0-9a-f]{17}`,
				arn:                                     `arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-[0-9a-f]{17}`,
				"status.atProvider.defaultNetworkAclId": `acl-[0-9a-f]{17}`,
				"status.atProvider.defaultSecurityGroupId": `sg-[0-9a-f]{17}`,
				"status.atProvider.mainRouteTableId":       `rtb-[0-9a-f]{17}`,
				"status.atProvider.ownerId":                `123456789012`,
			},
		},
		"OtherAccount": {
			reason: "ARNs should be of the simulator's account.",
			aws:    AWS{Account: "210987654321"},
			object: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]string{arn: `arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-.*`},
		},
		"Partition": {
			reason: "ARNs and endpoints should be of the partition of the resource's region.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, metadata: {name: a}, spec: {forProvider: {region: cn-north-1, identifier: shop-db, port: 5433}}}`,
			want: map[string]string{
				arn:                          `arn:aws-cn:rds:cn-north-1:123456789012:db:shop-db`,
				"status.atProvider.endpoint": `shop-db\.c[0-9a-z]{11}\.cn-north-1\.rds\.amazonaws\.com\.cn:5433`,
			},
		},
		"PartitionOfGlobalService": {
			reason: "Where a resource has no region the simulator's decides the partition, and a role's ARN has its path.",
			aws:    AWS{Region: "us-gov-west-1"},
			object: `{apiVersion: iam.aws.upbound.io/v1beta1, kind: Role, metadata: {name: a, annotations: {crossplane.io/external-name: shop-app}}, spec: {forProvider: {path: /shops/}}}`,
			want: map[string]string{
				external:                     `shop-app`,
				id:                           `shop-app`,
				arn:                          `arn:aws-us-gov:iam::123456789012:role/shops/shop-app`,
				"status.atProvider.uniqueId": `AROA[A-Z2-7]{17}`,
			},
		},
		"DefaultOfField": {
			reason: "A role without a path should be at the root, and be named by its object.",
			object: `{apiVersion: iam.aws.upbound.io/v1beta1, kind: Role, metadata: {name: a}, spec: {forProvider: {}}}`,
			want:   map[string]string{external: `a`, arn: `arn:aws:iam::123456789012:role/a`},
		},
		"Bucket": {
			reason: "A bucket's ARN should have neither region nor account, and its one grantee is the account.",
			object: `{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket, metadata: {name: a, annotations: {crossplane.io/external-name: shop-assets}}, spec: {forProvider: {region: eu-west-1}}}`,
			want: map[string]string{
				arn: `arn:aws:s3:::shop-assets`,
				"status.atProvider.bucketRegionalDomainName": `shop-assets\.s3\.eu-west-1\.amazonaws\.com`,
				"status.atProvider.grant[0].id":              `[0-9a-f]{64}`,
				"status.atProvider.grant[0].permissions[0]":  `FULL_CONTROL`,
				"status.atProvider.grant[0].type":            `CanonicalUser`,
			},
		},
		"Database": {
			reason: "An instance should tell its endpoint, the version that runs and where RDS keeps the password.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, identifier: shop-db, engineVersion: "15", manageMasterUserPassword: true, masterUserSecretKmsKeyId: some-key}}}`,
			want: map[string]string{
				external:                                             `db-[A-Z2-7]{26}`,
				"status.atProvider.resourceId":                       `db-[A-Z2-7]{26}`,
				"status.atProvider.address":                          `shop-db\.c[0-9a-z]{11}\.eu-west-1\.rds\.amazonaws\.com`,
				"status.atProvider.endpoint":                         `.*:5432`,
				"status.atProvider.status":                           `available`,
				"status.atProvider.engineVersionActual":              `15\.12`,
				"status.atProvider.masterUserSecret[0].secretArn":    `arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-` + uuidForm + `-[0-9a-f]{6}`,
				"status.atProvider.masterUserSecret[0].secretStatus": `active`,
				"status.atProvider.masterUserSecret[0].kmsKeyId":     `arn:aws:kms:eu-west-1:123456789012:key/some-key`,
			},
		},
		"CertificateOfTwo": {
			reason: "ACM wants a proof of each domain of a certificate.",
			object: `{apiVersion: acm.aws.upbound.io/v1beta2, kind: Certificate, metadata: {name: a}, spec: {forProvider: {region: us-east-1, domainName: a.example.com, subjectAlternativeNames: [b.example.com]}}}`,
			want: map[string]string{
				"status.atProvider.domainValidationOptions[0].domainName":          `a\.example\.com`,
				"status.atProvider.domainValidationOptions[1].domainName":          `b\.example\.com`,
				"status.atProvider.domainValidationOptions[1].resourceRecordName":  `_[0-9a-f]{32}\.b\.example\.com\.`,
				"status.atProvider.domainValidationOptions[1].resourceRecordValue": `_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.`,
			},
		},
		"Firewall": {
			reason: "A firewall should tell the endpoint in each of its subnets.",
			object: `{apiVersion: networkfirewall.aws.upbound.io/v1beta2, kind: Firewall, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, name: shop, subnetMapping: [{subnetId: subnet-1}, {subnetId: subnet-2}]}}}`,
			want: map[string]string{
				"status.atProvider.firewallStatus[0].syncStates[0].attachment[0].subnetId":   `subnet-1`,
				"status.atProvider.firewallStatus[0].syncStates[1].attachment[0].subnetId":   `subnet-2`,
				"status.atProvider.firewallStatus[0].syncStates[1].attachment[0].endpointId": `vpce-[0-9a-f]{17}`,
			},
		},
		"DatabaseWithPassword": {
			reason: "An instance whose password RDS does not manage has no such secret, and an exact version is the one that runs.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, engineVersion: "15.4", autoGeneratePassword: true, passwordSecretRef: {name: b, key: c}}}}`,
			want: map[string]string{
				"status.atProvider.engineVersionActual":  `15\.4`,
				"status.atProvider.masterUserSecret":     ``,
				"status.atProvider.autoGeneratePassword": ``,
				"status.atProvider.passwordSecretRef":    ``,
			},
		},
		"References": {
			reason: "What only tells the provider where to look should not show, at any depth.",
			object: `{apiVersion: s3.aws.upbound.io/v1beta2, kind: BucketLogging, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, bucket: b, targetGrant: [{permission: READ, granteeRef: {name: c}}], other: {idSelector: {}}}}}`,
			want: map[string]string{
				id: `b`,
				"status.atProvider.targetGrant[0].permission": `READ`,
				"status.atProvider.targetGrant[0].granteeRef": ``,
				"status.atProvider.other.idSelector":          ``,
			},
		},
		"Certificate": {
			reason: "A certificate should be issued and tell the DNS record that proves the domain.",
			object: `{apiVersion: acm.aws.upbound.io/v1beta2, kind: Certificate, metadata: {name: a}, spec: {forProvider: {region: us-east-1, domainName: shop.example.com}}}`,
			want: map[string]string{
				external:                   `arn:aws:acm:us-east-1:123456789012:certificate/` + uuidForm,
				"status.atProvider.status": `ISSUED`,
				"status.atProvider.domainValidationOptions[0].domainName":          `shop\.example\.com`,
				"status.atProvider.domainValidationOptions[0].resourceRecordName":  `_[0-9a-f]{32}\.shop\.example\.com\.`,
				"status.atProvider.domainValidationOptions[0].resourceRecordType":  `CNAME`,
				"status.atProvider.domainValidationOptions[0].resourceRecordValue": `_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.`,
			},
		},
		"PendingCertificate": {
			reason: "A certificate should stay pending if the simulator is asked for that.",
			aws:    AWS{PendingCertificates: true},
			object: `{apiVersion: acm.aws.upbound.io/v1beta2, kind: Certificate, metadata: {name: a}, spec: {forProvider: {region: us-east-1, domainName: shop.example.com}}}`,
			want:   map[string]string{"status.atProvider.status": `PENDING_VALIDATION`},
		},
		"GatewayEndpoint": {
			reason: "A gateway endpoint should tell its prefix list.",
			object: `{apiVersion: ec2.aws.upbound.io/v1beta2, kind: VPCEndpoint, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, vpcEndpointType: Gateway, serviceName: com.amazonaws.eu-west-1.s3}}}`,
			want:   map[string]string{"status.atProvider.prefixListId": `pl-[0-9a-f]{8}`, "status.atProvider.state": `available`},
		},
		"InterfaceEndpoint": {
			reason: "An interface endpoint has no prefix list.",
			object: `{apiVersion: ec2.aws.upbound.io/v1beta2, kind: VPCEndpoint, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, vpcEndpointType: Interface}}}`,
			want:   map[string]string{"status.atProvider.prefixListId": ``},
		},
		"Distribution": {
			reason: "A distribution is deployed and has CloudFront's own domain; its ARN has no region.",
			object: `{apiVersion: cloudfront.aws.upbound.io/v1beta2, kind: Distribution, metadata: {name: a}, spec: {forProvider: {enabled: true}}}`,
			want: map[string]string{
				external:                         `E[A-Z2-7]{13}`,
				arn:                              `arn:aws:cloudfront::123456789012:distribution/E[A-Z2-7]{13}`,
				"status.atProvider.domainName":   `d[0-9a-z]{13}\.cloudfront\.net`,
				"status.atProvider.hostedZoneId": `Z2FDTNDATAQYW2`,
				"status.atProvider.status":       `Deployed`,
			},
		},
		"Secret": {
			reason: "Secrets Manager adds six characters to a secret's name, and the provider knows it by its ARN.",
			object: `{apiVersion: secretsmanager.aws.upbound.io/v1beta1, kind: Secret, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, name: shop/app}}}`,
			want:   map[string]string{external: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/app-[0-9a-f]{6}`},
		},
		"Key": {
			reason: "A key should be known by its UUID.",
			object: `{apiVersion: kms.aws.upbound.io/v1beta1, kind: Key, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]string{external: uuidForm, "status.atProvider.keyId": uuidForm, arn: `arn:aws:kms:eu-west-1:123456789012:key/` + uuidForm},
		},
		"WebACLOfCloudFront": {
			reason: "The ARN of a web ACL for CloudFront should say that it is global.",
			object: `{apiVersion: wafv2.aws.upbound.io/v1beta1, kind: WebACL, metadata: {name: a}, spec: {forProvider: {region: us-east-1, scope: CLOUDFRONT, name: shop}}}`,
			want:   map[string]string{arn: `arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/` + uuidForm},
		},
		"WebACLOfRegion": {
			reason: "The ARN of any other web ACL should say that it is regional.",
			object: `{apiVersion: wafv2.aws.upbound.io/v1beta1, kind: WebACL, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, scope: REGIONAL, name: shop}}}`,
			want:   map[string]string{arn: `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/.*`},
		},
		"Function": {
			reason: "A function that was published once should be at its latest version.",
			object: `{apiVersion: lambda.aws.upbound.io/v1beta2, kind: Function, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want: map[string]string{
				"status.atProvider.invokeArn":    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations`,
				"status.atProvider.qualifiedArn": `arn:aws:lambda:eu-west-1:123456789012:function:a:\$LATEST`,
			},
		},
		"Contact": {
			reason: "A contact of the provider's own account should be named by its type, after an account that is not said.",
			object: `{apiVersion: account.aws.upbound.io/v1beta1, kind: AlternateContact, metadata: {name: a}, spec: {forProvider: {alternateContactType: SECURITY}}}`,
			want:   map[string]string{external: `/SECURITY`, id: `/SECURITY`},
		},
		"ContactOfAccount": {
			reason: "A contact of another account should be named by both.",
			object: `{apiVersion: account.aws.upbound.io/v1beta1, kind: AlternateContact, metadata: {name: a}, spec: {forProvider: {accountId: "210987654321", alternateContactType: SECURITY}}}`,
			want:   map[string]string{external: `210987654321/SECURITY`},
		},
		"Inspector": {
			reason: "An enabler should be named by all its accounts and types, sorted.",
			object: `{apiVersion: inspector2.aws.upbound.io/v1beta1, kind: Enabler, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, accountIds: ["2", "1"], resourceTypes: [LAMBDA_CODE, LAMBDA]}}}`,
			want:   map[string]string{external: `1:2-LAMBDA:LAMBDA_CODE`},
		},
		"FirewallPolicy": {
			reason: "A firewall policy should have its ARN as its ID, and its name as its external name.",
			object: `{apiVersion: networkfirewall.aws.upbound.io/v1beta1, kind: FirewallPolicy, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]string{external: `a`, id: `arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/a`},
		},
		"Standard": {
			reason: "A subscription should be the account's own, with the name of its standard.",
			object: `{apiVersion: securityhub.aws.upbound.io/v1beta1, kind: StandardsSubscription, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, standardsArn: "arn:aws:securityhub:eu-west-1::standards/pci-dss/v/3.2.1"}}}`,
			want:   map[string]string{external: `arn:aws:securityhub:eu-west-1:123456789012:subscription/pci-dss/v/3\.2\.1`},
		},
		"Setting": {
			reason: "A setting of Systems Manager should be named by its ARN.",
			object: `{apiVersion: ssm.aws.upbound.io/v1beta1, kind: ServiceSetting, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, settingId: /ssm/some-setting}}}`,
			want:   map[string]string{external: `arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/some-setting`},
		},
		"LaterVersion": {
			reason: "A major version without a known minor version should be at its first one.",
			object: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, engineVersion: "18"}}}`,
			want:   map[string]string{"status.atProvider.engineVersionActual": `18\.1`},
		},
		"UnknownKind": {
			reason: "A kind that the table does not have should work by its name.",
			object: `{apiVersion: sfn.aws.m.upbound.io/v1beta1, kind: StateMachine, metadata: {name: a, namespace: b}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]string{external: `a`, id: `a`, arn: `arn:aws:sfn:eu-west-1:123456789012:statemachine/a`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			u := read(t, tc.object)
			if err := tc.aws.Play(u, nowhere); err != nil {
				t.Fatal(err)
			}
			for path, want := range tc.want {
				got, _ := fieldpath.Pave(u.Object).GetString(path)
				if !regexp.MustCompile("^" + want + "$").MatchString(got) {
					t.Errorf("%s\nPlay(...): %s: want a match of %s, got %q", tc.reason, path, want, got)
				}
			}
		})
	}
}

// TestPlayBelongsTogether verifies values that two resources share.
func TestPlayBelongsTogether(t *testing.T) {
	objects := []string{
		`{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc}, spec: {forProvider: {region: eu-west-1}}}`,
		`{apiVersion: ec2.aws.upbound.io/v1beta1, kind: DefaultSecurityGroup, metadata: {name: dsg}, spec: {forProvider: {region: eu-west-1, vpcIdRef: {name: vpc}}}}`,
		`{apiVersion: ec2.aws.upbound.io/v1beta1, kind: DefaultNetworkACL, metadata: {name: dacl}, spec: {forProvider: {region: eu-west-1, defaultNetworkAclIdRef: {name: vpc}}}}`,
		`{apiVersion: ec2.aws.upbound.io/v1beta1, kind: EIP, metadata: {name: eip}, spec: {forProvider: {region: eu-west-1}}}`,
		`{apiVersion: ec2.aws.upbound.io/v1beta1, kind: NATGateway, metadata: {name: nat}, spec: {forProvider: {region: eu-west-1, allocationIdRef: {name: eip}}}}`,
		`{apiVersion: kms.aws.upbound.io/v1beta1, kind: Key, metadata: {name: key}, spec: {forProvider: {region: eu-west-1}}}`,
		`{apiVersion: kms.aws.upbound.io/v1beta1, kind: Alias, metadata: {name: alias}, spec: {forProvider: {region: eu-west-1, targetKeyIdRef: {name: key}}}}`,
	}
	all := map[string]*unstructured.Unstructured{}
	lookup := func(_ schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured { return all[name.Name] }
	for _, o := range objects {
		u := read(t, o)
		if err := (AWS{}).Play(u, lookup); err != nil {
			t.Fatal(err)
		}
		all[u.GetName()] = u
	}
	cases := map[string]struct {
		reason                 string
		a, pathOfA, b, pathOfB string
	}{
		"DefaultSecurityGroup": {
			reason: "The default security group should be its VPC's.",
			a:      "vpc", pathOfA: "status.atProvider.defaultSecurityGroupId", b: "dsg", pathOfB: "status.atProvider.id",
		},
		"DefaultNetworkACL": {
			reason: "The default network ACL should be its VPC's.",
			a:      "vpc", pathOfA: "status.atProvider.defaultNetworkAclId", b: "dacl", pathOfB: "status.atProvider.id",
		},
		"PublicIP": {
			reason: "A NAT gateway should have the public address that was allocated for it.",
			a:      "eip", pathOfA: "status.atProvider.publicIp", b: "nat", pathOfB: "status.atProvider.publicIp",
		},
		"Key": {
			reason: "An alias should tell the ARN of its key.",
			a:      "key", pathOfA: "status.atProvider.arn", b: "alias", pathOfB: "status.atProvider.targetKeyArn",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			want, err := fieldpath.Pave(all[tc.a].Object).GetString(tc.pathOfA)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := fieldpath.Pave(all[tc.b].Object).GetString(tc.pathOfB)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// resources returns resources from YAML by name.
func resources(t *testing.T, manifests map[string]string) map[string]*fnv1.Resource {
	t.Helper()
	out := map[string]*fnv1.Resource{}
	for resourceName, m := range manifests {
		s, err := structpb.NewStruct(read(t, m).Object)
		if err != nil {
			t.Fatal(err)
		}
		out[resourceName] = &fnv1.Resource{Resource: s}
	}
	return out
}

func TestObserve(t *testing.T) {
	const (
		vpc    = `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc}, spec: {forProvider: {region: cn-north-1}}}`
		subnet = `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet, metadata: {name: subnet}, spec: {forProvider: {region: cn-north-1, vpcIdRef: {name: vpc}}}}`
		role   = `{apiVersion: iam.aws.upbound.io/v1beta1, kind: Role, metadata: {name: role}, spec: {forProvider: {}}}`
	)
	cases := map[string]struct {
		reason   string
		desired  map[string]string
		observed map[string]string
		// want contains values by name and path.
		want map[string]map[string]string
	}{
		"ReferencesInAnyOrder": {
			reason:  "A resource should be simulated after those that it refers to, whatever their names.",
			desired: map[string]string{"a-subnet": subnet, "b-vpc": vpc},
			want: map[string]map[string]string{
				"a-subnet": {"spec.forProvider.vpcId": "vpc-ee09cb014348f09a4", "status.conditions[0].type": "Ready"},
				"b-vpc":    {"status.atProvider.id": "vpc-ee09cb014348f09a4"},
			},
		},
		"ReferenceToNothing": {
			reason:  "A resource that refers to one that does not exist should not be made, and say why.",
			desired: map[string]string{"subnet": subnet},
			want: map[string]map[string]string{"subnet": {
				"metadata.annotations[crossplane.io/external-name]": "",
				"status.atProvider.id":                              "",
				"status.conditions[0].type":                         "Synced",
				"status.conditions[0].status":                       "False",
				"status.conditions[0].reason":                       "ReconcileError",
				"status.conditions[0].message":                      `cannot resolve references: spec.forProvider.vpcIdRef: ec2/VPC "vpc" does not exist`,
			}},
		},
		"EarlierDecisions": {
			reason:  "What the provider decided earlier should stay.",
			desired: map[string]string{"vpc": vpc, "subnet": subnet},
			observed: map[string]string{
				"vpc":    `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc, uid: some-uid, annotations: {crossplane.io/external-name: vpc-1}}}`,
				"subnet": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet, metadata: {name: subnet}, spec: {forProvider: {vpcId: vpc-0, vpcIdRef: {name: old}}}}`,
			},
			want: map[string]map[string]string{
				"vpc":    {"metadata.uid": "some-uid", "metadata.annotations[crossplane.io/external-name]": "vpc-1", "status.atProvider.id": "vpc-1"},
				"subnet": {"spec.forProvider.vpcId": "vpc-0"},
			},
		},
		"DesiredExternalName": {
			reason:   "An external name that the function desires should win.",
			desired:  map[string]string{"vpc": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc, annotations: {crossplane.io/external-name: vpc-2}}}`},
			observed: map[string]string{"vpc": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc, annotations: {crossplane.io/external-name: vpc-1}}}`},
			want:     map[string]map[string]string{"vpc": {"status.atProvider.id": "vpc-2"}},
		},
		"PartitionOfOthers": {
			reason:  "A resource without a region should be in the partition of those that have one.",
			desired: map[string]string{"role": role, "vpc": vpc},
			want:    map[string]map[string]string{"role": {"status.atProvider.arn": "arn:aws-cn:iam::123456789012:role/role"}},
		},
		"NoRegionAtAll": {
			reason:  "Without any region the partition should be the commercial one.",
			desired: map[string]string{"role": role},
			want:    map[string]map[string]string{"role": {"status.atProvider.arn": "arn:aws:iam::123456789012:role/role"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := AWS{}.Observe(resources(t, tc.desired), resources(t, tc.observed))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(tc.desired) {
				t.Errorf("%s\nObserve(...): want %d resources, got %d", tc.reason, len(tc.desired), len(got))
			}
			values := map[string]map[string]string{}
			for resourceName, paths := range tc.want {
				values[resourceName] = map[string]string{}
				for path := range paths {
					values[resourceName][path], _ = fieldpath.Pave(got[resourceName].GetResource().AsMap()).GetString(path)
				}
			}
			if diff := cmp.Diff(tc.want, values); diff != "" {
				t.Errorf("%s\nObserve(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestObserveForgets verifies that removed resources and those without a body are
// not observed.
func TestObserveForgets(t *testing.T) {
	vpc := map[string]string{"vpc": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc}}`}
	got, err := AWS{}.Observe(map[string]*fnv1.Resource{"empty": {}}, resources(t, vpc))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]*fnv1.Resource{}, got, protocmp.Transform()); diff != "" {
		t.Errorf("Observe(...): -want, +got:\n%s", diff)
	}
}

// TestObserveAgain verifies that a second reconcile changes nothing.
func TestObserveAgain(t *testing.T) {
	desired := resources(t, map[string]string{
		"subnet": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet, metadata: {name: subnet}, spec: {forProvider: {region: eu-west-1, vpcIdRef: {name: vpc}}}}`,
		"vpc":    `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc}, spec: {forProvider: {region: eu-west-1}}}`,
	})
	first, err := AWS{}.Observe(desired, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := AWS{}.Observe(desired, first)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second, protocmp.Transform()); diff != "" {
		t.Errorf("Observe(...): -first, +second:\n%s", diff)
	}
}

func TestObserveRefuses(t *testing.T) {
	good := resources(t, map[string]string{"vpc": `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: vpc}}`})
	bad := map[string]*fnv1.Resource{"vpc": {Resource: &structpb.Struct{Fields: map[string]*structpb.Value{"spec": structpb.NewNumberValue(math.NaN())}}}}
	cases := map[string]struct {
		reason            string
		desired, observed map[string]*fnv1.Resource
	}{
		"Desired":  {reason: "A desired object that no API server takes should be refused.", desired: bad, observed: good},
		"Observed": {reason: "An observed object that no API server has should be refused.", desired: good, observed: bad},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got, err := (AWS{}).Observe(tc.desired, tc.observed); err == nil {
				t.Errorf("%s\nObserve(...): want an error, got %v", tc.reason, got)
			}
		})
	}
}
