// SPDX-License-Identifier: BSD-3-Clause
#include "writer.h"

#include "instant.h"
#include "outcome.h"
#include "pcap_format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Static_assert(CHUNK_BYTES >= sizeof(struct pcap_file_header) + sizeof(struct pcap_record_header) + SNAPLEN_BYTES_MAX, "any record fits an empty chunk");

void traffic_name(char name[TRAFFIC_NAME_BYTES], uint32_t queue, uint32_t index, bool part)
{
    snprintf(name, TRAFFIC_NAME_BYTES, "traffic.%u.%u.pcap%s", queue, index, part ? ".part" : "");
}

static int refused(const char *what, const char *name, struct tci_error *error)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return fail_os(error, full ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot %s %s", what, name);
}

static int begin_file(struct writer *w, struct tci_error *error)
{
    char name[TRAFFIC_NAME_BYTES];
    if (w->file_count == FILES_PER_QUEUE_MAX)
        return fail(error, TCI_WRITE_FAILED, "a queue has at most %d files", FILES_PER_QUEUE_MAX);
    // Grown by doubling: the count is a power of two exactly when the array is full.
    if ((w->file_count & (w->file_count - 1)) == 0) {
        struct traffic_file *more = realloc(w->files, (w->file_count ? w->file_count * 2 : 1) * sizeof *more);
        if (!more)
            return fail(error, TCI_FAILED, "no memory for the list of files");
        w->files = more;
    }
    traffic_name(name, w->queue, w->file_count, true);
    w->fd = openat(w->dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660);
    if (w->fd < 0)
        return refused("create", name, error);
    w->files[w->file_count++] = (struct traffic_file){0};
    struct pcap_file_header header = {PCAP_NANOSECOND_MAGIC, 2, 4, 0, 0, w->snaplen, (uint32_t)w->link_type};
    memcpy(w->chunk, &header, sizeof header);
    w->chunk_used = sizeof header;
    w->chunk_since_steady_ns = steady_now_ns();
    w->bytes += sizeof header;
    return TCI_OK;
}

