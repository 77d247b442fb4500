// SPDX-License-Identifier: BSD-3-Clause
#include "window.h"

#include "instant.h"
#include "outcome.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

int window_open(struct window *w, struct tci_error *error)
{
    w->wake_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return w->wake_event < 0 ? fail_os(error, TCI_FAILED, "cannot make an event") : TCI_OK;
}

void window_end(struct window *w, int64_t stop_unix_ns, int code, const char *message)
{
    uint64_t one = 1;
    pthread_mutex_lock(&w->gate);
    bool first = !w->ended;
    if (first) {
        w->end_unix_ns = stop_unix_ns;
        fail(&w->end, code, "%s", message);
        atomic_store_explicit(&w->stop_unix_ns, stop_unix_ns, memory_order_relaxed);
        atomic_store_explicit(&w->ended, true, memory_order_release);
    }
    pthread_mutex_unlock(&w->gate);
    if (first && write(w->wake_event, &one, sizeof one) != sizeof one)
        return; // rung already
}

void window_expect(struct window *w, int64_t stop_unix_ns)
{
    pthread_mutex_lock(&w->gate);
    if (!w->ended)
        atomic_store_explicit(&w->stop_unix_ns, stop_unix_ns, memory_order_relaxed);
    pthread_mutex_unlock(&w->gate);
}

void window_close(struct window *w, int code, const char *message)
{
    window_end(w, unix_now_ns(), code, message);
    atomic_store_explicit(&w->closed, true, memory_order_relaxed);
}

bool window_ended(struct window *w)
{
    return atomic_load_explicit(&w->ended, memory_order_acquire);
}

void window_await(struct window *w, int timeout_ms)
{
    struct pollfd waiting = {.fd = w->wake_event, .events = POLLIN};
    poll(&waiting, 1, timeout_ms);
}

void window_free(struct window *w)
{
    if (w->wake_event >= 0)
        close(w->wake_event);
    w->wake_event = -1;
}
