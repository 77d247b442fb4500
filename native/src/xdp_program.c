// SPDX-License-Identifier: BSD-3-Clause
#include "xdp_program.h"

#include "outcome.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <unistd.h>

// Instructions by their names in the kernel's Documentation/bpf/standardization/instruction-set.rst.
#define MOVE(to, from) ((struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = to, .src_reg = from})
#define MOVE_VALUE(to, value) ((struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = to, .imm = value})
#define ADD_VALUE(to, value) ((struct bpf_insn){.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = to, .imm = value})
#define CONTEXT(to, member) ((struct bpf_insn){.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = to, .src_reg = BPF_REG_6, .off = offsetof(struct xdp_md, member)})
#define STORE(to, from) ((struct bpf_insn){.code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = to, .src_reg = from})
#define CALL(function) ((struct bpf_insn){.code = BPF_JMP | BPF_CALL, .imm = function})
#define UNLESS_ZERO(at, skip) ((struct bpf_insn){.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = at, .off = skip})
#define IF_GREATER(a, b, skip) ((struct bpf_insn){.code = BPF_JMP | BPF_JGT | BPF_X, .dst_reg = a, .src_reg = b, .off = skip})
#define MAP(to, fd) ((struct bpf_insn){.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = to, .src_reg = BPF_PSEUDO_MAP_FD, .imm = fd}), ((struct bpf_insn){0})
#define EXIT ((struct bpf_insn){.code = BPF_JMP | BPF_EXIT})

static int load(int sockets_fd)
{
    const struct bpf_insn code[] = {
        MOVE(BPF_REG_6, BPF_REG_1),
        CALL(BPF_FUNC_ktime_get_ns),
        MOVE(BPF_REG_7, BPF_REG_0),
        MOVE(BPF_REG_1, BPF_REG_6),
        MOVE_VALUE(BPF_REG_2, -XDP_STAMP_BYTES),
        CALL(BPF_FUNC_xdp_adjust_meta),
        UNLESS_ZERO(BPF_REG_0, 6),
        CONTEXT(BPF_REG_1, data_meta),
        CONTEXT(BPF_REG_2, data),
        MOVE(BPF_REG_3, BPF_REG_1),
        ADD_VALUE(BPF_REG_3, XDP_STAMP_BYTES),
        IF_GREATER(BPF_REG_3, BPF_REG_2, 1),
        STORE(BPF_REG_1, BPF_REG_7),
        MAP(BPF_REG_1, sockets_fd),
        CONTEXT(BPF_REG_2, rx_queue_index),
        MOVE_VALUE(BPF_REG_3, XDP_PASS),
        CALL(BPF_FUNC_redirect_map),
        EXIT,
    };
    return bpf_prog_load(BPF_PROG_TYPE_XDP, "tci_capture", "BSD", code, sizeof code / sizeof *code, NULL);
}

static int refuse_foreign(const struct interface *interface, bool *foreign, struct tci_error *error)
{
    LIBBPF_OPTS(bpf_xdp_query_opts, found);
    *foreign = false;
    if (bpf_xdp_query((int)interface->index, 0, &found))
        return fail_os(error, TCI_FAILED, "cannot ask %s for its XDP program", interface->name);
    unsigned id = found.prog_id ? found.prog_id : found.drv_prog_id ? found.drv_prog_id : found.skb_prog_id ? found.skb_prog_id : found.hw_prog_id;
    *foreign = id || found.attach_mode != XDP_ATTACHED_NONE;
    if (*foreign)
        return fail(error, TCI_FAILED, "%s has an XDP program already (number %u), which is left alone; it may be that of another capture", interface->name, id);
    return TCI_OK;
}

static int say_refused(const char *what, struct tci_error *error)
{
    if (errno == EPERM || errno == EACCES)
        return fail_os(error, TCI_NO_RIGHTS, "cannot %s: CAP_BPF and CAP_NET_ADMIN are needed", what);
    return fail_os(error, TCI_FAILED, "cannot %s", what);
}

int xdp_program_attach(const struct interface *interface, bool native, uint32_t queues, struct xdp_program *program, bool *foreign, struct tci_error *error)
{
    libbpf_set_print(NULL);
    *program = (struct xdp_program){-1, -1};
    int code = refuse_foreign(interface, foreign, error), loaded = -1;
    if (code)
        return code;
    program->sockets_fd = bpf_map_create(BPF_MAP_TYPE_XSKMAP, "tci_sockets", sizeof(uint32_t), sizeof(int), queues, NULL);
    if (program->sockets_fd < 0)
        code = say_refused("make a map of sockets", error);
    else if ((loaded = load(program->sockets_fd)) < 0)
        code = say_refused("load an XDP program", error);
    LIBBPF_OPTS(bpf_link_create_opts, how, .flags = native ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE);
    if (!code && (program->link_fd = bpf_link_create(loaded, (int)interface->index, BPF_XDP, &how)) < 0) {
        // Somebody else may have been faster.
        *foreign = errno == EBUSY || errno == EEXIST;
        if (*foreign)
            code = fail(error, TCI_FAILED, "%s has just got an XDP program of somebody else", interface->name);
        else if (errno == EPERM || errno == EACCES)
            code = say_refused("attach an XDP program", error);
        else
            code = fail_os(error, TCI_UNSUPPORTED, "%s takes no XDP program in %s mode", interface->name, native ? "native" : "SKB");
    }
    if (loaded >= 0)
        close(loaded); // the link holds it
    if (code)
        xdp_program_detach(program);
    return code;
}

int xdp_program_add(const struct xdp_program *program, uint32_t queue, int socket_fd, struct tci_error *error)
{
    return bpf_map_update_elem(program->sockets_fd, &queue, &socket_fd, BPF_ANY) ? say_refused("join a queue with its socket", error) : TCI_OK;
}

void xdp_program_detach(struct xdp_program *program)
{
    if (program->link_fd >= 0)
        close(program->link_fd);
    if (program->sockets_fd >= 0)
        close(program->sockets_fd);
    *program = (struct xdp_program){-1, -1};
}
