// SPDX-License-Identifier: BSD-3-Clause
// The traffic files of one queue: packets go into a chunk, chunks into files, files get their final name when they are complete.
#pragma once
#include "source.h"

enum {
    CHUNK_BYTES = 1 << 20,     // one write()
    FLUSH_AFTER_MS = 250,      // a chunk that is not full is written after this
    FILES_PER_QUEUE_MAX = 65536,
    TRAFFIC_NAME_BYTES = 64
};

struct traffic_file {
    uint64_t bytes;
    uint64_t packets;
};

struct writer {
    int dir_fd;
    uint32_t queue, snaplen;
    int link_type;
    uint64_t rotate_bytes; // 0: one file
    int fd;
    uint8_t *chunk;
    size_t chunk_used;
    int64_t chunk_since_steady_ns;    // first byte of the chunk
    struct traffic_file *files;       // the last one is open while fd >= 0
    uint32_t file_count;
    uint64_t bytes;                   // all files, with what is still in the chunk
    struct tci_amount pending;        // packets in the chunk
    int64_t pending_first, pending_last; // their stamps
    struct tci_amount cut_pending;
};

// What a flush did with the packets that were pending.
struct flushed {
    struct tci_amount stored, refused, cut; // refused: the file system took no more; cut: among the stored
    int64_t first, last;
};

int writer_open(struct writer *writer, int dir_fd, uint32_t queue, const struct request *request, int link_type, struct tci_error *error);
// How much the files would grow by this packet.
uint64_t writer_cost(const struct writer *writer, const struct packet *packet);
// True if the packet does not fit the chunk, or belongs into a new file: flush (and rotate) first.
bool writer_needs_flush(const struct writer *writer, const struct packet *packet);
bool writer_needs_rotation(const struct writer *writer, const struct packet *packet);
void writer_add(struct writer *writer, const struct packet *packet);
// Writes the chunk. On disk-full or write-failed the file ends with its last whole record.
int writer_flush(struct writer *writer, struct flushed *flushed, struct tci_error *error);
int writer_rotate(struct writer *writer, struct tci_error *error);
// Closes and names the last file. The chunk must be empty.
int writer_finish(struct writer *writer, struct tci_error *error);
void writer_free(struct writer *writer);
void traffic_name(char name[TRAFFIC_NAME_BYTES], uint32_t queue, uint32_t index, bool part);
