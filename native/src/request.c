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
    *request = (struct request){.snaplen = SNAPLEN_BYTES_MAX, .promiscuous = true, .ring_bytes = RING_BYTES_DEFAULT, .queues = 1, .sample_one_in = 1};
}

enum member_type { TEXT, NUMBER, FLAG, CHOICE, OBJECT };

// One member of an object: where it goes, and what is allowed.
struct member {
    const char *name;
    enum member_type type;
    void *to;                    // char[limit + 1], int64_t, bool, int
    int64_t limit;               // TEXT: bytes at most; NUMBER: at least
    const char *const *choices;  // CHOICE: ends in NULL; the index is stored
    const struct member *members; // OBJECT: ends in one without a name
    bool may_be_null;
};

static int take_text(const char *name, const json_t *value, const struct member *m, struct tci_error *error)
{
    if (!json_is_string(value))
        return fail(error, TCI_BAD_REQUEST, "%s is not a string", name);
    if (json_string_length(value) > (size_t)m->limit)
        return fail(error, TCI_BAD_REQUEST, "%s is longer than %lld bytes", name, (long long)m->limit);
    memcpy(m->to, json_string_value(value), json_string_length(value) + 1);
    return TCI_OK;
}

static int take_number(const char *name, const json_t *value, const struct member *m, struct tci_error *error)
{
    if (!json_is_integer(value))
        return fail(error, TCI_BAD_REQUEST, "%s is not an integer that fits 64 bits", name);
    if (json_integer_value(value) < m->limit)
        return fail(error, TCI_BAD_REQUEST, "%s is less than %lld", name, (long long)m->limit);
    *(int64_t *)m->to = json_integer_value(value);
    return TCI_OK;
}

static int take_choice(const char *name, const json_t *value, const struct member *m, struct tci_error *error)
{
    const char *text = json_string_value(value);
    for (int i = 0; text && m->choices[i]; i++)
        if (!strcmp(text, m->choices[i])) {
            *(int *)m->to = i;
            return TCI_OK;
        }
    return fail(error, TCI_BAD_REQUEST, "%s is none of its values (the first is \"%s\")", name, m->choices[0]);
}

static int take_flag(const char *name, const json_t *value, const struct member *m, struct tci_error *error)
{
    if (!json_is_boolean(value))
        return fail(error, TCI_BAD_REQUEST, "%s is neither true nor false", name);
    *(bool *)m->to = json_is_true(value);
    return TCI_OK;
}

static int take_members(const char *path, json_t *object, const struct member *members, struct tci_error *error);

static int take_member(const char *name, json_t *value, const struct member *m, struct tci_error *error)
{
    if (m->may_be_null && json_is_null(value))
        return TCI_OK;
    switch (m->type) {
    case TEXT:
        return take_text(name, value, m, error);
    case NUMBER:
        return take_number(name, value, m, error);
    case FLAG:
        return take_flag(name, value, m, error);
    case CHOICE:
        return take_choice(name, value, m, error);
    default:
        return json_is_object(value) ? take_members(name, value, m->members, error) : fail(error, TCI_BAD_REQUEST, "%s is not an object", name);
    }
}

static int take_members(const char *path, json_t *object, const struct member *members, struct tci_error *error)
{
    const char *key;
    json_t *value;
    json_object_foreach (object, key, value) {
        const struct member *m = members;
        while (m->name && strcmp(m->name, key))
            m++;
        if (!m->name)
            return fail(error, TCI_BAD_REQUEST, "%s has an unknown member \"%.64s\"", path ? path : "the request", key);
        char full[96];
        snprintf(full, sizeof full, "%s%s%s", path ? path : "", path ? "." : "", key);
        int code = take_member(full, value, m, error);
        if (code)
            return code;
    }
    return TCI_OK;
}

static const char *const formats[] = {"pcap", "pcapng", NULL}, *const stamp_kinds[] = {"software", "hardware", NULL},
                  *const units[] = {"packet", "flow", NULL}, *const address_ways[] = {"keep", "crypto-pan", NULL},
                  *const payload_ways[] = {"keep", "remove", NULL};

