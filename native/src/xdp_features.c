// SPDX-License-Identifier: BSD-3-Clause
// Generic netlink's family "netdev" (kernel Documentation/netlink/specs/netdev.yaml).
#include "xdp_features.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Of linux/netdev.h, which is younger than the headers of some systems we build on.
enum { DEVICE_GET = 1, DEVICE_INDEX = 1, DEVICE_XDP_FEATURES = 3, CAN_RUN = 1, CAN_REDIRECT = 2, CAN_ZERO_COPY = 8, TIMEOUT_MS = 1000 };

// As NLA_ALIGN and NLMSG_LENGTH, which are signed.
static size_t aligned(size_t bytes)
{
    return (bytes + 3) & ~(size_t)3;
}

struct message {
    struct nlmsghdr header;
    struct genlmsghdr generic;
    char attributes[4096];
};

enum { HEADERS_BYTES = offsetof(struct message, attributes), ATTRIBUTE_BYTES = sizeof(struct nlattr) };
_Static_assert(HEADERS_BYTES == sizeof(struct nlmsghdr) + sizeof(struct genlmsghdr), "no padding");

// Sends a command with one attribute; the answer's attribute `wanted` into `value`.
static bool ask(int fd, uint16_t family, uint8_t command, uint16_t attribute, const void *about, uint16_t bytes, uint16_t wanted, void *value, size_t value_bytes)
{
    struct message m = {.header = {.nlmsg_type = family, .nlmsg_flags = NLM_F_REQUEST}, .generic = {.cmd = command, .version = 1}};
    struct nlattr a = {(uint16_t)(ATTRIBUTE_BYTES + bytes), attribute};
    memcpy(m.attributes, &a, sizeof a);
    memcpy(m.attributes + ATTRIBUTE_BYTES, about, bytes);
    m.header.nlmsg_len = (uint32_t)(HEADERS_BYTES + aligned(a.nla_len));
    if (send(fd, &m, m.header.nlmsg_len, 0) < 0)
        return false;
    ssize_t got = recv(fd, &m, sizeof m, 0);
    if (got < HEADERS_BYTES || m.header.nlmsg_type != family || m.header.nlmsg_len < HEADERS_BYTES || m.header.nlmsg_len > (size_t)got)
        return false;
    size_t end = m.header.nlmsg_len - HEADERS_BYTES;
    for (size_t at = 0; at + ATTRIBUTE_BYTES <= end; at += aligned(a.nla_len)) {
        memcpy(&a, m.attributes + at, sizeof a);
        if (a.nla_len < ATTRIBUTE_BYTES || at + a.nla_len > end)
            return false;
        if ((a.nla_type & NLA_TYPE_MASK) == wanted && a.nla_len >= ATTRIBUTE_BYTES + value_bytes) {
            memcpy(value, m.attributes + at + ATTRIBUTE_BYTES, value_bytes);
            return true;
        }
    }
    return false;
}

const char *xdp_features_mode(unsigned interface)
{
    static const char family_name[] = "netdev";
    uint16_t family = 0;
    uint32_t index = interface;
    uint64_t features = 0;
    struct timeval timeout = {.tv_usec = 0, .tv_sec = TIMEOUT_MS / 1000};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
    if (fd < 0)
        return NULL;
    bool known = !setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) &&
                 ask(fd, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_NAME, family_name, sizeof family_name, CTRL_ATTR_FAMILY_ID, &family, sizeof family) &&
                 ask(fd, family, DEVICE_GET, DEVICE_INDEX, &index, sizeof index, DEVICE_XDP_FEATURES, &features, sizeof features);
    close(fd);
    if (!known)
        return NULL;
    bool native = (features & (CAN_RUN | CAN_REDIRECT)) == (CAN_RUN | CAN_REDIRECT);
    return !native ? "SKB, copy" : features & CAN_ZERO_COPY ? "native, zero-copy" : "native, copy";
}
