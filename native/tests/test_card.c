// SPDX-License-Identifier: BSD-3-Clause
// NDP cards: a stand-in for libnfb and its card, the real libnfb where it is installed, and a card that is pulled.
#include "lab.h"

#include <fcntl.h>
#include <unistd.h>

// The card's clock says 1970, before the start: inside is only what the card has no time for, which gets the system's.
static void card_is_read(const char *dir)
{
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "ndp:0", "--dir", dir, "--duration", "300ms"), 0);
    json_t *summary = lab_summary(dir);
    CHECK(lab_adds_up(summary) && lab_count(summary, "seen") == 501 && lab_count(summary, "stored") == 50 && lab_count(summary, "outsideWindow") == 451);
    CHECK_EQUAL(json_array_size(json_object_get(json_object_get(summary, "counters"), "queues")), 2);
    json_decref(summary);
}

static void folder_of_tests(char folder[300], const char *name)
{
    snprintf(folder, 300, "%.*s/tests/%s", (int)(strrchr(lab_program, '/') - lab_program), lab_program, name);
}

// The real libnfb, and a plug-in of ours in place of the card. TCI_LIBNFB names the library where it is not installed.
static void a_card_is_read_through_the_real_libnfb(void)
{
    static const char *const places[] = {"/usr/lib/x86_64-linux-gnu/libnfb.so.6", "/usr/lib64/libnfb.so.6", "/usr/local/lib/libnfb.so.6", "/usr/lib/libnfb.so.6"};
    for (size_t i = 0; i < sizeof places / sizeof *places && !getenv("TCI_LIBNFB"); i++)
        if (!access(places[i], R_OK))
            setenv("TCI_LIBNFB", places[i], 1);
    if (!getenv("TCI_LIBNFB"))
        SKIP("no libnfb.so.6 on this host; TCI_LIBNFB can name one");
    const char *file = lab_make_pcap("real.pcap", 501, false), *dir = lab_path("real");
    char folder[300], card[800];
    folder_of_tests(folder, "redirect");
    snprintf(card, sizeof card, "libnfb-ext:%s/libnfb_plugin.so:%s", folder, file);
    setenv("LD_LIBRARY_PATH", folder, 1);
    setenv("TCI_LIBNFB_CARD", card, 1);
    card_is_read(dir);
    unsetenv("LD_LIBRARY_PATH");
}

// With a stand-in for libnfb and its card.
static void a_card_is_read_through_its_library(void)
{
    const char *file = lab_make_pcap("card.pcap", 501, false), *dir = lab_path("card");
    char stand_in[300];
    folder_of_tests(stand_in, "stand_in");
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "ndp:0", "--dir", lab_path("none"), "--packets", "1"), 20); // no library
    setenv("LD_LIBRARY_PATH", stand_in, 1);
    setenv("TCI_STAND_IN_PCAP", file, 1);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "ndp:1", "--dir", lab_path("none"), "--packets", "1"), 3);
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "ndp:libnfb-ext:x.so:y", "--dir", lab_path("none"), "--packets", "1"), 2);
    // libnfb would load the library of that name from a folder that everybody may write to.
    CHECK_EQUAL(RUN_PROGRAM("run", "--source", "ndp:/dev/shm/libnfb-ext-x.so", "--dir", lab_path("none"), "--packets", "1"), 2);
    card_is_read(dir);
    unsetenv("LD_LIBRARY_PATH");
    CHECK(access(lab_path("none"), F_OK));
}

// The driver takes its device file away.
static void a_card_that_disappears_ends_its_capture(void)
{
    const char *file = lab_make_pcap("pulled.pcap", 501, false), *dir = lab_path("pulled");
    char stand_in[300], device[64], source[80];
    snprintf(device, sizeof device, "/dev/tci-card-%d", (int)getpid());
    int fd = open(device, O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        SKIP("/dev takes no file from here, so no card can disappear from it");
    close(fd);
    snprintf(source, sizeof source, "ndp:%s", device);
    folder_of_tests(stand_in, "stand_in");
    setenv("LD_LIBRARY_PATH", stand_in, 1);
    setenv("TCI_STAND_IN_PCAP", file, 1);
    setenv("TCI_STAND_IN_DEVICE", device, 1);
    pid_t pid = lab_program_start((const char *[]){"tci-capture", "run", "--source", source, "--dir", dir, "--duration", "60s", NULL});
    char status[200];
    snprintf(status, sizeof status, "%s/status", dir);
    for (int i = 0; i < 600 && access(status, F_OK); i++)
        usleep(50000);
    CHECK(!access(status, F_OK));
    CHECK(!unlink(device));
    CHECK_EQUAL(lab_program_wait(pid, 30000), TCI_SOURCE_GONE);
    unsetenv("LD_LIBRARY_PATH");
    json_t *summary = lab_summary(dir);
    CHECK(!strcmp(lab_end(summary), "source-gone") && lab_adds_up(summary) && lab_count(summary, "inFlight") == 0);
    CHECK(lab_count(summary, "seen") > 0 && lab_count(summary, "stored") <= 50); // as card_is_read, or less: one queue notices before the other is empty
    json_decref(summary);
}

int main(void)
{
    lab_open();
    RUN(a_card_is_read_through_its_library);
    RUN(a_card_is_read_through_the_real_libnfb);
    RUN(a_card_that_disappears_ends_its_capture);
    lab_close();
    return finish();
}
