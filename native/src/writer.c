// SPDX-License-Identifier: BSD-3-Clause
#include "writer.h"

#include "instant.h"
#include "outcome.h"

#include <string.h>

_Static_assert(CHUNK_BYTES >= BLOCK_ALIGN + PREAMBLE_BYTES_MAX + RECORD_BYTES_MAX, "any record fits two chunks");

static void take_settings(struct writer *w, const struct request *request, int link_type)
{
    memset(w, 0, sizeof *w);
    w->format = request->format;
    w->snaplen = request->snaplen;
    w->rotate_bytes = (uint64_t)request->rotate_bytes;
    w->rotate_ns = request->rotate_ms * NS_PER_MS;
    struct preamble_facts facts = {request->format, link_type, request->snaplen, request->source, request->filter};
    w->preamble_bytes = preamble_make(&facts, w->preamble);
    w->trailer_bytes = trailer_bytes(request->format);
}

static void take_free(struct writer *w)
{
    for (struct chunk *chunk; (chunk = disk_take(&w->disk));)
        w->free[w->free_count++] = chunk;
}

// Takes a free chunk, which there is, for what comes next in the open file.
static void begin_chunk(struct writer *w)
{
    struct chunk *chunk = w->free[--w->free_count];
    uint64_t offset = w->file_end - w->tail_bytes;
    *chunk = (struct chunk){.bytes = chunk->bytes, .file = w->file, .offset = offset, .used = w->tail_bytes, .carry = w->tail_bytes,
                            .first_record = w->tail_bytes, .record_start = w->file_end, .since_steady_ns = steady_now_ns()};
    memcpy(chunk->bytes, w->tail, w->tail_bytes);
    w->chunk = chunk;
    w->tail_bytes = 0;
}

static void hand_over(struct writer *w)
{
    struct chunk *chunk = w->chunk;
    w->tail_bytes = chunk->last ? 0 : chunk->used % BLOCK_ALIGN;
    memcpy(w->tail, chunk->bytes + chunk->used - w->tail_bytes, w->tail_bytes);
    w->chunk = NULL;
    disk_put(&w->disk, chunk);
}

// Bytes of a record, or of something like it, that may reach into the next chunk; there is one if it is needed.
static void append(struct writer *w, const uint8_t *bytes, size_t count, uint64_t record_start)
{
    size_t room = CHUNK_BYTES - w->chunk->used, here = count < room ? count : room;
    memcpy(w->chunk->bytes + w->chunk->used, bytes, here);
    w->chunk->used += here;
    w->file_end += here;
    if (here == count)
        return;
    hand_over(w);
    begin_chunk(w);
    size_t rest = count - here;
    memcpy(w->chunk->bytes, bytes + here, rest);
    w->chunk->used = rest;
    w->chunk->first_record = rest;
    w->chunk->record_start = record_start;
    w->file_end += rest;
}

static void begin_file(struct writer *w)
{
    w->file_end = w->file_packets = 0;
    w->tail_bytes = 0;
    w->in_file = true;
    begin_chunk(w);
    memcpy(w->chunk->bytes, w->preamble, w->preamble_bytes);
    w->chunk->used = w->chunk->first_record = w->file_end = w->preamble_bytes;
    w->chunk->record_start = 0; // a file without a whole preamble is none
    w->bytes += w->preamble_bytes + w->trailer_bytes;
}

static void end_file(struct writer *w, const struct trailer_facts *facts)
{
    uint8_t trailer[TRAILER_BYTES_MAX];
    if (!w->chunk)
        begin_chunk(w);
    if (w->trailer_bytes) {
        trailer_make(facts, trailer);
        append(w, trailer, w->trailer_bytes, w->file_end);
    }
    w->chunk->last = true;
    hand_over(w);
    w->in_file = false;
    w->file++;
}

int writer_open(struct writer *w, int dir_fd, uint32_t queue, const struct request *request, int link_type, struct tci_error *error)
{
    take_settings(w, request, link_type);
    if (request->bytes && (uint64_t)request->bytes < w->preamble_bytes + w->trailer_bytes)
        return fail(error, TCI_BAD_REQUEST, "the limit of bytes has no room for a file without packets, which is %zu bytes", w->preamble_bytes + w->trailer_bytes);
    w->opened = true;
    int code = disk_open(&w->disk, dir_fd, queue, request->format, error);
    if (code)
        return code;
    take_free(w);
    begin_file(w);
    return TCI_OK;
}

void writer_open_nowhere(struct writer *w, const struct request *request)
{
    take_settings(w, request, 1);
    w->opened = true;
    disk_start_without_files(&w->disk);
    take_free(w);
    begin_file(w);
}

bool writer_needs_rotation(const struct writer *w, const struct packet *packet)
{
    if (!(w->rotate_bytes || w->rotate_ns) || !w->file_packets) // a single record larger than the limit still gets a file
        return false;
    int64_t age_ns;
    if (w->rotate_bytes && w->file_end + record_bytes(w->format, writer_kept(w, packet)) + w->trailer_bytes > w->rotate_bytes)
        return true;
    return w->rotate_ns && !__builtin_sub_overflow(packet->unix_ns, w->file_first_unix_ns, &age_ns) && age_ns >= w->rotate_ns;
}

