# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# When the build goes on without Orleans, and when it does not. The output in restore/ was recorded with a package source that has Orleans in part.
# shellcheck disable=SC1091,SC2016,SC2154  # run.sh and restore.sh set door, root, solution, orleans_missing

. "$root/scripts/parts/say.sh"
. "$root/scripts/parts/packages.sh"
. "$root/scripts/parts/restore.sh"

error() { echo "/src/tci/src/Silo/Tci.Silo.csproj : error $1: $2 [/src/tci/Tci.sln]"; }
not_found() { error "${2:-NU1101}" "Unable to find package $1. No packages exist with this id in source(s): public"; }
verdict() { restore_verdict output.txt "${1:-$door/restore}"; }

test_only_orleans_missing_goes_on_without() {
    { not_found Microsoft.Orleans.Sdk; not_found Microsoft.Orleans.Runtime; not_found Microsoft.Orleans.Sdk; } >output.txt
    equal "without-orleans Microsoft.Orleans.Runtime Microsoft.Orleans.Sdk" "$(verdict nowhere)"
}

test_a_missing_version_is_not_found_too() {
    error NU1102 "Unable to find package Microsoft.Orleans.Server with version (>= 10.4.2)" >output.txt
    equal "without-orleans Microsoft.Orleans.Server" "$(verdict nowhere)"
    error NU1103 "Unable to find a stable package Microsoft.Orleans.Client with version (>= 10.4.2)" >output.txt
    equal "without-orleans Microsoft.Orleans.Client" "$(verdict nowhere)"
}

test_what_only_orleans_asks_for_may_be_missing_with_it() {
    cp "$door/restore/without-orleans.txt" output.txt
    holds "$(verdict)" "without-orleans Microsoft.Orleans.Analyzers"
}

test_without_the_graph_nothing_is_put_down_to_orleans() {
    cp "$door/restore/without-orleans.txt" output.txt
    holds "$(verdict nowhere)" "failed "
}

test_another_missing_package_fails() {
    { cat "$door/restore/without-orleans.txt"; not_found Some.Other.Package; } >output.txt
    holds "$(verdict)" "failed "
    holds "$(verdict)" "Some.Other.Package"
}

test_a_package_that_others_ask_for_too_fails() {
    { cat "$door/restore/without-orleans.txt"; not_found Npgsql; } >output.txt
    holds "$(verdict)" "Unable to find package Npgsql"
}

test_what_stands_below_a_package_of_ours_fails() {
    { not_found Microsoft.Orleans.Sdk; error NU1603 "Warning As Error: Npgsql 10.0.0 depends on X.Y (>= 1.0.0) but X.Y 1.0.0 was not found. X.Y 2.0.0 was resolved instead."; } >output.txt
    holds "$(verdict)" "failed "
}

test_a_missing_package_without_orleans_fails() {
    not_found Polly.Extensions >output.txt
    holds "$(verdict)" "failed "
}

test_a_name_that_only_looks_like_orleans_fails() {
    not_found Microsoft.OrleansLike.Sdk >output.txt
    holds "$(verdict)" "failed "
    not_found Evil.Microsoft.Orleans.Sdk >output.txt
    holds "$(verdict)" "failed "
}

test_an_unreachable_source_fails() {
    { not_found Microsoft.Orleans.Sdk; error NU1301 "Unable to load the service index for source public."; } >output.txt
    holds "$(verdict)" "NU1301"
}

test_a_broken_project_fails() {
    { not_found Microsoft.Orleans.Sdk; echo "/src/tci/src/Api/Tci.Api.csproj : error MSB4025: The project file could not be loaded."; } >output.txt
    holds "$(verdict)" "MSB4025"
    echo "MSBUILD : error MSB1009: Project file does not exist." >output.txt
    holds "$(verdict)" "MSB1009"
}

test_a_failure_without_an_error_fails() {
    echo "Killed" >output.txt
    equal "failed Killed" "$(verdict)"
}

# A dotnet that answers `restore Tci.sln` with output.txt and counts how often it is asked.
stand_in() {
    mkdir -p bin
    cat >bin/dotnet <<'EOF'
#!/bin/sh
case "$*" in
    --version) echo 10.0.100 ;;
    "nuget list source") cat sources.txt ;;
    "restore Tci.sln"*) echo asked >>asked.txt; cat output.txt; exit 1 ;;
    "restore Tci.Standalone.slnf"*) exec test ! -f broken ;;
    *) echo "unexpected: $*"; exit 9 ;;
esac
EOF
    chmod +x bin/dotnet
    mkdir -p artifacts src
    cp -r "$door/restore" artifacts/obj
    cp "$door/restore/without-orleans.txt" output.txt
    touch sources.txt Tci.sln Tci.Standalone.slnf
    PATH=$PWD/bin:$PATH
    unset TCI_REQUIRE_ORLEANS
}

test_restore_takes_the_filter_and_says_so() {
    stand_in
    restore >said.txt
    equal Tci.Standalone.slnf "$solution"
    holds "$orleans_missing" "no package source has Microsoft.Orleans.Analyzers and 6 more"
    holds "$(cat said.txt)" "count as skipped"
}

test_the_decision_is_kept_until_something_changes() {
    stand_in
    (restore)
    (restore)
    equal 1 "$(wc -l <asked.txt)"
    echo "a new source" >sources.txt
    (restore)
    equal 2 "$(wc -l <asked.txt)"
}

test_requiring_orleans_makes_it_a_failure() {
    stand_in
    (restore)
    status=0
    (TCI_REQUIRE_ORLEANS=1 restore) >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "TCI_REQUIRE_ORLEANS"
}

test_any_other_error_fails_the_build_and_is_shown() {
    stand_in
    not_found Some.Other.Package >>output.txt
    status=0
    (restore) >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "Some.Other.Package"
}

test_the_rest_must_restore() {
    stand_in
    touch broken
    status=0
    (restore) >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "even without Orleans"
}
