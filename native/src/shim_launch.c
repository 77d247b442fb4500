// SPDX-License-Identifier: BSD-3-Clause
// The shim's calls that need a launcher.
#include "instant.h"
#include "launcher_client.h"
#include "outcome.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { RETRY_MS = 20, PATIENCE_MS = 1000 };
#define IDLE_EXIT "30s" // a launcher that was only started for us leaves nothing behind

static int64_t deadline_after(int32_t timeout_ms)
{
    return steady_now_ns() + (timeout_ms > 0 ? timeout_ms : 0) * NS_PER_MS;
}

static int ask_only(const char *socket, json_t *request, int64_t deadline_ns, struct tci_error *error)
{
    json_t *answer;
    int code = client_ask(socket, request, deadline_ns, &answer, error);
    json_decref(answer);
    return code;
}

static int ping(const char *socket, int64_t deadline_ns, struct tci_error *error)
{
    return ask_only(socket, json_pack("{s:s}", "command", "ping"), deadline_ns, error);
}

// `serve --detach` ends when its grandchild listens. The caller's own signal handling may have taken its status; that is no error.
static int spawn(const char *program, const char *socket, int64_t deadline_ns, struct tci_error *error)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t pid;
    char *const arguments[] = {"tci-capture", "serve", "--socket", (char *)socket, "--detach", "--idle-exit", IDLE_EXIT, NULL};
    char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", NULL};
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int refused = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", 2, 0);
    if (!refused)
        refused = posix_spawn_file_actions_addclosefrom_np(&files, 3);
    if (!refused)
        refused = posix_spawn(&pid, program, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    errno = refused;
    if (refused)
        return fail_os(error, TCI_NO_LAUNCHER, "cannot start %.300s", program);
    int status = 0;
    pid_t ended;
    while ((ended = waitpid(pid, &status, WNOHANG)) == 0) {
        if (steady_now_ns() >= deadline_ns)
            return fail(error, TCI_TIMEOUT, "the launcher was not ready in time");
        sleep_ns(RETRY_MS * NS_PER_MS);
    }
    if (ended == pid && status && !(WIFEXITED(status) && WEXITSTATUS(status) == TCI_BUSY))
        return fail(error, TCI_NO_LAUNCHER, "%.300s could not serve %.100s (%s)", program, socket,
                    WIFEXITED(status) ? tci_capture_code_name(WEXITSTATUS(status)) : "killed");
    return TCI_OK;
}

static int await_launcher(const char *socket, int64_t deadline_ns, struct tci_error *error)
{
    int64_t patience_ns = steady_now_ns() + PATIENCE_MS * NS_PER_MS;
    for (;;) {
        int code = ping(socket, deadline_ns, error);
        int64_t now_ns = steady_now_ns();
        if (code != TCI_NO_LAUNCHER || now_ns >= patience_ns || now_ns >= deadline_ns)
            return code;
        sleep_ns(RETRY_MS * NS_PER_MS);
    }
}

int32_t tci_capture_launch(const char *socket, const char *program, int32_t timeout_ms, struct tci_error *error)
{
    int64_t deadline_ns = deadline_after(timeout_ms);
    struct tci_error first;
    int code = ping(socket, deadline_ns, &first);
    if (code == TCI_NO_LAUNCHER && program) {
        // Another caller's launcher may have won and be about to listen, or an idle one may be about to end: then it takes another try.
        while (!(code = spawn(program, socket, deadline_ns, &first)) && (code = await_launcher(socket, deadline_ns, &first)) == TCI_NO_LAUNCHER &&
               steady_now_ns() < deadline_ns) {
        }
    }
    if (error)
        *error = code ? first : (struct tci_error){.position = -1};
    return code;
}

int32_t tci_capture_start(const char *socket, const char *dir, int32_t timeout_ms, tci_capture **capture, struct tci_error *error)
{
    *capture = NULL;
    int code = ask_only(socket, json_pack("{s:s, s:s}", "command", "start", "dir", dir ? dir : ""), deadline_after(timeout_ms), error);
    return code ? code : tci_capture_open(dir, capture, error);
}

int32_t tci_capture_repair(const char *socket, const char *dir, int32_t timeout_ms, struct tci_error *error)
{
    return ask_only(socket, json_pack("{s:s, s:s}", "command", "repair", "dir", dir ? dir : ""), deadline_after(timeout_ms), error);
}

int32_t tci_capture_check_filter(const char *socket, const char *filter, size_t filter_bytes, int32_t link_type, int32_t snaplen, int32_t timeout_ms,
                                 int32_t *instructions, struct tci_error *error)
{
    // What can be said without asking; it also keeps a huge filter from being copied about.
    if (filter_bytes > TCI_FILTER_BYTES_MAX) {
        fail(error, TCI_BAD_FILTER, "the filter is %zu bytes long; at most %u are taken", filter_bytes, TCI_FILTER_BYTES_MAX);
        if (error)
            error->position = TCI_FILTER_BYTES_MAX;
        return TCI_BAD_FILTER;
    }
    for (size_t i = 0; i < filter_bytes; i++)
        if ((unsigned char)filter[i] < 0x20 && !strchr("\t\n\r", filter[i] ? filter[i] : 1)) {
            fail(error, TCI_BAD_FILTER, "a filter has no byte 0x%02x", (unsigned char)filter[i]);
            if (error)
                error->position = (int32_t)i;
            return TCI_BAD_FILTER;
        }
    json_t *answer;
    json_t *request = json_pack("{s:s, s:s%, s:i, s:i}", "command", "check", "filter", filter, filter_bytes, "linkType", link_type, "snaplen", snaplen);
    if (!request)
        return fail(error, TCI_BAD_FILTER, "the filter is not UTF-8 text");
    int code = client_ask(socket, request, deadline_after(timeout_ms), &answer, error);
    if (!code && instructions)
        *instructions = (int32_t)json_integer_value(json_object_get(answer, "instructions"));
    json_decref(answer);
    return code;
}

int32_t tci_capture_list_sources(const char *socket, int32_t timeout_ms, char *buffer, size_t buffer_bytes, size_t *needed, struct tci_error *error)
{
    json_t *answer;
    *needed = 0;
    int code = client_ask(socket, json_pack("{s:s}", "command", "list"), deadline_after(timeout_ms), &answer, error);
    if (code)
        return code;
    char *text = json_dumps(json_object_get(answer, "sources"), JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(answer);
    if (!text)
        return fail(error, TCI_FAILED, "the launcher's answer has no sources");
    *needed = strlen(text) + 1;
    if (*needed > buffer_bytes)
        code = fail(error, TCI_BUFFER_TOO_SMALL, "the list is %zu bytes long", *needed);
    else
        memcpy(buffer, text, *needed);
    free(text);
    return code;
}
