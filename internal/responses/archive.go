package responses

import (
	_ "embed" // For embed.

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/archive"
)

//go:generate go run ../../hack/pack handler/*.py handler.zip

// The Lambda runtime and handler.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

//go:embed handler.zip
var content []byte

// Code is the function's code without its tests.
var Code = archive.New("responses", content)
