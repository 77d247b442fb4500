# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Where the demo's traffic runs, and that nothing of it stays. Sets interface, client_host and the like for the other files of the demo.
# shellcheck disable=SC2034,SC2154,SC2317

# Namespaces without a name: they are held by a `sleep` each. Should the demo be killed, that and all its servers end by themselves.
seconds_max=300

become_root_if_possible() {
    if [ "$(id -u)" -eq 0 ] || [ -n "$place" ] || [ -n "${TCI_DEMO_AS_USER:-}" ]; then return 0; fi
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        say "Going on with sudo: capturing and network namespaces need rights"
        exec sudo --preserve-env=PATH,TCI_ROOT,DOTNET_ROOT,TMPDIR TCI_DEMO_OWNER="$(id -u):$(id -g)" "$0" "$@"
    fi
}

can_namespaces() { [ "$(id -u)" -eq 0 ] && unshare --net ip link set lo up 2>/dev/null; }

# A capture of nothing: it fails where packet sockets may not be opened.
can_capture() { mkdir "$temp/try" && bounded 10 out/bin/tci-capture run --source afpacket:lo --dir "$temp/try" --duration 1ms >/dev/null 2>&1; }

choose_place() {
    if [ -n "$place" ]; then note "As asked: traffic on $place."
    elif can_namespaces; then place=namespaces
    elif can_capture; then
        place=loopback
        say "No right to make network namespaces: using the loopback interface"
    else
        place='file'
        say "No right to capture: replaying a file instead of capturing"
    fi
}

make_place() {
    case $place in
        namespaces) make_namespaces ;;
        loopback) use_loopback ;;
        file) make_file ;;
    esac
}

hold_namespace() {
    unshare --net sleep "$seconds_max" &
    local holder=$! waited=0
    until [ "$(readlink "/proc/$holder/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
        [ $((waited += 1)) -le 100 ] || die "A network namespace did not appear within 5 s."
        sleep 0.05
    done
    holder_pid=$holder
}

in_client() { nsenter "--net=/proc/$client_pid/ns/net" "$@"; }
in_server() { nsenter "--net=/proc/$server_pid/ns/net" "$@"; }

make_namespaces() {
    local side end
    say "Making two network namespaces with a veth pair (TCI and the servers in one, the clients in the other)"
    hold_namespace && client_pid=$holder_pid
    hold_namespace && server_pid=$holder_pid
    interface=tcis$$
    ip link add "tcic$$" type veth peer name "$interface"
    ip link set "tcic$$" netns "$client_pid"
    ip link set "$interface" netns "$server_pid"
    for side in client server; do
        end=$([ $side = client ] && echo 1 || echo 2)
        [ $side = client ] && device=tcic$$ || device=$interface
        # What the cards would do later (segmenting, check sums) is done before the capture, so that packets look as on a wire.
        "in_$side" ethtool -K "$device" tso off gso off gro off tx off rx off >/dev/null
        "in_$side" ip addr add "10.77.0.$end/24" dev "$device"
        "in_$side" ip addr add "fd00:77::$end/64" dev "$device" nodad
        "in_$side" ip link set lo up
        "in_$side" ip link set "$device" up
    done
    client_host=10.77.0.2 client_host6=fd00:77::2
    dns_port=53 http_port=80 https_port=443 udp_port=5000 other_port=8080 api_port=18080
}

use_loopback() {
    in_client() { "$@"; }
    in_server() { "$@"; }
    interface=lo client_host=127.0.0.1 client_host6=::1
    read -r dns_port http_port https_port udp_port other_port api_port < <(free_ports 6)
}

make_file() {
    in_server() { "$@"; }
    interface=recorded
    read -r api_port < <(free_ports 1)
    say "Making a pcap file with a conversation of each kind"
    make_certificate
    bounded 30 python3 scripts/demo/recording.py "$temp/recorded.pcap" "$temp/cert.pem" "$temp/key.pem"
}

free_ports() {
    python3 - "$1" <<'EOF'
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))
EOF
}

# Everything that carries this demo's mark, but this shell. The engine's launcher clears its environment; it names the temporary folder.
marked() {
    local process
    for process in /proc/[0-9]*; do
        [ "$process" != "/proc/$$" ] || continue
        if grep -qzxF "TCI_DEMO=$TCI_DEMO" "$process/environ" 2>/dev/null || grep -qzF "$temp/" "$process/cmdline" 2>/dev/null; then basename "$process"; fi
    done
}

# First asks, the server before all: it then closes its captures. What is there after five seconds is ended.
leave_nothing() {
    local status=$? pids waited=0
    trap - EXIT
    trap '' INT TERM HUP
    if [ -n "${traffic_pid:-}" ]; then kill "$traffic_pid" 2>/dev/null || true; fi
    if [ -n "${tci_pid:-}" ]; then kill -TERM "$tci_pid" 2>/dev/null || true; fi
    while [ -n "${tci_pid:-}" ] && kill -0 "$tci_pid" 2>/dev/null && [ $((waited += 1)) -le 100 ]; do sleep 0.1; done
    mapfile -t pids < <(marked)
    [ ${#pids[@]} -eq 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
    waited=0
    while mapfile -t pids < <(marked) && [ ${#pids[@]} -gt 0 ] && [ $((waited += 1)) -le 50 ]; do sleep 0.1; done
    [ ${#pids[@]} -eq 0 ] || kill -KILL "${pids[@]}" 2>/dev/null || true
    if [ "$status" -ne 0 ] && [ "$status" -ne 130 ] && [ -s "$temp/server.log" ]; then
        warn "The demo ended early; the last lines of the server:"
        tail -n 15 "$temp/server.log" >&2
    fi
    ip link delete "tcis$$" 2>/dev/null || true
    rm -rf "$temp"
    exit "$status"
}
