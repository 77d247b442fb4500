// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "interfaces.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void print_table(json_t *sources)
{
    size_t i, n;
    json_t *one, *address;
    printf("%-24s %-5s %-18s %9s %6s  %s\n", "SOURCE", "STATE", "MAC", "SPEED", "MTU", "ADDRESSES");
    json_array_foreach (sources, i, one) {
        const char *mac = json_string_value(json_object_get(one, "mac"));
        json_t *speed = json_object_get(one, "speedMbps");
        char mbps[16] = "-";
        if (json_is_integer(speed))
            snprintf(mbps, sizeof mbps, "%d Mb/s", (int)json_integer_value(speed));
        printf("%-24s %-5s %-18s %9s %6d ", json_string_value(json_object_get(one, "source")), json_is_true(json_object_get(one, "up")) ? "up" : "down",
               mac ? mac : "-", mbps, (int)json_integer_value(json_object_get(one, "mtu")));
        json_array_foreach (json_object_get(one, "addresses"), n, address)
            printf(" %s", json_string_value(address));
        putchar('\n');
    }
}

int command_list(int argc, char **argv)
{
    bool json = argc == 2 && !strcmp(argv[1], "--json");
    if (argc > 2 || (argc == 2 && !json))
        return usage("list takes --json only");
    struct tci_error error;
    json_t *sources = interfaces_to_json(&error);
    if (!sources)
        return complain(&error);
    if (isatty(STDOUT_FILENO) && !json) {
        print_table(sources);
        json_decref(sources);
        return 0;
    }
    json_t *answer = json_pack("{s:b, s:o}", "ok", 1, "sources", sources);
    json_dumpf(answer, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(answer);
    return 0;
}
