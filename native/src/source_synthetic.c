// SPDX-License-Identifier: BSD-3-Clause
// Packets out of a ring that was filled beforehand: for measuring, and for trying out everything behind a card without one. TCP and UDP in turn, of 1024
// connections; byte 42 on holds the packet's place in the ring.
#include "instant.h"
#include "outcome.h"
#include "source.h"
#include "synthetic_name.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    CONNECTIONS = 1024,
    ALIGNMENT = 16,
    PORT_TCP = 443,
    PORT_UDP = 53,
    NUMBER_AT = 42,
    WAITING_MAX = 65536 // packets a ring of this kind holds: what a RATE makes beyond that, while nobody takes any, is lost
};

struct slot {
    uint32_t at, bytes;
};

struct synthetic {
    struct source base;
    struct synthetic_name name;
    uint8_t *ring;
    size_t ring_bytes;
    struct slot *slots;
    uint32_t count, next;
    int64_t begin_ns;
    uint64_t given, dropped;
    bool shut;
};

// Simple IMIX: 7, 4 and 1 of twelve.
static uint32_t bytes_of(const struct synthetic_name *name, uint32_t index)
{
    static const uint16_t mix[] = {64, 576, 64, 64, 576, 64, 1500, 64, 576, 64, 64, 576};
    return name->bytes ? name->bytes : mix[index % (sizeof mix / sizeof *mix)];
}

