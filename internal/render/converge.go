package render

import (
	"context"
	"io"
	"os"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// Source is what a command line says about the stack to show.
type Source struct {
	// File is a claim or composite in YAML; - is standard input.
	File string
	// Scope overrides the scope that the file implies.
	Scope string
	// Input is the file of the function's input, none if empty.
	Input string
	// Required is the file of an object that the function requires, such as an
	// EnvironmentConfig, none if empty.
	Required string
	// Observed is the file of what a cluster holds of the stack, none if empty.
	Observed string
	// Stdin is what - reads, os.Stdin if nil.
	Stdin io.Reader
}

// Composed is a composed resource.
type Composed struct {
	// Resource is its name within the stack.
	Resource string
	Object   *structpb.Struct
}

// session reads the files of a source.
func (s Source) session(fn fnv1.FunctionRunnerServiceServer) (session, error) {
	stdin := s.Stdin
	if stdin == nil {
		stdin = os.Stdin
	}
	file, document, err := readSource(s.File, stdin)
	if err != nil {
		return session{}, err
	}
	xr, err := compositeOf(s.File, file, scope.Scope(s.Scope))
	if err != nil {
		return session{}, withLines(err, document)
	}
	out := session{fn: fn, aws: simulator.AWS{}, composite: xr}
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

// observing is the session with what a cluster holds of the stack, nothing
// without a file.
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

// Converge returns all that a stack is composed of once neither AWS nor the
// function change it any more, sorted by name, and what the function warns of.
func Converge(ctx context.Context, fn fnv1.FunctionRunnerServiceServer, from Source) (resources []Composed, warnings []string, err error) { //nolint:nonamedreturns // Two lists are told apart by their names.
	s, err := from.session(fn) //nolint:contextcheck // Checking a file against a schema needs none.
	if err != nil {
		return nil, nil, err
	}
	stands, err := s.settled(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range stands.resources {
		resources = append(resources, Composed{Resource: r.resourceName, Object: structOf(r.object.Object)})
	}
	return resources, stands.warnings, nil
}
