// SPDX-License-Identifier: BSD-3-Clause
// When the card's time stamps are taken. The kernel's answers are made here: ioctl() and setsockopt() are ours.
#include "afpacket_stamps.h"
#include "check.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int card_filter, taken; // card_filter < 0: the driver knows no time stamps

int ioctl(int fd, unsigned long what, ...)
{
    va_list arguments;
    va_start(arguments, what);
    struct ifreq *ask = va_arg(arguments, struct ifreq *);
    va_end(arguments);
    (void)fd;
    CHECK(what == SIOCGHWTSTAMP && !strcmp(ask->ifr_name, "eth0"));
    if (card_filter < 0) {
        errno = EOPNOTSUPP;
        return -1;
    }
    struct hwtstamp_config config = {.rx_filter = card_filter};
    memcpy(ask->ifr_data, &config, sizeof config);
    return 0;
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t bytes)
{
    (void)fd, (void)bytes;
    CHECK(level == SOL_PACKET && option == PACKET_TIMESTAMP);
    memcpy(&taken, value, sizeof taken);
    return 0;
}

static int ask(int filter, struct tci_error *error)
{
    card_filter = filter;
    taken = 0;
    return stamps_from_hardware(3, "eth0", error);
}

static void a_card_that_stamps_everything_is_believed(void)
{
    CHECK_EQUAL(ask(HWTSTAMP_FILTER_ALL, NULL), TCI_OK);
    CHECK_EQUAL(taken, SOF_TIMESTAMPING_RAW_HARDWARE);
}

static void others_are_refused_with_what_to_do(void)
{
    struct tci_error error;
    CHECK_EQUAL(ask(-1, &error), TCI_UNSUPPORTED);
    CHECK(strstr(error.message, "eth0 makes no hardware time stamps"));
    CHECK_EQUAL(ask(HWTSTAMP_FILTER_NONE, &error), TCI_UNSUPPORTED);
    CHECK(strstr(error.message, "are off; switch them on: hwstamp_ctl -i eth0 -r 1"));
    // Of a clock protocol alone: all other packets would have the kernel's, and nobody would know which.
    CHECK_EQUAL(ask(HWTSTAMP_FILTER_PTP_V2_EVENT, &error), TCI_UNSUPPORTED);
    CHECK(strstr(error.message, "only some packets"));
    CHECK_EQUAL(taken, 0);
}

int main(void)
{
    RUN(a_card_that_stamps_everything_is_believed);
    RUN(others_are_refused_with_what_to_do);
    return finish();
}