static uint16_t checksum(const uint8_t *at, unsigned bytes)
{
    uint32_t sum = 0;
    for (unsigned i = 0; i < bytes; i += 2)
        sum += (uint32_t)(at[i] << 8 | at[i + 1]);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static void put16(uint8_t *to, unsigned value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static void make_packet(uint8_t *p, uint32_t bytes, uint32_t index, uint32_t queue)
{
    static const uint8_t ethernet[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0};
    bool tcp = index & 1;
    uint32_t connection = index / 2 % CONNECTIONS;
    memset(p, 0, bytes);
    memcpy(p, ethernet, sizeof ethernet);
    p[14] = 0x45;
    put16(p + 16, bytes - 14);
    p[22] = 64;
    p[23] = tcp ? 6 : 17;
    p[26] = p[30] = 10;
    p[27] = (uint8_t)queue;
    put16(p + 28, connection);
    p[31] = 255;
    p[33] = 1;
    put16(p + 24, checksum(p + 14, 20));
    put16(p + 34, 1024 + connection);
    put16(p + 36, tcp ? PORT_TCP : PORT_UDP);
    if (tcp) {
        p[46] = 0x50;
        p[47] = 0x10;
    } else {
        put16(p + 38, bytes - 34);
        memcpy(p + NUMBER_AT, &index, sizeof index);
    }
}

static void synthetic_close(struct source *source)
{
    struct synthetic *s = (struct synthetic *)source;
    if (s->ring)
        munmap(s->ring, s->ring_bytes);
    free(s->slots);
    free(s);
}

static int fill_ring(struct synthetic *s, uint32_t queue, struct tci_error *error)
{
    // Room for the smallest packets everywhere; the rest of it is never touched.
    uint32_t slots_max = (uint32_t)(s->ring_bytes / (s->name.bytes ? s->name.bytes : 64)) + 1;
    void *ring = mmap(NULL, s->ring_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (ring == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "no memory for a ring of %zu bytes", s->ring_bytes);
    s->ring = ring;
    s->slots = malloc(slots_max * sizeof *s->slots);
    if (!s->slots || madvise(ring, s->ring_bytes, MADV_DONTFORK))
        return fail(error, TCI_FAILED, "no memory for a ring of %zu bytes", s->ring_bytes);
    size_t at = 0;
    for (uint32_t bytes; s->count < slots_max && at + (bytes = bytes_of(&s->name, s->count)) <= s->ring_bytes; s->count++) {
        make_packet(s->ring + at, bytes, s->count, queue);
        s->slots[s->count] = (struct slot){(uint32_t)at, bytes};
        at += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return TCI_OK;
}

static int open_queue(const struct synthetic_name *name, const struct request *request, uint32_t queue, struct source **source, struct tci_error *error)
{
    struct synthetic *s = calloc(1, sizeof *s);
    if (!s)
        return fail(error, TCI_FAILED, "no memory for a source");
    s->base.kind = &source_synthetic;
    s->base.facts = (struct source_facts){.kind = "synthetic", .link_type = 1, .waits = !name->rate, .damage_offset = -1};
    s->name = *name;
    s->ring_bytes = (size_t)request->ring_bytes;
    s->begin_ns = INT64_MAX;
    int code = fill_ring(s, queue, error);
    if (code)
        synthetic_close(&s->base);
    else
        *source = &s->base;
    return code;
}

static int synthetic_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    struct synthetic_name name;
    int code = synthetic_parse(rest, &name, error);
    *count = 0;
    while (!code && *count < (uint32_t)request->queues) {
        code = open_queue(&name, request, *count, &sources[*count], error);
        *count += !code;
    }
    while (code && *count)
        synthetic_close(sources[--*count]);
    return code;
}

// How many are due; waits for the first of them.
static uint64_t due(struct synthetic *s, int timeout_ms)
{
    if (!s->name.rate)
        return BURST_PACKETS_MAX;
    int64_t now_ns = steady_now_ns();
    if (s->begin_ns == INT64_MAX)
        s->begin_ns = now_ns;
    double per_ns = (double)s->name.rate / 1e9;
    uint64_t made = (uint64_t)((double)(now_ns - s->begin_ns) * per_ns), taken = s->given + s->dropped;
    if (made > taken)
        return made - taken;
    int64_t wait_ns = (int64_t)((double)(taken + 1 - made) / per_ns);
    sleep_ns(wait_ns < timeout_ms * NS_PER_MS ? wait_ns : timeout_ms * NS_PER_MS);
    return 0;
}

static int synthetic_burst(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error)
{
    struct synthetic *s = (struct synthetic *)source;
    (void)error;
    *count = 0;
    if (s->shut)
        return TCI_OK;
    uint64_t ready = due(s, timeout_ms);
    if (ready > WAITING_MAX) {
        s->dropped += ready - WAITING_MAX;
        ready = WAITING_MAX;
    }
    unsigned n = ready < BURST_PACKETS_MAX ? (unsigned)ready : BURST_PACKETS_MAX;
    int64_t now_ns = unix_now_ns();
    for (unsigned i = 0; i < n; i++) {
        const struct slot *slot = &s->slots[s->next];
        packets[i] = (struct packet){now_ns + i, slot->bytes, slot->bytes, 0, s->ring + slot->at};
        s->next = s->next + 1 == s->count ? 0 : s->next + 1;
    }
    s->given += n;
    *count = n;
    return TCI_OK;
}

static void synthetic_shut(struct source *source)
{
    ((struct synthetic *)source)->shut = true;
}

static void synthetic_count(struct source *source, struct source_counts *counts)
{
    const struct synthetic *s = (const struct synthetic *)source;
    *counts = (struct source_counts){.seen = s->given + s->dropped, .dropped = s->dropped};
}

// Those that are due and were not taken.
static unsigned synthetic_fill(const struct source *source)
{
    const struct synthetic *s = (const struct synthetic *)source;
    if (!s->name.rate || s->begin_ns == INT64_MAX)
        return 0;
    uint64_t made = (uint64_t)((double)(steady_now_ns() - s->begin_ns) * (double)s->name.rate / 1e9), taken = s->given + s->dropped;
    uint64_t waiting = made > taken ? made - taken : 0;
    return (unsigned)((waiting < WAITING_MAX ? waiting : WAITING_MAX) * 1000 / WAITING_MAX);
}

const struct source_kind source_synthetic = {
    .name = "synthetic",
    .open = synthetic_open,
    .burst = synthetic_burst,
    .shut = synthetic_shut,
    .count = synthetic_count,
    .fill = synthetic_fill,
    .close = synthetic_close,
};
