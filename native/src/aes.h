// SPDX-License-Identifier: BSD-3-Clause
// AES-128 (FIPS 197), encryption only. With the processor's instructions where it has them; without, the table look-ups take time that depends on key and data.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct aes_key {
    _Alignas(16) uint8_t rounds[11][16];
};

void aes_expand(struct aes_key *key, const uint8_t bytes[16]);
// Encrypts `count` blocks in place.
void aes_encrypt(const struct aes_key *key, uint8_t (*blocks)[16], size_t count);
// The portable way, whatever the processor: for tests.
void aes_encrypt_portable(const struct aes_key *key, uint8_t (*blocks)[16], size_t count);
