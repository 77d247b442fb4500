// SPDX-License-Identifier: BSD-3-Clause
#include "rights.h"

#include "outcome.h"

#include <grp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int set_capabilities(uint64_t kept, struct tci_error *error)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {0};
    for (int i = 0; i < 2; i++)
        data[i].effective = data[i].permitted = (uint32_t)(kept >> (32 * i));
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) || syscall(SYS_capset, &header, data))
        return fail_os(error, TCI_FAILED, "cannot give up capabilities");
    return TCI_OK;
}

static bool permitted(int capability)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {0};
    return !syscall(SYS_capget, &header, data) && (data[capability / 32].permitted >> (capability % 32) & 1);
}

static uint64_t permitted_of(uint64_t wanted)
{
    uint64_t there = 0;
    for (int capability = 0; capability < 64; capability++)
        if (wanted >> capability & 1 && permitted(capability))
            there |= UINT64_C(1) << capability;
    return there;
}

uint64_t rights_missing(uint64_t wanted)
{
    return wanted & ~permitted_of(wanted);
}

char *rights_names(uint64_t rights, char names[RIGHTS_NAMES_BYTES])
{
    static const struct {
        uint64_t right;
        const char *name;
    } all[] = {{RIGHT(CAP_NET_RAW), "CAP_NET_RAW"}, {RIGHT(CAP_NET_ADMIN), "CAP_NET_ADMIN"}, {RIGHT(CAP_BPF), "CAP_BPF"}, {RIGHT(CAP_IPC_LOCK), "CAP_IPC_LOCK"}};
    names[0] = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (rights & all[i].right)
            snprintf(names + strlen(names), RIGHTS_NAMES_BYTES - strlen(names), "%s%s", names[0] ? ", " : "", all[i].name);
    return names;
}

int rights_require(uint64_t wanted, const char *kind, struct tci_error *error)
{
    char needed[RIGHTS_NAMES_BYTES], missing[RIGHTS_NAMES_BYTES];
    if (!rights_missing(wanted))
        return TCI_OK;
    return fail(error, TCI_NO_RIGHTS, "%s sources need %s; missing: %s", kind, rights_names(wanted, needed), rights_names(rights_missing(wanted), missing));
}

int rights_begin(struct tci_error *error)
{
    struct rlimit none = {0};
    umask(0007);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || setrlimit(RLIMIT_CORE, &none))
        return fail_os(error, TCI_FAILED, "cannot give up rights");
    return TCI_OK;
}

int rights_become(uid_t uid, gid_t gid, struct tci_error *error)
{
    if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
        return fail_os(error, TCI_FAILED, "cannot keep capabilities");
    if (setgroups(0, NULL) || setresgid(gid, gid, gid) || setresuid(uid, uid, uid))
        return fail_os(error, TCI_NO_RIGHTS, "cannot become user %u", uid);
    return set_capabilities(permitted_of(RIGHTS_OF_SOURCES), error);
}

int rights_become_owner(int dir_fd, struct tci_error *error)
{
    struct stat directory;
    if (fstat(dir_fd, &directory))
        return fail_os(error, TCI_FAILED, "cannot look at the directory");
    // Root without its capabilities could not write a directory of another user; and files should belong to whom the directory belongs.
    if (geteuid() != 0 || directory.st_uid == 0)
        return TCI_OK;
    return rights_become(directory.st_uid, directory.st_gid, error);
}

int rights_check_caller(int dir_fd, uid_t caller, struct tci_error *error)
{
    struct stat directory;
    if (caller == 0 || caller == geteuid())
        return TCI_OK;
    if (fstat(dir_fd, &directory))
        return fail_os(error, TCI_FAILED, "cannot look at the directory");
    return directory.st_uid == caller ? TCI_OK : fail(error, TCI_NO_RIGHTS, "the directory does not belong to the user who asked");
}

int rights_keep(uint64_t rights, struct tci_error *error)
{
    return set_capabilities(permitted_of(rights), error);
}
