package readiness

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProblem(t *testing.T) {
	cases := map[string]struct {
		reason     string
		conditions string
		want       string
	}{
		"None":   {reason: "What works has no problem.", conditions: isReady + "," + isSynced},
		"Synced": {reason: "The provider's own words are passed on.", conditions: isBroken, want: "ReconcileError: InvalidParameterCombination: no"},
		"Async": {
			reason:     "AWS may refuse long after the provider asked.",
			conditions: isSynced + `,{"type":"LastAsyncOperation","status":"False","reason":"AsyncCreateFailure","message":"no capacity"}`,
			want:       "AsyncCreateFailure: no capacity",
		},
		"CallIDs": {
			reason: "Every attempt has IDs of its own; a message with them would change at each one.",
			conditions: `{"type":"Synced","status":"False","reason":"ReconcileError","message":"observe failed: operation error S3: HeadBucket, ` +
				`https response error StatusCode: 403, RequestID: 36W679HT6SCNJ60V, HostID: MVQFTqBGtjKp66h2hxgd/P8pzRc0w=, api error Forbidden: Forbidden"}`,
			want: "ReconcileError: observe failed: operation error S3: HeadBucket, https response error StatusCode: 403, api error Forbidden: Forbidden",
		},
		"CallIDsOfOlderSDK": {
			reason:     "The older SDK wrote them otherwise.",
			conditions: `{"type":"Synced","status":"False","reason":"ReconcileError","message":"AccessDenied: no\n\tstatus code: 403, request id: 5a1b-77"}`,
			want:       "ReconcileError: AccessDenied: no\n\tstatus code: 403",
		},
		"Function": {
			reason: "Of an error that a function raises people need what it says, which is the same at each attempt.",
			conditions: isSynced + `,{"type":"LastAsyncOperation","status":"False","reason":"AsyncCreateFailure","message":"async create failed: failed to create the resource: [{0 invoking Lambda Function (shop-jobs): ` +
				`{\"errorMessage\": \"Job \\\"migrate\\\" failed.\", \"errorType\": \"JobFailed\", \"requestId\": \"5a1b-77\", \"stackTrace\": [\"  File 1\\n\"]}  []}]"}`,
			want: `AsyncCreateFailure: async create failed: failed to create the resource: [{0 invoking Lambda Function (shop-jobs): Job "migrate" failed.`,
		},
		"NoFunction": {
			reason:     "What only looks like one is passed on.",
			conditions: `{"type":"Synced","status":"False","reason":"ReconcileError","message":"{\"errorMessage\": \"\\x\"}"}`,
			want:       `ReconcileError: {"errorMessage": "\x"}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Problem("a", observed(map[string]string{"a": tc.conditions}))); diff != "" {
				t.Errorf("\n%s\nProblem(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
