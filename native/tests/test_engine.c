// SPDX-License-Identifier: BSD-3-Clause
// Captures on a veth pair, through the shim and the launcher, on real packets.
#include "lab.h"

#include <net/if.h>
#include <pthread.h>
#include <unistd.h>

enum { PACKET_BYTES = 100 };

static void every_packet_sent_is_stored(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("all", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 20000, PACKET_BYTES, 7, 100);
    lab_await_stored(capture, 20000);
    CHECK_EQUAL(tci_capture_stop(capture, NULL), TCI_OK);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
    CHECK_EQUAL(status.total.seen.packets, 20000);
    CHECK_EQUAL(status.total.stored.bytes, 20000 * PACKET_BYTES);
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.packets == 20000 && traffic.out_of_order == 0 && traffic.captured_max == PACKET_BYTES && traffic.link_type == 1);
    CHECK_EQUAL(traffic.file_bytes, status.file_bytes);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && lab_count(summary, "inFlight") == 0 && !strcmp(lab_end(summary), "stopped"));
    json_decref(summary);
}

static void a_filter_takes_its_packets_and_counts_the_others(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("filter", "afpacket:wire1", "\"limits\":{\"packets\":300},\"filter\":\"udp dst port 9\",\"ring\":{\"bytes\":314572800}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 500, PACKET_BYTES, 8, 100);
    lab_send("wire0", 0, 300, PACKET_BYTES, 9, 100);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_PACKETS);
    CHECK_EQUAL(status.total.filtered.packets, 500);
    CHECK_EQUAL(status.total.stored.packets, 300);
    CHECK_EQUAL(lab_read(dir).packets, 300);
}

static void a_snapshot_length_cuts_and_says_how_much(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("snaplen", "afpacket:wire1", "\"limits\":{\"packets\":100},\"snaplen\":60");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 100, 1000, 7, 100);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.total.stored.bytes, 100 * 1000);
    CHECK_EQUAL(status.total.cut.packets, 100);
    CHECK_EQUAL(status.total.cut.bytes, 100 * 940);
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.captured_max == 60 && traffic.file_bytes == 24 + 100 * 76);
}

static void limits_are_exact(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("packets", "afpacket:wire1", "\"limits\":{\"packets\":1234}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 5000, PACKET_BYTES, 7, 50);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.total.stored.packets, 1234);
    CHECK_EQUAL(lab_read(dir).packets, 1234);
    CHECK_EQUAL(status.total.seen.packets, 1234 + status.total.outside_window.packets);

    dir = lab_request("bytes", "afpacket:wire1", "\"limits\":{\"bytes\":100000},\"snaplen\":80");
    if (!(capture = lab_start(dir)))
        return;
    lab_send("wire0", 0, 5000, PACKET_BYTES, 7, 50);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_BYTES);
    CHECK_EQUAL(lab_read(dir).file_bytes, 24 + (100000 - 24) / 96 * 96);
    CHECK_EQUAL(lab_read(dir).file_bytes, status.file_bytes);
}

static void a_duration_ends_by_itself(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    tci_capture *capture = lab_start(lab_request("duration", "afpacket:wire1", "\"limits\":{\"durationMs\":300}"));
    if (!capture)
        return;
    struct tci_status status;
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_DURATION);
    long long took_us = (status.stop_unix_ns - status.start_unix_ns) / 1000;
    CHECK(took_us >= 299000 && took_us < 301000);
}

static bool is_running(void *capture)
{
    struct tci_status status;
    return !tci_capture_status(capture, &status, NULL) && status.state == TCI_STATE_RUNNING;
}

static bool has_seen(void *argument)
{
    struct tci_status status;
    return !tci_capture_status(((void **)argument)[0], &status, NULL) && (long)status.total.outside_window.packets >= (long)((void **)argument)[1];
}

