// SPDX-License-Identifier: BSD-3-Clause
// When a launcher ends by itself.
#include "lab.h"

#include <signal.h>
#include <unistd.h>

// A launcher in the foreground, so that its end can be waited for.
static pid_t serve_idle(const char *time, char *socket, size_t bytes, const char *name)
{
    snprintf(socket, bytes, "%s/%s", lab_folder, name);
    pid_t pid = lab_program_start((const char *const[]){"tci-capture", "serve", "--socket", socket, "--idle-exit", time, NULL});
    struct tci_error error;
    for (int i = 0; i < 500 && tci_capture_launch(socket, NULL, 1000, &error); i++)
        usleep(10000);
    return pid;
}

static void a_launcher_nobody_needs_ends(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    char socket[128];
    struct tci_error error;
    struct tci_status status;
    tci_capture *capture = NULL;
    pid_t pid = serve_idle("500ms", socket, sizeof socket, "idle");
    const char *dir = lab_request("idle-dir", "afpacket:wire1", "\"limits\":{\"durationMs\":1500}");
    CHECK_EQUAL(tci_capture_start(socket, dir, 10000, &capture, &error), TCI_OK);
    lab_finish(capture, &status); // three times as long as it may idle: a capture is no idleness
    CHECK_EQUAL(tci_capture_launch(socket, NULL, 2000, &error), TCI_OK);
    CHECK_EQUAL(lab_program_wait(pid, 5000), 0);
    CHECK(access(socket, F_OK));
}

static void a_launcher_whose_socket_is_gone_ends(void)
{
    char socket[128];
    pid_t pid = serve_idle("1h", socket, sizeof socket, "unlinked");
    CHECK(!kill(pid, 0) && !unlink(socket));
    CHECK_EQUAL(lab_program_wait(pid, 5000), 0);
    CHECK_EQUAL(lab_program_run((const char *const[]){"tci-capture", "serve", "--socket", socket, "--idle-exit", "2d", NULL}), 2);
}

int main(void)
{
    lab_open();
    RUN(a_launcher_nobody_needs_ends);
    RUN(a_launcher_whose_socket_is_gone_ends);
    lab_close();
    return finish();
}
