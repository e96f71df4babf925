package serve

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/structpb"
)

// patience is the timeout of all waits in these tests.
const patience = 20 * time.Second

// answers is a function whose behavior a test controls.
type answers struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	run func() *fnv1.RunFunctionResponse
}

func (a answers) RunFunction(context.Context, *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return a.run(), nil
}

func accepted(reason string) *fnv1.RunFunctionResponse {
	return &fnv1.RunFunctionResponse{Conditions: []*fnv1.Condition{{Type: "NetworkReady", Reason: "Creating"}, {Type: "Accepted", Reason: reason}}}
}

// address returns a free address.
func address(t *testing.T) string {
	t.Helper()
	l, err := listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// server is a running server.
type server struct {
	*Command

	stop context.CancelFunc
	done chan error
}

// started starts a server. It uses TLS if it has a directory of certificates.
func started(t *testing.T, fn fnv1.FunctionRunnerServiceServer, certificates string) server {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := server{Command: &Command{
		Network: "tcp", Address: address(t), MetricsAddress: address(t), MaxRecvMessageSize: 5, GracePeriod: patience,
		TLSCertsDir: certificates, Insecure: certificates == "",
	}, stop: stop, done: make(chan error, 1)}
	go func() { s.done <- s.Run(ctx, fn) }()
	t.Cleanup(stop)
	eventually(t, "the server is ready", func() bool {
		code, _ := s.get(t, "/readyz")
		return code == http.StatusOK
	})
	return s
}

// eventually waits until a condition is true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for !is() {
		select {
		case <-ctx.Done():
			t.Fatalf("not in time: %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// get requests a path from the side server. The status is zero without a response.
func (s server) get(t *testing.T, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.MetricsAddress+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	rsp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = rsp.Body.Close() }()
	body, err := io.ReadAll(rsp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return rsp.StatusCode, string(body)
}

func (s server) dial(t *testing.T, c credentials.TransportCredentials) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(s.Address, grpc.WithTransportCredentials(c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func (s server) result(t *testing.T) error {
	t.Helper()
	select {
	case err := <-s.done:
		return err
	case <-time.After(patience):
		t.Fatal("the server does not stop")
		return nil
	}
}

func call(ctx context.Context, conn grpc.ClientConnInterface, size int) (*fnv1.RunFunctionResponse, error) {
	return fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(ctx, &fnv1.RunFunctionRequest{
		Input: &structpb.Struct{Fields: map[string]*structpb.Value{"text": structpb.NewStringValue(strings.Repeat("x", size))}},
	})
}

func TestServe(t *testing.T) {
	s := started(t, answers{run: func() *fnv1.RunFunctionResponse { return accepted("InvalidSpec") }}, "")
	conn := s.dial(t, insecure.NewCredentials())
	const mib = 1024 * 1024
	rsp, err := call(t.Context(), conn, 4*mib+1)
	if err != nil {
		t.Fatalf("\nA request above gRPC's usual limit of 4 MiB is taken.\nRunFunction(...): %v", err)
	}
	if diff := cmp.Diff("InvalidSpec", rsp.GetConditions()[1].GetReason()); diff != "" {
		t.Errorf("\nThe function's answer is passed on.\nreason: -want, +got:\n%s", diff)
	}
	_, err = call(t.Context(), conn, 5*mib)
	if diff := cmp.Diff(codes.ResourceExhausted, status.Code(err)); diff != "" {
		t.Errorf("\nA request above the limit is refused, not read into memory.\ncode: -want, +got:\n%s", diff)
	}
	healthy, err := healthv1.NewHealthClient(conn).Check(t.Context(), &healthv1.HealthCheckRequest{})
	if err != nil || healthy.GetStatus() != healthv1.HealthCheckResponse_SERVING {
		t.Errorf("\nThe gRPC health service is there too.\nCheck(...): %v, %v", healthy, err)
	}
	for path, want := range map[string]string{
		"/livez":   "",
		"/metrics": `secure_ecommerce_answers_total{reason="InvalidSpec"} 1`,
	} {
		if code, body := s.get(t, path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("\nHealth and metrics are served in plain HTTP.\n%s: %d, want %q in:\n%s", path, code, want, body)
		}
	}
	s.stop()
	if err := s.result(t); err != nil {
		t.Errorf("\nBeing told to stop is no failure.\nRun(...): %v", err)
	}
}

func TestStopFinishesCalls(t *testing.T) {
	begun, finish := make(chan struct{}), make(chan struct{})
	var calls atomic.Int32
	s := started(t, answers{run: func() *fnv1.RunFunctionResponse {
		if calls.Add(1) == 1 { // The server may take another call before it notices the stop.
			close(begun)
			<-finish
		}
		return accepted("Valid")
	}}, "")
	conn := s.dial(t, insecure.NewCredentials())
	answered := make(chan error, 1)
	go func() {
		_, err := call(t.Context(), conn, 1)
		answered <- err
	}()
	<-begun
	s.stop()
	eventually(t, "a server that stops takes no new calls", func() bool {
		_, err := call(t.Context(), s.dial(t, insecure.NewCredentials()), 1)
		return status.Code(err) == codes.Unavailable
	})
	close(finish)
	if err := <-answered; err != nil {
		t.Errorf("\nA call in flight is answered although the server stops.\nRunFunction(...): %v", err)
	}
	if err := s.result(t); err != nil {
		t.Errorf("Run(...): %v", err)
	}
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	begun, finish := make(chan struct{}), make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	c := &Command{Network: "tcp", Address: address(t), MaxRecvMessageSize: 1, GracePeriod: time.Millisecond, Insecure: true}
	done := make(chan error, 1)
	go func() {
		done <- c.Run(ctx, answers{run: func() *fnv1.RunFunctionResponse {
			close(begun)
			<-finish
			return accepted("Valid")
		}})
	}()
	s := server{Command: c, stop: stop, done: done}
	conn := s.dial(t, insecure.NewCredentials())
	answered := make(chan error, 1)
	go func() {
		_, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), &fnv1.RunFunctionRequest{}, grpc.WaitForReady(true))
		answered <- err
	}()
	<-begun
	stop()
	if err := <-answered; status.Code(err) != codes.Unavailable {
		t.Errorf("\nA call that outlasts the grace period is dropped; Crossplane makes it again.\nRunFunction(...): %v", err)
	}
	close(finish)
	if err := s.result(t); err != nil {
		t.Errorf("Run(...): %v", err)
	}
}

func TestNotReadyWhileStopping(t *testing.T) {
	w := httptest.NewRecorder()
	newMetrics().handler(stopping{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
	if diff := cmp.Diff(http.StatusServiceUnavailable, w.Code); diff != "" {
		t.Errorf("\nA server that stops is taken out of the Service.\n/readyz: -want, +got:\n%s", diff)
	}
}

// stopping is the health service of a stopping server.
type stopping struct {
	healthv1.UnimplementedHealthServer
}

func (stopping) Check(context.Context, *healthv1.HealthCheckRequest) (*healthv1.HealthCheckResponse, error) {
	return &healthv1.HealthCheckResponse{Status: healthv1.HealthCheckResponse_NOT_SERVING}, nil
}

func TestMutualTLS(t *testing.T) {
	ours, theirs := certificates(t), certificates(t)
	s := started(t, answers{run: func() *fnv1.RunFunctionResponse { return accepted("Valid") }}, ours)
	cases := map[string]struct {
		reason string
		client credentials.TransportCredentials
		want   codes.Code
	}{
		"Crossplane":       {reason: "Crossplane's own certificate opens the door.", client: client(t, ours, ours), want: codes.OK},
		"NoCertificate":    {reason: "Who shows none stays outside.", client: client(t, ours, ""), want: codes.Unavailable},
		"AnotherAuthority": {reason: "Who shows one of another authority stays outside.", client: client(t, ours, theirs), want: codes.Unavailable},
		"NotOverTLS":       {reason: "Who speaks plain text stays outside.", client: insecure.NewCredentials(), want: codes.Unavailable},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := call(t.Context(), s.dial(t, tc.client), 1)
			if diff := cmp.Diff(tc.want, status.Code(err)); diff != "" {
				t.Errorf("\n%s\ncode: -want, +got:\n%s\n%v", tc.reason, diff, err)
			}
		})
	}
}

func TestRunRefuses(t *testing.T) {
	taken, err := listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	busy := taken.Addr().String()
	cases := map[string]struct {
		reason  string
		command Command
		want    string
	}{
		"NoCredentials": {
			reason:  "Without certificates nothing is served by accident.",
			command: Command{Address: busy},
			want:    "cannot serve: no TLS certificates: set --tls-certs-dir to a directory with tls.crt, tls.key and ca.crt, or set --insecure for development",
		},
		"NoCertificates": {
			reason:  "A folder without certificates is a mistake.",
			command: Command{TLSCertsDir: "/nowhere"},
			want:    "cannot serve: cannot load X509 keypair: open /nowhere/tls.crt: no such file or directory",
		},
		"AddressTaken": {
			reason:  "Two servers at one address are a mistake.",
			command: Command{Network: "tcp", Address: busy, Insecure: true},
			want:    "cannot serve: cannot listen on " + busy + ": listen tcp " + busy + ": bind: address already in use",
		},
		"MetricsAddressTaken": {
			reason:  "A server that nobody could watch is not started.",
			command: Command{Network: "tcp", Address: "127.0.0.1:0", MetricsAddress: busy, Insecure: true},
			want:    "cannot serve: cannot listen on " + busy + ": listen tcp " + busy + ": bind: address already in use",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			err := tc.command.Run(t.Context(), answers{})
			if err == nil {
				t.Fatalf("\n%s\nRun(...): no error", tc.reason)
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Errorf("\n%s\nRun(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestSideFails(t *testing.T) {
	want := errors.New("boom")
	if err := serveSide(t.Context(), broken{err: want}, http.NotFoundHandler()); !errors.Is(err, want) {
		t.Errorf("\nA server that cannot be watched any more ends, so that the kubelet starts another.\nserveSide(...): want %v, got %v", want, err)
	}
}

// broken is a listener that fails.
type broken struct {
	net.Listener

	err error
}

func (b broken) Accept() (net.Conn, error) { return nil, b.err }
func (broken) Addr() net.Addr              { return &net.TCPAddr{} }
func (broken) Close() error                { return nil }

// never is the expiry of certificates in these tests.
var never = time.Date(2100, time.January, 1, 0, 0, 0, 0, time.UTC)

// certificates writes a CA and a certificate for servers and clients, in the format
// of Crossplane's secrets.
func certificates(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, kind string, der []byte) {
		t.Helper()
		must(os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
	}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: never,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	must(err)
	write("ca.crt", "CERTIFICATE", der)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "leaf"}, NotAfter: never, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err = x509.CreateCertificate(rand.Reader, leaf, authority, &key.PublicKey, authorityKey)
	must(err)
	write("tls.crt", "CERTIFICATE", der)
	der, err = x509.MarshalECPrivateKey(key)
	must(err)
	write("tls.key", "EC PRIVATE KEY", der)
	return dir
}

// client trusts the CA in one directory and presents the certificate in another,
// which may be empty.
func client(t *testing.T, trusts, shows string) credentials.TransportCredentials {
	t.Helper()
	ca, err := os.ReadFile(filepath.Join(trusts, "ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	config := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	if shows != "" {
		certificate, err := tls.LoadX509KeyPair(filepath.Join(shows, "tls.crt"), filepath.Join(shows, "tls.key"))
		if err != nil {
			t.Fatal(err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return credentials.NewTLS(config)
}
