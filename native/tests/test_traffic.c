// SPDX-License-Identifier: BSD-3-Clause
// Writing traffic files, reading them back, and reading files of others.
#include "check.h"
#include "instant.h"
#include "outcome.h"
#include "traffic_scan.h"
#include "writer.h"

#include <fcntl.h>
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

static void what_is_written_is_read_back(void)
{
    int fd = scratch();
    struct request request;
    struct writer writer;
    struct flushed flushed;
    struct traffic_scan scan;
    uint8_t bytes[200] = {1, 2, 3};
    request_init(&request);
    request.snaplen = 100;
    CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
    for (int i = 0; i < 10; i++)
        writer_add(&writer, &(struct packet){NS_PER_S + i, 200, (uint32_t)(i < 5 ? 200 : 50), bytes});
    CHECK_EQUAL(writer_flush(&writer, &flushed, NULL), TCI_OK);
    CHECK(flushed.stored.packets == 10 && flushed.stored.bytes == 2000 && flushed.cut.packets == 5 && flushed.cut.bytes == 500);
    CHECK(flushed.first == NS_PER_S && flushed.last == NS_PER_S + 9);
    CHECK_EQUAL(writer_finish(&writer, NULL), TCI_OK);
    CHECK_EQUAL(writer.bytes, 24 + 5 * 116 + 5 * 66);
    int file = openat(fd, "traffic.0.0.pcap", O_RDWR);
    CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
    CHECK(scan.whole_bytes == writer.bytes && scan.stored.packets == 10 && scan.stored.bytes == 2000 && scan.link_type == 1);
    CHECK(scan.first_unix_ns == NS_PER_S && scan.last_unix_ns == NS_PER_S + 9);
    // Broken off anywhere, exactly the whole records count.
    for (uint64_t cut = writer.bytes - 1; cut > 24 + 5 * 116 + 4 * 66; cut--) {
        CHECK_EQUAL(ftruncate(file, (off_t)cut), 0);
        CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
        CHECK(scan.stored.packets == 9 && scan.whole_bytes == 24 + 5 * 116 + 4 * 66);
    }
    CHECK_EQUAL(ftruncate(file, 23), 0);
    CHECK_EQUAL(traffic_scan(file, &scan, NULL), TCI_OK);
    CHECK_EQUAL(scan.whole_bytes, 0);
    close(file);
    writer_free(&writer);
    clean(fd);
}

static void rotation_counts_every_byte(void)
{
    int fd = scratch();
    struct request request;
    struct writer writer;
    struct flushed flushed;
    static uint8_t bytes[60000];
    uint64_t stored = 0, cost = 24;
    request_init(&request);
    request.rotate_bytes = 1 << 20;
    CHECK_EQUAL(writer_open(&writer, fd, 0, &request, 1, NULL), TCI_OK);
    for (int i = 0; i < 50; i++) {
        struct packet packet = {i, sizeof bytes, sizeof bytes, bytes};
        cost += writer_cost(&writer, &packet);
        if (writer_needs_flush(&writer, &packet)) {
            bool rotate = writer_needs_rotation(&writer, &packet);
            CHECK_EQUAL(writer_flush(&writer, &flushed, NULL), TCI_OK);
            stored += flushed.stored.packets;
            CHECK_EQUAL(rotate ? writer_rotate(&writer, NULL) : 0, TCI_OK);
        }
        writer_add(&writer, &packet);
    }
    CHECK_EQUAL(writer_flush(&writer, &flushed, NULL), TCI_OK);
    CHECK_EQUAL(writer_finish(&writer, NULL), TCI_OK);
    CHECK_EQUAL(stored + flushed.stored.packets, 50);
    CHECK_EQUAL(writer.file_count, 3);
    CHECK_EQUAL(writer.bytes, cost);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < writer.file_count; i++) {
        CHECK(writer.files[i].bytes <= 1 << 20);
        sum += writer.files[i].bytes;
    }
    CHECK_EQUAL(sum, writer.bytes);
    writer_free(&writer);
    clean(fd);
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
    struct source *source;
    request_init(&request);
    request.fast = true;
    *count = 0;
    int code = source_pcap.open(path, &request, &source, error);
    if (code)
        return code;
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
    RUN(what_is_written_is_read_back);
    RUN(rotation_counts_every_byte);
    RUN(files_of_all_kinds_are_read);
    RUN(a_truncated_file_gives_what_is_whole);
    RUN(garbage_is_refused);
    return finish();
}
