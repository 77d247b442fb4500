#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# usage: run.sh [FOLDER]
# Runs tests written in shell: every function test_* of every *_test.sh in the folder (this one), each in a shell and a folder of its own.
# Prints a line a test (passed, FAILED, skipped) and at the end: N passed, N failed, N skipped. A test skips with `skip REASON`.
set -uo pipefail

door=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$door/../.." && pwd)
export TCI_ROOT=$root
seconds_max=180 # for one test
passed=0 failed=0 skipped=0

fail() { echo "FAIL: $*" >&3; exit 1; }
skip() { echo "SKIP: $*" >&3; exit 77; }
equal() { [ "$1" = "$2" ] || fail "expected '$1', got '$2'"; }
holds() { [[ $1 == *"$2"* ]] || fail "expected '$2' in: ${1:0:600}"; }
lacks() { [[ $1 != *"$2"* ]] || fail "did not expect '$2' in: ${1:0:600}"; }
# Processes whose command line names a file in this test's folder. The pattern comes by standard input: on grep's own command line it would be found too.
# shellcheck disable=SC2062  # these are files
processes_here() { grep -lzF --file=/dev/stdin /proc/[0-9]*/cmdline 2>/dev/null <<<"$PWD/" | cut -d / -f 3 || true; }

# One test: called again by this script, so that `timeout` can end it.
if [ "${1:-}" = --one ]; then
    exec 3>"$4"
    # shellcheck source=/dev/null
    . "$2"
    set -e
    "$3"
    exit 0
fi

tests=$(cd "${1:-$door}" && pwd) || exit 1
for file in "$tests"/*_test.sh; do
    while read -r -u 4 name; do
        place=$(mktemp -d)
        status=0
        (cd "$place" && exec timeout --kill-after=5 "$seconds_max" "$door/run.sh" --one "$file" "$name" "$place.said") >"$place/.out" 2>&1 || status=$?
        said=$(sed 's/^[A-Z]*: //' "$place.said" 2>/dev/null | head -n 1)
        case $status in
            0) passed=$((passed + 1)); echo "passed  $name" ;;
            77) skipped=$((skipped + 1)); echo "skipped $name: $said" ;;
            *) failed=$((failed + 1))
                echo "FAILED  $name: ${said:-status $status, and then: $(tail -n 1 "$place/.out")}"
                sed 's/^/    /' "$place/.out" | tail -n 30 ;;
        esac
        rm -rf "$place" "$place.said"
    done 4< <(sed -n 's/^\(test_[a-z0-9_]*\)().*/\1/p' "$file")
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
