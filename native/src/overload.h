// SPDX-License-Identifier: BSD-3-Clause
// A receive ring that stays nearly full says that losses are near, before there is one.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { OVERLOAD_PERMILLE = 900, OVERLOAD_MS = 5000, OVERLOAD_TIMES_MAX = 16 };

struct overload_time {
    int64_t began_unix_ns; // when the ring had become nearly full
    int64_t ended_unix_ns; // 0: it lasts
};

// Of one ring; all zero in the beginning.
struct overload {
    unsigned permille_max; // how full it ever was
    bool now;              // it has been over nine tenths for five seconds, and is
    int64_t ms;            // in all, the five seconds included
    uint32_t count;        // how often; the first OVERLOAD_TIMES_MAX are in `times`
    struct overload_time times[OVERLOAD_TIMES_MAX];

    int64_t since_steady_ns, last_steady_ns, since_unix_ns; // since when it has been nearly full; 0: it is not
};

// What the ring is now, at two clocks; durations are taken from the one that does not step.
void overload_look(struct overload *overload, unsigned permille, int64_t now_steady_ns, int64_t now_unix_ns);
