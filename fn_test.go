package main

import (
	"context"
	"testing"
	"fmt"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
)

func TestScratch(t *testing.T) {
	f := &Function{log: logging.NewNopLogger()}
	rsp, err := f.RunFunction(context.Background(), &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"XSecureEcommerce","metadata":{"name":"shop"},"spec":{"region":"eu-west-1"}}`)}}})
	fmt.Println(err, len(rsp.GetDesired().GetResources()), rsp.GetResults())
	for _, c := range rsp.GetConditions() { fmt.Println(c) }
	fmt.Println(rsp.GetDesired().GetResources()["vpc"])
}
