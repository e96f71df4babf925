package stack

import (
	"path/filepath"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// Claims for public shop software on AWS. Each file names its source and its
// requirements. Databases, caches and queues that a claim cannot express yet are
// omitted.
func TestShops(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(stacktest.Root(), "test", "shops", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	const known = 17
	if len(files) < known {
		t.Errorf("want at least %d shops, got %d", known, len(files))
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".yaml")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := stacktest.Converge(t, stacktest.RequestOf(t, filepath.Join("test", "shops", filepath.Base(f)), scope.Namespaced))
			for _, r := range stacktest.Last(steps).GetResults() {
				if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
					t.Fatalf("\nIts owner can say it.\n%s", r.GetMessage())
				}
			}
			resources := managed(t, steps)
			mustAccept(t, name, resources)
			spec := steps[0].Request.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().GetFields()
			domain := spec["cdn"].GetStructValue().GetFields()["domain"].GetStringValue()
			if image, err := stacktest.AnsweredBy(resources, domain+"/"); err != nil {
				t.Errorf("\nVisitors reach it, or its files.\n%v", err)
			} else {
				t.Logf("answered by %q", image)
			}
		})
	}
}
