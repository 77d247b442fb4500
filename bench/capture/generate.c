// SPDX-License-Identifier: BSD-3-Clause
// Packets into an interface: generate xdp|mmsg IFACE SIZE|mix PACKETS_PER_SECOND|0 SECONDS. xdp: live frames of BPF_PROG_TEST_RUN that a program redirects when
// they are due, and drops until then; the interface's other end needs NAPI (ethtool -K PEER gro on). Prints {"sent": N, "seconds": S}.
#include <errno.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, PACKET_BYTES_MAX = 1514, KINDS = 12, CONNECTIONS = 256, CATCH_UP_NS = 5000000 };

static const unsigned mix[KINDS] = {64, 576, 64, 64, 576, 64, 1500, 64, 576, 64, 64, 576};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make(uint8_t *p, unsigned bytes, unsigned connection)
{
    static const uint8_t head[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0};
    memset(p, 0, bytes);
    memcpy(p, head, sizeof head);
    p[16] = (uint8_t)((bytes - 14) >> 8), p[17] = (uint8_t)(bytes - 14), p[22] = 64, p[23] = 17, p[26] = p[30] = 10, p[29] = 1, p[33] = 2;
    p[34] = 4, p[35] = (uint8_t)connection, p[37] = 9, p[38] = (uint8_t)((bytes - 34) >> 8), p[39] = (uint8_t)(bytes - 34);
}

#define MOVE(register, value) {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = register, .imm = value}
#define MOVE_REGISTER(to, from) {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = to, .src_reg = from}
#define ADD(register, value) {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = register, .imm = value}
#define ADD_REGISTER(to, from) {.code = BPF_ALU64 | BPF_ADD | BPF_X, .dst_reg = to, .src_reg = from}
#define LOAD(to, from, offset) {.code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = to, .src_reg = from, .off = offset}
#define STORE(to, offset, from) {.code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = to, .src_reg = from, .off = offset}
#define CALL(function) {.code = BPF_JMP | BPF_CALL, .imm = function}
#define IF_ZERO(register, skip) {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = register, .off = skip}
#define IF_GREATER(register, value, skip) {.code = BPF_JMP | BPF_JGT | BPF_K, .dst_reg = register, .imm = value, .off = skip}
#define IF_GREATER_REGISTER(left, right, skip) {.code = BPF_JMP | BPF_JGT | BPF_X, .dst_reg = left, .src_reg = right, .off = skip}
#define EXIT {.code = BPF_JMP | BPF_EXIT}

// What the program and we share, in a map of one value that is mapped.
struct pace {
    uint64_t due_ns, interval_ns, sent;
};

static struct pace *make_pace(double rate, int *map_fd)
{
    union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = sizeof(struct pace), .max_entries = 1, .map_flags = BPF_F_MMAPABLE};
    *map_fd = (int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof attr);
    void *at = *map_fd < 0 ? MAP_FAILED : mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, *map_fd, 0);
    if (at == MAP_FAILED)
        return NULL;
    struct pace *pace = at;
    pace->interval_ns = rate > 0 ? (uint64_t)(1e9 / rate) : 0;
    return pace;
}

// Redirects a frame that is due; for the mix, after cutting it from 1500 bytes to one of the sizes, by chance. What is more than CATCH_UP_NS late is left out.
static int load_redirect(unsigned interface, bool mixed, int map_fd)
{
    const struct bpf_insn code[] = {
        MOVE_REGISTER(6, 1),
        {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = 7, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = map_fd}, {0},
        CALL(BPF_FUNC_ktime_get_ns),
        LOAD(1, 7, offsetof(struct pace, due_ns)),
        IF_GREATER_REGISTER(1, 0, 24),
        LOAD(2, 7, offsetof(struct pace, interval_ns)), ADD_REGISTER(1, 2), ADD(0, -CATCH_UP_NS),
        IF_GREATER_REGISTER(1, 0, 1), MOVE_REGISTER(1, 0),
        STORE(7, offsetof(struct pace, due_ns), 1),
        LOAD(1, 7, offsetof(struct pace, sent)), ADD(1, 1), STORE(7, offsetof(struct pace, sent), 1),
        MOVE(2, mixed), IF_ZERO(2, 9),
        CALL(BPF_FUNC_get_prandom_u32), {.code = BPF_ALU | BPF_MOD | BPF_K, .dst_reg = 0, .imm = KINDS},
        MOVE(2, 0), IF_GREATER(0, 10, 3), MOVE(2, 576 - 1500), IF_GREATER(0, 6, 1), MOVE(2, 64 - 1500),
        MOVE_REGISTER(1, 6), CALL(BPF_FUNC_xdp_adjust_tail),
        MOVE(1, (int)interface), MOVE(2, 0), CALL(BPF_FUNC_redirect), EXIT,
        MOVE(0, XDP_DROP), EXIT,
    };
    union bpf_attr attr = {.prog_type = BPF_PROG_TYPE_XDP, .insn_cnt = sizeof code / sizeof *code, .insns = (uintptr_t)code, .license = (uintptr_t) "BSD"};
    return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof attr);
}

