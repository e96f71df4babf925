// Package picture draws a stack as an AWS architecture diagram in SVG: users and the
// edge, the region, the VPC with its zones and subnets, what runs in them, and the
// flows between them. Everything is read from the composed objects, nothing from the
// claim.
package picture

// Resource is a composed resource.
type Resource struct {
	// Name of the resource within the stack, such as "assets-bucket".
	Name string
	// Object as Kubernetes has it.
	Object map[string]any
}

// SVG returns the diagram of a stack. The same resources in any order give the same
// bytes. It is light or dark as the reader's system is.
func SVG(resources []Resource) []byte {
	return draw(newScene(newModel(resources)))
}
