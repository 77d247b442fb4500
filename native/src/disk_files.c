// SPDX-License-Identifier: BSD-3-Clause
#include "disk.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void traffic_name(char name[TRAFFIC_NAME_BYTES], enum traffic_format format, uint32_t queue, uint32_t index, bool part)
{
    snprintf(name, TRAFFIC_NAME_BYTES, "traffic.%u.%u.%s%s", queue, index, format == FORMAT_PCAPNG ? "pcapng" : "pcap", part ? ".part" : "");
}

int disk_fail(struct disk *d, const char *what, const char *name)
{
    struct tci_error error;
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    int code = fail_os(&error, full ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot %s %s", what, name);
    if (!d->error.code)
        d->error = error;
    return code;
}

int file_begin(struct disk *d, uint32_t index)
{
    char name[TRAFFIC_NAME_BYTES];
    if (index == FILES_PER_QUEUE_MAX)
        return fail(&d->error, TCI_WRITE_FAILED, "a queue has at most %d files", FILES_PER_QUEUE_MAX);
    // Grown by doubling: the count is a power of two exactly when the array is full.
    if ((index & (index - 1)) == 0) {
        struct traffic_file *more = realloc(d->files, (index ? (size_t)index * 2 : 1) * sizeof *more);
        if (!more)
            return fail(&d->error, TCI_FAILED, "no memory for the list of files");
        d->files = more;
    }
    traffic_name(name, d->format, d->queue, index, true);
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(d->dir_fd, name, flags | O_DIRECT, 0660);
    bool direct = fd >= 0;
    if (fd < 0 && errno == EINVAL) // no O_DIRECT here; the name may have been made nevertheless
        fd = openat(d->dir_fd, name, flags & ~O_EXCL, 0660);
    if (fd < 0)
        return disk_fail(d, "create", name);
    d->file = (struct open_file){.fd = fd, .index = index, .direct = direct};
    d->files[index] = (struct traffic_file){0};
    d->file_count = index + 1;
    return TCI_OK;
}

// From the second chunk on: a short capture does not need it. The size of the file stays what was written, so that it can be read at any time.
void file_preallocate(struct disk *d, const struct chunk *chunk)
{
    if (!chunk->offset || chunk->offset + CHUNK_BYTES <= d->file.preallocated)
        return;
    // Where there is no room for so much, or no such call, the writes find their own.
    if (fallocate(d->file.fd, FALLOC_FL_KEEP_SIZE, (off_t)chunk->offset, PREALLOCATE_BYTES))
        d->file.preallocated = UINT64_MAX;
    else
        d->file.preallocated = chunk->offset + PREALLOCATE_BYTES;
}

static void name_file(struct disk *d, struct open_file *file, int failed)
{
    char part[TRAFFIC_NAME_BYTES], whole[TRAFFIC_NAME_BYTES];
    traffic_name(part, d->format, d->queue, file->index, true);
    traffic_name(whole, d->format, d->queue, file->index, false);
    if (close(file->fd))
        failed = failed ? failed : errno;
    file->fd = -1;
    errno = failed;
    if (failed || renameat(d->dir_fd, part, d->dir_fd, whole))
        disk_fail(d, "complete", part);
}

void file_synced(struct disk *d, struct open_file *file, int result)
{
    name_file(d, file, result < 0 ? -result : 0);
}

// Not even its first bytes found room: such a file would be no capture.
static int remove_empty(struct disk *d)
{
    char part[TRAFFIC_NAME_BYTES];
    traffic_name(part, d->format, d->queue, d->file.index, true);
    close(d->file.fd);
    d->file.fd = -1;
    d->file_count--;
    return unlinkat(d->dir_fd, part, 0) ? disk_fail(d, "remove", part) : TCI_OK;
}

int file_complete(struct disk *d)
{
    if (d->file.fd < 0)
        return TCI_OK;
    if (!d->file.end)
        return remove_empty(d);
    // To the same size too: it gives back what was preallocated.
    if (ftruncate(d->file.fd, (off_t)d->file.end))
        disk_fail(d, "cut", "a traffic file");
    struct open_file *place = d->syncing;
    while (d->has_ring && place < d->syncing + SYNCS_MAX && place->fd >= 0)
        place++;
    struct io_uring_sqe *sqe = d->has_ring && place < d->syncing + SYNCS_MAX ? io_uring_get_sqe(&d->ring) : NULL;
    if (!sqe) {
        name_file(d, &d->file, fdatasync(d->file.fd) ? errno : 0);
        return TCI_OK;
    }
    *place = d->file;
    d->file.fd = -1;
    io_uring_prep_fsync(sqe, place->fd, IORING_FSYNC_DATASYNC);
    io_uring_sqe_set_data(sqe, place);
    io_uring_submit(&d->ring);
    return TCI_OK;
}

static void batch_add(struct batch *batch, const struct record_header *r)
{
    if (!batch->packets.packets || r->unix_ns < batch->first_unix_ns)
        batch->first_unix_ns = r->unix_ns;
    if (!batch->packets.packets || r->unix_ns > batch->last_unix_ns)
        batch->last_unix_ns = r->unix_ns;
    batch->packets.packets++;
    batch->packets.bytes += r->length;
    // How long it was at the source is not in the record: what it lacks of its length on the wire counts.
    batch->cut.packets += r->captured < r->length;
    batch->cut.bytes += r->length - r->captured;
}

void chunk_cut(const struct disk *d, struct chunk *chunk, size_t written, uint64_t *file_end)
{
    struct record_found found;
    size_t at = chunk->first_record;
    chunk->stored = (struct batch){0};
    if (written < at) {
        *file_end = chunk->record_start;
        chunk->refused = chunk->batch.packets;
        return;
    }
    // The record that reaches into this chunk is whole, but only its end is here: it is what the batch has and the walk does not find.
    struct batch walked = {0};
    for (size_t next = at; next < chunk->used && record_look(d->format, chunk->bytes + next, chunk->used - next, &found); next += found.bytes) {
        if (next + found.bytes > chunk->used)
            break;
        if (found.is_packet)
            batch_add(&walked, &found.header);
        if (next + found.bytes <= written) {
            at = next + found.bytes;
            chunk->stored = walked;
        }
    }
    bool reached_in = chunk->batch.packets.packets > walked.packets.packets;
    if (reached_in) {
        chunk->stored.packets.packets += 1;
        chunk->stored.packets.bytes += chunk->batch.packets.bytes - walked.packets.bytes;
        chunk->stored.first_unix_ns = chunk->batch.first_unix_ns;
        if (chunk->stored.last_unix_ns < chunk->stored.first_unix_ns)
            chunk->stored.last_unix_ns = chunk->stored.first_unix_ns;
    }
    chunk->refused = (struct tci_amount){chunk->batch.packets.packets - chunk->stored.packets.packets,
                                         chunk->batch.packets.bytes - chunk->stored.packets.bytes};
    *file_end = chunk->offset + at;
}
