// SPDX-License-Identifier: BSD-3-Clause
// The one home of outcomes: codes, their names, and how an error is made.
#pragma once
#include "tci_capture.h"

// Fills *error (NULL allowed) and returns `code`, so that a caller can `return fail(...)`.
__attribute__((format(printf, 3, 4))) int fail(struct tci_error *error, int code, const char *format, ...);

// The same for what the system refused: errno is kept, and its text ends the message.
__attribute__((format(printf, 3, 4))) int fail_os(struct tci_error *error, int code, const char *format, ...);

// What the program ends with: ends that were asked for are 0.
int outcome_exit_code(int code);

// The inverse of tci_capture_code_name; TCI_FAILED for a name that is none.
int outcome_from_name(const char *name);
