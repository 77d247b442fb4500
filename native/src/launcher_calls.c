// SPDX-License-Identifier: BSD-3-Clause
#include "instant.h"
#include "launcher.h"
#include "outcome.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GROUPS_MAX = 64 };

static bool group_allowed(const struct launcher *l, gid_t gid)
{
    for (int i = 0; i < l->gid_count; i++)
        if (l->gids[i] == gid)
            return true;
    return false;
}

static bool allowed(const struct launcher *l, int fd, const struct ucred *peer)
{
    if (peer->uid == 0 || peer->uid == geteuid() || group_allowed(l, peer->gid))
        return true;
    for (int i = 0; i < l->uid_count; i++)
        if (l->uids[i] == peer->uid)
            return true;
    gid_t groups[GROUPS_MAX];
    socklen_t bytes = sizeof groups;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &bytes))
        return false; // in more groups than we look at, or an error: not shown to be allowed
    for (size_t i = 0; i < bytes / sizeof *groups; i++)
        if (group_allowed(l, groups[i]))
            return true;
    return false;
}

void connection_accept(struct launcher *l)
{
    int fd = accept4(l->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    struct ucred peer;
    socklen_t bytes = sizeof peer;
    if (fd < 0)
        return;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes)) {
        close(fd);
        return;
    }
    int index = 0;
    while (index < CONNECTIONS_MAX && l->connections[index].fd >= 0)
        index++;
    static const char busy[] = "{\"ok\":false,\"code\":\"busy\",\"exitCode\":16,\"message\":\"too many connections\"}\n";
    static const char no_rights[] = "{\"ok\":false,\"code\":\"no-rights\",\"exitCode\":4,\"message\":\"this user may not ask for captures here\"}\n";
    bool may = allowed(l, fd, &peer);
    if (!may || index == CONNECTIONS_MAX) {
        // One line into the empty buffer of a new socket; a caller that is not there to read it gets none.
        ssize_t sent = may ? send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL) : send(fd, no_rights, sizeof no_rights - 1, MSG_NOSIGNAL);
        (void)sent;
        close(fd);
        return;
    }
    struct connection *c = &l->connections[index];
    c->fd = fd;
    c->uid = peer.uid;
    c->gid = peer.gid;
    c->waiting = false;
    c->in_used = 0;
    c->deadline_ns = steady_now_ns() + REQUEST_DEADLINE_MS * NS_PER_MS;
}

void connection_close(struct launcher *l, int index)
{
    struct connection *c = &l->connections[index];
    if (c->fd < 0)
        return;
    close(c->fd);
    c->fd = -1;
    free(c->out);
    c->out = NULL;
    for (int i = 0; i < JOBS_MAX; i++)
        if (l->jobs[i].kind && l->jobs[i].connection == index)
            l->jobs[i].connection = -1; // what was asked for is done nevertheless
}

// A request is a line. While it is being answered nothing more is read, so that a caller has one answer pending at most.
static void next_request(struct launcher *l, int index)
{
    struct connection *c = &l->connections[index];
    char *end = memchr(c->in, '\n', c->in_used);
    if (!end) {
        if (c->in_used > TCI_REQUEST_BYTES_MAX) {
            c->in_used = 0;
            connection_fail(l, index, TCI_BAD_REQUEST, "the request is longer than 65536 bytes");
        }
        return;
    }
    size_t bytes = (size_t)(end - c->in);
    static char line[TCI_REQUEST_BYTES_MAX + 1];
    memcpy(line, c->in, bytes);
    c->in_used -= bytes + 1;
    memmove(c->in, end + 1, c->in_used);
    request_serve(l, index, line, bytes);
}

void connection_read(struct launcher *l, int index)
{
    struct connection *c = &l->connections[index];
    ssize_t n = read(c->fd, c->in + c->in_used, sizeof c->in - c->in_used);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        connection_close(l, index);
        return;
    }
    c->in_used += (size_t)n;
    next_request(l, index);
}

void connection_write(struct launcher *l, int index)
{
    struct connection *c = &l->connections[index];
    ssize_t n = send(c->fd, c->out + c->out_sent, c->out_bytes - c->out_sent, MSG_NOSIGNAL);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n < 0) {
        connection_close(l, index);
        return;
    }
    c->out_sent += (size_t)n;
    if (c->out_sent < c->out_bytes)
        return;
    free(c->out);
    c->out = NULL;
    c->deadline_ns = steady_now_ns() + REQUEST_DEADLINE_MS * NS_PER_MS;
    next_request(l, index);
}

void connection_answer(struct launcher *l, int index, const char *text, size_t bytes)
{
    if (index < 0 || l->connections[index].fd < 0)
        return;
    struct connection *c = &l->connections[index];
    c->waiting = false;
    c->out = malloc(bytes + 1);
    if (!c->out) {
        connection_close(l, index);
        return;
    }
    memcpy(c->out, text, bytes);
    c->out[bytes] = '\n';
    c->out_bytes = bytes + 1;
    c->out_sent = 0;
    c->deadline_ns = steady_now_ns() + WRITE_DEADLINE_MS * NS_PER_MS;
}

void connection_fail(struct launcher *l, int index, int code, const char *message)
{
    json_t *answer = json_pack("{s:b, s:s, s:i, s:s}", "ok", 0, "code", tci_capture_code_name(code), "exitCode", outcome_exit_code(code), "message", message);
    char *text = answer ? json_dumps(answer, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(answer);
    if (text)
        connection_answer(l, index, text, strlen(text));
    else if (index >= 0)
        connection_close(l, index);
    free(text);
}
