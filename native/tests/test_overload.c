// SPDX-License-Identifier: BSD-3-Clause
// When a ring that is nearly full is an overload, by clocks of our own.
#include "check.h"
#include "overload.h"

#define MS INT64_C(1000000)

// What the ring is from one instant to another, looked at every 5 ms. The wall clock is an hour ahead of the other one.
static void hold(struct overload *o, unsigned permille, int64_t from_ms, int64_t to_ms)
{
    for (int64_t ms = from_ms; ms < to_ms; ms += 5)
        overload_look(o, permille, ms * MS, (ms + 3600000) * MS);
}

static void less_than_five_seconds_are_none(void)
{
    struct overload o = {0};
    hold(&o, 950, 1000, 5995);
    CHECK(!o.now && o.count == 0 && o.ms == 0);
    hold(&o, 900, 5995, 6000); // not over nine tenths
    hold(&o, 1000, 6000, 10990);
    CHECK(!o.now && o.count == 0 && o.ms == 0);
    CHECK_EQUAL(o.permille_max, 1000);
}

static void five_seconds_are_one_and_last_until_there_is_room(void)
{
    struct overload o = {0};
    hold(&o, 901, 1000, 6000);
    CHECK(!o.now);
    hold(&o, 901, 6000, 6005);
    CHECK(o.now && o.count == 1 && o.ms == 5000 && o.times[0].ended_unix_ns == 0);
    CHECK_EQUAL(o.times[0].began_unix_ns, 3601000 * MS);
    hold(&o, 999, 6005, 8000);
    CHECK_EQUAL(o.ms, 6995);
    hold(&o, 100, 8000, 8005);
    CHECK(!o.now && o.count == 1 && o.ms == 6995);
    CHECK_EQUAL(o.times[0].ended_unix_ns, 3608000 * MS);
}

static void each_time_is_counted_and_the_first_are_told(void)
{
    struct overload o = {0};
    for (int i = 0; i < 20; i++) {
        hold(&o, 1000, 1000 + i * 10000, 7000 + i * 10000);
        CHECK(o.now);
        hold(&o, 0, 7000 + i * 10000, 7005 + i * 10000);
    }
    CHECK_EQUAL(o.count, 20);
    CHECK_EQUAL(o.ms, 20 * 5995);
    CHECK_EQUAL(o.times[OVERLOAD_TIMES_MAX - 1].began_unix_ns, (3601000 + (OVERLOAD_TIMES_MAX - 1) * 10000) * MS);
    CHECK(o.times[OVERLOAD_TIMES_MAX - 1].ended_unix_ns > 0);
}

static void a_wall_clock_that_is_set_changes_no_duration(void)
{
    struct overload o = {0};
    hold(&o, 1000, 1000, 3000);
    for (int64_t ms = 3000; ms < 7000; ms += 5)
        overload_look(&o, 1000, ms * MS, ms * MS); // an hour back
    CHECK(o.now && o.count == 1);
    CHECK_EQUAL(o.ms, 5995);
}

int main(void)
{
    RUN(less_than_five_seconds_are_none);
    RUN(five_seconds_are_one_and_last_until_there_is_room);
    RUN(each_time_is_counted_and_the_first_are_told);
    RUN(a_wall_clock_that_is_set_changes_no_duration);
    return finish();
}
