# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Real servers and real clients. Every process carries the demo's mark, by which it is ended.
# shellcheck disable=SC2154

start_servers() {
    local web=python waited=0
    if command -v caddy >/dev/null && [ "${TCI_DEMO_WEB:-}" != python ]; then web=caddy; fi
    say "Starting servers: dnsmasq (DNS), $web (HTTP, HTTPS), a UDP echo"
    make_certificate
    serve dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --no-daemon --pid-file= --user= --port="$dns_port" --bind-interfaces \
        --listen-address="$client_host,$client_host6" --host-record="www.tci.example,$client_host,$client_host6" --txt-record=tci.example,"$(printf 'long answer %.0s' {1..16})"
    serve python3 scripts/demo/udp.py serve "$udp_port"
    if [ "$web" = caddy ]; then
        caddyfile >"$temp/Caddyfile"
        HOME=$temp XDG_CONFIG_HOME=$temp XDG_DATA_HOME=$temp serve caddy run --config "$temp/Caddyfile" --adapter caddyfile
    else serve python3 scripts/demo/web.py "$temp/cert.pem" "$temp/key.pem" "$https_port" "$http_port" "$other_port"; fi
    until in_server curl -s -o /dev/null --max-time 1 "http://$client_host:$other_port/"; do
        [ $((waited += 1)) -le 100 ] || die "The web server did not answer within 10 s: $(tail -n 1 "$temp/$web.log")"
        sleep 0.1
    done
}

# serve PROGRAM...: runs a server beside the demo; what it says is in PROGRAM.log.
serve() { in_server timeout "$seconds_max" "$@" >>"$temp/$(basename "$1" 3).log" 2>&1 </dev/null & }

make_certificate() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=www.tci.example -addext subjectAltName=DNS:www.tci.example \
        -keyout "$temp/key.pem" -out "$temp/cert.pem" 2>"$temp/openssl.log" || die "openssl made no certificate: $(tail -n 1 "$temp/openssl.log")"
}

caddyfile() {
    cat <<EOF
{
    admin off
    auto_https off
    http_port $http_port
    https_port $https_port
}
http://:$http_port, http://:$other_port {
    respond "Hello from the demo: {path}"
}
https://www.tci.example:$https_port {
    tls $temp/cert.pem $temp/key.pem
    respond "Hello, encrypted"
}
EOF
}

# Rounds of everything, as long as the job captures; a client that cannot (no right to ping, say) is told once.
make_traffic() {
    local round
    for round in $(seq 20); do
        if [ -f "$temp/captured" ] || ! kill -0 $$; then break; fi
        [ -f "$temp/capturing" ] || { sleep 0.25; continue; }
        client ping ping -q -c 2 -i 0.2 -W 1 "$client_host"
        client ping6 ping -q -c 2 -i 0.2 -W 1 "$client_host6"
        client dns-udp dig +tries=1 +time=2 -p "$dns_port" "@$client_host" www.tci.example A
        client dns-udp6 dig +tries=1 +time=2 -p "$dns_port" "@$client_host6" www.tci.example AAAA
        client dns-tcp dig +tcp +tries=1 +time=2 -p "$dns_port" "@$client_host" tci.example TXT
        client http curl -s --max-time 5 -A tci-demo --resolve "www.tci.example:$http_port:$client_host" "http://www.tci.example:$http_port/round/$round"
        client http6 curl -s --max-time 5 -A tci-demo --resolve "www.tci.example:$http_port:[$client_host6]" "http://www.tci.example:$http_port/over/ipv6"
        client https curl -s --max-time 5 --cacert "$temp/cert.pem" --resolve "www.tci.example:$https_port:$client_host" "https://www.tci.example:$https_port/"
        client udp python3 scripts/demo/udp.py ask "$client_host" "$udp_port"
        client other curl -s --max-time 5 "http://$client_host:$other_port/not-wanted"
        sleep 0.5
    done
}

# client NAME COMMAND...: runs a client and notes what it did.
client() {
    local name=$1
    shift
    if in_client "$@" >"$temp/client.log" 2>&1 </dev/null; then echo "$name" >>"$temp/made"
    elif ! grep -qx "$name" "$temp/not-made" 2>/dev/null; then
        echo "$name" >>"$temp/not-made"
        warn "The client $name failed: $(tail -n 1 "$temp/client.log")"
    fi
}
