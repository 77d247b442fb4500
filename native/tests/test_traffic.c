// SPDX-License-Identifier: BSD-3-Clause
// Writing traffic files, reading them back, and reading files of others.
#include "check.h"
#include "instant.h"
#include "outcome.h"
#include "traffic_scan.h"
#include "writer.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[64];

static int scratch(void)
{
    strcpy(folder, "/tmp/tci-test-XXXXXX");
    return mkdtemp(folder) ? open(folder, O_RDONLY | O_DIRECTORY) : -1;
}

static void clean(int fd)
{
    char command[128];
    close(fd);
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK_EQUAL(system(command), 0);
}

// Adds up what has come back until everything is on the disk.
static void collect(struct writer *writer, struct flushed *sum)
{
    struct flushed part;
    struct tci_error error;
    *sum = (struct flushed){0};
    struct trailer_facts trailer = {.now_unix_ns = 9, .start_unix_ns = 1, .received = 10};
    while (!writer_close_file(writer, &trailer)) {
        disk_await(&writer->disk, 100);
        if (writer_reap(writer, &part)) {
            sum->stored.packets.packets += part.stored.packets.packets;
            sum->refused.packets += part.refused.packets;
        }
    }
    sum->code = writer_finish(writer, &error);
    uint64_t before = sum->stored.packets.packets, refused = sum->refused.packets;
    if (writer_reap(writer, &part)) {
        int code = sum->code;
        *sum = part;
        sum->code = code;
        sum->stored.packets.packets += before;
        sum->refused.packets += refused;
    }
}

static void add(struct writer *writer, const struct packet *packet)
{
    struct trailer_facts trailer = {0};
    while ((writer_needs_rotation(writer, packet) && !writer_rotate(writer, &trailer)) || !writer_reserve(writer, packet)) {
        struct flushed part;
        disk_await(&writer->disk, 100);
        writer_reap(writer, &part);
    }
    writer_add(writer, packet);
}

static void what_is_written_is_read_back(void)
{
    for (int format = FORMAT_PCAP; format <= FORMAT_PCAPNG; format++) {
        int fd = scratch();
        struct request request;
        static struct writer writer;
        struct flushed flushed;
        struct traffic_scan scan;
        uint8_t bytes[200] = {1, 2, 3};
        request_init(&request);
        request.snaplen = 100;
        request.format = (enum traffic_format)format;
        strcpy(request.filter, "udp port 7");
        CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
        uint64_t begin = writer.preamble_bytes, end = writer.trailer_bytes;
        for (int i = 0; i < 10; i++)
            add(&writer, &(struct packet){NS_PER_S + i, 200, (uint32_t)(i < 5 ? 200 : 50), 0, bytes});
        collect(&writer, &flushed);
        CHECK_EQUAL(flushed.code, TCI_OK);
        CHECK(flushed.stored.packets.packets == 10 && flushed.stored.packets.bytes == 2000 && flushed.stored.cut.packets == 5 && flushed.stored.cut.bytes == 500);
        CHECK(flushed.stored.first_unix_ns == NS_PER_S && flushed.stored.last_unix_ns == NS_PER_S + 9);
        uint64_t records = 5 * record_bytes(request.format, 100) + 5 * record_bytes(request.format, 50), last = record_bytes(request.format, 50);
        CHECK_EQUAL(writer.bytes, begin + records + end);
        CHECK_EQUAL(writer.stored_bytes, writer.bytes);
        int file = openat(fd, format == FORMAT_PCAP ? "traffic.0.0.pcap" : "traffic.0.0.pcapng", O_RDWR);
        CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
        CHECK(scan.whole_bytes == writer.bytes && scan.stored.packets == 10 && scan.stored.bytes == 2000 && scan.link_type == 1);
        CHECK(scan.first_unix_ns == NS_PER_S && scan.last_unix_ns == NS_PER_S + 9);
        // Broken off anywhere, exactly the whole records count; and so with zeros, as a file system leaves them, in place of the rest.
        for (uint64_t cut = begin + records - 1; cut > begin + records - last; cut--) {
            CHECK_EQUAL(ftruncate(file, (off_t)cut), 0);
            CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
            CHECK(scan.stored.packets == 9 && scan.whole_bytes == begin + records - last);
        }
        CHECK_EQUAL(ftruncate(file, (off_t)(begin + records - last)), 0);
        CHECK_EQUAL(ftruncate(file, 100000), 0);
        CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
        CHECK(scan.stored.packets == 9 && scan.whole_bytes == begin + records - last);
        CHECK_EQUAL(ftruncate(file, (off_t)begin - 1), 0);
        CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
        CHECK_EQUAL(scan.whole_bytes, 0);
        close(file);
        writer_free(&writer);
        clean(fd);
    }
}

