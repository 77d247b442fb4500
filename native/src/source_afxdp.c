// SPDX-License-Identifier: BSD-3-Clause
// AF_XDP sockets (kernel Documentation/networking/af_xdp.rst), one for each receive queue of the interface. What they take the host does not get: this is for
// interfaces that are there to be captured from.
#include "afxdp_card.h"
#include "instant.h"
#include "outcome.h"
#include "source.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    PAUSE_US_MIN = 250, // between looks at an empty ring: a sleep costs both sides less than a wake-up for each packet
    PAUSE_US_MAX = 2000,
    PREFETCH_PACKETS = 8
};

struct afxdp {
    struct source base;
    struct afxdp_card *card;
    struct afxdp_socket socket;
    uint64_t held[BURST_PACKETS_MAX]; // frames of the burst that was handed out
    unsigned holding;
    int64_t offset_ns;                // from the clock that does not step to the one of stamps
    uint64_t produced;                // by the kernel, into the ring
    uint32_t produced_before;         // as the ring had it
    struct source_counts counts;
    struct xdp_statistics drops;
    bool gone;
};

static void afxdp_close(struct source *source)
{
    struct afxdp *s = (struct afxdp *)source;
    afxdp_socket_close(&s->socket);
    afxdp_card_leave(s->card);
    free(s);
}

static int open_queue(struct afxdp_card *card, uint32_t queue, const struct request *request, struct source **source, struct tci_error *error)
{
    struct afxdp *s = calloc(1, sizeof *s);
    if (!s)
        return fail(error, TCI_FAILED, "no memory for a source");
    s->base.kind = &source_afxdp;
    s->base.facts = (struct source_facts){.kind = "afxdp", .link_type = 1, .has_interface = true, .damage_offset = -1, .stamps = "software",
                                          .interface = card->interface, .mode = card->mode};
    s->card = card;
    card->users++;
    int code = afxdp_socket_open(&s->socket, card, queue, (size_t)request->ring_bytes, error);
    if (code)
        afxdp_close(&s->base);
    else
        *source = &s->base;
    return code;
}

static int open_all(struct afxdp_card *card, const struct request *request, struct source *sources[], uint32_t *count, struct tci_error *error)
{
    int code = TCI_OK;
    for (*count = 0; !code && *count < card->queues; *count += !code)
        code = open_queue(card, *count, request, &sources[*count], error);
    // Joined when all are there: from here on packets come, and go to no host.
    for (uint32_t i = 0; !code && i < *count; i++)
        code = xdp_program_add(&card->program, i, xsk_socket__fd(((struct afxdp *)sources[i])->socket.socket), error);
    while (code && *count)
        afxdp_close(sources[--*count]);
    return code;
}

static int afxdp_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    struct afxdp_name name;
    struct interface interface;
    int code = afxdp_name_parse(rest, &name, error);
    if (!code)
        code = interface_find(name.interface, &interface, error);
    if (!code && request->stamps == STAMPS_HARDWARE)
        code = fail(error, TCI_UNSUPPORTED, "afxdp sources have no hardware time stamps");
    *count = 0;
    if (code)
        return code;
    // From the best way down; each is tried as a whole, because a driver may refuse it at any point.
    char refusals[300] = "";
    for (enum afxdp_way way = name.first; way <= name.last; way++) {
        struct afxdp_card *card;
        bool final = false;
        code = afxdp_card_open(&interface, way, request->promiscuous, &card, &final, error);
        if (!code) {
            code = open_all(card, request, sources, count, error);
            final = code && code != TCI_UNSUPPORTED;
            afxdp_card_leave(card);
        }
        if (!code || final)
            return code;
        size_t used = strlen(refusals);
        snprintf(refusals + used, sizeof refusals - used, "%s%.120s", used ? "; " : "", error->message);
    }
    return fail(error, TCI_UNSUPPORTED, "%s", refusals);
}

static void give_back(struct afxdp *s)
{
    uint32_t at;
    if (!s->holding || !xsk_ring_prod__reserve(&s->socket.fill, s->holding, &at))
        return;
    for (unsigned i = 0; i < s->holding; i++)
        *xsk_ring_prod__fill_addr(&s->socket.fill, at + i) = s->held[i];
    xsk_ring_prod__submit(&s->socket.fill, s->holding);
    s->holding = 0;
    // Some drivers go to sleep when they have no frames; asking for readiness wakes them.
    if (xsk_ring_prod__needs_wakeup(&s->socket.fill))
        poll(&(struct pollfd){.fd = xsk_socket__fd(s->socket.socket), .events = POLLIN}, 1, 0);
}

// The socket gets an error when its interface is removed, which poll() does not tell, and for nothing else: one that is down may come back.
static int check_interface(struct afxdp *s, struct tci_error *error)
{
    int pending = 0;
    socklen_t bytes = sizeof pending;
    if (!getsockopt(xsk_socket__fd(s->socket.socket), SOL_SOCKET, SO_ERROR, &pending, &bytes) && pending)
        s->gone = true; // asking clears it
    return s->gone ? fail(error, TCI_SOURCE_GONE, "the interface %s was removed", s->base.facts.interface.name) : TCI_OK;
}

