package compose

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
)

func TestInterval(t *testing.T) {
	cases := map[string]struct {
		reason  string
		pace    readiness.Pace
		minutes int32
		want    time.Duration
	}{
		"Default":     {reason: "Without a setting, a ready stack is checked as often as the SDK suggests.", pace: readiness.Settled, want: time.Minute},
		"Platform":    {reason: "The platform can lower the load of ready stacks.", pace: readiness.Settled, minutes: 10, want: 10 * time.Minute},
		"InProgress":  {reason: "A stack that is coming about should not wait for the platform's interval.", pace: readiness.Soon, minutes: 10, want: time.Second},
		"NeedsAction": {reason: "A stack that waits for a user should notice the user's action soon.", pace: readiness.Stuck, minutes: 10, want: 30 * time.Second},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := interval(tc.pace, &v1alpha1.Input{PollIntervalMinutes: tc.minutes})
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ninterval(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
