// SPDX-License-Identifier: BSD-3-Clause
#include "instant.h"
#include "lane.h"

enum { PUBLISH_EVERY_MS = 5 };

static void watch_ring(struct lane *l, int64_t now_ns)
{
    struct status_slot *slot = &l->slot;
    bool before = l->overload.now;
    overload_look(&l->overload, l->source->kind->fill ? l->source->kind->fill(l->source) : 0, now_ns, l->slot.updated);
    slot->ring_permille_max = (uint16_t)l->overload.permille_max;
    slot->overloaded = l->overload.now;
    slot->overload_ms = (uint32_t)l->overload.ms;
    if (l->overload.now && !before)
        atomic_fetch_add_explicit(&l->window->overloads, 1, memory_order_relaxed);
}

void lane_publish(struct lane *l)
{
    struct tci_counters *c = &l->slot.counters;
    struct source_counts at_source;
    int64_t now_ns = steady_now_ns();
    l->source->kind->count(l->source, &at_source);
    l->slot.updated = unix_now_ns();
    watch_ring(l, now_ns);
    c->seen.packets = at_source.seen;
    c->dropped_kernel.packets = at_source.dropped;
    c->in_flight.packets = at_source.seen - at_source.dropped - l->received + l->writer.pending.packets;
    c->in_flight.bytes = l->writer.pending.bytes;
    l->slot.file_bytes = l->writer.stored_bytes;
    l->published_steady_ns = now_ns;
    status_publish(l->page, &l->slot);
}

void lane_publish_if_due(struct lane *l)
{
    if (steady_now_ns() - l->published_steady_ns >= PUBLISH_EVERY_MS * NS_PER_MS)
        lane_publish(l);
}

static void amount_add(struct tci_amount *sum, const struct tci_amount *part)
{
    sum->packets += part->packets;
    sum->bytes += part->bytes;
}

void lane_reap(struct lane *l)
{
    struct tci_counters *c = &l->slot.counters;
    struct flushed flushed;
    if (!writer_reap(&l->writer, &flushed))
        return;
    amount_add(&c->stored, &flushed.stored.packets);
    amount_add(&c->cut, &flushed.stored.cut);
    amount_add(&c->dropped_disk_full, &flushed.refused);
    if (flushed.stored.packets.packets) {
        if (!c->first_packet_unix_ns || flushed.stored.first_unix_ns < c->first_packet_unix_ns)
            c->first_packet_unix_ns = flushed.stored.first_unix_ns;
        if (flushed.stored.last_unix_ns > c->last_packet_unix_ns)
            c->last_packet_unix_ns = flushed.stored.last_unix_ns;
    }
    l->slot.disk_writes += flushed.writes;
    l->slot.disk_ns += (uint64_t)flushed.disk_ns;
    if ((uint64_t)flushed.disk_max_ns > l->slot.disk_ns_max)
        l->slot.disk_ns_max = (uint64_t)flushed.disk_max_ns;
    if (flushed.code)
        window_close(l->window, flushed.code, flushed.message);
}

struct trailer_facts lane_trailer(const struct lane *l)
{
    const struct tci_counters *c = &l->slot.counters;
    struct source_counts at_source;
    l->source->kind->count(l->source, &at_source);
    uint64_t delivered = c->stored.packets + l->writer.pending.packets;
    return (struct trailer_facts){.now_unix_ns = unix_now_ns(),
                                  .start_unix_ns = atomic_load_explicit(&l->window->start_unix_ns, memory_order_relaxed),
                                  .received = at_source.seen,
                                  .dropped = c->dropped_no_buffer.packets + c->dropped_disk_full.packets,
                                  .accepted = delivered + c->dropped_no_buffer.packets + c->dropped_disk_full.packets + c->sampled_out.packets,
                                  .dropped_kernel = at_source.dropped,
                                  .delivered = delivered};
}
