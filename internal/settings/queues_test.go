package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

func TestQueueVariable(t *testing.T) {
	if diff := cmp.Diff("QUEUE_STOCK_CHANGES_URL", Queue{QueueSpec: v1alpha1.QueueSpec{Name: "stock-changes"}}.Variable()); diff != "" {
		t.Errorf("\nVariables have no hyphens.\nVariable(): -want, +got:\n%s", diff)
	}
}

func TestQueuesReached(t *testing.T) {
	queues := []Queue{{}}
	app := App{Services: []Service{{}}}
	function := App{Services: []Service{{Service: v1alpha1.Service{Runtime: v1alpha1.ServiceRuntimeLambda}}}}
	want := field.ErrorList{field.Required(field.NewPath("spec", "network", "interfaceEndpoints"), "must contain sqs if natGateways is None: add sqs, or set natGateways to Single or PerZone")}
	cases := map[string]struct {
		reason string
		queues []Queue
		app    App
		n      Network
		want   field.ErrorList
	}{
		"ByNAT":      {reason: "NAT gateways lead to SQS.", queues: queues, app: app, n: Network{NAT: v1alpha1.NATGatewaysSingle}},
		"NoWay":      {reason: "Without them nothing does.", queues: queues, app: app, n: Network{NAT: v1alpha1.NATGatewaysNone}, want: want},
		"ByEndpoint": {reason: "An endpoint does.", queues: queues, app: app, n: Network{NAT: v1alpha1.NATGatewaysNone, Endpoints: []string{"sqs"}}},
		"NoQueues":   {reason: "Who has no queues needs no way.", app: app, n: Network{NAT: v1alpha1.NATGatewaysNone}},
		"Outside":    {reason: "A function outside of the VPC has its own way.", queues: queues, app: function, n: Network{NAT: v1alpha1.NATGatewaysNone}},
		"Existing":   {reason: "Ways of a network that exists are its owner's.", queues: queues, app: app, n: Network{NAT: v1alpha1.NATGatewaysNone, Existing: &v1alpha1.ExistingNetwork{}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, checkQueues(tc.queues, tc.app, tc.n)); diff != "" {
				t.Errorf("\n%s\ncheckQueues(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
