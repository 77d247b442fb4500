// SPDX-License-Identifier: BSD-3-Clause
// "SIZE[,RATE]" of the source synthetic:SIZE[,RATE].
#pragma once
#include "tci_capture.h"

enum { SYNTHETIC_BYTES_MIN = 60, SYNTHETIC_BYTES_MAX = 65535 };
#define SYNTHETIC_RATE_MAX INT64_C(1000000000000)

struct synthetic_name {
    uint32_t bytes; // of each packet; 0: the mix
    int64_t rate;   // packets a second and queue; 0: as fast as they are taken
};

int synthetic_parse(const char *text, struct synthetic_name *name, struct tci_error *error);
