// SPDX-License-Identifier: BSD-3-Clause
// tci-capture as a person runs it: exit codes, files as sources, Ctrl-C.
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *source_of(const char *path)
{
    static char source[300];
    snprintf(source, sizeof source, "pcap:%s", path);
    return source;
}

static void nonsense_is_usage(void)
{
    CHECK_EQUAL(lab_program_run((const char *const[]){"tci-capture", NULL}), 2);
    CHECK_EQUAL(RUN_PROGRAM("frobnicate"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--dir", lab_path("x")), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "afpacket:lo", "--dir", lab_path("x"), "--packets", "0"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "afpacket:lo", "--dir", lab_path("x"), "--packets", "-1"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "afpacket:lo", "--dir", lab_path("x"), "--duration", "10"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "tape:0", "--dir", lab_path("x")), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "afpacket:lo", "--dir", lab_path("x"), "--id", "a b"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--bogus"), 2);
    CHECK_EQUAL(RUN_PROGRAM("check", "--linktype", "x"), 2);
    CHECK_EQUAL(RUN_PROGRAM("help"), 0);
    CHECK_EQUAL(RUN_PROGRAM("version"), 0);
    CHECK_EQUAL(RUN_PROGRAM("list"), 0);
    CHECK_EQUAL(RUN_PROGRAM("check", "--filter", "tcp"), 0);
    CHECK_EQUAL(RUN_PROGRAM("check", "--filter", "tcp por"), 5);
    CHECK(access(lab_path("x"), F_OK));
}

static void what_cannot_start_leaves_nothing(void)
{
    const char *good = lab_make_pcap("good.pcap", 3, false);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "afpacket:nope", "--dir", lab_path("none")), 3);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "pcap:/nowhere", "--dir", lab_path("none")), 3);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(good), "--dir", lab_path("none"), "--filter", "tcp por"), 5);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(good), "--dir", lab_path("none"), "--filter", "type mgt subtype beacon"), 5); // that is for 802.11
    CHECK_EQUAL(lab_shell("head -c 1000 /dev/urandom > %s", lab_path("garbage")), 0);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(lab_path("garbage")), "--dir", lab_path("none")), 8);
    CHECK(access(lab_path("none"), F_OK));
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(good), "--dir", "/nowhere/at/all"), 2);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(good), "--dir", good), 2);
}

static void a_user_without_rights_is_told_which(void)
{
    if (geteuid())
        SKIP("only root can become a user without rights");
    NEEDS_NETWORK();
    CHECK_EQUAL(lab_shell("mkdir -p %s/open && chmod 777 %s/open && chmod 711 $(dirname %s)", lab_folder, lab_folder, lab_program), 0);
    CHECK_EQUAL(lab_shell("setpriv --reuid 65534 --regid 65534 --clear-groups %s run --source afpacket:lo --dir %s/open/x --packets 1 2> %s/said; test $? = 4",
                          lab_program, lab_folder, lab_folder),
                0);
    CHECK_EQUAL(lab_shell("grep -q CAP_NET_RAW %s/said", lab_folder), 0);
}

static void a_file_is_read_to_its_end(void)
{
    const char *file = lab_make_pcap("all.pcap", 250, false), *dir = lab_path("all");
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", dir, "--fast"), 0);
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.packets == 250 && traffic.out_of_order == 0);
    json_t *summary = lab_summary(dir);
    CHECK(!strcmp(lab_end(summary), "source-end") && lab_adds_up(summary) && lab_count(summary, "stored") == 250);
    CHECK_EQUAL(json_integer_value(json_object_get(json_object_get(summary, "times"), "firstPacketUnixNs")), 1000000000000);
    json_decref(summary);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", dir, "--fast"), 6);
    CHECK_EQUAL(lab_read(dir).packets, 250); // and the first capture is still there
}

static void the_recorded_pace_is_kept(void)
{
    const char *file = lab_make_pcap("paced.pcap", 41, false), *dir = lab_path("paced");
    long long before = lab_now_ns();
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", dir), 0);
    long long took_ms = (lab_now_ns() - before) / 1000000;
    CHECK(took_ms >= 400);
    CHECK_EQUAL(lab_read(dir).packets, 41);
}

static void a_duration_of_a_file_is_by_its_own_clock(void)
{
    const char *file = lab_make_pcap("long.pcap", 1000, false);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", lab_path("fast-second"), "--fast", "--duration", "1s"), 0);
    CHECK_EQUAL(lab_read(lab_path("fast-second")).packets, 100);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", lab_path("slow-part"), "--duration", "PT0.3S"), 0);
    unsigned packets = lab_read(lab_path("slow-part")).packets;
    CHECK(packets >= 1 && packets <= 30); // how many of the last ones a busy machine comes to is no matter
}

static void a_broken_file_gives_what_came_before(void)
{
    const char *file = lab_make_pcap("broken.pcap", 10, true), *dir = lab_path("broken");
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", source_of(file), "--dir", dir, "--fast"), 8);
    CHECK_EQUAL(lab_read(dir).packets, 9);
    json_t *summary = lab_summary(dir);
    CHECK(!strcmp(lab_end(summary), "source-damaged"));
    CHECK_EQUAL(json_integer_value(json_object_get(json_object_get(summary, "damage"), "offset")), 24 + 9 * 80);
    json_decref(summary);
}

