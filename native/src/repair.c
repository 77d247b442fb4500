// SPDX-License-Identifier: BSD-3-Clause
#include "repair.h"

#include "dir_lock.h"
#include "engine.h"
#include "instant.h"
#include "outcome.h"
#include "rights.h"
#include "traffic_scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Opens the file by its final name or, if it never got that, by its first one.
static int open_traffic(int dir_fd, enum traffic_format format, uint32_t queue, uint32_t index, bool *part)
{
    char name[TRAFFIC_NAME_BYTES];
    for (int attempt = 0; attempt < 2; attempt++) {
        *part = attempt;
        traffic_name(name, format, queue, index, *part);
        int fd = openat(dir_fd, name, (*part ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        if (fd >= 0 || errno != ENOENT)
            return fd;
    }
    return -1;
}

static int complete_file(const struct engine *e, int fd, uint32_t queue, uint32_t index, const struct traffic_scan *scan, struct tci_error *error)
{
    char part[TRAFFIC_NAME_BYTES], whole[TRAFFIC_NAME_BYTES];
    traffic_name(part, e->request.format, queue, index, true);
    traffic_name(whole, e->request.format, queue, index, false);
    if (!scan->whole_bytes)
        return unlinkat(e->dir_fd, part, 0) ? fail_os(error, TCI_WRITE_FAILED, "cannot remove %s", part) : TCI_OK;
    if (ftruncate(fd, (off_t)scan->whole_bytes) || fsync(fd) || renameat(e->dir_fd, part, e->dir_fd, whole))
        return fail_os(error, TCI_WRITE_FAILED, "cannot complete %s", part);
    return TCI_OK;
}

static int repair_file(struct engine *e, struct lane *l, uint32_t index, int fd, bool part, struct tci_counters *stored, struct tci_error *error)
{
    struct traffic_scan scan;
    int code = traffic_scan(fd, &scan, error);
    if (!code && part)
        code = complete_file(e, fd, l->index, index, &scan, error);
    if (code || !scan.whole_bytes)
        return code;
    struct tci_counters found = {.stored = scan.stored, .cut = scan.cut, .first_packet_unix_ns = scan.first_unix_ns, .last_packet_unix_ns = scan.last_unix_ns};
    counters_add(stored, &found);
    struct traffic_file *more = realloc(l->files, (index + 1) * sizeof *more);
    if (!more)
        return fail(error, TCI_FAILED, "no memory for the list of files");
    l->files = more;
    more[index] = (struct traffic_file){scan.whole_bytes, scan.stored.packets};
    l->file_count = index + 1;
    l->slot.file_bytes += scan.whole_bytes;
    l->link_type = (int)scan.link_type;
    return TCI_OK;
}

static uint64_t missing(uint64_t expected, uint64_t found)
{
    return expected > found ? expected - found : 0;
}

// The files say what was stored. What the engine had taken, and neither stored nor otherwise counted, died with it.
static void settle(struct tci_counters *c, const struct tci_counters *found)
{
    struct tci_amount expected = {c->stored.packets + c->in_flight.packets, c->stored.bytes + c->in_flight.bytes};
    struct tci_amount lost = {missing(expected.packets, found->stored.packets), missing(expected.bytes, found->stored.bytes)};
    c->stored = found->stored;
    c->cut = found->cut;
    c->first_packet_unix_ns = found->first_packet_unix_ns;
    c->last_packet_unix_ns = found->last_packet_unix_ns;
    c->dropped_engine_lost.packets += lost.packets;
    c->dropped_engine_lost.bytes += lost.bytes;
    c->in_flight = (struct tci_amount){0};
    // Files that hold more than was ever published were not written by this engine alone; they are not hidden.
    c->seen.packets += missing(found->stored.packets, expected.packets);
    c->seen.bytes += missing(found->stored.bytes, expected.bytes);
}

static int repair_queue(struct engine *e, struct lane *l, struct tci_error *error)
{
    struct tci_counters found = {0};
    if (!status_read_queue(l->page, &l->slot))
        return fail(error, TCI_FAILED, "the counters keep changing though nobody holds the directory");
    l->slot.file_bytes = 0;
    int code = TCI_OK;
    for (uint32_t index = 0; !code && index < FILES_PER_QUEUE_MAX; index++) {
        bool part;
        int fd = open_traffic(e->dir_fd, e->request.format, l->index, index, &part);
        if (fd < 0 && errno == ENOENT)
            break;
        if (fd < 0)
            return fail_os(error, TCI_FAILED, "cannot open a traffic file");
        code = repair_file(e, l, index, fd, part, &found, error);
        close(fd);
    }
    if (code)
        return code;
    settle(&l->slot.counters, &found);
    l->slot.updated = unix_now_ns();
    status_publish(l->page, &l->slot);
    return TCI_OK;
}

static int map_status(struct engine *e, struct tci_error *error)
{
    int code = status_map(e->dir_fd, true, &e->status, error);
    if (code != TCI_NO_CAPTURE)
        return code ? code : engine_make_lanes(e, error);
    // Killed before it made its page. Counters of nothing are all zero.
    return engine_make_pages(e, error);
}

static int repair_taken(struct engine *e, struct repair_reason reason, struct tci_error *error)
{
    struct tci_error ignored;
    if (!faccessat(e->dir_fd, "summary.json", F_OK, 0)) {
        // Killed between the summary and the last word in the page.
        if (!status_map(e->dir_fd, true, &e->status, &ignored))
            e->status.header->state = TCI_STATE_ENDED;
        return TCI_OK;
    }
    // A request nobody can read is no reason to leave the rest incomplete: the summary then has what is known.
    if (request_read(e->dir_fd, &e->request, &ignored))
        request_init(&e->request);
    int code = map_status(e, error);
    for (uint32_t i = 0; !code && i < e->lane_count; i++)
        code = repair_queue(e, &e->lanes[i], error);
    if (code)
        return code;
    e->status.header->signal = (uint32_t)reason.signal;
    if (reason.signal)
        fail(&e->end, reason.code, "the engine was killed by signal %d", reason.signal);
    else
        fail(&e->end, reason.code, "the engine is gone and has left no summary");
    return engine_conclude(e, error);
}

int repair_directory(const char *dir, uid_t caller, struct repair_reason reason, struct tci_error *error)
{
    static struct engine engine;
    engine_init(&engine);
    engine.completed_by = "repair";
    int code = rights_begin(error);
    if (!code)
        code = dir_open(dir, &engine.dir_fd, error);
    if (!code)
        code = rights_check_caller(engine.dir_fd, caller, error);
    if (!code)
        code = rights_become_owner(engine.dir_fd, error);
    if (!code)
        code = rights_keep(0, error);
    if (!code && faccessat(engine.dir_fd, LOCK_FILE, F_OK, 0))
        code = fail(error, TCI_NO_CAPTURE, "no engine ever worked in %.300s", dir);
    if (!code)
        code = lock_take(engine.dir_fd, LOCK_FILE, &engine.lock_fd, error);
    if (!code)
        code = repair_taken(&engine, reason, error);
    engine_free(&engine);
    return code;
}
