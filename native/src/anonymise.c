// SPDX-License-Identifier: BSD-3-Clause
#include "anonymise.h"

#include "crypto_pan.h"
#include "key_file.h"
#include "outcome.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { NESTING_MAX = 4, ECHO_REPLY = 129, ECHO_REQUEST = 128, NEIGHBOUR_SOLICITATION = 135, NEIGHBOUR_ADVERTISEMENT = 136, REDIRECT_V6 = 137 };

struct anonymiser {
    bool addresses, payload_goes;
    struct crypto_pan pan;
    uint8_t copy[SNAPLEN_BYTES_MAX]; // the packet, changed
};

int anonymiser_open(const struct request *r, int link_type, struct anonymiser **anonymiser, struct tci_error *error)
{
    (void)link_type;
    uint8_t key[CRYPTO_PAN_KEY_BYTES] = {0};
    int code = r->anonymise_addresses ? key_file_read(r->key_file, key, error) : TCI_OK;
    if (code)
        return code;
    void *memory = mmap(NULL, sizeof **anonymiser, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "no memory to anonymise");
    struct anonymiser *a = memory;
    a->addresses = r->anonymise_addresses;
    a->payload_goes = r->remove_payload;
    crypto_pan_init(&a->pan, key);
    explicit_bzero(key, sizeof key);
    *anonymiser = a;
    return TCI_OK;
}

// RFC 1624: what a checksum over the changed bytes has to take up. Offsets are even within everything that is summed.
static uint32_t difference(const uint8_t *before, const uint8_t *after, unsigned bytes)
{
    uint32_t sum = 0;
    for (unsigned i = 0; i < bytes; i += 2)
        sum += (uint16_t)~get16be(before + i) + (uint32_t)get16be(after + i);
    return sum;
}

static uint16_t fold(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)sum;
}

// Changes the checksum at `at`, if it is captured; returns its own difference.
static uint32_t patch_checksum(uint8_t *p, uint32_t captured, uint32_t at, uint32_t change, bool udp)
{
    if (at + 2 > captured)
        return 0;
    uint8_t before[2] = {p[at], p[at + 1]};
    if (udp && !before[0] && !before[1]) // none was made (RFC 768)
        return 0;
    uint16_t sum = (uint16_t)~fold((uint16_t)~get16be(before) + (uint32_t)fold(change));
    if (udp && !sum)
        sum = 0xffff;
    p[at] = (uint8_t)(sum >> 8);
    p[at + 1] = (uint8_t)sum;
    return difference(before, p + at, 2);
}

static uint32_t change_address(struct anonymiser *a, uint8_t *address, unsigned bytes)
{
    uint8_t before[16];
    memcpy(before, address, bytes);
    crypto_pan_address(&a->pan, address, bytes);
    return difference(before, address, bytes);
}

static uint32_t change_ip(struct anonymiser *a, const struct layout *l, uint8_t *p, int depth);

// What an IP packet carries that is, or begins with, an IP header.
static uint32_t change_nested(struct anonymiser *a, const struct layout *l, uint8_t *p, uint32_t at, int depth)
{
    struct layout inner;
    if (depth == NESTING_MAX || at >= l->captured)
        return 0;
    layout_find_ip(&inner, p, l->captured, at);
    return change_ip(a, &inner, p, depth + 1);
}

static uint32_t change_icmp(struct anonymiser *a, const struct layout *l, uint8_t *p, int depth)
{
    uint32_t at = l->transport_at;
    uint8_t type = p[at];
    uint32_t change = type == 5 ? change_address(a, p + at + 4, 4) : 0;
    if (type == 3 || type == 4 || type == 5 || type == 11 || type == 12)
        change = fold(change) + fold(change_nested(a, l, p, at + 8, depth));
    return change;
}

static uint32_t change_icmpv6(struct anonymiser *a, const struct layout *l, uint8_t *p, int depth)
{
    uint32_t at = l->transport_at, change = 0;
    uint8_t type = p[at];
    if (type >= 1 && type <= 4)
        return change_nested(a, l, p, at + 8, depth);
    unsigned addresses = type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT ? 1 : type == REDIRECT_V6 ? 2 : 0;
    for (unsigned i = 0; i < addresses && l->captured >= at + 24 + 16 * i; i++)
        change = fold(change) + fold(change_address(a, p + at + 8 + (size_t)16 * i, 16));
    return change;
}