int writer_open(struct writer *w, int dir_fd, uint32_t queue, const struct request *request, int link_type, struct tci_error *error)
{
    *w = (struct writer){.dir_fd = dir_fd, .queue = queue, .snaplen = request->snaplen, .link_type = link_type, .fd = -1,
                         .rotate_bytes = (uint64_t)request->rotate_bytes};
    void *chunk = mmap(NULL, CHUNK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (chunk == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "no memory for a chunk");
    w->chunk = chunk;
    return begin_file(w, error);
}

static uint32_t kept_bytes(const struct writer *w, const struct packet *packet)
{
    return packet->captured < w->snaplen ? packet->captured : w->snaplen;
}

static uint64_t record_bytes(const struct writer *w, const struct packet *packet)
{
    return sizeof(struct pcap_record_header) + kept_bytes(w, packet);
}

bool writer_needs_rotation(const struct writer *w, const struct packet *packet)
{
    const struct traffic_file *file = &w->files[w->file_count - 1];
    bool has_packets = file->packets + w->pending.packets > 0; // a single record larger than the limit still gets a file
    return w->rotate_bytes && has_packets && file->bytes + w->chunk_used + record_bytes(w, packet) > w->rotate_bytes;
}

bool writer_needs_flush(const struct writer *w, const struct packet *packet)
{
    return w->chunk_used + record_bytes(w, packet) > CHUNK_BYTES || writer_needs_rotation(w, packet);
}

uint64_t writer_cost(const struct writer *w, const struct packet *packet)
{
    return record_bytes(w, packet) + (writer_needs_rotation(w, packet) ? sizeof(struct pcap_file_header) : 0);
}

void writer_add(struct writer *w, const struct packet *packet)
{
    uint32_t kept = kept_bytes(w, packet);
    int64_t seconds = packet->unix_ns / NS_PER_S, rest = packet->unix_ns % NS_PER_S;
    if (rest < 0) {
        rest += NS_PER_S;
        seconds--;
    }
    struct pcap_record_header header = {(uint32_t)seconds, (uint32_t)rest, kept, packet->length};
    if (!w->chunk_used)
        w->chunk_since_steady_ns = steady_now_ns();
    memcpy(w->chunk + w->chunk_used, &header, sizeof header);
    memcpy(w->chunk + w->chunk_used + sizeof header, packet->bytes, kept);
    w->chunk_used += sizeof header + kept;
    w->bytes += sizeof header + kept;
    if (!w->pending.packets || packet->unix_ns < w->pending_first)
        w->pending_first = packet->unix_ns;
    if (!w->pending.packets || packet->unix_ns > w->pending_last)
        w->pending_last = packet->unix_ns;
    w->pending.packets++;
    w->pending.bytes += packet->length;
    w->cut_pending.packets += kept < packet->captured;
    w->cut_pending.bytes += packet->captured - kept;
}

// What of the chunk got into the file: whole records within `written` bytes, and where they end.
static size_t whole_records(const struct writer *w, size_t written, bool at_file_start, struct flushed *flushed)
{
    size_t at = at_file_start ? sizeof(struct pcap_file_header) : 0;
    *flushed = (struct flushed){0};
    if (written < at)
        return 0;
    while (at + sizeof(struct pcap_record_header) <= written) {
        struct pcap_record_header header;
        memcpy(&header, w->chunk + at, sizeof header);
        if (at + sizeof header + header.captured > written)
            break;
        at += sizeof header + header.captured;
        int64_t stamp = (int64_t)header.seconds * NS_PER_S + header.nanoseconds;
        if (!flushed->stored.packets || stamp < flushed->first)
            flushed->first = stamp;
        if (!flushed->stored.packets || stamp > flushed->last)
            flushed->last = stamp;
        flushed->stored.packets++;
        flushed->stored.bytes += header.length;
        // The captured length at the source is not in the record; what was cut here is told by the snapshot length alone.
        flushed->cut.packets += header.captured == w->snaplen && header.length > w->snaplen;
        flushed->cut.bytes += header.captured == w->snaplen && header.length > w->snaplen ? header.length - w->snaplen : 0;
    }
    return at;
}

int writer_flush(struct writer *w, struct flushed *flushed, struct tci_error *error)
{
    struct traffic_file *file = &w->files[w->file_count - 1];
    size_t written = 0;
    int code = TCI_OK;
    while (written < w->chunk_used) {
        ssize_t n = write(w->fd, w->chunk + written, w->chunk_used - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n ? errno : ENOSPC;
            code = refused("write", "a traffic file", error);
            break;
        }
        written += (size_t)n;
    }
    *flushed = (struct flushed){.stored = w->pending, .cut = w->cut_pending, .first = w->pending_first, .last = w->pending_last};
    if (code) {
        size_t kept = whole_records(w, written, file->bytes == 0, flushed);
        flushed->refused = (struct tci_amount){w->pending.packets - flushed->stored.packets, w->pending.bytes - flushed->stored.bytes};
        w->bytes -= w->chunk_used - kept;
        written = kept;
        if (ftruncate(w->fd, (off_t)(file->bytes + kept)))
            fail_os(error, TCI_WRITE_FAILED, "cannot cut a traffic file back to its last whole record");
    }
    file->bytes += written;
    file->packets += flushed->stored.packets;
    w->chunk_used = 0;
    w->pending = w->cut_pending = (struct tci_amount){0};
    return code;
}

int writer_rotate(struct writer *w, struct tci_error *error)
{
    int code = writer_finish(w, error);
    return code ? code : begin_file(w, error);
}

int writer_finish(struct writer *w, struct tci_error *error)
{
    char part[TRAFFIC_NAME_BYTES], whole[TRAFFIC_NAME_BYTES];
    if (w->fd < 0)
        return TCI_OK;
    traffic_name(part, w->queue, w->file_count - 1, true);
    traffic_name(whole, w->queue, w->file_count - 1, false);
    int failed = close(w->fd);
    w->fd = -1;
    // Not even the header found room: such a file would be no pcap.
    if (!w->files[w->file_count - 1].bytes) {
        w->file_count--;
        return unlinkat(w->dir_fd, part, 0) ? refused("remove", part, error) : TCI_OK;
    }
    if (failed || renameat(w->dir_fd, part, w->dir_fd, whole))
        return refused("complete", part, error);
    return TCI_OK;
}

void writer_free(struct writer *w)
{
    if (w->fd >= 0)
        close(w->fd);
    if (w->chunk)
        munmap(w->chunk, CHUNK_BYTES);
    free(w->files);
    *w = (struct writer){.fd = -1};
}
