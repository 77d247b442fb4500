// SPDX-License-Identifier: BSD-3-Clause
// What the queues of an afxdp source share, and the socket of each.
#pragma once
#include "memory.h"
#include "xdp_program.h"

#include <linux/if_xdp.h>
#include <xdp/xsk.h>

// From the best down.
enum afxdp_way { AFXDP_ZERO_COPY, AFXDP_COPY, AFXDP_SKB };

// IFACE, or IFACE,zerocopy IFACE,copy IFACE,skb: that way or none.
struct afxdp_name {
    char interface[IF_NAMESIZE];
    enum afxdp_way first, last;
};

struct afxdp_card {
    struct interface interface;
    enum afxdp_way way;
    const char *mode; // in words
    uint32_t queues;
    uint32_t frame_bytes;
    int promiscuous_fd;  // a packet socket that takes nothing, as long as it is open; -1: none
    _Atomic bool shut;
    struct xdp_program program;
    unsigned users;
};

struct afxdp_socket {
    struct memory memory; // the frames
    struct xsk_umem *umem;
    struct xsk_socket *socket;
    struct xsk_ring_prod fill;     // frames for the kernel
    struct xsk_ring_cons received; // and back, with packets
    struct xsk_ring_cons sent;     // always empty
};

int afxdp_name_parse(const char *text, struct afxdp_name *name, struct tci_error *error);
// The program is on the interface then. *final: no other way would do better.
int afxdp_card_open(const struct interface *interface, enum afxdp_way way, bool promiscuous, struct afxdp_card **card, bool *final, struct tci_error *error);
// Takes the program off, at the first call.
void afxdp_card_shut(struct afxdp_card *card);
// The last user closes it.
void afxdp_card_leave(struct afxdp_card *card);

// With as many frames as `bytes` hold, a power of two. TCI_UNSUPPORTED: not in the card's way.
int afxdp_socket_open(struct afxdp_socket *socket, const struct afxdp_card *card, uint32_t queue, size_t bytes, struct tci_error *error);
void afxdp_socket_close(struct afxdp_socket *socket);