// The difference it makes for a checksum over all of it.
static uint32_t change_ip(struct anonymiser *a, const struct layout *l, uint8_t *p, int depth)
{
    if (l->network != NETWORK_IPV4 && l->network != NETWORK_IPV6)
        return 0;
    uint32_t change = change_address(a, p + l->addresses_at, l->address_bytes);
    change = fold(change) + fold(change_address(a, p + l->addresses_at + l->address_bytes, l->address_bytes));
    uint32_t sum = change, at = l->transport_at;
    if (l->network == NETWORK_IPV4)
        sum = fold(sum) + fold(patch_checksum(p, l->captured, l->network_at + 10, change, false));
    if (!l->first_fragment)
        return sum;
    if (l->protocol == PROTOCOL_TCP)
        return fold(sum) + fold(patch_checksum(p, l->captured, at + 16, change, false));
    if (l->protocol == PROTOCOL_UDP)
        return fold(sum) + fold(patch_checksum(p, l->captured, at + 6, change, true));
    uint32_t inside = 0;
    if (l->protocol == PROTOCOL_ICMP && l->has_transport) {
        inside = change_icmp(a, l, p, depth);
        inside = fold(inside) + fold(patch_checksum(p, l->captured, at + 2, inside, false));
    } else if (l->protocol == PROTOCOL_ICMPV6 && l->has_transport) {
        inside = change_icmpv6(a, l, p, depth);
        inside = fold(inside) + fold(patch_checksum(p, l->captured, at + 2, (uint32_t)fold(inside) + fold(change), false));
    } else if (l->protocol == PROTOCOL_IPIP || l->protocol == PROTOCOL_IPV6) {
        inside = change_nested(a, l, p, at, depth);
    }
    return fold(sum) + fold(inside);
}

static void change_arp(struct anonymiser *a, const struct layout *l, uint8_t *p)
{
    crypto_pan_address(&a->pan, p + l->addresses_at, 4);
    crypto_pan_address(&a->pan, p + l->addresses_at + 10, 4);
}

// Bytes of headers, which stay when the payload goes.
static uint32_t header_bytes(const struct layout *l)
{
    uint32_t at = l->transport_at;
    if (l->network == NETWORK_ARP)
        return l->network_at + 28;
    if (l->network == NETWORK_NONE)
        return l->network_at;
    if (!l->has_transport)
        return at;
    switch (l->protocol) {
    case PROTOCOL_TCP:
        return at + (l->bytes[at + 12] >> 4) * 4u;
    case PROTOCOL_SCTP:
        return at + 12;
    default:
        return at + 8;
    }
}

// Options and lists in ICMPv6 messages hold addresses in many forms; they go whenever addresses may not stay.
static uint32_t icmpv6_bytes(const struct layout *l)
{
    uint8_t type = l->bytes[l->transport_at];
    if (type == ECHO_REQUEST || type == ECHO_REPLY || (type >= 1 && type <= 4))
        return l->captured;
    unsigned addresses = type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT ? 1 : type == REDIRECT_V6 ? 2 : 0;
    return l->transport_at + 8 + 16 * addresses;
}

void anonymise(struct anonymiser *a, const struct layout *layout, struct packet *packet)
{
    uint32_t kept = packet->captured, most = kept;
    if (a->payload_goes)
        most = header_bytes(layout);
    if (a->addresses && layout->protocol == PROTOCOL_ICMPV6 && layout->has_transport && icmpv6_bytes(layout) < most)
        most = icmpv6_bytes(layout);
    if (most < kept)
        kept = most;
    packet->removed += packet->captured - kept;
    packet->captured = kept;
    if (!a->addresses)
        return;
    struct layout l = *layout;
    memcpy(a->copy, packet->bytes, kept);
    packet->bytes = l.bytes = a->copy;
    l.captured = kept;
    l.has_transport = l.has_transport && l.transport_at + 8 <= kept;
    if (l.network == NETWORK_ARP)
        change_arp(a, &l, a->copy);
    else
        change_ip(a, &l, a->copy, 0);
}

void anonymiser_close(struct anonymiser *a)
{
    if (!a)
        return;
    explicit_bzero(&a->pan, sizeof a->pan);
    munmap(a, sizeof *a);
}
