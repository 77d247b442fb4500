// SPDX-License-Identifier: BSD-3-Clause
// What a packet may not cost: a system call. The program is traced, and what it asks of the kernel is counted.
#include "lab.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PACKETS = 400000, PACKETS_PER_CALL = 100, TRACE_S = 60, REFUSED = 126 };
#define OPTIONS (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL)

// The calls of all its threads and children until `pid` has ended; -1 if it ends otherwise than well, -REFUSED if nobody may be traced here.
static long count_calls(pid_t pid)
{
    int status;
    pid_t first = waitpid(pid, &status, __WALL);
    if (first == pid && WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
        return -REFUSED;
    if (first != pid || !WIFSTOPPED(status) || ptrace(PTRACE_SETOPTIONS, pid, 0, OPTIONS) || ptrace(PTRACE_SYSCALL, pid, 0, 0))
        return -1;
    long stops = 0;
    for (;;) {
        pid_t who = waitpid(-1, &status, __WALL);
        if (who < 0)
            return -1;
        if (who == pid && !WIFSTOPPED(status))
            return WIFEXITED(status) && !WEXITSTATUS(status) ? stops / 2 : -1; // one at its begin, one at its end
        if (!WIFSTOPPED(status))
            continue;
        int signal = WSTOPSIG(status);
        bool call = signal == (SIGTRAP | 0x80);
        stops += call;
        ptrace(PTRACE_SYSCALL, who, 0, call || signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
    }
}

static long calls_of_capture(const char *dir, unsigned packets)
{
    char limit[16];
    snprintf(limit, sizeof limit, "%u", packets);
    const char *arguments[] = {"tci-capture", "run", "--source", "synthetic:mix", "--dir", dir, "--packets", limit, "--filter", "tcp or udp", "--snaplen", "96", NULL};
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        alarm(TRACE_S);
        if (ptrace(PTRACE_TRACEME, 0, 0, 0))
            _exit(REFUSED);
        execv(lab_program, (char *const *)arguments);
        _exit(127);
    }
    return count_calls(pid);
}

static void a_packet_costs_no_system_call(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    SKIP("the sanitizers' run-time trace by themselves, and have system calls of their own");
#endif
    char few[96], many[96];
    snprintf(few, sizeof few, "%s/few", lab_folder);
    snprintf(many, sizeof many, "%s/many", lab_folder);
    long begin_and_end = calls_of_capture(few, 1000);
    if (begin_and_end == -REFUSED)
        SKIP("this host lets no process be traced by its parent");
    long calls = calls_of_capture(many, PACKETS);
    CHECK(begin_and_end > 0 && calls > 0);
    CHECK_EQUAL(lab_read(many).packets, PACKETS);
    if (calls - begin_and_end >= PACKETS / PACKETS_PER_CALL)
        printf("    %ld calls for %d packets, %ld for 1000\n", calls, PACKETS, begin_and_end);
    CHECK(calls - begin_and_end < PACKETS / PACKETS_PER_CALL);
}

int main(void)
{
    lab_open();
    RUN(a_packet_costs_no_system_call);
    lab_close();
    return finish();
}
