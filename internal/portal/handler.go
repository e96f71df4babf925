package portal

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

//go:embed static
var static embed.FS

// maxBody is the maximum size of a claim in bytes. A usual one has some hundred.
const maxBody = 64 << 10

// policy lets the page load its own files and nothing else (W3C, "Content Security
// Policy Level 3"). The architecture diagram contains its style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// handler serves the page and its requests.
type handler struct {
	fn    fnv1.FunctionRunnerServiceServer
	input string
	// hosts are the names of the page.
	hosts []string
}

// newHandler serves the page under the address that it listens on, the names of
// this machine for itself, and the given names. It refuses all others: another page
// could direct a browser here with a name of its own ("DNS rebinding").
func newHandler(fn fnv1.FunctionRunnerServiceServer, input, address string, further ...string) http.Handler {
	_, port, _ := net.SplitHostPort(address) //nolint:errcheck // A listener's address has a port.
	h := &handler{fn: fn, input: input, hosts: append([]string{address, net.JoinHostPort("localhost", port), net.JoinHostPort("127.0.0.1", port)}, further...)}
	mux := http.NewServeMux()
	files, _ := fs.Sub(static, "static") //nolint:errcheck // It is embedded.
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /api/form", h.form)
	mux.HandleFunc("GET /api/examples", h.examples)
	mux.HandleFunc("POST /api/claim", h.claim)
	mux.HandleFunc("POST /api/stack", h.stack)
	mux.HandleFunc("POST /api/compare", h.compare)
	return h.guarded(mux)
}

// guarded refuses requests with another host name or from another page.
func (h *handler) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		if !slices.Contains(h.hosts, r.Host) || !h.own(r.Header.Get("Origin")) {
			http.Error(w, "open this page at the address that the portal printed, or set --host", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// own reports whether an origin (RFC 6454) is this page. Requests that are not from
// a page have none. The scheme is not compared: a proxy can add TLS.
func (h *handler) own(origin string) bool {
	_, host, _ := strings.Cut(origin, "://")
	return origin == "" || slices.Contains(h.hosts, host)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) //nolint:errchkjson // Texts and lists always marshal, and a closed connection needs no answer.
}
