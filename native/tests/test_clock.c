// SPDX-License-Identifier: BSD-3-Clause
// Captures whose wall clock is set while they run. clock_gettime() is ours; each capture is a process of its own.
#include "check.h"
#include "engine.h"
#include "instant.h"
#include "rights.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RATE = 10000, DURATION_MS = 3500, SET_AFTER_MS = 2500 };
#define HOUR_NS (3600 * NS_PER_S)

static _Atomic int64_t *wall_offset_ns; // of the system's clock; shared with the captures
static _Atomic int64_t *took_ns;        // what the last capture took by itself, from before it is armed to the end of its window
static char folder[] = "/tmp/tci-clock-XXXXXX";

int clock_gettime(clockid_t clock, struct timespec *time)
{
    long code = syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME && wall_offset_ns) {
        int64_t ns = time->tv_sec * NS_PER_S + time->tv_nsec + atomic_load(wall_offset_ns);
        *time = (struct timespec){ns / NS_PER_S, ns % NS_PER_S};
    }
    return (int)code;
}

static int capture(const char *dir)
{
    static struct engine e;
    struct tci_error error;
    engine_init(&e);
    strcpy(e.request.id, "clock");
    snprintf(e.request.source, sizeof e.request.source, "synthetic:100,%d", RATE);
    e.request.duration_ms = DURATION_MS;
    e.request.deadline_unix_ns = unix_now_ns() + 24 * HOUR_NS;
    int code = engine_open_source(&e, &error);
    if (!code)
        code = engine_compile_filter(&e, &error);
    if (!code)
        code = engine_take_directory(&e, dir, geteuid(), &error);
    if (!code)
        code = engine_make_pages(&e, &error);
    if (!code)
        code = engine_open_writers(&e, &error);
    int64_t begin_ns = steady_now_ns();
    if (!code)
        code = engine_arm(&e, &error);
    if (code) {
        printf("    %s\n", error.message);
        return code;
    }
    engine_loop(&e);
    atomic_store(took_ns, steady_now_ns() - begin_ns);
    code = engine_conclude(&e, &error);
    engine_free(&e);
    return code;
}

static long long number(json_t *summary, const char *group, const char *member, const char *part)
{
    json_t *at = json_object_get(json_object_get(summary, group), member);
    return json_integer_value(part ? json_object_get(json_object_get(at, part), "packets") : at);
}

// Until it is past its start, in its own words.
static void await_start(const char *dir)
{
    struct tci_error error;
    struct status_page page;
    int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool running = false;
    for (int64_t until_ns = steady_now_ns() + 10 * NS_PER_S; !running && steady_now_ns() < until_ns; sleep_ns(5 * NS_PER_MS))
        if (!status_map(dir_fd, false, &page, &error)) {
            running = page.header->state == TCI_STATE_RUNNING;
            status_unmap(&page);
        }
    CHECK(running);
    close(dir_fd);
}

// Sets the clock by `steps` at SET_AFTER_MS, one every 300 ms; the capture has to be as long, and to store as much, as if nothing had happened.
static void survives(const int64_t *steps, int count)
{
    char dir[64], path[192];
    snprintf(dir, sizeof dir, "%s/%d", folder, count);
    snprintf(path, sizeof path, "rm -rf %s; mkdir %s", dir, dir);
    CHECK_EQUAL(system(path), 0);
    atomic_store(wall_offset_ns, 0);
    atomic_store(took_ns, 0);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(capture(dir));
    await_start(dir);
    sleep_ns(SET_AFTER_MS * NS_PER_MS);
    for (int i = 0; i < count; i++, sleep_ns(300 * NS_PER_MS))
        atomic_fetch_add(wall_offset_ns, steps[i]);
    int status = -1;
    waitpid(pid, &status, 0);
    int64_t took_ms = atomic_load(took_ns) / NS_PER_MS;
    CHECK_EQUAL(status, 0);
    if (took_ms < DURATION_MS - 50 || took_ms >= DURATION_MS + 1500)
        printf("    took %lld ms\n", (long long)took_ms);
    CHECK(took_ms >= DURATION_MS - 50 && took_ms < DURATION_MS + 1500);
    snprintf(path, sizeof path, "%s/summary.json", dir);
    json_t *summary = json_load_file(path, 0, NULL);
    long long seen = number(summary, "counters", "total", "seen"), stored = number(summary, "counters", "total", "stored"),
              outside = number(summary, "counters", "total", "outsideWindow");
    CHECK_EQUAL(number(summary, "end", "number", NULL), TCI_END_DURATION);
    CHECK_EQUAL(stored + outside, seen);
    // Until the thread that steers looks again, 45 ms at most, the old end of the window holds, each time the clock is set.
    if (outside > count * RATE / 10 || stored < DURATION_MS / 1000 * RATE * 8 / 10)
        printf("    seen %lld, stored %lld, outside %lld\n", seen, stored, outside);
    CHECK(outside <= count * RATE / 10 && stored >= DURATION_MS / 1000 * RATE * 8 / 10);
    json_decref(summary);
}

static void a_clock_set_back_costs_nothing(void)
{
    survives((int64_t[]){-HOUR_NS}, 1);
}

static void a_clock_set_forward_and_back_again_costs_nothing(void)
{
    survives((int64_t[]){HOUR_NS, -2 * HOUR_NS}, 2);
}

int main(void)
{
    wall_offset_ns = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (wall_offset_ns == MAP_FAILED || !mkdtemp(folder))
        return 1;
    took_ns = wall_offset_ns + 1;
    RUN(a_clock_set_back_costs_nothing);
    RUN(a_clock_set_forward_and_back_again_costs_nothing);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_EQUAL(system(command), 0);
    return finish();
}
