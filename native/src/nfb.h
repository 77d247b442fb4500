// SPDX-License-Identifier: BSD-3-Clause
// The functions of libnfb.so.6 (ndk-sw) that receiving takes. Loaded when a capture wants them: a host without the card needs no library.
#pragma once
#include "tci_capture.h"

struct nfb_device;
struct ndp_queue;

struct ndp_packet {
    unsigned char *data, *header;
    uint32_t data_length;
    uint16_t header_length;
    uint16_t flags; // & 3: the kind of header
};
static_assert(sizeof(struct ndp_packet) == 24 || sizeof(void *) != 8, "ndp_packet");

struct nfb {
    void *handle;
    struct nfb_device *(*open)(const char *path);
    void (*close)(struct nfb_device *device);
    const void *(*get_fdt)(const struct nfb_device *device);
    int (*get_rx_queue_count)(const struct nfb_device *device);
    int (*rx_queue_is_available)(const struct nfb_device *device, unsigned index);
    struct ndp_queue *(*open_rx_queue)(struct nfb_device *device, unsigned index);
    int (*queue_get_numa_node)(const struct ndp_queue *queue);
    int (*queue_start)(struct ndp_queue *queue);
    int (*queue_stop)(struct ndp_queue *queue);
    unsigned (*rx_burst_get)(struct ndp_queue *queue, struct ndp_packet *packets, unsigned count);
    void (*rx_burst_put)(struct ndp_queue *queue);
    void (*close_rx_queue)(struct ndp_queue *queue);
};

// Stays loaded; unsupported if it is not installed.
int nfb_load(const struct nfb **nfb, struct tci_error *error);
