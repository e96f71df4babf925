# shellcheck shell=bash
#
# examples.sh contains functions for scripts that work on examples.

# flags_of EXAMPLE prints the flags of the render command for the files of an
# example, one per line: its input, and the objects that Crossplane passes to the
# function.
flags_of() {
  local name=${1%.yaml}
  [ ! -f "$name-input.yaml" ] || printf '%s\n' --input "$name-input.yaml"
  [ ! -f "$name-required.yaml" ] || printf '%s\n' --required "$name-required.yaml"
}
export -f flags_of

# api_of EXAMPLE prints the prefix of the files in apis/ for the kind of an
# example.
api_of() {
  if grep -q '^kind: SecureEcommerceAccount$' "$1"; then
    echo account-
  fi
}
export -f api_of

# for_each FUNCTION EXAMPLE... calls an exported function for each example. It
# works on as many examples at a time as there are CPUs.
for_each() {
  local function=$1
  shift
  # shellcheck disable=SC2016 # Another shell expands it.
  printf '%s\0' "$@" | xargs -0 -P "$(nproc)" -n 1 bash -euo pipefail -c '"$1" "$2"' _ "$function"
}
