// SPDX-License-Identifier: BSD-3-Clause
// Compiled filters against libpcap's interpreter.
#include "check.h"
#include "filter.h"
#include "jit_program.h"

#include <sys/mman.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NEEDS_JIT()
#else
#define NEEDS_JIT() SKIP("no compiler for filters on this processor")
#endif

static unsigned state = 1;

static uint8_t next_byte(void)
{
    state = state * 1103515245u + 12345u;
    return (uint8_t)(state >> 16);
}

// A packet that ends where its page does, so that a byte too far is a fault.
static uint8_t *page_end(void)
{
    static uint8_t *end;
    if (!end) {
        uint8_t *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(pages != MAP_FAILED && !mprotect(pages + 2 * 4096, 4096, PROT_NONE));
        end = pages + 2 * 4096;
    }
    return end;
}

static void programs_at_random_do_the_same(void)
{
    NEEDS_JIT();
    long accepted = 0, differ = 0;
    for (int round = 0; round < 30000; round++) {
        uint8_t source[1024];
        struct bpf_insn program[JIT_PROLOGUE + JIT_PROGRAM_MAX + 1];
        for (size_t i = 0; i < sizeof source; i++)
            source[i] = next_byte();
        struct jit_bytes bytes = {source, sizeof source};
        uint32_t count = jit_program(&bytes, program);
        struct jit jit;
        CHECK(bpf_validate(program, (int)count));
        jit_compile(program, count, &jit);
        if (!jit.run) {
            CHECK(!"compiled");
            return;
        }
        for (int n = 0; n < 8; n++) {
            uint32_t captured = next_byte() % 80u, length = captured + next_byte();
            uint8_t *packet = page_end() - captured;
            for (uint32_t i = 0; i < captured; i++)
                packet[i] = next_byte();
            uint32_t expected = bpf_filter(program, packet, length, captured), got = jit.run(packet, length, captured);
            differ += expected != got;
            accepted += expected != 0;
        }
        jit_free(&jit);
    }
    CHECK_EQUAL(differ, 0);
    CHECK(accepted > 10000);
}

static void filters_of_people_do_the_same(void)
{
    static const char *const filters[] = {
        "tcp port 443", "udp", "host 10.1.2.3", "net 10.0.0.0/8 and not port 53", "ip6", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "vlan 5 and tcp", "arp or icmp",
        "portrange 1000-2000", "greater 100", "ip[2:2] - ((ip[0] & 15) << 2) > 4", "ether host 02:00:00:00:00:01", "mpls", "ip6 proto 58", "len % 3 = 1",
        "ip[8] / ip[9] > 1", "tcp port 80 or tcp port 443 or udp port 53 or sctp", "ip6 protochain 6",
    };
    for (size_t f = 0; f < sizeof filters / sizeof *filters; f++) {
        struct filter filter;
        struct tci_error error = {0};
        CHECK_EQUAL(filter_compile(filters[f], strlen(filters[f]), 1, 262144, &filter, &error), TCI_OK);
#if defined(__x86_64__)
        CHECK((filter.jit.run != NULL) == !strstr(filters[f], "protochain")); // loops stay with the interpreter
#endif
        long differ = 0;
        for (int round = 0; round < 20000; round++) {
            uint32_t captured = 14 + next_byte() % 90u;
            uint8_t *p = page_end() - captured;
            for (uint32_t i = 0; i < captured; i++)
                p[i] = next_byte();
            static const uint8_t types[][2] = {{8, 0}, {0x86, 0xdd}, {8, 6}, {0x81, 0}, {0x88, 0x47}}, protocols[] = {6, 17, 1, 58, 132};
            memcpy(p + 12, types[round % 5], 2);
            if (captured > 24) {
                p[14] = round % 5 == 1 ? 0x60 : 0x45;
                p[23] = p[20] = protocols[round / 5 % 5];
            }
            bool expected = bpf_filter(filter.instructions, p, captured, captured) != 0;
            differ += expected != filter_matches(&filter, p, captured, captured);
        }
        CHECK_EQUAL(differ, 0);
        filter_free(&filter);
    }
}

// Every line of /proc/self/maps that is executable and writable at once would be a place to put code.
static void compiled_code_is_never_writable(void)
{
    NEEDS_JIT();
    struct filter filter;
    char line[300];
    int bad = 0, found = 0;
    CHECK_EQUAL(filter_compile("tcp", 3, 1, 65535, &filter, NULL), TCI_OK);
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps)) {
        unsigned long begin, end;
        char rights[5] = "";
        if (sscanf(line, "%lx-%lx %4s", &begin, &end, rights) != 3)
            continue;
        bad += strchr(rights, 'w') && strchr(rights, 'x');
        found += (unsigned long)filter.jit.run >= begin && (unsigned long)filter.jit.run < end && !strcmp(rights, "r-xp");
    }
    if (maps)
        fclose(maps);
    CHECK_EQUAL(bad, 0);
    CHECK_EQUAL(found, 1);
    filter_free(&filter);
}

int main(void)
{
    RUN(programs_at_random_do_the_same);
    RUN(filters_of_people_do_the_same);
    RUN(compiled_code_is_never_writable);
    return finish();
}
