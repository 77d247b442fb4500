# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The demo, in each place it can run in: it ends well, and leaves nothing but the zip. The demo itself checks hashes and flows.
# shellcheck disable=SC2015,SC2154  # run.sh sets root

demo() { TMPDIR=$PWD "$root/tci" demo --out "$PWD/set.zip" "$@"; }

nothing_is_left() {
    equal "" "$(find . -maxdepth 1 -name 'tci-demo.*')"
    equal "" "$(processes_here)"
}

shown() {
    demo --on "$1" >said.txt 2>&1 || fail "status $?: $(tail -n 3 said.txt)"
    for words in "Checking the files against manifest.json" "HTTP GET www.tci.example" "ICMP"; do holds "$(cat said.txt)" "$words"; done
    holds "$(tail -n 1 said.txt)" "The data set is $PWD/set.zip"
    unzip -tq set.zip
    for file in traffic.pcap flow.csv info.json manifest.json; do holds "$(unzip -Z1 set.zip)" "$file"; done
    nothing_is_left
}

test_demo_between_network_namespaces() {
    [ "$(id -u)" -eq 0 ] && unshare --net true 2>/dev/null || skip "making network namespaces needs root and CAP_SYS_ADMIN"
    shown namespaces
    holds "$(cat said.txt)" "DNS www.tci.example"
    holds "$(cat said.txt)" "[fd00:77::2]:80"
}

test_demo_on_loopback() {
    [ "$(id -u)" -eq 0 ] || skip "capturing needs root"
    export TCI_DEMO_WEB=python # the web server of machines without caddy
    shown loopback
    holds "$(cat said.txt)" "python (HTTP, HTTPS)"
}

test_demo_from_a_file() { shown file; }

test_a_demo_that_is_ended_leaves_nothing() {
    TMPDIR=$PWD "$root/tci" demo --out "$PWD/set.zip" --on file >said.txt 2>&1 &
    demo=$!
    for _ in $(seq 600); do grep -q "Capturing" said.txt && break; sleep 0.1; done
    holds "$(cat said.txt)" "Capturing"
    kill -TERM "$demo"
    wait "$demo" && fail "it ended with status 0"
    nothing_is_left
    [ ! -f set.zip ] || fail "it left a zip"
}

test_a_demo_whose_zip_cannot_be_written_says_so() {
    touch file
    status=0
    TMPDIR=$PWD "$root/tci" demo --on file --out "$PWD/file/set.zip" >said.txt 2>&1 || status=$?
    equal 1 "$status"
    nothing_is_left
}
