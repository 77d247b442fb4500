// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "outcome.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

int complain(const struct tci_error *error)
{
    fprintf(stderr, "tci-capture: %s (%s)\n", error->message, tci_capture_code_name(error->code));
    return outcome_exit_code(error->code);
}

int usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("tci-capture: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("; see tci-capture help\n", stderr);
    va_end(arguments);
    return TCI_BAD_REQUEST;
}

void print_failure(const struct tci_error *error)
{
    // Messages may quote what came from outside: anything that is no JSON string becomes a fixed one.
    json_t *message = json_string(error->message);
    json_t *answer = json_pack("{s:b, s:s, s:i, s:o}", "ok", 0, "code", tci_capture_code_name(error->code), "exitCode",
                               outcome_exit_code(error->code), "message", message ? message : json_string("(the message is not text)"));
    if (error->code == TCI_BAD_FILTER)
        json_object_set_new(answer, "position", error->position < 0 ? json_null() : json_integer(error->position));
    json_dumpf(answer, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    fflush(stdout);
    json_decref(answer);
}
