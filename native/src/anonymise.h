// SPDX-License-Identifier: BSD-3-Clause
// Takes out of packets what tells who they belong to: IP addresses become others (Crypto-PAn), payload goes. Checksums that were right stay right, and wrong
// ones stay wrong. Addresses are changed in IPv4, IPv6 and ARP headers, also where these are inside ICMP errors, IP-in-IP and 6in4, and in ICMP redirects and
// neighbour discovery; the other contents of ICMPv6 messages go. MAC addresses stay, and so do addresses that applications write into their payload.
#pragma once
#include "layout.h"
#include "source.h"

struct anonymiser;

// Reads the key: 32 bytes, or 64 hexadecimal digits. The file must not be readable by everybody.
int anonymiser_open(const struct request *request, int link_type, struct anonymiser **anonymiser, struct tci_error *error);
void anonymise(struct anonymiser *anonymiser, const struct layout *layout, struct packet *packet);
void anonymiser_close(struct anonymiser *anonymiser);