static unsigned await(struct afxdp *s, int timeout_ms, uint32_t *at)
{
    unsigned n = xsk_ring_cons__peek(&s->socket.received, BURST_PACKETS_MAX, at);
    int64_t left_us = timeout_ms * INT64_C(1000), pause_us = PAUSE_US_MIN;
    for (; !n && left_us > 0; left_us -= pause_us, pause_us = pause_us * 2 < PAUSE_US_MAX ? pause_us * 2 : PAUSE_US_MAX) {
        sleep_ns(pause_us * 1000);
        n = xsk_ring_cons__peek(&s->socket.received, BURST_PACKETS_MAX, at);
    }
    return n;
}

// The program's stamp, which is cleared for the packet that gets the frame next; without one, now.
static int64_t stamp(const struct afxdp *s, uint8_t *packet, int64_t now_unix_ns)
{
    int64_t seen_ns;
    uint8_t *at = packet - XDP_STAMP_BYTES;
    memcpy(&seen_ns, at, sizeof seen_ns);
    memset(at, 0, sizeof seen_ns);
    return seen_ns ? seen_ns + s->offset_ns : now_unix_ns;
}

static int afxdp_burst(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error)
{
    struct afxdp *s = (struct afxdp *)source;
    uint32_t at = 0;
    give_back(s);
    *count = await(s, timeout_ms, &at);
    if (!*count)
        return timeout_ms > 0 ? check_interface(s, error) : TCI_OK;
    int64_t now_unix_ns = unix_now_ns();
    s->offset_ns = now_unix_ns - steady_now_ns();
    for (unsigned i = 0; i < *count; i++) {
        const struct xdp_desc *frame = xsk_ring_cons__rx_desc(&s->socket.received, at + i);
        if (i + PREFETCH_PACKETS < *count) // frames are far apart: no processor guesses the next one
            __builtin_prefetch(s->socket.memory.at + xsk_ring_cons__rx_desc(&s->socket.received, at + i + PREFETCH_PACKETS)->addr - XDP_STAMP_BYTES, 1);
        uint8_t *bytes = s->socket.memory.at + frame->addr;
        packets[i] = (struct packet){stamp(s, bytes, now_unix_ns), frame->len, frame->len, 0, bytes};
        s->held[i] = frame->addr;
    }
    xsk_ring_cons__release(&s->socket.received, *count);
    s->holding = *count;
    return TCI_OK;
}

// The program goes for all queues at once: the first that is shut takes it off, and the host has its packets again.
static void afxdp_shut(struct source *source)
{
    afxdp_card_shut(((struct afxdp *)source)->card);
}

// The kernel counts what it drops, and the ring how many packets were put into it.
static void afxdp_count(struct source *source, struct source_counts *counts)
{
    struct afxdp *s = (struct afxdp *)source;
    socklen_t bytes = sizeof s->drops;
    uint32_t produced = __atomic_load_n(s->socket.received.producer, __ATOMIC_ACQUIRE);
    s->produced += produced - s->produced_before;
    s->produced_before = produced;
    struct xdp_statistics drops;
    if (!getsockopt(xsk_socket__fd(s->socket.socket), SOL_XDP, XDP_STATISTICS, &drops, &bytes) && bytes == sizeof drops)
        s->drops = drops;
    s->counts.dropped = s->drops.rx_dropped + s->drops.rx_ring_full;
    s->counts.seen = s->produced + s->counts.dropped;
    *counts = s->counts;
}

static unsigned afxdp_fill(const struct source *source)
{
    const struct afxdp *s = (const struct afxdp *)source;
    const struct xsk_ring_cons *ring = &s->socket.received;
    // There is a frame for each place of the ring: what was handed out is not free either.
    uint32_t full = __atomic_load_n(ring->producer, __ATOMIC_RELAXED) - *ring->consumer + s->holding;
    return (unsigned)((uint64_t)full * 1000 / ring->size);
}

// No frame was free, the ring was full, and others, like packets larger than a frame. In copy mode a packet without a frame is in the first and in the last.
static json_t *afxdp_details(const struct source *source)
{
    const struct afxdp *s = (const struct afxdp *)source;
    return json_pack("{s:I, s:I, s:I, s:i, s:s}", "dropped", (json_int_t)s->drops.rx_dropped, "ringFull", (json_int_t)s->drops.rx_ring_full, "noFrame",
                     (json_int_t)s->drops.rx_fill_ring_empty_descs, "frames", (int)s->socket.received.size, "memory", memory_pages(&s->socket.memory));
}

const struct source_kind source_afxdp = {
    .name = "afxdp",
    .rights = RIGHT(CAP_NET_RAW) | RIGHT(CAP_NET_ADMIN) | RIGHT(CAP_BPF),
    .rights_of_use = RIGHT(CAP_IPC_LOCK),
    .open = afxdp_open,
    .burst = afxdp_burst,
    .shut = afxdp_shut,
    .count = afxdp_count,
    .fill = afxdp_fill,
    .details = afxdp_details,
    .close = afxdp_close,
};
