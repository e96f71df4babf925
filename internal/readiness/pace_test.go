package readiness

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

func TestPaceOf(t *testing.T) {
	waits := func(resourceName, of string) desired.Resource {
		return desired.Resource{Resource: resourceName, Waits: []facts.Fact{{Resource: of, Path: "arn"}}}
	}
	cases := map[string]struct {
		reason    string
		resources []desired.Resource
		observed  map[string]string
		want      Pace
	}{
		"Nothing": {reason: "A stack of nothing stands.", want: Settled},
		"Ready": {
			reason:    "A stack that stands need not be asked about often.",
			resources: []desired.Resource{composed("a")},
			observed:  map[string]string{"a": isReady},
			want:      Settled,
		},
		"Creating": {
			reason:    "What nobody waits for is no cause for hurry.",
			resources: []desired.Resource{composed("a")},
			want:      Slow,
		},
		"ValueToCome": {
			reason:    "As soon as a value shows, the next resource can be made.",
			resources: []desired.Resource{composed("key"), waits("policy", "key")},
			want:      Soon,
		},
		"ValueThatTakesMinutes": {
			reason:    "A database that AWS is still making shows nothing new for minutes.",
			resources: []desired.Resource{composed("database"), waits("rotation", "database")},
			observed:  map[string]string{"database": `{"type":"AsyncOperation","status":"False","reason":"Ongoing"}`},
			want:      Slow,
		},
		"ValueOfWhatFails": {
			reason:    "What waits for a resource that AWS refuses does not come sooner for asking.",
			resources: []desired.Resource{composed("key"), waits("policy", "key")},
			observed:  map[string]string{"key": isBroken},
			want:      Stuck,
		},
		"ValueOfTheClaim": {
			reason:    "What a person has to say does not come sooner for asking.",
			resources: []desired.Resource{waits("policy", facts.Claim)},
			want:      Stuck,
		},
		"ChainBehindAFailure": {
			reason:    "Nor does what waits for that in turn.",
			resources: []desired.Resource{composed("key"), waits("topic", "key"), waits("policy", "topic")},
			observed:  map[string]string{"key": isBroken},
			want:      Stuck,
		},
		"OneOfTwoValues": {
			reason:    "One value that is about to show is enough.",
			resources: []desired.Resource{composed("key"), {Resource: "policy", Waits: []facts.Fact{{Resource: "key", Path: "arn"}, {Resource: "topic", Path: "arn"}}}},
			observed:  map[string]string{"topic": isBroken},
			want:      Soon,
		},
		"HeldAsItWas": {
			reason:    "A resource that exists and cannot be changed yet waits like one that does not.",
			resources: []desired.Resource{composed("key"), {Resource: "policy", Object: &structpb.Struct{}, Waits: []facts.Fact{{Resource: "key", Path: "arn"}}}},
			observed:  map[string]string{"policy": isReady},
			want:      Soon,
		},
		"Unproved": {
			reason:    "A domain is proved by its owner, in hours or days.",
			resources: []desired.Resource{{Resource: "certificate", Object: &structpb.Struct{}, Proofs: []facts.Fact{{Resource: "certificate", Path: "status"}}}},
			observed:  map[string]string{"certificate": isReady},
			want:      Stuck,
		},
		"FailingBesideCreating": {
			reason:    "The fastest resource decides.",
			resources: []desired.Resource{composed("a"), composed("b")},
			observed:  map[string]string{"a": isBroken},
			want:      Slow,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, PaceOf(tc.resources, observed(tc.observed))); diff != "" {
				t.Errorf("\n%s\nPaceOf(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
