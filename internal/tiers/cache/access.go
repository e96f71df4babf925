package cache

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	elasticache "github.com/upbound/provider-aws/v2/apis/namespaced/elasticache/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// nameLimit is the most characters of a user and of a group of users (Amazon ElastiCache
// API Reference, "CreateUser" and "CreateUserGroup").
const nameLimit = 40

func userGroupID(s *settings.Settings) string { return naming.Fit(s.Stack+"-cache", nameLimit) }

// composeUsers adds who signs in by IAM: AWS wants the user's name to be its ID then
// (Amazon ElastiCache documentation, "Authenticating with IAM"). A group of redis must
// have a user named default, which nobody can be; one of valkey needs none.
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
			// By authenticationMode AWS would show another word for it than it takes.
			NoPasswordRequired: new(true),
		}}}, desired.Named(naming.Fit(s.Stack+"-default", nameLimit)), keep)
		users = append(users, composed.CacheDefaultUser)
	}
	set.Add(composed.CacheUserGroup, &elasticache.UserGroup{Spec: elasticache.UserGroupSpec{ForProvider: elasticache.UserGroupParameters{
		Engine: engine, UserIDRefs: set.LiveRefs(users...),
	}}}, desired.Named(userGroupID(s)), keep, desired.Before(users...))
}

// passwordKey is where the provider keeps the cache's password in Kubernetes.
func passwordKey(s *settings.Settings) *xpv1.LocalSecretKeySelector {
	return &xpv1.LocalSecretKeySelector{
		LocalSecretReference: xpv1.LocalSecretReference{Name: naming.Object(s.Composite, composed.CachePassword)}, Key: "password",
	}
}

// composePassword puts the password that the provider generates for the cache into a
// secret of the stack, from one Secret of Kubernetes to the other end: nobody
// writes it, and it is in no resource. Only the app role may read it, whatever other
// policies in the account say.
func composePassword(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Cache.HasPassword() {
		return
	}
	keep := desired.Keep(s.Keep.Cache)
	set.Add(composed.CacheSecret, &secretsmanager.Secret{Spec: secretsmanager.SecretSpec{ForProvider: secretsmanager.SecretParameters{
		Name:        new(s.Stack + "/cache"),
		Description: new("Password of the cache"),
		KMSKeyIDRef: set.Ref(composed.SecretsKey),
		// Without the cache it opens nothing, and a cache that is asked for again needs the
		// name.
		RecoveryWindowInDays: new(float64(0)),
	}}}, keep, desired.Before(composed.SecretsKey))
	secret := kit.CacheSecret(observed)
	set.Add(composed.CacheSecretPolicy, &secretsmanager.SecretPolicy{Spec: secretsmanager.SecretPolicySpec{ForProvider: secretsmanager.SecretPolicyParameters{
		SecretArnRef:      set.Ref(composed.CacheSecret),
		BlockPublicPolicy: new(true),
		Policy:            new(policy.Document{Statements: []policy.Statement{kit.ReadSecretByApp(s, secret)}}.JSON()),
	}}}, desired.Needs(secret, s.Account), keep)
	// A value that is there can not change: it is made again where the password does.
	set.Add(composed.CacheSecretValue, &secretsmanager.SecretVersion{Spec: secretsmanager.SecretVersionSpec{ForProvider: secretsmanager.SecretVersionParameters{
		SecretIDRef:           set.Ref(composed.CacheSecret),
		SecretStringSecretRef: passwordKey(s),
		VersionStages:         []*string{new("AWSCURRENT")},
	}}}, desired.Needs(kit.CacheStands(s, observed)), keep)
}
