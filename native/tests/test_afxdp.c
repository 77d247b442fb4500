// SPDX-License-Identifier: BSD-3-Clause
// Captures with AF_XDP sockets on a veth pair. Such a pair has no zero-copy: that way is tried only as far as its refusal.
#include "lab.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PACKET_BYTES = 100 };

// "" where this build and this kernel have AF_XDP.
static char missing[200];

#define NEEDS_AFXDP()                \
    do {                             \
        NEEDS_NETWORK();             \
        if (missing[0])              \
            SKIP("%s", missing);     \
    } while (0)

static void try_afxdp(void)
{
    if (lab_missing[0])
        return;
    lab_make_veth();
    const char *const once[] = {"tci-capture", "run", "--source", "afxdp:wire1", "--dir", "/tmp/tci-lab-none", "--duration", "1ms", NULL};
    int code = lab_program_run(once);
    lab_shell("rm -rf /tmp/tci-lab-none");
    if (code == TCI_UNSUPPORTED || code == TCI_NO_RIGHTS)
        snprintf(missing, sizeof missing, "no AF_XDP: tci-capture ended with %d (built without libxdp, or the kernel has or allows none)", code);
}

// Whether a program is on the interface, and of which kind.
static bool has_program(const char *interface, const char *kind)
{
    return !lab_shell("ip -o link show %s | grep -q ' %s[ /]'", interface, kind);
}

static void stores_what_is_sent(const char *source, const char *kind, const char *mode)
{
    lab_make_veth();
    const char *dir = lab_request("all", source, "\"limits\":{\"durationMs\":30000},\"filter\":\"udp\"");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    CHECK(has_program("wire1", kind));
    tci_capture_status(capture, &status, NULL);
    CHECK_EQUAL(lab_shell("grep -q '^CapPrm:.0000000000000000' /proc/%d/status", status.pid), 0);
    long long before = lab_now_ns();
    lab_send("wire0", 0, 20000, PACKET_BYTES, 7, 100);
    lab_await_stored(capture, 20000);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK(!has_program("wire1", kind));
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
    CHECK_EQUAL(status.total.seen.packets, 20000);
    CHECK_EQUAL(status.total.stored.bytes, 20000 * PACKET_BYTES);
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.packets == 20000 && traffic.out_of_order == 0 && traffic.captured_max == PACKET_BYTES);
    // Stamped one by one when they came, by the clock of everybody else.
    CHECK(status.total.first_packet_unix_ns >= before && status.total.first_packet_unix_ns < status.total.last_packet_unix_ns);
    CHECK(status.total.last_packet_unix_ns <= lab_now_ns());
    json_t *summary = lab_summary(dir), *about = json_object_get(summary, "source");
    json_t *queue = json_array_get(json_object_get(json_object_get(summary, "counters"), "queues"), 0);
    CHECK(lab_adds_up(summary) && lab_count(summary, "inFlight") == 0);
    CHECK(!strcmp(json_string_value(json_object_get(about, "mode")), mode));
    CHECK(!strcmp(json_string_value(json_object_get(about, "stamps")), "software"));
    CHECK_EQUAL(json_integer_value(json_object_get(json_object_get(queue, "afxdp"), "frames")), 16384);
    json_decref(summary);
}

static void every_packet_sent_is_stored_natively(void)
{
    NEEDS_AFXDP();
    stores_what_is_sent("afxdp:wire1", "xdp", "native, copy");
}

static void every_packet_sent_is_stored_in_skb_mode(void)
{
    NEEDS_AFXDP();
    stores_what_is_sent("afxdp:wire1,skb", "xdpgeneric", "SKB, copy");
}

static void every_receive_queue_has_a_socket(void)
{
    NEEDS_AFXDP();
    lab_shell("ip link del wire0 2>/dev/null");
    CHECK_EQUAL(lab_shell("ip link add wire0 numtxqueues 2 numrxqueues 2 type veth peer name wire1 numtxqueues 2 numrxqueues 2 && "
                          "ethtool -L wire0 tx 2 rx 2 && ethtool -L wire1 tx 2 rx 2 && ip link set wire0 up && ip link set wire1 up"), 0);
    lab_await_link();
    const char *dir = lab_request("queues", "afxdp:wire1", "\"limits\":{\"packets\":2000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    for (unsigned port = 1; port <= 20; port++)
        lab_send("wire0", port * 100, 100, PACKET_BYTES, port, 10);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_PACKETS);
    CHECK(status.queues == 2 && status.total.stored.packets == 2000);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && json_array_size(json_object_get(summary, "files")) == 2);
    json_decref(summary);
}

