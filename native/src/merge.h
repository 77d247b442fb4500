// SPDX-License-Identifier: BSD-3-Clause
// Files of packets into one file of packets in the order of their stamps. Packets of one file with equal stamps keep their order; of several files, the file
// that was named first comes first.
#pragma once
#include "traffic_record.h"

enum { MERGE_FILES_MAX = 4096 };

// `out` must not exist; it has its name only when it is complete and synced. All files must be of one link type. A file that breaks off gives what is whole,
// and then the whole merge fails with source-damaged: nobody should take it for all there was.
int merge_files(const char *const *paths, unsigned count, const char *out, enum traffic_format format, struct tci_amount *merged, struct tci_error *error);
