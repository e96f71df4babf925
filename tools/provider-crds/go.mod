module github.com/secure-ecommerce/function-secure-ecommerce/tools/provider-crds

go 1.26.5

// Only for its CRDs, against which hack/validate.sh validates the examples too.
// Nothing is compiled, so `go mod tidy` would remove the line; change the version
// and run `go mod download github.com/upbound/provider-aws/v2`.
require github.com/upbound/provider-aws/v2 v2.7.0
