// SPDX-License-Identifier: BSD-3-Clause
#include "overload.h"

#include "instant.h"

static void end(struct overload *o, int64_t now_unix_ns)
{
    if (o->now && o->count <= OVERLOAD_TIMES_MAX)
        o->times[o->count - 1].ended_unix_ns = now_unix_ns;
    o->now = false;
    o->since_steady_ns = 0;
}

static void begin(struct overload *o)
{
    o->now = true;
    if (o->count++ < OVERLOAD_TIMES_MAX)
        o->times[o->count - 1] = (struct overload_time){.began_unix_ns = o->since_unix_ns};
    o->last_steady_ns = o->since_steady_ns;
}

void overload_look(struct overload *o, unsigned permille, int64_t now_steady_ns, int64_t now_unix_ns)
{
    if (permille > o->permille_max)
        o->permille_max = permille;
    if (permille <= OVERLOAD_PERMILLE) {
        end(o, now_unix_ns);
        return;
    }
    if (!o->since_steady_ns) {
        o->since_steady_ns = now_steady_ns;
        o->since_unix_ns = now_unix_ns;
    }
    if (!o->now && now_steady_ns - o->since_steady_ns >= OVERLOAD_MS * NS_PER_MS)
        begin(o);
    if (!o->now)
        return;
    // Whole milliseconds; what is left counts the next time.
    int64_t ms = (now_steady_ns - o->last_steady_ns) / NS_PER_MS;
    o->ms += ms;
    o->last_steady_ns += ms * NS_PER_MS;
}
