// SPDX-License-Identifier: BSD-3-Clause
#include "dir_lock.h"
#include "instant.h"
#include "launcher.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int job_count(const struct launcher *l, bool captures)
{
    int count = 0;
    for (int i = 0; i < JOBS_MAX; i++)
        count += l->jobs[i].kind != JOB_NONE && (l->jobs[i].kind == JOB_CAPTURE) == captures;
    return count;
}

static void job_free(struct launcher *l, struct job *job)
{
    if (job->kind == JOB_CAPTURE)
        registry_remove(l, job->entry);
    if (job->out_fd >= 0)
        close(job->out_fd);
    free(job->answer);
    memset(job, 0, sizeof *job);
}

_Noreturn static void become_child(int out_fd, const char *const *arguments)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    setsid(); // a Ctrl-C for the launcher is none for its captures
    int nowhere = open("/dev/null", O_RDONLY);
    if (dup2(nowhere, STDIN_FILENO) < 0 || dup2(out_fd, STDOUT_FILENO) < 0 || close_range(3, ~0u, 0))
        _exit(TCI_FAILED);
    // The file this process runs, also when another version lies at its path by now.
    execv("/proc/self/exe", (char *const *)arguments);
    _exit(TCI_FAILED);
}

int job_start(struct launcher *l, enum job_kind kind, const char *const *arguments, const char *dir, uid_t uid, gid_t gid, int connection,
              int deadline_ms)
{
    int out[2];
    struct job *job = l->jobs;
    while (job < l->jobs + JOBS_MAX && job->kind)
        job++;
    if (job == l->jobs + JOBS_MAX || job_count(l, kind == JOB_CAPTURE) >= (kind == JOB_CAPTURE ? CAPTURES_MAX : OTHER_JOBS_MAX))
        return TCI_BUSY;
    if (pipe2(out, O_CLOEXEC | O_NONBLOCK))
        return TCI_FAILED;
    fcntl(out[1], F_SETFL, 0); // the child writes like any program
    pid_t pid = fork();
    if (pid == 0)
        become_child(out[1], arguments);
    close(out[1]);
    if (pid < 0) {
        close(out[0]);
        return TCI_FAILED;
    }
    *job = (struct job){.kind = kind, .pid = pid, .entry = unix_now_ns(), .out_fd = out[0], .connection = connection, .uid = uid, .gid = gid,
                        .deadline_ns = steady_now_ns() + deadline_ms * NS_PER_MS};
    if (dir)
        strcpy(job->dir, dir);
    if (kind == JOB_CAPTURE)
        registry_add(l, job);
    if (connection >= 0)
        l->connections[connection].waiting = true;
    return TCI_OK;
}

int job_start_repair(struct launcher *l, const char *dir, uid_t uid, gid_t gid, int signal, int connection)
{
    char as[32], signal_text[16];
    snprintf(as, sizeof as, "%u:%u", uid, gid);
    snprintf(signal_text, sizeof signal_text, "%d", signal);
    const char *arguments[] = {"tci-capture", "repair", "--json", "--dir", dir, "--as", as, signal ? "--signal" : NULL, signal_text, NULL};
    return job_start(l, JOB_REPAIR, arguments, dir, uid, gid, connection, REPAIR_DEADLINE_MS);
}

static void deliver(struct launcher *l, struct job *job)
{
    int connection = job->connection;
    job->connection = -1;
    if (job->kind == JOB_CAPTURE)
        job->deadline_ns = 0; // it is armed; from here on its own deadline counts
    if (connection < 0)
        return;
    const char *end = job->answer ? memchr(job->answer, '\n', job->answer_used) : NULL;
    if (end)
        connection_answer(l, connection, job->answer, (size_t)(end - job->answer));
    else
        connection_fail(l, connection, TCI_FAILED, "the process that should answer ended without an answer");
}

// Nothing more is taken from the child; what there is, is its answer.
static void end_answer(struct launcher *l, struct job *job)
{
    if (job->out_fd < 0)
        return;
    close(job->out_fd);
    job->out_fd = -1;
    deliver(l, job);
    free(job->answer);
    job->answer = NULL;
}

void job_read(struct launcher *l, int index)
{
    struct job *job = &l->jobs[index];
    if (!job->kind || job->out_fd < 0)
        return;
    if (!job->answer && !(job->answer = malloc(TCI_ANSWER_BYTES_MAX))) {
        end_answer(l, job);
        return;
    }
    ssize_t n = read(job->out_fd, job->answer + job->answer_used, TCI_ANSWER_BYTES_MAX - job->answer_used);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0)
        job->answer_used += (size_t)n;
    if (n <= 0 || memchr(job->answer, '\n', job->answer_used) || job->answer_used == TCI_ANSWER_BYTES_MAX)
        end_answer(l, job);
}

static bool has_summary(const char *dir)
{
    char path[TCI_PATH_BYTES_MAX + 16];
    snprintf(path, sizeof path, "%s/summary.json", dir);
    return !access(path, F_OK);
}

// The engine of a capture is gone. A directory without a summary is completed by a child that has its owner's rights, not ours.
static void capture_ended(struct launcher *l, struct job *job, int signal)
{
    struct job ended = *job;
    // A summary is the last but one thing an engine writes. Only one that was seen to end by itself has certainly written the last one too.
    bool complete = job->pid && !signal && has_summary(job->dir);
    job_free(l, job);
    if (!complete && job_start_repair(l, ended.dir, ended.uid, ended.gid, signal, -1))
        fprintf(stderr, "tci-capture: cannot start the repair of %s; ask for it again\n", ended.dir);
}

void job_reap(struct launcher *l)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < JOBS_MAX; i++) {
            struct job *job = &l->jobs[i];
            if (!job->kind || job->pid != pid)
                continue;
            while (job->out_fd >= 0) {
                size_t before = job->answer_used;
                job_read(l, i);
                if (job->out_fd >= 0 && job->answer_used == before)
                    end_answer(l, job);
            }
            if (job->kind == JOB_CAPTURE)
                capture_ended(l, job, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
            else
                job_free(l, job);
            break;
        }
}

static bool engine_alive(const char *dir)
{
    char path[TCI_PATH_BYTES_MAX + 16];
    snprintf(path, sizeof path, "%s/" LOCK_FILE, dir);
    return lock_held(AT_FDCWD, path) != 0; // not to be asked is not dead
}

void job_tick(struct launcher *l)
{
    int64_t now = steady_now_ns();
    for (int i = 0; i < JOBS_MAX; i++) {
        struct job *job = &l->jobs[i];
        if (job->kind && job->pid && job->deadline_ns && now >= job->deadline_ns) {
            int connection = job->connection;
            job->connection = -1;
            job->deadline_ns = 0;
            connection_fail(l, connection, job->kind == JOB_CHECK ? TCI_FILTER_TOO_COSTLY : TCI_TIMEOUT, "no answer within the time allowed");
            kill(job->pid, SIGKILL);
        } else if (job->kind == JOB_CAPTURE && !job->pid && now >= job->deadline_ns && !engine_alive(job->dir)) {
            capture_ended(l, job, 0);
        }
    }
}
