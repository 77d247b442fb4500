// SPDX-License-Identifier: BSD-3-Clause
// What happens to a packet between the filter and the file, in this order: sampling, the cut of connections, anonymisation. Each only where it is asked for.
#pragma once
#include "anonymise.h"
#include "connections.h"
#include "source.h"

enum stage_verdict {
    STAGE_KEEP,
    STAGE_SAMPLED_OUT,
    STAGE_BEYOND // its connection has its bytes already
};

struct stages {
    bool any;
    int link_type;
    uint32_t one_in;
    bool by_flow;
    uint32_t countdown;
    uint64_t flow_threshold;     // a flow whose hash is below it is kept
    struct connections *cut;     // NULL: not asked for
    struct anonymiser *anonymise; // NULL: not asked for
};

// The key is read here; one key for all queues gives the same addresses in all of them.
int stages_open(struct stages *stages, const struct request *request, int link_type, struct tci_error *error);
// May change the packet: its bytes then lie in memory of the stages, until the next call.
enum stage_verdict stages_apply(struct stages *stages, struct packet *packet);
void stages_free(struct stages *stages);
