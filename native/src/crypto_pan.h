// SPDX-License-Identifier: BSD-3-Clause
// Crypto-PAn: addresses that share a prefix share one of the same length afterwards, and nothing else can be told without the key.
// J. Xu, J. Fan, M. Ammar, S. Moon: Prefix-Preserving IP Address Anonymization, ICNP 2002. The same for 128 bits.
#pragma once
#include "aes.h"

enum { CRYPTO_PAN_KEY_BYTES = 32, CRYPTO_PAN_V4_ENTRIES = 1 << 16, CRYPTO_PAN_V6_ENTRIES = 1 << 14 };

struct crypto_pan {
    struct aes_key key;
    uint8_t pad[16];
    // Direct-mapped caches: an address costs 32 or 128 blocks.
    struct {
        uint32_t from, to;
    } v4[CRYPTO_PAN_V4_ENTRIES];
    struct {
        uint8_t from[16], to[16];
    } v6[CRYPTO_PAN_V6_ENTRIES];
};

void crypto_pan_init(struct crypto_pan *pan, const uint8_t key[CRYPTO_PAN_KEY_BYTES]);
// `bytes` is 4 or 16; in network byte order, in place.
void crypto_pan_address(struct crypto_pan *pan, uint8_t *address, unsigned bytes);
