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

int main(void)
{
    lab_open();
    RUN(a_synthetic_rate_is_kept);
    lab_close();
    return finish();
}
