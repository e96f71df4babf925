package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	grpcprometheus "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/response"
)

// metrics contains the server's metrics. A refused claim is a successful gRPC call,
// so responses are also counted by their result.
type metrics struct {
	registry *prometheus.Registry
	calls    *grpcprometheus.ServerMetrics
	answers  *prometheus.CounterVec
}

func newMetrics() metrics {
	m := metrics{
		registry: prometheus.NewRegistry(),
		calls:    grpcprometheus.NewServerMetrics(grpcprometheus.WithServerHandlingTimeHistogram()),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secure_ecommerce_answers_total",
			Help: "Responses by the reason of their Accepted condition: Valid, or the reason why a stack was rejected.",
		}, []string{"reason"}),
	}
	m.registry.MustRegister(m.calls, m.answers, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// counted is a function whose responses are counted.
func (m metrics) counted(fn fnv1.FunctionRunnerServiceServer) fnv1.FunctionRunnerServiceServer {
	return counted{FunctionRunnerServiceServer: fn, answers: m.answers}
}

type counted struct {
	fnv1.FunctionRunnerServiceServer

	answers *prometheus.CounterVec
}

// RunFunction calls the function, and counts its response.
func (c counted) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp, err := c.FunctionRunnerServiceServer.RunFunction(ctx, req)
	for _, condition := range rsp.GetConditions() {
		if condition.GetType() == response.ConditionAccepted {
			c.answers.WithLabelValues(condition.GetReason()).Inc()
		}
	}
	return rsp, err //nolint:wrapcheck // The function's own error.
}

// handler serves the kubelet and Prometheus over plain HTTP, because neither has a
// certificate of Crossplane's CA.
func (m metrics) handler(alive healthv1.HealthServer) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /livez", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		rsp, err := alive.Check(r.Context(), &healthv1.HealthCheckRequest{})
		if err != nil || rsp.GetStatus() != healthv1.HealthCheckResponse_SERVING {
			http.Error(w, "stopping", http.StatusServiceUnavailable)
		}
	})
	return mux
}

// slowest is the timeout of requests for health or metrics.
const slowest = 10 * time.Second

// serveSide serves health and metrics until the context is canceled.
func serveSide(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: slowest, WriteTimeout: slowest}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // There is nothing to report.
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err //nolint:wrapcheck // Run adds context.
	}
	return nil
}
