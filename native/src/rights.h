// SPDX-License-Identifier: BSD-3-Clause
// Giving up rights, in the order in which the engine does it; nothing here ever gains one.
#pragma once
#include "tci_capture.h"

#include <stdbool.h>
#include <sys/types.h>

// 1. No exec gains rights any more; files of ours get mode 0660; a core dump would hold packets, so there are none.
int rights_begin(struct tci_error *error);
// 2. From root to the one who asked (launcher only), then from root to the owner of the capture directory. CAP_NET_RAW is kept, everything else goes.
int rights_become_keeping_net_raw(uid_t uid, gid_t gid, struct tci_error *error);
int rights_become_owner_keeping_net_raw(int dir_fd, struct tci_error *error);
// What a caller may have done by an engine that has not become the caller: root, and the engine's own user, anything; others what is in a directory of
// theirs.
int rights_check_caller(int dir_fd, uid_t caller, struct tci_error *error);
// 3. After the source is open: no capability at all.
int rights_drop_all(struct tci_error *error);
bool rights_has_net_raw(void);
