// SPDX-License-Identifier: BSD-3-Clause
// Where a capture runs and what its memory is made of: on hosts made up of files, and on this one.
#include "check.h"
#include "memory.h"
#include "placement.h"

#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/tci-placement-XXXXXX";

__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
    char command[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    CHECK_EQUAL(system(command), 0);
}

// A host with nodes 0 and 1, cards eth0 on node 0, eth1 on one that nobody knows, and one without a device. `cpus`: of node 0.
static void make_host(const char *memory, const char *cpus)
{
    shell("rm -rf %s/*; cd %s && mkdir -p class/net/eth0/device class/net/eth1/device class/net/wire0 devices/system/node/node0 && "
          "echo 0 >class/net/eth0/device/numa_node && echo -1 >class/net/eth1/device/numa_node && echo '%s' >devices/system/node/has_memory && "
          "echo '%s' >devices/system/node/node0/cpulist", folder, folder, memory, cpus);
}

static size_t first_allowed(void)
{
    cpu_set_t allowed;
    size_t cpu = 0;
    sched_getaffinity(0, sizeof allowed, &allowed);
    while (!CPU_ISSET(cpu, &allowed))
        cpu++;
    return cpu;
}

// In a process of its own, because it lasts. How many processors are left, and 64 more if memory comes from there; 128 for no node.
static int left_after_staying_near(int node)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        cpu_set_t left;
        placement_stay_near(folder, node);
        sched_getaffinity(0, sizeof left, &left);
        struct placement got = placement_got();
        _exit(CPU_COUNT(&left) % 64 + (got.memory ? 64 : 0) + (got.node == NO_NODE ? 128 : 0));
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void lists_of_processors_are_read(void)
{
    cpu_set_t cpus;
    CHECK(placement_parse_cpus("0-3,8", &cpus) && CPU_COUNT(&cpus) == 5 && CPU_ISSET(8, &cpus) && !CPU_ISSET(4, &cpus));
    CHECK(placement_parse_cpus("", &cpus) && CPU_COUNT(&cpus) == 0);
    CHECK(!placement_parse_cpus("3-1", &cpus) && !placement_parse_cpus("a", &cpus) && !placement_parse_cpus("0-", &cpus) && !placement_parse_cpus("0;1", &cpus) &&
          !placement_parse_cpus("99999999", &cpus));
}

static void the_node_of_a_card_is_found(void)
{
    make_host("0-1", "0");
    CHECK_EQUAL(placement_node_of(folder, "eth0"), 0);
    CHECK_EQUAL(placement_node_of(folder, "eth1"), NO_NODE);
    CHECK_EQUAL(placement_node_of(folder, "wire0"), NO_NODE);
    CHECK_EQUAL(placement_node_of(folder, "none"), NO_NODE);
}

static void on_a_host_with_one_node_nothing_is_done(void)
{
    cpu_set_t allowed;
    sched_getaffinity(0, sizeof allowed, &allowed);
    int unchanged = CPU_COUNT(&allowed) % 64 + 128;
    make_host("0", "0");
    CHECK_EQUAL(placement_nodes(folder), 1);
    CHECK_EQUAL(left_after_staying_near(0), unchanged);
    shell("rm -r %s/devices", folder); // a kernel without NUMA
    CHECK_EQUAL(placement_nodes(folder), 1);
    CHECK_EQUAL(left_after_staying_near(0), unchanged);
    make_host("0-1", "0");
    CHECK_EQUAL(left_after_staying_near(NO_NODE), unchanged);
    make_host("0-1", "1000"); // none of its processors is ours
    CHECK_EQUAL(left_after_staying_near(0), unchanged);
}

static void on_a_host_with_several_it_stays_on_the_cards_processors(void)
{
    char cpu[16];
    snprintf(cpu, sizeof cpu, "%zu,1000", first_allowed());
    make_host("0-1", cpu);
    CHECK_EQUAL(placement_nodes(folder), 2);
    CHECK_EQUAL(left_after_staying_near(0) % 64, 1);
    CHECK(left_after_staying_near(0) < 128);
}

