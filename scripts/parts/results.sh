# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Counts what the tests did, over all languages. Every runner leaves a table: passed|failed|skipped, name, reason; tab-separated.

passed=0 failed=0 skipped=0
suite_passed=0 suite_failed=0 suite_skipped=0

# record TABLE LABEL STARTED: adds a runner's table to the suite and prints its line, its failures and its skips.
record() {
    local table=$1 p f s kind name reason
    p=$(grep -c '^passed' "$table" || true)
    f=$(grep -c '^failed' "$table" || true)
    s=$(grep -c '^skipped' "$table" || true)
    suite_passed=$((suite_passed + p)) suite_failed=$((suite_failed + f)) suite_skipped=$((suite_skipped + s))
    printf '    %-14s %5d passed, %d failed, %d skipped  %s\n' "$2" "$p" "$f" "$s" "$(took "$3")"
    while IFS=$'\t' read -r kind name reason; do
        [ "$kind" = passed ] || printf '        %s: %s: %s\n' "$kind" "$name" "$reason"
    done <"$table"
}

# settle TABLE STATUS LOG: makes a table tell of what the tests themselves could not: nothing ran, a crash, the deadline.
settle() {
    local table=$1 status=$2 log=$3
    if timed_out "$status"; then
        printf 'failed\tdeadline\tended at its deadline; what it said is in %s\n' "$log" >>"$table"
    elif [ "$status" -ne 0 ] && ! grep -q '^failed' "$table"; then
        printf 'failed\texit status\tended with status %d though no test failed; what it said is in %s\n' "$status" "$log" >>"$table"
    elif [ ! -s "$table" ]; then
        printf 'failed\tempty\tran no test; what it said is in %s\n' "$log" >>"$table"
    fi
}

begin_suite() { suite_passed=0 suite_failed=0 suite_skipped=0; }

end_suite() {
    passed=$((passed + suite_passed)) failed=$((failed + suite_failed)) skipped=$((skipped + suite_skipped))
    say "$1: $suite_passed passed, $suite_failed failed, $suite_skipped skipped in $(took "$2")"
}

# The last line `./tci test` prints, and its status.
closing_line() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

# closing_table LOG: the table of a runner that prints `passed NAME`, `FAILED NAME: REASON` or `skipped NAME: REASON` a test (a failure's reason may
# stand indented above it instead), and at the end its own count, `N passed, N failed, N skipped`, which has to be the same.
closing_table() {
    awk '
        function row(kind, text,    at) {
            at = index(text, ": ")
            reason = at ? substr(text, at + 2) : said
            if (kind == "skipped" && reason == "") { kind = "failed"; reason = "skipped without a reason" }
            print kind "\t" (at ? substr(text, 1, at - 1) : text) "\t" (kind == "passed" ? "" : reason)
            n[kind]++
            said = ""
        }
        { sub(/\r$/, ""); gsub(/\t/, " ") }
        /[^ ]/ { last = $0 }
        /^ / { sub(/^ +/, ""); if (said == "") said = $0; next }
        $1 ~ /^(passed|FAILED|skipped)$/ { kind = $1 == "FAILED" ? "failed" : $1; sub(/^[A-Za-z]+ +/, ""); row(kind, $0) }
        END {
            counted = (n["passed"] + 0) " passed, " (n["failed"] + 0) " failed, " (n["skipped"] + 0) " skipped"
            if (last != counted) print "failed\tcount\tits last line is \"" last "\", its tests say \"" counted "\""
        }' "$1"
}
