# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Counting: result files of MSTest, runners that print lines, and what neither can tell.
# shellcheck disable=SC1091,SC2016,SC2154  # run.sh sets door and root

. "$root/scripts/parts/say.sh"
. "$root/scripts/parts/results.sh"

trx() { awk -f "$root/scripts/parts/trx.awk" "$@"; }

test_a_result_file_gives_a_line_a_test() {
    trx "$door/results/mixed.trx" >table
    equal "2 3 4" "$(grep -c ^passed table) $(grep -c ^failed table) $(grep -c ^skipped table)"
    holds "$(cat table)" $'skipped\tInconc\tneeds <root> & "rights" more'
    holds "$(cat table)" $'skipped\tA\tclass not possible.'
    holds "$(cat table)" $'failed\tSlow\tTest \'Slow\' timed out after 100ms'
}

test_a_result_file_that_is_cut_off_is_a_failure() {
    head -c 2500 "$door/results/mixed.trx" | trx >table
    holds "$(cat table)" "cut off"
}

test_results_that_do_not_add_up_are_a_failure() {
    sed 's/Counters total="9"/Counters total="10"/' "$door/results/mixed.trx" | trx >table
    holds "$(cat table)" $'failed\tresult file\tit says 10 tests and holds 9'
}

test_a_skip_without_a_reason_is_a_failure() {
    sed 's/<Message>not now<.Message>//' "$door/results/mixed.trx" | trx >table
    holds "$(cat table)" $'failed\tIgn\tskipped without a reason'
}

test_an_empty_run_is_a_failure() {
    : >table
    settle table 0 log
    holds "$(cat table)" "ran no test"
}

test_a_crash_is_a_failure_though_no_test_failed() {
    printf 'passed\tA\t\n' >table
    settle table 134 log
    holds "$(cat table)" "status 134"
}

test_the_deadline_is_a_failure() {
    printf 'passed\tA\t\n' >table
    settle table 124 log
    holds "$(cat table)" "deadline"
}

test_lines_are_counted_and_compared() {
    printf 'passed  one\nFAILED  two: broke: here\n    x.c:1: more\nskipped three: no rights\n    x.c:9: does not hold\nFAILED  four\n1 passed, 2 failed, 1 skipped\n' >log
    closing_table log >table
    equal $'passed\tone\t\nfailed\ttwo\tbroke: here\nskipped\tthree\tno rights\nfailed\tfour\tx.c:9: does not hold' "$(cat table)"
}

test_a_wrong_closing_line_is_a_failure() {
    printf 'passed  one\n2 passed, 0 failed, 0 skipped\n' >log
    holds "$(closing_table log)" $'failed\tcount'
    printf 'passed  one\n' >log
    holds "$(closing_table log)" $'failed\tcount'
}

test_a_skipped_line_without_a_reason_is_a_failure() {
    printf 'skipped one\n0 passed, 0 failed, 1 skipped\n' >log
    holds "$(closing_table log)" $'failed\tone\tskipped without a reason'
}

test_the_last_line_is_the_sum() {
    printf 'passed\ta\t\npassed\tb\t\nskipped\tc\twhy\n' >table
    begin_suite
    record table label "$(now_ms)" >said
    end_suite unit "$(now_ms)" >>said
    equal "2 passed, 0 failed, 1 skipped" "$(closing_line)"
    holds "$(cat said)" "skipped: c: why"
    printf 'failed\td\tbad\n' >table
    begin_suite
    record table label "$(now_ms)" >/dev/null
    end_suite native "$(now_ms)" >/dev/null
    if closing_line >said; then fail "a failure ends with status 0"; fi
    equal "2 passed, 1 failed, 1 skipped" "$(cat said)"
}

test_a_deadline_ends_the_command_and_its_children() {
    status=0
    bounded 1 bash -c 'sleep 60 & echo $! >child; wait' || status=$?
    timed_out "$status" || fail "status $status"
    for _ in $(seq 50); do kill -0 "$(cat child)" 2>/dev/null || return 0; sleep 0.1; done
    fail "its child lives"
}
