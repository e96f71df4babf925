package stack

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// References lead a request for a shop to its container.
func TestAnsweredBy(t *testing.T) {
	const ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/"
	cases := map[string]struct {
		reason string
		// want contains the image that answers each path. It is empty for files.
		want map[string]string
	}{
		"claim": {reason: "A shop of files has no application.", want: map[string]string{"/": "", "/index.html": ""}},
		"shop":  {reason: "An image is a shop.", want: map[string]string{"/": ecr + "shop:1.4.2", "/cart": ecr + "shop:1.4.2", "/assets/logo.svg": ecr + "shop:1.4.2"}},
		"spa": {reason: "A single-page shop calls its API.", want: map[string]string{
			"/": "", "/cart": "", "/media/a.png": "", "/api/cart": ecr + "shop-api@sha256:0f343b0931126a20f133d67c2b018a3b8ba97ac79f2f5f2b1a1e2c6b0d4d2f6e",
			"/api/catalog/1": ecr + "shop-api@sha256:0f343b0931126a20f133d67c2b018a3b8ba97ac79f2f5f2b1a1e2c6b0d4d2f6e",
		}},
		"lambda": {reason: "A function answers.", want: map[string]string{"/": ecr + "storefront:1.4.2", "/assets/a.png": ecr + "storefront:1.4.2"}},
		"files": {reason: "Pictures are objects, the rest is the application's, whose sidecar has the port.", want: map[string]string{
			"/": "nginxinc/nginx-unprivileged:1.29", "/static/a.css": "nginxinc/nginx-unprivileged:1.29", "/resize/7": ecr + "thumbnails:1.0.0", "/media/a.png": "",
		}},
		"storefront-and-api": {reason: "Each part has its paths; a worker and a job have none.", want: map[string]string{
			"/": ecr + "storefront:3.0.1", "/api/cart": ecr + "api:2.7.0", "/apix": ecr + "storefront:3.0.1",
		}},
		"services": {reason: "A path of another domain is another service's; internal services have none.", want: map[string]string{
			"/": ecr + "storefront:3.0.1", "shop.example.com/cart": ecr + "storefront:3.0.1", "admin.shop.example.com/cart": ecr + "admin:1.9.0",
		}},
		"magento":     {reason: "nginx and PHP are one image.", want: map[string]string{"/": ecr + "magento:2.4.8", "/static/a.css": ecr + "magento:2.4.8"}},
		"medusa":      {reason: "The storefront answers what the backend does not.", want: map[string]string{"/": ecr + "medusa-storefront:1.0.0", "/store/products": ecr + "medusa-backend:1.0.0", "/static/a.png": ""}},
		"orders":      {reason: "The worker answers nobody.", want: map[string]string{"/": ecr + "checkout:2.1.0"}},
		"woocommerce": {reason: "WordPress answers everything.", want: map[string]string{"/": "wordpress:6.9-php8.4-apache", "/wp-content/a.css": "wordpress:6.9-php8.4-apache"}},
	}
	for example, tc := range cases {
		for _, s := range stacktest.Scopes {
			t.Run(example+"/"+string(s), func(t *testing.T) {
				var objects []*unstructured.Unstructured
				way := stacktest.Way(t, example, s)
				for _, r := range way[len(way)-1].Request.GetObserved().GetResources() {
					objects = append(objects, stacktest.Object(t, r))
				}
				got := map[string]string{}
				for path := range tc.want {
					image, err := stacktest.AnsweredBy(objects, path)
					if err != nil {
						t.Fatalf("\n%s\n%s: %v", tc.reason, path, err)
					}
					got[path] = image
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("\n%s\nimages by path: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