static int take_request(json_t *root, struct request *r, struct tci_error *error)
{
    int64_t version = 0, snaplen = r->snaplen;
    int format = (int)r->format, stamps = (int)r->stamps, by = (int)r->sample_by, addresses = 0, payload = 0;
    const struct member limits[] = {{"durationMs", NUMBER, &r->duration_ms, 1, .may_be_null = true},
                                    {"bytes", NUMBER, &r->bytes, 1, .may_be_null = true},
                                    {"packets", NUMBER, &r->packets, 1, .may_be_null = true},
                                    {0}};
    const struct member ring[] = {{"bytes", NUMBER, &r->ring_bytes, 1, .may_be_null = true}, {0}};
    const struct member rotate[] = {
        {"bytes", NUMBER, &r->rotate_bytes, 1, .may_be_null = true}, {"ms", NUMBER, &r->rotate_ms, 1, .may_be_null = true}, {0}};
    const struct member sampling[] = {{"oneIn", NUMBER, &r->sample_one_in, 1}, {"by", CHOICE, &by, .choices = units}, {0}};
    const struct member cut[] = {{"connectionBytes", NUMBER, &r->connection_bytes, 1, .may_be_null = true}, {0}};
    const struct member anonymise[] = {{"addresses", CHOICE, &addresses, .choices = address_ways},
                                       {"payload", CHOICE, &payload, .choices = payload_ways},
                                       {"keyFile", TEXT, r->key_file, KEY_FILE_BYTES_MAX, .may_be_null = true},
                                       {0}};
    const struct member members[] = {{"version", NUMBER, &version, 1},
                                     {"id", TEXT, r->id, REQUEST_ID_BYTES_MAX},
                                     {"source", TEXT, r->source, REQUEST_SOURCE_BYTES_MAX},
                                     {"filter", TEXT, r->filter, TCI_FILTER_BYTES_MAX},
                                     {"snaplen", NUMBER, &snaplen, 1},
                                     {"promiscuous", FLAG, &r->promiscuous},
                                     {"fast", FLAG, &r->fast},
                                     {"arm", FLAG, &r->arm},
                                     {"deadlineUnixNs", NUMBER, &r->deadline_unix_ns, 1},
                                     {"startAtUnixNs", NUMBER, &r->start_at_unix_ns, 1, .may_be_null = true},
                                     {"queues", NUMBER, &r->queues, 1},
                                     {"format", CHOICE, &format, .choices = formats},
                                     {"stamps", CHOICE, &stamps, .choices = stamp_kinds},
                                     {"limits", OBJECT, .members = limits},
                                     {"ring", OBJECT, .members = ring},
                                     {"rotate", OBJECT, .members = rotate},
                                     {"sampling", OBJECT, .members = sampling},
                                     {"cut", OBJECT, .members = cut},
                                     {"anonymise", OBJECT, .members = anonymise},
                                     {0}};
    int code = take_members(NULL, root, members, error);
    if (!code && version != 1)
        code = fail(error, TCI_BAD_REQUEST, version ? "version is not 1" : "the request has no version");
    r->snaplen = snaplen > SNAPLEN_BYTES_MAX ? SNAPLEN_BYTES_MAX + 1 : (uint32_t)snaplen;
    r->format = (enum traffic_format)format;
    r->stamps = (enum stamp_kind)stamps;
    r->sample_by = (enum sampling_unit)by;
    r->anonymise_addresses = addresses;
    r->remove_payload = payload;
    return code;
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
    int code = json_is_object(root) ? take_request(root, request, error) : fail(error, TCI_BAD_REQUEST, "the request is not an object");
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
    if (r->queues < 1 || r->queues > TCI_QUEUES_MAX)
        return fail(error, TCI_BAD_REQUEST, "queues is not from 1 to %u", TCI_QUEUES_MAX);
    if (r->sample_one_in < 1 || r->sample_one_in > UINT32_MAX)
        return fail(error, TCI_BAD_REQUEST, "sampling takes one packet or flow in 1 to %u", UINT32_MAX);
    if (r->rotate_ms > DURATION_MS_MAX)
        return fail(error, TCI_BAD_REQUEST, "files cannot be rotated after more than %d days", DAYS_MAX);
    if (r->anonymise_addresses && r->key_file[0] != '/')
        return fail(error, TCI_BAD_REQUEST, "anonymising addresses needs a key file, by its absolute path");
    if (!r->anonymise_addresses && r->key_file[0])
        return fail(error, TCI_BAD_REQUEST, "a key file was given, but addresses are not to be anonymised");
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
    return json_pack("{s:i, s:s, s:s, s:s, s:i, s:b, s:b, s:b, s:o, s:I, s:I, s:s, s:s, s:{s:o, s:o, s:o}, s:{s:I}, s:{s:o, s:o}, s:o, s:o, s:o}", "version", 1,
                     "id", r->id, "source", r->source, "filter", r->filter, "snaplen", (int)r->snaplen, "promiscuous", r->promiscuous, "fast", r->fast, "arm",
                     r->arm, "startAtUnixNs", number_or_null(r->start_at_unix_ns), "deadlineUnixNs", (json_int_t)r->deadline_unix_ns, "queues",
                     (json_int_t)r->queues, "format", formats[r->format], "stamps", stamp_kinds[r->stamps], "limits", "durationMs",
                     number_or_null(r->duration_ms), "bytes", number_or_null(r->bytes), "packets", number_or_null(r->packets), "ring", "bytes",
                     (json_int_t)r->ring_bytes, "rotate", "bytes", number_or_null(r->rotate_bytes), "ms", number_or_null(r->rotate_ms), "sampling",
                     request_sampling_to_json(r), "cut", request_cut_to_json(r), "anonymise", request_anonymise_to_json(r));
}

json_t *request_sampling_to_json(const struct request *r)
{
    return json_pack("{s:I, s:s}", "oneIn", (json_int_t)r->sample_one_in, "by", units[r->sample_by]);
}

json_t *request_cut_to_json(const struct request *r)
{
    return json_pack("{s:o}", "connectionBytes", number_or_null(r->connection_bytes));
}

json_t *request_anonymise_to_json(const struct request *r)
{
    return json_pack("{s:s, s:s, s:o}", "addresses", address_ways[r->anonymise_addresses], "payload", payload_ways[r->remove_payload], "keyFile",
                     r->key_file[0] ? json_string(r->key_file) : json_null());
}
