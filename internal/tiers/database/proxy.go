package database

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/rds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// proxyZones is the number of zones of the proxy, which is the minimum of AWS and
// of a stack. A proxy's subnets are immutable, while the stack can get more zones.
const proxyZones = 2

// composeProxy adds a proxy that shares database connections, if the claim enables
// it. Clients and the proxy use IAM authentication, so there is no password (AWS
// documentation, "Configuring IAM authentication for RDS Proxy").
func composeProxy(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	asked := s.Database.Proxy
	if asked == nil {
		return
	}
	composeProxyAccess(s, observed, set)
	composeProxyNetwork(s, set)
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.DatabaseProxyLogGroup, Name: kit.ProxyLogGroup(s), Region: s.Region, Key: composed.LogsKey})
	proxy := rds.ProxyParameters{
		EngineFamily:           new(s.Database.Engine.ProxyFamily()),
		DefaultAuthScheme:      new("IAM_AUTH"),
		RequireTLS:             new(true),
		RoleArnRef:             set.Ref(composed.DatabaseProxyRole),
		VPCSecurityGroupIDRefs: set.LiveRefs(composed.DatabaseProxySecurityGroup),
		IdleClientTimeout:      new(float64(1800)),
		// It would log customer data.
		DebugLogging: new(false),
	}
	if e := s.Network.Existing; e != nil {
		proxy.VPCSubnetIds = kit.Pointers(proxySubnets(e, observed))
	} else {
		for _, z := range s.Network.Zones[:proxyZones] {
			proxy.VPCSubnetIdsRefs = append(proxy.VPCSubnetIdsRefs, *set.Ref(composed.PrivateSubnet(z.Number)))
		}
	}
	set.Add(composed.DatabaseProxy, &rds.Proxy{Spec: rds.ProxySpec{ForProvider: proxy}}, desired.Named(kit.ProxyName(s)), desired.Before(composed.DatabaseProxyLogGroup))
	set.Add(composed.DatabaseProxyTargetGroup, &rds.ProxyDefaultTargetGroup{Spec: rds.ProxyDefaultTargetGroupSpec{ForProvider: rds.ProxyDefaultTargetGroupParameters{
		DBProxyNameRef: set.Ref(composed.DatabaseProxy),
		ConnectionPoolConfig: &rds.ConnectionPoolConfigParameters{
			ConnectionBorrowTimeout:   new(float64(120)),
			MaxConnectionsPercent:     new(float64(asked.MaxConnectionsPercent)),
			MaxIdleConnectionsPercent: new(float64(asked.MaxConnectionsPercent / 2)),
		},
	}}})
	target := rds.ProxyTargetParameters{DBProxyNameRef: set.Ref(composed.DatabaseProxy), TargetGroupName: new("default")}
	needs := kit.DatabaseAddress(s, observed)
	if s.Database.Aurora != nil {
		target.DBClusterIdentifier, needs = new(s.Names.Database), kit.DatabaseStands(s, observed)
	} else {
		target.DBInstanceIdentifierRef = set.Ref(composed.Database)
	}
	// RDS rejects a database that is not available yet.
	set.Add(composed.DatabaseProxyTarget, &rds.ProxyTarget{Spec: rds.ProxyTargetSpec{ForProvider: target}}, desired.Needs(needs))
}

// proxySubnets returns the proxy's subnets in an existing network. An existing
// proxy keeps its subnets, whatever their order in the claim is.
func proxySubnets(e *v1alpha1.ExistingNetwork, observed facts.Observed) []string {
	if stands := kit.Texts(observed, composed.DatabaseProxy, "spec.forProvider.vpcSubnetIds"); len(stands) > 0 {
		return stands
	}
	return e.PrivateSubnetIDs[:proxyZones]
}

// composeProxyAccess allows the proxy to connect to the database, and the
// application to the proxy, both as the same user. AWS does not document that RDS
// sends aws:SourceAccount when it assumes the proxy's role. A condition could
// therefore block all access.
func composeProxyAccess(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRole(s, set, composed.DatabaseProxyRole, s.Stack+"-db-proxy", "Signs the proxy in to the database", "rds.amazonaws.com", nil)
	instance, proxy := kit.DatabaseResourceID(s, observed), proxyResourceID(observed)
	kit.AddRolePolicy(set, composed.DatabaseProxyRoleConnect, composed.DatabaseProxyRole, "connect", []policy.Statement{kit.SignIn(s, instance)}, s.Account, instance)
	kit.AddRolePolicy(set, composed.AppRoleDatabaseProxy, composed.AppRole, "database-proxy", []policy.Statement{kit.SignIn(s, proxy)}, s.Account, proxy)
}

// composeProxyNetwork allows traffic from the application to the proxy and from the
// proxy to the database only.
func composeProxyNetwork(s *settings.Settings, set *desired.Set) {
	set.Add(composed.DatabaseProxySecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-db-proxy", "Database proxy: reached from the application tier only"))
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.DatabaseProxySecurityGroup, Port: s.Database.Engine.ProxyPort(),
		Ingress: composed.DatabaseProxyFromApp, IngressDescription: s.Database.Engine.Protocol() + " from the application tier",
		Egress: composed.AppToDatabaseProxy, EgressDescription: s.Database.Engine.Protocol() + " to the database proxy",
	})
	kit.OpenPort(set, kit.Opening{
		From: composed.DatabaseProxySecurityGroup, To: composed.DatabaseSecurityGroup, Port: s.Database.Port,
		Ingress: composed.DatabaseFromProxy, IngressDescription: s.Database.Engine.Protocol() + " from the database proxy",
		Egress: composed.DatabaseProxyToDatabase, EgressDescription: s.Database.Engine.Protocol() + " to the database",
	})
}

// proxyResourceID returns the proxy's ID in policies, with the prefix prx-. Only
// its ARN contains it.
func proxyResourceID(observed facts.Observed) facts.Fact {
	f := observed.ARN(composed.DatabaseProxy)
	f.Value = f.Value[strings.LastIndex(f.Value, ":")+1:]
	return f
}
