// SPDX-License-Identifier: BSD-3-Clause
#include "live.h"

#include "instant.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { EVERY_MS = 200 };

static uint64_t dropped_packets(const struct tci_counters *c)
{
    return c->dropped_kernel.packets + c->dropped_disk_full.packets + c->dropped_no_buffer.packets + c->dropped_engine_lost.packets;
}

// On a line of its own, as it happens.
static void tell_overload(const struct engine *e)
{
    static uint32_t told;
    uint32_t count = atomic_load_explicit(&e->window.overloads, memory_order_relaxed);
    if (count == told)
        return;
    told = count;
    fprintf(stderr, "%stci-capture: overload: a receive ring has been over nine tenths full for five seconds; packets will be lost, or are\n",
            isatty(STDERR_FILENO) ? "\r\033[K" : "");
}

void live_line(const struct engine *e, bool last)
{
    static int64_t next_ns;
    int64_t now_ns = steady_now_ns();
    if (now_ns < next_ns && !last)
        return;
    next_ns = now_ns + EVERY_MS * NS_PER_MS;
    tell_overload(e);
    if (!isatty(STDERR_FILENO))
        return;
    struct tci_status status;
    if (status_read(&e->status, &status, NULL))
        return;
    const struct tci_counters *c = &status.total;
    double seconds = e->window.started ? (double)(now_ns - e->start_steady_ns) / 1e9 : 0;
    fprintf(stderr, "\r%8.1f s  %12" PRIu64 " packets  %10.2f MB  %8" PRIu64 " dropped  %10" PRIu64 " filtered\033[K", seconds,
            c->stored.packets + c->in_flight.packets, (double)status.file_bytes / 1e6, dropped_packets(c), c->filtered.packets);
    if (last)
        fputc('\n', stderr);
}

void live_end(const struct engine *e, const char *dir)
{
    struct tci_status status;
    if (status_read(&e->status, &status, NULL))
        return;
    const struct tci_counters *c = &status.total;
    uint32_t files = 0;
    for (uint32_t i = 0; i < e->lane_count; i++)
        files += e->lanes[i].file_count;
    printf("%s: %s\n", tci_capture_code_name(e->end.code), e->end.message);
    if (e->sources[0]->facts.mode)
        printf("  source    %s: %s\n", e->request.source, e->sources[0]->facts.mode);
    printf("  seen      %12" PRIu64 " packets  %14" PRIu64 " bytes\n", c->seen.packets, c->seen.bytes);
    printf("  stored    %12" PRIu64 " packets  %14" PRIu64 " bytes  in %u files, %" PRIu64 " bytes\n", c->stored.packets, c->stored.bytes, files,
           status.file_bytes);
    printf("  filtered  %12" PRIu64 " packets\n  outside   %12" PRIu64 " packets\n  cut       %12" PRIu64 " packets\n", c->filtered.packets,
           c->outside_window.packets, c->cut.packets);
    printf("  dropped   %12" PRIu64 " packets  (kernel %" PRIu64 ", disk full %" PRIu64 ", no buffer %" PRIu64 ")\n", dropped_packets(c),
           c->dropped_kernel.packets, c->dropped_disk_full.packets, c->dropped_no_buffer.packets);
    printf("  %s/summary.json\n", dir);
}
