// SPDX-License-Identifier: BSD-3-Clause
#include "traffic_scan.h"

#include "instant.h"
#include "outcome.h"
#include "pcap_format.h"
#include "request.h"

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
    if (offset >= w->begin && offset + count <= w->begin + w->filled)
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

static void add(struct traffic_scan *scan, const struct pcap_record_header *record, uint32_t snaplen)
{
    int64_t stamp = (int64_t)record->seconds * NS_PER_S + record->nanoseconds;
    if (!scan->stored.packets || stamp < scan->first_unix_ns)
        scan->first_unix_ns = stamp;
    if (!scan->stored.packets || stamp > scan->last_unix_ns)
        scan->last_unix_ns = stamp;
    scan->stored.packets++;
    scan->stored.bytes += record->length;
    if (record->captured == snaplen && record->length > snaplen) {
        scan->cut.packets++;
        scan->cut.bytes += record->length - snaplen;
    }
}

int traffic_scan(int fd, struct traffic_scan *scan, struct tci_error *error)
{
    static struct window window;
    window = (struct window){.fd = fd};
    *scan = (struct traffic_scan){0};
    struct pcap_file_header header;
    const uint8_t *at = look(&window, 0, sizeof header);
    if (!at)
        return errno ? fail_os(error, TCI_FAILED, "cannot read a traffic file") : TCI_OK;
    memcpy(&header, at, sizeof header);
    if (header.magic != PCAP_NANOSECOND_MAGIC)
        return TCI_OK;
    scan->link_type = header.link_type;
    scan->whole_bytes = sizeof header;
    while ((at = look(&window, scan->whole_bytes, sizeof(struct pcap_record_header)))) {
        struct pcap_record_header record;
        memcpy(&record, at, sizeof record);
        if (record.captured > SNAPLEN_BYTES_MAX || !look(&window, scan->whole_bytes, sizeof record + record.captured))
            break;
        add(scan, &record, header.snaplen);
        scan->whole_bytes += sizeof record + record.captured;
    }
    return errno ? fail_os(error, TCI_FAILED, "cannot read a traffic file") : TCI_OK;
}
