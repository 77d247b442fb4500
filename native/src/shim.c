// SPDX-License-Identifier: BSD-3-Clause
// The shim's calls on a capture: its directory, and nothing else.
#include "dir_lock.h"
#include "instant.h"
#include "outcome.h"
#include "pages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_STEP_MS = 10 };

// Nothing in it changes after open; what changes is in the mapped pages, and atomic there.
struct tci_capture {
    int dir_fd, lock_fd;
    struct status_page status;
    struct control_page *control;
};

void tci_capture_close(tci_capture *capture)
{
    if (!capture)
        return;
    control_unmap(capture->control);
    status_unmap(&capture->status);
    if (capture->lock_fd >= 0)
        close(capture->lock_fd);
    if (capture->dir_fd >= 0)
        close(capture->dir_fd);
    free(capture);
}

int32_t tci_capture_open(const char *dir, tci_capture **capture, struct tci_error *error)
{
    struct tci_error made = {.position = -1};
    *capture = NULL;
    tci_capture *opened = calloc(1, sizeof *opened);
    if (!opened)
        return fail(error, TCI_FAILED, "no memory for a capture");
    opened->dir_fd = opened->lock_fd = -1;
    int code = dir ? dir_open(dir, &opened->dir_fd, &made) : fail(&made, TCI_BAD_REQUEST, "no directory was given");
    if (!code)
        code = status_map(opened->dir_fd, false, &opened->status, &made);
    // A capture that ended may lie in a place that can only be read; orders to it are harmless, so it needs no control page.
    if (!code && control_map(opened->dir_fd, true, &opened->control, &made) && opened->status.header->state != TCI_STATE_ENDED)
        code = made.code;
    if (!code && (opened->lock_fd = openat(opened->dir_fd, LOCK_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)) < 0)
        code = fail_os(&made, errno == ENOENT ? TCI_NO_CAPTURE : TCI_FAILED, "cannot open %s", LOCK_FILE);
    if (code)
        tci_capture_close(opened);
    else
        *capture = opened;
    if (error)
        *error = code ? made : (struct tci_error){.position = -1};
    return code;
}

int32_t tci_capture_start_at(tci_capture *capture, int64_t unix_ns, struct tci_error *error)
{
    if (!capture || unix_ns < 0)
        return fail(error, TCI_BAD_REQUEST, "no capture, or a start before 1970");
    if (capture->control)
        atomic_store_explicit(&capture->control->start_at, unix_ns ? unix_ns : 1, memory_order_release);
    return TCI_OK;
}

int32_t tci_capture_stop(tci_capture *capture, struct tci_error *error)
{
    if (!capture)
        return fail(error, TCI_BAD_REQUEST, "no capture");
    if (capture->control)
        atomic_store_explicit(&capture->control->stop_at, 1, memory_order_release);
    return TCI_OK;
}

int32_t tci_capture_status(tci_capture *capture, struct tci_status *status, struct tci_error *error)
{
    if (!capture || !status)
        return fail(error, TCI_BAD_REQUEST, "no capture, or nowhere to put its status");
    // The lock before the page: an engine seen alive may have ended since, but none seen dead has anything left to write.
    int held = lock_held_fd(capture->lock_fd);
    if (held < 0)
        return fail_os(error, TCI_FAILED, "cannot ask for the lock");
    int code = status_read(&capture->status, status, error);
    status->alive = held;
    return code;
}

int32_t tci_capture_queue(tci_capture *capture, uint32_t queue, struct tci_counters *counters, struct tci_error *error)
{
    if (!capture || !counters || queue >= capture->status.count)
        return fail(error, TCI_BAD_REQUEST, "no capture, no such queue, or nowhere to put its counters");
    struct status_slot slot;
    if (!status_read_queue(&capture->status.queues[queue], &slot))
        return fail(error, TCI_BUSY, "the counters of queue %u changed during all attempts to read them", queue);
    *counters = slot.counters;
    return TCI_OK;
}

int32_t tci_capture_wait(tci_capture *capture, int32_t timeout_ms, struct tci_status *status, struct tci_error *error)
{
    int64_t deadline_ns = steady_now_ns() + (timeout_ms > 0 ? timeout_ms : 0) * NS_PER_MS;
    for (;;) {
        int code = tci_capture_status(capture, status, error);
        if (code)
            return code;
        if (!status->alive && status->state == TCI_STATE_ENDED)
            return TCI_OK;
        int64_t left_ns = deadline_ns - steady_now_ns();
        if (left_ns <= 0)
            return status->alive ? fail(error, TCI_TIMEOUT, "the capture goes on") : fail(error, TCI_LOST, "the engine is gone and has left no summary");
        sleep_ns(left_ns < WAIT_STEP_MS * NS_PER_MS ? left_ns : WAIT_STEP_MS * NS_PER_MS);
    }
}

uint32_t tci_capture_struct_bytes(uint32_t which)
{
    static const uint32_t bytes[] = {sizeof(struct tci_error), sizeof(struct tci_amount), sizeof(struct tci_counters), sizeof(struct tci_status)};
    return which < sizeof bytes / sizeof *bytes ? bytes[which] : 0;
}
