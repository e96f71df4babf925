package portal

import (
	"errors"
	"net/http"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// refused is the answer to an invalid claim.
type refused struct {
	Problems []problem `json:"problems"`
	// Baseline reports whether the problems are of the existing claim, which an edit
	// is compared with.
	Baseline bool `json:"baseline,omitempty"`
}

// problem is about a field, or about the whole claim if Field is empty.
type problem struct {
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

// refuse answers with what is wrong with a claim.
func refuse(w http.ResponseWriter, err error) {
	if tooLarge := (&http.MaxBytesError{}); errors.As(err, &tooLarge) {
		answer(w, http.StatusRequestEntityTooLarge, refused{Problems: []problem{{Message: "The claim is too large. The maximum is 64 KiB."}}})
		return
	}
	baseline := render.BaselineError{}
	answer(w, http.StatusUnprocessableEntity, refused{Problems: problems(err), Baseline: errors.As(err, &baseline)})
}

// problems returns an error by field.
func problems(err error) []problem {
	invalid := &render.InvalidFileError{}
	if !errors.As(err, &invalid) {
		return []problem{ofMessage(err.Error())}
	}
	var out []problem
	for _, e := range invalid.Errors {
		out = append(out, problem{Field: e.Field, Message: schema.Problem(e)})
	}
	return out
}

// ofMessage returns a message as a problem of the whole claim. The page sends claims
// as standard input, which its users do not see.
func ofMessage(message string) problem {
	return problem{Message: strings.Replace(message, "standard input", "The claim", 1)}
}
