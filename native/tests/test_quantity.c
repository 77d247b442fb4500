// SPDX-License-Identifier: BSD-3-Clause
#include "check.h"
#include "quantity.h"

#include <stdint.h>

static void durations(void)
{
    static const struct {
        const char *text;
        int64_t ms; // -1: refused
    } cases[] = {
        {"10s", 10000},     {"250ms", 250},       {"1.5m", 90000},   {"2h", 7200000},       {"1d", 86400000},      {"PT10S", 10000},
        {"PT1H30M", 5400000}, {"P1DT0.5S", 86400500}, {"PT0.001S", 1}, {"P1D", 86400000},     {"0.001s", 1},         {"", -1},
        {"10", -1},         {"s", -1},            {"-1s", -1},       {"+1s", -1},           {"10 s", -1},          {"10S", -1},
        {"1e3s", -1},       {"0s", -1},           {"0.0001s", -1},   {"1.s", -1},           {".5s", -1},           {"10sx", -1},
        {"P", -1},          {"PT", -1},           {"P10S", -1},      {"PT1D", -1},          {"PT1S1M", -1},        {"PT1M1M", -1},
        {"P1DT", -1},       {"PTT1S", -1},        {"P1M", -1},       {"PT1.S", -1},         {"pt1s", -1},          {"99999999999999999999s", -1},
        {"9223372036854775807d", -1}, {"P1W", -1}, {"PT.", -1},      {"PT1", -1},           {"1.1234567s", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = -1;
        bool valid = quantity_duration_ms(cases[i].text, &ms);
        if (valid != (cases[i].ms >= 0) || (valid && ms != cases[i].ms)) {
            printf("    \"%s\" gives %s %lld\n", cases[i].text, valid ? "ok" : "refused", (long long)ms);
            checks_failed++;
        }
    }
}

static void sizes(void)
{
    int64_t n = 0;
    CHECK(quantity_bytes("1500", &n) && n == 1500);
    CHECK(quantity_bytes("64k", &n) && n == 65536);
    CHECK(quantity_bytes("10G", &n) && n == INT64_C(10737418240));
    CHECK(!quantity_bytes("10GB", &n));
    CHECK(!quantity_bytes("", &n));
    CHECK(!quantity_bytes("-1", &n));
    CHECK(!quantity_bytes("9999999T", &n));
    CHECK(quantity_count("0", &n) && n == 0);
    CHECK(!quantity_count("1k", &n));
    CHECK(!quantity_count("9223372036854775808", &n));
}

int main(void)
{
    RUN(durations);
    RUN(sizes);
    return finish();
}
