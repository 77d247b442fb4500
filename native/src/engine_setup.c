// SPDX-License-Identifier: BSD-3-Clause
#include "confine.h"
#include "dir_lock.h"
#include "engine.h"
#include "instant.h"
#include "outcome.h"
#include "placement.h"
#include "rights.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEADLINE_GRACE_S = 30 }; // after this the kernel ends an engine that hangs in a write

void engine_init(struct engine *e)
{
    *e = (struct engine){.dir_fd = -1, .lock_fd = -1, .start_unix_ns = INT64_MAX, .stop_told_unix_ns = INT64_MAX, .completed_by = "engine",
                         .window = {.start_unix_ns = INT64_MAX, .stop_unix_ns = INT64_MAX, .wake_event = -1, .gate = PTHREAD_MUTEX_INITIALIZER}};
    request_init(&e->request);
}

int engine_open_source(struct engine *e, struct tci_error *error)
{
    const char *rest;
    const struct source_kind *kind = source_find(e->request.source, &rest, error);
    if (!kind)
        return error->code;
    int code = rights_keep(kind->rights | kind->rights_of_use, error);
    if (!code)
        code = kind->open(rest, &e->request, e->sources, &e->source_count, error);
    if (!code)
        code = rights_keep(0, error);
    for (uint32_t i = 0; !code && i < e->source_count; i++)
        memcpy(e->sources[i]->facts.name, e->request.source, sizeof e->sources[i]->facts.name);
    return code;
}

int engine_compile_filter(struct engine *e, struct tci_error *error)
{
    // The whole packet is filtered, then it is cut.
    return filter_compile(e->request.filter, strlen(e->request.filter), e->sources[0]->facts.link_type, SNAPLEN_BYTES_MAX, &e->filter, error);
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
        code = rights_become_owner(e->dir_fd, error);
    // Before the lock, so that a start that is refused never looks like an engine at work; and again with it, when nobody else can have come in between.
    if (!code)
        code = refuse_used(e->dir_fd, error);
    if (!code)
        code = lock_take(e->dir_fd, LOCK_FILE, &e->lock_fd, error);
    return code ? code : refuse_used(e->dir_fd, error);
}

int engine_make_pages(struct engine *e, struct tci_error *error)
{
    int code = status_create(e->dir_fd, e->source_count ? e->source_count : 1, &e->status, error);
    if (!code)
        code = control_create(e->dir_fd, &e->control, error);
    if (!code)
        code = summary_reserve(e->dir_fd, error);
    if (code)
        return code;
    e->status.header->pid = (uint32_t)getpid();
    e->status.header->created = unix_now_ns();
    return engine_make_lanes(e, error);
}

int engine_make_lanes(struct engine *e, struct tci_error *error)
{
    e->lanes = calloc(e->status.count, sizeof *e->lanes);
    if (!e->lanes)
        return fail(error, TCI_FAILED, "no memory for %u queues", e->status.count);
    e->lane_count = e->status.count;
    for (uint32_t i = 0; i < e->lane_count; i++)
        e->lanes[i] = (struct lane){.request = &e->request, .filter = &e->filter, .window = &e->window, .page = &e->status.queues[i], .index = i,
                                    .count = e->lane_count, .link_type = -1};
    return TCI_OK;
}

static int open_writer(const struct engine *e, struct lane *l, struct tci_error *error)
{
    l->source = e->sources[l->index];
    l->link_type = l->source->facts.link_type;
    const struct source_kind *kind = l->source->kind;
    cpu_set_t home;
    // Its memory, and the thread that writes it, near its queue, unless all of the process is.
    bool away = kind->node && placement_got().node == NO_NODE && placement_visit("/sys", kind->node(l->source), &home);
    sched_getaffinity(0, sizeof l->near, &l->near);
    int code = stages_open(&l->stages, &e->request, l->link_type, error);
    if (!code)
        code = writer_open(&l->writer, e->dir_fd, l->index, &e->request, l->link_type, error);
    if (away)
        placement_return(&home);
    return code;
}

static void share_processors(struct engine *e)
{
    for (uint32_t i = 0; i < e->lane_count; i++)
        for (uint32_t j = 0; j < e->lane_count; j++)
            if (i != j && CPU_EQUAL(&e->lanes[i].near, &e->lanes[j].near)) {
                e->lanes[i].others++;
                e->lanes[i].nth += j < i;
            }
}

int engine_open_writers(struct engine *e, struct tci_error *error)
{
    int code = window_open(&e->window, error);
    for (uint32_t i = 0; !code && i < e->lane_count; i++) {
        code = open_writer(e, &e->lanes[i], error);
        e->window.bytes += e->lanes[i].writer.bytes;
    }
    share_processors(e);
    if (!code && e->request.bytes && e->window.bytes > (uint64_t)e->request.bytes)
        code = fail(error, TCI_BAD_REQUEST, "the limit of bytes has no room for the beginnings of %u files", e->lane_count);
    return code;
}

int engine_arm(struct engine *e, struct tci_error *error)
{
    struct status_header *header = e->status.header;
    int64_t now_unix_ns = unix_now_ns(), left_ns = e->request.deadline_unix_ns - now_unix_ns;
    e->deadline_steady_ns = steady_now_ns() + left_ns;
    alarm((unsigned)(left_ns / NS_PER_S) + DEADLINE_GRACE_S);
    if (e->request.start_at_unix_ns || !e->request.arm) {
        e->start_told = true;
        e->start_unix_ns = e->request.start_at_unix_ns ? e->request.start_at_unix_ns : now_unix_ns;
        header->start = e->start_unix_ns;
        e->window.start_unix_ns = e->start_unix_ns;
    }
    memcpy(header->id, e->request.id, sizeof header->id);
    snprintf(header->mode, sizeof header->mode, "%s", e->sources[0]->facts.mode ? e->sources[0]->facts.mode : "");
    header->deadline = e->request.deadline_unix_ns;
    header->armed = now_unix_ns;
    int code = confine(e->sources[0]->kind->calls_driver, error);
    for (uint32_t i = 0; !code && i < e->lane_count; i++)
        code = lane_start(&e->lanes[i], error);
    if (code) {
        window_end(&e->window, now_unix_ns, code, error->message);
        return code;
    }
    atomic_store_explicit(&header->state, TCI_STATE_ARMED, memory_order_release);
    return TCI_OK;
}

void engine_stop(struct engine *e)
{
    atomic_store_explicit(&e->window.ending, true, memory_order_release);
    atomic_store_explicit(&e->window.closed, true, memory_order_relaxed);
    for (uint32_t i = 0; i < e->lane_count; i++)
        lane_join(&e->lanes[i]);
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
    engine_stop(e);
    for (uint32_t i = 0; i < e->lane_count; i++)
        lane_free(&e->lanes[i]);
    free(e->lanes);
    for (uint32_t i = 0; i < e->source_count; i++)
        e->sources[i]->kind->close(e->sources[i]);
    window_free(&e->window);
    filter_free(&e->filter);
    control_unmap(e->control);
    status_unmap(&e->status);
    if (e->dir_fd >= 0)
        close(e->dir_fd);
    if (e->lock_fd >= 0)
        close(e->lock_fd);
    engine_init(e);
}