static void an_armed_capture_stores_from_the_instant_on(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("armed", "afpacket:wire1", "\"limits\":{\"durationMs\":30000},\"arm\":true");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    CHECK(status.state == TCI_STATE_ARMED && status.alive && status.start_unix_ns == 0);
    lab_send("wire0", 0, 100, PACKET_BYTES, 7, 10);
    CHECK(lab_until(has_seen, (void *[]){capture, (void *)100}, 3000));
    long long start = lab_now_ns() + 200000000;
    CHECK_EQUAL(tci_capture_start_at(capture, start, NULL), TCI_OK);
    lab_send("wire0", 100, 50, PACKET_BYTES, 7, 0); // told, but not yet
    CHECK(lab_until(is_running, capture, 3000));
    CHECK(lab_now_ns() >= start);
    lab_send("wire0", 150, 100, PACKET_BYTES, 7, 10);
    lab_await_stored(capture, 100);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.start_unix_ns, start);
    CHECK_EQUAL(status.total.outside_window.packets, 150);
    CHECK_EQUAL(status.total.stored.packets, 100);
    CHECK_EQUAL(lab_read(dir).first_sequence, 150);
    CHECK(status.total.first_packet_unix_ns >= start);
}

static void the_deadline_ends_what_is_only_armed(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("deadline", "afpacket:wire1", "");
    char path[256];
    snprintf(path, sizeof path, "%s/request.json", dir);
    FILE *file = fopen(path, "w");
    fprintf(file, "{\"version\":1,\"id\":\"d\",\"source\":\"afpacket:wire1\",\"limits\":{\"packets\":1},\"arm\":true,\"deadlineUnixNs\":%lld}",
            lab_now_ns() + 500000000);
    fclose(file);
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_DEADLINE);
    json_t *summary = lab_summary(dir);
    CHECK_EQUAL(json_integer_value(json_object_get(json_object_get(summary, "end"), "exitCode")), 11);
    json_decref(summary);
}

static void an_interface_that_goes_down_and_comes_back_continues(void)
{
    NEEDS_NETWORK();
    lab_survives_link_down("afpacket:wire1");
}

static void an_interface_that_vanishes_ends_it_with_what_there_was(void)
{
    NEEDS_NETWORK();
    lab_ends_with_its_interface("afpacket:wire1");
}

static void a_full_disk_ends_it_with_whole_records(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    CHECK_EQUAL(lab_shell("mkdir -p %s/small && mount -t tmpfs -o size=400k none %s/small", lab_folder, lab_folder), 0);
    const char *dir = lab_request("small/full", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    char kept[200];
    snprintf(kept, sizeof kept, "%s/small/full", lab_folder);
    char path[256];
    snprintf(path, sizeof path, "%s/request.json", dir);
    CHECK_EQUAL(lab_shell("sed -i s,small/full,full, %s", path), 0);
    tci_capture *capture = lab_start(kept);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 2000, 1000, 7, 100);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_DISK_FULL);
    CHECK(status.total.dropped_disk_full.packets > 0 && status.total.stored.packets > 100);
    struct lab_traffic traffic = lab_read(kept);
    CHECK_EQUAL(traffic.packets, status.total.stored.packets);
    CHECK_EQUAL(traffic.file_bytes, status.file_bytes);
    CHECK_EQUAL(traffic.out_of_order, 0);
    json_t *summary = lab_summary(kept);
    CHECK(lab_adds_up(summary));
    json_decref(summary);
    lab_shell("umount %s/small", lab_folder);
}

static void rotated_files_hold_everything(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("rotate", "afpacket:wire1", "\"limits\":{\"packets\":4000},\"rotate\":{\"bytes\":1048576}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 4000, 1000, 7, 100);
    lab_finish(capture, &status);
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.packets == 4000 && traffic.out_of_order == 0);
    json_t *summary = lab_summary(dir);
    CHECK_EQUAL(json_array_size(json_object_get(summary, "files")), 4);
    json_decref(summary);
}

static void loopback_shows_each_packet_once(void)
{
    NEEDS_NETWORK();
    tci_capture *capture = lab_start(lab_request("lo", "afpacket:lo", "\"limits\":{\"durationMs\":30000}"));
    if (!capture)
        return;
    struct tci_status status;
    lab_send("lo", 0, 200, PACKET_BYTES, 7, 10);
    lab_await_stored(capture, 200);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.total.seen.packets, 200);
}

static void both_directions_are_captured(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    tci_capture *capture = lab_start(lab_request("both", "afpacket:wire1", "\"limits\":{\"packets\":200}"));
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 100, PACKET_BYTES, 7, 10);
    lab_send("wire1", 0, 100, PACKET_BYTES, 7, 10);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.total.stored.packets, 200);
}

