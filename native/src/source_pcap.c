// SPDX-License-Identifier: BSD-3-Clause
// A capture file as a source: pcap of both precisions and byte orders, and pcapng, as far as libpcap reads it.
#include "filter.h"
#include "instant.h"
#include "outcome.h"
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pcap_file {
    struct source base;
    pcap_t *handle;
    bool fast, begun, at_end;
    int64_t begin_steady_ns, first_unix_ns;
    struct packet waiting; // read, but its time has not come
    bool has_waiting;
    uint64_t seen;
};

static void pcap_file_close(struct source *source)
{
    struct pcap_file *s = (struct pcap_file *)source;
    if (s->handle)
        pcap_close(s->handle);
    free(s);
}

static FILE *open_regular(const char *path, int *code, struct tci_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat facts;
    if (fd < 0) {
        *code = errno == EACCES || errno == EPERM ? fail(error, TCI_NO_RIGHTS, "no right to read the file %s", path)
                                                  : fail_os(error, TCI_NO_SUCH_SOURCE, "cannot open the file %s", path);
        return NULL;
    }
    FILE *file = !fstat(fd, &facts) && S_ISREG(facts.st_mode) ? fdopen(fd, "rb") : NULL;
    if (file)
        return file;
    close(fd);
    *code = fail(error, TCI_NO_SUCH_SOURCE, "%s is not a regular file", path);
    return NULL;
}

static int pcap_file_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    int code = TCI_OK;
    FILE *file = open_regular(rest, &code, error);
    if (!file)
        return code;
    char why[PCAP_ERRBUF_SIZE] = "";
    pcap_t *handle = pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, why);
    if (!handle) {
        fclose(file);
        return fail(error, TCI_SOURCE_DAMAGED, "%s cannot be read from its first byte on: %s", rest, why);
    }
    struct pcap_file *s = calloc(1, sizeof *s);
    if (!s) {
        pcap_close(handle);
        return fail(error, TCI_FAILED, "no memory for a source");
    }
    s->handle = handle;
    s->fast = request->fast;
    s->base.kind = &source_pcap;
    s->base.facts = (struct source_facts){.kind = "pcap", .own_clock = true, .waits = true, .damage_offset = -1, .link_type = link_type_from_dlt(pcap_datalink(handle))};
    sources[0] = &s->base;
    *count = 1; // a file is one queue, however many are asked for
    return TCI_OK;
}

static void pcap_file_begin(struct source *source)
{
    struct pcap_file *s = (struct pcap_file *)source;
    s->begin_steady_ns = steady_now_ns();
}

static int read_one(struct pcap_file *s, struct tci_error *error)
{
    struct pcap_pkthdr *header;
    const u_char *bytes;
    int64_t offset = ftello(pcap_file(s->handle));
    int got = pcap_next_ex(s->handle, &header, &bytes);
    if (got == PCAP_ERROR_BREAK) {
        s->at_end = true;
        return fail(error, TCI_END_SOURCE_END, "the file was read to its end");
    }
    if (got != 1) {
        s->at_end = true;
        s->base.facts.damage_offset = offset;
        return fail(error, TCI_SOURCE_DAMAGED, "the file is damaged at byte %lld: %.200s", (long long)offset, pcap_geterr(s->handle));
    }
    // With nanosecond precision libpcap puts nanoseconds into tv_usec.
    int64_t unix_ns = stamp_ns(header->ts.tv_sec, header->ts.tv_usec);
    s->waiting = (struct packet){unix_ns, header->len, header->caplen, 0, bytes};
    s->has_waiting = true;
    s->seen++;
    return TCI_OK;
}

// One packet a burst: libpcap keeps one at a time.
static int pcap_file_burst(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error)
{
    struct pcap_file *s = (struct pcap_file *)source;
    *count = 0;
    if (!s->has_waiting) {
        int code = s->at_end ? fail(error, TCI_END_SOURCE_END, "the file was read to its end") : read_one(s, error);
        if (code)
            return code;
    }
    if (!s->begun) {
        s->begun = true;
        s->first_unix_ns = s->waiting.unix_ns;
    }
    if (!s->fast) {
        // Stamps from a file can be anything; differences are taken without overflow.
        int64_t since_first = 0, due = 0;
        if (__builtin_sub_overflow(s->waiting.unix_ns, s->first_unix_ns, &since_first) || __builtin_add_overflow(s->begin_steady_ns, since_first, &due))
            due = INT64_MAX;
        int64_t now = steady_now_ns();
        if (due > now) {
            int64_t left = due - now, most = timeout_ms * NS_PER_MS;
            sleep_ns(left < most ? left : most);
            if (left > most)
                return TCI_OK;
        }
    }
    packets[0] = s->waiting;
    s->has_waiting = false;
    *count = 1;
    return TCI_OK;
}

// The packet that was read ahead was never handed out, and it is not part of the capture.
static void pcap_file_shut(struct source *source)
{
    struct pcap_file *s = (struct pcap_file *)source;
    s->seen -= s->has_waiting;
    s->has_waiting = false;
    s->at_end = true;
}

static void pcap_file_count(struct source *source, struct source_counts *counts)
{
    const struct pcap_file *s = (const struct pcap_file *)source;
    *counts = (struct source_counts){.seen = s->seen};
}

const struct source_kind source_pcap = {
    .name = "pcap",
    .open = pcap_file_open,
    .begin = pcap_file_begin,
    .burst = pcap_file_burst,
    .shut = pcap_file_shut,
    .count = pcap_file_count,
    .close = pcap_file_close,
};
