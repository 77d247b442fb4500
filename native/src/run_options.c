// SPDX-License-Identifier: BSD-3-Clause
#include "run_options.h"

#include "commands.h"
#include "instant.h"
#include "quantity.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOURS_AT_MOST = 24, MARGIN_S = 60 };

enum option_id { SOURCE = 1, DIR_, FILTER, DURATION, BYTES, PACKETS, SNAPLEN, ROTATE, RING, NO_PROMISC, FAST, ID, MANAGED, AS, ROTATE_EVERY, SAMPLE,
                 SAMPLE_FLOWS_, CUT_CONNECTIONS, ANONYMISE, NO_PAYLOAD, QUEUES, FORMAT, HARDWARE_STAMPS };

static const struct option options[] = {
    {"source", required_argument, NULL, SOURCE},   {"dir", required_argument, NULL, DIR_},
    {"filter", required_argument, NULL, FILTER},   {"duration", required_argument, NULL, DURATION},
    {"bytes", required_argument, NULL, BYTES},     {"packets", required_argument, NULL, PACKETS},
    {"snaplen", required_argument, NULL, SNAPLEN}, {"rotate", required_argument, NULL, ROTATE},
    {"ring", required_argument, NULL, RING},       {"no-promisc", no_argument, NULL, NO_PROMISC},
    {"fast", no_argument, NULL, FAST},             {"id", required_argument, NULL, ID},
    {"managed", no_argument, NULL, MANAGED},       {"as", required_argument, NULL, AS},
    {"rotate-every", required_argument, NULL, ROTATE_EVERY}, {"sample", required_argument, NULL, SAMPLE},
    {"sample-flows", required_argument, NULL, SAMPLE_FLOWS_}, {"cut-connections", required_argument, NULL, CUT_CONNECTIONS},
    {"anonymise", required_argument, NULL, ANONYMISE}, {"no-payload", no_argument, NULL, NO_PAYLOAD},
    {"queues", required_argument, NULL, QUEUES},   {"format", required_argument, NULL, FORMAT},
    {"hardware-stamps", no_argument, NULL, HARDWARE_STAMPS},
    {0},
};

static bool copy(char *to, size_t bytes_max, const char *text)
{
    size_t length = strlen(text);
    if (length > bytes_max)
        return false;
    memcpy(to, text, length + 1);
    return true;
}

// A pointer, because the number is only there once `read` has been evaluated.
static bool positive(bool read, const int64_t *value)
{
    return read && *value > 0;
}

// The key is opened by its absolute path, wherever the engine then is.
static bool take_key(struct request *r, const char *path)
{
    char *whole = realpath(path, NULL);
    bool good = copy(r->key_file, KEY_FILE_BYTES_MAX, whole ? whole : path);
    free(whole);
    return r->anonymise_addresses = good && *path;
}

static bool take_format(struct request *r, const char *text)
{
    r->format = strcmp(text, "pcapng") ? FORMAT_PCAP : FORMAT_PCAPNG;
    return r->format == FORMAT_PCAPNG || !strcmp(text, "pcap");
}

static bool take_stage(struct request *r, int option, const char *text)
{
    switch (option) {
    case ROTATE_EVERY:
        return quantity_duration_ms(text, &r->rotate_ms);
    case SAMPLE:
    case SAMPLE_FLOWS_:
        r->sample_by = option == SAMPLE ? SAMPLE_PACKETS : SAMPLE_FLOWS;
        return positive(quantity_count(text, &r->sample_one_in), &r->sample_one_in);
    case CUT_CONNECTIONS:
        return positive(quantity_bytes(text, &r->connection_bytes), &r->connection_bytes);
    case ANONYMISE:
        return take_key(r, text);
    case NO_PAYLOAD:
        return r->remove_payload = true;
    case QUEUES:
        return positive(quantity_count(text, &r->queues), &r->queues);
    case FORMAT:
        return take_format(r, text);
    case HARDWARE_STAMPS:
        r->stamps = STAMPS_HARDWARE;
        return true;
    default:
        return false;
    }
}

static bool take(struct run_options *o, int option, const char *text)
{
    struct request *r = &o->request;
    int64_t snaplen = 0;
    switch (option) {
    case SOURCE:
        return copy(r->source, REQUEST_SOURCE_BYTES_MAX, text);
    case DIR_:
        o->dir = text;
        return *text;
    case FILTER:
        return copy(r->filter, TCI_FILTER_BYTES_MAX, text);
    case DURATION:
        return quantity_duration_ms(text, &r->duration_ms);
    case BYTES:
        return positive(quantity_bytes(text, &r->bytes), &r->bytes);
    case PACKETS:
        return positive(quantity_count(text, &r->packets), &r->packets);
    case SNAPLEN:
        if (!positive(quantity_count(text, &snaplen), &snaplen) || snaplen > SNAPLEN_BYTES_MAX)
            return false;
        r->snaplen = (uint32_t)snaplen;
        return true;
    case ROTATE:
        return positive(quantity_bytes(text, &r->rotate_bytes), &r->rotate_bytes);
    case RING:
        return positive(quantity_bytes(text, &r->ring_bytes), &r->ring_bytes);
    case NO_PROMISC:
        r->promiscuous = false;
        return true;
    case FAST:
        return r->fast = true;
    case ID:
        return copy(r->id, REQUEST_ID_BYTES_MAX, text);
    case MANAGED:
        return o->managed = true;
    case AS:
        return o->has_caller = sscanf(text, "%u:%u", &o->uid, &o->gid) == 2;
    default:
        return take_stage(r, option, text);
    }
}

// Without a limit a person is there to end it; a day is the hard deadline. With a duration the deadline leaves a margin for the end.
static void set_deadline(struct request *r)
{
    int64_t most_ms = INT64_C(3600000) * HOURS_AT_MOST;
    if (!r->duration_ms && !r->bytes && !r->packets)
        r->duration_ms = most_ms;
    int64_t deadline_ms = r->duration_ms && r->duration_ms < DURATION_MS_MAX - MARGIN_S * 1000 ? r->duration_ms : most_ms;
    r->deadline_unix_ns = unix_now_ns() + (deadline_ms + MARGIN_S * 1000) * NS_PER_MS;
}

int run_options_parse(int argc, char **argv, struct run_options *o)
{
    *o = (struct run_options){0};
    request_init(&o->request);
    strcpy(o->request.id, "cli");
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return usage("run does not know %.64s, or it wants a value", argv[optind - 1]);
        if (!take(o, option, optarg ? optarg : ""))
            return usage("--%s is not valid: %.64s", options[option - 1].name, optarg ? optarg : "");
    }
    if (optind < argc)
        return usage("run takes options only, not %.64s", argv[optind]);
    if (!o->dir)
        return usage("run wants --dir");
    if (o->managed)
        return 0;
    if (!o->request.source[0])
        return usage("run wants --source");
    set_deadline(&o->request);
    return 0;
}
