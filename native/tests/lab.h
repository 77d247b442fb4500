// SPDX-License-Identifier: BSD-3-Clause
// A place to capture in: a network namespace of our own with a veth pair, a scratch folder, a generator, and a launcher on a socket.
#pragma once
#include "check.h"
#include "tci_capture.h"

#include <jansson.h>
#include <sys/types.h>

enum { LAB_UDP_HEADERS = 42 }; // Ethernet, IPv4, UDP

// "" when everything is there; otherwise why captures cannot be tried here.
extern char lab_missing[200];
extern char lab_folder[64], lab_socket[96], lab_program[256];

#define NEEDS_NETWORK()            \
    do {                           \
        if (lab_missing[0])        \
            SKIP("%s", lab_missing); \
    } while (0)

void lab_open(void);
void lab_close(void);

// The veth pair: what is sent on "wire0" arrives at "wire1". Made anew, because a test may remove it.
void lab_make_veth(void);
void lab_await_link(void);
__attribute__((format(printf, 1, 2))) int lab_shell(const char *format, ...);
// UDP packets with a sequence number behind the headers, from `first` on. `pause_us` between batches of 32; 0: as fast as it goes.
void lab_send(const char *interface, unsigned first, unsigned count, unsigned bytes, unsigned port, unsigned pause_us);
void lab_send_tagged(const char *interface, unsigned count, unsigned vlan);

// A directory with a request: `members` is JSON text that goes into the object ("\"filter\":\"udp\""); source, id and a deadline in 60 s are given.
const char *lab_request(const char *name, const char *source, const char *members);
struct tci_capture *lab_start(const char *dir);
void lab_finish(struct tci_capture *capture, struct tci_status *status);
// Waits until so many packets are stored, and not one more; fails the test after 5 s.
void lab_await_stored(struct tci_capture *capture, uint64_t packets);
// Whole tests of a source that reads "wire1": the interface goes down and comes back, and it goes for good.
void lab_survives_link_down(const char *source);
void lab_ends_with_its_interface(const char *source);
json_t *lab_summary(const char *dir);
const char *lab_end(json_t *summary);
long long lab_count(json_t *summary, const char *counter);
bool lab_adds_up(json_t *summary);

struct lab_traffic {
    unsigned packets;
    unsigned out_of_order;        // sequence numbers that do not follow the one before
    unsigned first_sequence;
    unsigned captured_max;
    long long file_bytes;
    int link_type;
};
// Reads all traffic files with libpcap, not with what is tested.
struct lab_traffic lab_read(const char *dir);

// The launcher's socket, without the shim. lab_hear gives one answer without its newline; "" if the launcher hangs up or says nothing in time.
int lab_dial(void);
const char *lab_hear(int fd, int timeout_ms);
const char *lab_ask(const char *line);
long lab_ping(const char *member); // an integer of the answer to ping; 0 without a launcher

// In the scratch folder; good for the next 15.
const char *lab_path(const char *name);
// Packets 10 ms apart, or with one of them a day later; the last one can be broken off.
const char *lab_make_pcap(const char *name, unsigned packets, bool broken);

// Runs the program; its exit code, or -signal.
#define RUN_PROGRAM(...) lab_program_run((const char *const[]){"tci-capture", __VA_ARGS__, NULL})
int lab_program_run(const char *const *arguments);
pid_t lab_program_start(const char *const *arguments);
int lab_program_wait(pid_t pid, int timeout_ms);
bool lab_until(bool (*condition)(void *), void *argument, int timeout_ms);
long long lab_now_ns(void);
