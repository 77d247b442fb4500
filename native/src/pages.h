// SPDX-License-Identifier: BSD-3-Clause
// The two mapped pages of a capture directory. docs/formats/capture-directory.md has the same layout as tables.
#pragma once
#include "tci_capture.h"

#include <stdatomic.h>
#include <stdbool.h>

#define STATUS_MAGIC UINT64_C(0x3154415453494354)  // "TCISTAT1"
#define CONTROL_MAGIC UINT64_C(0x314c525443494354) // "TCICTRL1"
#define PAGES_VERSION 1u
#define CONTROL_BYTES 4096u

struct status_header {
    _Atomic uint64_t magic;
    uint32_t version;
    uint32_t header_bytes;
    uint32_t queue_bytes;
    uint32_t queues;
    _Atomic uint32_t pid;
    _Atomic uint32_t state;
    _Atomic uint32_t end_code;
    _Atomic uint32_t signal;
    _Atomic int64_t created;
    _Atomic int64_t armed;
    _Atomic int64_t start;
    _Atomic int64_t stop;
    _Atomic int64_t ended;
    _Atomic int64_t deadline;
    char mode[40]; // how packets come, where there are several ways
    char message[256];
    char id[128];
};

struct status_slot {
    struct tci_counters counters;
    uint64_t file_bytes;
    int64_t updated;
    uint64_t beyond_packets, beyond_bytes; // of sampled_out: their connection had its bytes already
    uint16_t ring_permille_max;            // how full the ring ever was, in thousandths
    uint16_t overloaded;                   // 1: it has been over nine tenths for five seconds
    uint32_t overload_ms;                  // how long in all
    uint64_t disk_writes, disk_ns, disk_ns_max; // writes, how long they took in all, and the longest
};

struct status_queue {
    _Atomic uint64_t generation;
    uint8_t reserved[120]; // the counter readers spin on does not share a line, nor its prefetched neighbour, with what is being filled
    struct status_slot slots[2];
};

struct control_page {
    _Atomic uint64_t magic;
    uint32_t version;
    uint32_t reserved;
    _Atomic int64_t start_at;
    _Atomic int64_t stop_at;
};

static_assert(sizeof(struct status_header) == 512 && offsetof(struct status_header, message) == 128, "status header");
static_assert(offsetof(struct status_header, created) == 40 && offsetof(struct status_header, deadline) == 80, "status instants");
static_assert(offsetof(struct status_header, mode) == 88, "status mode");
static_assert(sizeof(struct status_slot) == 256 && sizeof(struct status_queue) == 640, "status queue");
static_assert(offsetof(struct status_queue, slots) == 128, "status slots");
static_assert(offsetof(struct status_slot, beyond_packets) == 208 && offsetof(struct status_slot, disk_writes) == 232, "status slot");
static_assert(offsetof(struct control_page, start_at) == 16 && offsetof(struct control_page, stop_at) == 24, "control");

struct status_page {
    struct status_header *header;
    struct status_queue *queues; // header->queues of them, as checked when it was mapped
    uint32_t count;
    size_t mapped_bytes;
};

// The engine's side: make the page with all its blocks allocated, so that a full disk is an error here and no SIGBUS later.
int status_create(int dir_fd, uint32_t queues, struct status_page *page, struct tci_error *error);
// The readers' side; `writable` is for a repair. no-capture if there is none or it is not one.
int status_map(int dir_fd, bool writable, struct status_page *page, struct tci_error *error);
void status_unmap(struct status_page *page);

// Publishes one queue's counters; only its writer may.
void status_publish(struct status_queue *queue, const struct status_slot *slot);
// False if the writer was faster in all attempts.
bool status_read_queue(const struct status_queue *queue, struct status_slot *slot);
// The whole status but `alive`.
int status_read(const struct status_page *page, struct tci_status *status, struct tci_error *error);

// Adds every amount of `part` to `sum`, and widens its first and last packet.
void counters_add(struct tci_counters *sum, const struct tci_counters *part);
// seen = the rest, in packets and bytes.
bool counters_add_up(const struct tci_counters *counters);

int control_create(int dir_fd, struct control_page **page, struct tci_error *error);
int control_map(int dir_fd, bool writable, struct control_page **page, struct tci_error *error);
void control_unmap(struct control_page *page);
