// SPDX-License-Identifier: BSD-3-Clause
#include "pcap_card.h"

#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_BYTES = 16, STAMP_AT = 4, HEADER_ID = 1, BURST_MAX = 7, NAMES_MAX = 256 };

// Devicetree Specification 0.4, chapter 5: the blocks are behind one another, as version 17 wants them.
enum { MAGIC = (int)0xd00dfeed, VERSION = 17, OLDEST = 16, RESERVED_AT = 40, STRUCTURE_AT = 56, BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, END = 9 };

struct tree {
    unsigned char *base, *at;
    char names[NAMES_MAX];
    uint32_t names_bytes;
};

static void put32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void token(struct tree *t, uint32_t value)
{
    put32(t->at, value);
    t->at += 4;
}

static void bytes(struct tree *t, const void *value, uint32_t count)
{
    memcpy(t->at, value, count);
    t->at += (count + 3) & ~3u;
}

static void begin(struct tree *t, const char *name)
{
    token(t, BEGIN_NODE);
    bytes(t, name, (uint32_t)strlen(name) + 1);
}

static void end(struct tree *t)
{
    token(t, END_NODE);
}

static void property(struct tree *t, const char *name, const void *value, uint32_t count)
{
    token(t, PROPERTY);
    token(t, count);
    token(t, t->names_bytes);
    bytes(t, value, count);
    memcpy(t->names + t->names_bytes, name, strlen(name) + 1);
    t->names_bytes += (uint32_t)strlen(name) + 1;
}

static void finish(struct tree *t)
{
    token(t, END);
    uint32_t names_at = (uint32_t)(t->at - t->base), total = names_at + t->names_bytes;
    memcpy(t->at, t->names, t->names_bytes);
    const uint32_t header[] = {(uint32_t)MAGIC, total, STRUCTURE_AT, names_at, RESERVED_AT, VERSION, OLDEST, 0, t->names_bytes, names_at - STRUCTURE_AT};
    for (unsigned i = 0; i < sizeof header / sizeof *header; i++)
        put32(t->base + 4 * i, header[i]);
}

static void make_queue(struct tree *t, unsigned index)
{
    const unsigned char some[8] = {[6] = 0x10};
    const char name[] = {'r', 'x', (char)('0' + index), 0};
    begin(t, name);
    property(t, "mmap_size", some, index == PCAP_CARD_ABSENT ? 0 : sizeof some);
    end(t);
}

static void make_tree(unsigned char *tree)
{
    static const char header[] = "cesnet,ofm,ndp-header-rx", controller[] = "netcope,dma_ctrl_ndp_rx", items[] = "length\0timestamp";
    const unsigned char offsets[] = {0, 0, 0, STAMP_AT * 8}, id[] = {0, 0, 0, HEADER_ID};
    struct tree t = {.base = tree, .at = tree + STRUCTURE_AT};
    begin(&t, "");
    begin(&t, "firmware");
    for (unsigned i = 0; i < PCAP_CARD_QUEUES; i++) {
        const char name[] = {'d', 'm', 'a', (char)('0' + i), 0};
        begin(&t, name);
        property(&t, "compatible", controller, sizeof controller);
        end(&t);
    }
    begin(&t, "rx");
    property(&t, "compatible", header, sizeof header);
    property(&t, "header_id", id, sizeof id);
    property(&t, "item-name", items, sizeof items);
    property(&t, "item-offset", offsets, sizeof offsets);
    end(&t);
    end(&t);
    begin(&t, "drivers");
    begin(&t, "ndp");
    begin(&t, "rx_queues");
    for (unsigned i = 0; i < PCAP_CARD_QUEUES; i++)
        make_queue(&t, i);
    end(&t);
    end(&t);
    end(&t);
    end(&t);
    finish(&t);
}

static void take(struct pcap_card *card, const struct pcap_pkthdr *header, const u_char *packet)
{
    struct ndp_packet *p = &card->packets[card->count];
    *p = (struct ndp_packet){malloc(header->caplen), malloc(HEADER_BYTES), header->caplen, HEADER_BYTES, HEADER_ID};
    memcpy(p->data, packet, header->caplen);
    uint32_t stamp[2] = {(uint32_t)header->ts.tv_usec, (uint32_t)header->ts.tv_sec};
    memset(p->header, 0xee, HEADER_BYTES);
    memcpy(p->header + STAMP_AT, stamp, sizeof stamp);
    if (card->count++ % 10 == 9)
        memset(p->header + STAMP_AT, 0xff, sizeof stamp);
}

struct pcap_card *pcap_card_open(const char *path)
{
    char why[PCAP_ERRBUF_SIZE];
    pcap_t *file = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, why);
    struct pcap_card *card = file ? calloc(1, sizeof *card) : NULL;
    struct pcap_pkthdr *header;
    const u_char *packet;
    while (card && card->count < PCAP_CARD_PACKETS_MAX && pcap_next_ex(file, &header, &packet) == 1)
        take(card, header, packet);
    if (card)
        make_tree(card->tree);
    if (file)
        pcap_close(file);
    return card;
}

void pcap_card_close(struct pcap_card *card)
{
    for (unsigned i = 0; i < card->count; i++) {
        free(card->packets[i].data);
        free(card->packets[i].header);
    }
    free(card);
}

struct pcap_card_queue pcap_card_queue(struct pcap_card *card, unsigned index)
{
    return (struct pcap_card_queue){card, index ? 1 : 0};
}

unsigned pcap_card_take(struct pcap_card_queue *queue, struct ndp_packet *packets, unsigned count)
{
    unsigned n = 0;
    for (; n < count && n < BURST_MAX && queue->next < queue->card->count; queue->next += 2)
        packets[n++] = queue->card->packets[queue->next];
    return n;
}
