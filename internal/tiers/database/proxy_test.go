package database_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// proxied is a claim with a proxy. proxyStanding contains its observed resources.
const proxied = `{"region":"eu-west-1","database":{"proxy":{"maxConnectionsPercent":80}}}`

var proxyStanding = map[string]string{
	composed.DataKey:       keys[composed.DataKey],
	composed.Database:      `{"status":{"atProvider":{"address":"db.example","resourceId":"db-ABC"}}}`,
	composed.DatabaseProxy: `{"status":{"atProvider":{"endpoint":"proxy.example","arn":"arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-0123"}}}`,
}

func TestProxy(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneUnlessAsked": {
			Reason:   "A proxy costs by the hour.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseProxy,
			Missing:  true,
		},
		"Proxy": {
			Reason:   "IAM is the only way in, over TLS, and no statement of a customer is logged (DB-35).",
			Spec:     proxied,
			Resource: composed.DatabaseProxy,
			Want: map[string]any{
				"engineFamily": "POSTGRESQL", "defaultAuthScheme": "IAM_AUTH", "auth": tiertest.Absent{}, "requireTls": true, "debugLogging": false,
				"roleArnRef.name": "shop-database-proxy-role", "vpcSecurityGroupIdRefs[0].name": "shop-app-proxy-security-group",
				"vpcSubnetIdsRefs[0].name": "shop-private-subnet-1", "vpcSubnetIdsRefs[1].name": "shop-private-subnet-2", "vpcSubnetIdsRefs[2]": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-db-proxy",
			},
		},
		"SubnetsStay": {
			Reason:   "A proxy can never change its subnets, so a third zone leaves them alone.",
			Spec:     `{"region":"eu-west-1","network":{"availabilityZones":3},"database":{"proxy":{}}}`,
			Resource: composed.DatabaseProxy,
			Want:     map[string]any{"vpcSubnetIdsRefs[1].name": "shop-private-subnet-2", "vpcSubnetIdsRefs[2]": tiertest.Absent{}},
		},
		"Connections": {
			Reason:   "The claim says how many connections administrators are left.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyTargetGroup,
			Want: map[string]any{
				"dbProxyNameRef.name": "shop-database-proxy", "connectionPoolConfig.maxConnectionsPercent": float64(80), "connectionPoolConfig.maxIdleConnectionsPercent": float64(40),
			},
		},
		"TargetWaitsForTheDatabase": {
			Reason:   "RDS refuses a database that is not there yet.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyTarget,
			Waits:    true,
		},
		"Target": {
			Reason:   "The proxy leads to the database.",
			Spec:     proxied,
			Observed: proxyStanding,
			Resource: composed.DatabaseProxyTarget,
			Want:     map[string]any{"dbInstanceIdentifierRef.name": "shop-database", "targetGroupName": "default"},
		},
		"FromApp": {
			Reason:   "The proxy listens on PostgreSQL's own port, for the app alone.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyFromApp,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-app-proxy-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(5432), "toPort": float64(5432),
			},
		},
		"ToProxy": {
			Reason:   "The app may call it.",
			Spec:     proxied,
			Resource: composed.AppToDatabaseProxy,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-app-security-group", "referencedSecurityGroupIdRef.name": "shop-app-proxy-security-group", "fromPort": float64(5432), "toPort": float64(5432),
			},
		},
		"ToDatabase": {
			Reason:   "The proxy calls the database's port, and nothing else.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyToDatabase,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-app-proxy-security-group", "referencedSecurityGroupIdRef.name": "shop-database-security-group", "fromPort": float64(5433), "toPort": float64(5433),
			},
		},
		"FromProxy": {
			Reason:   "The database lets the proxy in.",
			Spec:     proxied,
			Resource: composed.DatabaseFromProxy,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-database-security-group", "referencedSecurityGroupIdRef.name": "shop-app-proxy-security-group", "fromPort": float64(5433), "toPort": float64(5433),
			},
		},
		"LogGroupBeforeRDS": {
			Reason:   "RDS would make the group without key and retention.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyLogGroup,
			Want: map[string]any{
				"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key",
				".metadata.annotations[crossplane.io/external-name]": "/aws/rds/proxy/" + tiertest.Prefix + "-db-proxy",
			},
		},
		"SignInWaitsForTheDatabase": {
			Reason:   "Only RDS knows the ID that policies want.",
			Spec:     proxied,
			Resource: composed.DatabaseProxyRoleConnect,
			Waits:    true,
		},
		"AppWaitsForTheProxy": {
			Reason:   "Only RDS knows the proxy's ID.",
			Spec:     proxied,
			Resource: composed.AppRoleDatabaseProxy,
			Waits:    true,
		},
		"Parameter": {
			Reason:   "The app reads where the proxy is.",
			Spec:     proxied,
			Observed: proxyStanding,
			Resource: composed.Parameter("database-proxy-endpoint"),
			Want:     map[string]any{"insecureValue": "proxy.example"},
		},
		"NoParameter": {
			Reason:   "Without a proxy there is nothing to tell.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Parameter("database-proxy-endpoint"),
			Missing:  true,
		},
	})
}

func TestProxyPolicies(t *testing.T) {
	s := tiertest.Composed(t, proxied, proxyStanding, tiertest.Platform())
	signIn := func(id string) map[string]map[string]any {
		return map[string]map[string]any{"SignInByIAM": {
			"Sid": "SignInByIAM", "Effect": "Allow", "Action": "rds-db:connect", "Resource": "arn:aws:rds-db:eu-west-1:123456789012:dbuser:" + id + "/ecommerce_app",
		}}
	}
	for r, want := range map[string]map[string]map[string]any{
		composed.DatabaseProxyRoleConnect: signIn("db-ABC"),
		composed.AppRoleDatabaseProxy:     signIn("prx-0123"),
	} {
		if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[r], "policy")); diff != "" {
			t.Errorf("\nThe app signs in at the proxy, and the proxy at the database, as one user and no other.\n%s: -want, +got:\n%s", r, diff)
		}
	}
	groups := func(spec string) any {
		condition, _ := tiertest.Statements(t, tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources[composed.LogsKey], "policy")["EncryptLogs"]["Condition"].(map[string]any)
		arns, _ := condition["ArnLike"].(map[string]any)["kms:EncryptionContext:aws:logs:arn"].([]any)
		return arns[len(arns)-1]
	}
	if diff := cmp.Diff("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/rds/proxy/"+tiertest.Prefix+"-db-proxy", groups(proxied)); diff != "" {
		t.Errorf("\nThe key of logs serves the proxy's log group.\nlast group: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff("proxy.example", s.Status.Database.ProxyEndpoint); diff != "" {
		t.Errorf("\nThe status says where the proxy is.\nproxyEndpoint: -want, +got:\n%s", diff)
	}
}
