#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Builds what changed and runs TCI on this machine until Ctrl-C.
#:
#: usage: ./tci up [--data DIR] [--listen HOST:PORT]
#:
#:   --data DIR          Where jobs and captures are kept (default: $XDG_DATA_HOME/tci where that is set, else out/data).
#:   --listen HOST:PORT  Where the API answers (default 127.0.0.1:8080).
#:
#: The token for the API is in DIR/admin-token. Captures need root or the rights to open packet sockets.
set -euo pipefail
. scripts/parts/parts.sh

data=${XDG_DATA_HOME:+$XDG_DATA_HOME/tci}
data=${data:-$TCI_ROOT/out/data} listen=127.0.0.1:8080
while [ $# -gt 0 ]; do
    case $1 in
        --data | --listen) [ -n "${2:-}" ] || usage "$1 needs a value." ;;&
        --data) data=$2 ;;
        --listen) listen=$2 ;;
        *) usage "up takes no '$1'." ;;
    esac
    shift 2
done
[[ $listen == *:* ]] || usage "--listen takes HOST:PORT, not '$listen'."

build_all
[ -x out/bin/tci-server ] || die "There is no out/bin/tci-server to run."
mkdir -p "$data"
say "Data in $data, API on $listen; Ctrl-C ends it"
exec out/bin/tci-server run --data "$data" --listen "$listen" --probe-id local
