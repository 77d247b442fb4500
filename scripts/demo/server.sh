# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The TCI server of the demo, and its API.
# shellcheck disable=SC2034,SC2154

start_server() {
    local waited=0
    say "Starting tci-server on a temporary data folder"
    in_server timeout --kill-after=10 "$seconds_max" out/bin/tci-server run --data "$temp/data" --listen "127.0.0.1:$api_port" --probe-id local >"$temp/server.log" 2>&1 </dev/null &
    tci_pid=$!
    until [ -s "$temp/data/admin-token" ] && api points -o /dev/null 2>/dev/null; do
        kill -0 "$tci_pid" 2>/dev/null || die "The server ended."
        [ $((waited += 1)) -le 300 ] || die "The server did not answer within 30 s."
        sleep 0.1
    done
    note "API at http://127.0.0.1:$api_port/api/v1$([ "$place" != namespaces ] || echo ' in the namespace')"
}

# api PATH [CURL ARGUMENT...]: a call with the administrator's token. A problem is shown as the server puts it.
api() {
    local path=$1
    shift
    in_server curl --silent --show-error --fail-with-body --max-time 20 -H "Authorization: Bearer $(cat "$temp/data/admin-token")" \
        "$@" "http://127.0.0.1:$api_port/api/v1/$path"
}

api_json() { api "$1" -H 'Content-Type: application/json' --data-binary @-; }

# The point that is captured: an interface is found by the probe, a file is added.
add_point() {
    local waited=0
    point=local/$interface
    if [ "$place" = file ]; then
        jq -n --arg source "pcap:$temp/recorded.pcap" '{name: "recorded", probe: "local", source: $source}' | api_json points >/dev/null || die "The point was refused."
        return
    fi
    until api points | jq -e --arg point "$point" '[.. | objects | select(.id? == $point and .present)] | length > 0' >/dev/null; do
        [ $((waited += 1)) -le 100 ] || die "The probe did not find $interface within 10 s."
        sleep 0.1
    done
}
