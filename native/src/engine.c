// SPDX-License-Identifier: BSD-3-Clause
#include "engine.h"

#include "instant.h"
#include "outcome.h"

#include <stdio.h>
#include <string.h>

enum {
    POLL_MS = 45,         // how long an order through `control` may wait: 20 times a second
    PUBLISH_EVERY_MS = 5,
    DRAIN_MS = 500,       // for what is in the ring when the source is shut
    DRAIN_STEP_MS = 2,
    START_EDGE_MS = 2000  // packets from before the start come out of the ring at most this late
};

static void publish(struct engine *e)
{
    struct tci_counters *c = &e->slot.counters;
    struct source_counts at_source;
    e->source->kind->count(e->source, &at_source);
    c->seen.packets = at_source.seen;
    c->dropped_kernel.packets = at_source.dropped;
    c->in_flight.packets = at_source.seen - at_source.dropped - e->received + e->writer.pending.packets;
    c->in_flight.bytes = e->writer.pending.bytes;
    e->slot.file_bytes = e->writer.bytes - e->writer.chunk_used;
    e->slot.updated = unix_now_ns();
    e->published_steady_ns = steady_now_ns();
    status_publish(&e->status.queues[0], &e->slot);
}

static void set_state(struct engine *e, enum tci_state state)
{
    atomic_store_explicit(&e->status.header->state, (uint32_t)state, memory_order_release);
}

// The first reason stays. `stop_unix_ns` is the end of the window; packets before it that are still on their way belong to the capture.
static void end_at(struct engine *e, int64_t stop_unix_ns, int code, const char *message)
{
    if (e->ending)
        return;
    e->ending = true;
    e->stop_unix_ns = stop_unix_ns;
    fail(&e->end, code, "%s", message);
}

// A limit or an error: nothing more is stored.
static void close_window(struct engine *e, int code, const char *message)
{
    end_at(e, unix_now_ns(), code, message);
    e->closed = true;
}

static void flush(struct engine *e)
{
    struct tci_counters *c = &e->slot.counters;
    struct flushed flushed;
    struct tci_error error;
    if (!e->writer.chunk_used)
        return;
    publish(e); // what is in the chunk is in flight, for whoever has to count after a kill in the middle of the write
    int code = writer_flush(&e->writer, &flushed, &error);
    c->stored.packets += flushed.stored.packets;
    c->stored.bytes += flushed.stored.bytes;
    c->cut.packets += flushed.cut.packets;
    c->cut.bytes += flushed.cut.bytes;
    c->dropped_disk_full.packets += flushed.refused.packets;
    c->dropped_disk_full.bytes += flushed.refused.bytes;
    if (flushed.stored.packets) {
        if (!c->first_packet_unix_ns || flushed.first < c->first_packet_unix_ns)
            c->first_packet_unix_ns = flushed.first;
        if (flushed.last > c->last_packet_unix_ns)
            c->last_packet_unix_ns = flushed.last;
    }
    if (code)
        close_window(e, code, error.message);
    publish(e);
}

static void count(struct tci_amount *amount, const struct packet *packet)
{
    amount->packets++;
    amount->bytes += packet->length;
}

static bool inside(struct engine *e, const struct packet *packet)
{
    if (e->closed)
        return false;
    // After a while a stamp from before the start is no early packet any more, but a clock that was set back; it is not to cost the packets after it.
    if (!e->source->facts.own_clock)
        return (packet->unix_ns >= e->start_unix_ns || e->past_start_edge) && packet->unix_ns < e->stop_unix_ns;
    if (!e->own_clock_begun) {
        e->own_clock_begun = true;
        e->own_clock_first_ns = packet->unix_ns;
    }
    int64_t since_first;
    if (e->request.duration_ms && (__builtin_sub_overflow(packet->unix_ns, e->own_clock_first_ns, &since_first) ||
                                   since_first >= e->request.duration_ms * NS_PER_MS)) {
        close_window(e, TCI_END_DURATION, "the duration is over");
        return false;
    }
    return true;
}

static void store(struct engine *e, const struct packet *packet)
{
    struct tci_counters *c = &e->slot.counters;
    struct tci_error error;
    if (e->request.bytes && e->writer.bytes + writer_cost(&e->writer, packet) > (uint64_t)e->request.bytes) {
        close_window(e, TCI_END_BYTES, "the next packet would exceed the limit of bytes");
        count(&c->outside_window, packet);
        return;
    }
    if (writer_needs_flush(&e->writer, packet)) {
        bool rotate = writer_needs_rotation(&e->writer, packet);
        flush(e);
        if (!e->closed && rotate && writer_rotate(&e->writer, &error))
            close_window(e, error.code, error.message);
        if (e->closed) {
            count(&c->dropped_disk_full, packet);
            return;
        }
    }
    writer_add(&e->writer, packet);
    if (e->request.packets && c->stored.packets + e->writer.pending.packets == (uint64_t)e->request.packets)
        close_window(e, TCI_END_PACKETS, "the limit of packets is reached");
}

static void handle(struct engine *e, const struct packet *packet)
{
    struct tci_counters *c = &e->slot.counters;
    if (!inside(e, packet))
        count(&c->outside_window, packet);
    else if (!filter_matches(&e->filter, packet->bytes, packet->length, packet->captured))
        count(&c->filtered, packet);
    else
        store(e, packet);
    // Last: what is published on the way, by a flush, finds this packet still at the source, and adds up.
    e->received++;
    c->seen.bytes += packet->length;
}