static bool exists(void *path)
{
    return !access(path, F_OK);
}

static void ctrl_c_and_sigterm_end_cleanly(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    static const int signals[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        const char *dir = lab_path(i ? "term" : "int");
        char traffic_path[300];
        snprintf(traffic_path, sizeof traffic_path, "%s/traffic.0.0.pcap.part", dir);
        pid_t pid = lab_program_start((const char *const[]){"tci-capture", "run", "--source", "afpacket:wire1", "--dir", dir, NULL});
        CHECK(lab_until(exists, traffic_path, 5000));
        usleep(50000);
        lab_send("wire0", 0, 700, 100, 7, 10);
        kill(pid, signals[i]);
        CHECK_EQUAL(lab_program_wait(pid, 5000), 0);
        json_t *summary = lab_summary(dir);
        CHECK(!strcmp(lab_end(summary), "signal") && lab_adds_up(summary) && lab_count(summary, "stored") == 700 && lab_count(summary, "inFlight") == 0);
        json_decref(summary);
        CHECK_EQUAL(lab_read(dir).packets, 700);
    }
}

static bool has_written(void *path)
{
    struct stat facts;
    return !stat(path, &facts) && facts.st_size > 100000;
}

static void a_capture_that_was_killed_is_repaired_by_hand(void)
{
    const char *dir = lab_path("killed");
    char traffic_path[300];
    snprintf(traffic_path, sizeof traffic_path, "%s/traffic.0.0.pcap.part", dir);
    pid_t pid = lab_program_start((const char *const[]){"tci-capture", "run", "--source", "synthetic:1000,10k", "--dir", dir, "--duration", "30s", NULL});
    CHECK(lab_until(has_written, traffic_path, 10000));
    CHECK_EQUAL(RUN_PROGRAM("repair", dir), 6); // it is at work
    kill(pid, SIGKILL);
    CHECK_EQUAL(lab_program_wait(pid, 5000), -SIGKILL);
    CHECK_EQUAL(RUN_PROGRAM("repair", dir), 0);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && lab_count(summary, "stored") > 0 && lab_count(summary, "inFlight") == 0);
    CHECK_EQUAL(lab_read(dir).packets, lab_count(summary, "stored"));
    CHECK(access(traffic_path, F_OK)); // it has its whole name
    json_decref(summary);
    CHECK_EQUAL(RUN_PROGRAM("repair", lab_path("nothing")), 2);
}

// As a container's rules do.
static void refuse_io_uring(void)
{
    struct sock_filter rules[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)},
                                  {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_io_uring_setup},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
    CHECK(syscall(SYS_io_uring_setup, 1, NULL) == -1 && errno == EPERM);
}

static void without_direct_writes_and_io_uring_it_writes_all_the_same(void)
{
    NEEDS_NETWORK(); // the same rights let it mount
    CHECK_EQUAL(lab_shell("mkdir -p %s/plain && mount -t ramfs none %s/plain && touch %s/plain/file", lab_folder, lab_folder, lab_folder), 0);
    int fd = open(lab_path("plain/file"), O_WRONLY | O_DIRECT);
    CHECK(fd < 0);
    const char *dir = lab_path("plain/capture");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        refuse_io_uring();
        _exit(RUN_PROGRAM("run", "--source", "synthetic:1000", "--dir", dir, "--packets", "20000") || checks_failed);
    }
    CHECK_EQUAL(lab_program_wait(pid, 20000), 0);
    CHECK_EQUAL(lab_read(dir).packets, 20000);
    lab_shell("umount %s/plain", lab_folder);
}

// veth keeps the tag in the frame, and the kernel takes it out before the socket sees it: the same as a card that strips tags.
static void vlan_tags_are_put_back(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_path("vlan");
    char traffic_path[300];
    snprintf(traffic_path, sizeof traffic_path, "%s/traffic.0.0.pcap.part", dir);
    pid_t pid = lab_program_start((const char *const[]){"tci-capture", "run", "--source", "afpacket:wire1", "--dir", dir, "--packets", "5", "--filter",
                                                                "vlan 5 and udp", NULL});
    CHECK(lab_until(exists, traffic_path, 5000));
    usleep(50000);
    lab_send_tagged("wire0", 5, 5);
    CHECK_EQUAL(lab_program_wait(pid, 5000), 0);
    CHECK_EQUAL(lab_read(dir).packets, 5);
    CHECK_EQUAL(lab_read(dir).captured_max, 104);
    CHECK_EQUAL(lab_shell("od -An -tx1 -j52 -N4 %s/traffic.0.0.pcap | grep -q '81 00 00 05'", dir), 0);
}

