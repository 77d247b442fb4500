// SPDX-License-Identifier: BSD-3-Clause
// Filter programs out of bytes: whatever the bytes, the program is valid, so that it can be run both ways. Used by the test and by the fuzz target.
#pragma once
#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JIT_PROGRAM_MAX = 64, JIT_PROLOGUE = 2 * BPF_MEMWORDS };

struct jit_bytes {
    const uint8_t *at;
    size_t left;
};

static inline uint32_t jit_take(struct jit_bytes *bytes)
{
    if (!bytes->left)
        return 0;
    bytes->left--;
    return *bytes->at++;
}

// Constants that lie near the edges of things.
static inline uint32_t jit_constant(struct jit_bytes *bytes)
{
    uint32_t kind = jit_take(bytes), value = jit_take(bytes);
    switch (kind % 8) {
    case 0:
        return UINT32_MAX - value % 8;
    case 1:
        return 0x80000000u - value % 4;
    case 2:
        return value << 24 | jit_take(bytes) << 16 | jit_take(bytes) << 8 | jit_take(bytes);
    default:
        return value;
    }
}

static inline struct bpf_insn jit_instruction(struct jit_bytes *bytes, uint32_t left)
{
    static const uint16_t codes[] = {
        BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_B | BPF_ABS, BPF_LD | BPF_W | BPF_IND, BPF_LD | BPF_H | BPF_IND, BPF_LD | BPF_B | BPF_IND,
        BPF_LD | BPF_W | BPF_LEN, BPF_LDX | BPF_W | BPF_LEN, BPF_LDX | BPF_MSH | BPF_B, BPF_LD | BPF_IMM, BPF_LDX | BPF_IMM, BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM,
        BPF_ST, BPF_STX, BPF_JMP | BPF_JA, BPF_JMP | BPF_JGT | BPF_K, BPF_JMP | BPF_JGE | BPF_K, BPF_JMP | BPF_JEQ | BPF_K, BPF_JMP | BPF_JSET | BPF_K,
        BPF_JMP | BPF_JGT | BPF_X, BPF_JMP | BPF_JGE | BPF_X, BPF_JMP | BPF_JEQ | BPF_X, BPF_JMP | BPF_JSET | BPF_X, BPF_ALU | BPF_ADD | BPF_X,
        BPF_ALU | BPF_SUB | BPF_X, BPF_ALU | BPF_MUL | BPF_X, BPF_ALU | BPF_DIV | BPF_X, BPF_ALU | BPF_MOD | BPF_X, BPF_ALU | BPF_AND | BPF_X,
        BPF_ALU | BPF_OR | BPF_X, BPF_ALU | BPF_XOR | BPF_X, BPF_ALU | BPF_LSH | BPF_X, BPF_ALU | BPF_RSH | BPF_X, BPF_ALU | BPF_ADD | BPF_K,
        BPF_ALU | BPF_SUB | BPF_K, BPF_ALU | BPF_MUL | BPF_K, BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_MOD | BPF_K, BPF_ALU | BPF_AND | BPF_K,
        BPF_ALU | BPF_OR | BPF_K, BPF_ALU | BPF_XOR | BPF_K, BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_RSH | BPF_K, BPF_ALU | BPF_NEG, BPF_MISC | BPF_TAX,
        BPF_MISC | BPF_TXA, BPF_RET | BPF_A, BPF_RET | BPF_K,
    };
    struct bpf_insn i = {.code = codes[jit_take(bytes) % (sizeof codes / sizeof *codes)], .k = jit_constant(bytes)};
    uint16_t class = BPF_CLASS(i.code);
    if (class == BPF_JMP) {
        i.jt = (uint8_t)(jit_take(bytes) % left);
        i.jf = (uint8_t)(jit_take(bytes) % left);
        if (BPF_OP(i.code) == BPF_JA)
            i.k %= left;
    } else if (class == BPF_ST || class == BPF_STX || ((class == BPF_LD || class == BPF_LDX) && BPF_MODE(i.code) == BPF_MEM)) {
        i.k %= BPF_MEMWORDS;
    } else if (class == BPF_ALU && BPF_SRC(i.code) == BPF_K) {
        bool shift = BPF_OP(i.code) == BPF_LSH || BPF_OP(i.code) == BPF_RSH;
        i.k = shift ? i.k % 32 : i.k ? i.k : 1;
    }
    return i;
}

// Scratch memory is written first: what it holds before is nobody's promise.
static inline uint32_t jit_program(struct jit_bytes *bytes, struct bpf_insn program[JIT_PROLOGUE + JIT_PROGRAM_MAX + 1])
{
    uint32_t count = 0, body = 1 + jit_take(bytes) % JIT_PROGRAM_MAX;
    for (uint32_t word = 0; word < BPF_MEMWORDS; word++) {
        program[count++] = (struct bpf_insn){.code = BPF_LD | BPF_IMM, .k = jit_constant(bytes)};
        program[count++] = (struct bpf_insn){.code = BPF_ST, .k = word};
    }
    for (uint32_t i = 0; i < body; i++)
        program[count++] = jit_instruction(bytes, body - i);
    program[count++] = (struct bpf_insn){.code = BPF_RET | BPF_A};
    return count;
}
