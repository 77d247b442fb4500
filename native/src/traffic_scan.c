// SPDX-License-Identifier: BSD-3-Clause
#include "traffic_scan.h"

#include "instant.h"
#include "outcome.h"
#include "traffic_record.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW_BYTES = 1 << 20 };

struct window {
    int fd;
    uint64_t begin; // file offset of bytes[0]
    size_t filled;
    uint8_t bytes[WINDOW_BYTES];
};

// `count` bytes at `offset`, or NULL at the end of the file or on an error (errno is then set).
static const uint8_t *look(struct window *w, uint64_t offset, size_t count)
{
    // A little more than asked for, where the file has it: whoever reads a header does not know yet how long it is.
    if (offset >= w->begin && offset + count + RECORD_HEADER_BYTES_MAX <= w->begin + w->filled)
        return w->bytes + (offset - w->begin);
    w->begin = offset;
    w->filled = 0;
    errno = 0;
    while (w->filled < sizeof w->bytes) {
        ssize_t n = pread(w->fd, w->bytes + w->filled, sizeof w->bytes - w->filled, (off_t)(offset + w->filled));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        w->filled += (size_t)n;
    }
    return w->filled >= count ? w->bytes : NULL;
}

static size_t at_hand(const struct window *w, const uint8_t *at)
{
    return (size_t)(w->bytes + w->filled - at);
}

static void add(struct traffic_scan *scan, const struct record_header *record)
{
    if (!scan->stored.packets || record->unix_ns < scan->first_unix_ns)
        scan->first_unix_ns = record->unix_ns;
    if (!scan->stored.packets || record->unix_ns > scan->last_unix_ns)
        scan->last_unix_ns = record->unix_ns;
    scan->stored.packets++;
    scan->stored.bytes += record->length;
    scan->cut.packets += record->captured < record->length;
    scan->cut.bytes += record->captured < record->length ? record->length - record->captured : 0;
}

int traffic_scan(int fd, struct traffic_scan *scan, struct tci_error *error)
{
    static struct window window;
    window = (struct window){.fd = fd};
    *scan = (struct traffic_scan){0};
    enum traffic_format format;
    uint32_t snaplen;
    const uint8_t *at = look(&window, 0, 24);
    scan->whole_bytes = at ? preamble_look(at, at_hand(&window, at), &format, &scan->link_type, &snaplen) : 0;
    if (!scan->whole_bytes)
        return errno ? fail_os(error, TCI_FAILED, "cannot read a traffic file") : TCI_OK;
    while ((at = look(&window, scan->whole_bytes, RECORD_LOOK_BYTES_MIN))) {
        struct record_found found;
        if (!record_look(format, at, at_hand(&window, at), &found) || !look(&window, scan->whole_bytes, found.bytes))
            break;
        if (found.is_packet)
            add(scan, &found.header);
        scan->whole_bytes += found.bytes;
    }
    return errno ? fail_os(error, TCI_FAILED, "cannot read a traffic file") : TCI_OK;
}
