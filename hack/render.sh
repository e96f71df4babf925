#!/usr/bin/env bash
# render.sh RENDERED EXAMPLE...
#
# Renders each example in both scopes with Crossplane's own engine: for the
# first call, and when the stack is ready. Fails if the function's own render
# command produced other resources in the directory RENDERED (rendered.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: render.sh RENDERED EXAMPLE...}"
# shellcheck source=hack/examples.sh
. hack/examples.sh

rendered=$1
shift

work=$(mktemp -d)
function_pid=
stop() {
  [ -z "$function_pid" ] || kill "$function_pid" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

is_open() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A random port avoids a conflict with a function that a developer runs on the
# default port.
port=$((20000 + RANDOM % 10000))
while is_open "$port"; do port=$((port + 1)); done

bin/function --insecure --address "127.0.0.1:$port" 2>"$work/log" &
function_pid=$!
deadline=$((SECONDS + 60))
until is_open "$port"; do
  if ! kill -0 "$function_pid" 2>/dev/null || [ "$SECONDS" -gt "$deadline" ]; then
    echo 'the function does not serve:' >&2
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.1
done

go build -o "$work/agree" ./hack/agree

# composition API EXAMPLE prints the composition, with the example's input, if
# it has one.
composition() {
  local file=${2%.yaml}-input.yaml composition
  composition=apis/$1/$(api_of "$2")composition.yaml
  if [ ! -f "$file" ]; then
    cat "$composition"
    return
  fi
  sed '/^      input:$/q' "$composition"
  sed 's/^/        /' "$file"
}

# render API EXAMPLE COMPOSITE [FLAG...] prints all resources that Crossplane
# would apply. The XRD adds the defaults and fields of a composite in a cluster.
render() {
  local api=$1 example=$2 composite=$3 required=() file=${2%.yaml}-required.yaml
  shift 3
  if [ -f "$file" ]; then
    # In the cluster scope, the function requires composites, not claims.
    if [ "$api" = namespaced ]; then
      cp "$file" "$dir/required.yaml"
    else
      sed -e 's/^kind: /kind: X/' -e '/^  namespace: /d' "$file" >"$dir/required.yaml"
    fi
    required=(--required-resources "$dir/required.yaml")
  fi
  composition "$api" "$example" >"$dir/composition.yaml"
  crossplane render "$composite" "$dir/composition.yaml" examples/functions.yaml "$@" \
    --xrd "apis/$api/$(api_of "$example")definition.yaml" "${required[@]}" \
    --crossplane-binary "$(command -v crossplane-core)" \
    --function-annotations "render.crossplane.io/runtime-development-target=127.0.0.1:$port" \
    --include-function-results
}

# agrees SCOPE API EXAMPLE COMPOSITE fails unless the function's render command
# and Crossplane produce the same resources for the same files.
agrees() {
  local name ours=$rendered/$1
  name=$(basename "$3")
  render "$2" "$3" "$4" >"$dir/theirs.yaml"
  "$work/agree" compare "$dir/theirs.yaml" "$ours/first/$name"
  "$work/agree" observe "$ours/ready/$name" >"$dir/observed.yaml"
  render "$2" "$3" "$4" --observed-resources "$dir/observed.yaml" >"$dir/theirs.yaml"
  "$work/agree" compare "$dir/theirs.yaml" "$ours/ready/$name"
}

# example FILE checks an example in both scopes.
example() {
  local claim
  dir=$(mktemp -d "$work/XXXXXX")
  # A cluster adds a random suffix to the composite's name. Here it is the
  # claim's name, as in the function's render command.
  claim=$(awk '/^  name: / { print $2; exit }' "$1")
  crossplane xr generate "$1" --name "$claim" >"$dir/composite.yaml"
  agrees cluster claim "$1" "$dir/composite.yaml"
  agrees namespaced namespaced "$1" "$1"
}
export work port rendered
export -f composition render agrees example

for_each example "$@"
