// SPDX-License-Identifier: BSD-3-Clause
#include "launcher.h"
#include "outcome.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void answer_json(struct launcher *l, int index, json_t *answer)
{
    char *text = answer ? json_dumps(answer, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(answer);
    if (text)
        connection_answer(l, index, text, strlen(text));
    else
        connection_fail(l, index, TCI_FAILED, "no memory for an answer");
    free(text);
}

static void ping(struct launcher *l, int index)
{
    answer_json(l, index, json_pack("{s:b, s:s, s:i, s:i}", "ok", 1, "version", tci_capture_version(), "pid", (int)getpid(), "captures", job_count(l, true)));
}

static void captures(struct launcher *l, int index)
{
    json_t *list = json_array();
    for (int i = 0; i < JOBS_MAX; i++)
        if (l->jobs[i].kind == JOB_CAPTURE)
            json_array_append_new(list, json_string(l->jobs[i].dir));
    answer_json(l, index, json_pack("{s:b, s:o}", "ok", 1, "captures", list));
}

// The member `dir`, absolute and of a length we can keep; NULL after an answer.
static const char *directory(struct launcher *l, int index, json_t *request)
{
    json_t *member = json_object_get(request, "dir");
    const char *dir = json_string_value(member);
    if (dir && dir[0] == '/' && json_string_length(member) <= TCI_PATH_BYTES_MAX)
        return dir;
    connection_fail(l, index, TCI_BAD_REQUEST, "dir is not an absolute path of at most 4000 bytes");
    return NULL;
}

static void begin(struct launcher *l, int index, enum job_kind kind, const char *const *arguments, const char *dir, int deadline_ms)
{
    const struct connection *c = &l->connections[index];
    int code = job_start(l, kind, arguments, dir, c->uid, c->gid, index, deadline_ms);
    if (code)
        connection_fail(l, index, code, code == TCI_BUSY ? "the launcher has as much to do as it takes" : "cannot start a process");
}

static void start(struct launcher *l, int index, json_t *request)
{
    const char *dir = directory(l, index, request);
    char as[32];
    if (!dir)
        return;
    snprintf(as, sizeof as, "%u:%u", l->connections[index].uid, l->connections[index].gid);
    begin(l, index, JOB_CAPTURE, (const char *const[]){"tci-capture", "run", "--managed", "--dir", dir, "--as", as, NULL}, dir, START_DEADLINE_MS);
}

static void check(struct launcher *l, int index, json_t *request)
{
    json_t *filter = json_object_get(request, "filter"), *link_type = json_object_get(request, "linkType"), *snaplen = json_object_get(request, "snaplen");
    char link_text[24], snaplen_text[24];
    if (!json_is_string(filter) || (link_type && !json_is_integer(link_type)) || (snaplen && !json_is_integer(snaplen))) {
        connection_fail(l, index, TCI_BAD_REQUEST, "check wants filter, a string, and may have linkType and snaplen, integers");
        return;
    }
    snprintf(link_text, sizeof link_text, "%lld", link_type ? (long long)json_integer_value(link_type) : 1);
    snprintf(snaplen_text, sizeof snaplen_text, "%lld", snaplen ? (long long)json_integer_value(snaplen) : 262144);
    begin(l, index, JOB_CHECK,
          (const char *const[]){"tci-capture", "check", "--linktype", link_text, "--snaplen", snaplen_text, "--filter", json_string_value(filter), NULL}, NULL,
          CHECK_DEADLINE_MS);
}

static void repair(struct launcher *l, int index, json_t *request)
{
    const char *dir = directory(l, index, request);
    if (!dir)
        return;
    const struct connection *c = &l->connections[index];
    int code = job_start_repair(l, dir, c->uid, c->gid, 0, index);
    if (code)
        connection_fail(l, index, code, "the launcher has as much to do as it takes");
}

void request_serve(struct launcher *l, int index, const char *text, size_t bytes)
{
    json_error_t where;
    json_t *request = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &where);
    const char *command = json_string_value(json_object_get(request, "command"));
    if (!command)
        connection_fail(l, index, TCI_BAD_REQUEST, request ? "the request is not an object with a command" : "the request is not JSON");
    else if (!strcmp(command, "ping"))
        ping(l, index);
    else if (!strcmp(command, "captures"))
        captures(l, index);
    else if (!strcmp(command, "start"))
        start(l, index, request);
    else if (!strcmp(command, "check"))
        check(l, index, request);
    else if (!strcmp(command, "list"))
        begin(l, index, JOB_LIST, (const char *const[]){"tci-capture", "list", "--json", NULL}, NULL, LIST_DEADLINE_MS);
    else if (!strcmp(command, "repair"))
        repair(l, index, request);
    else
        connection_fail(l, index, TCI_BAD_REQUEST, "the command is none of ping, captures, start, check, list, repair");
    json_decref(request);
}
