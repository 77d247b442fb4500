// SPDX-License-Identifier: BSD-3-Clause
// Publishing and reading counters so that they add up at every read. Two slots and a generation instead of a lock: the published slot is whole even if the
// writer dies half-way through the other one.
#include "outcome.h"
#include "pages.h"

#include <string.h>

enum { READ_ATTEMPTS = 1000, SLOT_WORDS = sizeof(struct status_slot) / sizeof(uint64_t) };

// Word by word through atomics: the copy races with the writer by design, and the generation says afterwards whether it was any good.
static void copy_out(struct status_slot *to, const struct status_slot *from)
{
    const _Atomic uint64_t *source = (const _Atomic uint64_t *)(const void *)from;
    uint64_t words[SLOT_WORDS];
    for (int i = 0; i < SLOT_WORDS; i++)
        words[i] = atomic_load_explicit(&source[i], memory_order_relaxed);
    memcpy(to, words, sizeof words);
}

void status_publish(struct status_queue *queue, const struct status_slot *slot)
{
    uint64_t generation = atomic_load_explicit(&queue->generation, memory_order_relaxed);
    _Atomic uint64_t *target = (_Atomic uint64_t *)(void *)&queue->slots[(generation + 1) & 1];
    uint64_t words[SLOT_WORDS];
    memcpy(words, slot, sizeof words);
    // A reader that sees one of the new words must also see that the generation it started from has passed.
    atomic_thread_fence(memory_order_release);
    for (int i = 0; i < SLOT_WORDS; i++)
        atomic_store_explicit(&target[i], words[i], memory_order_relaxed);
    atomic_store_explicit(&queue->generation, generation + 1, memory_order_release);
}

bool status_read_queue(const struct status_queue *queue, struct status_slot *slot)
{
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
        uint64_t generation = atomic_load_explicit(&queue->generation, memory_order_acquire);
        copy_out(slot, &queue->slots[generation & 1]);
        atomic_thread_fence(memory_order_acquire);
        if (atomic_load_explicit(&queue->generation, memory_order_relaxed) == generation)
            return true;
    }
    return false;
}

static void amount_add(struct tci_amount *sum, const struct tci_amount *part)
{
    sum->packets += part->packets;
    sum->bytes += part->bytes;
}

void counters_add(struct tci_counters *sum, const struct tci_counters *part)
{
    amount_add(&sum->seen, &part->seen);
    amount_add(&sum->stored, &part->stored);
    amount_add(&sum->outside_window, &part->outside_window);
    amount_add(&sum->filtered, &part->filtered);
    amount_add(&sum->sampled_out, &part->sampled_out);
    amount_add(&sum->cut, &part->cut);
    amount_add(&sum->dropped_kernel, &part->dropped_kernel);
    amount_add(&sum->dropped_disk_full, &part->dropped_disk_full);
    amount_add(&sum->dropped_no_buffer, &part->dropped_no_buffer);
    amount_add(&sum->dropped_engine_lost, &part->dropped_engine_lost);
    amount_add(&sum->in_flight, &part->in_flight);
    if (part->first_packet_unix_ns && (!sum->first_packet_unix_ns || part->first_packet_unix_ns < sum->first_packet_unix_ns))
        sum->first_packet_unix_ns = part->first_packet_unix_ns;
    if (part->last_packet_unix_ns > sum->last_packet_unix_ns)
        sum->last_packet_unix_ns = part->last_packet_unix_ns;
}

bool counters_add_up(const struct tci_counters *c)
{
    struct tci_amount rest = {0};
    const struct tci_amount *parts[] = {&c->stored,         &c->outside_window,    &c->filtered,          &c->sampled_out,        &c->dropped_kernel,
                                        &c->dropped_disk_full, &c->dropped_no_buffer, &c->dropped_engine_lost, &c->in_flight};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        amount_add(&rest, parts[i]);
    return rest.packets == c->seen.packets && rest.bytes == c->seen.bytes;
}

int status_read(const struct status_page *page, struct tci_status *status, struct tci_error *error)
{
    const struct status_header *header = page->header;
    memset(status, 0, sizeof *status);
    // State first: whatever it makes valid was stored before it.
    status->state = (int32_t)atomic_load_explicit(&header->state, memory_order_acquire);
    status->queues = page->count;
    status->pid = (int32_t)header->pid;
    status->created_unix_ns = header->created;
    status->armed_unix_ns = header->armed;
    status->start_unix_ns = header->start;
    status->stop_unix_ns = header->stop;
    status->ended_unix_ns = header->ended;
    status->deadline_unix_ns = header->deadline;
    if (status->state >= TCI_STATE_STOPPING) {
        status->end_code = (int32_t)header->end_code;
        memcpy(status->message, header->message, sizeof status->message - 1);
    }
    for (uint32_t i = 0; i < page->count; i++) {
        struct status_slot slot;
        if (!status_read_queue(&page->queues[i], &slot))
            return fail(error, TCI_BUSY, "the counters of queue %u changed during all %d attempts to read them", i, READ_ATTEMPTS);
        counters_add(&status->total, &slot.counters);
        status->file_bytes += slot.file_bytes;
        status->overloaded |= slot.overloaded;
        if (slot.updated > status->updated_unix_ns)
            status->updated_unix_ns = slot.updated;
    }
    return TCI_OK;
}
