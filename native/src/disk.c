// SPDX-License-Identifier: BSD-3-Clause
#include "disk.h"

#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RING_ENTRIES = 16, IDLE_POLL_MS = 1000, CHUNKS_AT_START = 2 };

static void ring_bell(int event)
{
    uint64_t one = 1;
    ssize_t n = write(event, &one, sizeof one);
    (void)n; // full means it was rung
}

static void silence(int event)
{
    uint64_t count;
    ssize_t n = read(event, &count, sizeof count);
    (void)n;
}

static struct flight *flight_at(struct disk *d, uint32_t index)
{
    return &d->flights[(d->first + index) % WRITES_MAX];
}

// A direct write is made of whole blocks; what is too much is cut off again when it is done.
static size_t write_begin(const struct disk *d, const struct chunk *chunk)
{
    return d->file.direct ? 0 : chunk->carry;
}

static size_t write_end(const struct disk *d, const struct chunk *chunk)
{
    size_t end = chunk->used;
    return d->file.direct ? (end + BLOCK_ALIGN - 1) / BLOCK_ALIGN * BLOCK_ALIGN : end;
}

static void start_write(struct disk *d, struct chunk *chunk)
{
    struct flight *flight = flight_at(d, d->count++);
    *flight = (struct flight){.chunk = chunk, .begun_ns = steady_now_ns()};
    if (d->discard || d->error.code) {
        flight->done = true;
        return;
    }
    size_t begin = write_begin(d, chunk), end = write_end(d, chunk);
    memset(chunk->bytes + chunk->used, 0, end > chunk->used ? end - chunk->used : 0);
    file_preallocate(d, chunk);
    struct io_uring_sqe *sqe = d->has_ring ? io_uring_get_sqe(&d->ring) : NULL;
    if (!sqe) {
        ssize_t n = pwrite(d->file.fd, chunk->bytes + begin, end - begin, (off_t)(chunk->offset + begin));
        flight->result = n < 0 ? -errno : (int)n;
        flight->done = true;
        return;
    }
    io_uring_prep_write(sqe, d->file.fd, chunk->bytes + begin, (unsigned)(end - begin), chunk->offset + begin);
    io_uring_sqe_set_data(sqe, flight);
    io_uring_submit(&d->ring);
}

static bool start_next(struct disk *d)
{
    if (!d->held && !(d->held = chunk_take(&d->work)))
        return false;
    struct chunk *chunk = d->held;
    // It writes a block again that an earlier write, still on its way, wrote first; or its file begins when the one before has ended.
    bool first_of_file = !d->discard && chunk->file != d->file.index;
    if (d->count == WRITES_MAX || (d->count && (chunk->carry || first_of_file)))
        return false;
    d->held = NULL;
    if (first_of_file && !d->error.code)
        file_begin(d, chunk->file);
    start_write(d, chunk);
    return true;
}

// The rest of a write that ended early, which is where it will be found out why.
static void finish_write(struct disk *d, struct flight *flight)
{
    struct chunk *chunk = flight->chunk;
    size_t begin = write_begin(d, chunk), end = write_end(d, chunk), written = flight->result > 0 ? (size_t)flight->result : 0;
    if (flight->result == -EINVAL && d->file.direct) {
        fcntl(d->file.fd, F_SETFL, 0);
        flight->result = 0;
    }
    errno = flight->result < 0 ? -flight->result : 0;
    bool refused = flight->result < 0 && errno != EINTR && errno != EAGAIN;
    while (!refused && written < end - begin) {
        if (written % BLOCK_ALIGN && d->file.direct)
            fcntl(d->file.fd, F_SETFL, 0);
        ssize_t n = pwrite(d->file.fd, chunk->bytes + begin + written, end - begin - written, (off_t)(chunk->offset + begin + written));
        refused = n <= 0 && !(n < 0 && errno == EINTR);
        if (n == 0)
            errno = ENOSPC;
        written += n > 0 ? (size_t)n : 0;
    }
    flight->result = (int)written;
    if (refused)
        disk_fail(d, "write", "a traffic file");
}

