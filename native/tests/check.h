// SPDX-License-Identifier: BSD-3-Clause
// The harness: a test is a function, CHECK says what did not hold and goes on, SKIP needs a reason. Each program ends with its counts.
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One of each per program, whatever files it is made of: what fails in a helper fails the test.
__attribute__((weak)) int checks_failed, tests_passed, tests_failed, tests_skipped;
__attribute__((weak)) char skip_reason[200];

#define CHECK(condition)                                                                    \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            printf("    %s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);       \
            checks_failed++;                                                                \
        }                                                                                   \
    } while (0)

#define CHECK_EQUAL(actual, expected)                                                                                              \
    do {                                                                                                                           \
        long long a_ = (long long)(actual), e_ = (long long)(expected);                                                            \
        if (a_ != e_) {                                                                                                            \
            printf("    %s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #actual, a_, e_);                                 \
            checks_failed++;                                                                                                       \
        }                                                                                                                          \
    } while (0)

#define SKIP(...)                                                   \
    do {                                                            \
        snprintf(skip_reason, sizeof skip_reason, __VA_ARGS__);     \
        return;                                                     \
    } while (0)

static inline void run_test(const char *name, void (*test)(void))
{
    checks_failed = 0;
    skip_reason[0] = 0;
    test();
    if (checks_failed)
        tests_failed++;
    else if (skip_reason[0])
        tests_skipped++;
    else
        tests_passed++;
    printf("%s %s%s%s\n", checks_failed ? "FAILED " : skip_reason[0] ? "skipped" : "passed ", name, skip_reason[0] && !checks_failed ? ": " : "",
           checks_failed ? "" : skip_reason);
    fflush(stdout);
}

#define RUN(test) run_test(#test, test)

static inline int finish(void)
{
    printf("%d passed, %d failed, %d skipped\n", tests_passed, tests_failed, tests_skipped);
    return tests_failed ? 1 : 0;
}
