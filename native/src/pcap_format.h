// SPDX-License-Identifier: BSD-3-Clause
// pcap files as we write them: little endian, nanoseconds (draft-ietf-opsawg-pcap, sections 4 and 5).
#pragma once
#include <stdint.h>

#define PCAP_NANOSECOND_MAGIC 0xa1b23c4du

struct pcap_file_header {
    uint32_t magic;
    uint16_t version_major, version_minor;
    int32_t reserved1;
    uint32_t reserved2;
    uint32_t snaplen;
    uint32_t link_type;
};

struct pcap_record_header {
    uint32_t seconds;
    uint32_t nanoseconds;
    uint32_t captured;
    uint32_t length;
};

_Static_assert(sizeof(struct pcap_file_header) == 24 && sizeof(struct pcap_record_header) == 16, "pcap headers");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are written as they lie in memory");
