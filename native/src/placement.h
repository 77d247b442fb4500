// SPDX-License-Identifier: BSD-3-Clause
// Keeps a capture on the NUMA node of its card. On a host with one node, and for what has no node, nothing is done.
#pragma once
#include "tci_capture.h"

#include <sched.h>
#include <stdbool.h>

enum { NO_NODE = -1 };

// `sys` is "/sys", but for tests. The node of the device behind an interface; NO_NODE if it has none, or the kernel does not know.
int placement_node_of(const char *sys, const char *interface);
// How many nodes with memory there are; 1 where the kernel does not say.
int placement_nodes(const char *sys);
// A list like "0-3,8" (cpumap, in the kernel's words) as a set; false if it is none.
bool placement_parse_cpus(const char *list, cpu_set_t *cpus);

struct placement {
    int node;    // on whose processors the capture runs; NO_NODE: anywhere
    bool memory; // and gets its memory there first
};

// From here on this thread, and those it starts, run on the node's processors, as far as they are allowed to, and get memory there first.
void placement_stay_near(const char *sys, int node);
// The same for one queue of a card that is on several nodes, until placement_return; false: nothing was changed.
bool placement_visit(const char *sys, int node, cpu_set_t *home);
void placement_return(const cpu_set_t *home);
// What came of placement_stay_near.
struct placement placement_got(void);
