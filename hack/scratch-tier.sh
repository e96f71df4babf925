#!/usr/bin/env bash
# Adds a tier with a queue to a copy of this tree, as CONTRIBUTING.md describes.
# The copy must build, render and pass its tests, with a limited number of
# hand-written files. Usage: hack/scratch-tier.sh [DIRECTORY]. Without a
# directory, the copy is temporary.
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
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sqs"
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
		Off:       off,
		Compose:   compose,
		Report:    report,
	}
}

func off(s *settings.Settings) string {
	if s.Queue == nil {
		return "the claim has no queue"
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

# insert adds TEXT after the only line of FILE that matches PATTERN, and fails if
# there is none or more than one. Patterns match code, not comments.
insert() {
  local file=$1 pattern=$2 text=$3 lines
  lines=$(grep -cE -- "$pattern" "$file" || true)
  if [ "$lines" -ne 1 ]; then
    echo "$lines lines of $file match $pattern, instead of one: adapt hack/scratch-tier.sh" >&2
    exit 1
  fi
  sed -i "$(grep -nE -- "$pattern" "$file" | cut -d: -f1)r /dev/stdin" "$file" <<<"$text"
}

# The line in the registry.
insert internal/tiers/tiers.go '^[[:space:]]+parameters\.Tier\(\),$' 'queue.Tier(),'
insert internal/tiers/tiers.go '/internal/tiers/parameters"$' '"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/queue"'

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
insert apis/v1alpha1/spec_types.go '^type SecureEcommerceSpec struct \{$' '
	// A queue between parts of the application.
	// +kubebuilder:title=Queue
	// +optional
	Queue *ScratchQueueSpec `json:"queue,omitempty"`
'
insert apis/v1alpha1/status_types.go '^type SecureEcommerceStatus struct \{$' '
	// Where the queue is.
	// +optional
	Queue ScratchQueueStatus `json:"queue,omitzero"`
'

# The decisions.
insert internal/settings/settings.go '^[[:space:]]+Secrets +v1alpha1\.SecretsSpec$' 'Queue *v1alpha1.ScratchQueueSpec'
insert internal/settings/settings.go '^[[:space:]]+Secrets: +c\.Spec\.Secrets,$' 'Queue: c.Spec.Queue,'
gofmt -w apis/v1alpha1/*_types.go internal/settings/settings.go internal/tiers/tiers.go

# The documentation: a row of the table, an example.
insert docs/api.md '^\| `tags` \|' '| `queue` | none | `{}` creates a queue: `retentionDays` |'
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
  grep -q "$want" stack.yaml || { echo "the rendered stack does not contain $want" >&2; exit 1; }
done
go run . render examples/claim.yaml | grep -A4 'the claim has no queue' >/dev/null || { echo 'the condition does not report that there is none' >&2; exit 1; }
go run . render examples/queue.yaml --converged --output svg >/dev/null
go test ./apis/... ./internal/tiers ./internal/tiers/queue ./internal/render/... ./internal/kinds ./internal/controls/...
echo 'the tier is complete'
