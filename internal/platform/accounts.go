package platform

import (
	"cmp"
	"errors"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/request"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// requiredAccounts is the name of the function's requirement for accounts.
const requiredAccounts = "accounts"

// defaultField is the default of environment.field.
const defaultField = "secureEcommerce"

// ErrAccountsAwaited is like ErrAwaited for accounts.
var ErrAccountsAwaited = errors.New("the SecureEcommerceAccounts that existing.account refers to were not passed to the function: use Crossplane 1.18 or later")

// Account is an observed SecureEcommerceAccount.
type Account struct {
	// Name is its namespace and name.
	Name string
	// Region and AccountID locate it in AWS. AccountID is empty until it is known.
	Region, AccountID string
	// Ready reports whether all of its resources are ready.
	Ready bool
	// TrailARN is the ARN of its trail, and Recorder the name of its AWS Config
	// recorder. It has none by default.
	TrailARN, Recorder string
	// HeadersID and UploadsHeadersID are the IDs of the default response headers
	// policies of files and uploads.
	HeadersID, UploadsHeadersID string
}

// Accounts returns the accounts that Crossplane provided, in its order. It returns
// ErrAccountsAwaited if the input uses accounts, but Crossplane has not provided them.
func Accounts(req *fnv1.RunFunctionRequest) ([]Account, error) {
	found, handedOver := req.GetRequiredResources()[requiredAccounts]
	if usesAccounts(req) && !handedOver {
		return nil, ErrAccountsAwaited
	}
	var out []Account
	for _, item := range found.GetItems() {
		out = append(out, accountOf(item.GetResource()))
	}
	return out, nil
}

func accountOf(object *structpb.Struct) Account {
	metadata, status := object.GetFields()["metadata"], object.GetFields()["status"]
	name := text(metadata, "name")
	if namespace := text(metadata, "namespace"); namespace != "" {
		name = namespace + "/" + name
	}
	a := Account{
		Name:             name,
		Region:           text(object.GetFields()["spec"], "region"),
		AccountID:        text(status, "accountId"),
		TrailARN:         text(status, "audit", "trailArn"),
		Recorder:         text(status, "config", "recorder"),
		HeadersID:        text(status, "cdn", "responseHeadersPolicyId"),
		UploadsHeadersID: text(status, "cdn", "uploadsHeadersPolicyId"),
	}
	for _, c := range at(status, "conditions").GetListValue().GetValues() {
		a.Ready = a.Ready || text(c, "type") == "Ready" && text(c, "status") == "True"
	}
	return a
}

// at returns the value at a path of an object. It is nil if there is none.
func at(of *structpb.Value, path ...string) *structpb.Value {
	for _, name := range path {
		of = of.GetStructValue().GetFields()[name]
	}
	return of
}

func text(of *structpb.Value, path ...string) string { return at(of, path...).GetStringValue() }

// accountSelector selects all accounts of the composite's scope. Crossplane lists all
// objects of a kind for a selector without labels.
func accountSelector(req *fnv1.RunFunctionRequest) *fnv1.ResourceSelector {
	kind := v1alpha1.AccountKind
	if claim.KindOf(req.GetObserved().GetComposite()) == v1alpha1.CompositeKind {
		kind = v1alpha1.CompositeAccountKind
	}
	return &fnv1.ResourceSelector{
		ApiVersion: v1alpha1.GroupVersion.String(), Kind: kind,
		Match: &fnv1.ResourceSelector_MatchLabels{MatchLabels: &fnv1.MatchLabels{}},
	}
}

// usesAccounts reports whether the input, or its environment as far as it is known,
// declares accounts. An account itself uses none.
func usesAccounts(req *fnv1.RunFunctionRequest) bool {
	if claim.IsAccount(claim.KindOf(req.GetObserved().GetComposite())) {
		return false
	}
	input := structpb.NewStructValue(req.GetInput())
	if existing := at(input, "existing"); existing != nil {
		return at(existing, "account").GetBoolValue()
	}
	source := at(input, "environment")
	var data *structpb.Value
	if at(source, "fromContext").GetBoolValue() {
		data, _ = request.GetContextKey(req, contextEnvironment)
	} else if items := req.GetRequiredResources()[requirement(text(source, "name"))].GetItems(); len(items) > 0 {
		data = items[0].GetResource().GetFields()["data"]
	}
	return at(data, cmp.Or(text(source, "field"), defaultField), "existing", "account").GetBoolValue()
}
