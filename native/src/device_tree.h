// SPDX-License-Identifier: BSD-3-Clause
// The little of a flattened device tree (Devicetree Specification 0.4, chapter 5) that a card's description needs.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { NDP_HEADERS = 4, NDP_NO_STAMP = -1 };

// Fills offsets[header id] with the byte offset of the time stamp in the headers of received packets, NDP_NO_STAMP where there is none.
void device_tree_stamps(const void *tree, int32_t offsets[NDP_HEADERS]);
