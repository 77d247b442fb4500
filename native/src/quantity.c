// SPDX-License-Identifier: BSD-3-Clause
#include "quantity.h"

#include <stddef.h>
#include <string.h>

enum { FRACTION_DIGITS_MAX = 6 };
static const int64_t MILLION = 1000000;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_whole(const char **at, int64_t *value)
{
    if (!is_digit(**at))
        return false;
    for (*value = 0; is_digit(**at); (*at)++)
        if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, **at - '0', value))
            return false;
    return true;
}

// "1.5" in millionths, so that no duration passes through floating point.
static bool read_millionths(const char **at, int64_t *value)
{
    if (!read_whole(at, value) || __builtin_mul_overflow(*value, MILLION, value))
        return false;
    if (**at != '.')
        return true;
    (*at)++;
    int64_t part = 0;
    int digits = 0;
    for (; is_digit(**at); (*at)++, digits++) {
        if (digits == FRACTION_DIGITS_MAX)
            return false;
        part = part * 10 + (**at - '0');
    }
    if (!digits)
        return false;
    for (; digits < FRACTION_DIGITS_MAX; digits++)
        part *= 10;
    return !__builtin_add_overflow(*value, part, value);
}

static bool add_unit(int64_t millionths, int64_t unit_ms, int64_t *total_ms)
{
    int64_t scaled;
    return !__builtin_mul_overflow(millionths, unit_ms, &scaled) && !__builtin_add_overflow(*total_ms, scaled / MILLION, total_ms);
}

static const struct {
    const char *suffix;
    int64_t ms;
} units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};

// The designators of ISO 8601-1 5.5.2.2 that have a fixed length, in the order they must come; each at most once.
static bool iso_duration_ms(const char *at, int64_t *ms)
{
    static const char order[] = "D.HMS"; // '.' stands for the T
    static const int64_t length_ms[] = {86400000, 0, 3600000, 60000, 1000};
    size_t next = 0;
    bool any = false, after_t = false;
    *ms = 0;
    for (at++; *at;) {
        if (*at == 'T') {
            if (after_t || !at[1])
                return false;
            after_t = true;
            next = 2;
            at++;
            continue;
        }
        int64_t millionths;
        if (!read_millionths(&at, &millionths) || !*at || *at == '.')
            return false;
        const char *found = strchr(order + next, *at);
        if (!found || (found - order >= 2) != after_t || !add_unit(millionths, length_ms[found - order], ms))
            return false;
        next = (size_t)(found - order) + 1;
        any = true;
        at++;
    }
    return any;
}

bool quantity_duration_ms(const char *text, int64_t *ms)
{
    int64_t value = 0;
    if (*text == 'P') {
        if (!iso_duration_ms(text, &value) || value < 1)
            return false;
        *ms = value;
        return true;
    }
    int64_t millionths;
    if (!read_millionths(&text, &millionths))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(text, units[i].suffix) && add_unit(millionths, units[i].ms, &value) && value >= 1) {
            *ms = value;
            return true;
        }
    return false;
}

bool quantity_bytes(const char *text, int64_t *bytes)
{
    static const char suffixes[] = "kMGT";
    int64_t value;
    if (!read_whole(&text, &value))
        return false;
    if (*text) {
        const char *found = strchr(suffixes, *text == 'K' ? 'k' : *text);
        if (!found || text[1])
            return false;
        if (__builtin_mul_overflow(value, INT64_C(1) << (10 * (found - suffixes + 1)), &value))
            return false;
    }
    *bytes = value;
    return true;
}

bool quantity_count(const char *text, int64_t *count)
{
    int64_t value;
    if (!read_whole(&text, &value) || *text)
        return false;
    *count = value;
    return true;
}
