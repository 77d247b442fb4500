// SPDX-License-Identifier: BSD-3-Clause
// How many bytes each connection has had, so that only the first of them are stored. A table of fixed size: when it is full, the connection that was quiet
// longest gives way, and begins anew should it come back: then more of it is stored, never less.
#pragma once
#include "layout.h"
#include "source.h"

enum {
    CONNECTIONS_TRACKED_MAX = 1 << 18, // per queue; 6 MiB
    CONNECTION_WAYS = 4,               // places for a connection
    CONNECTION_IDLE_S = 300            // after this it is another one
};

struct connections;

int connections_open(uint64_t bytes_kept, struct connections **connections, struct tci_error *error);
// True if the packet is to be stored: it begins within the bytes kept. Lengths are those on the wire. What is no connection is always stored.
bool connections_take(struct connections *connections, const struct layout *layout, const struct packet *packet);
void connections_close(struct connections *connections);
