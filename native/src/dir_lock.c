// SPDX-License-Identifier: BSD-3-Clause
#include "dir_lock.h"

#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int lock_take(int dir_fd, const char *name, int *fd, struct tci_error *error)
{
    int opened = openat(dir_fd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0660);
    if (opened < 0)
        return fail_os(error, errno == EACCES || errno == EPERM || errno == EROFS ? TCI_NO_RIGHTS : TCI_WRITE_FAILED, "cannot create %s", name);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(opened, F_OFD_SETLK, &whole)) {
        int code = errno == EAGAIN || errno == EACCES ? fail(error, TCI_DIRECTORY_IN_USE, "another process holds %s", name)
                                                      : fail_os(error, TCI_FAILED, "cannot lock %s", name);
        close(opened);
        return code;
    }
    *fd = opened;
    return TCI_OK;
}

int lock_held_fd(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_GETLK, &whole))
        return -1;
    return whole.l_type != F_UNLCK;
}

int lock_held(int dir_fd, const char *name)
{
    int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? 0 : -1;
    int held = lock_held_fd(fd);
    close(fd);
    return held;
}

int dir_open(const char *path, int *fd, struct tci_error *error)
{
    if (strlen(path) > TCI_PATH_BYTES_MAX)
        return fail(error, TCI_BAD_REQUEST, "the directory's path is longer than %u bytes", TCI_PATH_BYTES_MAX);
    *fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd >= 0)
        return TCI_OK;
    return fail_os(error, errno == EACCES ? TCI_NO_RIGHTS : TCI_BAD_REQUEST, "cannot open the directory %s", path);
}
