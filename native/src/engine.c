// SPDX-License-Identifier: BSD-3-Clause
#include "engine.h"

#include "instant.h"
#include "outcome.h"

#include <stdio.h>
#include <string.h>

enum {
    POLL_MS = 45,        // how long an order through `control` may wait: 20 times a second
    START_EDGE_MS = 2000 // packets from before the start come out of the ring at most this late
};

static void set_state(struct engine *e, enum tci_state state)
{
    atomic_store_explicit(&e->status.header->state, (uint32_t)state, memory_order_release);
}

static void read_orders(struct engine *e, int64_t now_unix_ns)
{
    int64_t start = atomic_load_explicit(&e->control->start_at, memory_order_acquire);
    int64_t stop = atomic_load_explicit(&e->control->stop_at, memory_order_acquire);
    if (!e->window.started && e->request.arm && start) {
        e->start_told = true;
        e->start_unix_ns = start == 1 ? now_unix_ns : start;
        e->status.header->start = e->start_unix_ns;
        atomic_store_explicit(&e->window.start_unix_ns, e->start_unix_ns, memory_order_relaxed);
    }
    if (stop == 1)
        window_end(&e->window, now_unix_ns, TCI_END_STOPPED, "stopped as asked");
    else if (stop > 1) {
        if (now_unix_ns >= stop)
            window_end(&e->window, stop, TCI_END_STOPPED, "stopped at the instant asked for");
        else
            e->stop_told_unix_ns = stop;
    }
    if (e->signal && *e->signal)
        window_end(&e->window, now_unix_ns, TCI_END_SIGNAL,
                   *e->signal == SIGINT ? "stopped by SIGINT" : *e->signal == SIGHUP ? "stopped by SIGHUP" : "stopped by SIGTERM");
}

static void begin_if_due(struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns)
{
    if (e->window.started || !e->start_told || now_unix_ns < e->start_unix_ns)
        return;
    e->begun_steady_ns = now_steady_ns;
    e->start_steady_ns = now_steady_ns - (now_unix_ns - e->start_unix_ns);
    for (uint32_t i = 0; i < e->source_count; i++)
        if (e->sources[i]->kind->begin)
            e->sources[i]->kind->begin(e->sources[i]);
    atomic_store_explicit(&e->window.started, true, memory_order_release);
    set_state(e, TCI_STATE_RUNNING);
}

// Both clocks are read together, so that the end of the window, found by the one that does not step, can be said in the other one.
static void check_time(struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns, int64_t *stop_unix_ns)
{
    if (now_steady_ns >= e->deadline_steady_ns || now_unix_ns >= e->request.deadline_unix_ns)
        window_end(&e->window, now_unix_ns, TCI_DEADLINE, "the hard deadline was reached");
    bool own_clock = e->sources[0]->facts.own_clock;
    bool started = e->window.started;
    if (started && now_steady_ns - e->begun_steady_ns > START_EDGE_MS * NS_PER_MS)
        atomic_store_explicit(&e->window.past_start_edge, true, memory_order_relaxed);
    if (!started || !e->request.duration_ms || (own_clock && e->request.fast))
        return;
    int64_t over_ns = now_steady_ns - (e->start_steady_ns + e->request.duration_ms * NS_PER_MS);
    if (over_ns >= 0)
        window_end(&e->window, now_unix_ns - over_ns, TCI_END_DURATION, "the duration is over");
    else if (!own_clock)
        *stop_unix_ns = now_unix_ns - over_ns < *stop_unix_ns ? now_unix_ns - over_ns : *stop_unix_ns;
}

static int next_wait_ms(const struct engine *e, int64_t now_unix_ns, int64_t now_steady_ns)
{
    int64_t wait_ns = POLL_MS * NS_PER_MS, left_ns = wait_ns;
    if (!e->window.started && e->start_told)
        left_ns = e->start_unix_ns - now_unix_ns;
    else if (e->window.started && e->request.duration_ms)
        left_ns = e->start_steady_ns + e->request.duration_ms * NS_PER_MS - now_steady_ns;
    if (left_ns < wait_ns)
        wait_ns = left_ns;
    return wait_ns <= 0 ? 0 : (int)((wait_ns + NS_PER_MS - 1) / NS_PER_MS);
}

static void stop_lanes(struct engine *e)
{
    e->end = e->window.end;
    e->status.header->stop = e->window.end_unix_ns;
    e->status.header->end_code = (uint32_t)e->end.code;
    snprintf(e->status.header->message, sizeof e->status.header->message, "%.255s", e->end.message);
    set_state(e, TCI_STATE_STOPPING);
    atomic_store_explicit(&e->window.ending, true, memory_order_release);
    for (uint32_t i = 0; i < e->lane_count; i++) {
        lane_join(&e->lanes[i]);
        if (e->lanes[i].error.code && outcome_exit_code(e->end.code) == 0)
            e->end = e->lanes[i].error;
    }
}

void engine_loop(struct engine *e)
{
    for (;;) {
        int64_t now_unix_ns = unix_now_ns(), now_steady_ns = steady_now_ns();
        read_orders(e, now_unix_ns);
        begin_if_due(e, now_unix_ns, now_steady_ns);
        int64_t stop_unix_ns = e->stop_told_unix_ns;
        check_time(e, now_unix_ns, now_steady_ns, &stop_unix_ns);
        if (window_ended(&e->window))
            break;
        // Said before it comes, so that no packet from behind it is taken meanwhile; and each time anew, because the clock may be set, back and forth.
        window_expect(&e->window, stop_unix_ns);
        if (e->live)
            e->live(e, false);
        window_await(&e->window, next_wait_ms(e, now_unix_ns, now_steady_ns));
    }
    stop_lanes(e);
    if (e->live)
        e->live(e, true);
}
