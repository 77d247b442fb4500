#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Shows the whole path on this machine: real traffic, one job through the API, the flows it found, the data set as a zip.
#:
#: usage: ./tci demo [--out FILE.zip] [--on namespaces|loopback|file]
#:
#:   --out FILE.zip  Where the data set goes (default: out/demo.zip).
#:   --on WHERE      Where the traffic is made. Without it the demo takes the first that the rights allow, and says which:
#:                   namespaces  two network namespaces with a veth pair between them
#:                   loopback    the loopback interface
#:                   file        no capture: a pcap file, made before, is replayed
#:
#: It takes about half a minute after the build, needs no network, and leaves nothing behind but the zip.
set -euo pipefail
. scripts/parts/parts.sh
. scripts/demo/place.sh
. scripts/demo/server.sh
. scripts/demo/traffic.sh
. scripts/demo/job.sh

arguments=("$@") out=$TCI_ROOT/out/demo.zip place=''
while [ $# -gt 0 ]; do
    case $1 in
        --out) [ -n "${2:-}" ] || usage "--out needs a file."
            out=$(readlink -m "$2") ;;
        --on) [[ "${2:-}" =~ ^(namespaces|loopback|file)$ ]] || usage "--on takes namespaces, loopback or file."
            place=$2 ;;
        *) usage "demo takes no '$1'." ;;
    esac
    shift 2
done
[ ! -d "$out" ] || usage "--out takes a file, and $out is a folder."

need_for demo
build_all
become_root_if_possible "${arguments[@]}"
for program in tci-server tci-flows tci-capture; do [ -x "out/bin/$program" ] || die "There is no out/bin/$program to show."; done

started=$(now_ms)
temp=$(mktemp -d "${TMPDIR:-/tmp}/tci-demo.XXXXXX")
export TCI_DEMO=$$.$started # marks every process of this demo
trap leave_nothing EXIT
trap 'exit 130' INT TERM HUP

choose_place
make_place
start_server
add_point
[ "$place" = file ] || start_servers
submit_job
if [ "$place" != file ]; then
    make_traffic &
    traffic_pid=$!
fi
watch_job
[ -z "${traffic_pid:-}" ] || wait "$traffic_pid"
download
check_hashes
show_flows
say "The data set is $out ($(took "$started") after the build)"
