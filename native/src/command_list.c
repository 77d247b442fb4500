// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "source.h"
#include "xdp_features.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *text_of(json_t *one, const char *member)
{
    const char *text = json_string_value(json_object_get(one, member));
    return text ? text : "-";
}

static void print_table(json_t *sources)
{
    size_t i, n;
    json_t *one, *address;
    printf("%-24s %-5s %-18s %9s %6s  %s\n", "SOURCE", "STATE", "MAC", "SPEED", "MTU", "ADDRESSES");
    json_array_foreach (sources, i, one) {
        json_t *speed = json_object_get(one, "speedMbps"), *afxdp = json_object_get(one, "afxdp");
        char mbps[16] = "-";
        if (json_is_integer(speed))
            snprintf(mbps, sizeof mbps, "%d Mb/s", (int)json_integer_value(speed));
        printf("%-24s %-5s %-18s %9s %6d ", text_of(one, "source"), json_is_true(json_object_get(one, "up")) ? "up" : "down", text_of(one, "mac"), mbps,
               (int)json_integer_value(json_object_get(one, "mtu")));
        json_array_foreach (json_object_get(one, "addresses"), n, address)
            printf(" %s", json_string_value(address));
        putchar('\n');
        if (json_is_object(afxdp))
            printf("%-24s %s; receive queues: %d; needs %s; the host does not get what it takes\n", text_of(afxdp, "source"), text_of(afxdp, "mode"),
                   (int)json_integer_value(json_object_get(one, "receiveQueues")), text_of(afxdp, "needs"));
    }
}

// The other way into an interface, where this build has it and the interface is of the kind.
static json_t *afxdp_of(json_t *one)
{
    char source[64], names[RIGHTS_NAMES_BYTES];
    if (source_afxdp.absent || json_integer_value(json_object_get(one, "linkType")) != 1 || json_is_true(json_object_get(one, "loopback")))
        return json_null();
    snprintf(source, sizeof source, "afxdp:%s", text_of(one, "name"));
    return json_pack("{s:s, s:s?, s:s}", "source", source, "mode", xdp_features_mode(if_nametoindex(text_of(one, "name"))), "needs",
                     rights_names(source_afxdp.rights, names));
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
    size_t i;
    json_t *one;
    char names[RIGHTS_NAMES_BYTES];
    json_array_foreach (sources, i, one) {
        json_object_set_new(one, "needs", json_string(rights_names(source_afpacket.rights, names)));
        json_object_set_new(one, "afxdp", afxdp_of(one));
    }
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
