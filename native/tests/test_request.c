// SPDX-License-Identifier: BSD-3-Clause
#include "check.h"
#include "instant.h"
#include "outcome.h"
#include "request.h"

// In these texts @ stands for a deadline an hour from now.
static int parse(const char *pattern, struct request *request, struct tci_error *error)
{
    static char text[2 * TCI_REQUEST_BYTES_MAX];
    size_t used = 0;
    for (; *pattern; pattern++)
        if (*pattern == '@')
            used += (size_t)sprintf(text + used, "%lld", (long long)(unix_now_ns() + 3600 * NS_PER_S));
        else
            text[used++] = *pattern;
    return request_parse(text, used, request, error);
}

static void reads_every_member(void)
{
    struct request r;
    struct tci_error error = {0};
    CHECK_EQUAL(parse("{\"version\":1,\"id\":\"job-1/a\",\"source\":\"afpacket:eth0\",\"filter\":\"tcp\",\"snaplen\":96,\"promiscuous\":false,\"fast\":true,"
                      "\"limits\":{\"durationMs\":10,\"bytes\":2000,\"packets\":30},\"deadlineUnixNs\":@,\"arm\":true,\"startAtUnixNs\":5,"
                      "\"ring\":{\"bytes\":1048576},\"rotate\":{\"bytes\":1048577}}",
                      &r, &error),
                TCI_OK);
    CHECK(!strcmp(r.id, "job-1/a") && !strcmp(r.source, "afpacket:eth0") && !strcmp(r.filter, "tcp"));
    CHECK(r.snaplen == 96 && !r.promiscuous && r.fast && r.arm && r.start_at_unix_ns == 5);
    CHECK(r.duration_ms == 10 && r.bytes == 2000 && r.packets == 30 && r.ring_bytes == 1048576 && r.rotate_bytes == 1048577);
}

static void writes_what_it_reads(void)
{
    struct request r, again;
    struct tci_error error;
    CHECK_EQUAL(parse("{\"version\":1,\"id\":\"a\",\"source\":\"pcap:/x\",\"limits\":{\"packets\":1},\"deadlineUnixNs\":@}", &r, &error), TCI_OK);
    json_t *json = request_to_json(&r);
    char *text = json_dumps(json, 0);
    CHECK_EQUAL(request_parse(text, strlen(text), &again, &error), TCI_OK);
    CHECK(!memcmp(&r, &again, sizeof r));
    free(text);
    json_decref(json);
}

#define GOOD "\"version\":1,\"id\":\"a\",\"source\":\"pcap:/x\",\"deadlineUnixNs\":@"
#define LIMIT ",\"limits\":{\"packets\":1}"

static void refuses_what_is_wrong(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "not JSON"},
        {"null", "not JSON"},
        {"[]", "not an object"},
        {"{", "not JSON"},
        {"{\"version\":1}x", "not JSON"},
        {"{" GOOD LIMIT ",\"id\":\"b\"}", "not JSON"}, // a member twice
        {"{" GOOD LIMIT ",\"extra\":1}", "unknown member \"extra\""},
        {"{" GOOD "}", "no limit"},
        {"{" GOOD ",\"limits\":{}}", "no limit"},
        {"{" GOOD ",\"limits\":{\"packets\":0}}", "less than 1"},
        {"{" GOOD ",\"limits\":{\"packets\":-1}}", "less than 1"},
        {"{" GOOD ",\"limits\":{\"packets\":1.5}}", "not an integer"},
        {"{" GOOD ",\"limits\":{\"packets\":99999999999999999999}}", "not JSON"},
        {"{" GOOD ",\"limits\":{\"packets\":\"1\"}}", "not an integer"},
        {"{" GOOD ",\"limits\":{\"seconds\":1}}", "unknown member"},
        {"{" GOOD ",\"limits\":[1]}", "not an object"},
        {"{" GOOD ",\"limits\":{\"bytes\":23}}", "header of a file"},
        {"{" GOOD ",\"limits\":{\"durationMs\":2678400001}}", "31 days"},
        {"{" GOOD LIMIT ",\"snaplen\":0}", "less than 1"},
        {"{" GOOD LIMIT ",\"snaplen\":262145}", "snaplen"},
        {"{" GOOD LIMIT ",\"snaplen\":4294967296}", "snaplen"},
        {"{" GOOD LIMIT ",\"arm\":1}", "neither true nor false"},
        {"{" GOOD LIMIT ",\"filter\":\"a\\u0000b\"}", "not JSON"},
        {"{" GOOD LIMIT ",\"filter\":\"\xff\"}", "not JSON"},
        {"{" GOOD LIMIT ",\"ring\":{\"bytes\":1}}", "ring"},
        {"{" GOOD LIMIT ",\"ring\":{\"bytes\":1073741825}}", "ring"},
        {"{" GOOD LIMIT ",\"rotate\":{\"bytes\":5}}", "rotated"},
        {"{" GOOD LIMIT ",\"startAtUnixNs\":9223372036854775807}", "not before the deadline"},
        {"{\"id\":\"a\",\"source\":\"pcap:/x\",\"deadlineUnixNs\":@" LIMIT "}", "no version"},
        {"{\"version\":2,\"id\":\"a\",\"source\":\"pcap:/x\",\"deadlineUnixNs\":@" LIMIT "}", "version is not 1"},
        {"{\"version\":1,\"source\":\"pcap:/x\",\"deadlineUnixNs\":@" LIMIT "}", "id is empty"},
        {"{\"version\":1,\"id\":\"a b\",\"source\":\"pcap:/x\",\"deadlineUnixNs\":@" LIMIT "}", "id is empty or has bytes"},
        {"{\"version\":1,\"id\":\"a\",\"deadlineUnixNs\":@" LIMIT "}", "no source"},
        {"{\"version\":1,\"id\":\"a\",\"source\":\"pcap:/x\"" LIMIT "}", "no deadline"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request r;
        struct tci_error error = {0};
        int code = parse(cases[i].text, &r, &error);
        if (code != TCI_BAD_REQUEST || !strstr(error.message, cases[i].says)) {
            printf("    %s\n      gives %d \"%s\", expected \"%s\"\n", cases[i].text, code, error.message, cases[i].says);
            checks_failed++;
        }
    }
}

