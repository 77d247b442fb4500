// SPDX-License-Identifier: BSD-3-Clause
// A card that is a file: its packets in two queues, 0 and 2, by turns; queue 1 is there and not available. The time stamps go into headers where a device tree
// of ours says; every tenth is marked as invalid.
#pragma once
#include "nfb.h"

#include <stdbool.h>

enum { PCAP_CARD_QUEUES = 3, PCAP_CARD_ABSENT = 1, PCAP_CARD_PACKETS_MAX = 10000, PCAP_CARD_TREE_BYTES = 2048 };

struct pcap_card {
    unsigned count;
    struct ndp_packet packets[PCAP_CARD_PACKETS_MAX];
    unsigned char tree[PCAP_CARD_TREE_BYTES];
};

struct pcap_card_queue {
    struct pcap_card *card;
    unsigned next;
};

// NULL if there is no such file.
struct pcap_card *pcap_card_open(const char *path);
void pcap_card_close(struct pcap_card *card);
struct pcap_card_queue pcap_card_queue(struct pcap_card *card, unsigned index);
unsigned pcap_card_take(struct pcap_card_queue *queue, struct ndp_packet *packets, unsigned count);
