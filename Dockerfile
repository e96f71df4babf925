# syntax=docker/dockerfile:1

# The exact toolchain. Update it together with that of CI.
ARG GO_VERSION=1.26.8

# Go cross-compiles, so the builder always runs natively.
FROM --platform=$BUILDPLATFORM golang:${GO_VERSION} AS build
WORKDIR /src

# Modules change less often than code and are large, so they get a separate
# layer.
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download

COPY . .
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags='-s -w' -o /function .

# Only the static binary: no shell, no package manager, no libc.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /function /function

# Crossplane calls the function on this port with mutual TLS.
EXPOSE 9443

# The usual unprivileged user "nonroot". It is numeric, so that Kubernetes can
# enforce runAsNonRoot.
USER 65532:65532
ENTRYPOINT ["/function"]
