// SPDX-License-Identifier: BSD-3-Clause
#include "launcher_client.h"

#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *path, int *fd, struct tci_error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!path || strlen(path) >= sizeof address.sun_path)
        return fail(error, TCI_BAD_REQUEST, "the socket's path is missing or longer than %zu bytes", sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path) + 1);
    *fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0)
        return fail_os(error, TCI_FAILED, "cannot make a socket");
    if (!connect(*fd, (struct sockaddr *)&address, sizeof address))
        return TCI_OK;
    int code = fail_os(error, errno == EACCES ? TCI_NO_RIGHTS : TCI_NO_LAUNCHER, "no launcher answers on %s", path);
    close(*fd);
    *fd = -1; // the caller closes what it is given: a number that another thread may own by now must not be given
    return code;
}

// 0 when the descriptor is ready.
static int await(int fd, short events, int64_t deadline_ns, struct tci_error *error)
{
    for (;;) {
        struct pollfd waiting = {.fd = fd, .events = events};
        int ready = poll(&waiting, 1, ms_until(deadline_ns));
        if (ready > 0)
            return TCI_OK;
        if (ready < 0 && errno != EINTR)
            return fail_os(error, TCI_FAILED, "cannot wait for the launcher");
        if (steady_now_ns() >= deadline_ns)
            return fail(error, TCI_TIMEOUT, "the launcher has not answered in time");
    }
}

static int send_line(int fd, const char *text, size_t bytes, int64_t deadline_ns, struct tci_error *error)
{
    for (size_t sent = 0; sent < bytes;) {
        int code = await(fd, POLLOUT, deadline_ns, error);
        if (code)
            return code;
        ssize_t n = send(fd, text + sent, bytes - sent, MSG_NOSIGNAL);
        // A launcher that refuses a caller says why and hangs up without listening; the answer is there to be read.
        if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
            return TCI_OK;
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return fail_os(error, TCI_NO_LAUNCHER, "cannot ask the launcher");
        sent += n > 0 ? (size_t)n : 0;
    }
    return TCI_OK;
}

static int receive_line(int fd, char *text, size_t *bytes, int64_t deadline_ns, struct tci_error *error)
{
    *bytes = 0;
    while (*bytes < TCI_ANSWER_BYTES_MAX) {
        int code = await(fd, POLLIN, deadline_ns, error);
        if (code)
            return code;
        ssize_t n = recv(fd, text + *bytes, TCI_ANSWER_BYTES_MAX - *bytes, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (n <= 0)
            return fail(error, TCI_NO_LAUNCHER, "the launcher hung up");
        char *end = memchr(text + *bytes, '\n', (size_t)n);
        *bytes += (size_t)n;
        if (end) {
            *bytes = (size_t)(end - text);
            return TCI_OK;
        }
    }
    return fail(error, TCI_FAILED, "the launcher's answer is longer than %u bytes", TCI_ANSWER_BYTES_MAX);
}

static int exchange(int fd, const char *line, size_t line_bytes, int64_t deadline_ns, json_t **answer, struct tci_error *error)
{
    size_t bytes;
    char *text = malloc(TCI_ANSWER_BYTES_MAX);
    if (!text)
        return fail(error, TCI_FAILED, "no memory for an answer");
    int code = send_line(fd, line, line_bytes, deadline_ns, error);
    if (!code)
        code = receive_line(fd, text, &bytes, deadline_ns, error);
    json_error_t where;
    if (!code && !(*answer = json_loadb(text, bytes, 0, &where)))
        code = fail(error, TCI_FAILED, "the launcher's answer is not JSON");
    free(text);
    return code;
}

static int refusal(json_t *answer, struct tci_error *error)
{
    const char *message = json_string_value(json_object_get(answer, "message"));
    json_t *position = json_object_get(answer, "position");
    int code = outcome_from_name(json_string_value(json_object_get(answer, "code")));
    if (code == TCI_OK)
        code = TCI_FAILED;
    fail(error, code, "%s", message ? message : "the launcher refused without a word");
    if (error && json_is_integer(position))
        error->position = (int32_t)json_integer_value(position);
    return code;
}

int client_ask(const char *socket, json_t *request, int64_t deadline_ns, json_t **answer, struct tci_error *error)
{
    int fd = -1;
    json_t *got = NULL;
    char *line = request ? json_dumps(request, JSON_COMPACT) : NULL;
    json_decref(request);
    *answer = NULL;
    if (!line)
        return fail(error, TCI_BAD_REQUEST, "what is asked for is not UTF-8 text");
    size_t bytes = strlen(line);
    line[bytes] = '\n'; // in place of the NUL: the line is counted from here on
    int code = bytes > TCI_REQUEST_BYTES_MAX ? fail(error, TCI_BAD_REQUEST, "the request is longer than %u bytes", TCI_REQUEST_BYTES_MAX)
                                             : connect_to(socket, &fd, error);
    if (!code)
        code = exchange(fd, line, bytes + 1, deadline_ns, &got, error);
    if (fd >= 0)
        close(fd);
    free(line);
    if (!code && !json_is_true(json_object_get(got, "ok")))
        code = refusal(got, error);
    if (code)
        json_decref(got);
    else
        *answer = got;
    return code;
}
