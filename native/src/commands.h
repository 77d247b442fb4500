// SPDX-License-Identifier: BSD-3-Clause
// The verbs of tci-capture. Each gets its own arguments (argv[0] is the verb) and returns an exit code.
#pragma once
#include "tci_capture.h"

int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_list(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_repair(int argc, char **argv);
int command_merge(int argc, char **argv);

extern const char help_text[];

// "tci-capture: message (code)" on stderr; returns the exit code.
int complain(const struct tci_error *error);
// The same for a command line that makes no sense; says where help is.
__attribute__((format(printf, 1, 2))) int usage(const char *format, ...);
// {"ok":false,"code":...,"message":...,"position":...} and a newline on stdout, for programs.
void print_failure(const struct tci_error *error);
