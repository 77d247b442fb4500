// SPDX-License-Identifier: BSD-3-Clause
#include "lab.h"

#include "instant.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <pcap/pcap.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char lab_missing[200], lab_folder[64], lab_socket[96], lab_program[256];

long long lab_now_ns(void)
{
    return unix_now_ns();
}

int lab_shell(const char *format, ...)
{
    char command[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    return system(command);
}

// A link that was just set up passes nothing until the kernel has noticed its carrier, and drops without a word what is sent before.
void lab_await_link(void)
{
    CHECK_EQUAL(lab_shell("for i in $(seq 300); do [ $(ip -o link show | grep -c 'wire[01]@.* state UP') = 2 ] && exit 0; sleep 0.01; done; exit 1"), 0);
}

void lab_make_veth(void)
{
    lab_shell("ip link del wire0 2>/dev/null");
    CHECK_EQUAL(lab_shell("ip link add wire0 type veth peer name wire1 && ip link set wire0 up && ip link set wire1 up"), 0);
    lab_await_link();
}

static void try_veth(void)
{
    char said[150] = "";
    FILE *output = popen("(ip link set lo up && ip link add wire0 type veth peer name wire1 && ip link del wire0) 2>&1", "r");
    bool any = output && fgets(said, sizeof said, output);
    said[strcspn(said, "\n")] = 0;
    if (!output || pclose(output))
        snprintf(lab_missing, sizeof lab_missing, "no veth pair: %s", any ? said : "ip failed");
}

void lab_open(void)
{
    const char *program = getenv("TCI_CAPTURE");
    strcpy(lab_folder, "/tmp/tci-lab-XXXXXX");
    if (!mkdtemp(lab_folder) || chmod(lab_folder, 0755))
        abort();
    snprintf(lab_socket, sizeof lab_socket, "%s/socket", lab_folder);
    snprintf(lab_program, sizeof lab_program, "%s", program ? program : "tci-capture");
    if (unshare(CLONE_NEWNET | CLONE_NEWNS))
        snprintf(lab_missing, sizeof lab_missing, "no right to make network namespaces (%s)", strerror(errno));
    else if (lab_shell("ip -V >/dev/null 2>&1"))
        snprintf(lab_missing, sizeof lab_missing, "no ip program (iproute2)");
    else if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
        snprintf(lab_missing, sizeof lab_missing, "no right to mount (%s)", strerror(errno));
    else
        try_veth();
    // Nothing but what the tests send is on these wires.
    lab_shell("echo 1 2>/dev/null >/proc/sys/net/ipv6/conf/default/disable_ipv6; echo 1 2>/dev/null >/proc/sys/net/ipv6/conf/all/disable_ipv6");
}

void lab_close(void)
{
    pid_t launcher = (pid_t)lab_ping("pid");
    if (launcher > 1)
        kill(launcher, SIGTERM);
    lab_shell("umount %s/small 2>/dev/null; rm -rf %s", lab_folder, lab_folder);
}

static void fill(uint8_t *packet, unsigned bytes, unsigned port, unsigned sequence)
{
    static const uint8_t ethernet[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0};
    uint16_t ip_bytes = htons((uint16_t)(bytes - 14)), udp_bytes = htons((uint16_t)(bytes - 34)), to = htons((uint16_t)port);
    memset(packet, 0, bytes);
    memcpy(packet, ethernet, sizeof ethernet);
    packet[14] = 0x45;
    memcpy(packet + 16, &ip_bytes, 2);
    packet[22] = 64;
    packet[23] = 17;
    packet[26] = packet[30] = 10;
    packet[29] = 1, packet[33] = 2;
    memcpy(packet + 36, &to, 2);
    memcpy(packet + 38, &udp_bytes, 2);
    memcpy(packet + LAB_UDP_HEADERS, &sequence, sizeof sequence);
}

void lab_send(const char *interface, unsigned first, unsigned count, unsigned bytes, unsigned port, unsigned pause_us)
{
    enum { BATCH = 32 };
    static uint8_t packets[BATCH][2000];
    struct mmsghdr messages[BATCH];
    struct iovec parts[BATCH];
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface)};
    int fd = socket(AF_PACKET, SOCK_RAW, 0);
    CHECK(fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof address));
    for (unsigned sent = 0; sent < count;) {
        unsigned batch = count - sent < BATCH ? count - sent : BATCH;
        memset(messages, 0, sizeof messages);
        for (unsigned i = 0; i < batch; i++) {
            fill(packets[i], bytes, port, first + sent + i);
            parts[i] = (struct iovec){packets[i], bytes};
            messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
        }
        int n = sendmmsg(fd, messages, batch, 0);
        if (n <= 0 && errno != ENOBUFS && errno != EAGAIN) {
            CHECK(!"sendmmsg");
            break;
        }
        sent += n > 0 ? (unsigned)n : 0;
        if (pause_us)
            usleep(pause_us);
    }
    close(fd);
}

