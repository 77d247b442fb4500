// SPDX-License-Identifier: BSD-3-Clause
#include "commands.h"
#include "engine.h"
#include "live.h"
#include "outcome.h"
#include "rights.h"
#include "run_options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void catch_signal(int number)
{
    caught = number;
}

static void install_signals(void)
{
    struct sigaction action = {.sa_handler = catch_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL); // the terminal went away
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a file size limit is an error of write(), not a death
    signal(SIGALRM, SIG_DFL);
}

// What a failed set-up made: nobody should find half a capture.
static void remove_made(const char *dir, bool made_directory)
{
    static const char *const names[] = {"request.json", "lock", "status", "control", "summary.json.tmp", "traffic.0.0.pcap.part"};
    char path[TCI_PATH_BYTES_MAX + 64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        unlink(path);
    }
    if (made_directory)
        rmdir(dir);
}

static int write_request(struct engine *e, struct tci_error *error)
{
    json_t *request = request_to_json(&e->request);
    int fd = request ? openat(e->dir_fd, "request.json", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660) : -1;
    int code = TCI_OK;
    if (!request)
        code = fail(error, TCI_BAD_REQUEST, "the source or the filter is not UTF-8");
    else if (fd < 0)
        code = errno == EEXIST ? fail(error, TCI_DIRECTORY_IN_USE, "the directory holds a request already")
                               : fail_os(error, TCI_WRITE_FAILED, "cannot create request.json");
    else if (json_dumpfd(request, fd, JSON_INDENT(2) | JSON_PRESERVE_ORDER))
        code = fail(error, TCI_DISK_FULL, "cannot write request.json");
    if (fd >= 0)
        close(fd);
    json_decref(request);
    return code;
}

static int conclude(struct engine *e, const char *dir, bool quiet)
{
    struct tci_error error;
    int code = engine_conclude(e, &error);
    if (code)
        return complain(&error);
    if (!quiet)
        live_end(e, dir);
    return outcome_exit_code(e->end.code);
}

// A person's capture: everything that can be wrong with the request is found before the directory is touched.
static int run_alone(struct engine *e, const char *dir)
{
    struct tci_error error;
    int code = request_validate(&e->request, &error);
    const char *rest;
    if (!code && !source_find(e->request.source, &rest, &error))
        code = error.code;
    if (!code)
        code = engine_open_source(e, &error);
    if (!code)
        code = engine_compile_filter(e, &error);
    if (code)
        return complain(&error);
    bool made = !mkdir(dir, 0770);
    bool taken = false;
    if (!made && errno != EEXIST)
        code = fail_os(&error, errno == EACCES ? TCI_NO_RIGHTS : errno == ENOSPC ? TCI_DISK_FULL : TCI_BAD_REQUEST, "cannot make the directory %.300s", dir);
    if (!code)
        code = engine_take_directory(e, dir, geteuid(), &error);
    if (!code)
        code = write_request(e, &error);
    taken = !code;
    if (!code)
        code = engine_make_pages(e, &error);
    if (!code)
        code = engine_open_writers(e, &error);
    if (!code)
        e->live = live_line;
    if (!code)
        code = engine_arm(e, &error);
    if (code) {
        // The threads that did start are ended before what they made goes.
        engine_free(e);
        if (taken || made)
            remove_made(dir, made);
        return complain(&error);
    }
    if (!e->request.packets && !e->request.bytes && isatty(STDERR_FILENO))
        fprintf(stderr, "Ctrl-C ends the capture; it ends by itself after %lld s\n", (long long)e->request.duration_ms / 1000);
    engine_loop(e);
    return conclude(e, dir, false);
}

static int managed_source(struct engine *e, struct tci_error *error)
{
    int code = request_read(e->dir_fd, &e->request, error);
    if (!code)
        code = request_check_deadline(&e->request, error);
    if (!code)
        code = engine_open_source(e, error);
    return code ? code : engine_compile_filter(e, error);
}

static int managed_start(struct engine *e, struct tci_error *error)
{
    int code = engine_open_writers(e, error);
    return code ? code : engine_arm(e, error);
}

static int run_managed(struct engine *e, const struct run_options *o)
{
    struct tci_error error;
    uid_t caller = o->has_caller ? o->uid : geteuid();
    int code = caller && geteuid() == 0 ? rights_become(caller, o->gid, &error) : TCI_OK;
    if (!code)
        code = engine_take_directory(e, o->dir, caller, &error);
    // The pages have room for as many queues as the source turns out to have; a source that cannot be opened is told through them too.
    int refused = code ? code : managed_source(e, &e->end);
    if (!code)
        code = engine_make_pages(e, &error);
    if (code) {
        print_failure(&error);
        return outcome_exit_code(code);
    }
    if (refused || managed_start(e, &e->end)) {
        engine_stop(e);
        code = conclude(e, o->dir, true);
        print_failure(&e->end);
        return code;
    }
    puts("{\"ok\":true}");
    fflush(stdout);
    // The launcher waits for the end of this pipe; what is written to it later would be lost.
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0)
        dup2(nowhere, STDOUT_FILENO);
    engine_loop(e);
    return conclude(e, o->dir, true);
}

int command_run(int argc, char **argv)
{
    struct run_options options;
    int code = run_options_parse(argc, argv, &options);
    if (code)
        return code;
    static struct engine engine;
    struct tci_error error;
    if (rights_begin(&error))
        return complain(&error);
    install_signals();
    engine_init(&engine);
    engine.signal = &caught;
    engine.request = options.request;
    code = options.managed ? run_managed(&engine, &options) : run_alone(&engine, options.dir);
    engine_free(&engine);
    return code;
}
