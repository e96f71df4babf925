package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// proxied is a claim with a proxy, proxyStanding what stands of it in AWS.
const proxied = `{"region":"eu-west-1","database":{"proxy":{"maxConnectionsPercent":80}}}`

var proxyStanding = map[string]string{
	role.DataKey:       keys[role.DataKey],
	role.Database:      `{"status":{"atProvider":{"address":"db.example","resourceId":"db-ABC"}}}`,
	role.DatabaseProxy: `{"status":{"atProvider":{"endpoint":"proxy.example","arn":"arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-0123"}}}`,
}

func TestProxy(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"NoneUnlessAsked": {
			reason:  "A proxy costs by the hour.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.DatabaseProxy,
			missing: true,
		},
		"Proxy": {
			reason: "IAM is the only way in, over TLS, and no statement of a customer is logged (DB-35).",
			spec:   proxied,
			role:   role.DatabaseProxy,
			want: map[string]any{
				"engineFamily": "POSTGRESQL", "defaultAuthScheme": "IAM_AUTH", "auth": absent{}, "requireTls": true, "debugLogging": false,
				"roleArnRef.name": "shop-database-proxy-role", "vpcSecurityGroupIdRefs[0].name": "shop-app-proxy-security-group",
				"vpcSubnetIdsRefs[0].name": "shop-private-subnet-1", "vpcSubnetIdsRefs[1].name": "shop-private-subnet-2", "vpcSubnetIdsRefs[2]": absent{},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-db-proxy",
			},
		},
		"SubnetsStay": {
			reason: "A proxy can never change its subnets, so a third zone leaves them alone.",
			spec:   `{"region":"eu-west-1","network":{"availabilityZones":3},"database":{"proxy":{}}}`,
			role:   role.DatabaseProxy,
			want:   map[string]any{"vpcSubnetIdsRefs[1].name": "shop-private-subnet-2", "vpcSubnetIdsRefs[2]": absent{}},
		},
		"Connections": {
			reason: "The claim says how many connections administrators are left.",
			spec:   proxied,
			role:   role.DatabaseProxyTargetGroup,
			want: map[string]any{
				"dbProxyNameRef.name": "shop-database-proxy", "connectionPoolConfig.maxConnectionsPercent": float64(80), "connectionPoolConfig.maxIdleConnectionsPercent": float64(40),
			},
		},
		"TargetWaitsForTheDatabase": {
			reason: "RDS refuses a database that is not there yet.",
			spec:   proxied,
			role:   role.DatabaseProxyTarget,
			waits:  true,
		},
		"Target": {
			reason:   "The proxy leads to the database.",
			spec:     proxied,
			observed: proxyStanding,
			role:     role.DatabaseProxyTarget,
			want:     map[string]any{"dbInstanceIdentifierRef.name": "shop-database", "targetGroupName": "default"},
		},
		"FromApp": {
			reason: "The proxy listens on PostgreSQL's own port, for the app alone.",
			spec:   proxied,
			role:   role.DatabaseProxyFromApp,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-app-proxy-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(5432), "toPort": float64(5432),
			},
		},
		"ToProxy": {
			reason: "The app may call it.",
			spec:   proxied,
			role:   role.AppToDatabaseProxy,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-app-security-group", "referencedSecurityGroupIdRef.name": "shop-app-proxy-security-group", "fromPort": float64(5432), "toPort": float64(5432),
			},
		},
		"ToDatabase": {
			reason: "The proxy calls the database's port, and nothing else.",
			spec:   proxied,
			role:   role.DatabaseProxyToDatabase,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-app-proxy-security-group", "referencedSecurityGroupIdRef.name": "shop-database-security-group", "fromPort": float64(5433), "toPort": float64(5433),
			},
		},
		"FromProxy": {
			reason: "The database lets the proxy in.",
			spec:   proxied,
			role:   role.DatabaseFromProxy,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-database-security-group", "referencedSecurityGroupIdRef.name": "shop-app-proxy-security-group", "fromPort": float64(5433), "toPort": float64(5433),
			},
		},
		"LogGroupBeforeRDS": {
			reason: "RDS would make the group without key and retention.",
			spec:   proxied,
			role:   role.DatabaseProxyLogGroup,
			want: map[string]any{
				"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key",
				".metadata.annotations[crossplane.io/external-name]": "/aws/rds/proxy/" + prefix + "-db-proxy",
			},
		},
		"SignInWaitsForTheDatabase": {
			reason: "Only RDS knows the ID that policies want.",
			spec:   proxied,
			role:   role.DatabaseProxyRoleConnect,
			waits:  true,
		},
		"AppWaitsForTheProxy": {
			reason: "Only RDS knows the proxy's ID.",
			spec:   proxied,
			role:   role.AppRoleDatabaseProxy,
			waits:  true,
		},
		"Parameter": {
			reason:   "The app reads where the proxy is.",
			spec:     proxied,
			observed: proxyStanding,
			role:     role.Parameter("database-proxy-endpoint"),
			want:     map[string]any{"insecureValue": "proxy.example"},
		},
		"NoParameter": {
			reason:  "Without a proxy there is nothing to tell.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.Parameter("database-proxy-endpoint"),
			missing: true,
		},
	})
}

func TestProxyPolicies(t *testing.T) {
	s := composed(t, proxied, proxyStanding, platform())
	signIn := func(id string) map[string]map[string]any {
		return map[string]map[string]any{"SignInByIAM": {
			"Sid": "SignInByIAM", "Effect": "Allow", "Action": "rds-db:connect", "Resource": "arn:aws:rds-db:eu-west-1:123456789012:dbuser:" + id + "/ecommerce_app",
		}}
	}
	for r, want := range map[string]map[string]map[string]any{
		role.DatabaseProxyRoleConnect: signIn("db-ABC"),
		role.AppRoleDatabaseProxy:     signIn("prx-0123"),
	} {
		if diff := cmp.Diff(want, statements(t, s.resources[r], "policy")); diff != "" {
			t.Errorf("\nThe app signs in at the proxy, and the proxy at the database, as one user and no other.\n%s: -want, +got:\n%s", r, diff)
		}
	}
	groups := func(spec string) any {
		condition, _ := statements(t, composed(t, spec, nil, platform()).resources[role.LogsKey], "policy")["EncryptLogs"]["Condition"].(map[string]any)
		arns, _ := condition["ArnLike"].(map[string]any)["kms:EncryptionContext:aws:logs:arn"].([]any)
		return arns[len(arns)-1]
	}
	if diff := cmp.Diff("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/rds/proxy/"+prefix+"-db-proxy", groups(proxied)); diff != "" {
		t.Errorf("\nThe key of logs serves the proxy's log group.\nlast group: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff("proxy.example", s.status.Database.ProxyEndpoint); diff != "" {
		t.Errorf("\nThe status says where the proxy is.\nproxyEndpoint: -want, +got:\n%s", diff)
	}
}
