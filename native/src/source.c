// SPDX-License-Identifier: BSD-3-Clause
#include "source.h"

#include "outcome.h"

#include <string.h>

static const struct source_kind *const kinds[] = {&source_afpacket, &source_afxdp, &source_pcap, &source_synthetic, &source_ndp};

const struct source_kind *source_find(const char *name, const char **rest, struct tci_error *error)
{
    const char *colon = strchr(name, ':');
    for (size_t i = 0; colon && i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i]->name);
        if ((size_t)(colon - name) == length && !strncmp(name, kinds[i]->name, length)) {
            *rest = colon + 1;
            return kinds[i];
        }
    }
    fail(error, TCI_BAD_REQUEST, "the source \"%.200s\" is none of afpacket:IFACE, afxdp:IFACE, pcap:FILE, ndp:DEVICE, synthetic:SIZE", name);
    return NULL;
}