static void options_reach_the_files(void)
{
    const char *dir = lab_path("stages"), *key = lab_path("key"), *merged = lab_path("merged.pcap");
    CHECK_EQUAL(lab_shell("head -c 32 /dev/urandom > %s && chmod 600 %s", key, key), 0);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "synthetic:200", "--dir", dir, "--packets", "1000", "--sample", "3", "--anonymise", key, "--no-payload", "--filter",
                            "udp", "--queues", "2", "--rotate-every", "1h"),
                0);
    json_t *summary = lab_summary(dir);
    CHECK(!strcmp(lab_end(summary), "packets") && lab_adds_up(summary) && lab_count(summary, "stored") == 1000 && lab_count(summary, "cut") == 1000);
    CHECK(lab_count(summary, "sampledOut") >= 1990 && lab_count(summary, "filtered") >= 2990);
    CHECK_EQUAL(json_array_size(json_object_get(json_object_get(summary, "counters"), "queues")), 2);
    CHECK_EQUAL(json_array_size(json_object_get(summary, "files")), 2);
    json_decref(summary);
    char a[300], b[300];
    snprintf(a, sizeof a, "%s/traffic.0.0.pcap", dir), snprintf(b, sizeof b, "%s/traffic.1.0.pcap", dir);
    CHECK_EQUAL(RUN_PROGRAM("merge", "--out", merged, a, b), 0);
    CHECK_EQUAL(RUN_PROGRAM("merge", "--out", merged, a, b), 6); // what is there stays
    CHECK_EQUAL(RUN_PROGRAM("merge", "--out", lab_path("none"), a, "/nowhere"), 3);
    CHECK_EQUAL(RUN_PROGRAM("merge", "--out", lab_path("none")), 2);
    char why[PCAP_ERRBUF_SIZE];
    pcap_t *file = pcap_open_offline_with_tstamp_precision(merged, PCAP_TSTAMP_PRECISION_NANO, why);
    struct pcap_pkthdr *header;
    const u_char *bytes;
    long long before = 0, now, backwards = 0, packets = 0, with_payload = 0; // which queue has how many is up to the scheduler
    for (; file && pcap_next_ex(file, &header, &bytes) == 1; before = now, packets++) {
        now = header->ts.tv_sec * 1000000000LL + header->ts.tv_usec;
        backwards += now < before;
        with_payload += header->caplen != LAB_UDP_HEADERS;
    }
    CHECK(packets == 1000 && !backwards && !with_payload);
    if (file)
        pcap_close(file);
}

// 18 GB a second are too much for any disk here: what is lost is counted, and what is counted as stored is in the file.
static void a_disk_that_is_too_slow_is_told(void)
{
    const char *dir = lab_path("slow");
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "synthetic:9000,2M", "--dir", dir, "--duration", "600ms"), 0);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && lab_count(summary, "inFlight") == 0 && lab_count(summary, "noBuffer") > 0);
    CHECK_EQUAL(lab_read(dir).packets, lab_count(summary, "stored"));
    json_t *disk = json_object_get(json_array_get(json_object_get(json_object_get(summary, "counters"), "queues"), 0), "disk");
    CHECK(json_integer_value(json_object_get(disk, "writes")) > 0 && json_integer_value(json_object_get(disk, "maxNs")) > 0);
    json_decref(summary);
    lab_shell("rm -r %s", dir);
}

static void pcapng_has_its_statistics(void)
{
    const char *dir = lab_path("ng");
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "synthetic:mix,200k", "--dir", dir, "--packets", "5000", "--format", "pcapng", "--filter", "tcp"), 0);
    char path[300], why[PCAP_ERRBUF_SIZE];
    snprintf(path, sizeof path, "%s/traffic.0.0.pcapng", dir);
    pcap_t *file = pcap_open_offline(path, why);
    struct pcap_pkthdr *header;
    const u_char *bytes;
    int packets = 0, got = 0;
    while (file && (got = pcap_next_ex(file, &header, &bytes)) == 1)
        packets++;
    CHECK(packets == 5000 && got == PCAP_ERROR_BREAK);
    if (file)
        pcap_close(file);
    // A statistics block of 112 bytes is the last one; it has the interface's name and the filter at the other end.
    CHECK_EQUAL(lab_shell("tail -c 112 %s | od -An -tu4 -N4 | grep -qw 5", path), 0);
    CHECK_EQUAL(lab_shell("head -c 200 %s | grep -qa 'synthetic:mix,200k' && head -c 200 %s | grep -qa tcp", path, path), 0);
}

int main(void)
{
    lab_open();
    RUN(nonsense_is_usage);
    RUN(what_cannot_start_leaves_nothing);
    RUN(a_user_without_rights_is_told_which);
    RUN(a_file_is_read_to_its_end);
    RUN(the_recorded_pace_is_kept);
    RUN(a_duration_of_a_file_is_by_its_own_clock);
    RUN(a_broken_file_gives_what_came_before);
    RUN(ctrl_c_and_sigterm_end_cleanly);
    RUN(a_capture_that_was_killed_is_repaired_by_hand);
    RUN(without_direct_writes_and_io_uring_it_writes_all_the_same);
    RUN(vlan_tags_are_put_back);
    RUN(options_reach_the_files);
    RUN(a_disk_that_is_too_slow_is_told);
    RUN(pcapng_has_its_statistics);
    lab_close();
    return finish();
}
