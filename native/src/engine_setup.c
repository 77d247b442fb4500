// SPDX-License-Identifier: BSD-3-Clause
#include "dir_lock.h"
#include "engine.h"
#include "instant.h"
#include "outcome.h"
#include "rights.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEADLINE_GRACE_S = 30 }; // after this the kernel ends an engine that hangs in a write

void engine_init(struct engine *e)
{
    *e = (struct engine){.dir_fd = -1, .lock_fd = -1, .start_unix_ns = INT64_MAX, .stop_unix_ns = INT64_MAX, .writer = {.fd = -1}, .completed_by = "engine"};
    request_init(&e->request);
}

int engine_open_source(struct engine *e, struct tci_error *error)
{
    const char *rest;
    const struct source_kind *kind = source_find(e->request.source, &rest, error);
    if (!kind)
        return error->code;
    int code = kind->needs_net_raw ? TCI_OK : rights_drop_all(error);
    if (!code)
        code = kind->open(rest, &e->request, &e->source, error);
    if (!code && kind->needs_net_raw)
        code = rights_drop_all(error);
    if (!code)
        memcpy(e->source->facts.name, e->request.source, sizeof e->source->facts.name);
    return code;
}

int engine_compile_filter(struct engine *e, struct tci_error *error)
{
    // The whole packet is filtered, then it is cut.
    return filter_compile(e->request.filter, strlen(e->request.filter), e->source->facts.link_type, SNAPLEN_BYTES_MAX, &e->filter, error);
}

// Files of an earlier capture would be taken for files of this one.
static int refuse_used(int dir_fd, struct tci_error *error)
{
    int again = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = again < 0 ? NULL : fdopendir(again);
    if (!listing)
        return fail_os(error, TCI_NO_RIGHTS, "cannot list the directory");
    int code = TCI_OK;
    for (const struct dirent *entry; !code && (entry = readdir(listing));)
        if (!strncmp(entry->d_name, "traffic.", 8) || !strcmp(entry->d_name, "summary.json") || !strcmp(entry->d_name, "status"))
            code = fail(error, TCI_DIRECTORY_IN_USE, "the directory holds a capture already (%.64s)", entry->d_name);
    closedir(listing);
    return code;
}

int engine_take_directory(struct engine *e, const char *path, uid_t caller, struct tci_error *error)
{
    int code = dir_open(path, &e->dir_fd, error);
    if (!code)
        code = rights_check_caller(e->dir_fd, caller, error);
    if (!code)
        code = rights_become_owner_keeping_net_raw(e->dir_fd, error);
    // Before the lock, so that a start that is refused never looks like an engine at work; and again with it, when nobody else can have come in between.
    if (!code)
        code = refuse_used(e->dir_fd, error);
    if (!code)
        code = lock_take(e->dir_fd, LOCK_FILE, &e->lock_fd, error);
    return code ? code : refuse_used(e->dir_fd, error);
}

int engine_make_pages(struct engine *e, struct tci_error *error)
{
    int code = status_create(e->dir_fd, 1, &e->status, error);
    if (!code)
        code = control_create(e->dir_fd, &e->control, error);
    if (!code)
        code = summary_reserve(e->dir_fd, error);
    if (code)
        return code;
    e->status.header->pid = (uint32_t)getpid();
    e->status.header->created = unix_now_ns();
    return TCI_OK;
}

int engine_open_writer(struct engine *e, struct tci_error *error)
{
    return writer_open(&e->writer, e->dir_fd, 0, &e->request, e->source->facts.link_type, error);
}

void engine_arm(struct engine *e)
{
    struct status_header *header = e->status.header;
    int64_t now_unix_ns = unix_now_ns(), left_ns = e->request.deadline_unix_ns - now_unix_ns;
    e->deadline_steady_ns = steady_now_ns() + left_ns;
    alarm((unsigned)(left_ns / NS_PER_S) + DEADLINE_GRACE_S);
    if (e->request.start_at_unix_ns || !e->request.arm) {
        e->start_told = true;
        e->start_unix_ns = e->request.start_at_unix_ns ? e->request.start_at_unix_ns : now_unix_ns;
        header->start = e->start_unix_ns;
    }
    memcpy(header->id, e->request.id, sizeof header->id);
    header->deadline = e->request.deadline_unix_ns;
    header->armed = now_unix_ns;
    atomic_store_explicit(&header->state, TCI_STATE_ARMED, memory_order_release);
}

int engine_conclude(struct engine *e, struct tci_error *error)
{
    struct status_header *header = e->status.header;
    if (!header->ended)
        header->ended = unix_now_ns();
    header->end_code = (uint32_t)e->end.code;
    snprintf(header->message, sizeof header->message, "%.255s", e->end.message);
    int code = summary_write(e->dir_fd, summary_of(e), error);
    if (!code)
        atomic_store_explicit(&header->state, TCI_STATE_ENDED, memory_order_release);
    return code;
}

void engine_free(struct engine *e)
{
    if (e->source)
        e->source->kind->close(e->source);
    writer_free(&e->writer);
    filter_free(&e->filter);
    control_unmap(e->control);
    status_unmap(&e->status);
    if (e->dir_fd >= 0)
        close(e->dir_fd);
    if (e->lock_fd >= 0)
        close(e->lock_fd);
    engine_init(e);
}
