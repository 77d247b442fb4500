// SPDX-License-Identifier: BSD-3-Clause
// Giving up rights, in the order in which the engine does it; nothing here ever gains one.
#pragma once
#include "tci_capture.h"

#include <linux/capability.h>
#include <sys/types.h>

#define RIGHT(capability) (UINT64_C(1) << (capability))
// What some source needs; each keeps its own alone, and none longer than it takes to be opened.
#define RIGHTS_OF_SOURCES (RIGHT(CAP_NET_RAW) | RIGHT(CAP_NET_ADMIN) | RIGHT(CAP_BPF) | RIGHT(CAP_IPC_LOCK))
enum { RIGHTS_NAMES_BYTES = 64 };

// 1. No exec gains rights any more; files of ours get mode 0660; a core dump would hold packets, so there are none.
int rights_begin(struct tci_error *error);
// 2. From root to the one who asked (launcher only), then from root to the owner of the capture directory. Of the capabilities, those of sources are kept.
int rights_become(uid_t uid, gid_t gid, struct tci_error *error);
int rights_become_owner(int dir_fd, struct tci_error *error);
// What a caller may have done by an engine that has not become the caller: root, and the engine's own user, anything; others what is in a directory of
// theirs.
int rights_check_caller(int dir_fd, uid_t caller, struct tci_error *error);
// 3. Before the source is opened, all but its own; after that, 0: no capability at all.
int rights_keep(uint64_t rights, struct tci_error *error);

// Those of `wanted` that are not there.
uint64_t rights_missing(uint64_t wanted);
// "CAP_NET_RAW, CAP_BPF". Returns `names`.
char *rights_names(uint64_t rights, char names[RIGHTS_NAMES_BYTES]);
// no-rights, with the names of those that are missing.
int rights_require(uint64_t wanted, const char *kind, struct tci_error *error);
