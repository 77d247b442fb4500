// SPDX-License-Identifier: BSD-3-Clause
#include "afxdp_card.h"

#include "outcome.h"
#include "placement.h"
#include "rights.h"
#include "source.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    FRAME_BYTES_SMALL = 2048, // the sizes there are: half a page, and a page
    FRAME_BYTES_LARGE = 4096,
    FRAME_BEGIN = 256,        // XDP_PACKET_HEADROOM: the kernel leaves so much in front of a packet
    HEADERS_BYTES = 22        // beside the MTU: Ethernet, two tags
};

static const char *const way_names[] = {"zerocopy", "copy", "skb"};
static const char *const modes[] = {"native, zero-copy", "native, copy", "SKB, copy"};

int afxdp_name_parse(const char *text, struct afxdp_name *name, struct tci_error *error)
{
    const char *comma = strrchr(text, ',');
    *name = (struct afxdp_name){.first = AFXDP_ZERO_COPY, .last = AFXDP_SKB};
    for (enum afxdp_way way = AFXDP_ZERO_COPY; comma && way <= AFXDP_SKB; way++)
        if (!strcmp(comma + 1, way_names[way])) {
            name->first = name->last = way;
            break;
        }
    size_t length = comma && name->first == name->last ? (size_t)(comma - text) : strlen(text);
    if (length < 1 || length >= sizeof name->interface)
        return fail(error, TCI_NO_SUCH_SOURCE, "no interface \"%.64s\" on this host", text);
    memcpy(name->interface, text, length);
    return TCI_OK;
}

static int check(const struct interface *interface, struct tci_error *error)
{
    int mtu_max = FRAME_BYTES_LARGE - FRAME_BEGIN - HEADERS_BYTES;
    if (interface->link_type != 1)
        return fail(error, TCI_UNSUPPORTED, "%s has a link type that afxdp sources do not take", interface->name);
    if (interface->mtu > mtu_max)
        return fail(error, TCI_UNSUPPORTED, "%s has an MTU of %d bytes, and afxdp sources take at most %d; take afpacket:%s, or set the MTU lower", interface->name,
                    interface->mtu, mtu_max, interface->name);
    if (interface->receive_queues > TCI_QUEUES_MAX)
        return fail(error, TCI_UNSUPPORTED, "%s has %u receive queues, and a capture at most %u: ethtool -L", interface->name, interface->receive_queues,
                    TCI_QUEUES_MAX);
    return rights_require(source_afxdp.rights, "afxdp", error);
}

static int make_promiscuous(struct afxdp_card *card, struct tci_error *error)
{
    struct packet_mreq promiscuous = {.mr_ifindex = (int)card->interface.index, .mr_type = PACKET_MR_PROMISC};
    card->promiscuous_fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); // of no protocol: it receives nothing
    if (card->promiscuous_fd < 0 || setsockopt(card->promiscuous_fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous))
        return fail_os(error, TCI_FAILED, "cannot set %s promiscuous", card->interface.name);
    return TCI_OK;
}

int afxdp_card_open(const struct interface *interface, enum afxdp_way way, bool promiscuous, struct afxdp_card **card, bool *final, struct tci_error *error)
{
    int code = check(interface, error);
    *final = true;
    if (code)
        return code;
    struct afxdp_card *c = *card = calloc(1, sizeof *c);
    if (!c)
        return fail(error, TCI_FAILED, "no memory for a source");
    bool fits_small = interface->mtu + HEADERS_BYTES <= FRAME_BYTES_SMALL - FRAME_BEGIN;
    *c = (struct afxdp_card){.interface = *interface, .way = way, .mode = modes[way], .queues = interface->receive_queues, .users = 1, .promiscuous_fd = -1,
                             .frame_bytes = fits_small ? FRAME_BYTES_SMALL : FRAME_BYTES_LARGE, .program = {-1, -1}};
    // Before there are threads and memory, so that all of them are there.
    placement_stay_near("/sys", placement_node_of("/sys", interface->name));
    if (promiscuous && !interface->loopback)
        code = make_promiscuous(c, error);
    bool foreign = false;
    if (!code)
        code = xdp_program_attach(interface, way != AFXDP_SKB, c->queues, &c->program, &foreign, error);
    *final = foreign || code != TCI_UNSUPPORTED;
    if (code)
        afxdp_card_leave(c);
    return code;
}

