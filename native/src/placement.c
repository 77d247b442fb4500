// SPDX-License-Identifier: BSD-3-Clause
#include "placement.h"

#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NODES_MAX = 1024, LINE_BYTES = 4096 };

// The first line of the file sys/folder/name/leaf.
static bool read_line(char *line, size_t bytes, const char *sys, const char *folder, const char *name, const char *leaf)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s/%s", sys, folder, name, leaf);
    FILE *file = fopen(path, "re");
    bool any = file && fgets(line, (int)bytes, file);
    if (file)
        fclose(file);
    if (any)
        line[strcspn(line, "\n")] = 0;
    return any;
}

int placement_node_of(const char *sys, const char *interface)
{
    char line[32], *end;
    if (!read_line(line, sizeof line, sys, "class/net", interface, "device/numa_node"))
        return NO_NODE;
    long node = strtol(line, &end, 10);
    return end == line || *end || node < 0 || node >= NODES_MAX ? NO_NODE : (int)node;
}

bool placement_parse_cpus(const char *list, cpu_set_t *cpus)
{
    CPU_ZERO(cpus);
    while (*list) {
        char *end;
        unsigned long first = strtoul(list, &end, 10), last = first;
        if (end == list)
            return false;
        if (*end == '-') {
            list = end + 1;
            last = strtoul(list, &end, 10);
            if (end == list)
                return false;
        }
        if (last < first || last >= CPU_SETSIZE || (*end && *end != ','))
            return false;
        for (unsigned long cpu = first; cpu <= last; cpu++)
            CPU_SET(cpu, cpus);
        list = *end ? end + 1 : end;
    }
    return true;
}

int placement_nodes(const char *sys)
{
    char line[LINE_BYTES];
    cpu_set_t nodes; // a list of numbers like that of processors
    if (!read_line(line, sizeof line, sys, "devices/system", "node", "has_memory") || !placement_parse_cpus(line, &nodes))
        return 1;
    return CPU_COUNT(&nodes) > 1 ? CPU_COUNT(&nodes) : 1;
}

static struct placement got = {NO_NODE, false}; // of the process

struct placement placement_got(void)
{
    return got;
}

// The processors of a node that we may use; false where there is nothing to choose.
static bool near_processors(const char *sys, int node, cpu_set_t *near)
{
    char name[32], line[LINE_BYTES];
    cpu_set_t allowed;
    snprintf(name, sizeof name, "node%d", node);
    if (node == NO_NODE || placement_nodes(sys) < 2 || !read_line(line, sizeof line, sys, "devices/system/node", name, "cpulist") ||
        !placement_parse_cpus(line, near) || sched_getaffinity(0, sizeof allowed, &allowed))
        return false;
    CPU_AND(near, near, &allowed);
    return CPU_COUNT(near) > 0;
}

static bool prefer_memory(int node)
{
    unsigned long mask[NODES_MAX / (8 * sizeof(unsigned long))] = {0};
    mask[(unsigned)node / (8 * sizeof *mask)] = 1UL << ((unsigned)node % (8 * sizeof *mask));
    // First there, and elsewhere when that node is full: a capture with memory that is far away is better than none.
    return !syscall(SYS_set_mempolicy, MPOL_PREFERRED, mask, (unsigned long)NODES_MAX);
}

void placement_stay_near(const char *sys, int node)
{
    cpu_set_t near;
    if (near_processors(sys, node, &near) && !sched_setaffinity(0, sizeof near, &near))
        got = (struct placement){node, prefer_memory(node)};
}

bool placement_visit(const char *sys, int node, cpu_set_t *home)
{
    cpu_set_t near;
    if (!near_processors(sys, node, &near) || sched_getaffinity(0, sizeof *home, home) || sched_setaffinity(0, sizeof near, &near))
        return false;
    prefer_memory(node);
    return true;
}

void placement_return(const cpu_set_t *home)
{
    sched_setaffinity(0, sizeof *home, home);
    syscall(SYS_set_mempolicy, MPOL_DEFAULT, NULL, 0UL);
}
