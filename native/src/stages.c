// SPDX-License-Identifier: BSD-3-Clause
#include "stages.h"

#include <string.h>

int stages_open(struct stages *s, const struct request *r, int link_type, struct tci_error *error)
{
    *s = (struct stages){.link_type = link_type, .one_in = (uint32_t)r->sample_one_in, .by_flow = r->sample_by == SAMPLE_FLOWS, .countdown = 1};
    s->flow_threshold = UINT64_MAX / s->one_in;
    int code = TCI_OK;
    if (r->connection_bytes)
        code = connections_open((uint64_t)r->connection_bytes, &s->cut, error);
    if (!code && (r->anonymise_addresses || r->remove_payload))
        code = anonymiser_open(r, link_type, &s->anonymise, error);
    s->any = s->one_in > 1 || s->cut || s->anonymise;
    return code;
}

static bool sampled(struct stages *s, const struct layout *layout)
{
    // Of flows the hash decides, so that both directions, and all queues and hosts, come to the same end. What is no flow is a flow of its own.
    if (s->by_flow)
        return flow_hash(layout) <= s->flow_threshold;
    if (--s->countdown)
        return false;
    s->countdown = s->one_in;
    return true;
}

enum stage_verdict stages_apply(struct stages *s, struct packet *packet)
{
    struct layout layout;
    bool by_packet_only = !s->cut && !s->anonymise && !s->by_flow;
    if (!by_packet_only)
        layout_find(&layout, s->link_type, packet->bytes, packet->captured);
    else
        layout = (struct layout){0};
    if (s->one_in > 1 && !sampled(s, &layout))
        return STAGE_SAMPLED_OUT;
    if (s->cut && !connections_take(s->cut, &layout, packet))
        return STAGE_BEYOND;
    if (s->anonymise)
        anonymise(s->anonymise, &layout, packet);
    return STAGE_KEEP;
}

void stages_free(struct stages *s)
{
    connections_close(s->cut);
    anonymiser_close(s->anonymise);
    memset(s, 0, sizeof *s);
}
