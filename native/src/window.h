// SPDX-License-Identifier: BSD-3-Clause
// What the thread that steers a capture and the threads that receive share: when packets count, how many may still be stored, and why it ends.
#pragma once
#include "tci_capture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct window {
    // Until a start is told, start is in the far future and everything is outside. Stop is as good as it is known: the clocks may drift apart.
    _Atomic int64_t start_unix_ns, stop_unix_ns;
    _Atomic bool started;         // the start instant has come
    _Atomic bool past_start_edge; // and is so long ago that no packet from before it can still come out of a ring
    _Atomic bool closed;          // nothing more is stored, whatever its stamp
    _Atomic bool ending;          // receive no more: take what is there, and finish
    _Atomic uint64_t packets, bytes; // stored, or about to be, over all queues: for the limits

    _Atomic uint32_t overloads; // of all queues, so far

    _Atomic bool ended;
    pthread_mutex_t gate; // of becoming that, and of what follows
    int64_t end_unix_ns;
    struct tci_error end;
    int wake_event;       // rung when `ended` becomes true
};

int window_open(struct window *window, struct tci_error *error);
// The first reason stays. `stop_unix_ns` is the end of the window; packets before it that are still on their way belong to the capture.
void window_end(struct window *window, int64_t stop_unix_ns, int code, const char *message);
// Where the end will be, as far as is known; nothing if it is known for certain.
void window_expect(struct window *window, int64_t stop_unix_ns);
// A limit or an error: nothing more is stored.
void window_close(struct window *window, int code, const char *message);
bool window_ended(struct window *window);
// Waits for the end; returns after the time or a signal, too.
void window_await(struct window *window, int timeout_ms);
void window_free(struct window *window);
