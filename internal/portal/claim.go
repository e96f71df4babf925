package portal

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
)

// claim reads a claim in YAML, so that the page can fill in its form. The strict
// reader of render refuses what YAML would take for something else.
func (h *handler) claim(w http.ResponseWriter, r *http.Request) {
	object, err := render.Read(h.source(http.MaxBytesReader(w, r.Body, maxBody)))
	if err != nil {
		refuse(w, err)
		return
	}
	answer(w, http.StatusOK, object)
}

// stack answers with the stack of a claim in YAML, or with what is wrong with it.
func (h *handler) stack(w http.ResponseWriter, r *http.Request) {
	shown, err := ready(r.Context(), h.fn, h.source(http.MaxBytesReader(w, r.Body, maxBody)))
	if err != nil {
		refuse(w, err)
		return
	}
	answer(w, http.StatusOK, shown)
}

// edit is a claim before and after an edit, both in YAML.
type edit struct {
	Baseline string `json:"baseline"`
	Claim    string `json:"claim"`
}

var errEdit = errors.New(`send a JSON object with the string fields "baseline" and "claim"`)

// compare answers with what an edit changes, as render --diff does.
func (h *handler) compare(w http.ResponseWriter, r *http.Request) {
	e := edit{}
	// JSON escapes some characters of a claim.
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4*maxBody)).Decode(&e); err != nil {
		if tooLarge := (&http.MaxBytesError{}); !errors.As(err, &tooLarge) {
			err = errEdit
		}
		refuse(w, err)
		return
	}
	changes, err := render.Compare(r.Context(), h.fn, h.source(strings.NewReader(e.Baseline)), h.source(strings.NewReader(e.Claim)))
	if err != nil {
		refuse(w, err)
		return
	}
	answer(w, http.StatusOK, changes)
}

// source is a claim that the page sends, with the platform's input.
func (h *handler) source(text io.Reader) render.Source {
	return render.Source{File: "-", Input: h.input, Stdin: text}
}
