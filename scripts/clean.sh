#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Deletes what was built; with --data also the data of ./tci up.
#:
#: usage: ./tci clean [--data]
#:
#: out/data, where ./tci up keeps jobs and captures, stays unless --data is given.
set -euo pipefail
. scripts/parts/parts.sh

case "$# ${1:-}" in
    "0 ") find out -mindepth 1 -maxdepth 1 ! -name data -exec rm -rf {} + 2>/dev/null || true
          rmdir out 2>/dev/null || true ;;
    "1 --data") rm -rf out ;;
    *) usage "clean takes --data or nothing, not '$*'." ;;
esac
rm -rf artifacts
say "Clean.$([ ! -d out/data ] || echo ' out/data stays (--data deletes it).')"
