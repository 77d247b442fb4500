// SPDX-License-Identifier: BSD-3-Clause
#include "interfaces.h"

#include "outcome.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int link_type_of(int hardware)
{
    switch (hardware) {
    case ARPHRD_ETHER:
    case ARPHRD_LOOPBACK:
        return 1; // loopback has an Ethernet header too, all zero
    case ARPHRD_NONE:
        return 101; // tun and the like: begins with the IP header
    default:
        return -1;
    }
}

// The kernel wants to be asked twice: first for the size of the masks that follow the settings.
static int speed_of(int fd, struct ifreq *ask)
{
    union {
        struct ethtool_link_settings settings;
        uint32_t words[sizeof(struct ethtool_link_settings) / 4 + 3 * 127]; // three masks of at most 127 words
    } answer = {.settings = {.cmd = ETHTOOL_GLINKSETTINGS}};
    struct ethtool_link_settings *settings = &answer.settings;
    ask->ifr_data = (char *)&answer;
    if (ioctl(fd, SIOCETHTOOL, ask) || settings->link_mode_masks_nwords >= 0)
        return -1;
    settings->cmd = ETHTOOL_GLINKSETTINGS;
    settings->link_mode_masks_nwords = (int8_t)-settings->link_mode_masks_nwords;
    if (ioctl(fd, SIOCETHTOOL, ask) || settings->speed == (uint32_t)SPEED_UNKNOWN || settings->speed > INT32_MAX)
        return -1;
    return (int)settings->speed;
}

// A driver that tells neither has one queue, or none that can be told apart.
static unsigned receive_queues_of(int fd, struct ifreq *ask)
{
    struct ethtool_channels channels = {.cmd = ETHTOOL_GCHANNELS};
    struct ethtool_rxnfc rings = {.cmd = ETHTOOL_GRXRINGS};
    ask->ifr_data = (char *)&channels;
    if (!ioctl(fd, SIOCETHTOOL, ask) && channels.rx_count + channels.combined_count)
        return channels.rx_count + channels.combined_count;
    ask->ifr_data = (char *)&rings;
    return !ioctl(fd, SIOCETHTOOL, ask) && rings.data ? (unsigned)rings.data : 1;
}

static unsigned prefix_of(const uint8_t *mask, unsigned bytes)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < bytes; i++)
        bits += (unsigned)__builtin_popcount(mask[i]);
    return bits;
}

static void add_address(struct interface *interface, const struct ifaddrs *entry)
{
    if (!entry->ifa_addr || interface->addresses == INTERFACE_ADDRESSES_MAX)
        return;
    char text[INET6_ADDRSTRLEN];
    int family = entry->ifa_addr->sa_family;
    unsigned bytes = family == AF_INET ? 4 : 16;
    size_t at = family == AF_INET ? offsetof(struct sockaddr_in, sin_addr) : offsetof(struct sockaddr_in6, sin6_addr);
    if ((family != AF_INET && family != AF_INET6) || !inet_ntop(family, (const char *)entry->ifa_addr + at, text, sizeof text))
        return;
    unsigned prefix = entry->ifa_netmask ? prefix_of((const uint8_t *)entry->ifa_netmask + at, bytes) : bytes * 8;
    snprintf(interface->address[interface->addresses++], INTERFACE_ADDRESS_BYTES_MAX, "%s/%u", text, prefix);
}

static int describe(const char *name, const struct ifaddrs *all, struct interface *interface, struct tci_error *error)
{
    *interface = (struct interface){.speed_mbps = -1, .link_type = -1, .index = if_nametoindex(name)};
    if (!interface->index || strlen(name) >= IF_NAMESIZE)
        return fail(error, TCI_NO_SUCH_SOURCE, "no interface \"%.64s\" on this host", name);
    memcpy(interface->name, name, strlen(name) + 1);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail_os(error, TCI_FAILED, "cannot ask for interfaces");
    struct ifreq ask = {0};
    memcpy(ask.ifr_name, interface->name, IF_NAMESIZE);
    if (!ioctl(fd, SIOCGIFHWADDR, &ask)) {
        interface->link_type = link_type_of(ask.ifr_hwaddr.sa_family);
        const uint8_t *m = (const uint8_t *)ask.ifr_hwaddr.sa_data;
        if (ask.ifr_hwaddr.sa_family == ARPHRD_ETHER)
            snprintf(interface->mac, sizeof interface->mac, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
    }
    if (!ioctl(fd, SIOCGIFMTU, &ask))
        interface->mtu = ask.ifr_mtu;
    if (!ioctl(fd, SIOCGIFFLAGS, &ask)) {
        interface->up = ask.ifr_flags & IFF_UP;
        interface->loopback = ask.ifr_flags & IFF_LOOPBACK;
    }
    interface->speed_mbps = speed_of(fd, &ask);
    interface->receive_queues = receive_queues_of(fd, &ask);
    close(fd);
    for (const struct ifaddrs *entry = all; entry; entry = entry->ifa_next)
        if (!strcmp(entry->ifa_name, name))
            add_address(interface, entry);
    return TCI_OK;
}

int interface_find(const char *name, struct interface *interface, struct tci_error *error)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all))
        return fail_os(error, TCI_FAILED, "cannot list addresses");
    int code = describe(name, all, interface, error);
    freeifaddrs(all);
    return code;
}

json_t *interface_to_json(const struct interface *i)
{
    json_t *addresses = json_array();
    for (unsigned n = 0; n < i->addresses; n++)
        json_array_append_new(addresses, json_string(i->address[n]));
    return json_pack("{s:s, s:o, s:o, s:b, s:b, s:i, s:o, s:i, s:o}", "name", i->name, "mac", i->mac[0] ? json_string(i->mac) : json_null(), "addresses", addresses,
                     "up", i->up, "loopback", i->loopback, "mtu", i->mtu, "speedMbps", i->speed_mbps < 0 ? json_null() : json_integer(i->speed_mbps),
                     "receiveQueues", (int)i->receive_queues, "linkType", i->link_type < 0 ? json_null() : json_integer(i->link_type));
}

json_t *interfaces_to_json(struct tci_error *error)
{
    struct ifaddrs *all = NULL;
    struct if_nameindex *names = if_nameindex();
    if (!names || getifaddrs(&all)) {
        fail_os(error, TCI_FAILED, "cannot list interfaces");
        if (names)
            if_freenameindex(names);
        return NULL;
    }
    json_t *list = json_array();
    for (const struct if_nameindex *name = names; name->if_index; name++) {
        struct interface interface;
        if (describe(name->if_name, all, &interface, error))
            continue; // it went away since the names were read
        json_t *one = interface_to_json(&interface);
        char source[IF_NAMESIZE + 16];
        snprintf(source, sizeof source, "afpacket:%s", interface.name);
        json_object_set_new(one, "source", json_string(source));
        json_array_append_new(list, one);
    }
    freeifaddrs(all);
    if_freenameindex(names);
    return list;
}
