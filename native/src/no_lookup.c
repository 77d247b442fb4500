// SPDX-License-Identifier: BSD-3-Clause
// The program's own definitions come before libc's, for libpcap too: a filter that names a host, a network or an Ethernet address looks nothing up and is
// refused as unknown. Names of ports and protocols stay: they are files of this host (/etc/services, /etc/protocols).
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <stddef.h>

#define VISIBLE __attribute__((visibility("default")))

VISIBLE int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints, struct addrinfo **restrict result)
{
    typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    lookup *original = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
    // libpcap parses numeric addresses with this function too.
    struct addrinfo only_numbers = hints ? *hints : (struct addrinfo){0};
    only_numbers.ai_flags |= node ? AI_NUMERICHOST : 0;
    return original ? original(node, service, &only_numbers, result) : EAI_FAIL;
}

VISIBLE struct hostent *gethostbyname(const char *name)
{
    (void)name;
    return NULL;
}

VISIBLE struct netent *getnetbyname(const char *name)
{
    (void)name;
    return NULL;
}

VISIBLE int getnetbyname_r(const char *name, struct netent *result, char *buffer, size_t bytes, struct netent **found, int *h_error)
{
    (void)name, (void)result, (void)buffer, (void)bytes;
    *found = NULL;
    *h_error = HOST_NOT_FOUND;
    return 0;
}

VISIBLE int ether_hostton(const char *name, struct ether_addr *address)
{
    (void)name, (void)address;
    return -1;
}
