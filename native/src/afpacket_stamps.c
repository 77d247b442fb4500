// SPDX-License-Identifier: BSD-3-Clause
// Kernel Documentation/networking/timestamping.rst, section 3.
#include "afpacket_stamps.h"

#include "outcome.h"

#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int stamps_from_hardware(int fd, const char *interface, struct tci_error *error)
{
    struct hwtstamp_config config = {0};
    struct ifreq request = {.ifr_data = (void *)&config};
    int raw = SOF_TIMESTAMPING_RAW_HARDWARE;
    strncpy(request.ifr_name, interface, sizeof request.ifr_name - 1);
    if (ioctl(fd, SIOCGHWTSTAMP, &request))
        return fail(error, TCI_UNSUPPORTED, "%s makes no hardware time stamps", interface);
    if (config.rx_filter == HWTSTAMP_FILTER_NONE)
        return fail(error, TCI_UNSUPPORTED, "hardware time stamps of %s are off; switch them on: hwstamp_ctl -i %s -r 1", interface, interface);
    if (config.rx_filter != HWTSTAMP_FILTER_ALL)
        return fail(error, TCI_UNSUPPORTED, "%s stamps only some packets; have it stamp all: hwstamp_ctl -i %s -r 1", interface, interface);
    if (setsockopt(fd, SOL_PACKET, PACKET_TIMESTAMP, &raw, sizeof raw))
        return fail_os(error, TCI_FAILED, "cannot take hardware time stamps");
    return TCI_OK;
}