// A card on two nodes: the thread goes to each in turn, those it starts there stay, and it comes back.
static void it_visits_the_node_of_each_queue_and_returns(void)
{
    cpu_set_t home, there, back;
    sched_getaffinity(0, sizeof home, &home);
    if (CPU_COUNT(&home) < 2)
        SKIP("one processor");
    size_t last = CPU_SETSIZE - 1;
    while (!CPU_ISSET(last, &home))
        last--;
    char cpu[16];
    snprintf(cpu, sizeof cpu, "%zu", first_allowed());
    make_host("0-1", cpu);
    shell("mkdir %s/devices/system/node/node1 && echo %zu >%s/devices/system/node/node1/cpulist", folder, last, folder);
    for (int node = 0; node < 2; node++) {
        CHECK(placement_visit(folder, node, &back) && CPU_EQUAL(&back, &home));
        sched_getaffinity(0, sizeof there, &there);
        CHECK(CPU_COUNT(&there) == 1 && CPU_ISSET(node ? last : first_allowed(), &there));
        placement_return(&back);
        sched_getaffinity(0, sizeof there, &there);
        CHECK(CPU_EQUAL(&there, &home));
    }
    CHECK(!placement_visit(folder, NO_NODE, &back) && !placement_visit(folder, 2, &back));
    CHECK_EQUAL(placement_got().node, NO_NODE);
}

static void memory_says_what_it_is(void)
{
    struct memory m;
    CHECK_EQUAL(memory_take((5 << 20) + 1, true, &m, NULL), 0);
    CHECK_EQUAL(m.bytes, 6 << 20);
    CHECK(m.at[0] == 0 && m.at[m.bytes - 1] == 0);
    const char *pages = memory_pages(&m);
    CHECK(!strcmp(pages, m.reserved ? "huge" : "transparent") || (!m.reserved && !strcmp(pages, "small")));
    memory_give_back(&m);
    CHECK(!m.at && !strcmp(memory_pages(&m), "unknown"));
}

static int huge_pages(void)
{
    int count = -1;
    FILE *file = fopen("/proc/sys/vm/nr_hugepages", "re");
    if (file && fscanf(file, "%d", &count) != 1)
        count = -1;
    if (file)
        fclose(file);
    return count;
}

static void set_huge_pages(int count)
{
    FILE *file = fopen("/proc/sys/vm/nr_hugepages", "we");
    if (!file)
        return;
    fprintf(file, "%d", count);
    fclose(file);
}

static void huge_pages_are_taken_where_there_are_any(void)
{
    int before = huge_pages();
    set_huge_pages(before + 4);
    if (before < 0 || huge_pages() < before + 4) {
        if (before >= 0)
            set_huge_pages(before);
        SKIP("no right to set huge pages aside, or no room for them");
    }
    struct memory m, more;
    CHECK_EQUAL(memory_take(8 << 20, true, &m, NULL), 0);
    CHECK(m.reserved && !strcmp(memory_pages(&m), "huge"));
    // More than there are: others will do.
    CHECK_EQUAL(memory_take((size_t)(before + 8) << 21, false, &more, NULL), 0);
    CHECK(!more.reserved);
    memory_give_back(&more);
    memory_give_back(&m);
    set_huge_pages(before);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(lists_of_processors_are_read);
    RUN(the_node_of_a_card_is_found);
    RUN(on_a_host_with_one_node_nothing_is_done);
    RUN(on_a_host_with_several_it_stays_on_the_cards_processors);
    RUN(it_visits_the_node_of_each_queue_and_returns);
    RUN(memory_says_what_it_is);
    RUN(huge_pages_are_taken_where_there_are_any);
    shell("rm -rf %s", folder);
    return finish();
}