void afxdp_card_shut(struct afxdp_card *card)
{
    if (!atomic_exchange(&card->shut, true))
        xdp_program_detach(&card->program);
}

void afxdp_card_leave(struct afxdp_card *card)
{
    if (--card->users)
        return;
    afxdp_card_shut(card);
    if (card->promiscuous_fd >= 0)
        close(card->promiscuous_fd);
    free(card);
}

static void fill_all(struct afxdp_socket *s, uint32_t frames, uint32_t frame_bytes)
{
    uint32_t at;
    if (xsk_ring_prod__reserve(&s->fill, frames, &at) != frames)
        return; // the ring has room for all of them
    for (uint32_t i = 0; i < frames; i++)
        *xsk_ring_prod__fill_addr(&s->fill, at + i) = (uint64_t)i * frame_bytes;
    xsk_ring_prod__submit(&s->fill, frames);
}

static int make_umem(struct afxdp_socket *s, uint32_t frames, uint32_t frame_bytes, struct tci_error *error)
{
    const struct xsk_umem_config config = {.fill_size = frames, .comp_size = XSK_RING_CONS__DEFAULT_NUM_DESCS, .frame_size = frame_bytes};
    int refused = -xsk_umem__create(&s->umem, s->memory.at, (uint64_t)frames * frame_bytes, &s->fill, &s->sent, &config);
    errno = refused;
    if (refused == EPERM || refused == EACCES)
        return fail(error, TCI_NO_RIGHTS, "capturing with AF_XDP sockets needs CAP_NET_RAW");
    if (refused == ENOBUFS)
        return fail(error, TCI_NO_RIGHTS, "the limit of locked memory (ulimit -l) is less than the %zu bytes of the ring; raise it, or give CAP_IPC_LOCK",
                    (size_t)frames * frame_bytes);
    return refused ? fail_os(error, TCI_FAILED, "cannot make an AF_XDP socket with %u frames", frames) : TCI_OK;
}

static int bind_socket(struct afxdp_socket *s, const struct afxdp_card *card, uint32_t queue, uint32_t frames, struct tci_error *error)
{
    bool zero_copy = card->way == AFXDP_ZERO_COPY;
    const struct xsk_socket_config config = {.rx_size = frames, .libxdp_flags = XSK_LIBXDP_FLAGS__INHIBIT_PROG_LOAD,
                                             .bind_flags = (uint16_t)(XDP_USE_NEED_WAKEUP | (zero_copy ? XDP_ZEROCOPY : XDP_COPY))};
    int refused = -xsk_socket__create(&s->socket, card->interface.name, queue, s->umem, &s->received, NULL, &config);
    errno = refused;
    if (refused == EBUSY)
        return fail(error, TCI_FAILED, "queue %u of %s has an AF_XDP socket of somebody else", queue, card->interface.name);
    if (refused == ENETDOWN)
        return fail(error, TCI_FAILED, "%s is down; set it up first", card->interface.name);
    return refused ? fail_os(error, TCI_UNSUPPORTED, "queue %u of %s takes no AF_XDP socket in mode \"%s\"", queue, card->interface.name, card->mode) : TCI_OK;
}

int afxdp_socket_open(struct afxdp_socket *s, const struct afxdp_card *card, uint32_t queue, size_t bytes, struct tci_error *error)
{
    uint32_t frames = 1;
    while ((size_t)frames * 2 * card->frame_bytes <= bytes)
        frames *= 2;
    int code = memory_take((size_t)frames * card->frame_bytes, true, &s->memory, error);
    if (!code)
        code = make_umem(s, frames, card->frame_bytes, error);
    if (!code) {
        fill_all(s, frames, card->frame_bytes);
        code = bind_socket(s, card, queue, frames, error);
    }
    return code;
}

void afxdp_socket_close(struct afxdp_socket *s)
{
    if (s->socket)
        xsk_socket__delete(s->socket);
    if (s->umem)
        xsk_umem__delete(s->umem);
    memory_give_back(&s->memory);
}
