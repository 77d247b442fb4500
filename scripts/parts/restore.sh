# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Restores the solution, and decides whether the build goes on without the cluster because Orleans cannot be had.

# restore_verdict OUTPUT OBJ: what a failed restore's output says, on one line:
#   without-orleans PACKAGE...   every error is a missing Microsoft.Orleans.* package, or something that only those packages ask for
#   failed ERROR                 the first error that is something else
# OBJ holds each project's project.assets.json, whose graph tells who asks for a package.
restore_verdict() {
    local output=$1 obj=$2 line project code package orleans=()
    while IFS= read -r line; do
        code=$(sed -n 's/.*: error \([A-Z]*[0-9]*\):.*/\1/p' <<<"$line")
        project=$(basename "${line%% : error*}" .csproj)
        case $code in
            NU1101 | NU1102 | NU1103)
                package=$(sed -nE 's/.*Unable to find (a stable )?package ([A-Za-z0-9._-]*[A-Za-z0-9]).*/\2/p' <<<"$line")
                if [[ $package == Microsoft.Orleans.* ]]; then orleans+=("$package"); continue; fi ;;
            NU1603) package=$(sed -nE 's/.*error NU1603: (Warning As Error: )?([A-Za-z0-9._-]+) .*depends on .*/\2/p' <<<"$line") ;;
            *) package= ;;
        esac
        if [ -z "$package" ] || ! only_orleans_asks "$package" "$obj/$project/project.assets.json"; then
            echo "failed ${line:-without saying why}"
            return
        fi
    done < <(grep -E '(^|: )error( [A-Z]+[0-9]+)?:' "$output" | sort -u)
    if [ ${#orleans[@]} -eq 0 ]; then echo "failed $(tail -n 1 "$output")"; return; fi
    echo "without-orleans $(printf '%s\n' "${orleans[@]}" | sort -u | paste -sd ' ')"
}

# Whether every way to a package in a project's graph goes through a Microsoft.Orleans.* package. No graph, no proof: then it does not.
only_orleans_asks() {
    [ -f "$2" ] && jq -e --arg package "$1" '
        (.targets | to_entries[0].value | with_entries(.key |= split("/")[0])) as $graph
        | [.projectFileDependencyGroups[][] | split(" ")[0]] as $direct
        | def asked(via): [$direct[] | select(via)] | {seen: ., next: .}
            | until(.next == []; .seen as $seen | ([.next[] | $graph[.].dependencies // {} | keys[] | select(via)] | unique - $seen) as $new
                | {seen: ($seen + $new), next: $new})
            | .seen;
        (asked(true) | index($package)) and (asked(startswith("Microsoft.Orleans.") | not) | index($package) | not)' "$2" >/dev/null
}

# restore: sets `solution` to Tci.sln or, without Orleans, to Tci.Standalone.slnf; `orleans_missing` then says why.
restore() {
    local out=artifacts/restore/output.txt verdict
    solution=Tci.sln orleans_missing=
    mkdir -p artifacts/restore
    if ! goes_without_orleans; then
        if bounded 600 dotnet restore Tci.sln -tl:off -v:m >"$out" 2>&1; then
            rm -f "$orleans_stamp"
            return 0
        fi
        need "reading what NuGet found" jq
        verdict=$(restore_verdict "$out" artifacts/obj)
        [[ $verdict == without-orleans* ]] || { cat "$out" >&2; die "The packages could not be restored: ${verdict#failed }"; }
        [ "${TCI_REQUIRE_ORLEANS:-}" != 1 ] || die "TCI_REQUIRE_ORLEANS is 1, and these packages were not found: ${verdict#* }"
        printf '%s\n%s\n' "$(restore_key)" "$verdict" >"$orleans_stamp"
        goes_without_orleans
    fi
    bounded 600 dotnet restore "$solution" -tl:off -v:m >"$out" 2>&1 || { cat "$out" >&2; die "The packages could not be restored even without Orleans."; }
}

# Whether it was decided to go without Orleans, and nothing that decision rests on has changed: a failing restore asks the network every time.
# Says so, once; `./tci clean` forgets the decision.
orleans_stamp=artifacts/restore/without-orleans
goes_without_orleans() {
    local packages
    [ -z "${orleans_missing:-}" ] || return 0
    [ "${TCI_REQUIRE_ORLEANS:-}" != 1 ] && [ -f "$orleans_stamp" ] && [ "$(head -n 1 "$orleans_stamp")" = "$(restore_key)" ] || return 1
    packages=$(sed -n '2s/^without-orleans //p' "$orleans_stamp")
    solution=Tci.Standalone.slnf
    orleans_missing="Orleans cannot be restored here: no package source has ${packages%% *}$([[ $packages != *' '* ]] || echo " and $(wc -w <<<"${packages#* }") more of its packages")"
    say "$orleans_missing."
    note "Building Tci.Standalone.slnf: all but the cluster (src/Silo and its tests, which count as skipped)."
}

# What a decision rests on: SDK, package sources, project files. A folder that is not there yet is no matter.
restore_key() {
    {
        dotnet --version
        dotnet nuget list source
        find src tests bench -name '*.csproj' -print0 | sort -z | xargs -0 cat || true
        cat Directory.*.props Tci.sln Tci.Standalone.slnf || true
    } 2>/dev/null | sha256sum | cut -d ' ' -f 1
}
