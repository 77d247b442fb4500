// SPDX-License-Identifier: BSD-3-Clause
// The launcher: what it answers, who is served, and what survives whose death.
#include "lab.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void launch(void)
{
    struct tci_error error;
    CHECK_EQUAL(tci_capture_launch(lab_socket, lab_program, 5000, &error), TCI_OK);
}

static bool launcher_gone(void *pid)
{
    return kill((pid_t)(long)pid, 0) && errno == ESRCH;
}

static void kill_launcher(int signal)
{
    pid_t pid = (pid_t)lab_ping("pid");
    CHECK(pid > 1);
    if (pid > 1)
        kill(pid, signal);
    CHECK(lab_until(launcher_gone, (void *)(long)pid, 5000));
}

static void no_launcher_is_said(void)
{
    struct tci_error error;
    tci_capture *capture;
    CHECK_EQUAL(tci_capture_launch(lab_socket, NULL, 100, &error), TCI_NO_LAUNCHER);
    CHECK_EQUAL(tci_capture_start(lab_socket, "/tmp", 100, &capture, &error), TCI_NO_LAUNCHER);
    CHECK(capture == NULL);
    CHECK_EQUAL(tci_capture_launch(lab_socket, "/nowhere/tci-capture", 1000, &error), TCI_NO_LAUNCHER);
    long long before = lab_now_ns();
    CHECK_EQUAL(tci_capture_launch("/nowhere/socket", lab_program, 5000, &error), TCI_NO_LAUNCHER);
    CHECK(lab_now_ns() - before < 2000000000 && strstr(error.message, "could not serve"));
}

static void *launch_in_thread(void *unused)
{
    (void)unused;
    struct tci_error error;
    return (void *)(long)tci_capture_launch(lab_socket, lab_program, 10000, &error);
}

static void callers_at_once_get_one_launcher(void)
{
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, launch_in_thread, NULL);
    for (int i = 0; i < 8; i++) {
        void *code;
        pthread_join(threads[i], &code);
        CHECK_EQUAL((long)code, TCI_OK);
    }
    long pid = lab_ping("pid");
    launch();
    CHECK_EQUAL(lab_ping("pid"), pid);
}

static void hostile_requests_are_answered_and_survived(void)
{
    static const char *const requests[] = {
        "", "x", "{}", "[]", "null", "{\"command\":1}", "{\"command\":\"format\"}", "{\"command\":\"start\"}", "{\"command\":\"start\",\"dir\":1}",
        "{\"command\":\"start\",\"dir\":\"relative\"}", "{\"command\":\"start\",\"dir\":\"\"}", "{\"command\":\"check\"}",
        "{\"command\":\"check\",\"filter\":[]}",
        "{\"command\":\"check\",\"filter\":\"tcp\",\"linkType\":\"x\"}", "{\"command\":\"ping\",\"command\":\"ping\"}", "\xff\xfe",
        "{\"command\":\"repair\",\"dir\":null}",
    };
    launch();
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        const char *answer = lab_ask(requests[i]);
        if (!strstr(answer, "\"code\":\"bad-request\"")) {
            printf("    %s -> %s\n", requests[i], answer);
            checks_failed++;
        }
    }
    CHECK(strstr(lab_ask("{\"command\":\"start\",\"dir\":\"/nowhere/at/all\"}"), "\"ok\":false"));
    CHECK(strstr(lab_ask("{\"command\":\"check\",\"filter\":\"tcp\",\"linkType\":-5}"), "\"ok\":false"));
    CHECK(strstr(lab_ask("{\"command\":\"check\",\"filter\":\"--help\"}"), "bad-filter"));

    int fd = lab_dial(); // longer than a request may be, without an end
    static char block[8192];
    memset(block, ' ', sizeof block);
    for (int i = 0; i < 8; i++)
        CHECK(send(fd, block, sizeof block, MSG_NOSIGNAL) == sizeof block);
    CHECK(send(fd, block, 1, MSG_NOSIGNAL) == 1);
    CHECK(strstr(lab_hear(fd, 3000), "longer than"));
    close(fd);

    fd = lab_dial(); // in pieces, then two at once
    CHECK(write(fd, "{\"comm", 6) == 6);
    usleep(20000);
    CHECK(write(fd, "and\":\"ping\"}\n{\"command\":\"captures\"}\n", 36) == 36);
    CHECK(strstr(lab_hear(fd, 3000), "\"version\""));
    CHECK(strstr(lab_hear(fd, 3000), "\"captures\":["));
    close(fd);

    fd = lab_dial(); // hangs up in the middle of a question
    CHECK(write(fd, "{\"command\":\"list\"}\n", 19) == 19);
    close(fd);
    CHECK(lab_ping("pid") > 1);
}

