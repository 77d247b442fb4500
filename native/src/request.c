// SPDX-License-Identifier: BSD-3-Clause
#include "request.h"

#include "instant.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void request_init(struct request *request)
{
    *request = (struct request){.snaplen = SNAPLEN_BYTES_MAX, .promiscuous = true, .ring_bytes = RING_BYTES_DEFAULT};
}

static int text_member(const char *name, const json_t *value, char *to, size_t bytes_max, struct tci_error *error)
{
    if (!json_is_string(value))
        return fail(error, TCI_BAD_REQUEST, "%s is not a string", name);
    if (json_string_length(value) > bytes_max)
        return fail(error, TCI_BAD_REQUEST, "%s is longer than %zu bytes", name, bytes_max);
    memcpy(to, json_string_value(value), json_string_length(value) + 1);
    return TCI_OK;
}

static int number_member(const char *name, const json_t *value, int64_t min, int64_t *to, struct tci_error *error)
{
    if (!json_is_integer(value))
        return fail(error, TCI_BAD_REQUEST, "%s is not an integer that fits 64 bits", name);
    if (json_integer_value(value) < min)
        return fail(error, TCI_BAD_REQUEST, "%s is less than %lld", name, (long long)min);
    *to = json_integer_value(value);
    return TCI_OK;
}

static int flag_member(const char *name, const json_t *value, bool *to, struct tci_error *error)
{
    if (!json_is_boolean(value))
        return fail(error, TCI_BAD_REQUEST, "%s is neither true nor false", name);
    *to = json_is_true(value);
    return TCI_OK;
}

// An object with number members only, all of which may be null or absent. `names` and `targets` end in NULL.
static int numbers_object(const char *name, json_t *object, const char *const *names, int64_t *const *targets, struct tci_error *error)
{
    if (!json_is_object(object))
        return fail(error, TCI_BAD_REQUEST, "%s is not an object", name);
    const char *key;
    json_t *value;
    json_object_foreach (object, key, value) {
        int i = 0;
        while (names[i] && strcmp(names[i], key))
            i++;
        if (!names[i])
            return fail(error, TCI_BAD_REQUEST, "%s has an unknown member \"%.64s\"", name, key);
        char full[96];
        snprintf(full, sizeof full, "%s.%s", name, key);
        int code = json_is_null(value) ? TCI_OK : number_member(full, value, 1, targets[i], error);
        if (code)
            return code;
    }
    return TCI_OK;
}

static int one_member(const char *key, json_t *value, struct request *request, struct tci_error *error)
{
    int64_t number = 0;
    int code;
    if (!strcmp(key, "version")) {
        code = number_member(key, value, 1, &number, error);
        return code || number == 1 ? code : fail(error, TCI_BAD_REQUEST, "version is not 1");
    }
    if (!strcmp(key, "id"))
        return text_member(key, value, request->id, REQUEST_ID_BYTES_MAX, error);
    if (!strcmp(key, "source"))
        return text_member(key, value, request->source, REQUEST_SOURCE_BYTES_MAX, error);
    if (!strcmp(key, "filter"))
        return text_member(key, value, request->filter, TCI_FILTER_BYTES_MAX, error);
    if (!strcmp(key, "snaplen")) {
        code = number_member(key, value, 1, &number, error);
        request->snaplen = number > SNAPLEN_BYTES_MAX ? SNAPLEN_BYTES_MAX + 1 : (uint32_t)number;
        return code;
    }
    if (!strcmp(key, "promiscuous"))
        return flag_member(key, value, &request->promiscuous, error);
    if (!strcmp(key, "fast"))
        return flag_member(key, value, &request->fast, error);
    if (!strcmp(key, "arm"))
        return flag_member(key, value, &request->arm, error);
    if (!strcmp(key, "deadlineUnixNs"))
        return number_member(key, value, 1, &request->deadline_unix_ns, error);
    if (!strcmp(key, "startAtUnixNs"))
        return json_is_null(value) ? TCI_OK : number_member(key, value, 1, &request->start_at_unix_ns, error);
    if (!strcmp(key, "limits"))
        return numbers_object(key, value, (const char *const[]){"durationMs", "bytes", "packets", NULL},
                              (int64_t *const[]){&request->duration_ms, &request->bytes, &request->packets}, error);
    if (!strcmp(key, "ring"))
        return numbers_object(key, value, (const char *const[]){"bytes", NULL}, (int64_t *const[]){&request->ring_bytes}, error);
    if (!strcmp(key, "rotate"))
        return numbers_object(key, value, (const char *const[]){"bytes", NULL}, (int64_t *const[]){&request->rotate_bytes}, error);
    return fail(error, TCI_BAD_REQUEST, "the request has an unknown member \"%.64s\"", key);
}

