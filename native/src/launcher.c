// SPDX-License-Identifier: BSD-3-Clause
#include "launcher.h"

#include "dir_lock.h"
#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int listen_on(struct launcher *l, struct tci_error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, l->socket, strlen(l->socket) + 1);
    l->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    // The lock is ours, so a socket that lies there belongs to a launcher that is gone.
    unlink(l->socket);
    mode_t before = umask(0117);
    int refused = l->listen_fd < 0 || bind(l->listen_fd, (struct sockaddr *)&address, sizeof address);
    umask(before);
    if (refused || listen(l->listen_fd, CONNECTIONS_MAX))
        return fail_os(error, errno == EACCES ? TCI_NO_RIGHTS : TCI_FAILED, "cannot listen on %s", l->socket);
    // Who may connect at all; who is served is decided by credentials.
    if (l->gid_count && chown(l->socket, (uid_t)-1, l->gids[0]))
        return fail_os(error, TCI_NO_RIGHTS, "cannot give %s to group %u", l->socket, l->gids[0]);
    return TCI_OK;
}

static int take_signals(struct launcher *l, struct tci_error *error)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (sigprocmask(SIG_BLOCK, &set, NULL) || (l->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
        return fail_os(error, TCI_FAILED, "cannot watch signals");
    return TCI_OK;
}

int launcher_open(struct launcher *l, const char *socket, struct tci_error *error)
{
    l->listen_fd = l->signal_fd = l->lock_fd = l->registry_fd = -1;
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        l->connections[i].fd = -1;
    if (strlen(socket) >= sizeof l->socket)
        return fail(error, TCI_BAD_REQUEST, "the socket's path is longer than %zu bytes", sizeof l->socket - 1);
    strcpy(l->socket, socket);
    char lock[sizeof l->socket + 8];
    snprintf(lock, sizeof lock, "%s.lock", socket);
    snprintf(l->registry, sizeof l->registry, "%s.captures", socket);
    int code = lock_take(AT_FDCWD, lock, &l->lock_fd, error);
    if (code == TCI_DIRECTORY_IN_USE)
        return fail(error, TCI_BUSY, "another launcher serves %s", socket);
    if (!code)
        code = registry_open(l, error);
    if (!code)
        code = take_signals(l, error);
    return code ? code : listen_on(l, error);
}

static void read_signals(struct launcher *l)
{
    struct signalfd_siginfo info;
    while (read(l->signal_fd, &info, sizeof info) == sizeof info)
        if (info.ssi_signo != SIGCHLD)
            l->ending = true;
    job_reap(l);
}

static void expire_connections(struct launcher *l)
{
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        if (l->connections[i].fd >= 0 && !l->connections[i].waiting && steady_now_ns() >= l->connections[i].deadline_ns)
            connection_close(l, i);
}

enum { WATCH_MAX = 2 + CONNECTIONS_MAX + JOBS_MAX };

int launcher_serve(struct launcher *l)
{
    registry_adopt(l);
    l->busy_ns = steady_now_ns();
    while (!l->ending) {
        // Fixed places, and descriptors below zero are skipped by poll().
        struct pollfd watch[WATCH_MAX];
        watch[0] = (struct pollfd){.fd = l->signal_fd, .events = POLLIN};
        watch[1] = (struct pollfd){.fd = l->listen_fd, .events = POLLIN};
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            const struct connection *c = &l->connections[i];
            watch[2 + i] = (struct pollfd){.fd = c->fd, .events = (short)(c->out ? POLLOUT : c->waiting ? 0 : POLLIN)};
        }
        for (int i = 0; i < JOBS_MAX; i++)
            watch[2 + CONNECTIONS_MAX + i] = (struct pollfd){.fd = l->jobs[i].kind ? l->jobs[i].out_fd : -1, .events = POLLIN};
        if (poll(watch, WATCH_MAX, TICK_MS) < 0 && errno != EINTR)
            return TCI_FAILED;
        for (int i = 0; i < JOBS_MAX; i++)
            if (watch[2 + CONNECTIONS_MAX + i].revents)
                job_read(l, i);
        if (watch[0].revents)
            read_signals(l);
        for (int i = 0; i < CONNECTIONS_MAX; i++)
            if (watch[2 + i].revents & (POLLERR | POLLNVAL) || (watch[2 + i].revents & POLLHUP && !(watch[2 + i].revents & POLLIN)))
                connection_close(l, i);
            else if (watch[2 + i].revents & POLLOUT)
                connection_write(l, i);
            else if (watch[2 + i].revents & POLLIN)
                connection_read(l, i);
        if (watch[1].revents)
            connection_accept(l);
        job_tick(l);
        expire_connections(l);
        idle_tick(l);
    }
    unlink(l->socket);
    return TCI_OK;
}
