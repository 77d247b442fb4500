// SPDX-License-Identifier: BSD-3-Clause
// A card that is a file: the functions of libnfb.so.6 that the engine uses, serving the packets of the pcap file TCI_STAND_IN_PCAP in two queues, by turns. The
// time stamps go into headers where a device tree of ours says; every tenth is marked as invalid.
#include "nfb.h"

#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUES = 3, ABSENT = 1, PACKETS_MAX = 10000, HEADER_BYTES = 16, STAMP_AT = 4, TREE_BYTES = 512, HEADER_ID = 1 };

struct ndp_queue {
    unsigned index, next;
    struct nfb_device *device;
};

struct nfb_device {
    unsigned count;
    struct ndp_packet packets[PACKETS_MAX];
    unsigned char tree[TREE_BYTES];
    struct ndp_queue queues[QUEUES];
};

static unsigned char *put32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
    return at + 4;
}

static unsigned char *property(unsigned char *at, uint32_t name, const void *value, uint32_t bytes)
{
    at = put32(put32(put32(at, 3), bytes), name);
    memcpy(at, value, bytes);
    return at + ((bytes + 3) & ~3u);
}

static void make_tree(unsigned char *tree)
{
    static const char names[] = "compatible\0header_id\0item-name\0item-offset";
    static const char items[] = "length\0timestamp";
    const unsigned char offsets[] = {0, 0, 0, STAMP_AT * 8};
    unsigned char id[4], *at = tree + 40;
    put32(id, HEADER_ID);
    at = put32(put32(at, 1), 0); // the root
    at = put32(at, 1);
    memcpy(at, "rx\0", 4);
    at = property(at + 4, 0, "cesnet,ofm,ndp-header-rx", 25);
    at = property(at, 11, id, 4);
    at = property(at, 21, items, sizeof items);
    at = property(at, 31, offsets, sizeof offsets);
    at = put32(put32(put32(at, 2), 2), 9);
    memcpy(at, names, sizeof names);
    put32(put32(put32(put32(tree, 0xd00dfeed), TREE_BYTES), 40), (uint32_t)(at - tree));
}

static void take(struct nfb_device *d, const struct pcap_pkthdr *header, const u_char *bytes)
{
    struct ndp_packet *p = &d->packets[d->count];
    *p = (struct ndp_packet){malloc(header->caplen), malloc(HEADER_BYTES), header->caplen, HEADER_BYTES, HEADER_ID};
    memcpy(p->data, bytes, header->caplen);
    uint32_t stamp[2] = {(uint32_t)header->ts.tv_usec, (uint32_t)header->ts.tv_sec};
    memset(p->header, 0xee, HEADER_BYTES);
    memcpy(p->header + STAMP_AT, stamp, sizeof stamp);
    if (d->count++ % 10 == 9)
        memset(p->header + STAMP_AT, 0xff, sizeof stamp);
}

TCI_API struct nfb_device *nfb_open(const char *path)
{
    char why[PCAP_ERRBUF_SIZE];
    const char *name = getenv("TCI_STAND_IN_PCAP");
    pcap_t *file = name && !strcmp(path, "0") ? pcap_open_offline_with_tstamp_precision(name, PCAP_TSTAMP_PRECISION_NANO, why) : NULL;
    struct nfb_device *d = file ? calloc(1, sizeof *d) : NULL;
    struct pcap_pkthdr *header;
    const u_char *bytes;
    while (d && d->count < PACKETS_MAX && pcap_next_ex(file, &header, &bytes) == 1)
        take(d, header, bytes);
    if (d)
        make_tree(d->tree);
    if (file)
        pcap_close(file);
    return d;
}

TCI_API void nfb_close(struct nfb_device *d)
{
    for (unsigned i = 0; i < d->count; i++) {
        free(d->packets[i].data);
        free(d->packets[i].header);
    }
    free(d);
}

TCI_API const void *nfb_get_fdt(const struct nfb_device *d)
{
    return d->tree;
}

TCI_API int ndp_get_rx_queue_count(const struct nfb_device *d)
{
    (void)d;
    return QUEUES;
}

TCI_API int ndp_rx_queue_is_available(const struct nfb_device *d, unsigned index)
{
    (void)d;
    return index != ABSENT;
}

TCI_API struct ndp_queue *ndp_open_rx_queue(struct nfb_device *d, unsigned index)
{
    d->queues[index] = (struct ndp_queue){index, index == 0 ? 0 : 1, d};
    return &d->queues[index];
}

TCI_API int ndp_queue_get_numa_node(const struct ndp_queue *q)
{
    (void)q;
    return 0;
}

TCI_API int ndp_queue_start(struct ndp_queue *q)
{
    return q->device ? 0 : -1;
}

TCI_API int ndp_queue_stop(struct ndp_queue *q)
{
    return q->device ? 0 : -1;
}

TCI_API unsigned ndp_rx_burst_get(struct ndp_queue *q, struct ndp_packet *packets, unsigned count)
{
    unsigned n = 0;
    for (; n < count && n < 7 && q->next < q->device->count; q->next += 2)
        packets[n++] = q->device->packets[q->next];
    return n;
}

TCI_API void ndp_rx_burst_put(struct ndp_queue *q)
{
    (void)q;
}

TCI_API void ndp_close_rx_queue(struct ndp_queue *q)
{
    q->device = NULL;
}
