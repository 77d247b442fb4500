// SPDX-License-Identifier: BSD-3-Clause
#include "key_file.h"

#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_BYTES = 2 * CRYPTO_PAN_KEY_BYTES };

static int digit(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool from_hex(const uint8_t *text, uint8_t *key)
{
    for (int i = 0; i < CRYPTO_PAN_KEY_BYTES; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        key[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static int take(const char *path, const uint8_t *text, size_t bytes, uint8_t *key, struct tci_error *error)
{
    if (bytes == CRYPTO_PAN_KEY_BYTES) {
        memcpy(key, text, bytes);
        return TCI_OK;
    }
    if (bytes == HEX_BYTES + 1 && text[HEX_BYTES] == '\n')
        bytes--;
    if (bytes == HEX_BYTES && from_hex(text, key))
        return TCI_OK;
    return fail(error, TCI_BAD_REQUEST, "the key file %.200s is neither %d bytes nor %d hexadecimal digits; make one: head -c 32 /dev/urandom", path,
                CRYPTO_PAN_KEY_BYTES, HEX_BYTES);
}

int key_file_read(const char *path, uint8_t key[CRYPTO_PAN_KEY_BYTES], struct tci_error *error)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail_os(error, errno == EACCES || errno == EPERM ? TCI_NO_RIGHTS : TCI_BAD_REQUEST, "cannot open the key file %.200s", path);
    struct stat facts;
    uint8_t text[HEX_BYTES + 2];
    ssize_t got = -1;
    bool regular = !fstat(fd, &facts) && S_ISREG(facts.st_mode);
    bool open_to_all = regular && facts.st_mode & S_IROTH;
    if (regular && !open_to_all)
        got = read(fd, text, sizeof text);
    close(fd);
    if (open_to_all)
        return fail(error, TCI_NO_RIGHTS, "the key file %.200s can be read by everybody: chmod o= it", path);
    if (got < 0)
        return fail(error, TCI_BAD_REQUEST, "the key file %.200s cannot be read", path);
    int code = take(path, text, (size_t)got, key, error);
    explicit_bzero(text, sizeof text);
    return code;
}