struct sender {
    unsigned count;
    _Atomic bool done;
};

static void *send_many(void *argument)
{
    struct sender *sender = argument;
    lab_send("wire0", 0, sender->count, 300, 7, 0);
    sender->done = true;
    return NULL;
}

static void counters_add_up_at_every_read_under_load(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("load", "afpacket:wire1", "\"limits\":{\"durationMs\":30000},\"ring\":{\"bytes\":1048576}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct sender sender = {.count = 300000};
    struct tci_status status;
    pthread_t thread;
    unsigned long reads = 0, wrong = 0;
    pthread_create(&thread, NULL, send_many, &sender);
    while (!sender.done) {
        if (tci_capture_status(capture, &status, NULL))
            continue;
        const struct tci_counters *c = &status.total;
        uint64_t sum = c->stored.packets + c->outside_window.packets + c->filtered.packets + c->sampled_out.packets + c->dropped_kernel.packets +
                       c->dropped_disk_full.packets + c->dropped_no_buffer.packets + c->dropped_engine_lost.packets + c->in_flight.packets;
        uint64_t bytes = c->stored.bytes + c->outside_window.bytes + c->filtered.bytes + c->dropped_disk_full.bytes + c->in_flight.bytes;
        wrong += bytes != c->seen.bytes;
        if (!wrong && (sum != c->seen.packets || c->in_flight.packets > sender.count))
            printf("    sum %llu, seen %llu, in flight %llu, stored %llu, dropped %llu\n", (unsigned long long)sum, (unsigned long long)c->seen.packets,
                   (unsigned long long)c->in_flight.packets, (unsigned long long)c->stored.packets, (unsigned long long)c->dropped_kernel.packets);
        wrong += sum != c->seen.packets || c->in_flight.packets > sender.count;
        reads++;
    }
    pthread_join(thread, NULL);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK(reads > 100);
    CHECK_EQUAL(wrong, 0);
    // A ring of one block loses packets; the kernel's own count of what it saw must be met to the last one.
    CHECK_EQUAL(status.total.seen.packets, sender.count);
    CHECK_EQUAL(status.total.in_flight.packets, 0);
    CHECK_EQUAL(status.total.stored.packets + status.total.dropped_kernel.packets, sender.count);
    CHECK_EQUAL(lab_read(dir).packets, status.total.stored.packets);
}

// Flows are spread over the queues; each packet is in exactly one of them.
static void several_queues_share_the_packets(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("queues", "afpacket:wire1", "\"limits\":{\"packets\":2000},\"queues\":2");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    for (unsigned port = 1; port <= 20; port++)
        lab_send("wire0", port * 100, 100, PACKET_BYTES, port, 10);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_PACKETS);
    CHECK(status.queues == 2 && status.total.stored.packets == 2000 && status.total.seen.packets == 2000);
    json_t *summary = lab_summary(dir);
    json_t *files = json_object_get(summary, "files");
    CHECK(lab_adds_up(summary) && json_array_size(files) == 2);
    for (size_t i = 0; i < 2; i++)
        CHECK(json_integer_value(json_object_get(json_array_get(files, i), "packets")) >= 100);
    json_decref(summary);
}

int main(void)
{
    lab_open();
    RUN(every_packet_sent_is_stored);
    RUN(a_filter_takes_its_packets_and_counts_the_others);
    RUN(a_snapshot_length_cuts_and_says_how_much);
    RUN(limits_are_exact);
    RUN(a_duration_ends_by_itself);
    RUN(an_armed_capture_stores_from_the_instant_on);
    RUN(the_deadline_ends_what_is_only_armed);
    RUN(an_interface_that_goes_down_and_comes_back_continues);
    RUN(an_interface_that_vanishes_ends_it_with_what_there_was);
    RUN(a_full_disk_ends_it_with_whole_records);
    RUN(rotated_files_hold_everything);
    RUN(loopback_shows_each_packet_once);
    RUN(both_directions_are_captured);
    RUN(counters_add_up_at_every_read_under_load);
    RUN(several_queues_share_the_packets);
    lab_close();
    return finish();
}
