// SPDX-License-Identifier: BSD-3-Clause
#include "check.h"
#include "filter.h"

#include "instant.h"

static void valid_filters_compile(void)
{
    static const char *const valid[] = {"tcp port 443", "port http", "ip proto 17", "ether host 1:2:3:4:5:6", "net 10.0.0.0/8", "ip6 host ::1",
                                        "vlan 5 and tcp", "ip[0:2] & 0xf = 3", "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0", "not (udp or icmp)", "portrange 1-2",
                                        "greater 100", "tcp port 80 or 443", "host 1.2.3.4", "ip proto \\icmp"};
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        struct filter filter;
        struct tci_error error = {0};
        int code = filter_compile(valid[i], strlen(valid[i]), 1, 65535, &filter, &error);
        if (code || !filter.count) {
            printf("    \"%s\": %s\n", valid[i], error.message);
            checks_failed++;
        }
        filter_free(&filter);
    }
}

static void an_empty_filter_takes_everything(void)
{
    struct filter filter;
    CHECK_EQUAL(filter_compile(" \n", 2, 1, 65535, &filter, NULL), TCI_OK);
    CHECK(filter_matches(&filter, (const uint8_t *)"x", 1, 1));
}

// The caret of each line is where the filter stops making sense.
static void positions(void)
{
    static const struct {
        const char *text;
        int position;
    } cases[] = {
        {"tcp por 80", 4},
        {"tcp port", 8},
        {"tcp port foo", 9},
        {"host localhost", 5},
        {"tcp port 80 and host no-such.example and udp", 21},
        {"(tcp", 4},
        {"tcp)", 3},
        {"tcp and and udp", 8},
        {"and tcp", 0},
        {"frobnicate", 0},
        {"tcp or", 6},
        {"ip[0", 4},
        {"ip[0] = ", 8},
        {"ip[0:3] = 1", 5},
        {"port 70000", 5},
        {"tcp port 80 80", 12},
        {"ether host 1:2:3", 11},
        {"net 10.0.0.0/33", 13},
        {"host 1.2.3.4.5", 5},
        {"ip proto nosuch", 9},
        {"not not", 7},
        {"tcp && || udp", 7},
        {"udp port 53 and ( tcp or", 24},
        {"ether host 1:2:3:4:5:6 and (tcp or", 34},
        {"tcp port 80 ; drop", 12},
        {"host host", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filter filter;
        struct tci_error error = {0};
        int code = filter_compile(cases[i].text, strlen(cases[i].text), 1, 65535, &filter, &error);
        if (code != TCI_BAD_FILTER || error.position != cases[i].position) {
            printf("    \"%s\": code %d, position %d instead of %d (%s)\n", cases[i].text, code, error.position, cases[i].position, error.message);
            checks_failed++;
        }
        filter_free(&filter);
    }
}

static void bytes_that_are_no_text_are_refused(void)
{
    struct filter filter;
    struct tci_error error;
    CHECK_EQUAL(filter_compile("tcp\0udp", 7, 1, 65535, &filter, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(error.position, 3);
    CHECK_EQUAL(filter_compile("tcp \xc3\xa9", 6, 1, 65535, &filter, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(error.position, 4);
}

static void a_huge_filter_is_refused_without_compiling(void)
{
    enum { HUGE_BYTES = 100000 };
    char *text = malloc(HUGE_BYTES);
    struct filter filter;
    struct tci_error error;
    memset(text, '(', HUGE_BYTES);
    int64_t before = steady_now_ns();
    CHECK_EQUAL(filter_compile(text, HUGE_BYTES, 1, 65535, &filter, &error), TCI_BAD_FILTER);
    CHECK_EQUAL(error.position, 4096);
    CHECK(steady_now_ns() - before < 100 * NS_PER_MS);
    free(text);
}

// Within 4096 bytes there are filters that take libpcap's optimizer for ever. They must end in time, whatever the verdict.
static void a_costly_filter_ends_in_time(void)
{
    char text[TCI_FILTER_BYTES_MAX + 1] = "";
    size_t used = 0;
    for (int i = 0; used < TCI_FILTER_BYTES_MAX - 64; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s(ip[%d]&%d=ip6[ip[%d]])", i ? (i % 2 ? " or " : " and ") : "", i % 60, i % 255, i % 50);
    struct filter filter;
    struct tci_error error = {0};
    int64_t before = steady_now_ns();
    int code = filter_compile(text, used, 1, 65535, &filter, &error);
    CHECK(code == TCI_OK || code == TCI_FILTER_TOO_COSTLY || code == TCI_BAD_FILTER);
    CHECK(steady_now_ns() - before < 2000 * NS_PER_MS);
    filter_free(&filter);
    memset(text, '(', TCI_FILTER_BYTES_MAX);
    before = steady_now_ns();
    CHECK(filter_compile(text, TCI_FILTER_BYTES_MAX, 1, 65535, &filter, &error) != TCI_OK);
    CHECK(steady_now_ns() - before < 2000 * NS_PER_MS);
}

static void the_compiled_program_decides(void)
{
    static const uint8_t udp53[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, // Ethernet
                                    0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 53, 0, 9, 0, 8, 0, 0};
    struct filter filter;
    CHECK_EQUAL(filter_compile("udp src port 53", 15, 1, 65535, &filter, NULL), TCI_OK);
    CHECK(filter_matches(&filter, udp53, sizeof udp53, sizeof udp53));
    filter_free(&filter);
    CHECK_EQUAL(filter_compile("udp dst port 53", 15, 1, 65535, &filter, NULL), TCI_OK);
    CHECK(!filter_matches(&filter, udp53, sizeof udp53, sizeof udp53));
    filter_free(&filter);
    CHECK_EQUAL(filter_compile("udp", 3, 101, 65535, &filter, NULL), TCI_OK); // another link type, another offset
    CHECK(filter_matches(&filter, udp53 + 14, sizeof udp53 - 14, sizeof udp53 - 14));
    filter_free(&filter);
}

int main(void)
{
    RUN(valid_filters_compile);
    RUN(an_empty_filter_takes_everything);
    RUN(positions);
    RUN(bytes_that_are_no_text_are_refused);
    RUN(a_huge_filter_is_refused_without_compiling);
    RUN(a_costly_filter_ends_in_time);
    RUN(the_compiled_program_decides);
    return finish();
}
