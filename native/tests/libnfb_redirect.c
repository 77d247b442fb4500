// SPDX-License-Identifier: BSD-3-Clause
// The libnfb.so.6 that the engine finds in tests with the real one (TCI_LIBNFB): it hands every call on, and card 0 is a plug-in's (TCI_LIBNFB_CARD). The engine
// itself takes no name that has libnfb load a plug-in.
#include "nfb.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *symbol(const char *name)
{
    static void *library;
    if (!library)
        library = dlopen(getenv("TCI_LIBNFB"), RTLD_NOW | RTLD_LOCAL);
    void *found = library ? dlsym(library, name) : NULL;
    if (!found) {
        fprintf(stderr, "libnfb_redirect: %s: %s\n", name, dlerror());
        abort();
    }
    return found;
}

#define HAND_ON(result, name, parameters, arguments) \
    TCI_API result name parameters                   \
    {                                                \
        result(*real) parameters;                    \
        void *found = symbol(#name);                 \
        memcpy(&real, &found, sizeof found);         \
        return real arguments;                       \
    }

TCI_API struct nfb_device *nfb_open(const char *path)
{
    struct nfb_device *(*real)(const char *);
    void *found = symbol("nfb_open");
    memcpy(&real, &found, sizeof found);
    return real(strcmp(path, "0") ? path : getenv("TCI_LIBNFB_CARD"));
}

HAND_ON(void, nfb_close, (struct nfb_device * device), (device))
HAND_ON(const void *, nfb_get_fdt, (const struct nfb_device *device), (device))
HAND_ON(int, ndp_get_rx_queue_count, (const struct nfb_device *device), (device))
HAND_ON(int, ndp_rx_queue_is_available, (const struct nfb_device *device, unsigned index), (device, index))
HAND_ON(struct ndp_queue *, ndp_open_rx_queue, (struct nfb_device * device, unsigned index), (device, index))
HAND_ON(int, ndp_queue_get_numa_node, (const struct ndp_queue *queue), (queue))
HAND_ON(int, ndp_queue_start, (struct ndp_queue * queue), (queue))
HAND_ON(int, ndp_queue_stop, (struct ndp_queue * queue), (queue))
HAND_ON(unsigned, ndp_rx_burst_get, (struct ndp_queue * queue, struct ndp_packet *packets, unsigned count), (queue, packets, count))
HAND_ON(void, ndp_rx_burst_put, (struct ndp_queue * queue), (queue))
HAND_ON(void, ndp_close_rx_queue, (struct ndp_queue * queue), (queue))
