#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Looks for faults with chance, for as long as you like.
#:
#: usage: ./tci fuzz grains [FROM-TO]
#:        ./tci fuzz flows [SECONDS]
#:        ./tci fuzz native [SECONDS]
#:        ./tci fuzz api [FROM-TO]
#:
#:   grains FROM-TO  Lives of jobs in the simulation, one a seed (default 100000-104999). A failing seed is named; TCI_SEED=N ./tci fuzz grains
#:                   plays it again with its whole trace.
#:   flows SECONDS   Every parser and reader of the exporter, together so many seconds (default 300). A failing target and seed are named;
#:                   TCI_FUZZ=TARGET:SEED ./tci fuzz flows plays it again.
#:   native SECONDS  The engine's readers, request file, launcher and filter compiler, so many seconds each (default 60). Needs clang.
#:
#:   api FROM-TO     Requests made of the OpenAPI document against the real server, 20 a seed (default 1000-2999). A failing seed is named with its
#:                   request; ./tci fuzz api N-N plays it again and shows every request.
#: The short forms of all are in ./tci test.
set -euo pipefail
. scripts/parts/parts.sh

seconds_of() {
    [[ $1 =~ ^[0-9]+$ ]] || usage "Seconds are a whole number, not '$1'."
    echo "$1"
}

if [ $# -lt 1 ] || [ $# -gt 2 ]; then usage "fuzz takes what to look at, and how much."; fi
case $1 in
    grains)
        seeds=${2:-100000-104999}
        [[ $seeds =~ ^[0-9]+-[0-9]+$ ]] || usage "Seeds are FROM-TO, not '$seeds'."
        need_for test
        build_all
        build_tests
        [ -n "${TCI_SEED:-}" ] || export TCI_SEEDS=$seeds
        exec dotnet test artifacts/bin/Tci.Simulation/release/Tci.Simulation.dll --nologo --filter FullyQualifiedName~Seeds_that_are_asked_for \
            --logger "console;verbosity=detailed"
        ;;
    flows)
        seconds=$(seconds_of "${2:-300}")
        need_for test
        build_all
        build_tests
        export TCI_FUZZ_SECONDS=$seconds
        # A hang is a fault too: what is still there a minute after its time is ended.
        bounded "$((seconds + 60))" dotnet test artifacts/bin/Tci.Flows.Tests/release/Tci.Flows.Tests.dll --nologo \
            --filter FullyQualifiedName~FuzzTests.For_as_long --logger "console;verbosity=detailed"
        ;;
    native)
        seconds=$(seconds_of "${2:-60}")
        [ -x native/tests/fuzz ] || die "There is no native/tests/fuzz."
        need_for native
        need_for fuzz
        exec native/tests/fuzz artifacts/native-fuzz "$seconds"
        ;;
    api)
        seeds=${2:-1000-2999}
        [[ $seeds =~ ^[0-9]+-[0-9]+$ ]] || usage "Seeds are FROM-TO, not '$seeds'."
        need_for test
        build_all
        build_tests
        TCI_API_SEEDS=$seeds exec dotnet test artifacts/bin/Tci.EndToEnd/release/Tci.EndToEnd.dll --nologo \
            --filter "FullyQualifiedName~HostileClientTests.Seeds_that_are_asked_for" --logger "console;verbosity=detailed"
        ;;
    *) usage "fuzz knows grains, flows, native and api, not '$1'." ;;
esac
