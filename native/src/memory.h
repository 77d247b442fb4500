// SPDX-License-Identifier: BSD-3-Clause
// Large pieces of memory for packets: of the huge pages the host has set aside where there are enough, otherwise of what madvise(2) gets.
#pragma once
#include "tci_capture.h"

#include <stdbool.h>

struct memory {
    uint8_t *at;
    size_t bytes; // a multiple of 2 MiB
    bool reserved; // in huge pages that were set aside
};

// With room for `bytes`, zeroed. `faulted`: no access will fault any more; otherwise each page is made when it is touched.
int memory_take(size_t bytes, bool faulted, struct memory *memory, struct tci_error *error);
// What it turned out to be, of what was touched so far: "huge" (set aside), "transparent" (huge, by luck), "small"; "unknown" where the kernel does not say.
const char *memory_pages(const struct memory *memory);
void memory_give_back(struct memory *memory);
