// SPDX-License-Identifier: BSD-3-Clause
// One capture: a source, its queues, a directory. engine_setup.c opens everything, engine.c steers, lane.c receives and stores, summary.c says how it went.
#pragma once
#include "lane.h"

#include <signal.h>

struct engine {
    struct request request;
    int dir_fd, lock_fd;
    struct source *sources[TCI_QUEUES_MAX];
    uint32_t source_count;
    struct filter filter;
    struct status_page status;
    struct control_page *control;
    struct window window;
    struct lane *lanes; // one for each queue of the status page
    uint32_t lane_count;

    // Of the thread that steers.
    int64_t start_unix_ns;
    int64_t start_steady_ns, deadline_steady_ns;
    int64_t stop_told_unix_ns; // through `control`; INT64_MAX: not yet
    int64_t begun_steady_ns; // when the start was acted on; start_steady_ns is when it was
    bool start_told;

    const char *completed_by; // "engine", or "repair"
    struct tci_error end;     // valid after engine_loop, or a set-up that failed

    volatile sig_atomic_t *signal;  // set by a handler: end cleanly. NULL: nobody does
    void (*live)(const struct engine *, bool last); // called now and then; NULL: nobody looks
};

void engine_init(struct engine *engine);

// Set-up, in the order in which a capture does it. Each returns an outcome.
int engine_open_source(struct engine *engine, struct tci_error *error);  // the last that needs rights; gives them up
int engine_compile_filter(struct engine *engine, struct tci_error *error);
// Opens and locks it; refuses one that was used, or that the caller has no business in.
int engine_take_directory(struct engine *engine, const char *path, uid_t caller, struct tci_error *error);
// With room for as many queues as the source has; one if there is no source.
int engine_make_pages(struct engine *engine, struct tci_error *error);
int engine_make_lanes(struct engine *engine, struct tci_error *error);
int engine_open_writers(struct engine *engine, struct tci_error *error);

// Armed: from here on packets are received. Then the loop, until the end is known and everything is in files.
int engine_arm(struct engine *engine, struct tci_error *error);
void engine_loop(struct engine *engine);
// Ends the threads of a start that failed half-way.
void engine_stop(struct engine *engine);
// Writes the summary and says "ended". For a set-up that failed too, with its error as engine->end.
int engine_conclude(struct engine *engine, struct tci_error *error);
void engine_free(struct engine *engine);

// Reserves the summary's space while there is some, writes it, gives it its name.
int summary_reserve(int dir_fd, struct tci_error *error);
int summary_write(int dir_fd, json_t *summary, struct tci_error *error);
json_t *summary_of(const struct engine *engine);
json_t *counters_to_json(const struct tci_counters *counters);
json_t *instant_to_json(int64_t unix_ns);
json_t *end_to_json(const struct tci_error *end);
