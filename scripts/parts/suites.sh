# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the verbs read suites; restore.sh sets orleans_missing
# The suites of `./tci test`: what each runs, and its deadline.

suites=(unit simulation native flows api scenarios silo engine)
unit_excludes=" Simulation Flows Api Scenarios Silo EndToEnd "

# Seconds a suite may take.
deadline_of() {
    local seconds=600
    [ "$1" != engine ] || seconds=900
    [ "${TCI_LONG_TESTS:-}" != 1 ] || seconds=$((seconds * 6))
    echo "$seconds"
}

# The folders of tests/ a suite runs. Every .NET test project that no other suite names belongs to unit.
projects_of() {
    local project
    case $1 in
        unit) for project in tests/*/*.csproj; do
                project=$(basename "$(dirname "$project")")
                [[ $unit_excludes == *" $project "* ]] || echo "$project"
            done ;;
        simulation) echo Simulation ;;
        flows) echo Flows ;;
        api) echo Api ;;
        scenarios) echo Scenarios ;;
        silo) echo Silo ;;
        engine) ls tests/EndToEnd/*.csproj >/dev/null 2>&1 && echo EndToEnd ;;
    esac
}

run_suite() {
    local suite=$1 started project kind
    started=$(now_ms)
    suite_ends=$((started / 1000 + $(deadline_of "$suite")))
    begin_suite
    say "$suite (deadline $(deadline_of "$suite") s)"
    mkdir -p "artifacts/test/$suite"
    for project in $(projects_of "$suite"); do run_dotnet "$suite" "$project"; done
    case $suite in
        unit) run_lines unit door tests/Door/run.sh ;;
        native)
            run_native native
            for kind in sanitized threads fuzz; do run_lines native "$kind" native/tests/run artifacts/native "$kind"; done ;;
        engine)
            run_native engine
            run_lines engine EndToEnd.sh tests/Door/run.sh tests/EndToEnd ;;
    esac
    end_suite "$suite" "$started"
}

seconds_left() {
    local left=$((suite_ends - $(date +%s)))
    echo $((left > 1 ? left : 1))
}

run_dotnet() {
    local suite=$1 project=$2 started status=0 out=artifacts/test/$1/$2 name
    name=$(basename -s .csproj tests/"$project"/*.csproj)
    started=$(now_ms)
    rm -f "$out".*
    : >"$out.table"
    if [ "$project" = Silo ] && [ -n "${orleans_missing:-}" ]; then
        skip_silo >"$out.table"
        settle "$out.table" 0 tests/Silo
    elif [ "$name" = '*' ]; then
        printf 'failed\t%s\tthere is no test project in tests/%s\n' "$project" "$project" >"$out.table"
    else
        bounded "$(seconds_left)" dotnet test "artifacts/bin/$name/release/$name.dll" --nologo --logger "trx;LogFileName=$project.trx" \
            --results-directory "artifacts/test/$suite" </dev/null >"$out.log" 2>&1 || status=$?
        if [ -f "$out.trx" ]; then awk -f scripts/parts/trx.awk "$out.trx" >"$out.table"
        else printf 'failed\tresult file\tit left no result file; what it said is in %s\n' "$out.log" >"$out.table"; fi
        settle "$out.table" "$status" "$out.log"
    fi
    record "$out.table" "$project" "$started"
}

# Every test method of the cluster tests, and of the scenarios they inherit, as skipped.
skip_silo() {
    local files base
    mapfile -t files < <(find tests/Silo -name '*.cs')
    while read -r base; do
        while read -r file; do files+=("$file"); done < <(find tests/Scenarios -name "$base.cs")
    done < <(sed -nE 's/.*\bclass [A-Za-z0-9_]+(\([^)]*\))? *: *([A-Za-z0-9_]+).*/\2/p' "${files[@]}" | sort -u)
    awk '/\[TestMethod/ { wanted = 1 } wanted && /^ *public .*\(/ { sub(/\(.*/, ""); print $NF; wanted = 0 }' "${files[@]}" |
        sort -u | while read -r name; do printf 'skipped\t%s\t%s\n' "$name" "$orleans_missing"; done
}

# run_lines SUITE LABEL COMMAND...: a runner that prints a line a test and counts them at the end.
run_lines() {
    local suite=$1 label=$2 started status=0 out=artifacts/test/$1/$2
    shift 2
    started=$(now_ms)
    bounded "$(seconds_left)" "$@" </dev/null >"$out.log" 2>&1 || status=$?
    closing_table "$out.log" >"$out.table"
    settle "$out.table" "$status" "$out.log"
    record "$out.table" "$label" "$started"
}

# The engine's own test programs, as ctest lists them. Those that run the engine as it is installed, on real interfaces, are the engine suite's.
native_whole=" engine afxdp synthetic launcher idle program "

run_native() {
    local suite=$1 name whole command listed=artifacts/test/$1/native.json
    if ! ctest --test-dir artifacts/native --show-only=json-v1 >"$listed" 2>/dev/null || [ "$(jq '.tests | length' "$listed")" -eq 0 ]; then
        no_native_tests "$suite"
        return
    fi
    while read -r -u 4 name; do
        [[ $native_whole == *" $name "* ]] && whole=engine || whole=native
        [ "$whole" = "$suite" ] || continue
        mapfile -t command < <(jq -r --arg name "$name" '.tests[] | select(.name == $name) | (.properties[] | select(.name == "ENVIRONMENT").value[]), .command[]' "$listed")
        run_lines "$suite" "$name" env "${command[@]}"
    done 4< <(jq -r '.tests[].name' "$listed")
}

no_native_tests() {
    printf 'failed\tnative\tthe native build has no tests\n' >"artifacts/test/$1/native.table"
    record "artifacts/test/$1/native.table" native "$(now_ms)"
}
