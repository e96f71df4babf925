#!/usr/bin/env bash
# check-xpkg.sh XPKG FLAG...
#
# Tests the build of packages, then builds them from a copy of this tree in
# another directory. Fails if the digests differ from those in bin/xpkg.
set -euo pipefail
cd "$(dirname "$0")/.."

go -C hack/xpkg test ./...

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 tar -cf - --ignore-failed-read 2>/dev/null | tar -xf - -C "$copy"
# A layout's digest is that of its only entry.
digests() { for p in "$1"/*/index.json; do grep -o '"digest":"[^"]*"' "$p" | sed "s|^|$(basename "$(dirname "$p")") |"; done; }
"$1" build -root "$copy" -out "$copy/bin/xpkg" "${@:2}" >/dev/null
if ! diff <(digests bin/xpkg) <(digests "$copy/bin/xpkg"); then
  echo 'the same tree in another place gives other packages' >&2
  exit 1
fi
digests bin/xpkg
