package render

import (
	"context"
	"io"
	"os"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// Source contains the flags that select the stack.
type Source struct {
	// File is a claim or composite in YAML. - is standard input.
	File string
	// Scope overrides the scope that the file implies.
	Scope string
	// Input is the file of the function's input. It may be empty.
	Input string
	// Required is the file of objects that the function requires, such as an
	// EnvironmentConfig. It may be empty.
	Required string
	// Observed is the file of the stack's objects in a cluster. It may be empty.
	Observed string
	// Stdin is the input for -. It defaults to os.Stdin.
	Stdin io.Reader
}

// Composed is a composed resource.
type Composed struct {
	// Resource is its name within the stack.
	Resource string
	Object   *structpb.Struct
}

// stdin returns the input for -.
func (s Source) stdin() io.Reader {
	if s.Stdin == nil {
		return os.Stdin
	}
	return s.Stdin
}

// session reads the files of a source.
func (s Source) session(fn fnv1.FunctionRunnerServiceServer) (session, error) {
	stdin := s.stdin()
	file, document, err := readSource(s.File, stdin)
	if err != nil {
		return session{}, err
	}
	xr, err := compositeOf(s.File, file, scope.Scope(s.Scope))
	if err != nil {
		return session{}, withLines(err, document)
	}
	out := session{file: s.File, fn: fn, aws: simulator.AWS{}, composite: xr}
	if s.Input != "" {
		if out.input, err = readInput(s.Input, stdin); err != nil {
			return session{}, err
		}
	}
	if s.Required != "" {
		required, err := readFile(s.Required, stdin)
		if err != nil {
			return session{}, err
		}
		out.required = append(out.required, required)
	}
	return out.observing(s.Observed, stdin)
}

// observing adds the stack's objects in a cluster to the session, if there is a
// file.
func (s session) observing(file string, stdin io.Reader) (session, error) {
	s.cluster = &cluster{rendered: true}
	if file == "" {
		return s, nil
	}
	objects, err := readObjects(file, stdin)
	if err != nil {
		return session{}, err
	}
	held, err := readCluster(file, s.composite, objects)
	if err != nil {
		return session{}, err
	}
	return s.holding(held)
}

// holding returns the session with what a cluster holds of the stack.
func (s session) holding(held *cluster) (session, error) {
	s.cluster = held
	s.cluster.adopt(s.composite)
	observed, err := s.cluster.state()
	if err != nil {
		return session{}, err
	}
	s.observed, s.aws.Account = observed, accountOf(observed)
	return s, nil
}

// Converged is a ready stack or account.
type Converged struct {
	// Resources are sorted by name.
	Resources []Composed
	// Warnings of the function.
	Warnings []string
	// Composite includes the function's status.
	Composite *unstructured.Unstructured
}

// Converge returns a stack once neither AWS nor the function changes it any more.
func Converge(ctx context.Context, fn fnv1.FunctionRunnerServiceServer, from Source) (Converged, error) {
	s, err := from.session(fn) //nolint:contextcheck // Schema validation needs no context.
	if err != nil {
		return Converged{}, err
	}
	stands, err := s.settled(ctx)
	if err != nil {
		return Converged{}, err
	}
	out := Converged{Composite: stands.composite, Warnings: stands.warnings}
	for _, r := range stands.resources {
		out.Resources = append(out.Resources, Composed{Resource: r.resourceName, Object: structOf(r.object.Object)})
	}
	return out, nil
}
