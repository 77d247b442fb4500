// SPDX-License-Identifier: BSD-3-Clause
// A plug-in for the real libnfb (its extension interface, version 1.0): the device "libnfb-ext:THIS:FILE" is the card that is the file. Everything between the
// engine and the card's driver is then libnfb's own. The library's path is in TCI_LIBNFB.
#include "pcap_card.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

struct abi_version {
    uint32_t major, minor;
};

struct ext_ops {
    int (*open)(const char *name, int flags, void **card, void **tree);
    void (*close)(void *card);
    int (*bus_open)(void *card, int bus, int component, void **bus_card, void *ops);
    void (*bus_close)(void *bus_card);
    int (*lock)(const void *component, uint32_t features);
    void (*unlock)(const void *component, uint32_t features);
    int (*queue_open)(struct nfb_device *device, void *card, unsigned index, int direction, int flags, struct ndp_queue **queue);
    int (*queue_close)(void *queue);
};

// Of a queue that receives.
struct queue_ops {
    unsigned (*get)(void *queue, struct ndp_packet *packets, unsigned count);
    int (*put)(void *queue);
    void *flush;
    int (*start)(void *queue);
    int (*stop)(void *queue);
};

static struct {
    struct ndp_queue *(*queue_create)(struct nfb_device *device, int node, int type, int index);
    void (*queue_destroy)(struct ndp_queue *queue);
    void (*queue_set_private)(struct ndp_queue *queue, void *to);
    struct queue_ops *(*queue_ops)(struct ndp_queue *queue);
} nfb;

struct plugged_queue {
    struct ndp_queue *queue;
    struct pcap_card_queue from;
};

static int open_card(const char *name, int flags, void **card, void **tree)
{
    (void)flags;
    struct pcap_card *c = pcap_card_open(name);
    *tree = c ? malloc(PCAP_CARD_TREE_BYTES) : NULL; // libnfb frees it
    *card = c;
    if (*tree)
        memcpy(*tree, c->tree, PCAP_CARD_TREE_BYTES);
    return *tree ? 0 : ENOENT;
}

static void close_card(void *card)
{
    pcap_card_close(card);
}

static int no_bus(void *card, int bus, int component, void **bus_card, void *ops)
{
    (void)card, (void)bus, (void)component, (void)bus_card, (void)ops;
    return ENXIO;
}

static void close_no_bus(void *bus_card)
{
    (void)bus_card;
}

static int lock(const void *component, uint32_t features)
{
    (void)component, (void)features;
    return 0;
}

static void unlock(const void *component, uint32_t features)
{
    (void)component, (void)features;
}

static unsigned get(void *queue, struct ndp_packet *packets, unsigned count)
{
    return pcap_card_take(&((struct plugged_queue *)queue)->from, packets, count);
}

static int nothing(void *queue)
{
    (void)queue;
    return 0;
}

static int open_queue(struct nfb_device *device, void *card, unsigned index, int direction, int flags, struct ndp_queue **queue)
{
    (void)flags;
    struct plugged_queue *q = direction || index >= PCAP_CARD_QUEUES ? NULL : calloc(1, sizeof *q);
    if (!q)
        return ENODEV;
    *q = (struct plugged_queue){nfb.queue_create(device, 0, direction, (int)index), pcap_card_queue(card, index)};
    *nfb.queue_ops(q->queue) = (struct queue_ops){.get = get, .put = nothing, .start = nothing, .stop = nothing};
    nfb.queue_set_private(q->queue, q);
    *queue = q->queue;
    return 0;
}

static int close_queue(void *queue)
{
    struct plugged_queue *q = queue;
    nfb.queue_destroy(q->queue);
    free(q);
    return 0;
}

static bool find(void *library, const char *name, void *to)
{
    void *symbol = library ? dlsym(library, name) : NULL;
    memcpy(to, &symbol, sizeof symbol);
    return symbol;
}

TCI_API extern const struct abi_version libnfb_ext_abi_version;
const struct abi_version libnfb_ext_abi_version = {1, 0};

TCI_API int libnfb_ext_get_ops(const char *name, struct ext_ops *ops);
int libnfb_ext_get_ops(const char *name, struct ext_ops *ops)
{
    (void)name;
    const char *path = getenv("TCI_LIBNFB");
    void *library = path ? dlopen(path, RTLD_NOW | RTLD_NOLOAD) : NULL;
    if (!find(library, "ndp_queue_create", &nfb.queue_create) || !find(library, "ndp_queue_destroy", &nfb.queue_destroy) ||
        !find(library, "ndp_queue_set_priv", &nfb.queue_set_private) || !find(library, "ndp_queue_get_ops", &nfb.queue_ops))
        return -1;
    *ops = (struct ext_ops){open_card, close_card, no_bus, close_no_bus, lock, unlock, open_queue, close_queue};
    return 1;
}
