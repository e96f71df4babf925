package stack

import (
	"strings"
	"testing"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/compose"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// unwritten lists log groups to which no resource writes during the deletion of the
// stack.
var unwritten = map[string]string{
	"account-automation-log-group": "it belongs to the account, and stays",
}

// TestDeletionOrder verifies the deletion order of resources that AWS would delete
// too early, in every example that is deleted completely. These are buckets of a
// distribution, log groups that their writers create again, keys, and dead-letter
// queues.
func TestDeletionOrder(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for _, example := range stacktest.Examples {
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			req := stacktest.Request(t, example, stacktest.Scopes[1])
			spec := req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().GetFields()
			spec["deletionPolicy"] = structpb.NewStringValue("Delete")
			users := map[string][]string{}
			if _, err := compose.Compose(req, facts.From(req)); err != nil {
				t.Skipf("the API refuses Delete for this claim: %v", err)
			}
			resources := stacktest.Last(stacktest.Converge(t, req)).GetDesired().GetResources()
			for r := range resources {
				if of, by, ok := composed.OfUsage(r); ok {
					users[of] = append(users[of], by)
				}
			}
			for r, resource := range resources {
				u := stacktest.Object(t, resource)
				if len(users[r]) > 0 || !scope.Allows(u, xpv1.ManagementActionDelete) {
					continue
				}
				switch stacktest.KindOf(u) {
				case "cloudwatchlogs/Group":
					if unwritten[r] == "" {
						t.Errorf("\nWhat writes to a log group goes first, or makes it again.\n%s: nothing is deleted before it", r)
					}
				case "sqs/Queue":
					t.Errorf("\nEvents that cannot be delivered must not be lost.\n%s: nothing is deleted before it", r)
				case "kms/Key":
					t.Errorf("\nA key goes after what it encrypts.\n%s: nothing is deleted before it", r)
				}
			}
			for r := range resources {
				if chain := cycle(r, users, nil); chain != nil {
					t.Fatalf("\nWhat waits for itself is never deleted.\n%s", strings.Join(chain, " after "))
				}
			}
			if _, ok := resources["cdn-distribution"]; ok {
				for _, bucket := range []string{"assets-bucket", "cdn-logs-bucket"} {
					if scope.Allows(stacktest.Object(t, resources[bucket]), xpv1.ManagementActionDelete) && !strings.Contains(strings.Join(users[bucket], ","), "cdn-distribution") {
						t.Errorf("\nA distribution cannot be disabled without its buckets.\n%s is not used by it", bucket)
					}
				}
			}
		})
	}
}

// cycle returns a circular chain of users. It is nil if there is none.
func cycle(of string, users map[string][]string, chain []string) []string {
	for i, r := range chain {
		if r == of {
			return append(chain[i:], of)
		}
	}
	for _, by := range users[of] {
		if found := cycle(by, users, append(chain, of)); found != nil {
			return found
		}
	}
	return nil
}