static void tags_stay_in_the_packets(void)
{
    NEEDS_AFXDP();
    lab_make_veth();
    const char *dir = lab_request("tags", "afxdp:wire1", "\"limits\":{\"packets\":50},\"filter\":\"vlan 42 and udp\"");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send_tagged("wire0", 50, 42);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_PACKETS);
    CHECK_EQUAL(lab_read(dir).captured_max, PACKET_BYTES + 4);
}

// Of 2000 packets that come while the engine stands still.
static void keeps_as_many_as_it_has_frames(int ring_bytes, int frames)
{
    int kept = frames < 2000 ? frames : 2000;
    char members[100];
    snprintf(members, sizeof members, "\"limits\":{\"durationMs\":30000},\"ring\":{\"bytes\":%d}", ring_bytes);
    lab_make_veth();
    const char *dir = lab_request(frames < 2000 ? "loss" : "no-loss", "afxdp:wire1", members);
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    // Stopped, the engine gives no frame back: what is beyond its frames has to be dropped.
    tci_capture_status(capture, &status, NULL);
    kill(status.pid, SIGSTOP);
    CHECK_EQUAL(lab_shell("for i in $(seq 500); do grep -q '^State:.T' /proc/%d/task/*/status || { sleep 0.01; continue; }; "
                          "grep -L '^State:.T' /proc/%d/task/*/status | grep -q . || exit 0; sleep 0.01; done; exit 1", status.pid, status.pid), 0);
    lab_send("wire0", 0, 2000, PACKET_BYTES, 7, 0);
    kill(status.pid, SIGCONT);
    lab_await_stored(capture, (uint64_t)kept);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.total.seen.packets, 2000);
    CHECK_EQUAL(status.total.dropped_kernel.packets, 2000 - kept);
    json_t *summary = lab_summary(dir), *queue = json_array_get(json_object_get(json_object_get(summary, "counters"), "queues"), 0);
    CHECK(lab_adds_up(summary));
    json_t *drops = json_object_get(queue, "afxdp");
    CHECK_EQUAL(json_integer_value(json_object_get(drops, "dropped")) + json_integer_value(json_object_get(drops, "ringFull")), 2000 - kept);
    CHECK_EQUAL(json_integer_value(json_object_get(drops, "frames")), frames);
    CHECK(json_real_value(json_object_get(json_object_get(queue, "ring"), "highWaterShare")) > 0.9 * kept / frames);
    json_decref(summary);
}

static void what_a_small_ring_loses_is_counted_by_its_cause_and_a_larger_one_keeps_it(void)
{
    NEEDS_AFXDP();
    keeps_as_many_as_it_has_frames(1 << 20, 512);
    keeps_as_many_as_it_has_frames(4 << 20, 2048);
}

static void an_engine_that_is_killed_leaves_no_program(void)
{
    NEEDS_AFXDP();
    lab_make_veth();
    CHECK_EQUAL(lab_shell("ip -o -d link show wire1 | grep -o 'promiscuity [0-9]*' >%s/before", lab_folder), 0);
    tci_capture *capture = lab_start(lab_request("killed", "afxdp:wire1", "\"limits\":{\"durationMs\":30000}"));
    if (!capture)
        return;
    struct tci_status status;
    CHECK(has_program("wire1", "xdp"));
    tci_capture_status(capture, &status, NULL);
    kill(status.pid, SIGKILL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_KILLED);
    CHECK_EQUAL(lab_shell("for i in $(seq 200); do ip -o link show wire1 | grep -q ' xdp' || exit 0; sleep 0.01; done; exit 1"), 0);
    CHECK_EQUAL(lab_shell("ip -o -d link show wire1 | grep -o 'promiscuity [0-9]*' | cmp -s - %s/before", lab_folder), 0);
}

static void an_interface_that_goes_down_and_comes_back_continues(void)
{
    NEEDS_AFXDP();
    lab_survives_link_down("afxdp:wire1");
}

