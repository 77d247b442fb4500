// SPDX-License-Identifier: BSD-3-Clause
// Linux packet sockets with a TPACKET_V3 ring (kernel Documentation/networking/packet_mmap.rst).
#include "instant.h"
#include "outcome.h"
#include "afpacket_stamps.h"
#include "placement.h"
#include "source.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 20,
    FRAME_BYTES = 2048,     // TPACKET_V3 packs frames of any size; it only checks that this divides a block
    BLOCK_TIMEOUT_MS = 10,  // a block that is not full is handed over after this
    TAG_BYTES = 4,
    ADDRESSES_BYTES = 12,   // the two MAC addresses before the tag
    LINE_BYTES = 64,
    PREFETCH_BYTES = 4096   // how far ahead of the packet that is taken
};

struct afpacket {
    struct source base;
    int fd;
    uint8_t *ring;
    size_t ring_bytes;
    uint32_t blocks, block; // block: the one being read
    bool holding;           // it belongs to us
    uint32_t left;          // packets in it that were not handed out
    uint8_t *next, *fetched, *end; // fetched: what lies before it, up to the end of the block, was asked for
    struct source_counts counts;
};

static void afpacket_close(struct source *source)
{
    struct afpacket *s = (struct afpacket *)source;
    if (s->ring)
        munmap(s->ring, s->ring_bytes);
    if (s->fd >= 0)
        close(s->fd);
    free(s);
}

static int set(int fd, int option, int value, const char *what, struct tci_error *error)
{
    if (setsockopt(fd, SOL_PACKET, option, &value, sizeof value))
        return fail_os(error, TCI_FAILED, "cannot set %s", what);
    return TCI_OK;
}

static int make_ring(struct afpacket *s, int64_t bytes, struct tci_error *error)
{
    s->blocks = (uint32_t)(bytes / BLOCK_BYTES);
    s->ring_bytes = (size_t)s->blocks * BLOCK_BYTES;
    struct tpacket_req3 ring = {.tp_block_size = BLOCK_BYTES,
                                .tp_block_nr = s->blocks,
                                .tp_frame_size = FRAME_BYTES,
                                .tp_frame_nr = (uint32_t)(s->ring_bytes / FRAME_BYTES),
                                .tp_retire_blk_tov = BLOCK_TIMEOUT_MS};
    // Room in front of each packet, so that a tag can be put back in place.
    int code = set(s->fd, PACKET_VERSION, TPACKET_V3, "TPACKET_V3", error);
    if (!code)
        code = set(s->fd, PACKET_RESERVE, TAG_BYTES, "the headroom", error);
    if (code)
        return code;
    if (setsockopt(s->fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring))
        return fail_os(error, TCI_FAILED, "cannot make a ring of %zu bytes", s->ring_bytes);
    void *mapped = mmap(NULL, s->ring_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, s->fd, 0);
    if (mapped == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "cannot map the ring");
    s->ring = mapped;
    // The process that compiles the filter is a fork with a limit on its address space, which the ring must not use up.
    if (madvise(mapped, s->ring_bytes, MADV_DONTFORK))
        return fail_os(error, TCI_FAILED, "cannot keep the ring out of child processes");
    return TCI_OK;
}

static bool block_all(int fd)
{
    struct sock_filter nothing = {BPF_RET | BPF_K, 0, 0, 0};
    struct sock_fprog program = {1, &nothing};
    return !setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

static int attach(struct afpacket *s, const struct request *request, struct tci_error *error)
{
    const struct interface *interface = &s->base.facts.interface;
    int code = TCI_OK;
    // Loopback shows each packet twice, going out and coming in. One is enough.
    if (interface->loopback)
        code = set(s->fd, PACKET_IGNORE_OUTGOING, 1, "loopback without duplicates", error);
    struct packet_mreq promiscuous = {.mr_ifindex = (int)interface->index, .mr_type = PACKET_MR_PROMISC};
    if (!code && request->promiscuous && !interface->loopback &&
        setsockopt(s->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous))
        code = fail_os(error, TCI_FAILED, "cannot set %s promiscuous", interface->name);
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)interface->index};
    if (!code && request->stamps == STAMPS_HARDWARE)
        code = stamps_from_hardware(s->fd, interface->name, error);
    // Closed until every queue has joined: one that had not would get what is for the others.
    if (!code && !block_all(s->fd))
        code = fail_os(error, TCI_FAILED, "cannot attach a filter");
    // Bound last: until then the ring takes nothing, so that nothing of another interface is ever in it.
    if (!code && bind(s->fd, (struct sockaddr *)&address, sizeof address))
        code = fail_os(error, errno == ENODEV ? TCI_NO_SUCH_SOURCE : TCI_FAILED, "cannot listen on %s", interface->name);
    return code;
}

