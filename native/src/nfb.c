// SPDX-License-Identifier: BSD-3-Clause
#include "nfb.h"

#include "outcome.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

static struct nfb loaded;

static bool find(void *library, const char *name, void *to)
{
    void *symbol = dlsym(library, name);
    memcpy(to, &symbol, sizeof symbol); // the way POSIX has for pointers to functions
    return symbol;
}

int nfb_load(const struct nfb **nfb, struct tci_error *error)
{
    *nfb = &loaded;
    if (loaded.handle)
        return TCI_OK;
    struct nfb n = {.handle = dlopen("libnfb.so.6", RTLD_NOW | RTLD_LOCAL)};
    if (!n.handle)
        return fail(error, TCI_UNSUPPORTED, "ndp sources need libnfb.so.6 of ndk-sw, which cannot be loaded: %.300s", dlerror());
    bool all = find(n.handle, "nfb_open", &n.open) && find(n.handle, "nfb_close", &n.close) && find(n.handle, "nfb_get_fdt", &n.get_fdt) &&
               find(n.handle, "ndp_get_rx_queue_count", &n.get_rx_queue_count) && find(n.handle, "ndp_rx_queue_is_available", &n.rx_queue_is_available) &&
               find(n.handle, "ndp_open_rx_queue", &n.open_rx_queue) && find(n.handle, "ndp_queue_get_numa_node", &n.queue_get_numa_node) &&
               find(n.handle, "ndp_queue_start", &n.queue_start) &&
               find(n.handle, "ndp_queue_stop", &n.queue_stop) && find(n.handle, "ndp_rx_burst_get", &n.rx_burst_get) &&
               find(n.handle, "ndp_rx_burst_put", &n.rx_burst_put) && find(n.handle, "ndp_close_rx_queue", &n.close_rx_queue);
    if (!all) {
        fail(error, TCI_UNSUPPORTED, "libnfb.so.6 lacks a function: %.300s", dlerror());
        dlclose(n.handle);
        return TCI_UNSUPPORTED;
    }
    loaded = n;
    return TCI_OK;
}
