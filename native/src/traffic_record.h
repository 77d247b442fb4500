// SPDX-License-Identifier: BSD-3-Clause
// Records of the files we write, pcap or pcapng: made, and recognised again by whoever has to find the last whole one.
#pragma once
#include "request.h"

#include <stddef.h>

enum {
    RECORD_HEADER_BYTES_MAX = 28, // before the packet's bytes
    RECORD_LOOK_BYTES_MIN = 8,    // record_look says nothing about fewer
    RECORD_BYTES_MAX = RECORD_HEADER_BYTES_MAX + SNAPLEN_BYTES_MAX + 3 + 4,
    PREAMBLE_BYTES_MAX = 8192,    // what a file begins with; pcapng: with the filter's text
    TRAILER_BYTES_MAX = 112       // what it ends with; pcapng: statistics
};

struct preamble_facts {
    enum traffic_format format;
    int link_type;
    uint32_t snaplen;
    const char *source, *filter;
};

// Figures of a whole queue, as of now; a pcapng file ends with them.
struct trailer_facts {
    int64_t now_unix_ns, start_unix_ns;
    uint64_t received, dropped, accepted, dropped_kernel, delivered;
};

size_t preamble_make(const struct preamble_facts *facts, uint8_t to[PREAMBLE_BYTES_MAX]);
size_t trailer_bytes(enum traffic_format format);
void trailer_make(const struct trailer_facts *facts, uint8_t to[TRAILER_BYTES_MAX]);

// Bytes of a record with `captured` bytes of a packet.
static inline size_t record_bytes(enum traffic_format format, uint32_t captured)
{
    return format == FORMAT_PCAP ? 16 + (size_t)captured : 32 + (((size_t)captured + 3) & ~(size_t)3);
}

struct record_header {
    int64_t unix_ns;
    uint32_t captured, length;
};

// Writes what comes before the packet's bytes; returns how much.
size_t record_begin(enum traffic_format format, const struct record_header *record, uint8_t *to);
// The same for what comes after them.
size_t record_end(enum traffic_format format, const struct record_header *record, uint8_t *to);

struct record_found {
    size_t bytes;    // of the whole record, whether they are there or not
    bool is_packet;  // pcapng has other blocks too
    struct record_header header;
};

// What lies at `at`; false if `available` bytes do not tell, or if it is nothing we write: zeros are what a file system leaves where a write never came.
bool record_look(enum traffic_format format, const uint8_t *at, size_t available, struct record_found *found);
// Bytes before the first record, which tell the format and link type; 0 if it is no file of ours.
size_t preamble_look(const uint8_t *at, size_t available, enum traffic_format *format, uint32_t *link_type, uint32_t *snaplen);