static void burst(struct engine *e, int timeout_ms)
{
    struct packet packets[BURST_PACKETS_MAX];
    struct tci_error error;
    unsigned n;
    int code = e->source->kind->burst(e->source, packets, &n, timeout_ms, &error);
    for (unsigned i = 0; i < n; i++)
        handle(e, &packets[i]);
    if (code)
        end_at(e, unix_now_ns(), code, error.message);
}

static void read_orders(struct engine *e, int64_t now_unix_ns)
{
    int64_t start = atomic_load_explicit(&e->control->start_at, memory_order_acquire);
    int64_t stop = atomic_load_explicit(&e->control->stop_at, memory_order_acquire);
    if (!e->started && e->request.arm && start) {
        e->start_told = true;
        e->start_unix_ns = start == 1 ? now_unix_ns : start;
        e->status.header->start = e->start_unix_ns;
    }
    if (stop == 1)
        end_at(e, now_unix_ns, TCI_END_STOPPED, "stopped as asked");
    else if (stop > 1) {
        e->stop_unix_ns = stop;
        if (now_unix_ns >= stop)
            end_at(e, stop, TCI_END_STOPPED, "stopped at the instant asked for");
    }
    if (e->signal && *e->signal)
        end_at(e, now_unix_ns, TCI_END_SIGNAL, *e->signal == SIGINT ? "stopped by SIGINT" : *e->signal == SIGHUP ? "stopped by SIGHUP" : "stopped by SIGTERM");
}

static void begin_if_due(struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns)
{
    if (e->started || !e->start_told || now_unix_ns < e->start_unix_ns)
        return;
    e->started = true;
    e->begun_steady_ns = now_steady_ns;
    e->start_steady_ns = now_steady_ns - (now_unix_ns - e->start_unix_ns);
    if (e->source->kind->begin)
        e->source->kind->begin(e->source);
    set_state(e, TCI_STATE_RUNNING);
}

// Both clocks are read together here, so that the end of the window, found by the one that does not step, can be said in the other one.
static void check_time(struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns)
{
    if (now_steady_ns >= e->deadline_steady_ns || now_unix_ns >= e->request.deadline_unix_ns)
        end_at(e, now_unix_ns, TCI_DEADLINE, "the hard deadline was reached");
    bool by_stamps = e->source->facts.own_clock && e->request.fast;
    e->past_start_edge = e->started && now_steady_ns - e->begun_steady_ns > START_EDGE_MS * NS_PER_MS;
    if (!e->started || !e->request.duration_ms || by_stamps)
        return;
    int64_t over_ns = now_steady_ns - (e->start_steady_ns + e->request.duration_ms * NS_PER_MS);
    if (over_ns >= 0)
        end_at(e, now_unix_ns - over_ns, TCI_END_DURATION, "the duration is over");
}

static int next_wait_ms(const struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns)
{
    int64_t wait_ns = POLL_MS * NS_PER_MS, left_ns = wait_ns;
    if (!e->started && e->start_told)
        left_ns = e->start_unix_ns - now_unix_ns;
    else if (e->started && e->request.duration_ms)
        left_ns = e->start_steady_ns + e->request.duration_ms * NS_PER_MS - now_steady_ns;
    if (left_ns < wait_ns)
        wait_ns = left_ns;
    return wait_ns <= 0 ? 0 : (int)((wait_ns + NS_PER_MS - 1) / NS_PER_MS);
}

void engine_loop(struct engine *e)
{
    while (!e->ending) {
        int64_t now_unix_ns = unix_now_ns(), now_steady_ns = steady_now_ns();
        read_orders(e, now_unix_ns);
        begin_if_due(e, now_unix_ns, now_steady_ns);
        check_time(e, now_unix_ns, now_steady_ns);
        if (e->ending)
            break;
        int wait_ms = next_wait_ms(e, now_unix_ns, now_steady_ns);
        if (e->source->facts.own_clock && !e->started)
            sleep_ns(wait_ms * NS_PER_MS);
        else
            burst(e, wait_ms);
        now_steady_ns = steady_now_ns();
        if (e->writer.chunk_used && now_steady_ns - e->writer.chunk_since_steady_ns >= FLUSH_AFTER_MS * NS_PER_MS)
            flush(e);
        else if (now_steady_ns - e->published_steady_ns >= PUBLISH_EVERY_MS * NS_PER_MS)
            publish(e);
        if (e->live)
            e->live(e, false);
    }
    e->status.header->stop = e->stop_unix_ns;
    e->status.header->end_code = (uint32_t)e->end.code;
    snprintf(e->status.header->message, sizeof e->status.header->message, "%.255s", e->end.message);
    set_state(e, TCI_STATE_STOPPING);

    // What the source counted must have been handled: until then, or until the time is over and the rest shows as in flight.
    int64_t deadline_ns = steady_now_ns() + DRAIN_MS * NS_PER_MS;
    if (e->source->kind->shut)
        e->source->kind->shut(e->source);
    for (int quiet = 0; quiet < 2 && steady_now_ns() < deadline_ns;) {
        uint64_t before = e->received;
        burst(e, DRAIN_STEP_MS);
        publish(e);
        quiet = e->received == before && e->slot.counters.in_flight.packets == e->writer.pending.packets ? quiet + 1 : 0;
    }
    flush(e);
    struct tci_error error;
    if (writer_finish(&e->writer, &error) && outcome_exit_code(e->end.code) == 0)
        e->end = error;
    publish(e);
    if (e->live)
        e->live(e, true);
}