void lab_send_tagged(const char *interface, unsigned count, unsigned vlan)
{
    uint8_t plain[100], tagged[104];
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface)};
    int fd = socket(AF_PACKET, SOCK_RAW, 0);
    CHECK(fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof address));
    for (unsigned i = 0; i < count; i++) {
        fill(plain, sizeof plain, 7, i);
        memcpy(tagged, plain, 12);
        memcpy(tagged + 12, (uint8_t[]){0x81, 0, (uint8_t)(vlan >> 8), (uint8_t)vlan}, 4);
        memcpy(tagged + 16, plain + 12, sizeof plain - 12);
        CHECK(send(fd, tagged, sizeof tagged, 0) == sizeof tagged);
    }
    close(fd);
}

const char *lab_request(const char *name, const char *source, const char *members)
{
    static char dir[200];
    char path[256];
    snprintf(dir, sizeof dir, "%s/%s", lab_folder, name);
    lab_shell("rm -rf %s; mkdir %s", dir, dir);
    snprintf(path, sizeof path, "%s/request.json", dir);
    FILE *file = fopen(path, "w");
    fprintf(file, "{\"version\":1,\"id\":\"%s\",\"source\":\"%s\",%s%s\"deadlineUnixNs\":%lld}", name, source, members, *members ? "," : "",
            (long long)(unix_now_ns() + 60 * NS_PER_S));
    fclose(file);
    return dir;
}

struct tci_capture *lab_start(const char *dir)
{
    struct tci_error error = {0};
    tci_capture *capture = NULL;
    int code = tci_capture_launch(lab_socket, lab_program, 5000, &error);
    if (!code)
        code = tci_capture_start(lab_socket, dir, 20000, &capture, &error);
    if (code) {
        printf("    start: %s (%s)\n", error.message, tci_capture_code_name(code));
        checks_failed++;
    }
    return capture;
}

void lab_finish(struct tci_capture *capture, struct tci_status *status)
{
    struct tci_error error;
    int code = tci_capture_wait(capture, 15000, status, &error);
    if (code) {
        printf("    wait: %s (%s)\n", error.message, tci_capture_code_name(code));
        checks_failed++;
    }
    tci_capture_close(capture);
}

json_t *lab_summary(const char *dir)
{
    char path[256];
    json_error_t where;
    snprintf(path, sizeof path, "%s/summary.json", dir);
    json_t *summary = json_load_file(path, 0, &where);
    CHECK(summary != NULL);
    return summary;
}

const char *lab_end(json_t *summary)
{
    const char *code = json_string_value(json_object_get(json_object_get(summary, "end"), "code"));
    return code ? code : "(none)";
}

static json_t *total(json_t *summary)
{
    return json_object_get(json_object_get(summary, "counters"), "total");
}

long long lab_count(json_t *summary, const char *counter)
{
    json_t *at = json_object_get(total(summary), counter);
    if (!at)
        at = json_object_get(json_object_get(total(summary), "dropped"), counter);
    json_t *packets = json_object_get(at, "packets");
    return packets ? json_integer_value(packets) : -1;
}

bool lab_adds_up(json_t *summary)
{
    static const char *const parts[] = {"stored", "outsideWindow", "filtered", "sampledOut", "kernel", "diskFull", "noBuffer", "engineLost", "inFlight"};
    long long sum = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        long long part = lab_count(summary, parts[i]);
        if (part < 0)
            return false;
        sum += part;
    }
    return sum == lab_count(summary, "seen");
}

static bool read_file(const char *path, struct lab_traffic *traffic, unsigned *expected)
{
    char why[PCAP_ERRBUF_SIZE];
    struct stat facts;
    pcap_t *file = pcap_open_offline(path, why);
    if (!file)
        return false;
    struct pcap_pkthdr *header;
    const u_char *bytes;
    int got;
    while ((got = pcap_next_ex(file, &header, &bytes)) == 1) {
        unsigned sequence = 0;
        if (header->caplen >= LAB_UDP_HEADERS + sizeof sequence)
            memcpy(&sequence, bytes + LAB_UDP_HEADERS, sizeof sequence);
        if (!traffic->packets)
            traffic->first_sequence = sequence;
        else
            traffic->out_of_order += sequence != *expected;
        *expected = sequence + 1;
        traffic->packets++;
        if (header->caplen > traffic->captured_max)
            traffic->captured_max = header->caplen;
    }
    CHECK_EQUAL(got, PCAP_ERROR_BREAK); // a whole file
    traffic->link_type = pcap_datalink(file);
    pcap_close(file);
    traffic->file_bytes += !stat(path, &facts) ? facts.st_size : 0;
    return true;
}

struct lab_traffic lab_read(const char *dir)
{
    struct lab_traffic traffic = {0};
    unsigned expected = 0;
    for (int i = 0;; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/traffic.0.%d.pcap", dir, i);
        if (!read_file(path, &traffic, &expected))
            return traffic;
    }
}

pid_t lab_program_start(const char *const *arguments)
{
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execv(lab_program, (char *const *)arguments);
        _exit(127);
    }
    return pid;
}

int lab_program_wait(pid_t pid, int timeout_ms)
{
    int status;
    for (int waited = 0; waited <= timeout_ms; waited += 5) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        usleep(5000);
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return -1000;
}

int lab_program_run(const char *const *arguments)
{
    return lab_program_wait(lab_program_start(arguments), 20000);
}

bool lab_until(bool (*condition)(void *), void *argument, int timeout_ms)
{
    for (int waited = 0; waited <= timeout_ms; waited += 5) {
        if (condition(argument))
            return true;
        usleep(5000);
    }
    return false;
}
