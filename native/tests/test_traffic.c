// SPDX-License-Identifier: BSD-3-Clause
// Writing traffic files, and reading them back.
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

int main(void)
{
    signal(SIGXFSZ, SIG_IGN);
    RUN(what_is_written_is_read_back);
    RUN(rotation_counts_every_byte);
    RUN(rotation_by_time_goes_by_the_stamps);
    RUN(chunks_and_flushes_leave_no_seam);
    RUN(a_file_size_limit_ends_with_whole_records);
    return finish();
}
