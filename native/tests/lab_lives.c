// SPDX-License-Identifier: BSD-3-Clause
// What every source that reads an interface has to live through.
#include "lab.h"

enum { PACKET_BYTES = 100 };

struct awaited {
    tci_capture *capture;
    uint64_t packets;
};

static bool has_stored(void *argument)
{
    const struct awaited *awaited = argument;
    struct tci_status status;
    return !tci_capture_status(awaited->capture, &status, NULL) && status.total.stored.packets >= awaited->packets;
}

void lab_await_stored(tci_capture *capture, uint64_t packets)
{
    CHECK(lab_until(has_stored, &(struct awaited){capture, packets}, 5000));
    struct tci_status status = {0};
    tci_capture_status(capture, &status, NULL);
    CHECK_EQUAL(status.total.stored.packets, packets);
}

void lab_survives_link_down(const char *source)
{
    lab_make_veth();
    tci_capture *capture = lab_start(lab_request("down", source, "\"limits\":{\"durationMs\":30000},\"filter\":\"udp\""));
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 50, PACKET_BYTES, 7, 10);
    lab_await_stored(capture, 50);
    CHECK_EQUAL(lab_shell("ip link set wire1 down && sleep 0.2 && ip link set wire1 up"), 0);
    lab_await_link();
    lab_send("wire0", 50, 50, PACKET_BYTES, 7, 10);
    lab_await_stored(capture, 100);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
    CHECK_EQUAL(status.total.stored.packets, 100);
}

void lab_ends_with_its_interface(const char *source)
{
    lab_make_veth();
    const char *dir = lab_request("gone", source, "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 500, PACKET_BYTES, 7, 10);
    CHECK_EQUAL(lab_shell("ip link del wire0"), 0);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_SOURCE_GONE);
    CHECK_EQUAL(status.total.in_flight.packets, 0);
    CHECK_EQUAL(status.total.stored.packets, 500);
    CHECK_EQUAL(lab_read(dir).packets, 500);
}
