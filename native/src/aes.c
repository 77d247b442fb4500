// SPDX-License-Identifier: BSD-3-Clause
#include "aes.h"

#include <pthread.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static uint8_t substitute[256];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static uint8_t twice(uint8_t x)
{
    return (uint8_t)(x << 1 ^ (x & 0x80 ? 0x1b : 0));
}

// FIPS 197 section 5.1.1: the inverse in GF(2^8), found by running through the powers of 3 and of its inverse, then the affine map.
static void make_table(void)
{
    uint8_t p = 1, q = 1;
    do {
        p = (uint8_t)(p ^ twice(p));
        q ^= (uint8_t)(q << 1);
        q ^= (uint8_t)(q << 2);
        q ^= (uint8_t)(q << 4);
        q ^= q & 0x80 ? 0x09 : 0;
        uint8_t x = q;
        for (int i = 1; i < 5; i++)
            x ^= (uint8_t)(q << i | q >> (8 - i));
        substitute[p] = x ^ 0x63;
    } while (p != 1);
    substitute[0] = 0x63;
}

void aes_expand(struct aes_key *key, const uint8_t bytes[16])
{
    pthread_once(&made, make_table);
    memcpy(key->rounds[0], bytes, 16);
    uint8_t constant = 1;
    for (int round = 1; round < 11; round++, constant = twice(constant)) {
        const uint8_t *before = key->rounds[round - 1];
        uint8_t *now = key->rounds[round];
        for (int i = 0; i < 4; i++)
            now[i] = (uint8_t)(before[i] ^ substitute[before[12 + (i + 1) % 4]] ^ (i == 0 ? constant : 0));
        for (int i = 4; i < 16; i++)
            now[i] = before[i] ^ now[i - 4];
    }
}

static void mix_column(uint8_t *c)
{
    uint8_t all = c[0] ^ c[1] ^ c[2] ^ c[3], first = c[0];
    for (int i = 0; i < 4; i++)
        c[i] ^= (uint8_t)(all ^ twice(c[i] ^ (i == 3 ? first : c[i + 1])));
}

static void encrypt_one(const struct aes_key *key, uint8_t block[16])
{
    uint8_t shifted[16];
    for (int i = 0; i < 16; i++)
        block[i] ^= key->rounds[0][i];
    for (int round = 1; round < 11; round++) {
        for (int i = 0; i < 16; i++)
            shifted[i] = substitute[block[(i + i % 4 * 4) % 16]];
        for (int i = 0; round < 10 && i < 16; i += 4)
            mix_column(shifted + i);
        for (int i = 0; i < 16; i++)
            block[i] = shifted[i] ^ key->rounds[round][i];
    }
}

void aes_encrypt_portable(const struct aes_key *key, uint8_t (*blocks)[16], size_t count)
{
    for (size_t i = 0; i < count; i++)
        encrypt_one(key, blocks[i]);
}

#if defined(__x86_64__)
// Eight at a time: the instruction takes several cycles, and one can begin in each.
__attribute__((target("aes,sse2"))) static size_t encrypt_eights(const struct aes_key *key, uint8_t (*blocks)[16], size_t count)
{
    enum { LANES = 8 };
    size_t done = 0;
    for (; done + LANES <= count; done += LANES) {
        __m128i state[LANES];
        for (int i = 0; i < LANES; i++)
            state[i] = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(const void *)blocks[done + (size_t)i]), _mm_load_si128((const __m128i *)(const void *)key->rounds[0]));
        for (int round = 1; round < 10; round++) {
            __m128i k = _mm_load_si128((const __m128i *)(const void *)key->rounds[round]);
            for (int i = 0; i < LANES; i++)
                state[i] = _mm_aesenc_si128(state[i], k);
        }
        for (int i = 0; i < LANES; i++)
            _mm_storeu_si128((__m128i *)(void *)blocks[done + (size_t)i],
                             _mm_aesenclast_si128(state[i], _mm_load_si128((const __m128i *)(const void *)key->rounds[10])));
    }
    return done;
}
#endif

void aes_encrypt(const struct aes_key *key, uint8_t (*blocks)[16], size_t count)
{
    size_t done = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("aes"))
        done = encrypt_eights(key, blocks, count);
#endif
    aes_encrypt_portable(key, blocks + done, count - done);
}
