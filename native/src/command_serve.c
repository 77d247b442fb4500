// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "launcher.h"
#include "outcome.h"
#include "quantity.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

static const struct option options[] = {{"socket", required_argument, NULL, 's'}, {"allow-uid", required_argument, NULL, 'u'},
                                        {"allow-gid", required_argument, NULL, 'g'}, {"detach", no_argument, NULL, 'd'},
                                        {"idle-exit", required_argument, NULL, 'i'},   {0}};

static bool take_idle_exit(struct launcher *l, const char *text)
{
    return quantity_duration_ms(text, &l->idle_exit_ms) && l->idle_exit_ms <= IDLE_EXIT_MS_MAX;
}

static bool allow(struct launcher *l, int option, const char *text)
{
    int64_t id = 0;
    if (!quantity_count(text, &id) || id >= UINT32_MAX || (option == 'u' ? l->uid_count : l->gid_count) == ALLOWED_MAX)
        return false;
    if (option == 'u')
        l->uids[l->uid_count++] = (uid_t)id;
    else
        l->gids[l->gid_count++] = (gid_t)id;
    return true;
}

// The socket listens already, so whoever waits for the first process finds a launcher. Its descriptors are let go: the caller may wait for their end.
static int detach(struct tci_error *error)
{
    pid_t pid = fork();
    if (pid < 0)
        return fail_os(error, TCI_FAILED, "cannot detach");
    if (pid > 0)
        _exit(0);
    setsid();
    int nowhere = open("/dev/null", O_RDWR);
    if (nowhere < 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0)
        return fail_os(error, TCI_FAILED, "cannot detach");
    if (nowhere > 2)
        close(nowhere);
    return TCI_OK;
}

int command_serve(int argc, char **argv)
{
    static struct launcher launcher;
    const char *socket = NULL;
    bool detached = false;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 's')
            socket = optarg;
        else if (option == 'd')
            detached = true;
        else if (option == '?' || !(option == 'i' ? take_idle_exit(&launcher, optarg) : allow(&launcher, option, optarg)))
            return usage("serve does not take %.64s", argv[optind - 1]);
    }
    if (!socket || optind < argc)
        return usage("serve wants --socket PATH");
    struct tci_error error;
    int code = launcher_open(&launcher, socket, &error);
    if (!code && detached)
        code = detach(&error);
    if (code == TCI_BUSY && detached)
        return code; // callers that start one just in case may come in numbers; the one that is there will do
    return code ? complain(&error) : launcher_serve(&launcher);
}
