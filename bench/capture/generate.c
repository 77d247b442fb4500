// SPDX-License-Identifier: BSD-3-Clause
// Packets into an interface: generate xdp|mmsg IFACE SIZE|mix PACKETS_PER_SECOND|0 SECONDS. xdp: live frames of BPF_PROG_TEST_RUN that a program of two
// instructions redirects; the interface's other end needs NAPI (ethtool -K PEER gro on). Prints {"sent": N, "seconds": S}.
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Setting up a run takes milliseconds, so that it has to be long: this generator is for full speed, mmsg for a given rate.
enum { XDP_REPEAT = 1 << 16, BATCH = 64, PACKET_BYTES_MAX = 1514, KINDS = 12, CONNECTIONS = 256 };

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
#define CALL(function) {.code = BPF_JMP | BPF_CALL, .imm = function}
#define JUMP_GREATER(register, value, skip) {.code = BPF_JMP | BPF_JGT | BPF_K, .dst_reg = register, .imm = value, .off = skip}

// Redirects every frame; for the mix, after cutting it from 1500 bytes to one of the sizes, by chance.
static int load_redirect(unsigned interface, bool mixed)
{
    const struct bpf_insn one_size[] = {MOVE(1, (int)interface), MOVE(2, 0), CALL(BPF_FUNC_redirect), {.code = BPF_JMP | BPF_EXIT}};
    const struct bpf_insn many_sizes[] = {
        MOVE_REGISTER(6, 1), CALL(BPF_FUNC_get_prandom_u32), {.code = BPF_ALU | BPF_MOD | BPF_K, .dst_reg = 0, .imm = KINDS},
        MOVE(2, 0), JUMP_GREATER(0, 10, 3), MOVE(2, 576 - 1500), JUMP_GREATER(0, 6, 1), MOVE(2, 64 - 1500),
        MOVE_REGISTER(1, 6), CALL(BPF_FUNC_xdp_adjust_tail),
        MOVE(1, (int)interface), MOVE(2, 0), CALL(BPF_FUNC_redirect), {.code = BPF_JMP | BPF_EXIT},
    };
    union bpf_attr attr = {.prog_type = BPF_PROG_TYPE_XDP, .insn_cnt = mixed ? sizeof many_sizes / sizeof *many_sizes : sizeof one_size / sizeof *one_size,
                           .insns = (uintptr_t)(mixed ? many_sizes : one_size), .license = (uintptr_t) "BSD"};
    return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof attr);
}

static bool send_xdp(int fd, uint8_t *packet, unsigned bytes, unsigned count)
{
    struct xdp_md context = {.data_end = bytes};
    union bpf_attr attr = {.test = {.prog_fd = (unsigned)fd, .data_size_in = bytes, .data_in = (uintptr_t)packet, .repeat = count, .ctx_size_in = sizeof context,
                                    .ctx_in = (uintptr_t)&context, .flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = BATCH}};
    return !syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof attr);
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

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: generate xdp|mmsg IFACE SIZE|mix PACKETS_PER_SECOND|0 SECONDS\n", stderr);
        return 2;
    }
    bool xdp = !strcmp(argv[1], "xdp"), mixed = !strcmp(argv[3], "mix");
    unsigned interface = if_nametoindex(argv[2]), size = (unsigned)atoi(argv[3]);
    double rate = atof(argv[4]), seconds = atof(argv[5]);
    int fd = xdp ? load_redirect(interface, mixed) : open_socket(interface);
    static uint8_t packets[BATCH][PACKET_BYTES_MAX];
    unsigned bytes[BATCH];
    if (!interface || fd < 0 || (!mixed && (size < 60 || size > PACKET_BYTES_MAX))) {
        perror("generate");
        return 1;
    }
    double begin = now(), at = begin;
    uint64_t sent = 0;
    for (unsigned turn = 0; at - begin < seconds; turn++, at = now()) {
        if (rate > 0 && (double)sent > (at - begin) * rate) {
            struct timespec pause = {0, 20000};
            nanosleep(&pause, NULL);
            continue;
        }
        for (unsigned i = 0; i < (xdp ? 1 : BATCH); i++) {
            bytes[i] = !mixed ? size : xdp ? 1500 : mix[(turn * BATCH + i) % KINDS];
            make(packets[i], bytes[i], (turn + i) % CONNECTIONS);
        }
        if (xdp && !send_xdp(fd, packets[0], bytes[0], XDP_REPEAT)) {
            perror("generate: BPF_PROG_TEST_RUN");
            return 1;
        }
        sent += xdp ? XDP_REPEAT : (uint64_t)send_mmsg(fd, packets, bytes);
    }
    printf("{\"sent\": %llu, \"seconds\": %.3f}\n", (unsigned long long)sent, at - begin);
    return 0;
}
