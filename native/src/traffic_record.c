// SPDX-License-Identifier: BSD-3-Clause
// pcap: draft-ietf-opsawg-pcap, sections 4 and 5. pcapng: draft-ietf-opsawg-pcapng, sections 4.1 (SHB), 4.2 (IDB), 4.3 (EPB), 4.6 (ISB).
#include "traffic_record.h"

#include "instant.h"
#include "pcap_format.h"

#include <string.h>

enum {
    BLOCK_SECTION = 0x0a0d0d0a,
    BLOCK_INTERFACE = 1,
    BLOCK_STATISTICS = 5,
    BLOCK_PACKET = 6,
    ORDER_MAGIC = 0x1a2b3c4d,
    BLOCK_BYTES_MIN = 12,
    RESOLUTION_NS = 9
};

static uint8_t *put32(uint8_t *to, uint32_t value)
{
    memcpy(to, &value, sizeof value);
    return to + sizeof value;
}

static uint32_t get32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint8_t *put_stamp(uint8_t *to, int64_t unix_ns)
{
    return put32(put32(to, (uint32_t)((uint64_t)unix_ns >> 32)), (uint32_t)unix_ns);
}

static uint8_t *put_option(uint8_t *to, unsigned code, const void *value, size_t bytes)
{
    to = put32(to, code | (uint32_t)bytes << 16);
    memset(to, 0, (bytes + 3) & ~(size_t)3);
    memcpy(to, value, bytes);
    return to + ((bytes + 3) & ~(size_t)3);
}

// Every block has its length at both ends.
static uint8_t *close_block(uint8_t *begin, uint8_t *end)
{
    uint32_t bytes = (uint32_t)(end - begin) + 4;
    put32(begin + 4, bytes);
    return put32(end, bytes);
}

static uint8_t *put_section(uint8_t *to)
{
    static const char program[] = "tci-capture " TCI_VERSION;
    uint8_t *at = put32(put32(put32(put32(to, BLOCK_SECTION), 0), ORDER_MAGIC), 1);
    at = put32(put32(at, UINT32_MAX), UINT32_MAX); // of a length not known
    at = put_option(at, 4, program, sizeof program - 1);
    return close_block(to, put32(at, 0));
}

static uint8_t *put_interface(uint8_t *to, const struct preamble_facts *facts)
{
    uint8_t resolution = RESOLUTION_NS;
    char filter[1 + TCI_FILTER_BYTES_MAX] = {0}; // the first byte says that it is a text for libpcap
    size_t filter_bytes = strnlen(facts->filter, TCI_FILTER_BYTES_MAX), name_bytes = strnlen(facts->source, REQUEST_SOURCE_BYTES_MAX);
    memcpy(filter + 1, facts->filter, filter_bytes);
    uint8_t *at = put32(put32(put32(put32(to, BLOCK_INTERFACE), 0), (uint32_t)facts->link_type & 0xffff), facts->snaplen);
    at = put_option(at, 2, facts->source, name_bytes);
    at = put_option(at, 9, &resolution, 1);
    if (filter_bytes)
        at = put_option(at, 11, filter, 1 + filter_bytes);
    return close_block(to, put32(at, 0));
}

size_t preamble_make(const struct preamble_facts *facts, uint8_t to[PREAMBLE_BYTES_MAX])
{
    if (facts->format == FORMAT_PCAPNG)
        return (size_t)(put_interface(put_section(to), facts) - to);
    struct pcap_file_header header = {PCAP_NANOSECOND_MAGIC, 2, 4, 0, 0, facts->snaplen, (uint32_t)facts->link_type};
    memcpy(to, &header, sizeof header);
    return sizeof header;
}

size_t trailer_bytes(enum traffic_format format)
{
    return format == FORMAT_PCAPNG ? TRAILER_BYTES_MAX : 0;
}

