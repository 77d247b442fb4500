// SPDX-License-Identifier: BSD-3-Clause
//
// Errors: every function returns 0 (TCI_OK) or a code of `enum tci_code`, and then fills *error (which may be NULL) with the code, a message and, for filters,
// a position. Nothing here exits, aborts, prints, installs signal handlers or changes the working directory.
//
// libtcicapture is the shim between a program and the capture engine. The engine is another process: the launcher (`tci-capture serve`), which holds the
// capture rights, starts one child per capture. A capture is a directory; docs/formats/capture-directory.md is its contract. This library asks the launcher to
// start a capture, and reads and steers it through two mapped pages of that directory, so that everything but tci_capture_start works while the launcher is away.
//
// A whole program:
//
//     #include <stdio.h>
//     #include <tci_capture.h>
//
//     int main(void)
//     {
//         const char *socket = "/run/tci/capture.sock", *dir = "/var/lib/tci/captures/one";   // dir holds request.json
//         struct tci_error error;
//         struct tci_status status;
//         tci_capture *capture;
//         if (tci_capture_launch(socket, "/usr/bin/tci-capture", 5000, &error) || tci_capture_start(socket, dir, 15000, &capture, &error)) {
//             fprintf(stderr, "%s (%s)\n", error.message, tci_capture_code_name(error.code));
//             return error.code;
//         }
//         while (tci_capture_wait(capture, 1000, &status, &error) == TCI_TIMEOUT)
//             printf("%llu packets, %llu dropped\n", (unsigned long long)status.total.stored.packets, (unsigned long long)status.total.dropped_kernel.packets);
//         printf("%s: %s\n", tci_capture_code_name(status.end_code), status.message);
//         tci_capture_close(capture);
//     }
//
// Threads: any function may be called from any thread at any time, also several on one handle; only tci_capture_close must be the last call on its handle.
// Strings are UTF-8 and end in NUL. Instants are nanoseconds since the Unix epoch, UTC; 0 says "none". Sizes are bytes. Paths are absolute.
#ifndef TCI_CAPTURE_H
#define TCI_CAPTURE_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TCI_API __attribute__((visibility("default")))

// Bounds.
#define TCI_FILTER_BYTES_MAX 4096u     // a filter expression, without the NUL
#define TCI_REQUEST_BYTES_MAX 65536u   // request.json, and one request to the launcher
#define TCI_ANSWER_BYTES_MAX 262144u   // one answer of the launcher: enough as a buffer for tci_capture_check_filter and tci_capture_list_sources
#define TCI_PATH_BYTES_MAX 4000u       // a capture directory
#define TCI_QUEUES_MAX 64u

// One table of outcomes. The numbers below 64 are also the exit codes of tci-capture; those from 64 on are ends that were asked for (exit code 0).
// tci_capture_code_name gives the name used in JSON: the constant's, in lower case, with dashes, without TCI_ or TCI_END_.
enum tci_code {
    TCI_OK = 0,
    TCI_FAILED = 1,             // failed: anything that has no number of its own; the message says what
    TCI_BAD_REQUEST = 2,        // bad-request: usage, or a request.json that is not valid
    TCI_NO_SUCH_SOURCE = 3,     // no-such-source: no such interface or file
    TCI_NO_RIGHTS = 4,          // no-rights: the message names the capability or the file
    TCI_BAD_FILTER = 5,         // bad-filter: see tci_error.position
    TCI_DIRECTORY_IN_USE = 6,   // directory-in-use: an engine runs there, or it holds a finished capture
    TCI_DISK_FULL = 7,          // disk-full
    TCI_SOURCE_DAMAGED = 8,     // source-damaged: the file breaks off or is no capture; what came before is kept
    TCI_SOURCE_GONE = 9,        // source-gone: the interface or the card was removed
    TCI_WRITE_FAILED = 10,      // write-failed: the file system refused for another reason than space
    TCI_DEADLINE = 11,          // deadline: the hard deadline of the request came before any other end
    TCI_KILLED = 12,            // killed: the engine was ended by a signal it cannot catch; the message names it
    TCI_LOST = 13,              // lost: the engine is gone, has left no summary, and nobody saw why
    TCI_NO_LAUNCHER = 14,       // no-launcher: nobody answers on the socket, or none could be started
    TCI_TIMEOUT = 15,           // timeout: the time given was over first
    TCI_BUSY = 16,              // busy: a bound of the launcher is reached (captures, checks)
    TCI_NO_CAPTURE = 17,        // no-capture: the directory holds no capture that was ever started
    TCI_FILTER_TOO_COSTLY = 18, // filter-too-costly: compiling it exceeds the limits of time or memory
    TCI_BUFFER_TOO_SMALL = 19,  // buffer-too-small: *needed says what would do
    TCI_UNSUPPORTED = 20,       // unsupported: a source whose link type the engine does not know
    TCI_END_DURATION = 64,      // duration
    TCI_END_PACKETS = 65,       // packets
    TCI_END_BYTES = 66,         // bytes
    TCI_END_STOPPED = 67,       // stopped: by tci_capture_stop
    TCI_END_SOURCE_END = 68,    // source-end: the file was read to its end
    TCI_END_SIGNAL = 69         // signal: SIGINT or SIGTERM, cleanly
};

