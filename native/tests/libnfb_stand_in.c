// SPDX-License-Identifier: BSD-3-Clause
// In place of libnfb.so.6: the functions of it that the engine uses, on the card that is the file TCI_STAND_IN_PCAP.
// It is card 0, and the device file TCI_STAND_IN_DEVICE.
#include "pcap_card.h"

#include <stdlib.h>
#include <string.h>

struct ndp_queue {
    struct nfb_device *device;
    struct pcap_card_queue queue;
};

struct nfb_device {
    struct pcap_card *card;
    struct ndp_queue queues[PCAP_CARD_QUEUES];
};

TCI_API struct nfb_device *nfb_open(const char *path)
{
    const char *name = getenv("TCI_STAND_IN_PCAP"), *device = getenv("TCI_STAND_IN_DEVICE");
    struct pcap_card *card = name && (!strcmp(path, "0") || (device && !strcmp(path, device))) ? pcap_card_open(name) : NULL;
    struct nfb_device *d = card ? calloc(1, sizeof *d) : NULL;
    if (d)
        d->card = card;
    return d;
}

TCI_API void nfb_close(struct nfb_device *d)
{
    pcap_card_close(d->card);
    free(d);
}

TCI_API const void *nfb_get_fdt(const struct nfb_device *d)
{
    return d->card->tree;
}

TCI_API int ndp_get_rx_queue_count(const struct nfb_device *d)
{
    (void)d;
    return PCAP_CARD_QUEUES;
}

TCI_API int ndp_rx_queue_is_available(const struct nfb_device *d, unsigned index)
{
    (void)d;
    return index != PCAP_CARD_ABSENT;
}

TCI_API struct ndp_queue *ndp_open_rx_queue(struct nfb_device *d, unsigned index)
{
    d->queues[index] = (struct ndp_queue){d, pcap_card_queue(d->card, index)};
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
    return pcap_card_take(&q->queue, packets, count);
}

TCI_API void ndp_rx_burst_put(struct ndp_queue *q)
{
    (void)q;
}

TCI_API void ndp_close_rx_queue(struct ndp_queue *q)
{
    q->device = NULL;
}
