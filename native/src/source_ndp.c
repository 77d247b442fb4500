// SPDX-License-Identifier: BSD-3-Clause
// CESNET NFB cards by NDP: each queue of the card's DMA is a queue of the capture. What the card itself drops is not among the functions we use: those figures
// are the card's (nfb-dma).
#include "device_tree.h"
#include "instant.h"
#include "nfb.h"
#include "outcome.h"
#include "placement.h"
#include "source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EMPTY_WAIT_US = 50, EMPTY_WAITS_MAX = 20, STAMP_BYTES = 8 };
#define LOOK_EVERY_NS (NS_PER_S / 2)

// One device for all queues; the last that closes, closes it.
struct card {
    const struct nfb *nfb;
    struct nfb_device *device;
    int32_t stamps[NDP_HEADERS];
    unsigned users;
    char name[REQUEST_SOURCE_BYTES_MAX + 16]; // its device file
    int file;                                 // the same, open as a name only; -1 where there is none to watch
};

struct ndp {
    struct source base;
    struct card *card;
    struct ndp_queue *queue;
    bool started, holding, shut;
    int64_t looked_ns;
    uint64_t seen;
};

static void card_leave(struct card *card)
{
    if (--card->users)
        return;
    card->nfb->close(card->device);
    if (card->file >= 0)
        close(card->file);
    free(card);
}

static void ndp_close(struct source *source)
{
    struct ndp *s = (struct ndp *)source;
    const struct nfb *nfb = s->card->nfb;
    if (s->holding)
        nfb->rx_burst_put(s->queue);
    if (s->started)
        nfb->queue_stop(s->queue);
    if (s->queue)
        nfb->close_rx_queue(s->queue);
    card_leave(s->card);
    free(s);
}

static int open_queue(struct card *card, unsigned index, struct source **source, struct tci_error *error)
{
    struct ndp *s = calloc(1, sizeof *s);
    if (!s)
        return fail(error, TCI_FAILED, "no memory for a source");
    s->base.kind = &source_ndp;
    s->base.facts = (struct source_facts){.kind = "ndp", .link_type = 1, .damage_offset = -1, .stamps = "hardware"};
    s->card = card;
    card->users++;
    s->queue = card->nfb->open_rx_queue(card->device, index);
    s->started = s->queue && !card->nfb->queue_start(s->queue);
    if (s->started) {
        *source = &s->base;
        return TCI_OK;
    }
    ndp_close(&s->base);
    return fail(error, TCI_NO_RIGHTS, "cannot %s queue %u of the card; is another program receiving?", s->queue ? "start" : "open", index);
}

// A number or a device file: libnfb takes other names too, which make it load code, and finds some of them anywhere in a path.
static bool is_device(const char *name)
{
    return *name && (!name[strspn(name, "0123456789")] || (!strncmp(name, "/dev/", 5) && !strstr(name, "..") && !strstr(name, "libnfb")));
}

static int open_card(const char *name, struct card **card, struct tci_error *error)
{
    const struct nfb *nfb;
    if (!is_device(name))
        return fail(error, TCI_BAD_REQUEST, "not ndp:NUMBER or ndp:/dev/NAME");
    int code = nfb_load(&nfb, error);
    if (code)
        return code;
    *card = calloc(1, sizeof **card);
    if (!*card)
        return fail(error, TCI_FAILED, "no memory for a source");
    **card = (struct card){.nfb = nfb, .device = nfb->open(name), .users = 1};
    if (!(*card)->device) {
        code = fail_os(error, TCI_NO_SUCH_SOURCE, "cannot open the card %.200s", name);
        free(*card);
        return code;
    }
    device_tree_stamps(nfb->get_fdt((*card)->device), (*card)->stamps);
    snprintf((*card)->name, sizeof (*card)->name, "%s%s", *name == '/' ? "" : "/dev/nfb", name);
    (*card)->file = open((*card)->name, O_PATH | O_CLOEXEC);
    return TCI_OK;
}

static int ndp_node(const struct source *source)
{
    const struct ndp *s = (const struct ndp *)source;
    int node = s->card->nfb->queue_get_numa_node(s->queue);
    return node < 0 ? NO_NODE : node;
}

