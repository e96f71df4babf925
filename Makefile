# Commands for contributors and CI; `make help` lists them. A target is one command
# or one script in hack/, which contains longer logic.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory --warn-undefined-variables
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Contains tools, coverage and intermediate CRDs. Git ignores it.
CACHE := $(CURDIR)/.cache
TOOLS := $(CACHE)/bin

# Tools come first, so that their pinned versions take precedence.
export PATH := $(TOOLS):$(PATH)

# Examples of stacks. The same file is a claim in the cluster scope and a composite
# in the namespaced scope.
EXAMPLES = $(shell grep -lE '^kind: SecureEcommerce(Account)?$$' $(filter-out %-required.yaml,$(wildcard examples/*.yaml)))
# Rendered examples, for several checks.
RENDERED := $(CACHE)/rendered
SCRIPTS := .ci/run $(wildcard hack/*.sh)
# Pages of documentation, including generated ones.
PROSE := $(wildcard *.md docs/*.md bench/*.md test/*/*.md)
# Files whose comments are checked. Excluded are generated files, whose comments come
# from their sources, Vale's own rules, and the code of the Lambda functions, whose
# archives change with every comment.
COMMENTS = $(shell git ls-files '*.go' '*.js' '*.jsx' '*.py' '*.sh' '*.yml' .ci/run Dockerfile Makefile \
  'examples/*.yaml' 'deploy/*.yaml' '.github/*.yaml' 'internal/*.yaml' 'test/gitops/*.yaml' hack/cover-excluded.txt | \
  grep -vE '/zz_|/handler/|^styles/')

GOFLAGS ?=
UPDATE ?=
SEED ?= 1

# Tools that run a control plane.
E2E_TOOLS := $(addprefix $(TOOLS)/,etcd kube-apiserver kube-controller-manager kubectl crossplane-core)
# Additional versions of Crossplane's core (tools/crossplane-core-*), to which make e2e
# upgrades its control planes. make e2e CORES= skips them.
CORES ?= $(patsubst tools/crossplane-core-%,%,$(wildcard tools/crossplane-core-*))
E2E_CORES := $(addprefix $(TOOLS)/crossplane-core-,$(CORES))
# make e2e E2E_FLAGS='-run Claim/Ready' runs some cases.
E2E_FLAGS ?=
# Control planes at a time. Each needs 4 GB.
E2E_PARALLEL ?= 3

# Numbers of stacks for make scale.
SCALE ?= 1 10 25

# The AWS provider for make aws. By default, it is built from source code.
AWS_PROVIDER ?= $(TOOLS)/provider-aws
AWS_FLAGS ?=

# Version and registry of the packages, and registry of the AWS provider's packages.
VERSION ?= v0.0.0
REGISTRY ?= registry.example.org/secure-ecommerce
PROVIDERS ?= registry.example.org/upbound
XPKG_FLAGS = -version $(VERSION) -registry $(REGISTRY) -providers $(PROVIDERS)

SCREENSHOTS ?=

# make ci STAGES='test lint' runs some stages of hack/ci.sh.
STAGES ?=

# make bench BENCH_FLAGS='-for 10s' measures longer.
BENCH_FLAGS ?=
# Other functions to compare with (bench/README.md).
BENCH_OTHERS = $(foreach f,$(wildcard $(CACHE)/bench/function-*),-with $(patsubst function-%,%,$(notdir $f))=$f)

##@ Build

.PHONY: build
build: ## Build the function into bin/function.
	CGO_ENABLED=0 go build -trimpath -o bin/function .

.PHONY: run
run: ## Serve on localhost:9443 without TLS, for crossplane render.
	go run . --insecure --debug

.PHONY: generate
generate: $(TOOLS)/controller-gen ## Regenerate deep copies, CRDs, XRDs and tables.
	go generate ./...

.PHONY: fmt
fmt: $(TOOLS)/golangci-lint ## Format Go code.
	golangci-lint fmt

##@ Check

# The flags of coverage are for the main module only.
.PHONY: test
test: ## Run all tests.
	go test ./...
	GOFLAGS="$(filter -trimpath -vet=off,$(GOFLAGS))" go test -C test/gitops ./...

.PHONY: handler-test
handler-test: ## Test the handler of automated responses against moto, or report that moto is missing.
	hack/handler-test.sh

.PHONY: test-race
test-race: ## Run all tests with the race detector.
	go test -race ./...

.PHONY: cover
cover: ## Fail unless tests reach 95 % of the hand-written statements.
	hack/cover.sh $(CACHE)/cover.out

.PHONY: check-fmt
check-fmt: $(TOOLS)/golangci-lint ## Fail on unformatted Go code.
	golangci-lint fmt --diff

.PHONY: lint
lint: $(TOOLS)/golangci-lint lint-prose ## Run the linters on Go code, shell scripts and documentation.
	hack/lint.sh $(SCRIPTS)

.PHONY: lint-prose
lint-prose: $(TOOLS)/vale ## Check style and spelling of documentation and comments.
	@vale $(PROSE) $(COMMENTS)

.PHONY: sample
sample: ## Print 40 random sentences of the project's texts for review (SEED selects others).
	go run ./hack/sample -seed $(SEED)

.PHONY: check-generate
check-generate: ## Fail if generated files or go.mod are not up to date.
	hack/check-generate.sh

.PHONY: rendered
rendered: build
	@hack/rendered.sh $(RENDERED) $(EXAMPLES)

.PHONY: render
render: rendered $(TOOLS)/crossplane $(TOOLS)/crossplane-core ## Fail if crossplane render and the function's own render command differ for an example.
	hack/render.sh $(RENDERED) $(EXAMPLES)

.PHONY: golden
golden: ## Write the resources of the examples to test/golden/stacks, for review.
	go test -run '^TestGolden$$' ./test/stack -update

.PHONY: validate
validate: rendered $(TOOLS)/crossplane ## Validate every example and its resources against XRDs and provider CRDs.
	hack/validate.sh $(RENDERED) $(EXAMPLES)

.PHONY: determinism
determinism: rendered ## Fail if rendering an example twice gives different bytes.
	hack/determinism.sh $(RENDERED) $(EXAMPLES)

.PHONY: xpkg
xpkg: $(TOOLS)/xpkg ## Build the three packages into bin/xpkg, without Docker (VERSION, REGISTRY, PROVIDERS).
	$(TOOLS)/xpkg build -out bin/xpkg $(XPKG_FLAGS)

.PHONY: push
push: $(TOOLS)/xpkg ## Push the packages of xpkg (VERSION, REGISTRY).
	$(TOOLS)/xpkg push -out bin/xpkg $(XPKG_FLAGS)

.PHONY: check-xpkg
check-xpkg: xpkg ## Test the packages, and fail if a copy of this tree builds packages with other digests.
	hack/check-xpkg.sh $(TOOLS)/xpkg $(XPKG_FLAGS)

.PHONY: scratch-tier
scratch-tier: $(TOOLS)/controller-gen ## Add a tier to a copy of this tree, and fail if that takes too many files.
	hack/scratch-tier.sh

.PHONY: e2e-tools
e2e-tools: $(E2E_TOOLS) $(E2E_CORES) ## Build the programs of e2e.

.PHONY: e2e
e2e: build xpkg e2e-tools ## Test the function in control planes of both scopes, with an API server, Crossplane and a simulated provider.
	CORES='$(CORES)' go test -tags e2e -count=1 -timeout 70m -parallel $(E2E_PARALLEL) -v $(E2E_FLAGS) ./test/e2e/...

.PHONY: scale
scale: build e2e-tools ## Measure what stacks cost a control plane (half an hour; SCALE lists numbers of stacks).
	SCALE='$(SCALE)' go test -tags e2e -count=1 -timeout 3h -v -run '^TestScale$$' ./test/e2e/...

.PHONY: aws
aws: build $(E2E_TOOLS) $(AWS_PROVIDER) ## Test the function with the real AWS provider on a local AWS (needs moto; hours; AWS_FLAGS, AWS_PROVIDER).
	AWS_PROVIDER='$(AWS_PROVIDER)' AWS_RECORD='$(CACHE)/aws' go test -tags e2e -count=1 -timeout 12h -v -run '^TestRealProvider$$' $(AWS_FLAGS) ./test/e2e/...

.PHONY: portal-test
portal-test: build ## Test the portal's page in Chromium (SCREENSHOTS=1 updates docs/screenshots).
	npm ci --prefix test/portal --no-audit --no-fund
	SCREENSHOTS='$(SCREENSHOTS)' npm test --prefix test/portal

.PHONY: backstage-test
backstage-test: build ## Test the Backstage template in Backstage's own form in Chromium (SCREENSHOTS=1 updates docs/screenshots).
	npm ci --prefix test/backstage --no-audit --no-fund --loglevel=error
	npm run bundle --prefix test/backstage
	SCREENSHOTS='$(SCREENSHOTS)' npm test --prefix test/backstage

.PHONY: scan
scan: rendered $(TOOLS)/trivy ## Fail on findings of Trivy in examples that docs/controls.md does not accept.
	hack/scan.sh $(RENDERED) $(EXAMPLES)

.PHONY: released
released: ## Record this version's stacks as those of the last release, for TestUpgrade. Run it only for a release.
	go test -count=1 -run '^TestUpgrade$$' ./test/stack -released

.PHONY: rules
rules: ## Update Terraform's rules and AWS's limits, and check every example with Terraform's own code. Takes an hour the first time; needs botocore and cfn-lint.
	hack/rules.sh $(CACHE)/rules

.PHONY: vulncheck
vulncheck: build $(TOOLS)/govulncheck ## Check the built function for known vulnerabilities.
	hack/vulncheck.sh bin/function

.PHONY: ci
ci: ## Run CI, or some of its stages (STAGES), with a summary.
	hack/ci.sh $(STAGES)

.PHONY: bench
bench: build ## Compare the cost of a call with other functions (BENCH_FLAGS, see bench/README.md).
	go build -C bench -o $(CACHE)/bench/bench .
	$(CACHE)/bench/bench -function bin/function -figure docs/performance.svg $(BENCH_OTHERS) $(BENCH_FLAGS)

.PHONY: benchstat
benchstat: $(TOOLS)/benchstat ## Compare the cost of the parts of a call with bench/baseline.txt (UPDATE=1 rewrites it).
	UPDATE='$(UPDATE)' hack/benchstat.sh $(CACHE)/bench/parts.txt

##@ Other

.PHONY: clean
clean: ## Remove built files, including tools.
	rm -rf bin $(CACHE)

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(TOOLS)/xpkg: $(wildcard hack/xpkg/*.go) hack/xpkg/go.mod hack/xpkg/go.sum
	@mkdir -p $(@D)
	go -C hack/xpkg build -trimpath -o $@ .

# Crossplane rejects packages unless its binary contains its version.
TOOL_VERSION :=
$(TOOLS)/crossplane-core $(E2E_CORES): TOOL_VERSION = -X=github.com/crossplane/crossplane-runtime/v2/pkg/version.version=$(shell go -C tools/$(@F) list -m -f '{{.Version}}' github.com/crossplane/crossplane/v2)

# Vale parses code with a C library.
TOOL_CGO := 0
$(TOOLS)/vale: TOOL_CGO := 1

# Trivy needs version 2 of the standard library's JSON package.
$(TOOLS)/trivy: export GOEXPERIMENT := jsonv2

# The provider's own source code with a newer upjet, reduced to the services in
# stacks: with all of them and debug information, linking alone needs 9 GB.
PROVIDER_SERVICES = $(shell sed -n 's|.*\.\([a-z0-9]*\)\.aws\.m\.upbound\.io$$|\1|p' package/activation/namespaced.yaml | sort -u)
$(TOOLS)/provider-aws: tools/provider-aws/go.mod tools/provider-aws/go.sum package/activation/namespaced.yaml $(wildcard tools/provider-aws/source/*.go)
	@mkdir -p $(@D)
	rm -rf $(CACHE)/provider-aws
	go -C tools/provider-aws mod download github.com/upbound/provider-aws/v2
	go -C tools/provider-aws run ./source "$$(go -C tools/provider-aws list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)" $(CACHE)/provider-aws $(PROVIDER_SERVICES)
	cp tools/provider-aws/go.sum $(CACHE)/provider-aws.sum
	go mod edit -replace github.com/upbound/provider-aws/v2=$(CACHE)/provider-aws -print tools/provider-aws/go.mod >$(CACHE)/provider-aws.mod
	go -C tools/provider-aws build -modfile $(CACHE)/provider-aws.mod -trimpath -ldflags=-s -o $@ tool

# Each tool is a separate Go module, so that it does not affect the versions of the
# function's dependencies. A tool is built when its module changes. The touch is for
# a build whose output is already up to date. Without cgo and debug information,
# linking takes a fraction of the time.
$(TOOLS)/%: tools/%/go.mod tools/%/go.sum
	@mkdir -p $(@D)
	CGO_ENABLED=$(TOOL_CGO) go -C tools/$* build -trimpath -ldflags='-s -w $(TOOL_VERSION)' -o $@ tool
	@touch $@
