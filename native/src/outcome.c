// SPDX-License-Identifier: BSD-3-Clause
#include "outcome.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int code;
    const char *name;
} names[] = {
    {TCI_OK, "ok"},
    {TCI_FAILED, "failed"},
    {TCI_BAD_REQUEST, "bad-request"},
    {TCI_NO_SUCH_SOURCE, "no-such-source"},
    {TCI_NO_RIGHTS, "no-rights"},
    {TCI_BAD_FILTER, "bad-filter"},
    {TCI_DIRECTORY_IN_USE, "directory-in-use"},
    {TCI_DISK_FULL, "disk-full"},
    {TCI_SOURCE_DAMAGED, "source-damaged"},
    {TCI_SOURCE_GONE, "source-gone"},
    {TCI_WRITE_FAILED, "write-failed"},
    {TCI_DEADLINE, "deadline"},
    {TCI_KILLED, "killed"},
    {TCI_LOST, "lost"},
    {TCI_NO_LAUNCHER, "no-launcher"},
    {TCI_TIMEOUT, "timeout"},
    {TCI_BUSY, "busy"},
    {TCI_NO_CAPTURE, "no-capture"},
    {TCI_FILTER_TOO_COSTLY, "filter-too-costly"},
    {TCI_BUFFER_TOO_SMALL, "buffer-too-small"},
    {TCI_UNSUPPORTED, "unsupported"},
    {TCI_END_DURATION, "duration"},
    {TCI_END_PACKETS, "packets"},
    {TCI_END_BYTES, "bytes"},
    {TCI_END_STOPPED, "stopped"},
    {TCI_END_SOURCE_END, "source-end"},
    {TCI_END_SIGNAL, "signal"},
};

enum { NAMES = sizeof names / sizeof *names };

const char *tci_capture_code_name(int32_t code)
{
    for (int i = 0; i < NAMES; i++)
        if (names[i].code == code)
            return names[i].name;
    return "unknown";
}

int outcome_from_name(const char *name)
{
    for (int i = 0; name && i < NAMES; i++)
        if (!strcmp(names[i].name, name))
            return names[i].code;
    return TCI_FAILED;
}

int outcome_exit_code(int code)
{
    return code >= TCI_END_DURATION ? 0 : code;
}

static void fill(struct tci_error *error, int code, int os_error, const char *format, va_list arguments)
{
    if (!error)
        return;
    struct tci_error made = {.code = code, .os_error = os_error, .position = -1};
    vsnprintf(made.message, sizeof made.message, format, arguments);
    size_t used = strlen(made.message);
    if (os_error)
        snprintf(made.message + used, sizeof made.message - used, ": %s", strerrordesc_np(os_error) ? strerrordesc_np(os_error) : "unknown error");
    *error = made; // last, because an argument may point into the old message
}

int fail(struct tci_error *error, int code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, 0, format, arguments);
    va_end(arguments);
    return code;
}

int fail_os(struct tci_error *error, int code, const char *format, ...)
{
    int os_error = errno;
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, os_error, format, arguments);
    va_end(arguments);
    return code;
}
