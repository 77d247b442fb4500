// SPDX-License-Identifier: BSD-3-Clause
#include "check.h"
#include "pages.h"

#include "instant.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

enum { READERS = 3, RUN_MS = 400 };

static struct status_page page;
static _Atomic int stop;
static _Atomic long reads, inconsistent, backwards, missed;

static void *reader(void *unused)
{
    (void)unused;
    uint64_t last = 0;
    while (!stop) {
        struct tci_status status;
        if (status_read(&page, &status, NULL)) {
            missed++;
            continue;
        }
        reads++;
        inconsistent += !counters_add_up(&status.total);
        backwards += status.total.seen.packets < last;
        last = status.total.seen.packets;
    }
    return NULL;
}

static int scratch(char *path)
{
    strcpy(path, "/tmp/tci-test-XXXXXX");
    return mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY) : -1;
}

static void clean(const char *path, int fd)
{
    unlinkat(fd, "status", 0);
    unlinkat(fd, "control", 0);
    close(fd);
    rmdir(path);
}

static void they_add_up_at_every_read(void)
{
    char path[64];
    int fd = scratch(path);
    CHECK_EQUAL(status_create(fd, 1, &page, NULL), TCI_OK);
    pthread_t threads[READERS];
    for (int i = 0; i < READERS; i++)
        pthread_create(&threads[i], NULL, reader, NULL);
    struct status_slot slot = {0};
    struct tci_counters *c = &slot.counters;
    uint64_t *parts[] = {&c->stored.packets, &c->filtered.packets, &c->outside_window.packets, &c->in_flight.packets, &c->dropped_kernel.packets};
    int64_t until = steady_now_ns() + RUN_MS * NS_PER_MS;
    unsigned random = 1;
    for (long i = 0; steady_now_ns() < until; i++) {
        random = random * 1103515245u + 12345u;
        (*parts[random >> 16 & 3])++;
        (*parts[random >> 20 & 3])++;
        c->seen.packets += 2;
        status_publish(&page.queues[0], &slot);
        if (i % 64 == 0)
            sleep_ns(1000); // an engine does other things between publications
    }
    stop = 1;
    for (int i = 0; i < READERS; i++)
        pthread_join(threads[i], NULL);
    CHECK(reads > 1000);
    CHECK_EQUAL(inconsistent, 0);
    CHECK_EQUAL(backwards, 0);
    CHECK_EQUAL(missed, 0);
    status_unmap(&page);
    clean(path, fd);
}

// What the reading rule protects from: were the slots written without it, the sums would not hold. Shown so that the test above is known to be able to fail.
static void a_torn_slot_is_seen(void)
{
    struct tci_counters c = {.seen = {2, 0}, .stored = {1, 0}};
    CHECK(!counters_add_up(&c));
    c.in_flight.packets = 1;
    CHECK(counters_add_up(&c));
    c.filtered.bytes = 1;
    CHECK(!counters_add_up(&c));
}

static void a_writer_killed_in_the_middle_leaves_the_last_publication(void)
{
    char path[64];
    int fd = scratch(path);
    CHECK_EQUAL(status_create(fd, 1, &page, NULL), TCI_OK);
    struct status_slot slot = {.counters = {.seen = {5, 50}, .stored = {5, 50}}}, read;
    status_publish(&page.queues[0], &slot);
    memset(&page.queues[0].slots[(page.queues[0].generation + 1) & 1], 0xee, sizeof slot / 2);
    CHECK(status_read_queue(&page.queues[0], &read));
    CHECK(read.counters.seen.packets == 5 && counters_add_up(&read.counters));
    status_unmap(&page);
    clean(path, fd);
}

static void pages_of_nonsense_are_refused(void)
{
    char path[64];
    int fd = scratch(path);
    struct tci_error error;
    struct control_page *control;
    CHECK_EQUAL(status_map(fd, false, &page, &error), TCI_NO_CAPTURE);
    int file = openat(fd, "status", O_RDWR | O_CREAT, 0600);
    CHECK_EQUAL(write(file, "TCISTAT1", 8), 8);
    CHECK_EQUAL(status_map(fd, false, &page, &error), TCI_NO_CAPTURE); // too short to be mapped
    CHECK_EQUAL(ftruncate(file, 4096), 0);
    CHECK_EQUAL(status_map(fd, false, &page, &error), TCI_NO_CAPTURE); // no version
    struct status_header header = {.magic = STATUS_MAGIC, .version = 1, .header_bytes = 512, .queue_bytes = 640, .queues = 64};
    CHECK_EQUAL(pwrite(file, &header, sizeof header, 0), sizeof header);
    CHECK_EQUAL(status_map(fd, false, &page, &error), TCI_NO_CAPTURE); // 64 queues do not fit one page
    header.queues = 1;
    CHECK_EQUAL(pwrite(file, &header, sizeof header, 0), sizeof header);
    CHECK_EQUAL(status_map(fd, false, &page, &error), TCI_OK);
    status_unmap(&page);
    CHECK_EQUAL(control_map(fd, true, &control, &error), TCI_NO_CAPTURE);
    close(file);
    clean(path, fd);
}

int main(void)
{
    RUN(they_add_up_at_every_read);
    RUN(a_torn_slot_is_seen);
    RUN(a_writer_killed_in_the_middle_leaves_the_last_publication);
    RUN(pages_of_nonsense_are_refused);
    return finish();
}
