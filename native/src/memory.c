// SPDX-License-Identifier: BSD-3-Clause
#include "memory.h"

#include "outcome.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_BYTES = 2 << 20 };

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static void fault_in(const struct memory *m)
{
    if (!madvise(m->at, m->bytes, MADV_POPULATE_WRITE))
        return;
    for (size_t i = 0; i < m->bytes; i += 4096) // kernels before 5.14
        ((volatile uint8_t *)m->at)[i] = 0;
}

int memory_take(size_t bytes, bool faulted, struct memory *m, struct tci_error *error)
{
    *m = (struct memory){.bytes = (bytes + HUGE_BYTES - 1) / HUGE_BYTES * HUGE_BYTES};
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    // Without MAP_NORESERVE, a mapping of huge pages that is made has them all: touching it never fails.
    void *at = mmap(NULL, m->bytes, PROT_READ | PROT_WRITE, flags | MAP_HUGETLB | 21 << MAP_HUGE_SHIFT, -1, 0);
    m->reserved = at != MAP_FAILED;
    if (!m->reserved)
        at = mmap(NULL, m->bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (at == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "no memory for %zu bytes of packets", m->bytes);
    m->at = at;
    if (!m->reserved)
        madvise(at, m->bytes, MADV_HUGEPAGE);
    // The process that compiles the filter is a fork with a limit on its address space, which this must not use up.
    if (madvise(at, m->bytes, MADV_DONTFORK)) {
        memory_give_back(m);
        return fail_os(error, TCI_FAILED, "cannot keep the memory for packets out of child processes");
    }
    if (faulted)
        fault_in(m);
    return TCI_OK;
}

// proc_pid_smaps(5): a line with the range of addresses of each mapping, then its figures.
const char *memory_pages(const struct memory *m)
{
    char line[512];
    uintptr_t begin = 0, end = 0, wanted = (uintptr_t)m->at;
    uint64_t resident_kb = 0, huge_kb = 0;
    if (m->reserved)
        return "huge";
    FILE *file = m->at ? fopen("/proc/self/smaps", "re") : NULL;
    if (!file)
        return "unknown";
    bool found = false;
    while (fgets(line, sizeof line, file)) {
        bool header = sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &begin, &end) == 2;
        if (header && found)
            break;
        found = header ? wanted >= begin && wanted < end : found;
        if (found && !header && sscanf(line, "Rss: %" SCNu64, &resident_kb) != 1)
            sscanf(line, "AnonHugePages: %" SCNu64, &huge_kb);
    }
    fclose(file);
    // The kernel joins neighbours into one mapping: most of it has to be.
    return !found ? "unknown" : huge_kb * 10 >= resident_kb * 9 && huge_kb ? "transparent" : "small";
}

void memory_give_back(struct memory *m)
{
    if (m->at)
        munmap(m->at, m->bytes);
    *m = (struct memory){0};
}
