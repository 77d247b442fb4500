// SPDX-License-Identifier: BSD-3-Clause
#include "jit.h"

#if defined(__x86_64__)
#include "jit_x86_64.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { MEMORY_BYTES = BPF_MEMWORDS * 4 };

// Two passes over the same code: the first one finds where each instruction begins, the second one knows where jumps go. All jumps are long, so that both
// make the same bytes.
struct assembly {
    struct code code;
    uint32_t *offsets; // of each instruction, and of the two ends behind them
    uint32_t count;
};

enum { END_ZERO, END_RETURN, ENDS };

static void jump_to(struct assembly *a, const uint8_t *opcode, size_t bytes, uint32_t target)
{
    emit(&a->code, opcode, bytes);
    emit32(&a->code, a->offsets[target] - (uint32_t)(a->code.used + 4));
}

#define JUMP(a, target, ...) jump_to(a, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), target)

static void prologue(struct assembly *a)
{
    struct code *c = &a->code;
    EMIT(c, 0x53);                   // push rbx
    EMIT(c, 0x48, 0x83, 0xec, MEMORY_BYTES); // sub rsp, 64
    EMIT(c, 0x41, 0x89, 0xf0);       // mov r8d, esi: length
    EMIT(c, 0x89, 0xd6);             // mov esi, edx: captured
    EMIT(c, 0x31, 0xc0, 0x31, 0xdb); // xor eax, eax; xor ebx, ebx
    // The interpreter's scratch memory is not defined at the beginning; here it is zeros, so that nothing leaks out of the stack.
    for (uint8_t i = 0; i < MEMORY_BYTES; i += 8)
        EMIT(c, 0x48, 0x89, 0x44, 0x24, i); // mov [rsp+i], rax
}

static void ends(struct assembly *a)
{
    struct code *c = &a->code;
    a->offsets[a->count + END_ZERO] = (uint32_t)c->used;
    EMIT(c, 0x31, 0xc0); // xor eax, eax
    a->offsets[a->count + END_RETURN] = (uint32_t)c->used;
    EMIT(c, 0x48, 0x83, 0xc4, MEMORY_BYTES); // add rsp, 64
    EMIT(c, 0x5b, 0xc3);                     // pop rbx; ret
}

static uint8_t load_bytes(uint16_t code)
{
    return BPF_SIZE(code) == BPF_W ? 4 : BPF_SIZE(code) == BPF_H ? 2 : 1;
}

// A = packet[offset in ecx, checked], big endian.
static void load_at_rcx(struct code *c, uint8_t bytes)
{
    if (bytes == 4)
        EMIT(c, 0x8b, 0x04, 0x0f, 0x0f, 0xc8); // mov eax, [rdi+rcx]; bswap eax
    else if (bytes == 2)
        EMIT(c, 0x0f, 0xb7, 0x04, 0x0f, 0x66, 0xc1, 0xc0, 0x08); // movzx eax, word [rdi+rcx]; rol ax, 8
    else
        EMIT(c, 0x0f, 0xb6, 0x04, 0x0f); // movzx eax, byte [rdi+rcx]
}

// To "no match" unless offset + bytes <= captured, for an offset in rcx that is less than 2^33.
static void check_rcx(struct assembly *a, uint8_t bytes)
{
    EMIT(&a->code, 0x48, 0x8d, 0x51, bytes); // lea rdx, [rcx+bytes]
    EMIT(&a->code, 0x48, 0x39, 0xf2);        // cmp rdx, rsi
    JUMP(a, a->count + END_ZERO, 0x0f, 0x87);
}

// To "no match" unless k + bytes <= captured.
static void load_absolute(struct assembly *a, uint32_t k, uint8_t bytes)
{
    EMIT(&a->code, 0xb9); // mov ecx, k
    emit32(&a->code, k);
    check_rcx(a, bytes);
    load_at_rcx(&a->code, bytes);
}

static void load_indirect(struct assembly *a, uint32_t k, uint8_t bytes)
{
    // The interpreter adds in 32 bits and then refuses what has wrapped: a sum of 64 bits that is too large is refused as well.
    EMIT(&a->code, 0xb9); // mov ecx, k
    emit32(&a->code, k);
    EMIT(&a->code, 0x48, 0x01, 0xd9); // add rcx, rbx
    check_rcx(a, bytes);
    load_at_rcx(&a->code, bytes);
}

static void load_header_length(struct assembly *a, uint32_t k)
{
    struct code *c = &a->code;
    EMIT(c, 0xb9); // mov ecx, k
    emit32(c, k);
    check_rcx(a, 1);
    EMIT(c, 0x0f, 0xb6, 0x1c, 0x0f); // movzx ebx, byte [rdi+rcx]
    EMIT(c, 0x83, 0xe3, 0x0f);       // and ebx, 15
    EMIT(c, 0xc1, 0xe3, 0x02);       // shl ebx, 2
}

