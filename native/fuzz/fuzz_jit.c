// SPDX-License-Identifier: BSD-3-Clause
// A program and a packet out of the input, run by the interpreter and as machine code.
#include "jit.h"

#include "../tests/jit_program.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bpf_insn program[JIT_PROLOGUE + JIT_PROGRAM_MAX + 1];
    struct jit_bytes bytes = {data, size};
    uint32_t count = jit_program(&bytes, program);
    uint32_t captured = (uint32_t)(bytes.left > 2000 ? 2000 : bytes.left), length = captured + count;
    struct jit jit;
    if (!bpf_validate(program, (int)count))
        abort();
    jit_compile(program, count, &jit);
    if (jit.run && jit.run(bytes.at, length, captured) != bpf_filter(program, bytes.at, length, captured))
        abort();
    jit_free(&jit);
    return 0;
}