enum tci_state {
    TCI_STATE_ARMING = 1,   // opening the source
    TCI_STATE_ARMED = 2,    // receiving and discarding (outside_window) until the start instant
    TCI_STATE_RUNNING = 3,  // storing
    TCI_STATE_STOPPING = 4, // no longer storing; emptying buffers, closing files
    TCI_STATE_ENDED = 5     // summary.json is complete
};

struct tci_error {
    int32_t code;      // enum tci_code
    int32_t os_error;  // errno where the system said no; 0 otherwise
    int32_t position;  // bad-filter: offset in bytes of the offending token, from 0; the length of the filter if it ends too early. -1: not known
    char message[500]; // a sentence for people, without the code's name
};

struct tci_amount {
    uint64_t packets;
    uint64_t bytes; // length on the wire, also of packets that were cut
};

// At every read: seen = stored + outside_window + filtered + sampled_out + dropped_* + in_flight, in packets and in bytes. `cut` overlaps stored.
// Bytes cover what reached the engine: the kernel counts the packets it drops, or that still wait in its ring, but not their bytes.
struct tci_counters {
    struct tci_amount seen;
    struct tci_amount stored;         // handed to the file system
    struct tci_amount outside_window; // stamped before the start instant or after the end
    struct tci_amount filtered;       // did not match the filter
    struct tci_amount sampled_out;
    struct tci_amount cut;            // packets shortened to the snapshot length; bytes cut away
    struct tci_amount dropped_kernel; // no room in the ring; bytes unknown, 0
    struct tci_amount dropped_disk_full;
    struct tci_amount dropped_no_buffer;
    struct tci_amount dropped_engine_lost; // in flight when the engine was killed
    struct tci_amount in_flight;      // in the ring or in the chunk being filled; 0 after the end
    int64_t first_packet_unix_ns;     // stored packets; 0 if none
    int64_t last_packet_unix_ns;
};

struct tci_status {
    int32_t state;      // enum tci_state
    int32_t alive;      // 1: an engine process holds the directory; 0: it does not, and if state is not ENDED the capture wants repair
    int32_t end_code;   // enum tci_code; TCI_OK until the end is known
    int32_t pid;        // of the engine; to show, not to signal
    uint32_t queues;
    uint32_t overloaded; // 1: a receive ring has been over nine tenths full for five seconds; losses are near, or have begun
    int64_t created_unix_ns;
    int64_t armed_unix_ns;
    int64_t start_unix_ns;    // begin of the window: as told, or as taken
    int64_t stop_unix_ns;     // end of the window
    int64_t ended_unix_ns;
    int64_t deadline_unix_ns;
    int64_t updated_unix_ns;  // when the counters were last published; at least once a second while alive
    uint64_t file_bytes;      // size of all traffic files
    struct tci_counters total; // sum over the queues
    char message[256];        // about the end; empty before
};

