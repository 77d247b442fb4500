// SPDX-License-Identifier: BSD-3-Clause
#include "lane.h"

#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    POLL_MS = 45,              // how long an order may wait
    REPLAY_STEP_MS = 2,        // how late a replay may begin
    ROOM_STEP_MS = 1,
    RING_PATIENCE_PERMILLE = 750, // as long as the ring is not fuller, it and not we may hold what the disk does not take
    DRAIN_MS = 500,            // without progress, for what is in the ring when the source is shut
    DRAIN_STEP_MS = 2
};

static void count(struct tci_amount *amount, const struct packet *packet)
{
    amount->packets++;
    amount->bytes += packet->length;
}

// The window as it was when the burst began.
struct view {
    int64_t start_unix_ns, stop_unix_ns;
    bool past_start_edge, closed;
};

static struct view look(const struct window *w)
{
    return (struct view){atomic_load_explicit(&w->start_unix_ns, memory_order_relaxed), atomic_load_explicit(&w->stop_unix_ns, memory_order_relaxed),
                         atomic_load_explicit(&w->past_start_edge, memory_order_relaxed), atomic_load_explicit(&w->closed, memory_order_relaxed)};
}

static void close_window(struct lane *l, struct view *view, int code, const char *message)
{
    window_close(l->window, code, message);
    view->closed = true;
}

static bool inside_own_clock(struct lane *l, const struct packet *packet, struct view *view)
{
    if (!l->own_clock_begun) {
        l->own_clock_begun = true;
        l->own_clock_first_ns = packet->unix_ns;
    }
    int64_t since_first;
    if (l->request->duration_ms && (__builtin_sub_overflow(packet->unix_ns, l->own_clock_first_ns, &since_first) ||
                                    since_first >= l->request->duration_ms * NS_PER_MS)) {
        close_window(l, view, TCI_END_DURATION, "the duration is over");
        return false;
    }
    return true;
}

static inline bool inside(struct lane *l, const struct packet *packet, struct view *view)
{
    if (view->closed)
        return false;
    // After a while a stamp from before the start is no early packet any more, but a clock that was set back; it is not to cost the packets after it.
    if (!l->source->facts.own_clock)
        return (packet->unix_ns >= view->start_unix_ns || view->past_start_edge) && packet->unix_ns < view->stop_unix_ns;
    return inside_own_clock(l, packet, view);
}

// The sum before; all queues draw on the same limit.
static uint64_t draw(const struct lane *l, _Atomic uint64_t *sum, uint64_t amount)
{
    if (l->count > 1)
        return atomic_fetch_add_explicit(sum, amount, memory_order_relaxed);
    uint64_t before = atomic_load_explicit(sum, memory_order_relaxed);
    atomic_store_explicit(sum, before + amount, memory_order_relaxed);
    return before;
}

static bool try_room(struct lane *l, const struct packet *packet)
{
    if (writer_needs_rotation(&l->writer, packet)) {
        struct trailer_facts trailer = lane_trailer(l);
        if (!writer_rotate(&l->writer, &trailer))
            return false;
    }
    return writer_reserve(&l->writer, packet);
}

// While the disk is behind, a source that waits waits, and a ring that has room holds what comes. Only then is a packet given up.
static bool room_after_waiting(struct lane *l, const struct packet *packet)
{
    const struct source_kind *kind = l->source->kind;
    for (;;) {
        lane_reap(l);
        if (atomic_load_explicit(&l->window->closed, memory_order_relaxed))
            return false;
        if (try_room(l, packet))
            return true;
        if (!l->source->facts.waits && !l->draining && (!kind->fill || kind->fill(l->source) >= RING_PATIENCE_PERMILLE))
            return false;
        disk_await(&l->writer.disk, ROOM_STEP_MS);
        lane_publish_if_due(l);
    }
}

static bool make_room(struct lane *l, const struct packet *packet, struct view *view)
{
    struct tci_counters *c = &l->slot.counters;
    if (try_room(l, packet) || room_after_waiting(l, packet))
        return true;
    if (atomic_load_explicit(&l->window->closed, memory_order_relaxed)) {
        view->closed = true;
        count(&c->dropped_disk_full, packet);
    } else {
        count(&c->dropped_no_buffer, packet);
    }
    return false;
}

static void store(struct lane *l, struct packet *packet, struct view *view)
{
    struct tci_counters *c = &l->slot.counters;
    struct window *w = l->window;
    const struct request *r = l->request;
    uint64_t cost = 0;
    if (r->bytes) {
        cost = writer_cost(&l->writer, packet);
        if (draw(l, &w->bytes, cost) + cost > (uint64_t)r->bytes) {
            close_window(l, view, TCI_END_BYTES, "the next packet would exceed the limit of bytes");
            count(&c->outside_window, packet);
            return;
        }
    }
    if (!make_room(l, packet, view)) {
        draw(l, &w->bytes, -cost);
        return;
    }
    uint64_t stored = r->packets ? draw(l, &w->packets, 1) : 0;
    if (r->packets && stored >= (uint64_t)r->packets) {
        view->closed = true;
        count(&c->outside_window, packet);
        return;
    }
    writer_add(&l->writer, packet);
    if (r->packets && stored + 1 == (uint64_t)r->packets)
        close_window(l, view, TCI_END_PACKETS, "the limit of packets is reached");
}

