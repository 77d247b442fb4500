// SPDX-License-Identifier: BSD-3-Clause
// The few link types whose number in files is not the number libpcap uses on Linux (pcap-linktype(7)).
#include "filter.h"

static const struct {
    int file, dlt;
} differing[] = {{100, DLT_ATM_RFC1483}, {101, DLT_RAW}, {102, DLT_SLIP_BSDOS}, {103, DLT_PPP_BSDOS}, {106, DLT_ATM_CLIP}, {246, DLT_PFSYNC}};

int link_type_to_dlt(int link_type)
{
    for (unsigned i = 0; i < sizeof differing / sizeof *differing; i++)
        if (differing[i].file == link_type)
            return differing[i].dlt;
    return link_type;
}

int link_type_from_dlt(int dlt)
{
    for (unsigned i = 0; i < sizeof differing / sizeof *differing; i++)
        if (differing[i].dlt == dlt)
            return differing[i].file;
    return dlt;
}
