// SPDX-License-Identifier: BSD-3-Clause
// The two clocks. Instants people see and packets carry are `unix`; every wait and duration is `steady`, which never steps.
#pragma once
#include <stdint.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

static inline int64_t clock_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

static inline int64_t unix_now_ns(void)
{
    return clock_ns(CLOCK_REALTIME);
}

static inline int64_t steady_now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

// What is left until a steady deadline, for poll(): rounded up, never negative, at most a minute.
static inline int ms_until(int64_t steady_deadline_ns)
{
    int64_t left_ns = steady_deadline_ns - steady_now_ns();
    if (left_ns <= 0)
        return 0;
    return left_ns > 60 * NS_PER_S ? 60000 : (int)((left_ns + NS_PER_MS - 1) / NS_PER_MS);
}

// Stamps from files can be anything: those that do not fit are the first or the last there is.
static inline int64_t stamp_ns(int64_t seconds, int64_t ns)
{
    int64_t stamp;
    if (__builtin_mul_overflow(seconds, NS_PER_S, &stamp) || __builtin_add_overflow(stamp, ns, &stamp))
        return seconds < 0 ? INT64_MIN : INT64_MAX;
    return stamp;
}

static inline void sleep_ns(int64_t ns)
{
    struct timespec t = {ns / NS_PER_S, ns % NS_PER_S};
    nanosleep(&t, NULL);
}
