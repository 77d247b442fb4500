// SPDX-License-Identifier: BSD-3-Clause
#pragma once
#include "tci_capture.h"

// Has a packet socket take the card's time stamps. unsupported if the card makes none, or not for all packets, or nobody has switched them on: that is a
// setting of the host, and its clock has to be kept in step with the system's (phc2sys), or all packets lie outside the window.
int stamps_from_hardware(int fd, const char *interface, struct tci_error *error);
