# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The door itself: help for every verb, wrong arguments, and what the documents say one can type.
# shellcheck disable=SC1091,SC2016,SC2154  # run.sh sets root

tci() { "$root/tci" "$@"; }

verbs() { basename -s .sh "$root"/scripts/*.sh; }

refused() {
    local status=0
    "$@" >said.txt 2>&1 || status=$?
    equal 2 "$status"
}

test_help_lists_every_verb() {
    tci >said.txt
    for verb in $(verbs); do grep -qE "^  $verb +[A-Z]" said.txt || fail "no line for $verb"; done
}

test_every_verb_has_help_in_both_forms() {
    for verb in $(verbs); do
        tci help "$verb" >one.txt
        holds "$(cat one.txt)" "usage: ./tci $verb"
        tci "$verb" --help >two.txt
        cmp one.txt two.txt
    done
}

test_an_unknown_verb_is_refused() {
    refused tci nosuchverb
    holds "$(cat said.txt)" "./tci help"
    refused tci help nosuchverb
    refused tci ../tci
    refused tci parts/say
}

test_wrong_arguments_are_refused_before_anything_is_done() {
    for verb in $(verbs); do
        refused tci "$verb" --no-such-option
        holds "$(cat said.txt)" "no-such-option"
    done
    refused tci up --data
    refused tci up --listen 8080
    refused tci test nosuchsuite
    holds "$(cat said.txt)" "unit simulation native"
    refused tci lint nosuchcheck
}

test_an_unknown_benchmark_is_an_error_that_lists_the_known() {
    status=0
    tci bench nosuchbench >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "there are:"
}

test_it_works_from_elsewhere_and_through_a_link() {
    ln -s "$root/tci" link
    holds "$(./link help build)" "out/bin"
}

# Every `./tci VERB` in a document is one that ./tci knows, unless its line says "not yet"; so are the suites after `./tci test`.
test_documents_name_verbs_that_exist() {
    count=0
    while IFS=: read -r file _ line; do
        [[ ${line,,} != *"not yet"* ]] || continue
        while read -r _ verb suite; do
            [ -z "$verb" ] || [ "$verb" = help ] || tci help "$verb" >/dev/null || fail "$file: ./tci $verb"
            if [ "$verb" = test ] && [ -n "$suite" ]; then grep -qE "^suites=\(.*\b$suite\b" "$root/scripts/parts/suites.sh" || fail "$file: ./tci test $suite"; fi
            count=$((count + 1))
        done < <(grep -oE '\./tci( [a-z]+( [a-z]+)?)?' <<<"$line")
    done < <(grep -rnE '\./tci' "$root"/README.md "$root"/ARCHITECTURE.md "$root"/docs --include='*.md')
    [ "$count" -gt 5 ] || fail "found only $count commands in the documents"
}

test_ci_calls_lint_and_test_and_nothing_else() {
    equal $'./tci lint\n./tci test' "$(grep -vE '^(#|set |cd |exec <|$)' "$root/.ci/run")"
}
