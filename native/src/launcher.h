// SPDX-License-Identifier: BSD-3-Clause
// The launcher: a socket on which others ask for captures, and a child process for each thing that is asked. It is one thread around one poll();
// it parses requests and watches children, and neither opens sources, nor compiles filters, nor reads anything out of a capture directory.
#pragma once
#include "tci_capture.h"

#include <stdbool.h>
#include <sys/types.h>

enum {
    CONNECTIONS_MAX = 32,
    CAPTURES_MAX = 64,
    OTHER_JOBS_MAX = 16,     // checks, lists, repairs at a time
    JOBS_MAX = CAPTURES_MAX + OTHER_JOBS_MAX,
    ALLOWED_MAX = 32,        // --allow-uid, --allow-gid, each
    REQUEST_DEADLINE_MS = 10000, // from accepting a caller, or its last answer, to its next whole request
    WRITE_DEADLINE_MS = 5000,
    START_DEADLINE_MS = 20000,
    CHECK_DEADLINE_MS = 3000,
    LIST_DEADLINE_MS = 5000,
    REPAIR_DEADLINE_MS = 600000,
    ADOPT_GRACE_MS = 1500,   // an engine may have been started just before the last launcher died, and not have its lock yet
    TICK_MS = 250,           // how often adopted captures are looked at
    IDLE_EXIT_MS_MAX = 86400000
};

enum job_kind { JOB_NONE, JOB_CAPTURE, JOB_CHECK, JOB_LIST, JOB_REPAIR };

struct job {
    enum job_kind kind;
    pid_t pid;            // 0: not our child, its lock is watched instead
    int64_t entry;        // captures: the name of its registry entry
    int out_fd;           // its answer; -1 when that is complete
    char *answer;
    size_t answer_used;
    int connection;       // who waits for the answer; -1: nobody
    int64_t deadline_ns;  // steady; for the answer, or for a repair to end. 0: none
    uid_t uid;
    gid_t gid;
    char dir[TCI_PATH_BYTES_MAX + 1];
};

struct connection {
    int fd; // -1: free
    uid_t uid;
    gid_t gid;
    bool waiting;        // for a job
    int64_t deadline_ns;
    size_t in_used;
    char *out;           // the answer being written; NULL: none
    size_t out_bytes, out_sent;
    char in[TCI_REQUEST_BYTES_MAX + 1];
};

struct launcher {
    int listen_fd, signal_fd, lock_fd;
    char socket[108];
    char registry[128]; // directory with an entry for each running capture
    int registry_fd;
    bool ending;
    int64_t idle_exit_ms;     // ends after so long without captures, other work and callers; 0: never by itself
    int64_t busy_ns;          // steady: when there last was any of these
    uid_t uids[ALLOWED_MAX];
    gid_t gids[ALLOWED_MAX];
    int uid_count, gid_count;
    struct connection connections[CONNECTIONS_MAX];
    struct job jobs[JOBS_MAX];
};

int launcher_open(struct launcher *launcher, const char *socket, struct tci_error *error);
int launcher_serve(struct launcher *launcher);

// launcher_idle.c: whether anybody still needs this launcher.
void idle_tick(struct launcher *launcher);

// launcher_calls.c: what callers say.
void connection_accept(struct launcher *launcher);
void connection_read(struct launcher *launcher, int index);
void connection_write(struct launcher *launcher, int index);
void connection_close(struct launcher *launcher, int index);
void connection_answer(struct launcher *launcher, int index, const char *text, size_t bytes);
void connection_fail(struct launcher *launcher, int index, int code, const char *message);

// launcher_requests.c: one request, a line of JSON.
void request_serve(struct launcher *launcher, int index, const char *text, size_t bytes);

// launcher_jobs.c: child processes.
int job_start(struct launcher *launcher, enum job_kind kind, const char *const *arguments, const char *dir, uid_t uid, gid_t gid, int connection,
              int deadline_ms);
int job_start_repair(struct launcher *launcher, const char *dir, uid_t uid, gid_t gid, int signal, int connection);
void job_read(struct launcher *launcher, int index);
void job_reap(struct launcher *launcher);
void job_tick(struct launcher *launcher);
int job_count(const struct launcher *launcher, bool captures);

// launcher_registry.c: which captures run, for the next launcher.
int registry_open(struct launcher *launcher, struct tci_error *error);
void registry_add(struct launcher *launcher, const struct job *job);
void registry_remove(struct launcher *launcher, int64_t entry);
void registry_adopt(struct launcher *launcher);
