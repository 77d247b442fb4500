// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "filter.h"
#include "outcome.h"
#include "quantity.h"
#include "request.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct option options[] = {
    {"filter", required_argument, NULL, 'f'}, {"linktype", required_argument, NULL, 'l'}, {"snaplen", required_argument, NULL, 's'}, {0}};

// One byte more than is allowed, so that a longer one is seen to be longer.
static int read_filter(char *text, size_t *bytes)
{
    *bytes = 0;
    while (*bytes <= TCI_FILTER_BYTES_MAX) {
        ssize_t n = read(STDIN_FILENO, text + *bytes, TCI_FILTER_BYTES_MAX + 1 - *bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -1 : 0;
        *bytes += (size_t)n;
    }
    return 0;
}

int command_check(int argc, char **argv)
{
    static char from_stdin[TCI_FILTER_BYTES_MAX + 1];
    const char *text = NULL;
    size_t bytes = 0;
    int64_t link_type = 1, snaplen = SNAPLEN_BYTES_MAX;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'f')
            text = optarg;
        else if (option != 'l' && option != 's')
            return usage("check does not know %.64s, or it wants a value", argv[optind - 1]);
        else if (option == 'l' ? !quantity_count(optarg, &link_type) || link_type > 65535
                               : !quantity_count(optarg, &snaplen) || snaplen < 1 || snaplen > SNAPLEN_BYTES_MAX)
            return usage("not a valid number: %.64s", optarg);
    }
    if (optind < argc)
        return usage("check takes options only, not %.64s", argv[optind]);
    struct tci_error error;
    if (text)
        bytes = strlen(text);
    else if (read_filter(from_stdin, &bytes))
        return complain((fail_os(&error, TCI_FAILED, "cannot read the filter"), &error));
    struct filter filter;
    int code = filter_compile(text ? text : from_stdin, bytes, (int)link_type, (uint32_t)snaplen, &filter, &error);
    if (code)
        print_failure(&error);
    else
        printf("{\"ok\":true,\"instructions\":%u}\n", filter.count);
    filter_free(&filter);
    return outcome_exit_code(code);
}