static void rotation_counts_every_byte(void)
{
    int fd = scratch();
    struct request request;
    static struct writer writer;
    struct flushed flushed;
    static uint8_t bytes[60000];
    uint64_t cost = 24;
    request_init(&request);
    request.rotate_bytes = 1 << 20;
    CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
    for (int i = 0; i < 50; i++) {
        struct packet packet = {i, sizeof bytes, sizeof bytes, 0, bytes};
        cost += writer_cost(&writer, &packet);
        add(&writer, &packet);
    }
    collect(&writer, &flushed);
    CHECK_EQUAL(flushed.code, TCI_OK);
    CHECK_EQUAL(writer.disk.file_count, 3);
    CHECK_EQUAL(writer.bytes, cost);
    uint64_t sum = 0, packets = 0;
    for (uint32_t i = 0; i < writer.disk.file_count; i++) {
        CHECK(writer.disk.files[i].bytes <= 1 << 20);
        sum += writer.disk.files[i].bytes;
        packets += writer.disk.files[i].packets;
    }
    CHECK_EQUAL(sum, writer.bytes);
    CHECK_EQUAL(packets, 50);
    writer_free(&writer);
    clean(fd);
}

static void rotation_by_time_goes_by_the_stamps(void)
{
    int fd = scratch();
    struct request request;
    static struct writer writer;
    struct flushed flushed;
    uint8_t bytes[60] = {0};
    request_init(&request);
    request.rotate_ms = 1000;
    CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
    for (int i = 0; i < 25; i++) // ten a second
        add(&writer, &(struct packet){i * NS_PER_S / 10, 60, 60, 0, bytes});
    collect(&writer, &flushed);
    CHECK_EQUAL(writer.disk.file_count, 3);
    CHECK(writer.disk.files[0].packets == 10 && writer.disk.files[1].packets == 10 && writer.disk.files[2].packets == 5);
    writer_free(&writer);
    clean(fd);
}

// Sizes at random, flushes at random: records across chunks, blocks written twice. What is read back must be what was added.
static void chunks_and_flushes_leave_no_seam(void)
{
    for (int format = FORMAT_PCAP; format <= FORMAT_PCAPNG; format++) {
        int fd = scratch();
        struct request request;
        static struct writer writer;
        static uint8_t bytes[9000];
        struct flushed flushed;
        uint64_t length = 0;
        unsigned random = 7, packets = 4000;
        request_init(&request);
        request.format = (enum traffic_format)format;
        CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
        for (unsigned i = 0; i < packets; i++) {
            random = random * 1103515245u + 12345u;
            uint32_t size = 60 + (random >> 8) % 8900;
            memset(bytes, (int)i, size);
            add(&writer, &(struct packet){i, size, size, 0, bytes});
            length += size;
            if (random % 37 == 0)
                writer_flush(&writer, 0);
        }
        collect(&writer, &flushed);
        CHECK_EQUAL(writer.disk.files[0].packets, packets);
        char path[128], why[PCAP_ERRBUF_SIZE];
        snprintf(path, sizeof path, "%s/traffic.0.0.%s", folder, format ? "pcapng" : "pcap");
        pcap_t *file = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, why);
        struct pcap_pkthdr *header;
        const u_char *data;
        unsigned read = 0, wrong = 0;
        for (; file && pcap_next_ex(file, &header, &data) == 1; read++) {
            length -= header->len;
            wrong += header->ts.tv_usec != read || data[0] != (uint8_t)read || data[header->caplen - 1] != (uint8_t)read;
        }
        CHECK_EQUAL(read, packets);
        CHECK_EQUAL(wrong, 0);
        CHECK_EQUAL(length, 0);
        if (file)
            pcap_close(file);
        writer_free(&writer);
        clean(fd);
    }
}

