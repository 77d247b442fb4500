// SPDX-License-Identifier: BSD-3-Clause
#include "engine.h"
#include "outcome.h"
#include "placement.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUMMARY "summary.json"
#define SUMMARY_PART "summary.json.tmp"
enum { RESERVED_BYTES = 64 << 10 }; // some hundred files; more of them are written where there is still room

int summary_reserve(int dir_fd, struct tci_error *error)
{
    int fd = openat(dir_fd, SUMMARY_PART, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0660);
    if (fd < 0)
        return fail_os(error, TCI_WRITE_FAILED, "cannot create %s", SUMMARY_PART);
    int refused = posix_fallocate(fd, 0, RESERVED_BYTES);
    close(fd);
    errno = refused;
    return refused ? fail_os(error, refused == ENOSPC || refused == EDQUOT ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot allocate %s", SUMMARY_PART) : TCI_OK;
}

static int write_whole(int fd, const char *text, size_t bytes)
{
    size_t written = 0;
    while (written < bytes) {
        ssize_t n = write(fd, text + written, bytes - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        written += (size_t)n;
    }
    return ftruncate(fd, (off_t)bytes) || fsync(fd) ? -1 : 0;
}

// Takes the reference.
int summary_write(int dir_fd, json_t *summary, struct tci_error *error)
{
    char *text = summary ? json_dumps(summary, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    json_decref(summary);
    if (!text)
        return fail(error, TCI_FAILED, "no memory for the summary");
    int fd = openat(dir_fd, SUMMARY_PART, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0660);
    int code = TCI_OK;
    if (fd < 0 || write_whole(fd, text, strlen(text)) || renameat(dir_fd, SUMMARY_PART, dir_fd, SUMMARY) || fsync(dir_fd))
        code = fail_os(error, errno == ENOSPC ? TCI_DISK_FULL : TCI_WRITE_FAILED, "cannot write %s", SUMMARY);
    if (fd >= 0)
        close(fd);
    free(text);
    return code;
}

static json_t *amount(const struct tci_amount *a)
{
    return json_pack("{s:I, s:I}", "packets", (json_int_t)a->packets, "bytes", (json_int_t)a->bytes);
}

json_t *counters_to_json(const struct tci_counters *c)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o, s:o, s:o}, s:o}", "seen", amount(&c->seen), "stored", amount(&c->stored), "outsideWindow",
                     amount(&c->outside_window), "filtered", amount(&c->filtered), "sampledOut", amount(&c->sampled_out), "cut", amount(&c->cut), "dropped",
                     "kernel", amount(&c->dropped_kernel), "diskFull", amount(&c->dropped_disk_full), "noBuffer", amount(&c->dropped_no_buffer), "engineLost",
                     amount(&c->dropped_engine_lost), "inFlight", amount(&c->in_flight));
}

json_t *instant_to_json(int64_t unix_ns)
{
    return unix_ns && unix_ns != INT64_MAX ? json_integer(unix_ns) : json_null();
}

json_t *end_to_json(const struct tci_error *end)
{
    json_t *object = json_pack("{s:s, s:i, s:i, s:s}", "code", tci_capture_code_name(end->code), "number", end->code, "exitCode", outcome_exit_code(end->code),
                               "message", end->message);
    // What a source or libpcap put into a message need not be UTF-8.
    if (!object)
        object = json_pack("{s:s, s:i, s:i, s:s}", "code", tci_capture_code_name(end->code), "number", end->code, "exitCode", outcome_exit_code(end->code),
                           "message", "(the message is not text)");
    if (end->code == TCI_BAD_FILTER)
        json_object_set_new(object, "position", end->position < 0 ? json_null() : json_integer(end->position));
    return object;
}

static json_t *source_of(const struct engine *e)
{
    size_t kind_bytes = strcspn(e->request.source, ":");
    json_t *object = json_pack("{s:s, s:s%}", "name", e->request.source, "kind", e->request.source, kind_bytes);
    int link_type = e->lane_count ? e->lanes[0].link_type : -1;
    const struct source_facts *facts = e->source_count ? &e->sources[0]->facts : NULL;
    if (object && link_type >= 0) // a repair has no source, but files
        json_object_set_new(object, "linkType", json_integer(link_type));
    if (object && facts && facts->has_interface)
        json_object_set_new(object, "interface", interface_to_json(&facts->interface));
    if (object && facts && facts->stamps)
        json_object_set_new(object, "stamps", json_string(facts->stamps));
    if (object && facts && facts->mode)
        json_object_set_new(object, "mode", json_string(facts->mode));
    return object ? object : json_object();
}

static json_t *files_of(const struct engine *e)
{
    json_t *list = json_array();
    for (uint32_t queue = 0; queue < e->lane_count; queue++)
        for (uint32_t i = 0; i < e->lanes[queue].file_count; i++) {
            const struct traffic_file *file = &e->lanes[queue].files[i];
            char name[TRAFFIC_NAME_BYTES];
            traffic_name(name, e->request.format, queue, i, false);
            json_array_append_new(list, json_pack("{s:s, s:i, s:I, s:I}", "name", name, "queue", (int)queue, "bytes", (json_int_t)file->bytes, "packets",
                                                  (json_int_t)file->packets));
        }
    return list;
}

