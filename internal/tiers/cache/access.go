package cache

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/elasticache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/secretsmanager"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// nameLimit is the maximum length of a user's ID and a user group's ID (Amazon
// ElastiCache API Reference, "CreateUser" and "CreateUserGroup").
const nameLimit = 40

func userGroupID(s *settings.Settings) string { return naming.Fit(s.Stack+"-cache", nameLimit) }

// composeUsers adds the users for IAM authentication, whose name must equal their
// ID (Amazon ElastiCache documentation, "Authenticating with IAM"). A Redis group
// must have a user named default, which is disabled. A Valkey group needs none.
func composeUsers(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	c := s.Cache
	if !c.HasUsers() {
		return
	}
	keep := desired.Keep(s.Keep.Cache)
	engine := new(string(c.Engine))
	set.Add(composed.CacheUser, &elasticache.User{Spec: elasticache.UserSpec{ForProvider: elasticache.UserParameters{
		UserName: new(c.User), Engine: engine, AccessString: new("on ~* &* +@all"),
		AuthenticationMode: &elasticache.AuthenticationModeParameters{Type: new("iam")},
	}}}, desired.Named(c.User), keep)
	users := []string{composed.CacheUser}
	if c.Engine == v1alpha1.CacheEngineRedis || observed.Has(composed.CacheDefaultUser) {
		set.Add(composed.CacheDefaultUser, &elasticache.User{Spec: elasticache.UserSpec{ForProvider: elasticache.UserParameters{
			UserName: new("default"), Engine: engine, AccessString: new("off -@all"),
			// With authenticationMode, AWS returns another value than it accepts.
			NoPasswordRequired: new(true),
		}}}, desired.Named(naming.Fit(s.Stack+"-default", nameLimit)), keep)
		users = append(users, composed.CacheDefaultUser)
	}
	set.Add(composed.CacheUserGroup, &elasticache.UserGroup{Spec: elasticache.UserGroupSpec{ForProvider: elasticache.UserGroupParameters{
		Engine: engine, UserIDRefs: set.LiveRefs(users...),
	}}}, desired.Named(userGroupID(s)), keep, desired.Before(users...))
}

// passwordKey returns the location of the cache's password in Kubernetes.
func passwordKey(s *settings.Settings) *xpv1.LocalSecretKeySelector {
	return &xpv1.LocalSecretKeySelector{
		LocalSecretReference: xpv1.LocalSecretReference{Name: naming.Object(s.Composite, composed.CachePassword)}, Key: "password",
	}
}

// composePassword copies the provider's generated password from a Kubernetes Secret
// to a secret of the stack. No resource contains the password. Only the app role
// can read it, whatever other policies of the account allow.
func composePassword(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Cache.HasPassword() {
		return
	}
	keep := desired.Keep(s.Keep.Cache)
	set.Add(composed.CacheSecret, &secretsmanager.Secret{Spec: secretsmanager.SecretSpec{ForProvider: secretsmanager.SecretParameters{
		Name:        new(s.Stack + "/cache"),
		Description: new("Password of the cache"),
		KMSKeyIDRef: set.Ref(composed.SecretsKey),
		// The password is useless without the cache, and a new cache needs the same
		// name.
		RecoveryWindowInDays: new(float64(0)),
	}}}, keep, desired.Before(composed.SecretsKey))
	secret := kit.CacheSecret(observed)
	set.Add(composed.CacheSecretPolicy, &secretsmanager.SecretPolicy{Spec: secretsmanager.SecretPolicySpec{ForProvider: secretsmanager.SecretPolicyParameters{
		SecretArnRef:      set.Ref(composed.CacheSecret),
		BlockPublicPolicy: new(true),
		Policy:            new(policy.Document{Statements: []policy.Statement{kit.ReadSecretByApp(s, secret)}}.JSON()),
	}}}, desired.Needs(secret, s.Account), keep)
	// An existing value cannot change. It is created again if the password changes.
	set.Add(composed.CacheSecretValue, &secretsmanager.SecretVersion{Spec: secretsmanager.SecretVersionSpec{ForProvider: secretsmanager.SecretVersionParameters{
		SecretIDRef:           set.Ref(composed.CacheSecret),
		SecretStringSecretRef: passwordKey(s),
		VersionStages:         []*string{new("AWSCURRENT")},
	}}}, desired.Needs(kit.CacheStands(s, observed)), keep)
}
