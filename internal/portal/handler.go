package portal

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

//go:embed static
var static embed.FS

// maxBody is the most bytes of a claim: one has some hundred.
const maxBody = 64 << 10

// policy lets the page load its own files and nothing else (W3C, "Content Security
// Policy Level 3"). The picture has its style within.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// handler answers what the page asks.
type handler struct {
	fn    fnv1.FunctionRunnerServiceServer
	input string
	// hosts is the names that the page may be called by.
	hosts []string
}

// newHandler serves the page by the address that it listens on, by the names of
// this machine for itself, and by the further names that it is given. By no other:
// a page of somebody else's could lead a browser here by a name of its own ("DNS
// rebinding").
func newHandler(fn fnv1.FunctionRunnerServiceServer, input, address string, further ...string) http.Handler {
	_, port, _ := net.SplitHostPort(address) //nolint:errcheck // A listener's address has a port.
	h := &handler{fn: fn, input: input, hosts: append([]string{address, net.JoinHostPort("localhost", port), net.JoinHostPort("127.0.0.1", port)}, further...)}
	mux := http.NewServeMux()
	files, _ := fs.Sub(static, "static") //nolint:errcheck // It is embedded.
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /api/schema", h.schema)
	mux.HandleFunc("POST /api/stack", h.stack)
	return h.guarded(mux)
}

// guarded answers only those who call the page by its own name, and from itself.
func (h *handler) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		if !slices.Contains(h.hosts, r.Host) || !h.own(r.Header.Get("Origin")) {
			http.Error(w, "call this page by the address that it was started with", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// own is whether a page of that origin (RFC 6454, none for what is no page) is this
// one. A proxy may have its TLS, so the scheme says nothing.
func (h *handler) own(origin string) bool {
	_, host, _ := strings.Cut(origin, "://")
	return origin == "" || slices.Contains(h.hosts, host)
}

func (*handler) schema(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, specSchema())
}

// stack answers what a claim in YAML becomes, or what is wrong with it.
func (h *handler) stack(w http.ResponseWriter, r *http.Request) {
	body := http.MaxBytesReader(w, r.Body, maxBody)
	shown, err := standing(r.Context(), h.fn, render.Source{File: "-", Input: h.input, Stdin: body})
	tooLarge := &http.MaxBytesError{}
	switch {
	case errors.As(err, &tooLarge):
		answer(w, http.StatusRequestEntityTooLarge, refused{Problems: []problem{{Message: "the claim is too large"}}})
	case err != nil:
		answer(w, http.StatusUnprocessableEntity, refused{Problems: problems(err)})
	default:
		answer(w, http.StatusOK, shown)
	}
}

// refused is what is wrong with a claim.
type refused struct {
	Problems []problem `json:"problems"`
}

// problem is about a field, or about the whole claim.
type problem struct {
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

// problems is an error as a page shows it: by field where it is about fields.
func problems(err error) []problem {
	invalid := &render.InvalidFileError{}
	if !errors.As(err, &invalid) {
		return []problem{{Message: strings.TrimPrefix(err.Error(), "-: ")}}
	}
	var out []problem
	for _, e := range invalid.Errors {
		out = append(out, problem{Field: e.Field, Message: schema.Problem(e)})
	}
	return out
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) //nolint:errchkjson // Texts and lists always marshal, and whoever has gone away needs no answer.
}
