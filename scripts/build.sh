#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Makes the programs: out/bin/{tci-server,tci-flows,tci-capture,tci-silo}.
#:
#: usage: ./tci build
#:
#: Installs the Debian packages that are missing (compiler, cmake, libpcap) and builds what changed since the last time.
#: tci-silo is made where Microsoft Orleans can be restored. Without it the build says so and goes on with the one-machine
#: host; TCI_REQUIRE_ORLEANS=1 makes that an error.
set -euo pipefail
. scripts/parts/parts.sh

[ $# -eq 0 ] || usage "build takes no '$1'."
started=$(now_ms)
build_all
say "Programs in out/bin: $(cd out/bin 2>/dev/null && echo *) ($(took "$started"))"
