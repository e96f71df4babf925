package cdn_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cdn"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestRoutes(t *testing.T) {
	const (
		spec    = `{"region":"eu-west-1","assets":{"notFound":{}}}`
		without = `{"region":"eu-west-1"}`
		site    = `{"region":"eu-west-1","assets":{"notFound":{"page":"/missing.html","status":404}}}`
	)
	current, older := composed.Routes(cdn.RoutesDigest("/index.html")), composed.Routes("0ld0ld00")
	name := tiertest.Prefix + "-routes-" + cdn.RoutesDigest("/index.html")
	using := func(digest string) string {
		return known("E1", `"defaultCacheBehavior":{"functionAssociation":[{"functionArn":"arn:aws:cloudfront::123456789012:function/`+tiertest.Prefix+`-routes-`+digest+`"}]}`)
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A site of files has no routes.", Spec: without, Resource: current, Missing: true},
		"NotOfASite":  {Reason: "A page for missing files needs no function.", Spec: site, Resource: current, Missing: true},
		"Function": {
			Reason:   "It is published when it is made, and named by its code: Cloud Control does not publish what it changes.",
			Spec:     spec,
			Resource: current,
			Want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::CloudFront::Function", "desiredState": tiertest.JSON(t, map[string]any{
					"Name": name, "AutoPublish": true, "FunctionCode": cdn.RoutesCode("/index.html"),
					"FunctionConfig": map[string]any{"Comment": "Serves routes of " + tiertest.Prefix + " with /index.html", "Runtime": "cloudfront-js-2.0"},
				}),
			},
		},
		"DistributionWaits": {
			Reason:   "CloudFront takes no function that is not published.",
			Spec:     spec,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason:   "Files are answered through it, and what is missing by S3: an error page would be of the whole distribution.",
			Spec:     spec,
			Observed: seen(map[string]string{current: tiertest.IsReady}),
			Resource: composed.Distribution,
			Want: map[string]any{
				"defaultCacheBehavior.functionAssociation": []any{map[string]any{"eventType": "viewer-request", "functionArn": "arn:aws:cloudfront::123456789012:function/" + name}},
				"customErrorResponse[2]":                   map[string]any{"errorCode": float64(404), "errorCachingMinTtl": float64(0)},
				"defaultRootObject":                        "index.html",
			},
		},
		"OwnPage": {
			Reason:   "A site of files has its page for whatever is missing.",
			Spec:     site,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want: map[string]any{
				"defaultCacheBehavior.functionAssociation": tiertest.Absent{},
				"customErrorResponse[0]":                   map[string]any{"errorCode": float64(403), "responseCode": float64(404), "responsePagePath": "/missing.html", "errorCachingMinTtl": float64(60)},
			},
		},
		"StaysWhileInUse": {
			Reason:   "CloudFront deletes no function that its distribution calls.",
			Spec:     without,
			Observed: map[string]string{current: known("f", ""), composed.Distribution: using(cdn.RoutesDigest("/index.html"))},
			Resource: current,
		},
		"AnotherPage": {
			Reason:   "The old one stays until the distribution has left it.",
			Spec:     spec,
			Observed: map[string]string{older: known("f", ""), composed.Distribution: using("0ld0ld00")},
			Resource: older,
		},
		"GoesWhenUnused": {
			Reason:   "Once it is let go it goes.",
			Spec:     spec,
			Observed: map[string]string{older: known("f", ""), composed.Distribution: using(cdn.RoutesDigest("/index.html"))},
			Resource: older,
			Missing:  true,
		},
		"MissingIsNotForbidden": {
			Reason:   "S3 says of a file that it is missing to who may list only.",
			Spec:     spec,
			Observed: map[string]string{composed.Distribution: tiertest.HasARN(tiertest.DistributionARN)},
			Resource: composed.Bucket(composed.AssetsBucket, composed.Policy),
		},
	})
	stack := tiertest.Composed(t, spec, map[string]string{composed.Distribution: tiertest.HasARN(tiertest.DistributionARN)}, tiertest.Platform())
	want := map[string]any{
		"Sid": "TellWhatIsMissing", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "s3:ListBucket",
		"Resource":  "arn:aws:s3:::" + tiertest.Prefix + "-assets",
		"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": tiertest.DistributionARN}},
	}
	got := tiertest.Statements(t, stack.Resources[composed.Bucket(composed.AssetsBucket, composed.Policy)], "policy")["TellWhatIsMissing"]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nS3 says of a file that it is missing to who may list only.\npolicy: -want, +got:\n%s", diff)
	}
}

// The function runs in JavaScript, as in CloudFront.
func TestRoutesCode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is missing")
	}
	cases := map[string]struct {
		reason string
		uri    string
		want   string
	}{
		"Root":      {reason: "The root object is CloudFront's to find.", uri: "/", want: "/"},
		"Route":     {reason: "A route is no file.", uri: "/cart", want: "/app.html"},
		"Below":     {reason: "Nor is one below another.", uri: "/v1.2/products/7", want: "/app.html"},
		"Folder":    {reason: "A slash at the end makes no file.", uri: "/cart/", want: "/app.html"},
		"File":      {reason: "A file is itself, whether it is there or not.", uri: "/static/app.js", want: "/static/app.js"},
		"Page":      {reason: "So is the page.", uri: "/app.html", want: "/app.html"},
		"WellKnown": {reason: "Well-known files need no ending.", uri: "/.well-known/apple-app-site-association", want: "/.well-known/apple-app-site-association"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			script := cdn.RoutesCode("/app.html") + `console.log(handler({request: {uri: "` + tc.uri + `"}}).uri)`
			out, err := exec.CommandContext(t.Context(), node, "-e", script).CombinedOutput()
			if err != nil {
				t.Fatalf("\n%s\nnode: %v\n%s", tc.reason, err, out)
			}
			if diff := cmp.Diff(tc.want, strings.TrimSpace(string(out))); diff != "" {
				t.Errorf("\n%s\nhandler(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
