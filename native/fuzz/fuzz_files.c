// SPDX-License-Identifier: BSD-3-Clause
// Files of packets from anybody: as a source (pcap and pcapng), and as a traffic file to be repaired.
#include "source.h"
#include "traffic_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned sink;

static void replay(const char *path)
{
    struct request request;
    struct source *sources[TCI_QUEUES_MAX];
    uint32_t count;
    struct tci_error error;
    request_init(&request);
    request.fast = true;
    if (source_pcap.open(path, &request, sources, &count, &error))
        return;
    int code = TCI_OK;
    while (!code) {
        struct packet packets[BURST_PACKETS_MAX];
        unsigned n;
        code = source_pcap.burst(sources[0], packets, &n, 0, &error);
        for (unsigned i = 0; i < n; i++)
            for (uint32_t at = 0; at < packets[i].captured; at++)
                sink += packets[i].bytes[at];
    }
    source_pcap.close(sources[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct traffic_scan scan;
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    if (traffic_scan(fd, &scan, NULL) || scan.whole_bytes > size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    replay(path);
    close(fd);
    return 0;
}
