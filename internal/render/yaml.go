package render

import (
	"io"

	"sigs.k8s.io/yaml"
)

// printYAML prints the composite and every resource as one stream.
func printYAML(w io.Writer, s *stack) error {
	objects := []map[string]any{s.composite.Object}
	for _, r := range s.resources {
		objects = append(objects, r.object.Object)
	}
	for _, o := range objects {
		raw, err := yaml.Marshal(o)
		if err != nil {
			return err //nolint:wrapcheck // The caller adds context.
		}
		if _, err := w.Write(append([]byte("---\n"), raw...)); err != nil {
			return err //nolint:wrapcheck // As above.
		}
	}
	return nil
}
