package portal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// firstLine sends the first line that is written to it.
type firstLine chan string

func (f firstLine) Write(p []byte) (int, error) {
	f <- strings.TrimSpace(string(p))
	return len(p), nil
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	app := kong.Must(&struct{}{})
	printed := make(firstLine, 1)
	app.Stdout = printed
	ended := make(chan error, 1)
	go func() { ended <- (&Command{Listen: "127.0.0.1:0"}).Run(ctx, app, function{}) }()
	select {
	case address := <-printed:
		rsp, err := http.DefaultClient.Do(must(http.NewRequestWithContext(ctx, http.MethodPost, address+"/api/stack", bytes.NewBufferString(claim))))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, rsp.Body); err != nil || rsp.StatusCode != http.StatusOK {
			t.Errorf("want an answer at the printed address, got %d: %v", rsp.StatusCode, err)
		}
		_ = rsp.Body.Close()
	case <-time.After(10 * time.Second):
		t.Fatal("the portal printed no address")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("a portal that is stopped must not fail: %v", err)
	}
}

func must(r *http.Request, err error) *http.Request {
	if err != nil {
		panic(err)
	}
	return r
}

func TestRunCannotListen(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	err = (&Command{Listen: taken.Addr().String()}).Run(t.Context(), kong.Must(&struct{}{}), function{})
	if want := "cannot listen on " + taken.Addr().String(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("want an error that begins with %q, got %v", want, err)
	}
}

// broken is a listener that fails.
type broken struct{ net.Listener }

func (broken) Accept() (net.Conn, error) { return nil, errors.New("no more files") }
func (broken) Close() error              { return nil }

func TestServeFails(t *testing.T) {
	err := serve(t.Context(), &http.Server{ReadHeaderTimeout: time.Second}, broken{})
	if want := "cannot serve: no more files"; err == nil || err.Error() != want {
		t.Errorf("want %q, got %v", want, err)
	}
}