// Of all queues; a card on two nodes has none: there each queue goes to its own.
static int node_of(struct source *const sources[], uint32_t count)
{
    int node = NO_NODE;
    for (uint32_t i = 0; i < count; i++) {
        int its = ndp_node(sources[i]);
        if (its == NO_NODE || (i && its != node))
            return NO_NODE;
        node = its;
    }
    return node;
}

static int ndp_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    (void)request; // all queues there are: the card spreads its traffic over them, and one left out would be traffic left out
    struct card *card = NULL;
    *count = 0;
    int code = open_card(rest, &card, error);
    if (code)
        return code;
    int queues = card->nfb->get_rx_queue_count(card->device);
    for (int i = 0; !code && i < queues; i++) {
        if (card->nfb->rx_queue_is_available(card->device, (unsigned)i) <= 0)
            continue;
        if (*count == TCI_QUEUES_MAX)
            code = fail(error, TCI_UNSUPPORTED, "the card has more than %u queues", TCI_QUEUES_MAX);
        else
            code = open_queue(card, (unsigned)i, &sources[*count], error);
        *count += !code;
    }
    if (!code && !*count)
        code = fail(error, TCI_NO_SUCH_SOURCE, "the card has no queue to receive from");
    if (!code)
        placement_stay_near("/sys", node_of(sources, *count));
    while (code && *count)
        ndp_close(sources[--*count]);
    card_leave(card);
    return code;
}

static uint32_t little32(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

// A burst knows no error: from a card that was pulled, or whose driver was unloaded, there are just no packets. But its device file has lost its name then, as
// device files do (not tried with a card).
static bool is_gone(const struct card *card)
{
    struct stat file;
    return card->file >= 0 && !fstat(card->file, &file) && !file.st_nlink;
}

// Nanoseconds, then seconds. All ones, or zeros with some firmware, say that the card has no time.
static int64_t stamp(const struct ndp *s, const struct ndp_packet *packet, int64_t now_unix_ns)
{
    int32_t offset = s->card->stamps[packet->flags & (NDP_HEADERS - 1)];
    if (offset < 0 || offset + STAMP_BYTES > packet->header_length)
        return now_unix_ns;
    uint32_t ns = little32(packet->header + offset), seconds = little32(packet->header + offset + 4);
    bool none = (ns == UINT32_MAX && seconds == UINT32_MAX) || (!ns && !seconds);
    return none ? now_unix_ns : (int64_t)seconds * NS_PER_S + ns;
}

static int ndp_burst(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error)
{
    struct ndp *s = (struct ndp *)source;
    const struct nfb *nfb = s->card->nfb;
    struct ndp_packet got[BURST_PACKETS_MAX];
    unsigned n = 0;
    *count = 0;
    if (s->holding)
        nfb->rx_burst_put(s->queue);
    s->holding = false;
    for (int i = 0; !s->shut && i < EMPTY_WAITS_MAX; i++) {
        n = nfb->rx_burst_get(s->queue, got, BURST_PACKETS_MAX);
        if (n || !timeout_ms)
            break;
        sleep_ns(EMPTY_WAIT_US * 1000);
    }
    s->holding = n > 0;
    if (!n && timeout_ms && steady_now_ns() - s->looked_ns >= LOOK_EVERY_NS) {
        s->looked_ns = steady_now_ns();
        if (is_gone(s->card))
            return fail(error, TCI_SOURCE_GONE, "the card %s has disappeared", s->card->name);
    }
    int64_t now_unix_ns = n ? unix_now_ns() : 0;
    for (unsigned i = 0; i < n; i++)
        packets[i] = (struct packet){stamp(s, &got[i], now_unix_ns), got[i].data_length, got[i].data_length, 0, got[i].data};
    s->seen += n;
    *count = n;
    return TCI_OK;
}

static void ndp_shut(struct source *source)
{
    ((struct ndp *)source)->shut = true;
}

static void ndp_count(struct source *source, struct source_counts *counts)
{
    *counts = (struct source_counts){.seen = ((const struct ndp *)source)->seen};
}

const struct source_kind source_ndp = {
    .name = "ndp",
    .calls_driver = true,
    .open = ndp_open,
    .burst = ndp_burst,
    .shut = ndp_shut,
    .count = ndp_count,
    .node = ndp_node,
    .close = ndp_close,
};