// However much the file system takes: what is counted as stored is in the files, and the rest is counted as refused.
static void a_file_size_limit_ends_with_whole_records(void)
{
    for (unsigned limit = 0; limit < 12; limit++) {
        int fd = scratch();
        struct request request;
        static struct writer writer;
        struct flushed flushed;
        static uint8_t bytes[1400];
        request_init(&request);
        struct rlimit before, now = {limit ? 3000000 + limit * 1111 : 20, 0};
        CHECK(!getrlimit(RLIMIT_FSIZE, &before));
        now.rlim_max = before.rlim_max;
        CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
        CHECK(!setrlimit(RLIMIT_FSIZE, &now));
        for (int i = 0; i < 4000; i++) {
            add(&writer, &(struct packet){i, 1400, 1400, 0, bytes});
            if (limit % 3 == 1 && i % 100 == 0)
                writer_flush(&writer, 0);
        }
        collect(&writer, &flushed);
        CHECK(!setrlimit(RLIMIT_FSIZE, &before));
        CHECK_EQUAL(flushed.code, TCI_DISK_FULL);
        uint64_t stored = 0;
        for (uint32_t i = 0; i < writer.disk.file_count; i++)
            stored += writer.disk.files[i].packets;
        CHECK_EQUAL(writer.disk.file_count, limit ? 1 : 0);
        if (limit) {
            CHECK(stored > 2000 && stored < 4000);
            CHECK_EQUAL(writer.disk.files[0].bytes, 24 + stored * 1416);
            struct traffic_scan scan;
            int file = openat(fd, "traffic.0.0.pcap", O_RDONLY);
            CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
            CHECK(scan.stored.packets == stored && scan.whole_bytes == writer.disk.files[0].bytes && scan.whole_bytes == writer.stored_bytes);
            close(file);
        }
        writer_free(&writer);
        clean(fd);
    }
}

static void put(FILE *file, uint64_t value, int bytes, bool big)
{
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> 8 * (big ? bytes - 1 - i : i) & 255), file);
}

// A pcap of three packets, 1 ms apart, in any of the four layouts.
static void write_pcap(const char *path, bool big, bool nano, uint32_t link_type)
{
    FILE *file = fopen(path, "wb");
    put(file, nano ? 0xa1b23c4d : 0xa1b2c3d4, 4, big);
    put(file, 2, 2, big);
    put(file, 4, 2, big);
    put(file, 0, 8, big);
    put(file, 65535, 4, big);
    put(file, link_type, 4, big);
    for (unsigned i = 0; i < 3; i++) {
        put(file, 7, 4, big);
        put(file, nano ? i * 1000000 : i * 1000, 4, big);
        put(file, 20, 4, big);
        put(file, 20 + i, 4, big);
        for (unsigned n = 0; n < 20; n++)
            fputc((int)(n + i), file);
    }
    fclose(file);
}

static void write_pcapng(const char *path)
{
    FILE *file = fopen(path, "wb");
    put(file, 0x0a0d0d0a, 4, false), put(file, 28, 4, false), put(file, 0x1a2b3c4d, 4, false), put(file, 1, 4, false);
    put(file, ~UINT64_C(0), 8, false), put(file, 28, 4, false);
    put(file, 1, 4, false), put(file, 20, 4, false), put(file, 1, 4, false), put(file, 65535, 4, false), put(file, 20, 4, false);
    for (unsigned i = 0; i < 3; i++) {
        uint64_t micros = 7000000 + i * 1000;
        put(file, 6, 4, false), put(file, 52, 4, false), put(file, 0, 4, false), put(file, micros >> 32, 4, false);
        put(file, micros & 0xffffffff, 4, false), put(file, 20, 4, false), put(file, 20 + i, 4, false);
        for (unsigned n = 0; n < 20; n++)
            fputc((int)(n + i), file);
        put(file, 52, 4, false);
    }
    fclose(file);
}

