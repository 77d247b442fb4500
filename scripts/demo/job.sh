# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# One job through the API: asked for, watched, downloaded, checked, shown.
# shellcheck disable=SC2154

capture_seconds=8

job_filter() {
    if [ "$place" = file ]; then echo 'not port 8080'
    else echo "icmp or icmp6 or port $dns_port or tcp port $http_port or tcp port $https_port or udp port $udp_port"; fi
}

submit_job() {
    local answer
    say "Asking for a job: $point, $capture_seconds s or 20 MB, filter \"$(job_filter)\", then flows"
    answer=$(jq -n --arg point "$point" --arg filter "$(job_filter)" --arg duration "PT${capture_seconds}S" '
        {name: "demo", points: [$point], filter: $filter, limits: {duration: $duration, bytes: 20000000, packets: 100000},
         processing: [{processor: "flows"}], labels: {made: "by ./tci demo"}}' | api_json jobs) || die "The job was refused: $answer"
    job=$(jq -r .id <<<"$answer")
    note "job $job"
}

# A line a second, over itself on a terminal. The files `capturing` and `captured` tell the traffic.
watch_job() {
    local view state line last='' waited=0
    while true; do
        view=$(api "jobs/$job") || die "The job could not be asked after: $view"
        state=$(jq -r .state <<<"$view")
        case $state in
            Capturing) touch "$temp/capturing" ;;
            Collecting | Processing | Done | Failed | Cancelled) touch "$temp/captured" ;;
        esac
        line=$(jq -r '[.captures[0].counters // empty] | if . == [] then "" else .[0] |
            "\(.stored.packets) packets, \(.stored.bytes) bytes stored; \(.filtered.packets) filtered; \([.dropped[].packets] | add // 0) dropped" end' <<<"$view")
        if [ -t 1 ]; then printf '\r\033[K    %-10s %s' "$state" "$line"
        elif [ "$state $line" != "$last" ]; then note "$(printf '%-10s %s' "$state" "$line")"; fi
        last="$state $line"
        case $state in Done | Failed | Cancelled) break ;; esac
        [ $((waited += 1)) -le 180 ] || die "The job is still $state after 90 s."
        sleep 0.5
    done
    [ ! -t 1 ] || echo
    [ "$state" = Done ] || die "The job ended as $state: $(jq -r '.problem.message // "no reason given"' <<<"$view")"
    [ "$(jq .partial <<<"$view")" != true ] || die "The job is partial: $(jq -c '[.captures[], .runs[] | .problem // empty]' <<<"$view")"
}

download() {
    mkdir -p "$(dirname "$out")" "$temp/set"
    say "Downloading the data set"
    api "jobs/$job/dataset" -o "$temp/set.zip" || die "The data set could not be downloaded."
    unzip -q "$temp/set.zip" -d "$temp/set" || die "The zip is damaged."
    mv "$temp/set.zip" "$out"
    [ -z "${TCI_DEMO_OWNER:-}" ] || chown "$TCI_DEMO_OWNER" "$out"
}

# Every file of the manifest is there with its size and hash, and there is no other.
check_hashes() {
    say "Checking the files against manifest.json"
    (
        cd "$temp/set" || exit
        jq -r '.files[] | "\(.sha256)  \(.path)"' manifest.json | sha256sum --check --strict --quiet || die "A hash is wrong."
        jq -r '.files[] | "\(.size) \(.path)"' manifest.json | while read -r size path; do
            [ "$(stat -c %s "$path")" = "$size" ] || die "$path has not the size the manifest says."
        done
        diff <(jq -r '.files[].path, "manifest.json"' manifest.json | sort) <(find . -type f -printf '%P\n' | sort) >&2 || die "The zip and its manifest list different files."
        jq -r '.files[] | "\(.path)\t\(.size) bytes\t\(.sha256[:16])…"' manifest.json | while IFS=$'\t' read -r path size hash; do
            note "$(printf '%-16s %14s  sha256 %s  as the manifest says' "$path" "$size" "$hash")"
        done
    )
}

show_flows() {
    say "Flows found"
    if [ "$place" = file ]; then python3 scripts/demo/flows.py "$temp/set/flow.csv" --expect "$(python3 scripts/demo/recording.py --kinds)"
    else python3 scripts/demo/flows.py "$temp/set/flow.csv" --expect "$(expected)" --refuse "6/$other_port"; fi
}

# What the clients did, as protocol/port (port 0: none) of the flows it has to give.
expected() {
    local name
    sort -u "$temp/made" | while read -r name; do
        case $name in
            ping) echo 1/0 ;;
            ping6) echo 58/0 ;;
            dns-udp | dns-udp6) echo "17/$dns_port" ;;
            dns-tcp) echo "6/$dns_port" ;;
            http | http6) echo "6/$http_port" ;;
            https) echo "6/$https_port" ;;
            udp) echo "17/$udp_port" ;;
        esac
    done | sort -u | paste -sd ,
}
