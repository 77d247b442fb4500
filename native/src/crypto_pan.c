// SPDX-License-Identifier: BSD-3-Clause
#include "crypto_pan.h"

#include <string.h>

// Bit i is flipped by the first bit of the cipher over the i bits before it, filled up with the pad.
static void map(const struct crypto_pan *pan, const uint8_t *from, uint8_t *to, unsigned bytes)
{
    uint8_t blocks[128][16];
    for (unsigned i = 0; i < bytes * 8; i++) {
        memcpy(blocks[i], pan->pad, 16);
        memcpy(blocks[i], from, i / 8);
        uint8_t kept = (uint8_t)~(0xff >> i % 8);
        if (kept)
            blocks[i][i / 8] = (uint8_t)((from[i / 8] & kept) | (pan->pad[i / 8] & ~kept));
    }
    aes_encrypt(&pan->key, blocks, (size_t)bytes * 8);
    for (unsigned i = 0; i < bytes; i++) {
        uint8_t flips = 0;
        for (unsigned bit = 0; bit < 8; bit++)
            flips = (uint8_t)(flips << 1 | blocks[i * 8 + bit][0] >> 7);
        to[i] = from[i] ^ flips;
    }
}

void crypto_pan_init(struct crypto_pan *pan, const uint8_t key[CRYPTO_PAN_KEY_BYTES])
{
    memset(pan, 0, sizeof *pan);
    aes_expand(&pan->key, key);
    memcpy(pan->pad, key + 16, 16);
    aes_encrypt(&pan->key, &pan->pad, 1);
    // Empty entries say that nothing becomes nothing; for the address of zeros, whose entries are the first ones, that is put right.
    uint8_t zeros[16] = {0}, mapped[16];
    map(pan, zeros, mapped, 4);
    memcpy(&pan->v4[0].to, mapped, 4);
    map(pan, zeros, pan->v6[0].to, 16);
}

static uint32_t spread(uint32_t x)
{
    x *= 0x9e3779b1u;
    return x ^ x >> 15;
}

static void map_v4(struct crypto_pan *pan, uint8_t *address)
{
    uint32_t from, to;
    memcpy(&from, address, sizeof from);
    uint32_t entry = spread(from) % CRYPTO_PAN_V4_ENTRIES;
    if (pan->v4[entry].from != from) {
        map(pan, address, (uint8_t *)&to, 4);
        pan->v4[entry].from = from;
        pan->v4[entry].to = to;
    }
    memcpy(address, &pan->v4[entry].to, sizeof to);
}

static void map_v6(struct crypto_pan *pan, uint8_t *address)
{
    uint32_t words[4], hash = 0;
    memcpy(words, address, sizeof words);
    for (int i = 0; i < 4; i++)
        hash = spread(hash ^ words[i]);
    uint32_t entry = hash % CRYPTO_PAN_V6_ENTRIES;
    if (memcmp(pan->v6[entry].from, address, 16)) {
        memcpy(pan->v6[entry].from, address, 16);
        map(pan, address, pan->v6[entry].to, 16);
    }
    memcpy(address, pan->v6[entry].to, 16);
}

void crypto_pan_address(struct crypto_pan *pan, uint8_t *address, unsigned bytes)
{
    if (bytes == 4)
        map_v4(pan, address);
    else
        map_v6(pan, address);
}