uint64_t writer_cost(const struct writer *w, const struct packet *packet)
{
    return record_bytes(w->format, writer_kept(w, packet)) + (writer_needs_rotation(w, packet) ? w->preamble_bytes + w->trailer_bytes : 0);
}

bool writer_rotate(struct writer *w, const struct trailer_facts *facts)
{
    // The end of the old file may reach into a chunk of its own, and the new one needs another.
    if (w->free_count < 3)
        return false;
    end_file(w, facts);
    begin_file(w);
    return true;
}

bool writer_reserve(struct writer *w, const struct packet *packet)
{
    size_t bytes = record_bytes(w->format, writer_kept(w, packet));
    if (w->chunk && w->chunk->used + bytes <= CHUNK_BYTES)
        return true;
    uint32_t needed = w->chunk ? 1 : 2; // the tail of the file and a long record can be more than a chunk
    if (w->free_count < needed)
        return false;
    if (!w->chunk)
        begin_chunk(w);
    return true;
}

static void account(struct writer *w, const struct packet *packet, uint32_t kept)
{
    struct batch *batch = &w->chunk->batch;
    if (!batch->packets.packets || packet->unix_ns < batch->first_unix_ns)
        batch->first_unix_ns = packet->unix_ns;
    if (!batch->packets.packets || packet->unix_ns > batch->last_unix_ns)
        batch->last_unix_ns = packet->unix_ns;
    batch->packets.packets++;
    batch->packets.bytes += packet->length;
    uint32_t whole = packet->captured + packet->removed;
    batch->cut.packets += kept < whole;
    batch->cut.bytes += whole - kept;
    w->pending.packets++;
    w->pending.bytes += packet->length;
    if (!w->file_packets++)
        w->file_first_unix_ns = packet->unix_ns;
}

static void add_across(struct writer *w, const struct packet *packet, const struct record_header *r)
{
    static _Thread_local uint8_t record[RECORD_BYTES_MAX];
    size_t bytes = record_begin(w->format, r, record);
    memcpy(record + bytes, packet->bytes, r->captured);
    bytes += r->captured;
    bytes += record_end(w->format, r, record + bytes);
    append(w, record, bytes, w->file_end);
}

void writer_add(struct writer *w, const struct packet *packet)
{
    uint32_t kept = writer_kept(w, packet);
    struct record_header r = {packet->unix_ns, kept, packet->length};
    size_t bytes = record_bytes(w->format, kept);
    if (w->chunk->used + bytes <= CHUNK_BYTES) {
        uint8_t *to = w->chunk->bytes + w->chunk->used;
        to += record_begin(w->format, &r, to);
        memcpy(to, packet->bytes, kept);
        record_end(w->format, &r, to + kept);
        w->chunk->used += bytes;
        w->file_end += bytes;
    } else {
        add_across(w, packet, &r);
    }
    w->bytes += bytes;
    account(w, packet, kept);
    if (w->chunk->used == CHUNK_BYTES)
        hand_over(w);
}

bool writer_flush(struct writer *w, int age_ms)
{
    if (!w->chunk || w->chunk->used == w->chunk->carry || steady_now_ns() - w->chunk->since_steady_ns < age_ms * NS_PER_MS)
        return false;
    hand_over(w);
    return true;
}

bool writer_reap(struct writer *w, struct flushed *flushed)
{
    bool any = false;
    *flushed = (struct flushed){0};
    for (struct chunk *chunk; (chunk = disk_take(&w->disk)); any = true) {
        struct batch *sum = &flushed->stored;
        const struct batch *part = &chunk->stored;
        if (part->packets.packets) {
            if (!sum->packets.packets || part->first_unix_ns < sum->first_unix_ns)
                sum->first_unix_ns = part->first_unix_ns;
            if (!sum->packets.packets || part->last_unix_ns > sum->last_unix_ns)
                sum->last_unix_ns = part->last_unix_ns;
        }
        sum->packets.packets += part->packets.packets;
        sum->packets.bytes += part->packets.bytes;
        sum->cut.packets += part->cut.packets;
        sum->cut.bytes += part->cut.bytes;
        flushed->refused.packets += chunk->refused.packets;
        flushed->refused.bytes += chunk->refused.bytes;
        flushed->writes++;
        flushed->disk_ns += chunk->disk_ns;
        if (chunk->disk_ns > flushed->disk_max_ns)
            flushed->disk_max_ns = chunk->disk_ns;
        if (chunk->code && !flushed->code) {
            flushed->code = chunk->code;
            memcpy(flushed->message, chunk->message, sizeof flushed->message);
        }
        w->stored_bytes += chunk->stored_bytes;
        w->pending.packets -= chunk->batch.packets.packets;
        w->pending.bytes -= chunk->batch.packets.bytes;
        w->free[w->free_count++] = chunk;
    }
    return any;
}

bool writer_close_file(struct writer *w, const struct trailer_facts *facts)
{
    if (!w->in_file)
        return true;
    if (w->free_count < 2)
        return false;
    end_file(w, facts);
    return true;
}

int writer_finish(struct writer *w, struct tci_error *error)
{
    return w->opened ? disk_finish(&w->disk, error) : TCI_OK;
}

void writer_free(struct writer *w)
{
    if (w->opened)
        disk_free(&w->disk);
    w->opened = false;
}
