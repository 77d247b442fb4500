// SPDX-License-Identifier: BSD-3-Clause
#include "device_tree.h"

#include <stdbool.h>
#include <string.h>

enum { MAGIC = (int)0xd00dfeed, HEADER_BYTES = 40, BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, NOP = 4, TREE_BYTES_MAX = 16 << 20 };

static const char header_node[] = "cesnet,ofm,ndp-header-rx";

struct property {
    const uint8_t *value;
    uint32_t bytes;
};

// What is known of the node being read.
struct node {
    bool is_header;
    struct property id, names, offsets;
};

static uint32_t big32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

// The index of a string in a list of strings, each with its NUL; -1 if it is not there.
static int find_string(struct property list, const char *wanted)
{
    int index = 0;
    for (uint32_t at = 0; at < list.bytes; index++) {
        size_t length = strnlen((const char *)list.value + at, list.bytes - at);
        if (length == strlen(wanted) && !memcmp(list.value + at, wanted, length))
            return index;
        at += (uint32_t)length + 1;
    }
    return -1;
}

static void take_node(const struct node *node, int32_t offsets[NDP_HEADERS])
{
    int item = find_string(node->names, "timestamp");
    if (!node->is_header || item < 0 || (uint32_t)item * 2 + 2 > node->offsets.bytes)
        return;
    uint32_t id = node->id.bytes == 4 ? big32(node->id.value) : node->id.bytes == 1 ? node->id.value[0] : 0;
    const uint8_t *bits = node->offsets.value + 2 * item;
    if (id < NDP_HEADERS)
        offsets[id] = (bits[0] << 8 | bits[1]) / 8;
}

static void take_property(struct node *node, const char *name, struct property p)
{
    if (!strcmp(name, "compatible"))
        node->is_header = find_string(p, header_node) >= 0;
    else if (!strcmp(name, "header_id"))
        node->id = p;
    else if (!strcmp(name, "item-name"))
        node->names = p;
    else if (!strcmp(name, "item-offset"))
        node->offsets = p;
}

void device_tree_stamps(const void *tree, int32_t offsets[NDP_HEADERS])
{
    const uint8_t *base = tree;
    for (int i = 0; i < NDP_HEADERS; i++)
        offsets[i] = NDP_NO_STAMP;
    if (!tree || big32(base) != (uint32_t)MAGIC)
        return;
    uint32_t total = big32(base + 4), at = big32(base + 8), names = big32(base + 12);
    if (total > TREE_BYTES_MAX || at > total || names > total)
        return;
    struct node node = {0};
    while (at + 4 <= total) {
        uint32_t token = big32(base + at);
        at += 4;
        if (token == BEGIN_NODE) {
            // Properties come before the nodes inside: a new node means that those of the one around it are complete.
            take_node(&node, offsets);
            node = (struct node){0};
            at += ((uint32_t)strnlen((const char *)base + at, total - at) + 4) & ~3u;
        } else if (token == END_NODE) {
            take_node(&node, offsets);
            node = (struct node){0};
        } else if (token == PROPERTY && at + 8 <= total) {
            uint32_t bytes = big32(base + at), name = big32(base + at + 4);
            at += 8;
            if (bytes > total - at || name >= total - names || !memchr(base + names + name, 0, total - names - name))
                return;
            take_property(&node, (const char *)base + names + name, (struct property){base + at, bytes});
            at += (bytes + 3) & ~3u;
        } else if (token != NOP) {
            return;
        }
    }
}
