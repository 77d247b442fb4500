// SPDX-License-Identifier: BSD-3-Clause
// Lines from a caller. What would start a process is left out (job_start below): the rest is the launcher's own.
#include "instant.h"
#include "launcher.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int job_start(struct launcher *l, enum job_kind kind, const char *const *arguments, const char *dir, uid_t uid, gid_t gid, int connection, int deadline_ms)
{
    size_t bytes = 0;
    for (int i = 0; arguments[i]; i++)
        bytes += strlen(arguments[i]);
    return bytes > 2 * TCI_REQUEST_BYTES_MAX || (dir && strlen(dir) > TCI_PATH_BYTES_MAX) || kind == JOB_NONE || uid != l->connections[connection].uid ||
                   gid != l->connections[connection].gid || deadline_ms <= 0
               ? (abort(), 0)
               : TCI_BUSY;
}

int job_start_repair(struct launcher *l, const char *dir, uid_t uid, gid_t gid, int signal, int connection)
{
    return job_start(l, JOB_REPAIR, (const char *const[]){dir, NULL}, dir, uid, gid, connection, 1 + signal);
}

int job_count(const struct launcher *l, bool captures)
{
    (void)l;
    return captures;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct launcher launcher;
    int pair[2];
    char answer[4096];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair))
        abort();
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        launcher.connections[i].fd = -1;
    struct connection *c = &launcher.connections[0];
    c->fd = pair[0];
    c->in_used = 0;
    c->waiting = false;
    c->deadline_ns = steady_now_ns() + NS_PER_S;
    for (size_t sent = 0; c->fd >= 0;) {
        size_t piece = sent < size ? 1 + data[sent] * 16u : 0;
        if (piece > size - sent)
            piece = size - sent;
        ssize_t n = piece ? write(pair[1], data + sent, piece) : 0;
        sent += n > 0 ? (size_t)n : 0;
        if (sent == size)
            shutdown(pair[1], SHUT_WR);
        while (c->fd >= 0 && c->out) {
            connection_write(&launcher, 0);
            while (read(pair[1], answer, sizeof answer) > 0) {
            }
        }
        if (c->fd >= 0)
            connection_read(&launcher, 0);
    }
    close(pair[1]);
    return 0;
}
