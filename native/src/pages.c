// SPDX-License-Identifier: BSD-3-Clause
#include "pages.h"

#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t status_bytes(uint32_t queues)
{
    size_t bytes = sizeof(struct status_header) + queues * sizeof(struct status_queue);
    return (bytes + 4095) / 4096 * 4096;
}

static int map_file(int fd, size_t bytes, bool writable, void **at, const char *name, struct tci_error *error)
{
    void *mapped = mmap(NULL, bytes, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED)
        return fail_os(error, TCI_FAILED, "cannot map %s", name);
    *at = mapped;
    return TCI_OK;
}

static int create_file(int dir_fd, const char *name, size_t bytes, void **at, struct tci_error *error)
{
    int fd = openat(dir_fd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0660);
    if (fd < 0)
        return fail_os(error, errno == EACCES ? TCI_NO_RIGHTS : TCI_WRITE_FAILED, "cannot create %s", name);
    int refused = posix_fallocate(fd, 0, (off_t)bytes);
    int code = TCI_OK;
    if (refused) {
        errno = refused;
        code = fail_os(error, refused == ENOSPC || refused == EDQUOT ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot allocate %s", name);
    } else {
        code = map_file(fd, bytes, true, at, name, error);
    }
    close(fd);
    return code;
}

int status_create(int dir_fd, uint32_t queues, struct status_page *page, struct tci_error *error)
{
    size_t bytes = status_bytes(queues);
    void *at = NULL;
    int code = create_file(dir_fd, "status", bytes, &at, error);
    if (code)
        return code;
    memset(at, 0, bytes);
    struct status_queue *first = (struct status_queue *)((char *)at + sizeof(struct status_header));
    *page = (struct status_page){.header = at, .queues = first, .count = queues, .mapped_bytes = bytes};
    page->header->version = PAGES_VERSION;
    page->header->header_bytes = sizeof(struct status_header);
    page->header->queue_bytes = sizeof(struct status_queue);
    page->header->queues = queues;
    page->header->state = TCI_STATE_ARMING;
    atomic_store_explicit(&page->header->magic, STATUS_MAGIC, memory_order_release);
    return TCI_OK;
}

static int open_page(int dir_fd, const char *name, bool writable, size_t *bytes, struct tci_error *error)
{
    int fd = openat(dir_fd, name, (writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        fail_os(error, errno == ENOENT ? TCI_NO_CAPTURE : errno == EACCES ? TCI_NO_RIGHTS : TCI_FAILED, "cannot open %s", name);
        return -1;
    }
    struct stat facts;
    if (fstat(fd, &facts) || !S_ISREG(facts.st_mode) || facts.st_size < 4096) {
        close(fd);
        fail(error, TCI_NO_CAPTURE, "%s is not a page of the capture engine", name);
        return -1;
    }
    *bytes = (size_t)facts.st_size;
    return fd;
}

int status_map(int dir_fd, bool writable, struct status_page *page, struct tci_error *error)
{
    size_t file_bytes = 0;
    int fd = open_page(dir_fd, "status", writable, &file_bytes, error);
    if (fd < 0)
        return error ? error->code : TCI_NO_CAPTURE;
    if (file_bytes > status_bytes(TCI_QUEUES_MAX))
        file_bytes = status_bytes(TCI_QUEUES_MAX);
    void *at = NULL;
    int code = map_file(fd, file_bytes, writable, &at, "status", error);
    close(fd);
    if (code)
        return code;
    struct status_header *header = at;
    uint32_t queues = 0;
    if (atomic_load_explicit(&header->magic, memory_order_acquire) == STATUS_MAGIC && header->version == PAGES_VERSION &&
        header->header_bytes == sizeof(struct status_header) && header->queue_bytes == sizeof(struct status_queue))
        queues = header->queues;
    if (queues < 1 || queues > TCI_QUEUES_MAX || status_bytes(queues) > file_bytes) {
        munmap(at, file_bytes);
        return fail(error, TCI_NO_CAPTURE, "status is not a version %u page of the capture engine", PAGES_VERSION);
    }
    *page = (struct status_page){.header = header, .queues = (struct status_queue *)((char *)at + sizeof *header), .count = queues, .mapped_bytes = file_bytes};
    return TCI_OK;
}

void status_unmap(struct status_page *page)
{
    if (page->header)
        munmap(page->header, page->mapped_bytes);
    *page = (struct status_page){0};
}

int control_create(int dir_fd, struct control_page **page, struct tci_error *error)
{
    void *at = NULL;
    int code = create_file(dir_fd, "control", CONTROL_BYTES, &at, error);
    if (code)
        return code;
    memset(at, 0, CONTROL_BYTES);
    *page = at;
    (*page)->version = PAGES_VERSION;
    atomic_store_explicit(&(*page)->magic, CONTROL_MAGIC, memory_order_release);
    return TCI_OK;
}

int control_map(int dir_fd, bool writable, struct control_page **page, struct tci_error *error)
{
    size_t file_bytes = 0;
    int fd = open_page(dir_fd, "control", writable, &file_bytes, error);
    if (fd < 0)
        return error ? error->code : TCI_NO_CAPTURE;
    void *at = NULL;
    int code = map_file(fd, CONTROL_BYTES, writable, &at, "control", error);
    close(fd);
    if (code)
        return code;
    struct control_page *control = at;
    if (atomic_load_explicit(&control->magic, memory_order_acquire) != CONTROL_MAGIC || control->version != PAGES_VERSION) {
        munmap(at, CONTROL_BYTES);
        return fail(error, TCI_NO_CAPTURE, "control is not a version %u page of the capture engine", PAGES_VERSION);
    }
    *page = control;
    return TCI_OK;
}

void control_unmap(struct control_page *page)
{
    if (page)
        munmap(page, CONTROL_BYTES);
}
