package render

import (
	"io"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/picture"
)

//go:generate sh -c "go run ../.. render ../../examples/claim.yaml --converged --output svg >../../docs/architecture.svg"
//go:generate sh -c "go run ../.. render ../../examples/services.yaml --converged --output svg >../../docs/architecture-services.svg"
//go:generate sh -c "go run ../.. render ../../examples/magento.yaml --converged --output svg >../../docs/architecture-magento.svg"

// printSVG prints a stack as an architecture diagram.
func printSVG(w io.Writer, s *stack) error {
	resources := make([]picture.Resource, 0, len(s.resources))
	for _, r := range s.resources {
		resources = append(resources, picture.Resource{Name: r.resourceName, Object: r.object.Object})
	}
	_, err := w.Write(picture.SVG(resources))
	return err //nolint:wrapcheck // The caller adds context.
}

// Picture returns the architecture diagram of a ready stack as SVG.
func Picture(composed []Composed) []byte {
	resources := make([]picture.Resource, 0, len(composed))
	for _, r := range composed {
		resources = append(resources, picture.Resource{Name: r.Resource, Object: r.Object.AsMap()})
	}
	return picture.SVG(resources)
}
