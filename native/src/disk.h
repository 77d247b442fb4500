// SPDX-License-Identifier: BSD-3-Clause
// The thread that writes the traffic files of one queue. It takes chunks in order and gives every one back, in the same order, with what became of it.
// O_DIRECT and io_uring where the file system and the kernel have them, pwrite() and the page cache otherwise.
#pragma once
#include "chunk.h"
#include "memory.h"

#include <liburing.h>
#include <pthread.h>

enum {
    FILES_PER_QUEUE_MAX = 65536,
    TRAFFIC_NAME_BYTES = 64,
    SYNCS_MAX = 4,                   // files at a time that are complete, but not yet on the medium
    PREALLOCATE_BYTES = 256 << 20    // at a time, beyond what is written
};

struct traffic_file {
    uint64_t bytes;
    uint64_t packets;
};

struct open_file {
    int fd; // -1: none
    uint32_t index;
    bool direct;
    uint64_t end, preallocated;
};

struct flight {
    struct chunk *chunk;
    bool done;
    int result; // as write()'s, or -errno
    int64_t begun_ns;
};

struct disk {
    // Set-up; nothing of it changes while the thread runs.
    int dir_fd;
    uint32_t queue;
    enum traffic_format format;
    bool discard;  // for measurements: takes everything, writes nothing
    bool has_ring; // io_uring; without it writes are made one by one
    int work_event, done_event;
    pthread_t thread;
    bool running;
    struct memory memory; // of the chunks
    struct chunk chunks[CHUNKS];

    struct chunk_queue work, done;
    _Atomic bool ending;

    // Of the thread; others read it when it has ended.
    struct io_uring ring;
    struct flight flights[WRITES_MAX];
    uint32_t first, count; // flights[first % WRITES_MAX] is the oldest of `count`
    struct chunk *held;    // taken, but it has to wait for the flights
    struct open_file file;
    struct open_file syncing[SYNCS_MAX];
    struct traffic_file *files;
    uint32_t file_count;
    struct tci_error error; // the first; code TCI_OK while there was none
};

// Makes the first file, the chunks and the thread.
int disk_open(struct disk *disk, int dir_fd, uint32_t queue, enum traffic_format format, struct tci_error *error);
void disk_start_without_files(struct disk *disk); // for measurements
// To the disk: room for it is always there.
void disk_put(struct disk *disk, struct chunk *chunk);
// From the disk, in the order in which they were put; NULL when there is none.
struct chunk *disk_take(struct disk *disk);
// Waits until there is something to take; false after the time.
bool disk_await(struct disk *disk, int timeout_ms);
// Waits until everything put is on the medium; then the thread is gone. An outcome.
int disk_finish(struct disk *disk, struct tci_error *error);
void disk_free(struct disk *disk);
void traffic_name(char name[TRAFFIC_NAME_BYTES], enum traffic_format format, uint32_t queue, uint32_t index, bool part);

// disk_files.c: files come and go. Outcomes.
int file_begin(struct disk *disk, uint32_t index);
void file_preallocate(struct disk *disk, const struct chunk *chunk);
// Cuts it to its end and has it synced; when that is done it gets its name.
int file_complete(struct disk *disk);
void file_synced(struct disk *disk, struct open_file *file, int result);
int disk_fail(struct disk *disk, const char *what, const char *name);
// What of a chunk is in the file when only `written` bytes of it are: up to the last whole record.
void chunk_cut(const struct disk *disk, struct chunk *chunk, size_t written, uint64_t *file_end);