static void more_connections_than_allowed_are_told_so(void)
{
    int fds[40];
    launch();
    for (int i = 0; i < 40; i++)
        fds[i] = lab_dial();
    CHECK(strstr(lab_hear(fds[39], 3000), "\"busy\""));
    for (int i = 0; i < 40; i++)
        close(fds[i]);
    usleep(300000);
    CHECK(lab_ping("pid") > 1);
}

static void strangers_are_refused(void)
{
    if (geteuid())
        SKIP("only root can become a stranger");
    launch();
    CHECK_EQUAL(lab_shell("chmod 666 %s", lab_socket), 0); // so that credentials decide, not the mode
    int pipe_fds[2];
    CHECK(!pipe(pipe_fds));
    pid_t pid = fork();
    if (pid == 0) {
        if (setgid(65534) || setuid(65534))
            _exit(1);
        struct tci_error error;
        int code = tci_capture_launch(lab_socket, NULL, 2000, &error);
        _exit(write(pipe_fds[1], &code, sizeof code) != sizeof code);
    }
    int code = 0;
    CHECK(read(pipe_fds[0], &code, sizeof code) == sizeof code);
    waitpid(pid, NULL, 0);
    close(pipe_fds[0]), close(pipe_fds[1]);
    CHECK_EQUAL(code, TCI_NO_RIGHTS);
}

