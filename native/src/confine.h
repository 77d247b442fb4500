// SPDX-License-Identifier: BSD-3-Clause
// The last thing a capture gives up: all system calls but those that receiving and writing take.
#pragma once
#include "tci_capture.h"

#include <stdbool.h>

// For all threads of the process, for ever: no sockets, no programs, no new executable memory, no other processes. `driver`: ioctl() stays, for sources
// whose library talks to a driver. Calls that are not allowed fail with EPERM. Does nothing in builds with sanitizers, which need calls of their own, and on
// processors other than x86-64 and arm64.
int confine(bool driver, struct tci_error *error);
