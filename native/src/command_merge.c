// SPDX-License-Identifier: BSD-3-Clause
// `tci-capture merge`: the files of several queues, or of several captures, into one, by time.
#include "commands.h"
#include "merge.h"
#include "outcome.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {{"out", required_argument, NULL, 'o'}, {"format", required_argument, NULL, 'f'}, {0}};

int command_merge(int argc, char **argv)
{
    const char *out = NULL;
    enum traffic_format format = FORMAT_PCAP;
    struct tci_error error;
    struct tci_amount merged;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'o')
            out = optarg;
        else if (option == 'f' && (!strcmp(optarg, "pcap") || !strcmp(optarg, "pcapng")))
            format = strcmp(optarg, "pcapng") ? FORMAT_PCAP : FORMAT_PCAPNG;
        else
            return usage("merge does not take %.64s", argv[optind - 1]);
    }
    if (!out || optind == argc)
        return usage("merge wants --out FILE and files to merge");
    if (argc - optind > MERGE_FILES_MAX)
        return usage("merge takes at most %d files", MERGE_FILES_MAX);
    if (merge_files((const char *const *)argv + optind, (unsigned)(argc - optind), out, format, &merged, &error))
        return complain(&error);
    printf("%llu packets in %s\n", (unsigned long long)merged.packets, out);
    return 0;
}
