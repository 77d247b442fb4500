// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "outcome.h"
#include "repair.h"
#include "rights.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct option options[] = {{"dir", required_argument, NULL, 'd'}, {"signal", required_argument, NULL, 's'}, {"as", required_argument, NULL, 'a'},
                                        {"json", no_argument, NULL, 'j'}, {0}};

int command_repair(int argc, char **argv)
{
    const char *dir = NULL;
    struct repair_reason reason = {.code = TCI_LOST};
    struct tci_error error;
    unsigned uid = geteuid(), gid = 0;
    int option, json = 0;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'd')
            dir = optarg;
        else if (option == 'j')
            json = 1;
        else if (option == 's' && (reason.signal = atoi(optarg)) > 0 && reason.signal < 65)
            reason.code = TCI_KILLED;
        else if (option != 'a' || sscanf(optarg, "%u:%u", &uid, &gid) != 2)
            return usage("repair does not take %.64s", argv[optind - 1]);
    }
    if (!dir && optind < argc)
        dir = argv[optind++];
    if (!dir || optind < argc)
        return usage("repair wants a directory");
    int code = uid && geteuid() == 0 ? rights_become(uid, gid, &error) : TCI_OK;
    if (!code)
        code = repair_directory(dir, uid, reason, &error);
    if (json && code)
        print_failure(&error);
    else if (json)
        puts("{\"ok\":true}");
    return !code ? 0 : json ? outcome_exit_code(code) : complain(&error);
}
