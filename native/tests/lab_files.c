// SPDX-License-Identifier: BSD-3-Clause
#include "lab.h"

const char *lab_path(const char *name)
{
    static char paths[16][256];
    static int next;
    char *path = paths[next++ & 15];
    snprintf(path, sizeof paths[0], "%s/%s", lab_folder, name);
    return path;
}

const char *lab_make_pcap(const char *name, unsigned packets, bool broken)
{
    const char *path = lab_path(name);
    FILE *file = fopen(path, "wb");
    unsigned header[] = {0xa1b2c3d4, 0x00040002, 0, 0, 65535, 1};
    CHECK(fwrite(header, sizeof header, 1, file) == 1);
    for (unsigned i = 0; i < packets; i++) {
        unsigned record[] = {1000 + i / 100, i % 100 * 10000, 64, 64};
        char bytes[64] = {0};
        memcpy(bytes + LAB_UDP_HEADERS, &i, sizeof i);
        CHECK(fwrite(record, sizeof record, 1, file) == 1);
        CHECK(fwrite(bytes, broken && i == packets - 1 ? 30 : 64, 1, file) == 1);
    }
    fclose(file);
    return path;
}