static int open_queue(const char *rest, const struct request *request, struct source **source, struct tci_error *error)
{
    struct afpacket *s = calloc(1, sizeof *s);
    if (!s)
        return fail(error, TCI_FAILED, "no memory for a source");
    s->fd = -1;
    s->base.kind = &source_afpacket;
    s->base.facts = (struct source_facts){.kind = "afpacket", .has_interface = true, .damage_offset = -1,
                                          .stamps = request->stamps == STAMPS_HARDWARE ? "hardware" : "software"};
    int code = interface_find(rest, &s->base.facts.interface, error);
    if (!code && s->base.facts.interface.link_type < 0)
        code = fail(error, TCI_UNSUPPORTED, "%s has a link type that is not supported", rest);
    if (!code) {
        s->base.facts.link_type = s->base.facts.interface.link_type;
        s->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (s->fd < 0)
            code = errno == EPERM || errno == EACCES ? fail(error, TCI_NO_RIGHTS, "capturing on an interface needs CAP_NET_RAW")
                                                     : fail_os(error, TCI_FAILED, "cannot make a packet socket");
    }
    if (!code)
        code = make_ring(s, request->ring_bytes, error);
    if (!code)
        code = attach(s, request, error);
    if (code)
        afpacket_close(&s->base);
    else
        *source = &s->base;
    return code;
}

// The kernel spreads packets over the sockets of a group by their flow, so that a connection, in one direction, stays in one queue.
static int join(struct source *sources[], uint32_t count, struct tci_error *error)
{
    int group = 0;
    for (uint32_t i = 0; i < count; i++) {
        int fd = ((struct afpacket *)sources[i])->fd;
        int flags = i ? 0 : PACKET_FANOUT_FLAG_UNIQUEID;
        int wanted = group | (PACKET_FANOUT_HASH | flags) << 16;
        socklen_t bytes = sizeof group;
        if (setsockopt(fd, SOL_PACKET, PACKET_FANOUT, &wanted, sizeof wanted))
            return fail_os(error, TCI_FAILED, "cannot spread %s over %u queues; the interface has to be up", sources[i]->facts.interface.name, count);
        if (!i && getsockopt(fd, SOL_PACKET, PACKET_FANOUT, &group, &bytes))
            return fail_os(error, TCI_FAILED, "cannot ask for the number of a group of queues");
        group &= 0xffff;
    }
    return TCI_OK;
}

static int afpacket_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    int code = TCI_OK;
    *count = 0;
    placement_stay_near("/sys", placement_node_of("/sys", rest)); // before there are threads and rings
    while (!code && *count < (uint32_t)request->queues) {
        code = open_queue(rest, request, &sources[*count], error);
        *count += !code;
    }
    if (!code && *count > 1)
        code = join(sources, *count, error);
    for (uint32_t i = 0; !code && i < *count; i++)
        if (setsockopt(((struct afpacket *)sources[i])->fd, SOL_SOCKET, SO_DETACH_FILTER, &(int){0}, sizeof(int)))
            code = fail_os(error, TCI_FAILED, "cannot open the queues");
    while (code && *count)
        afpacket_close(sources[--*count]);
    return code;
}

static struct tpacket_block_desc *block_at(struct afpacket *s)
{
    return (struct tpacket_block_desc *)(void *)(s->ring + (size_t)s->block * BLOCK_BYTES);
}

static bool block_is_ours(struct afpacket *s)
{
    const _Atomic uint32_t *status = (const _Atomic uint32_t *)(const void *)&block_at(s)->hdr.bh1.block_status;
    return atomic_load_explicit(status, memory_order_acquire) & TP_STATUS_USER;
}

static void give_block_back(struct afpacket *s)
{
    _Atomic uint32_t *status = (_Atomic uint32_t *)(void *)&block_at(s)->hdr.bh1.block_status;
    atomic_store_explicit(status, TP_STATUS_KERNEL, memory_order_release);
    s->block = (s->block + 1) % s->blocks;
    s->holding = false;
}

static void put_tag_back(const struct tpacket3_hdr *header, struct packet *packet, uint8_t *bytes)
{
    if (!(header->tp_status & TP_STATUS_VLAN_VALID) || packet->captured < ADDRESSES_BYTES)
        return;
    uint16_t type = header->tp_status & TP_STATUS_VLAN_TPID_VALID ? header->hv1.tp_vlan_tpid : ETH_P_8021Q;
    uint16_t tag[2] = {htons(type), htons((uint16_t)header->hv1.tp_vlan_tci)};
    memmove(bytes - TAG_BYTES, bytes, ADDRESSES_BYTES);
    memcpy(bytes - TAG_BYTES + ADDRESSES_BYTES, tag, TAG_BYTES);
    packet->bytes = bytes - TAG_BYTES;
    packet->length += TAG_BYTES;
    packet->captured += TAG_BYTES;
}

