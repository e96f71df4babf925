package portal

import (
	"net/http"

	"github.com/secure-ecommerce/function-secure-ecommerce/examples"
)

// example is a claim that the form can start from.
type example struct {
	// Name of the file without its extension.
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	YAML        string `json:"yaml"`
}

// offered lists the examples that the page offers. It opens with the first one.
var offered = []example{
	{Name: "shop", Title: "Shop", Description: "One container image at its own domain."},
	{Name: "claim", Title: "Defaults", Description: "All defaults, without an application. Only the region is set."},
	{Name: "development", Title: "Development", Description: "A small, low-cost stack for tests, without NAT gateways."},
	{Name: "storefront-and-api", Title: "Storefront and API", Description: "Several services with a worker, a migration job and a nightly report."},
	{Name: "lambda", Title: "Functions", Description: "Lambda functions instead of containers."},
	{Name: "aurora", Title: "Aurora", Description: "Aurora Serverless with readers, a proxy and a backup plan."},
	{Name: "production", Title: "Production", Description: "Most settings are explicit: three zones, uploads, alarms and audit."},
}

func (*handler) examples(w http.ResponseWriter, _ *http.Request) {
	out := make([]example, 0, len(offered))
	for _, e := range offered {
		raw, _ := examples.Files.ReadFile(e.Name + ".yaml") //nolint:errcheck // A test reads every example.
		e.YAML = string(raw)
		out = append(out, e)
	}
	answer(w, http.StatusOK, out)
}
