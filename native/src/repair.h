// SPDX-License-Identifier: BSD-3-Clause
// Completing a directory whose engine died: files back to their last whole record, counters that add up, a summary that says how it ended.
#pragma once
#include "tci_capture.h"

#include <sys/types.h>

struct repair_reason {
    int code;   // TCI_KILLED or TCI_LOST
    int signal; // that killed it; 0: not known
};

// Harmless if the directory is complete. directory-in-use while an engine is alive. no-capture if there never was one.
int repair_directory(const char *dir, uid_t caller, struct repair_reason reason, struct tci_error *error);