int request_parse(const char *text, size_t bytes, struct request *request, struct tci_error *error)
{
    if (bytes > TCI_REQUEST_BYTES_MAX)
        return fail(error, TCI_BAD_REQUEST, "the request is longer than %u bytes", TCI_REQUEST_BYTES_MAX);
    json_error_t where;
    json_t *root = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &where);
    if (!root)
        return fail(error, TCI_BAD_REQUEST, "the request is not JSON: %s (line %d, column %d)", where.text, where.line, where.column);
    request_init(request);
    int code = json_is_object(root) ? TCI_OK : fail(error, TCI_BAD_REQUEST, "the request is not an object");
    if (!code && !json_object_get(root, "version"))
        code = fail(error, TCI_BAD_REQUEST, "the request has no version");
    const char *key;
    json_t *value;
    json_object_foreach (root, key, value) {
        if (code)
            break;
        code = one_member(key, value, request, error);
    }
    json_decref(root);
    return code ? code : request_validate(request, error);
}

int request_validate(const struct request *r, struct tci_error *error)
{
    static const char id_bytes[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-";
    if (!r->id[0] || r->id[strspn(r->id, id_bytes)])
        return fail(error, TCI_BAD_REQUEST, "id is empty or has bytes other than A-Z a-z 0-9 . _ : / -");
    if (!r->source[0])
        return fail(error, TCI_BAD_REQUEST, "the request has no source");
    if (r->snaplen < 1 || r->snaplen > SNAPLEN_BYTES_MAX)
        return fail(error, TCI_BAD_REQUEST, "snaplen is not from 1 to %d bytes", SNAPLEN_BYTES_MAX);
    if (r->duration_ms < 0 || r->bytes < 0 || r->packets < 0)
        return fail(error, TCI_BAD_REQUEST, "a limit is negative");
    if (!r->duration_ms && !r->bytes && !r->packets)
        return fail(error, TCI_BAD_REQUEST, "no limit: give at least one of duration, bytes and packets");
    if (r->bytes && r->bytes < LIMIT_BYTES_MIN)
        return fail(error, TCI_BAD_REQUEST, "a limit of less than %d bytes has no room for the header of a file", LIMIT_BYTES_MIN);
    if (r->duration_ms > DURATION_MS_MAX)
        return fail(error, TCI_BAD_REQUEST, "the duration is more than %d days", DAYS_MAX);
    if (r->ring_bytes < RING_BYTES_MIN || r->ring_bytes > RING_BYTES_MAX)
        return fail(error, TCI_BAD_REQUEST, "the ring is not from %d to %d bytes", RING_BYTES_MIN, RING_BYTES_MAX);
    if (r->rotate_bytes && r->rotate_bytes < ROTATE_BYTES_MIN)
        return fail(error, TCI_BAD_REQUEST, "files cannot be rotated at less than %d bytes", ROTATE_BYTES_MIN);
    if (!r->deadline_unix_ns)
        return fail(error, TCI_BAD_REQUEST, "the request has no deadline");
    if (r->start_at_unix_ns >= r->deadline_unix_ns)
        return fail(error, TCI_BAD_REQUEST, "the start instant is not before the deadline");
    return TCI_OK;
}

int request_check_deadline(const struct request *r, struct tci_error *error)
{
    int64_t left_ns = r->deadline_unix_ns - unix_now_ns();
    if (left_ns <= 0)
        return fail(error, TCI_BAD_REQUEST, "the deadline has passed");
    if (left_ns > (DURATION_MS_MAX + 3600000) * NS_PER_MS)
        return fail(error, TCI_BAD_REQUEST, "the deadline is more than %d days away", DAYS_MAX);
    return TCI_OK;
}

int request_read(int dir_fd, struct request *request, struct tci_error *error)
{
    int fd = openat(dir_fd, "request.json", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail_os(error, errno == EACCES ? TCI_NO_RIGHTS : TCI_BAD_REQUEST, "cannot open request.json");
    static char text[TCI_REQUEST_BYTES_MAX + 1]; // one byte more, so that too long is seen
    size_t used = 0;
    ssize_t got = 0;
    struct stat facts;
    if (fstat(fd, &facts) || !S_ISREG(facts.st_mode)) {
        close(fd);
        return fail(error, TCI_BAD_REQUEST, "request.json is not a file");
    }
    while (used < sizeof text && (got = read(fd, text + used, sizeof text - used)) > 0)
        used += (size_t)got;
    int code = got < 0 ? fail_os(error, TCI_FAILED, "cannot read request.json") : TCI_OK;
    close(fd);
    return code ? code : request_parse(text, used, request, error);
}

static json_t *number_or_null(int64_t value)
{
    return value ? json_integer(value) : json_null();
}

json_t *request_to_json(const struct request *r)
{
    return json_pack("{s:i, s:s, s:s, s:s, s:i, s:b, s:b, s:b, s:o, s:I, s:{s:o, s:o, s:o}, s:{s:I}, s:{s:o}}", "version", 1, "id", r->id, "source", r->source,
                     "filter", r->filter, "snaplen", (int)r->snaplen, "promiscuous", r->promiscuous, "fast", r->fast, "arm", r->arm, "startAtUnixNs",
                     number_or_null(r->start_at_unix_ns), "deadlineUnixNs", (json_int_t)r->deadline_unix_ns, "limits", "durationMs",
                     number_or_null(r->duration_ms), "bytes", number_or_null(r->bytes), "packets", number_or_null(r->packets), "ring", "bytes",
                     (json_int_t)r->ring_bytes, "rotate", "bytes", number_or_null(r->rotate_bytes));
}