static void refuses_what_is_too_long(void)
{
    static char text[TCI_REQUEST_BYTES_MAX + 2];
    struct request r;
    struct tci_error error;
    memset(text, ' ', sizeof text);
    CHECK_EQUAL(request_parse(text, TCI_REQUEST_BYTES_MAX + 1, &r, &error), TCI_BAD_REQUEST);
    CHECK(strstr(error.message, "longer than 65536"));
    memset(text, '[', sizeof text);
    CHECK_EQUAL(request_parse(text, TCI_REQUEST_BYTES_MAX, &r, &error), TCI_BAD_REQUEST);
    char member[6000];
    snprintf(member, sizeof member, "{" GOOD LIMIT ",\"filter\":\"%05000d\"}", 0);
    CHECK_EQUAL(parse(member, &r, &error), TCI_BAD_REQUEST);
    CHECK(strstr(error.message, "filter is longer than 4096"));
}

// Every prefix, and every single byte replaced: none may crash or be read out of bounds, and only the whole text is a request.
static void survives_mutations(void)
{
    char good[512];
    struct request r;
    snprintf(good, sizeof good, "{\"version\":1,\"id\":\"a\",\"source\":\"pcap:/x\",\"filter\":\"tcp\",\"limits\":{\"packets\":1},\"deadlineUnixNs\":%lld}",
             (long long)(unix_now_ns() + 3600 * NS_PER_S));
    size_t bytes = strlen(good);
    CHECK_EQUAL(request_parse(good, bytes, &r, NULL), TCI_OK);
    for (size_t i = 0; i < bytes; i++) {
        char *exact = malloc(i ? i : 1); // so that a sanitizer sees a read past the end
        memcpy(exact, good, i);
        CHECK_EQUAL(request_parse(exact, i, &r, NULL), TCI_BAD_REQUEST);
        free(exact);
        for (int byte = 0; byte < 256; byte++) {
            char old = good[i];
            good[i] = (char)byte;
            request_parse(good, bytes, &r, NULL);
            good[i] = old;
        }
    }
}

static void knows_when_its_time_is_over(void)
{
    struct request r;
    struct tci_error error;
    request_init(&r);
    r.deadline_unix_ns = unix_now_ns() - 1;
    CHECK_EQUAL(request_check_deadline(&r, &error), TCI_BAD_REQUEST);
    r.deadline_unix_ns = INT64_MAX;
    CHECK_EQUAL(request_check_deadline(&r, &error), TCI_BAD_REQUEST);
    r.deadline_unix_ns = unix_now_ns() + NS_PER_S;
    CHECK_EQUAL(request_check_deadline(&r, &error), TCI_OK);
}

int main(void)
{
    RUN(reads_every_member);
    RUN(writes_what_it_reads);
    RUN(refuses_what_is_wrong);
    RUN(refuses_what_is_too_long);
    RUN(survives_mutations);
    RUN(knows_when_its_time_is_over);
    return finish();
}
