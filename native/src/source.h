// SPDX-License-Identifier: BSD-3-Clause
// Where packets come from. One file per kind behind one table of functions; source_open knows the kinds.
#pragma once
#include "interfaces.h"
#include "request.h"
#include "rights.h"

enum { BURST_PACKETS_MAX = 256 };

struct packet {
    int64_t unix_ns;
    uint32_t length;   // on the wire
    uint32_t captured; // bytes at hand
    uint32_t removed;  // bytes a stage took away behind those at hand
    const uint8_t *bytes; // good until the next burst
};

struct source_facts {
    const char *kind;
    char name[REQUEST_SOURCE_BYTES_MAX + 1]; // with its kind: "afpacket:eth0"
    int link_type;                           // as in pcap files
    bool own_clock;                          // stamps are from when it was recorded, not from now
    bool waits;                              // it loses nothing when packets are not taken
    bool has_interface;
    struct interface interface;
    const char *stamps;                      // who makes them: "software", "hardware"; NULL: nobody here
    const char *mode;                        // how packets come, where there are several ways; otherwise NULL
    int64_t damage_offset;                   // after source-damaged: where; otherwise -1
};

// Counted at the source, not by adding up what was handed out.
struct source_counts {
    uint64_t seen;    // packets, dropped ones included
    uint64_t dropped; // for want of room
};

// One queue of a source.
struct source {
    const struct source_kind *kind;
    struct source_facts facts;
};

struct source_kind {
    const char *name;
    uint64_t rights;        // capabilities it needs to be opened; without any it is opened after all rights are gone
    uint64_t rights_of_use; // capabilities that spare it limits, where they are there
    bool calls_driver;      // while receiving, by ioctl()
    bool absent;            // not in this build
    // Fills sources[] with as many queues as the request asks for and there are, and *count.
    int (*open)(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error);
    // The window opens: replay begins. May be NULL.
    void (*begin)(struct source *source);
    // Up to BURST_PACKETS_MAX packets, waiting at most timeout_ms for the first. 0 in *count is no end. An outcome other than TCI_OK is the end of the source.
    int (*burst)(struct source *source, struct packet *packets, unsigned *count, int timeout_ms, struct tci_error *error);
    // Receives nothing new; bursts then give what is left. May be NULL: nothing is left.
    void (*shut)(struct source *source);
    void (*count)(struct source *source, struct source_counts *counts);
    // How full the ring is, in thousandths. NULL: there is none to look at.
    unsigned (*fill)(const struct source *source);
    // The NUMA node of its queue, where queues of one source may be on several. NULL: they are on one, which `open` has seen to.
    int (*node)(const struct source *source);
    // What else there is to say of its queue in the summary. NULL: nothing.
    json_t *(*details)(const struct source *source);
    void (*close)(struct source *source);
};

extern const struct source_kind source_afpacket;
extern const struct source_kind source_afxdp;
extern const struct source_kind source_pcap;
extern const struct source_kind source_synthetic;
extern const struct source_kind source_ndp;

// "kind:rest" -> the kind, or NULL with an error.
const struct source_kind *source_find(const char *name, const char **rest, struct tci_error *error);