static_assert(sizeof(struct tci_error) == 512, "tci_error");
static_assert(offsetof(struct tci_error, message) == 12, "tci_error.message");
static_assert(sizeof(struct tci_amount) == 16, "tci_amount");
static_assert(sizeof(struct tci_counters) == 192, "tci_counters");
static_assert(offsetof(struct tci_counters, in_flight) == 160, "tci_counters.in_flight");
static_assert(sizeof(struct tci_status) == 536, "tci_status");
static_assert(offsetof(struct tci_status, created_unix_ns) == 24, "tci_status.created_unix_ns");
static_assert(offsetof(struct tci_status, file_bytes) == 80, "tci_status.file_bytes");
static_assert(offsetof(struct tci_status, total) == 88, "tci_status.total");
static_assert(offsetof(struct tci_status, message) == 280, "tci_status.message");

typedef struct tci_capture tci_capture;

// Sees to it that a launcher answers on `socket`; where none does, starts `program` (the path of tci-capture) detached from the caller: it outlives it, and ends
// by itself 30 s after its last capture and caller.
// A NULL program starts nothing. Two callers at once get one launcher.
TCI_API int32_t tci_capture_launch(const char *socket, const char *program, int32_t timeout_ms, struct tci_error *error);

// Starts the capture described by dir/request.json and returns when it is armed or running, or could not be (then *capture is NULL).
TCI_API int32_t tci_capture_start(const char *socket, const char *dir, int32_t timeout_ms, tci_capture **capture, struct tci_error *error);

// Takes over a capture that was started before, by whomever: armed, running, ended or broken. Needs no launcher. no-capture if there never was one.
TCI_API int32_t tci_capture_open(const char *dir, tci_capture **capture, struct tci_error *error);

// Tells an armed capture when to begin: packets stamped at or after `unix_ns` are inside. 0 is "now". May be told again until the instant has come.
TCI_API int32_t tci_capture_start_at(tci_capture *capture, int64_t unix_ns, struct tci_error *error);

// Asks for the end, now. Returns at once; the capture ends within a second (see tci_capture_wait). Harmless when it has ended.
TCI_API int32_t tci_capture_stop(tci_capture *capture, struct tci_error *error);

// One consistent read of state and counters. Allocates nothing and makes one system call. The time is at most that of 1000 attempts (then busy).
TCI_API int32_t tci_capture_status(tci_capture *capture, struct tci_status *status, struct tci_error *error);

// The counters of one queue, 0 <= queue < status.queues.
TCI_API int32_t tci_capture_queue(tci_capture *capture, uint32_t queue, struct tci_counters *counters, struct tci_error *error);

// Waits until summary.json is complete and the engine is gone. timeout: it still goes on; lost: the engine is gone, and nobody has completed the directory in
// the time given (see tci_capture_repair). *status is filled in all three cases.
TCI_API int32_t tci_capture_wait(tci_capture *capture, int32_t timeout_ms, struct tci_status *status, struct tci_error *error);

// Lets the launcher complete a directory whose engine is gone without a summary (after a power cut, say). Harmless when it is complete.
TCI_API int32_t tci_capture_repair(const char *socket, const char *dir, int32_t timeout_ms, struct tci_error *error);

// Compiles a filter, in a process of its own with limits. `filter` is `filter_bytes` long, NUL not needed. link_type as in pcap files (1: Ethernet).
// *instructions may be NULL. On bad-filter, error->position says where.
TCI_API int32_t tci_capture_check_filter(const char *socket, const char *filter, size_t filter_bytes, int32_t link_type, int32_t snaplen, int32_t timeout_ms,
                                         int32_t *instructions, struct tci_error *error);

// Writes the sources of this host as a JSON array (the member `sources` of `tci-capture list --json`) and a NUL to `buffer`. *needed gets the size with the NUL, also on buffer-too-small.
TCI_API int32_t tci_capture_list_sources(const char *socket, int32_t timeout_ms, char *buffer, size_t buffer_bytes, size_t *needed, struct tci_error *error);

// Gives the handle back. The capture goes on. NULL is allowed.
TCI_API void tci_capture_close(tci_capture *capture);

// The name of a code ("bad-filter"); "unknown" for a number that is none. Lives for ever.
TCI_API const char *tci_capture_code_name(int32_t code);

// The version of this library, "0.1.0". Lives for ever.
TCI_API const char *tci_capture_version(void);

// sizeof of the public structs, for bindings to compare with: 0 tci_error, 1 tci_amount, 2 tci_counters, 3 tci_status; 0 for any other.
TCI_API uint32_t tci_capture_struct_bytes(uint32_t which);

#ifdef __cplusplus
}
#endif

#endif
