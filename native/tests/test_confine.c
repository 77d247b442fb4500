// SPDX-License-Identifier: BSD-3-Clause
// What an engine at work can no longer do. In a child, because there is no way back.
#include "check.h"
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void *nothing(void *argument)
{
    return argument;
}

static bool refused(long result)
{
    return result == -1 && errno == EPERM;
}

// The number of the first thing that is not as it should be.
static int try_all(void)
{
    pthread_t thread;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (confine(false, NULL))
        return 1;
    if (!refused(socket(AF_INET, SOCK_STREAM, 0)) || !refused(socket(AF_PACKET, SOCK_RAW, 0)))
        return 2;
    if (!refused(execl("/bin/true", "true", NULL)))
        return 3;
    if (!refused(fork()))
        return 4;
    if (!refused(mprotect(page, 4096, PROT_READ | PROT_EXEC)) || mmap(NULL, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
        return 5;
    if (!refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)) || !refused(kill(getppid(), 0)))
        return 6;
    int value;
    if (ioctl(0, TIOCSTI, &value) != -1 || errno != ENOTTY)
        return 7;
    // And what it has to do works.
    if (pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL))
        return 8;
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);
    if (fd < 0 || write(fd, "x", 1) != 1 || fdatasync(fd) || ftruncate(fd, 0))
        return 9;
    return 0;
}

static void a_confined_process_can_do_its_work_and_nothing_else(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    SKIP("builds with sanitizers are not confined");
#endif
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(try_all());
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    CHECK_EQUAL(WEXITSTATUS(status), 0);
}

int main(void)
{
    RUN(a_confined_process_can_do_its_work_and_nothing_else);
    return finish();
}
