// SPDX-License-Identifier: BSD-3-Clause
// Who works in a capture directory. An open-file-description lock goes with its holder however it dies, and can be asked for without being taken.
#pragma once
#include "tci_capture.h"

#include <stdbool.h>

#define LOCK_FILE "lock"

// Opens and takes a lock file, creating it. *fd keeps it. `directory-in-use` if another has it.
int lock_take(int dir_fd, const char *name, int *fd, struct tci_error *error);
// 1 held by somebody, 0 free (also if the file is not there), -1 cannot be asked.
int lock_held(int dir_fd, const char *name);
// The same for a descriptor of the lock file.
int lock_held_fd(int fd);

// Opens a directory for use as dir_fd. no-such directory is bad-request.
int dir_open(const char *path, int *fd, struct tci_error *error);