// Reads to the end; the number of packets, and how it ended.
static int read_all(const char *path, bool intact, unsigned *count, int *link_type, int64_t *damage, struct tci_error *error)
{
    struct request request;
    struct source *source, *sources[TCI_QUEUES_MAX];
    uint32_t queues;
    request_init(&request);
    request.fast = true;
    *count = 0;
    int code = source_pcap.open(path, &request, sources, &queues, error);
    if (code)
        return code;
    source = sources[0];
    while (!code) {
        struct packet packets[BURST_PACKETS_MAX];
        unsigned n;
        code = source_pcap.burst(source, packets, &n, 0, error);
        for (unsigned i = 0; i < n; i++, (*count)++) {
            if (!intact)
                continue; // what the packets hold is anybody's guess
            CHECK_EQUAL(packets[i].unix_ns, 7 * NS_PER_S + *count * NS_PER_MS);
            CHECK(packets[i].captured == 20 && packets[i].length == 20 + *count && packets[i].bytes[19] == 19 + *count);
        }
    }
    *link_type = source->facts.link_type;
    *damage = source->facts.damage_offset;
    source_pcap.close(source);
    return code;
}

static void files_of_all_kinds_are_read(void)
{
    int fd = scratch();
    char path[128];
    struct tci_error error;
    for (int kind = 0; kind < 5; kind++) {
        unsigned count;
        int link_type;
        int64_t damage;
        snprintf(path, sizeof path, "%s/%d", folder, kind);
        if (kind < 4)
            write_pcap(path, kind & 1, kind & 2, 101);
        else
            write_pcapng(path);
        CHECK_EQUAL(read_all(path, true, &count, &link_type, &damage, &error), TCI_END_SOURCE_END);
        CHECK_EQUAL(count, 3);
        CHECK_EQUAL(link_type, kind < 4 ? 101 : 1);
        CHECK_EQUAL(damage, -1);
    }
    clean(fd);
}

static void a_truncated_file_gives_what_is_whole(void)
{
    int fd = scratch();
    char path[128];
    snprintf(path, sizeof path, "%s/cut", folder);
    for (unsigned length = 24 + 3 * 36 - 1; length >= 24; length--) {
        unsigned count, whole = (length - 24) / 36;
        int link_type;
        int64_t damage;
        struct tci_error error;
        write_pcap(path, false, true, 1);
        CHECK_EQUAL(truncate(path, length), 0);
        int code = read_all(path, true, &count, &link_type, &damage, &error);
        CHECK_EQUAL(count, whole);
        bool clean_end = (length - 24) % 36 == 0;
        CHECK_EQUAL(code, clean_end ? TCI_END_SOURCE_END : TCI_SOURCE_DAMAGED);
        CHECK_EQUAL(damage, clean_end ? -1 : 24 + (int)whole * 36);
    }
    clean(fd);
}

static void garbage_is_refused(void)
{
    int fd = scratch();
    char path[128];
    struct tci_error error;
    unsigned count, random = 1;
    int link_type;
    int64_t damage;
    snprintf(path, sizeof path, "%s/garbage", folder);
    for (int round = 0; round < 200; round++) {
        write_pcap(path, false, true, 1);
        FILE *file = fopen(path, "r+b");
        for (int i = 0; i < 4; i++) {
            random = random * 1103515245u + 12345u;
            fseek(file, random >> 8 & 127, SEEK_SET);
            fputc((int)(random >> 16 & 255), file);
        }
        fclose(file);
        int code = read_all(path, false, &count, &link_type, &damage, &error);
        CHECK(code == TCI_END_SOURCE_END || code == TCI_SOURCE_DAMAGED);
    }
    CHECK_EQUAL(truncate(path, 10), 0);
    CHECK_EQUAL(read_all(path, false, &count, &link_type, &damage, &error), TCI_SOURCE_DAMAGED);
    CHECK_EQUAL(read_all("/nowhere", false, &count, &link_type, &damage, &error), TCI_NO_SUCH_SOURCE);
    CHECK_EQUAL(read_all("/tmp", false, &count, &link_type, &damage, &error), TCI_NO_SUCH_SOURCE);
    CHECK_EQUAL(read_all("/dev/zero", false, &count, &link_type, &damage, &error), TCI_NO_SUCH_SOURCE);
    clean(fd);
}

int main(void)
{
    signal(SIGXFSZ, SIG_IGN);
    RUN(what_is_written_is_read_back);
    RUN(rotation_counts_every_byte);
    RUN(rotation_by_time_goes_by_the_stamps);
    RUN(chunks_and_flushes_leave_no_seam);
    RUN(a_file_size_limit_ends_with_whole_records);
    RUN(files_of_all_kinds_are_read);
    RUN(a_truncated_file_gives_what_is_whole);
    RUN(garbage_is_refused);
    return finish();
}
