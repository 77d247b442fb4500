#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# Makes the captures of this folder again: real clients and servers in two network namespaces joined by a veth
# pair. Nothing else on the machine is touched and no packet leaves it. Needs root, and the Debian packages
# caddy curl openssl bind9-dnsutils dnsmasq-base ngtcp2-client chromium tcpdump ethtool iproute2.
#
#   ./make.sh [DIR]       writes *.pcap and versions.txt into DIR (default: this folder)
#
# Times, ports and random numbers differ from run to run, so do the files.
set -euo pipefail

[ "$(id -u)" -eq 0 ] || { echo "make.sh: network namespaces need root" >&2; exit 1; }
for program in caddy curl openssl dig dnsmasq gtlsclient chromium tcpdump ethtool ip; do
    command -v "$program" >/dev/null || { echo "make.sh: $program is missing, see the packages at the top" >&2; exit 1; }
done

out=$(realpath "${1:-$(dirname "$0")}")
work=$(mktemp -d)
client=tci-golden-client server=tci-golden-server
children=()

clean_up() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    ip netns delete "$client" 2>/dev/null || true
    ip netns delete "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

at_client() { ip netns exec "$client" "$@"; }

# Addresses for documentation (RFC 5737, RFC 3849) on a 1500-byte link without offloads, so that the capture
# shows what would be on a wire.
make_link() {
    ip netns add "$client"
    ip netns add "$server"
    ip link add tcig0 netns "$client" address 02:00:00:00:00:01 type veth peer name tcig0 netns "$server" address 02:00:00:00:00:02
    for side in "$client:1" "$server:2"; do
        name=${side%:*} host=${side#*:}
        ip -n "$name" address add "192.0.2.$host/24" dev tcig0
        ip -n "$name" address add "2001:db8::$host/64" dev tcig0 nodad
        ip -n "$name" link set lo up
        ip -n "$name" link set tcig0 up
        ip netns exec "$name" ethtool -K tcig0 tso off gso off gro off tx off rx off >/dev/null
    done
    sleep 2
}

make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=www.example.test \
        -addext 'subjectAltName=DNS:www.example.test,DNS:example.test' -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
    pin=$(openssl x509 -in "$work/cert.pem" -noout -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)
}

start_servers() {
    cat > "$work/Caddyfile" <<CADDY
{
    admin off
    auto_https off
    storage file_system $work/caddy
    log {
        output discard
    }
}
http://www.example.test, http://example.test {
    header /cookie Set-Cookie "session=abc; Path=/"
    header /cookie +Set-Cookie "theme=dark"
    header /page Content-Type "text/html; charset=utf-8"
    redir /old /page 301
    respond /page "<title>page</title>" 200
    respond /cookie "cookie" 200
    respond /missing "nothing here" 404
    respond "hello" 200
}
https://www.example.test, https://example.test {
    tls $work/cert.pem $work/key.pem
    respond "<title>secure</title>" 200
}
CADDY
    # Not through a function such as at_client: in the background that is a shell of its own, and its id not that of the server.
    HOME=$work XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work ip netns exec "$server" caddy run --config "$work/Caddyfile" --adapter caddyfile >"$work/caddy.log" 2>&1 &
    children+=($!)
    long=$(printf 'x%.0s' {1..250})
    ip netns exec "$server" dnsmasq --no-daemon --no-hosts --no-resolv --conf-file=/dev/null --log-facility=/dev/null --local=/test/ \
        --edns-packet-max=4096 --auth-ttl=300 --local-ttl=300 --user=root \
        --host-record=www.example.test,192.0.2.2,2001:db8::2 --cname=alias.example.test,www.example.test \
        --mx-host=example.test,mail.example.test,10 --srv-host=_imap._tcp.example.test,mail.example.test,143,5,7 \
        --txt-record=short.example.test,"v=spf1 -all" \
        --txt-record=long.example.test,"$long","$long","$long","$long","$long","$long","$long","$long" \
        --ptr-record=2.2.0.192.in-addr.arpa,www.example.test >/dev/null 2>&1 &
    children+=($!)
    for _ in {1..50}; do
        at_client curl -s -o /dev/null --max-time 1 -H 'Host: www.example.test' http://192.0.2.2/ && return
        sleep 0.2
    done
    echo "make.sh: the servers did not start" >&2
    cat "$work/caddy.log" >&2
    return 1
}

# capture NAME FILTER COMMAND...: what the command sends and gets, seen at the client's end of the link.
capture() {
    local file="$out/$1.pcap" filter=$2
    shift 2
    echo "== $(basename "$file")"
    rm -f "$work/tcpdump.log"
    ip netns exec "$client" tcpdump -Z root -i tcig0 --immediate-mode -U -s 0 -w "$file" "$filter" 2>"$work/tcpdump.log" &
    local capturing=$!
    for _ in {1..50}; do grep -qs 'listening on' "$work/tcpdump.log" && break; sleep 0.1; done
    "$@" >"$work/command.log" 2>&1 || { echo "make.sh: $* failed:" >&2; tail -n 20 "$work/command.log" >&2; kill "$capturing"; return 1; }
    # The last packets of a connection come after its client has gone.
    sleep 0.7
    kill -TERM "$capturing"
    wait "$capturing" || true
    [ "$(stat -c %s "$file")" -gt 24 ] || { echo "make.sh: nothing was captured" >&2; return 1; }
}

