// SPDX-License-Identifier: BSD-3-Clause
// Link layers: IEEE 802.3 and 802.1Q; the LINKTYPE_ values of the tcpdump group. RFC 791, RFC 8200 section 4, RFC 826.
#include "layout.h"

#include <string.h>

enum {
    LINK_NULL = 0,
    LINK_ETHERNET = 1,
    LINK_RAW = 101,
    LINK_LINUX_SLL = 113,
    LINK_IPV4 = 228,
    LINK_IPV6 = 229,
    LINK_LINUX_SLL2 = 276,
    TYPE_IPV4 = 0x0800,
    TYPE_ARP = 0x0806,
    TYPE_VLAN = 0x8100,
    TYPE_IPV6 = 0x86dd,
    TYPE_QINQ = 0x88a8,
    TAGS_MAX = 4,
    EXTENSIONS_MAX = 8
};

// Offset of what the link layer carries, and its type in *type; 0 type if it is not known.
static uint32_t network_offset(int link_type, const uint8_t *p, uint32_t n, unsigned *type)
{
    *type = 0;
    switch (link_type) {
    case LINK_ETHERNET: {
        uint32_t at = 14;
        if (n < at)
            return n;
        unsigned found = get16be(p + 12);
        for (int tags = 0; (found == TYPE_VLAN || found == TYPE_QINQ) && tags < TAGS_MAX; tags++) {
            if (n < at + 4)
                return n;
            found = get16be(p + at + 2);
            at += 4;
        }
        *type = found;
        return at;
    }
    case LINK_RAW:
    case LINK_IPV4:
    case LINK_IPV6:
        *type = n && p[0] >> 4 == 4 ? TYPE_IPV4 : n && p[0] >> 4 == 6 ? TYPE_IPV6 : 0;
        return 0;
    case LINK_NULL:
        *type = n > 4 && p[4] >> 4 == 4 ? TYPE_IPV4 : n > 4 && p[4] >> 4 == 6 ? TYPE_IPV6 : 0;
        return 4;
    case LINK_LINUX_SLL:
        *type = n >= 16 ? get16be(p + 14) : 0;
        return 16;
    case LINK_LINUX_SLL2:
        *type = n >= 20 ? get16be(p) : 0;
        return 20;
    default:
        return n;
    }
}

static void find_transport(struct layout *l)
{
    static const uint8_t looked_at[256] = {[PROTOCOL_ICMP] = 8, [PROTOCOL_TCP] = 20, [PROTOCOL_UDP] = 8, [PROTOCOL_ICMPV6] = 8, [PROTOCOL_SCTP] = 12};
    uint32_t wanted = looked_at[l->protocol];
    l->has_transport = wanted && l->first_fragment && l->captured >= l->transport_at && l->captured - l->transport_at >= wanted;
}

static void find_ipv4(struct layout *l, uint32_t at)
{
    const uint8_t *p = l->bytes + at;
    uint32_t header_bytes = (p[0] & 15u) * 4;
    if (l->captured - at < 20 || header_bytes < 20)
        return;
    unsigned flags = get16be(p + 6);
    l->network = NETWORK_IPV4;
    l->addresses_at = at + 12;
    l->address_bytes = 4;
    l->protocol = p[9];
    l->fragment = flags & 0x3fff;
    l->first_fragment = !(flags & 0x1fff);
    l->transport_at = at + header_bytes;
    find_transport(l);
}

static void find_ipv6(struct layout *l, uint32_t at)
{
    if (l->captured - at < 40)
        return;
    const uint8_t *p = l->bytes + at;
    uint32_t next_at = at + 40;
    uint8_t next = p[6];
    l->network = NETWORK_IPV6;
    l->addresses_at = at + 8;
    l->address_bytes = 16;
    l->first_fragment = true;
    for (int i = 0; i < EXTENSIONS_MAX; i++) {
        // Hop-by-hop, routing, destination options, authentication; fragment.
        bool options = next == 0 || next == 43 || next == 60 || next == 51;
        if ((!options && next != 44) || l->captured < next_at + 8)
            break;
        const uint8_t *extension = l->bytes + next_at;
        if (next == 44) {
            unsigned offset = get16be(extension + 2);
            l->fragment = offset & 0xfff9;
            l->first_fragment = !(offset & 0xfff8);
            next_at += 8;
        } else {
            next_at += next == 51 ? (extension[1] + 2u) * 4 : (extension[1] + 1u) * 8;
        }
        next = extension[0];
    }
    l->protocol = next;
    l->transport_at = next_at;
    find_transport(l);
}

void layout_find_ip(struct layout *l, const uint8_t *bytes, uint32_t captured, uint32_t at)
{
    *l = (struct layout){.bytes = bytes, .captured = captured, .network_at = at};
    if (at >= captured)
        return;
    if (bytes[at] >> 4 == 4)
        find_ipv4(l, at);
    else if (bytes[at] >> 4 == 6)
        find_ipv6(l, at);
}

// Only what maps IPv4: hardware and protocol lengths of 6 and 4.
static void find_arp(struct layout *l, uint32_t at)
{
    if (l->captured < at || l->captured - at < 28 || l->bytes[at + 4] != 6 || l->bytes[at + 5] != 4 || get16be(l->bytes + at + 2) != TYPE_IPV4)
        return;
    l->network = NETWORK_ARP;
    l->address_bytes = 4;
    l->addresses_at = at + 14; // the sender's; the target's is ten bytes on
}

void layout_find(struct layout *l, int link_type, const uint8_t *bytes, uint32_t captured)
{
    unsigned type;
    uint32_t at = network_offset(link_type, bytes, captured, &type);
    *l = (struct layout){.bytes = bytes, .captured = captured, .network_at = at};
    if (at >= captured)
        return;
    if (type == TYPE_IPV4 && bytes[at] >> 4 == 4)
        find_ipv4(l, at);
    else if (type == TYPE_IPV6 && bytes[at] >> 4 == 6)
        find_ipv6(l, at);
    else if (type == TYPE_ARP)
        find_arp(l, at);
}

// The finisher of SplitMix64: every bit of the input moves every bit of the output.
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t end_hash(const struct layout *l, uint32_t address_at, uint32_t port_at, bool with_port)
{
    uint64_t hash = with_port ? get16be(l->bytes + port_at) + UINT64_C(0x10000) : 0;
    for (uint32_t i = 0; i < l->address_bytes; i += 4) {
        uint32_t word;
        memcpy(&word, l->bytes + address_at + i, sizeof word);
        hash = mix(hash ^ word) + UINT64_C(0x9e3779b97f4a7c15);
    }
    return hash;
}

static uint64_t bytes_hash(const uint8_t *bytes, uint32_t count)
{
    uint64_t hash = count;
    for (uint32_t i = 0; i + 8 <= count; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        hash = mix(hash ^ word);
    }
    return mix(hash);
}

uint64_t flow_hash(const struct layout *l)
{
    if (l->network != NETWORK_IPV4 && l->network != NETWORK_IPV6)
        return bytes_hash(l->bytes, l->captured);
    bool ports = l->has_transport && !l->fragment && (l->protocol == PROTOCOL_TCP || l->protocol == PROTOCOL_UDP || l->protocol == PROTOCOL_SCTP);
    uint64_t a = end_hash(l, l->addresses_at, l->transport_at, ports);
    uint64_t b = end_hash(l, l->addresses_at + l->address_bytes, l->transport_at + 2, ports);
    return mix((a + b) ^ (a ^ b) * UINT64_C(0x9e3779b97f4a7c15) ^ l->protocol); // no order: both directions give the same
}