void trailer_make(const struct trailer_facts *facts, uint8_t to[TRAILER_BYTES_MAX])
{
    uint8_t stamp[8];
    uint8_t *at = put_stamp(put32(put32(put32(to, BLOCK_STATISTICS), 0), 0), facts->now_unix_ns);
    put_stamp(stamp, facts->start_unix_ns);
    at = put_option(at, 2, stamp, sizeof stamp);
    put_stamp(stamp, facts->now_unix_ns);
    at = put_option(at, 3, stamp, sizeof stamp);
    const uint64_t figures[] = {facts->received, facts->dropped, facts->accepted, facts->dropped_kernel, facts->delivered};
    for (unsigned i = 0; i < sizeof figures / sizeof *figures; i++)
        at = put_option(at, 4 + i, &figures[i], sizeof figures[i]);
    close_block(to, put32(at, 0));
}

size_t record_begin(enum traffic_format format, const struct record_header *r, uint8_t *to)
{
    if (format == FORMAT_PCAPNG) {
        put32(put32(put32(to, BLOCK_PACKET), (uint32_t)record_bytes(format, r->captured)), 0);
        put32(put32(put_stamp(to + 12, r->unix_ns), r->captured), r->length);
        return 28;
    }
    int64_t seconds = r->unix_ns / NS_PER_S, rest = r->unix_ns % NS_PER_S;
    if (rest < 0) {
        rest += NS_PER_S;
        seconds--;
    }
    struct pcap_record_header header = {(uint32_t)seconds, (uint32_t)rest, r->captured, r->length};
    memcpy(to, &header, sizeof header);
    return sizeof header;
}

size_t record_end(enum traffic_format format, const struct record_header *r, uint8_t *to)
{
    if (format == FORMAT_PCAP)
        return 0;
    size_t padding = -(size_t)r->captured & 3;
    memset(to, 0, padding);
    put32(to + padding, (uint32_t)record_bytes(format, r->captured));
    return padding + 4;
}

static bool look_pcapng(const uint8_t *at, size_t available, struct record_found *found)
{
    if (available < 8)
        return false;
    found->bytes = get32(at + 4);
    found->is_packet = get32(at) == BLOCK_PACKET;
    if (!get32(at) || found->bytes < BLOCK_BYTES_MIN || found->bytes > RECORD_BYTES_MAX || found->bytes % 4)
        return false;
    if (!found->is_packet)
        return true;
    if (available < 28)
        return false;
    found->header = (struct record_header){(int64_t)((uint64_t)get32(at + 12) << 32 | get32(at + 16)), get32(at + 20), get32(at + 24)};
    return found->header.captured <= SNAPLEN_BYTES_MAX && found->bytes == record_bytes(FORMAT_PCAPNG, found->header.captured);
}

bool record_look(enum traffic_format format, const uint8_t *at, size_t available, struct record_found *found)
{
    *found = (struct record_found){0};
    if (format == FORMAT_PCAPNG)
        return look_pcapng(at, available, found);
    struct pcap_record_header header;
    if (available < sizeof header)
        return false;
    memcpy(&header, at, sizeof header);
    found->is_packet = true;
    found->bytes = sizeof header + header.captured;
    found->header = (struct record_header){(int64_t)header.seconds * NS_PER_S + header.nanoseconds, header.captured, header.length};
    return header.length && header.captured <= SNAPLEN_BYTES_MAX;
}

static size_t look_section(const uint8_t *at, size_t available, uint32_t *link_type, uint32_t *snaplen)
{
    size_t section = get32(at + 4);
    if (get32(at + 8) != ORDER_MAGIC || section < 28 || section > PREAMBLE_BYTES_MAX || available < section + 16 || get32(at + section) != BLOCK_INTERFACE)
        return 0;
    size_t interface = get32(at + section + 4);
    *link_type = get32(at + section + 8) & 0xffff;
    *snaplen = get32(at + section + 12);
    return interface < 20 || interface > PREAMBLE_BYTES_MAX || available < section + interface ? 0 : section + interface;
}

size_t preamble_look(const uint8_t *at, size_t available, enum traffic_format *format, uint32_t *link_type, uint32_t *snaplen)
{
    struct pcap_file_header header;
    if (available < sizeof header)
        return 0;
    if (get32(at) == BLOCK_SECTION) {
        *format = FORMAT_PCAPNG;
        return look_section(at, available, link_type, snaplen);
    }
    memcpy(&header, at, sizeof header);
    if (header.magic != PCAP_NANOSECOND_MAGIC)
        return 0;
    *format = FORMAT_PCAP;
    *link_type = header.link_type;
    *snaplen = header.snaplen;
    return sizeof header;
}
