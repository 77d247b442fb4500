// SPDX-License-Identifier: BSD-3-Clause
// Packets into chunks: the receiving thread's side of the traffic files of one queue. disk.h is the other side.
#pragma once
#include "disk.h"
#include "source.h"

enum { FLUSH_AFTER_MS = 250 }; // a chunk that is not full is written after this

struct writer {
    struct disk disk;
    bool opened;
    enum traffic_format format;
    uint32_t snaplen;
    uint64_t rotate_bytes; // 0: by size, never
    int64_t rotate_ns;     // 0: by time, never
    uint8_t preamble[PREAMBLE_BYTES_MAX];
    size_t preamble_bytes, trailer_bytes;

    struct chunk *chunk;            // being filled; NULL: the next packet takes one
    struct chunk *free[CHUNKS];
    uint32_t free_count;
    uint8_t tail[BLOCK_ALIGN];      // of the file, behind its last whole block: the next chunk begins with it
    size_t tail_bytes;
    uint32_t file;                  // index of the open one
    uint64_t file_end;              // its size, chunk included
    uint64_t file_packets;
    int64_t file_first_unix_ns;
    bool in_file;                   // it is open, from the writer's point of view

    uint64_t bytes;                 // of all files, chunks and the open file's trailer included
    uint64_t stored_bytes;          // of all files, what the disk has confirmed
    struct tci_amount pending;      // packets that were added and have not come back
};

// What came back from the disk.
struct flushed {
    struct batch stored;
    struct tci_amount refused;
    uint64_t writes;
    int64_t disk_ns, disk_max_ns;
    int code; // not TCI_OK: nothing more is taken, `message` says why
    char message[200];
};

int writer_open(struct writer *writer, int dir_fd, uint32_t queue, const struct request *request, int link_type, struct tci_error *error);
// One that writes nowhere, for measurements.
void writer_open_nowhere(struct writer *writer, const struct request *request);

static inline uint32_t writer_kept(const struct writer *w, const struct packet *packet)
{
    return packet->captured < w->snaplen ? packet->captured : w->snaplen;
}

// How much the files would grow by this packet.
uint64_t writer_cost(const struct writer *writer, const struct packet *packet);
// It belongs into a new file: call writer_rotate first. False if there is no free chunk now: then nothing has changed.
bool writer_needs_rotation(const struct writer *writer, const struct packet *packet);
bool writer_rotate(struct writer *writer, const struct trailer_facts *facts);
// Makes room for it. False if there is no free chunk now.
bool writer_reserve(struct writer *writer, const struct packet *packet);
// After a writer_reserve that was true.
void writer_add(struct writer *writer, const struct packet *packet);
// Hands over a chunk that is not full, if it is older than `age_ms`. False if there was none.
bool writer_flush(struct writer *writer, int age_ms);
// Takes back what the disk is done with. False if there was nothing.
bool writer_reap(struct writer *writer, struct flushed *flushed);
// Ends the last file. False if there is no free chunk now. Then writer_reap until nothing is pending, and writer_finish.
bool writer_close_file(struct writer *writer, const struct trailer_facts *facts);
int writer_finish(struct writer *writer, struct tci_error *error);
void writer_free(struct writer *writer);
