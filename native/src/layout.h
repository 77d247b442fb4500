// SPDX-License-Identifier: BSD-3-Clause
// Where things are in a packet: just enough to know its connection and to find addresses and payload. Bytes of packets are hostile.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum network { NETWORK_NONE, NETWORK_IPV4, NETWORK_IPV6, NETWORK_ARP };

struct layout {
    const uint8_t *bytes;
    uint32_t captured;
    enum network network;
    uint32_t network_at;   // offset of the IP or ARP header
    uint32_t addresses_at; // source, then destination
    uint32_t address_bytes; // of one: 4 or 16
    uint8_t protocol;      // IP protocol number behind the extension headers
    bool fragment;         // not the whole datagram
    bool first_fragment;   // or the whole: the transport header, if it is there, begins it
    bool has_transport;    // its header is in the captured bytes as far as we look at it
    uint32_t transport_at; // behind the IP headers; valid if network is IPv4 or IPv6
};

enum { PROTOCOL_ICMP = 1, PROTOCOL_IPIP = 4, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_IPV6 = 41, PROTOCOL_ICMPV6 = 58, PROTOCOL_SCTP = 132 };

void layout_find(struct layout *layout, int link_type, const uint8_t *bytes, uint32_t captured);
// The same from an IP header on, at `at`, which has to be within the bytes.
void layout_find_ip(struct layout *layout, const uint8_t *bytes, uint32_t captured, uint32_t at);
// The same for both directions of a connection: addresses, protocol and, for what is no fragment, ports. What is not IP: of all its captured bytes.
uint64_t flow_hash(const struct layout *layout);

static inline uint16_t get16be(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}
