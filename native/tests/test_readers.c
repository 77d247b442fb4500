// SPDX-License-Identifier: BSD-3-Clause
// Reading traffic files: of all kinds, cut off, and garbage.
#include "check.h"
#include "instant.h"
#include "outcome.h"
#include "source.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <unistd.h>

static char folder[64];

static void scratch(void)
{
    strcpy(folder, "/tmp/tci-test-XXXXXX");
    CHECK(mkdtemp(folder));
}

static void clean(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK_EQUAL(system(command), 0);
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
    scratch();
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
    clean();
}

static void a_truncated_file_gives_what_is_whole(void)
{
    scratch();
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
    clean();
}

static void garbage_is_refused(void)
{
    scratch();
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
    clean();
}

int main(void)
{
    RUN(files_of_all_kinds_are_read);
    RUN(a_truncated_file_gives_what_is_whole);
    RUN(garbage_is_refused);
    return finish();
}
