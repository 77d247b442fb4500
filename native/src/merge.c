// SPDX-License-Identifier: BSD-3-Clause
#include "merge.h"

#include "filter.h"
#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct input {
    const char *path;
    pcap_t *file;
    unsigned rank;
    struct record_header header; // of the packet that comes next
    const u_char *bytes;
};

struct merge {
    struct input *inputs, **heap; // heap[0] has the earliest packet
    unsigned count, left;
    FILE *out;
    enum traffic_format format;
};

static bool earlier(const struct input *a, const struct input *b)
{
    return a->header.unix_ns != b->header.unix_ns ? a->header.unix_ns < b->header.unix_ns : a->rank < b->rank;
}

static void sink(struct merge *m, unsigned at)
{
    for (;;) {
        unsigned child = 2 * at + 1;
        if (child >= m->left)
            return;
        if (child + 1 < m->left && earlier(m->heap[child + 1], m->heap[child]))
            child++;
        if (!earlier(m->heap[child], m->heap[at]))
            return;
        struct input *swapped = m->heap[at];
        m->heap[at] = m->heap[child];
        m->heap[child] = swapped;
        at = child;
    }
}

// The next packet of a file; false at its end. With nanosecond precision libpcap puts nanoseconds into tv_usec.
static bool next(struct input *input, int *code, struct tci_error *error)
{
    struct pcap_pkthdr *header;
    int got = pcap_next_ex(input->file, &header, &input->bytes);
    if (got == 1) {
        input->header = (struct record_header){stamp_ns(header->ts.tv_sec, header->ts.tv_usec), header->caplen, header->len};
        return true;
    }
    if (got != PCAP_ERROR_BREAK)
        *code = fail(error, TCI_SOURCE_DAMAGED, "%.200s is damaged: %.200s", input->path, pcap_geterr(input->file));
    return false;
}

static int open_inputs(struct merge *m, const char *const *paths, struct tci_error *error)
{
    int code = TCI_OK;
    for (unsigned i = 0; !code && i < m->count; i++) {
        char why[PCAP_ERRBUF_SIZE] = "";
        struct input *input = &m->inputs[i];
        *input = (struct input){.path = paths[i], .rank = i, .file = pcap_open_offline_with_tstamp_precision(paths[i], PCAP_TSTAMP_PRECISION_NANO, why)};
        if (!input->file)
            return fail(error, access(paths[i], R_OK) ? TCI_NO_SUCH_SOURCE : TCI_SOURCE_DAMAGED, "cannot read %.200s", why);
        if (pcap_datalink(input->file) != pcap_datalink(m->inputs[0].file))
            return fail(error, TCI_UNSUPPORTED, "%.200s and %.200s differ in link type", paths[i], paths[0]);
        if (next(input, &code, error))
            m->heap[m->left++] = input;
    }
    for (unsigned i = m->left / 2; i-- > 0;)
        sink(m, i);
    return code;
}

static bool put(struct merge *m, const void *bytes, size_t count)
{
    return fwrite(bytes, 1, count, m->out) == count;
}

static bool put_packet(struct merge *m, const struct input *input)
{
    uint8_t edge[RECORD_HEADER_BYTES_MAX];
    const struct record_header *r = &input->header;
    return put(m, edge, record_begin(m->format, r, edge)) && put(m, input->bytes, r->captured) && put(m, edge, record_end(m->format, r, edge));
}

static int merge_all(struct merge *m, struct tci_amount *merged, struct tci_error *error)
{
    uint8_t preamble[PREAMBLE_BYTES_MAX];
    int snaplen = 0, code = TCI_OK;
    for (unsigned i = 0; i < m->count; i++)
        snaplen = pcap_snapshot(m->inputs[i].file) > snaplen ? pcap_snapshot(m->inputs[i].file) : snaplen;
    struct preamble_facts facts = {m->format, link_type_from_dlt(pcap_datalink(m->inputs[0].file)), (uint32_t)snaplen, "merged", ""};
    bool good = put(m, preamble, preamble_make(&facts, preamble));
    *merged = (struct tci_amount){0};
    while (good && !code && m->left) {
        struct input *first = m->heap[0];
        good = put_packet(m, first);
        merged->packets++;
        merged->bytes += first->header.length;
        if (!next(first, &code, error))
            m->heap[0] = m->heap[--m->left];
        sink(m, 0);
    }
    if (!good || fflush(m->out) || fsync(fileno(m->out)))
        return fail_os(error, errno == ENOSPC ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot write the merged file");
    return code;
}

static int merge_into(struct merge *m, const char *const *paths, const char *out, struct tci_amount *merged, struct tci_error *error)
{
    char part[TCI_PATH_BYTES_MAX + 8];
    if (strlen(out) > TCI_PATH_BYTES_MAX)
        return fail(error, TCI_BAD_REQUEST, "the path is longer than %u bytes", TCI_PATH_BYTES_MAX);
    if (!access(out, F_OK))
        return fail(error, TCI_DIRECTORY_IN_USE, "%.300s is there already", out);
    int code = open_inputs(m, paths, error);
    if (code)
        return code;
    snprintf(part, sizeof part, "%s.part", out);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0660);
    m->out = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!m->out)
        return fail_os(error, TCI_WRITE_FAILED, "cannot create %.300s", part);
    code = merge_all(m, merged, error);
    fclose(m->out);
    // Whether it is there was asked before the work; link() asks again.
    if (!code && link(part, out))
        code = fail_os(error, TCI_WRITE_FAILED, "cannot name %.300s", out);
    unlink(part);
    return code;
}

int merge_files(const char *const *paths, unsigned count, const char *out, enum traffic_format format, struct tci_amount *merged, struct tci_error *error)
{
    struct merge m = {.count = count, .format = format};
    m.inputs = calloc(count, sizeof *m.inputs);
    m.heap = calloc(count, sizeof *m.heap);
    int code = m.inputs && m.heap ? merge_into(&m, paths, out, merged, error) : fail(error, TCI_FAILED, "no memory for %u files", count);
    for (unsigned i = 0; m.inputs && i < count; i++)
        if (m.inputs[i].file)
            pcap_close(m.inputs[i].file);
    free(m.inputs);
    free(m.heap);
    return code;
}
