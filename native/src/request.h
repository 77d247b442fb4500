// SPDX-License-Identifier: BSD-3-Clause
// What a capture is asked to do: request.json, or the command line of `tci-capture run`. Its text is hostile until request_parse has accepted it.
#pragma once
#include "tci_capture.h"

#include <jansson.h>
#include <stdbool.h>

enum {
    REQUEST_ID_BYTES_MAX = 128,
    REQUEST_SOURCE_BYTES_MAX = 1024,
    SNAPLEN_BYTES_MAX = 262144,
    RING_BYTES_MIN = 1 << 20,
    RING_BYTES_DEFAULT = 32 << 20,
    RING_BYTES_MAX = 1 << 30,
    ROTATE_BYTES_MIN = 1 << 20,
    LIMIT_BYTES_MIN = 24,
    KEY_FILE_BYTES_MAX = 1024,
    DAYS_MAX = 31
};
#define DURATION_MS_MAX (INT64_C(86400000) * DAYS_MAX)

enum traffic_format { FORMAT_PCAP, FORMAT_PCAPNG };
enum sampling_unit { SAMPLE_PACKETS, SAMPLE_FLOWS };
enum stamp_kind { STAMPS_SOFTWARE, STAMPS_HARDWARE };

struct request {
    char id[REQUEST_ID_BYTES_MAX + 1];
    char source[REQUEST_SOURCE_BYTES_MAX + 1];
    char filter[TCI_FILTER_BYTES_MAX + 1];
    uint32_t snaplen;
    bool promiscuous;
    bool fast;
    bool arm;
    int64_t start_at_unix_ns; // 0: none
    int64_t deadline_unix_ns;
    int64_t duration_ms; // limits: 0 is "no such limit"
    int64_t bytes;
    int64_t packets;
    int64_t ring_bytes;
    int64_t rotate_bytes; // 0: no rotation
    int64_t rotate_ms;    // by the stamps of the packets; 0: no rotation
    int64_t queues;
    enum traffic_format format;
    enum stamp_kind stamps;
    int64_t sample_one_in; // 1: all of them
    enum sampling_unit sample_by;
    int64_t connection_bytes; // stored of each connection, both directions together; 0: all
    bool anonymise_addresses; // with the key in key_file
    bool remove_payload;
    char key_file[KEY_FILE_BYTES_MAX + 1];
};

// The defaults, before anything is asked.
void request_init(struct request *request);
int request_parse(const char *text, size_t bytes, struct request *request, struct tci_error *error);
// Reads request.json of a directory.
int request_read(int dir_fd, struct request *request, struct tci_error *error);
// Checks every member against its bounds, whoever filled it in.
int request_validate(const struct request *request, struct tci_error *error);
// The deadline is still to come, and not too far away. A request that was valid does not stay so.
int request_check_deadline(const struct request *request, struct tci_error *error);
// As JSON that request_parse accepts and that means the same. NULL when memory is out.
json_t *request_to_json(const struct request *request);
// Parts of it, for the summary.
json_t *request_sampling_to_json(const struct request *request);
json_t *request_cut_to_json(const struct request *request);
json_t *request_anonymise_to_json(const struct request *request);
