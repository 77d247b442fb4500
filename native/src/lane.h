// SPDX-License-Identifier: BSD-3-Clause
// One queue of a capture, from its source to its files, with a thread of its own. No lock and no system call per packet.
#pragma once
#include "filter.h"
#include "overload.h"
#include "pages.h"
#include "stages.h"
#include "window.h"
#include "writer.h"

struct lane {
    // Set-up.
    const struct request *request;
    const struct filter *filter;
    struct window *window;
    struct status_queue *page;
    uint32_t index, count; // of `count` queues
    struct source *source;
    cpu_set_t near;       // the processors it may run on
    uint32_t nth, others; // of the queues that are to run on the same ones: those before it, and all but it
    pthread_t thread;
    bool running;

    // Of its thread; others read it when that has ended.
    struct stages stages;
    struct writer writer;
    struct status_slot slot; // what is published next
    uint64_t received;       // packets the source handed out
    bool draining;           // nothing new comes: what is there can wait for the disk
    bool own_clock_begun;
    int64_t own_clock_first_ns;
    int64_t published_steady_ns;
    struct overload overload;
    struct tci_error error;  // of finishing the files
    struct traffic_file *files;
    uint32_t file_count;
    int link_type;           // of the files
};

int lane_start(struct lane *lane, struct tci_error *error);
// Waits until its thread has written everything.
void lane_join(struct lane *lane);
// Not its source.
void lane_free(struct lane *lane);

// lane_report.c: counters into the status page.
void lane_publish(struct lane *lane);
void lane_publish_if_due(struct lane *lane);
// Takes back what the disk is done with, and counts it.
void lane_reap(struct lane *lane);
struct trailer_facts lane_trailer(const struct lane *lane);