static void an_interface_that_vanishes_ends_it_with_what_there_was(void)
{
    NEEDS_AFXDP();
    lab_ends_with_its_interface("afxdp:wire1");
}

static int run(const char *source, const char *name)
{
    char dir[128];
    snprintf(dir, sizeof dir, "%s/%s", lab_folder, name);
    const char *const arguments[] = {"tci-capture", "run", "--source", source, "--dir", dir, "--duration", "100ms", NULL};
    return lab_program_run(arguments);
}

// The foreign program is that of another capture: to the second one it is somebody else's all the same.
static void a_program_of_somebody_else_is_left_alone(void)
{
    NEEDS_AFXDP();
    lab_make_veth();
    tci_capture *capture = lab_start(lab_request("first", "afxdp:wire1,skb", "\"limits\":{\"durationMs\":30000}"));
    if (!capture)
        return;
    struct tci_status status;
    CHECK_EQUAL(run("afxdp:wire1", "second"), TCI_FAILED);
    CHECK_EQUAL(lab_shell("'%s' run --source afxdp:wire1 --dir %s/third --duration 1s 2>&1 | grep -q 'has an XDP program already (number [1-9][0-9]*)'", lab_program,
                          lab_folder), 0);
    CHECK(has_program("wire1", "xdpgeneric"));
    lab_send("wire0", 0, 10, PACKET_BYTES, 7, 10);
    lab_await_stored(capture, 10);
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
}

static void without_rights_it_says_which_are_missing(void)
{
    NEEDS_AFXDP();
    if (lab_shell("setpriv --version >/dev/null 2>&1"))
        SKIP("no setpriv program (util-linux)");
    lab_make_veth();
    const char *const without = "setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all,+net_raw,+net_admin --inh-caps -all,+net_raw,+net_admin "
                                "--ambient-caps -all,+net_raw,+net_admin";
    CHECK_EQUAL(lab_shell("cp '%s' %s/engine && cd /tmp && %s %s/engine run --source afxdp:wire1 --dir /tmp/tci-lab-none --duration 1s >%s/said 2>&1", lab_program,
                          lab_folder, without, lab_folder, lab_folder) >> 8, TCI_NO_RIGHTS);
    CHECK_EQUAL(lab_shell("grep -q 'missing: CAP_BPF' %s/said", lab_folder), 0);
    CHECK(!has_program("wire1", "xdp"));
}

static void what_cannot_be_is_refused_with_its_reason(void)
{
    NEEDS_AFXDP();
    lab_make_veth();
    CHECK_EQUAL(run("afxdp:none0", "none"), TCI_NO_SUCH_SOURCE);
    CHECK_EQUAL(run("afxdp:", "empty"), TCI_NO_SUCH_SOURCE);
    CHECK_EQUAL(run("afxdp:wire1,zerocopy", "zero"), TCI_UNSUPPORTED);
    CHECK_EQUAL(run("afxdp:lo", "lo"), TCI_UNSUPPORTED);
    CHECK(!has_program("wire1", "xdp"));
}

static void the_list_shows_it(void)
{
    NEEDS_AFXDP();
    lab_make_veth();
    CHECK_EQUAL(lab_shell("'%s' list --json | grep -Eq '\"afxdp\":\\{\"source\":\"afxdp:wire1\",\"mode\":(\"native, copy\"|null),"
                          "\"needs\":\"CAP_NET_RAW, CAP_NET_ADMIN, CAP_BPF\"\\}'", lab_program), 0);
}

int main(void)
{
    lab_open();
    try_afxdp();
    RUN(every_packet_sent_is_stored_natively);
    RUN(every_packet_sent_is_stored_in_skb_mode);
    RUN(every_receive_queue_has_a_socket);
    RUN(tags_stay_in_the_packets);
    RUN(what_a_small_ring_loses_is_counted_by_its_cause_and_a_larger_one_keeps_it);
    RUN(an_engine_that_is_killed_leaves_no_program);
    RUN(an_interface_that_goes_down_and_comes_back_continues);
    RUN(an_interface_that_vanishes_ends_it_with_what_there_was);
    RUN(a_program_of_somebody_else_is_left_alone);
    RUN(without_rights_it_says_which_are_missing);
    RUN(what_cannot_be_is_refused_with_its_reason);
    RUN(the_list_shows_it);
    lab_close();
    return finish();
}
