#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Runs the tests; ends with one line: N passed, N failed, N skipped.
#:
#: usage: ./tci test [SUITE...] [--long]
#:
#: Suites: unit simulation native flows api scenarios silo engine; all of them where none is named.
#:   unit       the parts by themselves, the architecture rules, and the scripts of ./tci
#:   simulation the grains in virtual time: thousands of lives with faults, each repeatable by its seed
#:   native     the capture engine's parts; all of it again with sanitizers, and fuzzed for a moment
#:   flows      the exporter against reference captures
#:   api        the HTTP API
#:   scenarios  jobs from creation to data set, in the one-machine host
#:   silo       the cluster, where Orleans can be restored
#:   engine     captures on real interfaces and whole programs; needs root, skips where a right is missing
#:
#:   --long     with the tests that take minutes, and six times the deadlines
#:
#: Logs and result files are in artifacts/test/SUITE. Exit status 1 if a test failed, a suite ran none, or a deadline passed.
set -euo pipefail
. scripts/parts/parts.sh

chosen=()
for argument in "$@"; do
    if [ "$argument" = --long ]; then export TCI_LONG_TESTS=1
    elif [[ " ${suites[*]} " == *" $argument "* ]]; then chosen+=("$argument")
    else usage "There is no suite '$argument'; there are: ${suites[*]}."; fi
done
[ ${#chosen[@]} -gt 0 ] || chosen=("${suites[@]}")

need_for test
build_all
build_tests
for suite in "${chosen[@]}"; do run_suite "$suite"; done
closing_line
