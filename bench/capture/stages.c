// SPDX-License-Identifier: BSD-3-Clause
// What each stage of the engine costs on one core, by the processor time of the thread, with packets out of the synthetic source's ring; and what the machine
// itself can do: memcpy, and raw O_DIRECT writes (bench_stages raw DIR). One JSON object a line.
#include "filter.h"
#include "instant.h"
#include "lane.h"

#include <fcntl.h>
#include <liburing.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROUND_MS = 300, ROUNDS = 5, RAW_DEPTH = 4 };
#define RAW_BYTES (INT64_C(2) << 30)

static volatile uint64_t sink;

static int64_t cpu_now_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

struct bench {
    struct source *source;
    struct filter filter;
    struct stages stages;
    struct writer writer;
    bool interpret, filters, stores;
};

static uint64_t turn(struct bench *b, uint64_t *bytes)
{
    struct packet packets[BURST_PACKETS_MAX];
    unsigned n;
    uint64_t kept = 0;
    b->source->kind->burst(b->source, packets, &n, 0, NULL);
    for (unsigned i = 0; i < n; i++) {
        struct packet *p = &packets[i];
        *bytes += p->length;
        if (b->filters && !(b->interpret ? bpf_filter(b->filter.instructions, p->bytes, p->length, p->captured) != 0
                                         : filter_matches(&b->filter, p->bytes, p->length, p->captured)))
            continue;
        if (b->stages.any && stages_apply(&b->stages, p) != STAGE_KEEP)
            continue;
        kept++;
        if (!b->stores)
            continue;
        struct flushed flushed;
        while (!writer_reserve(&b->writer, p)) {
            if (!writer_reap(&b->writer, &flushed))
                disk_await(&b->writer.disk, 1);
        }
        writer_add(&b->writer, p);
    }
    sink += kept;
    return n;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void warm(struct bench *b)
{
    uint64_t bytes = 0;
    for (int i = 0; i < 64; i++)
        turn(b, &bytes);
}

// Nanoseconds a packet; *length becomes the bytes of one.
static double measure_round(struct bench *b, double *length)
{
    uint64_t packets = 0, bytes = 0;
    int64_t begin = cpu_now_ns(), now = begin;
    for (; now - begin < ROUND_MS * NS_PER_MS; now = cpu_now_ns())
        for (int i = 0; i < 16; i++)
            packets += turn(b, &bytes);
    *length = (double)bytes / (double)packets;
    return (double)(now - begin) / (double)packets;
}

static void print(const char *size, const char *stage, double ns[ROUNDS], double length, const char *more)
{
    qsort(ns, ROUNDS, sizeof *ns, by_value);
    printf("{\"size\": \"%s\", \"stage\": \"%s\", \"nsPerPacket\": %.2f, \"nsFastest\": %.2f, \"millionPerSecond\": %.2f, \"gigabytesPerSecond\": %.2f%s}\n", size,
           stage, ns[ROUNDS / 2], ns[0], 1e3 / ns[ROUNDS / 2], length / ns[ROUNDS / 2], more);
    fflush(stdout);
}

static void measure(struct bench *b, const char *size, const char *stage)
{
    double ns[ROUNDS], length = 0;
    warm(b);
    for (int round = 0; round < ROUNDS; round++)
        ns[round] = measure_round(b, &length);
    print(size, stage, ns, length, "");
}

// Bytes a nanosecond: as much memory as the engine's ring, into as much as its chunks.
static double memcpy_round(void)
{
    enum { PIECE = 2 << 20, PIECES = 16, RING = 128 << 20 };
    static uint8_t *from, *to;
    if (!from) {
        from = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        to = malloc(PIECES * PIECE);
        if (from == MAP_FAILED || !to)
            exit(1);
        memset(to, 1, PIECES * PIECE);
    }
    uint64_t done = 0;
    int64_t begin = cpu_now_ns(), now = begin;
    for (; now - begin < ROUND_MS * NS_PER_MS; now = cpu_now_ns(), done += PIECE)
        memcpy(to + done % (PIECES * PIECE), from + done % RING, PIECE);
    return (double)done / (double)(now - begin);
}

// By turns, so that what else the machine does falls on both: the ratio is of neighbours.
static void measure_beside_memcpy(struct bench *b, const char *size, const char *stage)
{
    double ns[ROUNDS], rates[ROUNDS], ratios[ROUNDS], length = 0;
    char more[100];
    memcpy_round();
    for (int round = 0; round < ROUNDS; round++) {
        rates[round] = memcpy_round();
        warm(b);
        ns[round] = measure_round(b, &length);
        ratios[round] = length / ns[round] / rates[round];
    }
    qsort(rates, ROUNDS, sizeof *rates, by_value);
    qsort(ratios, ROUNDS, sizeof *ratios, by_value);
    snprintf(more, sizeof more, ", \"memcpyGigabytesPerSecond\": %.2f, \"overMemcpy\": %.3f", rates[ROUNDS / 2], ratios[ROUNDS / 2]);
    print(size, stage, ns, length, more);
}

static void measure_size(const char *size, const char *key)
{
    static struct bench b;
    struct request r;
    struct source *sources[TCI_QUEUES_MAX];
    uint32_t count;
    struct tci_error error;
    request_init(&r);
    r.ring_bytes = 128 << 20;
    memset(&b, 0, sizeof b);
    static const char filter[] = "tcp port 443";
    if (source_synthetic.open(size, &r, sources, &count, &error) || filter_compile(filter, strlen(filter), 1, 262144, &b.filter, &error)) {
        fprintf(stderr, "bench_stages: %s\n", error.message);
        exit(1);
    }
    b.source = sources[0];
    measure(&b, size, "receive");
    b.filters = true;
    measure(&b, size, "receive, filter");
    b.interpret = true;
    measure(&b, size, "receive, filter interpreted by libpcap");
    b.interpret = false;
    writer_open_nowhere(&b.writer, &r);
    b.stores = true;
    measure(&b, size, "receive, filter, copy of the half that matches");
    b.filters = false;
    measure_beside_memcpy(&b, size, "receive, copy");
    filter_free(&b.filter);
    static const char all[] = "ip";
    if (!filter_compile(all, strlen(all), 1, 262144, &b.filter, &error)) {
        b.filters = true;
        measure(&b, size, "receive, filter that all pass, copy");
        b.filters = false;
    }
    r.sample_one_in = 10, r.sample_by = SAMPLE_FLOWS;
    if (!stages_open(&b.stages, &r, 1, &error))
        measure(&b, size, "receive, sample flows 1 in 10, copy");
    stages_free(&b.stages);
    r.sample_one_in = 1, r.connection_bytes = INT64_MAX;
    if (!stages_open(&b.stages, &r, 1, &error))
        measure(&b, size, "receive, cut connections, copy");
    stages_free(&b.stages);
    r.connection_bytes = 0, r.anonymise_addresses = true;
    strncpy(r.key_file, key, sizeof r.key_file - 1);
    if (!stages_open(&b.stages, &r, 1, &error))
        measure(&b, size, "receive, anonymise, copy");
    stages_free(&b.stages);
    writer_free(&b.writer);
    filter_free(&b.filter);
    b.source->kind->close(b.source);
}

static int measure_raw(const char *dir)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/raw", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_DIRECT, 0600);
    struct io_uring ring;
    uint8_t *memory = mmap(NULL, (size_t)RAW_DEPTH * CHUNK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (fd < 0 || memory == MAP_FAILED || io_uring_queue_init(RAW_DEPTH, &ring, 0) || fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, RAW_BYTES)) {
        perror("bench_stages: raw");
        return 1;
    }
    memset(memory, 1, (size_t)RAW_DEPTH * CHUNK_BYTES);
    int64_t begun = 0, done = 0, begin_ns = steady_now_ns();
    while (done < RAW_BYTES) {
        for (; begun < RAW_BYTES && begun - done < (int64_t)RAW_DEPTH * CHUNK_BYTES; begun += CHUNK_BYTES)
            io_uring_prep_write(io_uring_get_sqe(&ring), fd, memory + begun / CHUNK_BYTES % RAW_DEPTH * CHUNK_BYTES, CHUNK_BYTES, (uint64_t)begun);
        io_uring_submit(&ring);
        struct io_uring_cqe *cqe;
        if (io_uring_wait_cqe(&ring, &cqe) || cqe->res != CHUNK_BYTES)
            return 1;
        done += cqe->res;
        io_uring_cqe_seen(&ring, cqe);
    }
    fdatasync(fd);
    printf("{\"stage\": \"raw O_DIRECT, synced\", \"gigabytesPerSecond\": %.2f}\n", (double)RAW_BYTES / (double)(steady_now_ns() - begin_ns));
    close(fd);
    return unlink(path);
}

// What a peer wrote, by libpcap.
static int count_packets(const char *path)
{
    char why[PCAP_ERRBUF_SIZE];
    pcap_t *file = pcap_open_offline(path, why);
    struct pcap_pkthdr *header;
    const u_char *bytes;
    uint64_t packets = 0;
    while (file && pcap_next_ex(file, &header, &bytes) == 1)
        packets++;
    if (file)
        pcap_close(file);
    printf("%llu\n", (unsigned long long)packets);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "raw"))
        return measure_raw(argv[2]);
    if (argc == 3 && !strcmp(argv[1], "count"))
        return count_packets(argv[2]);
    if (argc < 3) {
        fputs("usage: bench_stages KEYFILE SIZE... | raw DIR | count FILE\n", stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        measure_size(argv[i], argv[1]);
    return 0;
}