static void immediate(struct code *c, uint8_t opcode, uint32_t k)
{
    emit(c, &opcode, 1);
    emit32(c, k);
}

// A = A / n or A % n, n in ecx and not zero.
static void divide(struct code *c, bool modulo)
{
    EMIT(c, 0x31, 0xd2, 0xf7, 0xf1); // xor edx, edx; div ecx
    if (modulo)
        EMIT(c, 0x89, 0xd0); // mov eax, edx
}

static bool arithmetic_k(struct assembly *a, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    switch (BPF_OP(i->code)) {
    case BPF_ADD:
        return immediate(c, 0x05, i->k), true;
    case BPF_SUB:
        return immediate(c, 0x2d, i->k), true;
    case BPF_MUL:
        EMIT(c, 0x69, 0xc0);
        return emit32(c, i->k), true;
    case BPF_DIV:
    case BPF_MOD:
        immediate(c, 0xb9, i->k); // mov ecx, k: not zero, as was validated
        return divide(c, BPF_OP(i->code) == BPF_MOD), true;
    case BPF_AND:
        return immediate(c, 0x25, i->k), true;
    case BPF_OR:
        return immediate(c, 0x0d, i->k), true;
    case BPF_XOR:
        return immediate(c, 0x35, i->k), true;
    case BPF_LSH:
    case BPF_RSH:
        if (i->k > 31)
            EMIT(c, 0x31, 0xc0); // the interpreter's 32-bit shift by more is made zero
        else
            EMIT(c, 0xc1, BPF_OP(i->code) == BPF_LSH ? 0xe0 : 0xe8, (uint8_t)i->k);
        return true;
    case BPF_NEG:
        return EMIT(c, 0xf7, 0xd8), true;
    default:
        return false;
    }
}

static void shift_by_x(struct code *c, bool left)
{
    EMIT(c, 0x89, 0xd9, 0xd3, left ? 0xe0 : 0xe8); // mov ecx, ebx; shl/shr eax, cl
    EMIT(c, 0x31, 0xd2, 0x83, 0xf9, 0x1f);         // xor edx, edx; cmp ecx, 31
    EMIT(c, 0x0f, 0x47, 0xc2);                     // cmova eax, edx
}

static bool arithmetic_x(struct assembly *a, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    switch (BPF_OP(i->code)) {
    case BPF_ADD:
        return EMIT(c, 0x01, 0xd8), true;
    case BPF_SUB:
        return EMIT(c, 0x29, 0xd8), true;
    case BPF_MUL:
        return EMIT(c, 0x0f, 0xaf, 0xc3), true;
    case BPF_DIV:
    case BPF_MOD:
        EMIT(c, 0x89, 0xd9, 0x85, 0xc9); // mov ecx, ebx; test ecx, ecx
        JUMP(a, a->count + END_ZERO, 0x0f, 0x84);
        return divide(c, BPF_OP(i->code) == BPF_MOD), true;
    case BPF_AND:
        return EMIT(c, 0x21, 0xd8), true;
    case BPF_OR:
        return EMIT(c, 0x09, 0xd8), true;
    case BPF_XOR:
        return EMIT(c, 0x31, 0xd8), true;
    case BPF_LSH:
    case BPF_RSH:
        return shift_by_x(c, BPF_OP(i->code) == BPF_LSH), true;
    case BPF_NEG:
        return EMIT(c, 0xf7, 0xd8), true;
    default:
        return false;
    }
}

// The condition codes of jcc for "holds" and "does not hold".
static bool condition(uint16_t code, uint8_t *holds, uint8_t *fails)
{
    switch (BPF_OP(code)) {
    case BPF_JEQ:
        *holds = 0x84, *fails = 0x85;
        return true;
    case BPF_JGT:
        *holds = 0x87, *fails = 0x86;
        return true;
    case BPF_JGE:
        *holds = 0x83, *fails = 0x82;
        return true;
    case BPF_JSET:
        *holds = 0x85, *fails = 0x84;
        return true;
    default:
        return false;
    }
}

