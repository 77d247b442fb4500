// SPDX-License-Identifier: BSD-3-Clause
// Reading back the traffic files the engine wrote, as far as they are whole.
#pragma once
#include "tci_capture.h"

struct traffic_scan {
    uint64_t whole_bytes; // header and whole records; 0: not even a header
    struct tci_amount stored, cut;
    int64_t first_unix_ns, last_unix_ns;
    uint32_t link_type;
};

int traffic_scan(int fd, struct traffic_scan *scan, struct tci_error *error);
