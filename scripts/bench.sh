#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Runs a benchmark; without a name it lists them.
#:
#: usage: ./tci bench [NAME] [--json FILE] [--quick]
#:
#: A benchmark is a folder bench/NAME with a program `run`; its `about` is the line shown in the list.
#: --quick takes a short look, where the benchmark has one.
#: --json FILE writes the figures, with the machine they were taken on, as JSON.
set -euo pipefail
. scripts/parts/parts.sh

names() {
    local run
    for run in bench/*/run; do [ ! -x "$run" ] || basename "$(dirname "$run")"; done
}

name='' json='' quick=''
while [ $# -gt 0 ]; do
    case $1 in
        --json) [ -n "${2:-}" ] || usage "--json needs a file."
            json=$(readlink -m "$2")
            shift ;;
        --quick) quick=1 ;;
        -*) usage "bench takes no '$1'." ;;
        *) [ -z "$name" ] || usage "One benchmark at a time."
            name=$1 ;;
    esac
    shift
done
mapfile -t known < <(names)
if [ -z "$name" ]; then
    [ ${#known[@]} -gt 0 ] || say "There are no benchmarks yet."
    for name in "${known[@]}"; do printf '  %-16s %s\n' "$name" "$(head -n 1 "bench/$name/about" 2>/dev/null)"; done
    exit 0
fi
[[ " ${known[*]} " == *" $name "* ]] || die "There is no benchmark '$name'; there are: ${known[*]:-none yet}."
build_all
exec "bench/$name/run" ${json:+--json "$json"} ${quick:+--quick}
