// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {{"run", command_run}, {"check", command_check}, {"list", command_list}, {"serve", command_serve}, {"repair", command_repair},
             {"merge", command_merge}};

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(verb, verbs[i].name))
            return verbs[i].run(argc - 1, argv + 1);
    if (!strcmp(verb, "version") || !strcmp(verb, "--version"))
        return printf("tci-capture %s\n", tci_capture_version()) < 0;
    if (!strcmp(verb, "help") || !strcmp(verb, "--help") || !strcmp(verb, "-h"))
        return fputs(help_text, stdout) < 0;
    return *verb ? usage("there is no \"%.64s\"", verb) : usage("say what to do");
}