static bool jump(struct assembly *a, uint32_t index, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    uint32_t next = index + 1;
    uint8_t holds, fails;
    if (BPF_OP(i->code) == BPF_JA) {
        // Backwards: libpcap's protochain, whose loops the interpreter may bound.
        if (i->k > INT32_MAX)
            return false;
        JUMP(a, next + i->k, 0xe9);
        return true;
    }
    if (!condition(i->code, &holds, &fails))
        return false;
    bool set = BPF_OP(i->code) == BPF_JSET;
    if (BPF_SRC(i->code) == BPF_X)
        EMIT(c, set ? 0x85 : 0x39, 0xd8); // test/cmp eax, ebx
    else
        immediate(c, set ? 0xa9 : 0x3d, i->k);
    if (!i->jf) {
        JUMP(a, next + i->jt, 0x0f, holds);
        return true;
    }
    JUMP(a, next + i->jf, 0x0f, fails);
    if (i->jt)
        JUMP(a, next + i->jt, 0xe9);
    return true;
}

static bool load(struct assembly *a, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    switch (BPF_MODE(i->code)) {
    case BPF_ABS:
        return load_absolute(a, i->k, load_bytes(i->code)), true;
    case BPF_IND:
        return load_indirect(a, i->k, load_bytes(i->code)), true;
    case BPF_LEN:
        return EMIT(c, 0x44, 0x89, 0xc0), true; // mov eax, r8d
    case BPF_IMM:
        return immediate(c, 0xb8, i->k), true;
    case BPF_MEM:
        return EMIT(c, 0x8b, 0x44, 0x24, (uint8_t)(i->k * 4)), true;
    default:
        return false;
    }
}

static bool load_x(struct assembly *a, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    switch (BPF_MODE(i->code)) {
    case BPF_LEN:
        return EMIT(c, 0x44, 0x89, 0xc3), true; // mov ebx, r8d
    case BPF_IMM:
        return immediate(c, 0xbb, i->k), true;
    case BPF_MEM:
        return EMIT(c, 0x8b, 0x5c, 0x24, (uint8_t)(i->k * 4)), true;
    case BPF_MSH:
        return load_header_length(a, i->k), true;
    default:
        return false;
    }
}

static bool instruction(struct assembly *a, uint32_t index, const struct bpf_insn *i)
{
    struct code *c = &a->code;
    switch (BPF_CLASS(i->code)) {
    case BPF_LD:
        return load(a, i);
    case BPF_LDX:
        return load_x(a, i);
    case BPF_ST:
        return EMIT(c, 0x89, 0x44, 0x24, (uint8_t)(i->k * 4)), true;
    case BPF_STX:
        return EMIT(c, 0x89, 0x5c, 0x24, (uint8_t)(i->k * 4)), true;
    case BPF_ALU:
        return BPF_SRC(i->code) == BPF_X ? arithmetic_x(a, i) : arithmetic_k(a, i);
    case BPF_JMP:
        return jump(a, index, i);
    case BPF_RET:
        if (BPF_RVAL(i->code) == BPF_K)
            immediate(c, 0xb8, i->k);
        JUMP(a, a->count + END_RETURN, 0xe9);
        return true;
    default: // BPF_MISC
        if (BPF_MISCOP(i->code) == BPF_TAX)
            EMIT(c, 0x89, 0xc3);
        else
            EMIT(c, 0x89, 0xd8);
        return true;
    }
}

static bool assemble(struct assembly *a, const struct bpf_insn *program)
{
    a->code.used = 0;
    prologue(a);
    for (uint32_t i = 0; i < a->count; i++) {
        a->offsets[i] = (uint32_t)a->code.used;
        if (!instruction(a, i, &program[i]))
            return false;
    }
    ends(a);
    return !a->code.failed;
}

void jit_compile(const struct bpf_insn *program, uint32_t count, struct jit *jit)
{
    *jit = (struct jit){0};
    struct assembly a = {.code = {.room = JIT_CODE_BYTES_MAX}, .count = count};
    a.offsets = calloc((size_t)count + ENDS, sizeof *a.offsets);
    if (!a.offsets || !assemble(&a, program)) {
        free(a.offsets);
        return;
    }
    size_t bytes = a.code.used;
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) {
        a.code = (struct code){.at = memory, .room = bytes};
        if (assemble(&a, program) && a.code.used == bytes && !mprotect(memory, bytes, PROT_READ | PROT_EXEC)) {
            jit->bytes = bytes;
            memcpy(&jit->run, &memory, sizeof memory);
        } else {
            munmap(memory, bytes);
        }
    }
    free(a.offsets);
}

void jit_free(struct jit *jit)
{
    void *memory;
    memcpy(&memory, &jit->run, sizeof memory);
    if (memory)
        munmap(memory, jit->bytes);
    *jit = (struct jit){0};
}
#else
void jit_compile(const struct bpf_insn *program, uint32_t count, struct jit *jit)
{
    (void)program;
    (void)count;
    *jit = (struct jit){0};
}

void jit_free(struct jit *jit)
{
    (void)jit;
}
#endif