static json_t *queue_of(const struct engine *e, uint32_t index)
{
    const struct status_slot *slot = &e->lanes[index].slot;
    const struct source *source = index < e->source_count ? e->sources[index] : NULL;
    json_t *object = counters_to_json(&slot->counters);
    json_object_set_new(object, "beyondCut", json_pack("{s:I, s:I}", "packets", (json_int_t)slot->beyond_packets, "bytes", (json_int_t)slot->beyond_bytes));
    json_object_set_new(object, "ring", json_pack("{s:f, s:I}", "highWaterShare", slot->ring_permille_max / 1000.0, "overloadMs", (json_int_t)slot->overload_ms));
    json_object_set_new(object, "disk", json_pack("{s:I, s:I, s:I}", "writes", (json_int_t)slot->disk_writes, "meanNs",
                                                  (json_int_t)(slot->disk_writes ? slot->disk_ns / slot->disk_writes : 0), "maxNs", (json_int_t)slot->disk_ns_max));
    if (source && source->kind->details)
        json_object_set_new(object, source->kind->name, source->kind->details(source));
    return object;
}

// Where the capture ran, and what its chunks were made of. Not of a repair, which is elsewhere.
static json_t *placement_of(const struct engine *e)
{
    const struct memory *chunks = &e->lanes[0].writer.disk.memory;
    struct placement got = placement_got();
    return json_pack("{s:o, s:b, s:i, s:s}", "numaNode", got.node == NO_NODE ? json_null() : json_integer(got.node), "numaMemory", got.memory, "numaNodes",
                     placement_nodes("/sys"), "chunkPages", memory_pages(chunks));
}

// When receive rings were nearly full for long, in words of all queues.
static json_t *overloads_of(const struct engine *e)
{
    json_t *times = json_array();
    json_int_t count = 0, ms = 0;
    for (uint32_t i = 0; i < e->lane_count; i++) {
        const struct overload *o = &e->lanes[i].overload;
        count += o->count;
        ms += o->ms;
        for (uint32_t n = 0; n < o->count && n < OVERLOAD_TIMES_MAX; n++)
            json_array_append_new(times, json_pack("{s:i, s:I, s:o}", "queue", (int)i, "beganUnixNs", (json_int_t)o->times[n].began_unix_ns, "endedUnixNs",
                                                   instant_to_json(o->times[n].ended_unix_ns)));
    }
    return json_pack("{s:I, s:I, s:o}", "count", count, "ms", ms, "times", times);
}

static json_t *limit(int64_t value)
{
    return value ? json_integer(value) : json_null();
}

json_t *summary_of(const struct engine *e)
{
    const struct status_header *h = e->status.header;
    struct tci_counters total = {0}, *c = &total;
    json_t *queues = json_array();
    for (uint32_t i = 0; i < e->lane_count; i++) {
        counters_add(c, &e->lanes[i].slot.counters);
        json_array_append_new(queues, queue_of(e, i));
    }
    const struct request *r = &e->request;
    char engine[64];
    snprintf(engine, sizeof engine, "tci-capture %s", tci_capture_version());
    json_t *times = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "createdUnixNs", instant_to_json(h->created), "armedUnixNs", instant_to_json(h->armed),
                              "startUnixNs", instant_to_json(h->start), "stopUnixNs", instant_to_json(h->stop), "endedUnixNs", instant_to_json(h->ended),
                              "firstPacketUnixNs", instant_to_json(c->first_packet_unix_ns), "lastPacketUnixNs", instant_to_json(c->last_packet_unix_ns));
    json_t *asked = json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o}", "filter", r->filter, "snaplen", (int)r->snaplen, "durationMs",
                              limit(r->duration_ms), "bytes", limit(r->bytes), "packets", limit(r->packets), "sampling", request_sampling_to_json(r), "cut",
                              request_cut_to_json(r), "anonymise", request_anonymise_to_json(r));
    json_t *summary = json_pack("{s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:o}", "version", 1, "engine", engine, "id", r->id, "completedBy",
                                e->completed_by, "end", end_to_json(&e->end), "source", source_of(e), "request", asked, "times", times, "counters", "total",
                                counters_to_json(c), "queues", queues, "files", files_of(e));
    if (summary && e->source_count)
        json_object_update_new(summary, json_pack("{s:o, s:o}", "overloads", overloads_of(e), "placement", placement_of(e)));
    if (summary && e->source_count && e->sources[0]->facts.damage_offset >= 0)
        json_object_set_new(summary, "damage", json_pack("{s:I}", "offset", (json_int_t)e->sources[0]->facts.damage_offset));
    return summary;
}
