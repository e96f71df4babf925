#!/usr/bin/env bash
# Adds a tier to a copy of this tree, following CONTRIBUTING.md: a queue for
# claims. It must build, render and become ready, with a limited number of
# hand-written files. Usage: hack/scratch-tier.sh [DIRECTORY]. Without a
# directory, the copy is removed.
# shellcheck disable=SC2016 # What looks like an expansion is Go and Markdown.
set -euo pipefail
cd "$(dirname "$0")/.."

most=10
copy=${1:-}
if [ -z "$copy" ]; then
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
fi
git ls-files --cached --others --exclude-standard -z | xargs -0 cp --parents -t "$copy"
tools=$PWD/.cache/bin
cd "$copy"
git init -q
git add -A
git -c user.name=scratch -c user.email=scratch@localhost commit -qm before

# The package, which describes, composes and reports.
mkdir internal/tiers/queue
cat >internal/tiers/queue/tier.go <<'GO'
// Package queue is a tier of a queue between parts of the application.
package queue

import (
	sqs "github.com/upbound/provider-aws/v2/apis/namespaced/sqs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

const queue = "app-queue"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "queue",
		Title:     "Queue",
		Condition: "QueueReady",
		Row:       kit.RowCore,
		Off:       off,
		Compose:   compose,
		Report:    report,
	}
}

func off(s *settings.Settings) string {
	if s.Queue == nil {
		return "the claim asks for no queue"
	}
	return ""
}

func compose(s *settings.Settings, _ facts.Observed, set *desired.Set) {
	set.Add(queue, &sqs.Queue{Spec: sqs.QueueSpec{ForProvider: sqs.QueueParameters{
		Name:                    new(s.Stack + "-app"),
		SqsManagedSseEnabled:    new(true),
		MessageRetentionSeconds: new(float64(s.Queue.RetentionDays) * 86400),
	}}})
}

func report(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Queue.URL = observed.ExternalName(queue).Value
}
GO

# The line in the registry.
sed -i 's|^\t\tparameters.Tier(),|&\n\t\tqueue.Tier(),|; s|^\t"github.com/.*/internal/tiers/parameters"|&\n\t"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/queue"|' internal/tiers/tiers.go

# The part of the API: a type, a field of the spec, a field of the status.
cat >apis/v1alpha1/queue_types.go <<'GO'
package v1alpha1

// ScratchQueueSpec is a queue between parts of the application.
type ScratchQueueSpec struct {
	// Days that a message is kept.
	// +kubebuilder:title=Retention in days
	// +kubebuilder:default=4
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=14
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`
}

// ScratchQueueStatus is where the queue is.
type ScratchQueueStatus struct {
	// URL of the queue.
	// +optional
	URL string `json:"url,omitempty"`
}
GO
sed -i 's|^type SecureEcommerceSpec struct {$|&\n\t// A queue between parts of the application.\n\t// +kubebuilder:title=Queue\n\t// +optional\n\tQueue *ScratchQueueSpec `json:"queue,omitempty"`\n|' apis/v1alpha1/spec_types.go
sed -i 's|^type SecureEcommerceStatus struct {$|&\n\t// Where the queue is.\n\t// +optional\n\tQueue ScratchQueueStatus `json:"queue,omitzero"`\n|' apis/v1alpha1/status_types.go

# The decisions.
sed -i 's|^\tSecrets  *v1alpha1.SecretsSpec$|&\n\tQueue *v1alpha1.ScratchQueueSpec|; s|^\t\tSecrets:  *c.Spec.Secrets,$|&\n\t\tQueue: c.Spec.Queue,|' internal/settings/settings.go
gofmt -w internal/settings/settings.go

# The documentation: a row of the table, an example.
sed -i 's/^| `tags` |/| `queue` | none | `{}` makes a queue: `retentionDays` |\n&/' docs/api.md
cat >examples/queue.yaml <<'YAML'
# A shop with a queue.
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata:
  name: shop-queue
  namespace: team-a
spec:
  region: eu-west-1
  queue:
    retentionDays: 7
YAML

git add -A
written=$(git diff --cached --name-only | wc -l)
PATH=$tools:$PATH go generate ./apis
git add -A
echo "$written files written by hand, $(($(git diff --cached --name-only | wc -l) - written)) generated"
if [ "$written" -gt "$most" ]; then
  echo "a tier should take at most $most files" >&2
  exit 1
fi

go run . render examples/queue.yaml --converged >stack.yaml
for want in 'kind: Queue' 'type: QueueReady' 'app-queue' 'retentionDays: 7'; do
  grep -q "$want" stack.yaml || { echo "the stack has no $want" >&2; exit 1; }
done
go run . render examples/claim.yaml | grep -A4 'the claim asks for no queue' >/dev/null || { echo 'the condition does not report that there is none' >&2; exit 1; }
go run . render examples/queue.yaml --converged --output svg >/dev/null
go vet ./internal/... ./apis/... .
go test ./apis/... ./internal/tiers/... ./internal/render/... ./internal/kinds ./internal/controls/...
echo 'the tier is whole'