web() { at_client curl -sS --max-time 10 --cacert "$work/cert.pem" --resolve '*:80:192.0.2.2' --resolve '*:443:192.0.2.2' -o /dev/null "$@"; }
web6() { at_client curl -sS --max-time 10 --cacert "$work/cert.pem" --resolve '*:80:[2001:db8::2]' --resolve '*:443:[2001:db8::2]' -o /dev/null "$@"; }
ask() { at_client dig +tries=1 +timeout=3 @192.0.2.2 "$@"; }
ask6() { at_client dig +tries=1 +timeout=3 @2001:db8::2 "$@"; }
browse() {
    HOME=$work at_client timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update \
        --disable-sync --no-first-run --user-data-dir="$work/profile-$RANDOM" --ignore-certificate-errors-spki-list="$pin" \
        --host-resolver-rules='MAP www.example.test 192.0.2.2, MAP * ~NOTFOUND' --virtual-time-budget=3000 "$@" --dump-dom https://www.example.test/
}

http() {
    web http://www.example.test/page
    # Two requests on one connection, then a POST, cookies, a redirect, a page that is not there.
    web http://www.example.test/ --next -sS --resolve '*:80:192.0.2.2' -o /dev/null http://www.example.test/cookie
    web -e http://www.example.test/page -A 'golden/1.0 (a client; "quoted", comma)' -d 'a=1&b=2' http://example.test/form
    web http://example.test/old
    web http://example.test/missing
}
# The header block takes two segments: cookies of 2 kB, then the user agent.
http_long() {
    web -H 'User-Agent:' -b "id=$(printf 'c%.0s' {1..2000})" -H 'user-agent: behind-the-cookies/1.0' http://www.example.test/long-header
}
tls12() {
    web --tls-max 1.2 --http1.1 https://www.example.test/
    web --tls-max 1.2 https://www.example.test/
    echo | at_client timeout 10 openssl s_client -connect 192.0.2.2:443 -tls1_2 -servername example.test -alpn http/1.1
}
tls13() {
    web --tlsv1.3 --http1.1 https://www.example.test/
    web --tlsv1.3 https://example.test/
    # Without a name the server refuses: a ClientHello answered by an alert.
    echo | at_client timeout 10 openssl s_client -connect 192.0.2.2:443 -tls1_3 -noservername || true
}
# The name in the ClientHello is the host it is given, so the name needs an address: a hosts file that only it sees.
quic_client() {
    printf '192.0.2.2 www.example.test
' > "$work/hosts"
    # shellcheck disable=SC2016 # the inner sh expands them
    at_client unshare --mount sh -c 'mount --bind "$0" /etc/hosts && exec timeout 5 gtlsclient -q --exit-on-all-streams-close "$@"' "$work/hosts" "$@"
}
http3() { quic_client www.example.test 443 https://www.example.test/; }
# A version the server does not know: it answers with a version negotiation. Then the draft of version 2.
http3_versions() {
    quic_client --version=0x1a2a3a4a www.example.test 443 https://www.example.test/ || true
    quic_client --version=v2draft www.example.test 443 https://www.example.test/ || true
}
dns_udp() {
    ask www.example.test A
    ask www.example.test AAAA
    ask alias.example.test A
    ask example.test MX
    ask _imap._tcp.example.test SRV
    ask short.example.test TXT
    ask -x 192.0.2.2
    ask absent.example.test A
    ask +noedns www.example.test A
    ask +dnssec www.example.test A
}
dns_tcp() {
    ask +tcp www.example.test A
    ask +tcp long.example.test TXT
    # An answer too long for UDP, asked again over TCP.
    ask +bufsize=512 long.example.test TXT
}
# Segments of at most 536 bytes: one DNS message over several.
dns_tcp_segments() {
    ip -n "$client" route replace 192.0.2.0/24 dev tcig0 src 192.0.2.1 advmss 536
    ask +tcp long.example.test TXT
    ip -n "$client" route replace 192.0.2.0/24 dev tcig0 src 192.0.2.1
}
ipv6() {
    web6 http://www.example.test/page
    web6 https://www.example.test/
    ask6 www.example.test AAAA
    ask6 +tcp short.example.test TXT
    at_client ping -6 -c 2 -i 0.2 2001:db8::2
}
fragments() {
    ask +bufsize=4096 long.example.test TXT
    ask6 +bufsize=4096 long.example.test TXT
    at_client ping -c 1 -s 4000 192.0.2.2
    at_client ping -6 -c 1 -s 4000 2001:db8::2
}

versions() {
    . /etc/os-release
    echo "$PRETTY_NAME, Linux $(uname -r | cut -d. -f1,2), made $(date -u +%F)"
    dpkg-query -W -f '${Package} ${Version}\n' caddy curl openssl bind9-dnsutils dnsmasq-base ngtcp2-client chromium tcpdump
}

make_link
make_certificate
start_servers
capture http 'tcp port 80' http
capture http-long-header 'tcp port 80' http_long
capture tls12 'tcp port 443' tls12
capture tls13 'tcp port 443' tls13
capture chromium-tls 'tcp port 443' browse --disable-quic
capture http3-gtlsclient 'udp port 443' http3
capture http3-versions 'udp port 443' http3_versions
capture http3-chromium 'udp port 443' browse --enable-quic --origin-to-force-quic-on=www.example.test:443
capture dns-udp 'udp port 53' dns_udp
capture dns-tcp 'port 53' dns_tcp
capture dns-tcp-segments 'tcp port 53' dns_tcp_segments
capture ipv6 'ip6' ipv6
capture fragments 'ip or ip6' fragments
versions > "$out/versions.txt"
ls -l "$out"/*.pcap