static void take(struct afpacket *s, struct packet *packet)
{
    struct tpacket3_hdr *header = (struct tpacket3_hdr *)(void *)s->next;
    // Another processor has just written all of it, and where a packet begins is in the one before: waiting for each in turn costs more than anything else.
    for (; s->fetched < s->next + PREFETCH_BYTES && s->fetched < s->end; s->fetched += LINE_BYTES)
        __builtin_prefetch(s->fetched, 0, 2);
    uint8_t *bytes = s->next + header->tp_mac;
    *packet = (struct packet){(int64_t)header->tp_sec * NS_PER_S + header->tp_nsec, header->tp_len, header->tp_snaplen, 0, bytes};
    put_tag_back(header, packet, bytes);
    s->next += header->tp_next_offset;
    s->left--;
}

// The index the socket is bound to tells an interface that was removed from one that is only down and may come back. Nothing else does: the one error the
// socket raises is for going down, and it is not raised again when the interface is removed after that.
static int check_interface(struct afpacket *s, struct tci_error *error)
{
    struct sockaddr_ll address = {0};
    socklen_t bytes = sizeof address;
    if (getsockname(s->fd, (struct sockaddr *)&address, &bytes) || address.sll_ifindex != (int)s->base.facts.interface.index)
        return fail(error, TCI_SOURCE_GONE, "the interface %s was removed", s->base.facts.interface.name);
    return TCI_OK;
}

// Nothing there for all of the time: a good moment to ask whether anything can come at all.
static int await_block(struct afpacket *s, int timeout_ms, struct tci_error *error)
{
    struct pollfd waiting = {.fd = s->fd, .events = POLLIN | POLLERR};
    if (timeout_ms <= 0 || block_is_ours(s))
        return TCI_OK;
    int ready = poll(&waiting, 1, timeout_ms);
    if (block_is_ours(s))
        return TCI_OK;
    if (ready > 0 && waiting.revents & (POLLERR | POLLHUP | POLLNVAL)) {
        int pending = 0; // asking for the error clears it; otherwise poll would return at once for ever
        socklen_t bytes = sizeof pending;
        getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &pending, &bytes);
    }
    return check_interface(s, error);
}

static int afpacket_burst(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error)
{
    struct afpacket *s = (struct afpacket *)source;
    *count = 0;
    if (s->holding && !s->left)
        give_block_back(s);
    if (!s->holding) {
        int code = await_block(s, timeout_ms, error);
        if (code || !block_is_ours(s))
            return code;
        const struct tpacket_hdr_v1 *block = &block_at(s)->hdr.bh1;
        s->holding = true;
        s->left = block->num_pkts;
        s->next = s->fetched = (uint8_t *)block_at(s) + block->offset_to_first_pkt;
        s->end = (uint8_t *)block_at(s) + block->blk_len;
    }
    while (s->left && *count < BURST_PACKETS_MAX)
        take(s, &packets[(*count)++]);
    return TCI_OK;
}

// Nothing passes any more, and what does not pass is not counted; the block being filled comes after its timeout.
static void afpacket_shut(struct source *source)
{
    block_all(((struct afpacket *)source)->fd);
}

static void afpacket_count(struct source *source, struct source_counts *counts)
{
    struct afpacket *s = (struct afpacket *)source;
    struct tpacket_stats_v3 since = {0};
    socklen_t bytes = sizeof since;
    // Reading sets them to zero. tp_packets has the drops in it.
    if (!getsockopt(s->fd, SOL_PACKET, PACKET_STATISTICS, &since, &bytes)) {
        s->counts.seen += since.tp_packets;
        s->counts.dropped += since.tp_drops;
    }
    *counts = s->counts;
}

// Blocks that are full lie behind the one being read without a gap: the first that is not is found by halving.
static unsigned afpacket_fill(const struct source *source)
{
    const struct afpacket *s = (const struct afpacket *)source;
    uint32_t full = 0, end = s->blocks;
    while (full < end) {
        uint32_t middle = full + (end - full) / 2;
        const struct tpacket_block_desc *block = (const struct tpacket_block_desc *)(const void *)(s->ring + (size_t)((s->block + middle) % s->blocks) * BLOCK_BYTES);
        const _Atomic uint32_t *status = (const _Atomic uint32_t *)(const void *)&block->hdr.bh1.block_status;
        if (atomic_load_explicit(status, memory_order_acquire) & TP_STATUS_USER)
            full = middle + 1;
        else
            end = middle;
    }
    return full * 1000 / s->blocks;
}

const struct source_kind source_afpacket = {
    .name = "afpacket",
    .rights = RIGHT(CAP_NET_RAW),
    .open = afpacket_open,
    .burst = afpacket_burst,
    .shut = afpacket_shut,
    .count = afpacket_count,
    .fill = afpacket_fill,
    .close = afpacket_close,
};
