// SPDX-License-Identifier: BSD-3-Clause
#include "filter.h"

#include "instant.h"
#include "outcome.h"
#include "rights.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// What the child sends first; the instructions follow. A second verdict with the position may follow a bad-filter: looking for it takes longer, and the message
// should not be lost if the time is over before it is found.
struct verdict {
    int32_t code;
    int32_t position;
    uint32_t instructions;
    char message[300];
};

// The child needs no sockets. With them gone, nothing below libc's resolver (no_lookup.c is above it) can leave the machine.
static bool forbid_sockets(void)
{
    struct sock_filter rules[] = {
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)},
        {BPF_JMP | BPF_JEQ | BPF_K, 2, 0, SYS_socket},
        {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SYS_execve},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EACCES},
    };
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static bool send_all(int fd, const void *bytes, size_t count)
{
    for (const char *at = bytes; count;) {
        ssize_t sent = write(fd, at, count);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        count -= (size_t)sent;
    }
    return true;
}

static void send_bad(int fd, int code, int position, const char *message)
{
    struct verdict verdict = {.code = code, .position = position};
    strncpy(verdict.message, message, sizeof verdict.message - 1);
    send_all(fd, &verdict, sizeof verdict);
}

_Noreturn static void child(int fd, const char *text, int link_type, uint32_t snaplen)
{
    struct rlimit memory = {FILTER_MEMORY_BYTES, FILTER_MEMORY_BYTES}, cpu = {FILTER_CPU_SECONDS, FILTER_CPU_SECONDS}, none = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int s = 1; s < 32; s++)
        signal(s, SIG_DFL);
    // The sanitizers reserve terabytes of address space; their build goes without this one limit.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (setrlimit(RLIMIT_AS, &memory))
        _exit(1);
#endif
    (void)memory;
    if (rights_keep(0, NULL) || setrlimit(RLIMIT_CPU, &cpu) || setrlimit(RLIMIT_CORE, &none) || setrlimit(RLIMIT_FSIZE, &none) || !forbid_sockets())
        _exit(1);
    pcap_t *handle = pcap_open_dead(link_type_to_dlt(link_type), (int)snaplen);
    if (!handle)
        _exit(1);
    struct bpf_program program = {0};
    if (pcap_compile(handle, &program, text, 1, PCAP_NETMASK_UNKNOWN)) {
        char message[300];
        snprintf(message, sizeof message, "%s", pcap_geterr(handle));
        bool costly = strstr(message, "out of memory") || strstr(message, "malloc");
        send_bad(fd, costly ? TCI_FILTER_TOO_COSTLY : TCI_BAD_FILTER, -1, message);
        if (!costly)
            send_bad(fd, TCI_BAD_FILTER, filter_position(handle, text), message);
        _exit(0);
    }
    struct verdict verdict = {.code = TCI_OK, .position = -1, .instructions = program.bf_len};
    _exit(send_all(fd, &verdict, sizeof verdict) && send_all(fd, program.bf_insns, program.bf_len * sizeof *program.bf_insns) ? 0 : 1);
}

// Fills `bytes` bytes or stops at the end of the pipe, at most until the deadline. False when the time is over.
static bool receive(int fd, void *to, size_t bytes, size_t *got, int64_t deadline_ns)
{
    *got = 0;
    while (*got < bytes) {
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        int ready = poll(&waiting, 1, ms_until(deadline_ns));
        if (ready == 0)
            return false;
        ssize_t n = ready < 0 ? -1 : read(fd, (char *)to + *got, bytes - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        *got += (size_t)n;
    }
    return true;
}

static int too_costly(struct tci_error *error)
{
    return fail(error, TCI_FILTER_TOO_COSTLY, "compiling the filter takes more than %d ms or %d MiB", FILTER_WALL_MS, FILTER_MEMORY_BYTES >> 20);
}

static int take_bad(int fd, const struct verdict *first, int64_t deadline_ns, struct tci_error *error)
{
    struct verdict second;
    size_t got;
    int position = first->position;
    if (receive(fd, &second, sizeof second, &got, deadline_ns) && got == sizeof second)
        position = second.position;
    fail(error, first->code, "%.*s", (int)sizeof first->message - 1, first->message);
    if (error)
        error->position = position;
    return first->code;
}

static int take_verdict(int fd, struct filter *filter, int64_t deadline_ns, struct tci_error *error)
{
    struct verdict verdict;
    size_t got;
    if (!receive(fd, &verdict, sizeof verdict, &got, deadline_ns) || got < sizeof verdict)
        return too_costly(error);
    if (verdict.code == TCI_BAD_FILTER)
        return take_bad(fd, &verdict, deadline_ns, error);
    if (verdict.code || verdict.instructions < 1 || verdict.instructions > FILTER_INSTRUCTIONS_MAX)
        return too_costly(error);
    size_t bytes = verdict.instructions * sizeof *filter->instructions;
    struct bpf_insn *instructions = malloc(bytes);
    if (!instructions)
        return fail(error, TCI_FAILED, "no memory for the filter");
    if (!receive(fd, instructions, bytes, &got, deadline_ns) || got < bytes || !bpf_validate(instructions, (int)verdict.instructions)) {
        free(instructions);
        return too_costly(error);
    }
    *filter = (struct filter){instructions, verdict.instructions, {0}};
    jit_compile(instructions, verdict.instructions, &filter->jit);
    return TCI_OK;
}

// What no libpcap should see: it reads up to a NUL, and its messages would carry control bytes on.
static int refuse_bytes(const char *text, size_t bytes, struct tci_error *error)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c >= ' ' && c < 0x7f) || c == '\t' || c == '\n' || c == '\r')
            continue;
        fail(error, TCI_BAD_FILTER, "a filter has no byte 0x%02x", c);
        if (error)
            error->position = (int32_t)i;
        return TCI_BAD_FILTER;
    }
    return TCI_OK;
}

int filter_compile(const char *text, size_t bytes, int link_type, uint32_t snaplen, struct filter *filter, struct tci_error *error)
{
    *filter = (struct filter){0};
    if (bytes > TCI_FILTER_BYTES_MAX) {
        fail(error, TCI_BAD_FILTER, "the filter is %zu bytes long; at most %u are taken", bytes, TCI_FILTER_BYTES_MAX);
        if (error)
            error->position = TCI_FILTER_BYTES_MAX;
        return TCI_BAD_FILTER;
    }
    int code = refuse_bytes(text, bytes, error);
    char copy[TCI_FILTER_BYTES_MAX + 1];
    memcpy(copy, text, bytes);
    copy[bytes] = 0;
    if (code || !copy[strspn(copy, " \t\r\n")])
        return code;
    int pipe_fds[2];
    if (pipe2(pipe_fds, O_CLOEXEC))
        return fail_os(error, TCI_FAILED, "cannot make a pipe");
    pid_t pid = fork();
    if (pid == 0) {
        close(pipe_fds[0]);
        child(pipe_fds[1], copy, link_type, snaplen);
    }
    close(pipe_fds[1]);
    if (pid < 0) {
        close(pipe_fds[0]);
        return fail_os(error, TCI_FAILED, "cannot start a process for the filter");
    }
    code = take_verdict(pipe_fds[0], filter, steady_now_ns() + FILTER_WALL_MS * NS_PER_MS, error);
    close(pipe_fds[0]);
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
    return code;
}

void filter_free(struct filter *filter)
{
    jit_free(&filter->jit);
    free(filter->instructions);
    *filter = (struct filter){0};
}
