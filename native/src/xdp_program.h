// SPDX-License-Identifier: BSD-3-Clause
// The XDP program of a capture: it stamps each packet that an interface receives and hands it to the AF_XDP socket of its queue; what has no socket goes on to
// the host as before. Held by a bpf_link, so that the kernel takes it off when the process is gone, however it went.
#pragma once
#include "interfaces.h"

enum { XDP_STAMP_BYTES = 8 }; // in front of the packet: when the program saw it, by CLOCK_MONOTONIC; nothing is written where the driver leaves no room

struct xdp_program {
    int sockets_fd; // the map from queues to sockets
    int link_fd;
};

// Refuses an interface that has a program of somebody else: TCI_FAILED, and *foreign is true. TCI_UNSUPPORTED: not in this mode.
int xdp_program_attach(const struct interface *interface, bool native, uint32_t queues, struct xdp_program *program, bool *foreign, struct tci_error *error);
int xdp_program_add(const struct xdp_program *program, uint32_t queue, int socket_fd, struct tci_error *error);
void xdp_program_detach(struct xdp_program *program);
