// SPDX-License-Identifier: BSD-3-Clause
// Classic BPF into machine code: the interpreter alone costs more than all the rest of what is done for a small packet.
#pragma once
#include <pcap/pcap.h>
#include <stddef.h>
#include <stdint.h>

enum { JIT_CODE_BYTES_MAX = 8 << 20 };

// As bpf_filter(): 0 if the packet does not match.
typedef uint32_t jit_function(const uint8_t *packet, uint32_t length, uint32_t captured);

struct jit {
    jit_function *run; // NULL: this processor, or this program, is left to the interpreter
    size_t bytes;      // of the mapping, which is never writable and executable at once
};

// The program must have passed bpf_validate(). That it cannot be compiled is no error.
void jit_compile(const struct bpf_insn *program, uint32_t count, struct jit *jit);
void jit_free(struct jit *jit);
