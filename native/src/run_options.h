// SPDX-License-Identifier: BSD-3-Clause
// The command line of `tci-capture run`.
#pragma once
#include "request.h"

#include <sys/types.h>

struct run_options {
    struct request request;
    const char *dir;
    bool managed;    // by the launcher: DIR has request.json, and stdout wants one line when it is armed
    bool has_caller; // --as UID:GID: who asked the launcher
    uid_t uid;
    gid_t gid;
};

// 0, or an exit code after a message.
int run_options_parse(int argc, char **argv, struct run_options *options);
