// Package picture draws a stack as an AWS architecture diagram in SVG: users, the
// edge, the region, the VPC with its subnets, and the resources in them. Arrows
// show the flows between them. It reads only composed objects, not the claim.
package picture

// Resource is a composed resource.
type Resource struct {
	// Name of the resource within the stack, such as "assets-bucket".
	Name string
	// Object in Kubernetes.
	Object map[string]any
}

// SVG returns the diagram of a stack. The order of resources does not matter. It
// follows the reader's light or dark mode.
func SVG(resources []Resource) []byte {
	return draw(newScene(newModel(resources)))
}