static void reap(struct disk *d, bool wait)
{
    struct io_uring_cqe *cqe;
    if (!d->has_ring)
        return;
    while (!(wait ? io_uring_wait_cqe(&d->ring, &cqe) : io_uring_peek_cqe(&d->ring, &cqe))) {
        void *about = io_uring_cqe_get_data(cqe);
        int result = cqe->res;
        io_uring_cqe_seen(&d->ring, cqe);
        wait = false;
        if ((struct open_file *)about >= d->syncing && (struct open_file *)about < d->syncing + SYNCS_MAX) {
            file_synced(d, about, result);
        } else {
            ((struct flight *)about)->result = result;
            ((struct flight *)about)->done = true;
        }
    }
}

// Nothing may be on its way into a file that is about to be cut.
static void land_all(struct disk *d)
{
    for (uint32_t i = 0; i < d->count; i++)
        while (!flight_at(d, i)->done)
            reap(d, true);
}

static void refuse(struct disk *d, struct chunk *chunk)
{
    chunk->stored = (struct batch){0};
    chunk->refused = chunk->batch.packets;
    chunk->code = d->error.code;
    memcpy(chunk->message, d->error.message, sizeof chunk->message - 1);
}

static void settle(struct disk *d, struct flight *flight)
{
    struct chunk *chunk = flight->chunk;
    chunk->stored = chunk->batch;
    chunk->stored_bytes = chunk->used - chunk->carry;
    if (d->discard)
        return;
    bool had_failed = d->error.code;
    size_t whole = write_end(d, chunk) - write_begin(d, chunk);
    if (!had_failed && flight->result != (int)whole)
        finish_write(d, flight);
    if (d->error.code) {
        chunk->stored_bytes = 0;
        refuse(d, chunk);
        if (had_failed || d->file.fd < 0)
            return;
        uint64_t before = d->file.end;
        land_all(d);
        chunk_cut(d, chunk, write_begin(d, chunk) + (size_t)flight->result, &d->file.end);
        // A record whose beginning was written with an earlier chunk may have to go with its end.
        chunk->stored_bytes = d->file.end - before;
    } else {
        d->file.end = chunk->offset + chunk->used;
        if (d->file.end % BLOCK_ALIGN && !chunk->last && d->file.direct && ftruncate(d->file.fd, (off_t)d->file.end))
            disk_fail(d, "cut", "a traffic file");
    }
    d->files[d->file.index].bytes = d->file.end;
    d->files[d->file.index].packets += chunk->stored.packets.packets;
    if (chunk->last || d->error.code)
        file_complete(d);
}

static bool retire(struct disk *d)
{
    bool any = false;
    while (d->count && flight_at(d, 0)->done) {
        struct flight *flight = flight_at(d, 0);
        struct chunk *chunk = flight->chunk;
        settle(d, flight);
        chunk->disk_ns = steady_now_ns() - flight->begun_ns;
        d->first++;
        d->count--;
        chunk_put(&d->done, chunk);
        any = true;
    }
    if (any)
        ring_bell(d->done_event);
    return any;
}

static bool syncs_pending(const struct disk *d)
{
    for (int i = 0; i < SYNCS_MAX; i++)
        if (d->syncing[i].fd >= 0)
            return true;
    return false;
}

// The first touch of memory is slower than the disk: it is not left to the one who fills the chunk.
static void touch_chunk(struct disk *d, int index)
{
    uint8_t *bytes = d->memory.at + (size_t)index * CHUNK_BYTES;
    if (madvise(bytes, CHUNK_BYTES, MADV_POPULATE_WRITE))
        memset(bytes, 0, CHUNK_BYTES);
    d->chunks[index] = (struct chunk){.bytes = bytes};
    chunk_put(&d->done, &d->chunks[index]);
}

