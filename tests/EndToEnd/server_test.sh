# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The programs as they are built, over HTTP: what the README says one can type, and what is promised when the server is killed.
# shellcheck disable=SC2015,SC2154  # run.sh sets root

# Started by this test, ended with it: the server, and the launcher it leaves behind on purpose.
end_all() { processes_here | while read -r process; do kill "$process" 2>/dev/null || true; done; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

api() { curl -sS --fail-with-body --max-time 20 -H "Authorization: Bearer $(cat data/admin-token)" "$@"; }

until_ready() {
    for _ in $(seq 600); do
        if [ -s data/admin-token ] && api -o /dev/null "http://127.0.0.1:$port/api/v1/points" 2>/dev/null; then return 0; fi
        kill -0 "$server" 2>/dev/null || fail "the server ended: $(tail -n 3 server.txt)"
        sleep 0.1
    done
    fail "the server did not answer within 60 s"
}

# until_state JOB WORDS: waits for one of the states, at most 60 s; leaves the job in job.json.
until_state() {
    for _ in $(seq 300); do
        if api -o job.json "http://127.0.0.1:$port/api/v1/jobs/$1" 2>/dev/null && [[ " $2 " == *" $(jq -r .state job.json) "* ]]; then return 0; fi
        sleep 0.2
    done
    fail "the job did not become $2: $(cat job.json)"
}

serve() {
    "$root/out/bin/tci-server" run --data "$PWD/data" --listen "127.0.0.1:$port" --probe-id local >>server.txt 2>&1 &
    server=$!
    until_ready
}

# A file of two seconds, as a point: needs no right to capture.
recorded_point() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=www.tci.example -addext subjectAltName=DNS:www.tci.example -keyout key.pem -out cert.pem 2>/dev/null
    python3 "$root/scripts/demo/recording.py" "$PWD/recorded.pcap" cert.pem key.pem
    jq -n --arg source "pcap:$PWD/recorded.pcap" '{probe: "local", name: "recorded", source: $source}' |
        api -o /dev/null -H 'Content-Type: application/json' --data-binary @- "http://127.0.0.1:$port/api/v1/points"
}

submit() {
    jq -n '{name: "kept", points: ["local/recorded"], limits: {duration: "PT30S"}, processing: [{processor: "flows"}]}' |
        api -H 'Content-Type: application/json' --data-binary @- "http://127.0.0.1:$port/api/v1/jobs" | jq -r .id
}

# The block of the README that talks to a running server, line by line as it stands, but for the folder, the port, the interface and the time.
test_the_readme_job() {
    [ "$(id -u)" -eq 0 ] || skip "capturing needs root"
    trap end_all EXIT
    port=$(free_port)
    "$root/tci" up --data "$PWD/data" --listen "127.0.0.1:$port" >server.txt 2>&1 &
    server=$!
    until_ready
    awk '/^```sh/ { block = ""; next } /^```/ && block ~ /admin-token/ { printf "%s", block; exit } { block = block $0 "\n" }' "$root/README.md" |
        sed "s#out/data#data#; s#127.0.0.1:8080#127.0.0.1:$port#; s#local/eth0#local/lo#; s#PT10S#PT2S#; s#tcp port 443#tcp#" >block.sh
    holds "$(cat block.sh)" /dataset
    grep -v /dataset block.sh >first.sh
    bash -e first.sh >first.txt
    job=$(grep -oE '"id": ?"job-[a-z0-9-]+"' first.txt | head -n 1 | grep -oE 'job-[a-z0-9-]+')
    until_state "$job" Capturing
    curl -s -o /dev/null "http://127.0.0.1:$port/healthz"
    until_state "$job" "Done Failed"
    equal Done "$(jq -r .state job.json)"
    { grep -E '^(auth|api)=' block.sh; grep /dataset block.sh | sed "s#/JOB/#/$job/#"; } >second.sh
    bash -e second.sh
    unzip -tq ./*.zip
    for file in traffic.pcap flow.csv info.json manifest.json; do holds "$(unzip -Z1 ./*.zip)" "$file"; done
    kill -TERM "$server"
    wait "$server" || fail "up ended with status $?"
}

test_a_job_survives_the_kill_of_the_server_and_captures_once() {
    trap end_all EXIT
    port=$(free_port)
    serve
    recorded_point
    job=$(submit)
    until_state "$job" Capturing
    kill -KILL "$server"
    wait "$server" || true
    serve
    until_state "$job" "Done Failed"
    equal Done "$(jq -r .state job.json)"
    equal false "$(jq .partial job.json)"
    equal "216 216" "$(jq -r '.captures[0].counters | "\(.seen.packets) \(.stored.packets)"' job.json)"
    equal 1 "$(find data/captures -name summary.json | wc -l)"
}

test_an_accepted_job_survives_a_kill_right_after_the_answer() {
    trap end_all EXIT
    port=$(free_port)
    serve
    recorded_point
    job=$(submit)
    kill -KILL "$server"
    wait "$server" || true
    serve
    until_state "$job" "Done Failed"
    equal Done "$(jq -r .state job.json)"
    equal 216 "$(jq '.captures[0].counters.stored.packets' job.json)"
}

test_the_server_refuses_what_it_cannot_use() {
    trap end_all EXIT
    status=0
    timeout 20 "$root/out/bin/tci-server" run --data /proc/nowhere --listen 127.0.0.1:0 --probe-id local >said.txt 2>&1 || status=$?
    [ "$status" -ne 0 ] && [ "$status" -ne 124 ] || fail "status $status"
    lacks "$(cat said.txt)" "   at "
    status=0
    timeout 20 "$root/out/bin/tci-server" run --data "$PWD/data" --listen nonsense --probe-id local >said.txt 2>&1 || status=$?
    [ "$status" -ne 0 ] && [ "$status" -ne 124 ] || fail "status $status"
    lacks "$(cat said.txt)" "   at "
}