static void on_alarm(int number)
{
    (void)number;
}

// One run for all of the time, which a signal ends: to set one up takes tens of milliseconds.
static bool send_xdp(int fd, uint8_t *packet, unsigned bytes, double seconds)
{
    struct xdp_md context = {.data_end = bytes};
    union bpf_attr attr = {.test = {.prog_fd = (unsigned)fd, .data_size_in = bytes, .data_in = (uintptr_t)packet, .repeat = UINT32_MAX, .ctx_size_in = sizeof context,
                                    .ctx_in = (uintptr_t)&context, .flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = BATCH}};
    struct itimerval timer = {.it_value = {(time_t)seconds, (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &timer, NULL);
    return !syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof attr) || errno == EINTR;
}

static int open_socket(unsigned interface)
{
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)interface};
    int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
    if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one) || bind(fd, (struct sockaddr *)&address, sizeof address))
        return -1;
    return fd;
}

static int send_mmsg(int fd, uint8_t (*packets)[PACKET_BYTES_MAX], const unsigned *bytes)
{
    struct mmsghdr messages[BATCH] = {0};
    struct iovec parts[BATCH];
    for (unsigned i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){packets[i], bytes[i]};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    int sent = sendmmsg(fd, messages, BATCH, 0);
    return sent < 0 ? 0 : sent;
}

static bool run_xdp(unsigned interface, bool mixed, unsigned bytes, double rate, double *seconds, uint64_t *sent)
{
    uint8_t packet[PACKET_BYTES_MAX];
    int map_fd;
    struct pace *pace = make_pace(rate, &map_fd);
    int fd = pace ? load_redirect(interface, mixed, map_fd) : -1;
    make(packet, bytes, 0);
    double begin = now();
    if (fd < 0 || !send_xdp(fd, packet, bytes, *seconds))
        return false;
    *seconds = now() - begin;
    *sent = pace->sent;
    return true;
}

static bool run_mmsg(unsigned interface, bool mixed, unsigned size, double rate, double *seconds, uint64_t *sent)
{
    static uint8_t packets[BATCH][PACKET_BYTES_MAX];
    unsigned bytes[BATCH];
    int fd = open_socket(interface);
    if (fd < 0)
        return false;
    double begin = now(), at = begin;
    for (unsigned turn = 0; at - begin < *seconds; turn++, at = now()) {
        if (rate > 0 && (double)*sent > (at - begin) * rate) {
            struct timespec pause = {0, 20000};
            nanosleep(&pause, NULL);
            continue;
        }
        for (unsigned i = 0; i < BATCH; i++) {
            bytes[i] = !mixed ? size : mix[(turn * BATCH + i) % KINDS];
            make(packets[i], bytes[i], (turn + i) % CONNECTIONS);
        }
        *sent += (uint64_t)send_mmsg(fd, packets, bytes);
    }
    *seconds = at - begin;
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: generate xdp|mmsg IFACE SIZE|mix PACKETS_PER_SECOND|0 SECONDS\n", stderr);
        return 2;
    }
    bool xdp = !strcmp(argv[1], "xdp"), mixed = !strcmp(argv[3], "mix");
    unsigned interface = if_nametoindex(argv[2]), size = mixed ? 1500 : (unsigned)atoi(argv[3]);
    double rate = atof(argv[4]), seconds = atof(argv[5]);
    uint64_t sent = 0;
    if (!interface || size < 60 || size > PACKET_BYTES_MAX || !(xdp ? run_xdp : run_mmsg)(interface, mixed, size, rate, &seconds, &sent)) {
        perror("generate");
        return 1;
    }
    printf("{\"sent\": %llu, \"seconds\": %.3f}\n", (unsigned long long)sent, seconds);
    return 0;
}
