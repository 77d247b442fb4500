// SPDX-License-Identifier: BSD-3-Clause
// Filter expressions. They are compiled in a child process only, with limits on time and memory and no way to look up names: a hostile one can eat gigabytes.
#pragma once
#include "jit.h"
#include "tci_capture.h"

#include <pcap/pcap.h>
#include <stdbool.h>

enum {
    FILTER_WALL_MS = 1000,                // for the whole child
    FILTER_CPU_SECONDS = 1,
    FILTER_MEMORY_BYTES = 256 << 20,      // address space of the child
    FILTER_INSTRUCTIONS_MAX = 65536
};

struct filter {
    struct bpf_insn *instructions; // NULL: everything matches
    uint32_t count;
    struct jit jit;
};

// bad-filter with error->position, filter-too-costly, or the program. `text` may hold any bytes.
int filter_compile(const char *text, size_t bytes, int link_type, uint32_t snaplen, struct filter *filter, struct tci_error *error);
void filter_free(struct filter *filter);

static inline bool filter_matches(const struct filter *filter, const uint8_t *packet, uint32_t length, uint32_t captured)
{
    if (filter->jit.run)
        return filter->jit.run(packet, length, captured) != 0;
    return !filter->instructions || bpf_filter(filter->instructions, packet, length, captured) != 0;
}

// Where a filter that does not compile stops making sense: the offset of the first token after which no continuation known to us compiles, or the length of the
// text if it ends too early. For use in the child.
int filter_position(pcap_t *handle, const char *text);

// link_type of a file header <-> what libpcap calls DLT here. They differ for a few.
int link_type_to_dlt(int link_type);
int link_type_from_dlt(int dlt);