static void filters_are_checked_and_sources_listed(void)
{
    struct tci_error error;
    int32_t instructions = 0;
    static char big[100000], buffer[TCI_ANSWER_BYTES_MAX];
    size_t needed;
    launch();
    CHECK_EQUAL(tci_capture_check_filter(lab_socket, "tcp port 443xxx", 12, 1, 65535, 3000, &instructions, &error), TCI_OK);
    CHECK(instructions > 5);
    CHECK_EQUAL(tci_capture_check_filter(lab_socket, "tcp por 443", 11, 1, 65535, 3000, NULL, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(error.position, 4);
    memset(big, 'a', sizeof big);
    CHECK_EQUAL(tci_capture_check_filter(lab_socket, big, sizeof big, 1, 65535, 3000, NULL, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(error.position, 4096);
    CHECK_EQUAL(tci_capture_check_filter(lab_socket, "tcp\0", 4, 1, 65535, 3000, NULL, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(tci_capture_list_sources(lab_socket, 5000, buffer, sizeof buffer, &needed, &error), TCI_OK);
    CHECK(needed == strlen(buffer) + 1 && strstr(buffer, "\"afpacket:lo\""));
    CHECK_EQUAL(tci_capture_list_sources(lab_socket, 5000, buffer, 5, &needed, &error), TCI_BUFFER_TOO_SMALL);
    CHECK(needed > 5);
}

static void starts_that_cannot_be_say_why(void)
{
    NEEDS_NETWORK();
    static const struct {
        const char *source, *members;
        int code;
    } cases[] = {
        {"afpacket:nope", "\"limits\":{\"packets\":1}", TCI_NO_SUCH_SOURCE}, {"pcap:/nowhere", "\"limits\":{\"packets\":1}", TCI_NO_SUCH_SOURCE},
        {"tape:1", "\"limits\":{\"packets\":1}", TCI_BAD_REQUEST},           {"afpacket:lo", "", TCI_BAD_REQUEST},
        {"afpacket:lo", "\"limits\":{\"packets\":0}", TCI_BAD_REQUEST},
        {"afpacket:lo", "\"limits\":{\"packets\":1},\"filter\":\"tcp por\"", TCI_BAD_FILTER},
    };
    launch();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *dir = lab_request("cannot", cases[i].source, cases[i].members);
        struct tci_error error = {0};
        struct tci_status status;
        tci_capture *capture;
        CHECK_EQUAL(tci_capture_start(lab_socket, dir, 10000, &capture, &error), cases[i].code);
        if (cases[i].code == TCI_BAD_FILTER)
            CHECK_EQUAL(error.position, 4);
        // A probe that died while it waited for the answer finds it in the directory.
        json_t *summary = lab_summary(dir);
        CHECK(!strcmp(lab_end(summary), tci_capture_code_name(cases[i].code)) && lab_count(summary, "seen") == 0);
        json_decref(summary);
        CHECK_EQUAL(tci_capture_open(dir, &capture, &error), TCI_OK);
        lab_finish(capture, &status);
        CHECK_EQUAL(status.end_code, cases[i].code);
    }
}

static void a_directory_in_use_is_refused_and_left_alone(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("twice", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir), *second;
    struct tci_error error;
    struct tci_status status;
    CHECK_EQUAL(tci_capture_start(lab_socket, dir, 5000, &second, &error), TCI_DIRECTORY_IN_USE);
    CHECK_EQUAL(tci_capture_repair(lab_socket, dir, 5000, &error), TCI_DIRECTORY_IN_USE);
    CHECK_EQUAL(tci_capture_status(capture, &status, &error), TCI_OK);
    CHECK(status.alive && (status.state == TCI_STATE_ARMED || status.state == TCI_STATE_RUNNING));
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
    CHECK_EQUAL(tci_capture_start(lab_socket, dir, 5000, &second, &error), TCI_DIRECTORY_IN_USE); // its files are not written over
    CHECK_EQUAL(tci_capture_repair(lab_socket, dir, 5000, &error), TCI_OK);                        // and complete stays complete
    CHECK_EQUAL(tci_capture_open(lab_folder, &second, &error), TCI_NO_CAPTURE);
}

static bool has_stored(void *argument)
{
    struct tci_status status;
    return !tci_capture_status(((void **)argument)[0], &status, NULL) && (long)status.total.stored.packets >= (long)((void **)argument)[1];
}

static void a_killed_engine_leaves_whole_files_and_a_summary(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("killed", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 3000, 1000, 7, 50);
    CHECK(lab_until(has_stored, (void *[]){capture, (void *)1000}, 5000));
    lab_send("wire0", 3000, 500, 1000, 7, 0);
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    uint64_t stored_before = status.total.stored.packets;
    kill(status.pid, SIGKILL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_KILLED);
    CHECK(strstr(status.message, "signal 9"));
    struct lab_traffic traffic = lab_read(dir);
    CHECK(traffic.packets >= stored_before && traffic.out_of_order == 0);
    CHECK_EQUAL(traffic.packets, status.total.stored.packets);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && lab_count(summary, "inFlight") == 0 && !strcmp(lab_end(summary), "killed"));
    CHECK(!strcmp(json_string_value(json_object_get(summary, "completedBy")), "repair"));
    json_decref(summary);
}

static void a_capture_survives_its_launcher_and_is_found_by_the_next(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("orphan", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    lab_send("wire0", 0, 100, 100, 7, 10);
    kill_launcher(SIGKILL);
    lab_send("wire0", 100, 100, 100, 7, 10);
    CHECK(lab_until(has_stored, (void *[]){capture, (void *)200}, 5000));
    tci_capture_close(capture);
    struct tci_error error;
    CHECK_EQUAL(tci_capture_open(dir, &capture, &error), TCI_OK); // as a probe that restarts does
    launch();
    CHECK_EQUAL(lab_ping("captures"), 1);
    CHECK(strstr(lab_ask("{\"command\":\"captures\"}"), "/orphan"));
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    CHECK(status.alive);
    kill(status.pid, SIGKILL); // nobody is its parent now; the next launcher sees it by the lock
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_LOST);
    CHECK_EQUAL(lab_read(dir).packets, 200);
    CHECK_EQUAL(lab_ping("captures"), 0);
}

static void both_dead_a_new_launcher_completes_the_directory(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("both-dead", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    struct tci_error error;
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    kill_launcher(SIGKILL);
    kill(status.pid, SIGKILL);
    CHECK_EQUAL(tci_capture_wait(capture, 300, &status, &error), TCI_LOST);
    CHECK(!status.alive);
    launch();
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_LOST);
}

static void a_launcher_that_is_ended_leaves_captures_running(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("term", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    kill_launcher(SIGTERM);
    CHECK(access(lab_socket, F_OK));
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    CHECK(status.alive && (status.state == TCI_STATE_ARMED || status.state == TCI_STATE_RUNNING));
    tci_capture_stop(capture, NULL); // needs no launcher
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
}

static void engines_have_no_capabilities_and_the_callers_user(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    const char *dir = lab_request("rights", "afpacket:wire1", "\"limits\":{\"durationMs\":30000}");
    CHECK_EQUAL(lab_shell("chown 65534:65534 %s", dir), 0);
    tci_capture *capture = lab_start(dir);
    if (!capture)
        return;
    struct tci_status status;
    CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
    CHECK_EQUAL(lab_shell("grep -q 'CapPrm:.0000000000000000' /proc/%d/status", status.pid), 0);
    CHECK_EQUAL(lab_shell("grep -q 'CapEff:.0000000000000000' /proc/%d/status", status.pid), 0);
    CHECK_EQUAL(lab_shell("grep -q 'NoNewPrivs:.1' /proc/%d/status", status.pid), 0);
    CHECK_EQUAL(lab_shell("grep -q 'Uid:.65534.65534.65534.65534' /proc/%d/status", status.pid), 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK_EQUAL(lab_shell("grep -q 'Seccomp:.2' /proc/%d/task/*/status && ! grep -L 'Seccomp:.2' /proc/%d/task/*/status | grep .", status.pid, status.pid), 0);
#endif
    tci_capture_stop(capture, NULL);
    lab_finish(capture, &status);
    CHECK_EQUAL(status.end_code, TCI_END_STOPPED);
    CHECK_EQUAL(lab_shell("test $(stat -c %%u:%%a %s/traffic.0.0.pcap) = 65534:660", dir), 0);
}

// As its systemd unit runs it: not root, CAP_NET_RAW alone.
static void one_capability_is_enough_for_a_launcher(void)
{
    NEEDS_NETWORK();
    lab_make_veth();
    char socket[sizeof lab_socket];
    snprintf(socket, sizeof socket, "%.60s/plain/socket", lab_folder);
    CHECK_EQUAL(lab_shell("mkdir %s/plain && chown 65534:65534 %s/plain", lab_folder, lab_folder), 0);
    CHECK_EQUAL(lab_shell("setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all,+net_raw --inh-caps -all,+net_raw --ambient-caps -all,+net_raw "
                          "%s serve --socket %s --detach",
                          lab_program, socket),
                0);
    struct tci_error error = {0};
    struct tci_status status;
    tci_capture *capture = NULL;
    const char *dir = lab_request("plain/dir", "afpacket:wire1", "\"limits\":{\"packets\":50}");
    CHECK_EQUAL(lab_shell("sed -i s,plain/dir,plain, %s/request.json && chown -R 65534:65534 %s", dir, dir), 0);
    CHECK_EQUAL(tci_capture_start(socket, dir, 10000, &capture, &error), TCI_OK);
    if (capture) {
        CHECK_EQUAL(tci_capture_status(capture, &status, NULL), TCI_OK);
        CHECK_EQUAL(lab_shell("grep -q 'CapPrm:.0000000000000000' /proc/%d/status", status.pid), 0);
        lab_send("wire0", 0, 50, 100, 7, 10);
        lab_finish(capture, &status);
        CHECK_EQUAL(status.total.stored.packets, 50);
    } else {
        printf("    %s\n", error.message);
    }
    char usual[sizeof lab_socket];
    strcpy(usual, lab_socket);
    strcpy(lab_socket, socket);
    kill_launcher(SIGTERM);
    strcpy(lab_socket, usual);
}

int main(void)
{
    lab_open();
    RUN(no_launcher_is_said);
    RUN(callers_at_once_get_one_launcher);
    RUN(hostile_requests_are_answered_and_survived);
    RUN(more_connections_than_allowed_are_told_so);
    RUN(strangers_are_refused);
    RUN(filters_are_checked_and_sources_listed);
    RUN(starts_that_cannot_be_say_why);
    RUN(a_directory_in_use_is_refused_and_left_alone);
    RUN(a_killed_engine_leaves_whole_files_and_a_summary);
    RUN(a_capture_survives_its_launcher_and_is_found_by_the_next);
    RUN(both_dead_a_new_launcher_completes_the_directory);
    RUN(a_launcher_that_is_ended_leaves_captures_running);
    RUN(engines_have_no_capabilities_and_the_callers_user);
    RUN(one_capability_is_enough_for_a_launcher);
    lab_close();
    return finish();
}
