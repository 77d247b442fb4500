// SPDX-License-Identifier: BSD-3-Clause
// A launcher that was started for somebody ends when nobody needs it: with nothing to do for a while, or when its socket is no longer where callers look.
#include "instant.h"
#include "launcher.h"

#include <poll.h>
#include <sys/stat.h>

static bool is_busy(const struct launcher *l)
{
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        if (l->connections[i].fd >= 0)
            return true;
    return job_count(l, true) || job_count(l, false);
}

// A caller that has connected and was not accepted yet.
static bool somebody_knocks(const struct launcher *l)
{
    struct pollfd waiting = {.fd = l->listen_fd, .events = POLLIN};
    return poll(&waiting, 1, 0) > 0;
}

static bool socket_is_gone(const struct launcher *l)
{
    struct stat facts;
    return lstat(l->socket, &facts) || !S_ISSOCK(facts.st_mode);
}

void idle_tick(struct launcher *l)
{
    if (!l->idle_exit_ms)
        return;
    if (is_busy(l)) {
        l->busy_ns = steady_now_ns();
        return;
    }
    bool over = steady_now_ns() - l->busy_ns >= l->idle_exit_ms * NS_PER_MS || socket_is_gone(l);
    if (over && !somebody_knocks(l))
        l->ending = true;
}
