// SPDX-License-Identifier: BSD-3-Clause
// A piece of a traffic file on its way from the thread that receives to the thread that writes, and back.
#pragma once
#include "traffic_record.h"

#include <stdatomic.h>

enum {
    CHUNK_BYTES = 2 << 20, // one write; with CHUNKS and WRITES_MAX by measurement, see bench/capture
    CHUNKS = 16,           // per queue, a power of two: what the disk may fall behind before packets are dropped
    WRITES_MAX = 4,        // at a time, per queue
    BLOCK_ALIGN = 4096     // what O_DIRECT wants of offsets, lengths and memory
};

// What happened to packets.
struct batch {
    struct tci_amount packets, cut;
    int64_t first_unix_ns, last_unix_ns;
};

struct chunk {
    uint8_t *bytes;
    uint32_t file;         // the n of traffic.<queue>.<n>
    uint64_t offset;       // in the file; a multiple of BLOCK_ALIGN
    size_t used;           // bytes of the file, from `offset` on
    size_t carry;          // the first of them are in the file already: an earlier chunk ended inside a block
    size_t first_record;   // where the first record begins in it
    uint64_t record_start; // in the file: where the record begins that reaches into this chunk; offset + carry if none does
    bool last;             // completes its file
    int64_t since_steady_ns;
    struct batch batch;    // packets whose records end in this chunk

    // Filled in by the disk.
    struct batch stored;
    struct tci_amount refused;
    size_t stored_bytes; // by how much the file grew
    int code;            // not TCI_OK: this and all later chunks are refused
    char message[200];
    int64_t disk_ns;     // from begin to end of the write
};

// One thread puts, another one takes; never more than CHUNKS in it, so that there is always room.
struct chunk_queue {
    _Alignas(128) _Atomic uint32_t put;
    _Alignas(128) _Atomic uint32_t taken;
    struct chunk *chunks[CHUNKS];
};

static inline void chunk_put(struct chunk_queue *q, struct chunk *chunk)
{
    uint32_t at = atomic_load_explicit(&q->put, memory_order_relaxed);
    q->chunks[at % CHUNKS] = chunk;
    atomic_store_explicit(&q->put, at + 1, memory_order_release);
}

static inline struct chunk *chunk_take(struct chunk_queue *q)
{
    uint32_t at = atomic_load_explicit(&q->taken, memory_order_relaxed);
    if (at == atomic_load_explicit(&q->put, memory_order_acquire))
        return NULL;
    struct chunk *chunk = q->chunks[at % CHUNKS];
    atomic_store_explicit(&q->taken, at + 1, memory_order_release);
    return chunk;
}
