// SPDX-License-Identifier: BSD-3-Clause
// Machine code, a few bytes at a time (Intel SDM volume 2). Registers: A eax, X ebx, packet rdi, length r8d, captured esi, scratch memory [rsp + 4k].
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct code {
    uint8_t *at;     // NULL: only counted
    size_t used, room;
    bool failed;
};

static inline void emit(struct code *c, const void *bytes, size_t count)
{
    if (c->used + count > c->room)
        c->failed = true;
    else if (c->at)
        memcpy(c->at + c->used, bytes, count);
    c->used += count;
}

static inline void emit32(struct code *c, uint32_t value)
{
    emit(c, &value, sizeof value);
}

#define EMIT(c, ...) emit(c, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
