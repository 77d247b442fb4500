// SPDX-License-Identifier: BSD-3-Clause
// A small file per running capture beside the socket, named by when it began (a process id may come again). The next launcher reads them;
// whether an engine is alive it asks the lock.
#include "instant.h"
#include "launcher.h"
#include "outcome.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int registry_open(struct launcher *l, struct tci_error *error)
{
    if (mkdir(l->registry, 0700) && errno != EEXIST)
        return fail_os(error, TCI_NO_RIGHTS, "cannot make %s", l->registry);
    l->registry_fd = open(l->registry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat facts;
    if (l->registry_fd < 0 || fstat(l->registry_fd, &facts))
        return fail_os(error, TCI_NO_RIGHTS, "cannot open %s", l->registry);
    if (facts.st_uid != geteuid() || facts.st_mode & 022)
        return fail(error, TCI_NO_RIGHTS, "%s belongs to, or can be written by, somebody else", l->registry);
    return TCI_OK;
}

static void entry_name(char name[24], int64_t entry)
{
    snprintf(name, 24, "%lld", (long long)entry);
}

void registry_add(struct launcher *l, const struct job *job)
{
    char name[24];
    entry_name(name, job->entry);
    json_t *content = json_pack("{s:s, s:I, s:I}", "dir", job->dir, "uid", (json_int_t)job->uid, "gid", (json_int_t)job->gid);
    int fd = openat(l->registry_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || !content || json_dumpfd(content, fd, JSON_COMPACT))
        fprintf(stderr, "tci-capture: cannot register the capture in %s; a later launcher will not know it\n", job->dir);
    if (fd >= 0)
        close(fd);
    json_decref(content);
}

void registry_remove(struct launcher *l, int64_t entry)
{
    char name[24];
    entry_name(name, entry);
    unlinkat(l->registry_fd, name, 0);
}

static void adopt(struct launcher *l, const char *name)
{
    char text[6 * TCI_PATH_BYTES_MAX + 256]; // a byte of a path is at most six in JSON
    int fd = openat(l->registry_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    ssize_t bytes = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    json_error_t where;
    json_t *entry = bytes > 0 ? json_loadb(text, (size_t)bytes, 0, &where) : NULL;
    const char *dir = json_string_value(json_object_get(entry, "dir"));
    struct job *job = l->jobs;
    while (job < l->jobs + JOBS_MAX && job->kind)
        job++;
    if (!dir || strlen(dir) > TCI_PATH_BYTES_MAX) {
        unlinkat(l->registry_fd, name, 0); // broken off when the last launcher died
    } else if (job == l->jobs + JOBS_MAX) {
        fprintf(stderr, "tci-capture: no room to adopt the capture in %s\n", dir);
    } else {
        *job = (struct job){.kind = JOB_CAPTURE, .entry = atoll(name), .out_fd = -1, .connection = -1,
                            .deadline_ns = steady_now_ns() + ADOPT_GRACE_MS * NS_PER_MS,
                            .uid = (uid_t)json_integer_value(json_object_get(entry, "uid")),
                            .gid = (gid_t)json_integer_value(json_object_get(entry, "gid"))};
        strcpy(job->dir, dir);
    }
    json_decref(entry);
}

void registry_adopt(struct launcher *l)
{
    int again = openat(l->registry_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = again < 0 ? NULL : fdopendir(again);
    if (!listing)
        return;
    for (const struct dirent *entry; (entry = readdir(listing));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            adopt(l, entry->d_name);
    closedir(listing);
}
