// SPDX-License-Identifier: BSD-3-Clause
// Captures of made traffic, through the shim and the launcher.
#include "lab.h"

// A source that makes a given number a second, and a file that takes them: nothing is lost, and the rate is that.
static void a_synthetic_rate_is_kept(void)
{
    const char *dir = lab_request("rate", "synthetic:300,20k", "\"limits\":{\"durationMs\":500},\"cut\":{\"connectionBytes\":600}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_DURATION);
    CHECK(status.total.seen.packets > 5000 && status.total.seen.packets < 15000);
    CHECK_EQUAL(status.total.in_flight.packets, 0);
    CHECK(status.total.sampled_out.packets > 0); // what of the 2048 connections is beyond their 600 bytes
}

static bool is_overloaded(void *capture)
{
    struct tci_status status;
    return !tci_capture_status(capture, &status, NULL) && status.overloaded;
}

// More than any processor takes, and nothing for the disk.
static void an_overload_is_told_as_it_happens(void)
{
    const char *dir = lab_request("overload", "synthetic:100,1G", "\"limits\":{\"durationMs\":30000},\"filter\":\"tcp port 9\"");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    long long begin = lab_now_ns();
    CHECK(!is_overloaded(capture));
    CHECK(lab_until(is_overloaded, capture, 9000));
    long long after_ms = (lab_now_ns() - begin) / 1000000;
    CHECK(after_ms >= 4900);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK(status.total.dropped_kernel.packets > 0);
    json_t *summary = lab_summary(dir), *overloads = json_object_get(summary, "overloads");
    CHECK(lab_adds_up(summary));
    CHECK_EQUAL(json_integer_value(json_object_get(overloads, "count")), 1);
    CHECK(json_integer_value(json_object_get(overloads, "ms")) >= 5000);
    long long began = json_integer_value(json_object_get(json_array_get(json_object_get(overloads, "times"), 0), "beganUnixNs"));
    CHECK(began >= begin - 500000000 && began < begin + 3000000000);
    json_decref(summary);
}

int main(void)
{
    lab_open();
    RUN(a_synthetic_rate_is_kept);
    RUN(an_overload_is_told_as_it_happens);
    lab_close();
    return finish();
}
