// SPDX-License-Identifier: BSD-3-Clause
#include "connections.h"

#include "instant.h"
#include "outcome.h"

#include <stdlib.h>
#include <sys/mman.h>

struct connection {
    uint64_t hash; // 0: free
    uint64_t bytes;
    int64_t last_unix_ns;
};

struct connections {
    uint64_t kept;
    struct connection *table;
};

#define TABLE_BYTES (CONNECTIONS_TRACKED_MAX * sizeof(struct connection))

int connections_open(uint64_t bytes_kept, struct connections **connections, struct tci_error *error)
{
    struct connections *c = malloc(sizeof *c);
    void *table = mmap(NULL, TABLE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (!c || table == MAP_FAILED) {
        free(c);
        return fail(error, TCI_FAILED, "no memory for the table of connections");
    }
    *c = (struct connections){bytes_kept, table};
    *connections = c;
    return TCI_OK;
}

static struct connection *find(struct connections *c, uint64_t hash)
{
    struct connection *set = &c->table[hash % (CONNECTIONS_TRACKED_MAX / CONNECTION_WAYS) * CONNECTION_WAYS], *oldest = set;
    for (int i = 0; i < CONNECTION_WAYS; i++) {
        if (set[i].hash == hash)
            return &set[i];
        if (set[i].last_unix_ns < oldest->last_unix_ns)
            oldest = &set[i];
    }
    *oldest = (struct connection){.hash = hash};
    return oldest;
}

// A SYN without ACK: the same ports, but another connection.
static bool opens(const struct layout *l)
{
    return l->protocol == PROTOCOL_TCP && l->has_transport && (l->bytes[l->transport_at + 13] & 0x12) == 0x02;
}

bool connections_take(struct connections *c, const struct layout *l, const struct packet *packet)
{
    if (l->network != NETWORK_IPV4 && l->network != NETWORK_IPV6)
        return true;
    uint64_t hash = flow_hash(l);
    struct connection *found = find(c, hash ? hash : 1);
    int64_t quiet_ns;
    bool long_quiet = !__builtin_sub_overflow(packet->unix_ns, found->last_unix_ns, &quiet_ns) && quiet_ns > CONNECTION_IDLE_S * NS_PER_S;
    if (opens(l) || long_quiet)
        found->bytes = 0;
    found->last_unix_ns = packet->unix_ns;
    bool keep = found->bytes < c->kept;
    found->bytes += packet->length;
    return keep;
}

void connections_close(struct connections *c)
{
    if (!c)
        return;
    munmap(c->table, TABLE_BYTES);
    free(c);
}