static void *disk_run(void *argument)
{
    struct disk *d = argument;
    for (int i = CHUNKS_AT_START; i < CHUNKS; i++)
        touch_chunk(d, i);
    ring_bell(d->done_event);
    for (;;) {
        // Read before the queue is found empty: whatever was put before the end was told is then seen.
        bool ending = atomic_load_explicit(&d->ending, memory_order_acquire);
        silence(d->work_event);
        bool moved = false;
        while (start_next(d))
            moved = true;
        reap(d, false);
        moved |= retire(d);
        if (moved)
            continue;
        if (ending && !d->held && !d->count && !syncs_pending(d))
            return NULL;
        struct pollfd waiting[2] = {{.fd = d->work_event, .events = POLLIN}, {.fd = d->has_ring ? d->ring.ring_fd : -1, .events = POLLIN}};
        poll(waiting, 2, IDLE_POLL_MS);
    }
}

static int make_chunks(struct disk *d, struct tci_error *error)
{
    int code = memory_take((size_t)CHUNKS * CHUNK_BYTES, false, &d->memory, error); // huge pages are fewer to pin for each write
    if (code)
        return code;
    for (int i = 0; i < CHUNKS_AT_START; i++)
        touch_chunk(d, i);
    return TCI_OK;
}

static int start(struct disk *d, struct tci_error *error)
{
    d->work_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    d->done_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (d->work_event < 0 || d->done_event < 0)
        return fail_os(error, TCI_FAILED, "cannot make events");
    int code = make_chunks(d, error);
    // Last of what takes time, and before anything is received: a place that takes no files is found now, and whoever sees the file finds us ready.
    if (!code && !d->discard && (code = file_begin(d, 0)) && error)
        *error = d->error;
    if (code)
        return code;
    // Many containers forbid it; one write at a time does nearly as well.
    d->has_ring = !d->discard && !io_uring_queue_init(RING_ENTRIES, &d->ring, 0);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals are for the thread that steers
    errno = pthread_create(&d->thread, NULL, disk_run, d);
    int failed = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failed;
    d->running = !failed;
    return failed ? fail_os(error, TCI_FAILED, "cannot start a thread") : TCI_OK;
}

static void init(struct disk *d, int dir_fd, uint32_t queue, enum traffic_format format)
{
    memset(d, 0, sizeof *d);
    d->dir_fd = dir_fd;
    d->queue = queue;
    d->format = format;
    d->work_event = d->done_event = d->file.fd = -1;
    for (int i = 0; i < SYNCS_MAX; i++)
        d->syncing[i].fd = -1;
}

int disk_open(struct disk *d, int dir_fd, uint32_t queue, enum traffic_format format, struct tci_error *error)
{
    init(d, dir_fd, queue, format);
    return start(d, error);
}

void disk_start_without_files(struct disk *d)
{
    init(d, -1, 0, FORMAT_PCAP);
    d->discard = true;
    start(d, NULL);
}

void disk_put(struct disk *d, struct chunk *chunk)
{
    chunk_put(&d->work, chunk);
    ring_bell(d->work_event);
}

struct chunk *disk_take(struct disk *d)
{
    return chunk_take(&d->done);
}

bool disk_await(struct disk *d, int timeout_ms)
{
    struct pollfd waiting = {.fd = d->done_event, .events = POLLIN};
    if (poll(&waiting, 1, timeout_ms) <= 0)
        return false;
    silence(d->done_event);
    return true;
}

int disk_finish(struct disk *d, struct tci_error *error)
{
    if (!d->running)
        return TCI_OK;
    atomic_store_explicit(&d->ending, true, memory_order_release);
    ring_bell(d->work_event);
    pthread_join(d->thread, NULL);
    d->running = false;
    if (d->error.code && error)
        *error = d->error;
    return d->error.code;
}

void disk_free(struct disk *d)
{
    disk_finish(d, NULL);
    if (d->has_ring)
        io_uring_queue_exit(&d->ring);
    memory_give_back(&d->memory);
    const int fds[] = {d->work_event, d->done_event, d->file.fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    free(d->files);
    init(d, -1, 0, FORMAT_PCAP);
}