static void handle(struct lane *l, struct packet *packet, struct view *view)
{
    struct tci_counters *c = &l->slot.counters;
    uint32_t length = packet->length;
    if (!inside(l, packet, view)) {
        count(&c->outside_window, packet);
    } else if (!filter_matches(l->filter, packet->bytes, packet->length, packet->captured)) {
        count(&c->filtered, packet);
    } else if (l->stages.any) {
        enum stage_verdict verdict = stages_apply(&l->stages, packet);
        if (verdict == STAGE_KEEP)
            store(l, packet, view);
        else
            count(&c->sampled_out, packet);
        if (verdict == STAGE_BEYOND) {
            l->slot.beyond_packets++;
            l->slot.beyond_bytes += length;
        }
    } else {
        store(l, packet, view);
    }
    // Last: what is published on the way, while waiting for the disk, finds this packet still at the source, and adds up.
    l->received++;
    c->seen.bytes += length;
}

static void burst(struct lane *l, int timeout_ms)
{
    struct packet packets[BURST_PACKETS_MAX];
    struct tci_error error;
    unsigned n;
    int code = l->source->kind->burst(l->source, packets, &n, timeout_ms, &error);
    struct view view = look(l->window);
    for (unsigned i = 0; i < n; i++)
        handle(l, &packets[i], &view);
    if (code)
        window_end(l->window, unix_now_ns(), code, error.message);
    lane_reap(l);
    writer_flush(&l->writer, FLUSH_AFTER_MS);
    lane_publish_if_due(l);
}

// What the source counted must have been handled: until then, or until nothing moves any more and the rest shows as in flight.
static void drain(struct lane *l)
{
    l->draining = true;
    if (l->source->kind->shut)
        l->source->kind->shut(l->source);
    int64_t progress_ns = steady_now_ns();
    for (int quiet = 0; quiet < 2 && steady_now_ns() - progress_ns < DRAIN_MS * NS_PER_MS;) {
        uint64_t before = l->received;
        burst(l, DRAIN_STEP_MS);
        lane_publish(l);
        if (l->received != before)
            progress_ns = steady_now_ns();
        quiet = l->received == before && l->slot.counters.in_flight.packets == l->writer.pending.packets ? quiet + 1 : 0;
    }
}

static void finish(struct lane *l)
{
    struct trailer_facts trailer = lane_trailer(l);
    while (!writer_close_file(&l->writer, &trailer)) {
        disk_await(&l->writer.disk, POLL_MS);
        lane_reap(l);
        lane_publish_if_due(l);
    }
    // The thread of the disk is waited for: what it has not given back by its end it never will.
    writer_finish(&l->writer, &l->error);
    lane_reap(l);
    l->files = l->writer.disk.files;
    l->file_count = l->writer.disk.file_count;
    l->writer.disk.files = NULL;
    lane_publish(l);
}

// Each queue on a processor of its own, where there are as many.
static void pin(const struct lane *l)
{
    if (l->count < 2)
        return;
    cpu_set_t chosen = l->near;
    uint32_t nth = 0;
    for (size_t cpu = 0; (uint32_t)CPU_COUNT(&l->near) > l->others && cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &l->near) && nth++ != l->nth)
            CPU_CLR(cpu, &chosen);
    pthread_setaffinity_np(pthread_self(), sizeof chosen, &chosen);
}

static void *run(void *argument)
{
    struct lane *l = argument;
    pin(l);
    while (!atomic_load_explicit(&l->window->ending, memory_order_acquire)) {
        // A replay has nothing to receive before it begins.
        if (l->source->facts.own_clock && !atomic_load_explicit(&l->window->started, memory_order_acquire)) {
            sleep_ns(REPLAY_STEP_MS * NS_PER_MS);
            lane_publish_if_due(l);
        } else if (window_ended(l->window)) {
            sleep_ns(ROOM_STEP_MS * NS_PER_MS); // the thread that steers is about to say so
        } else {
            burst(l, POLL_MS);
        }
    }
    drain(l);
    finish(l);
    return NULL;
}

int lane_start(struct lane *l, struct tci_error *error)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals are for the thread that steers
    int failed = pthread_create(&l->thread, NULL, run, l);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    l->running = !failed;
    errno = failed;
    return failed ? fail_os(error, TCI_FAILED, "cannot start a thread") : TCI_OK;
}

void lane_join(struct lane *l)
{
    if (l->running)
        pthread_join(l->thread, NULL);
    l->running = false;
}

void lane_free(struct lane *l)
{
    writer_free(&l->writer);
    stages_free(&l->stages);
    free(l->files);
}
