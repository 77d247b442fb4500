#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Checks the sources without running them: shell, white space, words, headers, sizes.
#:
#: usage: ./tci lint [CHECK...]
#:
#: Checks: shell csharp c words headers large ratchets; all of them where none is named.
#:   shell      shellcheck over every shell script
#:   csharp     white space, as ./tci fmt leaves it
#:   c          clang-format, where native/ has a .clang-format
#:   words      nothing that names one machine, a package registry's host, or work that is left to do
#:   headers    the SPDX line on top of every source file
#:   large      no file over 2 MiB
#:   ratchets   the numbers of tests/Architecture/ratchets.txt never grew
set -euo pipefail
. scripts/parts/parts.sh
. scripts/lint/checks.sh

checks=(shell csharp c words headers large ratchets)
chosen=("$@")
[ ${#chosen[@]} -gt 0 ] || chosen=("${checks[@]}")
for check in "${chosen[@]}"; do [[ " ${checks[*]} " == *" $check "* ]] || usage "There is no check '$check'; there are: ${checks[*]}."; done

need_for lint
bad=0
for check in "${chosen[@]}"; do
    started=$(now_ms)
    if found=$("check_$check" 2>&1); then printf '    %-9s %s\n' "$check" "$(took "$started")"
    else
        bad=$((bad + 1))
        printf '    %-9s found:\n%s\n' "$check" "$found"
    fi
done
[ "$bad" -eq 0 ] || die "lint: $bad of ${#chosen[@]} checks found something."
say "lint: ${#chosen[@]} checks, nothing found."
