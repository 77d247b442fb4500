// SPDX-License-Identifier: BSD-3-Clause
#include "confine.h"

#include "outcome.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !(defined(__x86_64__) || defined(__aarch64__))
int confine(bool driver, struct tci_error *error)
{
    (void)driver;
    (void)error;
    return TCI_OK;
}
#else

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static const int allowed[] = {
    // The ring and the queues.
    SYS_ppoll, SYS_getsockopt, SYS_setsockopt, SYS_getsockname, SYS_futex, SYS_clock_nanosleep, SYS_nanosleep, SYS_clock_gettime, SYS_gettimeofday,
    // Files.
    SYS_read, SYS_write, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_openat, SYS_close, SYS_fstat, SYS_newfstatat, SYS_statx, SYS_lseek, SYS_ftruncate,
    SYS_fallocate, SYS_fsync, SYS_fdatasync, SYS_renameat, SYS_renameat2, SYS_unlinkat, SYS_faccessat, SYS_fcntl, SYS_dup, SYS_dup3, SYS_io_uring_enter,
    SYS_getdents64,
    // Memory and threads; clone3() is told not to exist, so that libc takes clone(), whose flags can be looked at.
    SYS_munmap, SYS_madvise, SYS_brk, SYS_mremap, SYS_set_robust_list, SYS_rseq, SYS_sched_setaffinity, SYS_sched_getaffinity, SYS_sched_yield, SYS_gettid,
    SYS_getpid, SYS_getrandom,
    // Signals and the end.
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_restart_syscall, SYS_tgkill, SYS_exit, SYS_exit_group, SYS_geteuid, SYS_getuid,
#if defined(__x86_64__)
    SYS_poll, SYS_dup2, SYS_rename, SYS_unlink, SYS_rmdir, SYS_alarm,
#endif
};

enum { ALLOWED = sizeof allowed / sizeof *allowed, RULES_MAX = 2 * ALLOWED + 32 };

#define LOAD(field) ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field)))
#define RETURN(value) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value))
#define UNLESS_EQUAL(value, skip) ((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip))
#define IF_SET(bits, skip) ((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, skip, 0))

static unsigned rules_for(struct sock_filter *rules, bool driver)
{
    enum { REFUSED = SECCOMP_RET_ERRNO | EPERM };
    const unsigned thread_flag = 0x00010000; // CLONE_THREAD
    unsigned n = 0;
    rules[n++] = LOAD(arch);
    rules[n++] = UNLESS_EQUAL(ARCHITECTURE, 1);
    rules[n++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1);
    rules[n++] = RETURN(SECCOMP_RET_KILL_PROCESS);
    rules[n++] = LOAD(nr);
    for (unsigned i = 0; i < ALLOWED; i++) {
        rules[n++] = UNLESS_EQUAL((unsigned)allowed[i], 1);
        rules[n++] = RETURN(SECCOMP_RET_ALLOW);
    }
    rules[n++] = UNLESS_EQUAL(SYS_ioctl, 1);
    rules[n++] = RETURN(driver ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | ENOTTY);
    rules[n++] = UNLESS_EQUAL(SYS_clone3, 1);
    rules[n++] = RETURN(SECCOMP_RET_ERRNO | ENOSYS);
    // Threads, no processes.
    rules[n++] = UNLESS_EQUAL(SYS_clone, 4);
    rules[n++] = LOAD(args[0]);
    rules[n++] = IF_SET(thread_flag, 1);
    rules[n++] = RETURN(REFUSED);
    rules[n++] = RETURN(SECCOMP_RET_ALLOW);
    // Memory that is executable was made before.
    rules[n++] = UNLESS_EQUAL(SYS_mmap, 1);
    rules[n++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1);
    rules[n++] = UNLESS_EQUAL(SYS_mprotect, 4);
    rules[n++] = LOAD(args[2]);
    rules[n++] = IF_SET(PROT_EXEC, 1);
    rules[n++] = RETURN(SECCOMP_RET_ALLOW);
    rules[n++] = RETURN(REFUSED);
    rules[n++] = RETURN(REFUSED);
    return n;
}

int confine(bool driver, struct tci_error *error)
{
    struct sock_filter rules[RULES_MAX];
    struct sock_fprog program = {(unsigned short)rules_for(rules, driver), rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program))
        return fail_os(error, TCI_FAILED, "cannot give up system calls");
    return TCI_OK;
}
#endif
