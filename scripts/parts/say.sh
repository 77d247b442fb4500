# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# How the scripts talk, and how they run things with a deadline. Sourced by every verb.

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
warn() { printf 'tci: %s\n' "$*" >&2; }

# Status 2 is for wrong arguments, 1 for all else.
die() { warn "$*"; exit 1; }
usage() { warn "$* ('./tci help $(basename "$0" .sh)' says what can be given.)"; exit 2; }

now_ms() { date +%s%3N; }

# Milliseconds since $1, as "12.3 s".
took() {
    local ms=$(($(now_ms) - $1))
    printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# bounded SECONDS COMMAND...: runs it, and ends it with its children at the deadline (status 124, or 137 if it had to be killed).
# `timeout` makes a process group of its own, which Ctrl-C does not reach: the trap passes it on.
bounded() {
    local seconds=$1 child status=0
    shift
    timeout --kill-after=10 "$seconds" "$@" &
    child=$!
    trap 'kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 130' INT TERM
    wait "$child" || status=$?
    trap - INT TERM
    return "$status"
}

timed_out() { [ "$1" -eq 124 ] || [ "$1" -eq 137 ]; }

# fresh STAMP PATH...: whether nothing below the paths changed since the stamp was touched. A deleted file changes its folder's time.
fresh() {
    local stamp=$1 path there=()
    shift
    [ -f "$stamp" ] || return 1
    for path in "$@"; do [ ! -e "$path" ] || there+=("$path"); done
    [ -z "$(find "${there[@]}" \( -name bin -o -name obj -o -name node_modules \) -prune -o -newer "$stamp" -print -quit)" ]
}
