// SPDX-License-Identifier: BSD-3-Clause
// The network interfaces of this host, as this network namespace sees them.
#pragma once
#include "tci_capture.h"

#include <jansson.h>
#include <net/if.h>
#include <stdbool.h>

enum { INTERFACE_ADDRESSES_MAX = 16, INTERFACE_ADDRESS_BYTES_MAX = 52 };

struct interface {
    char name[IF_NAMESIZE];
    unsigned index;
    char mac[18]; // "" if it has none
    int mtu;
    int speed_mbps; // -1: not known
    unsigned receive_queues;
    int link_type;  // as in pcap files; -1: one the engine does not know
    bool up, loopback;
    unsigned addresses;
    char address[INTERFACE_ADDRESSES_MAX][INTERFACE_ADDRESS_BYTES_MAX]; // "10.0.0.1/24"
};

int interface_find(const char *name, struct interface *interface, struct tci_error *error);
json_t *interface_to_json(const struct interface *interface);
// A JSON array of all of them; NULL and an error if they cannot be read.
json_t *interfaces_to_json(struct tci_error *error);
