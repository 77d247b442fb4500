// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic_name.h"

#include "outcome.h"
#include "quantity.h"

#include <stdio.h>
#include <string.h>

static const char form[] = "synthetic:SIZE[,RATE]: SIZE is 60 to 65535 or mix, RATE packets a second, up to 1000000000000, with k, M or G for thousands";

// Decimal: rates are, sizes of memory are not.
static bool parse_rate(const char *text, int64_t *rate)
{
    static const struct {
        char suffix;
        int64_t factor;
    } units[] = {{'k', 1000}, {'M', 1000000}, {'G', 1000000000}};
    char digits[24];
    size_t length = strlen(text);
    int64_t factor = 1;
    for (size_t i = 0; length && i < sizeof units / sizeof *units; i++)
        if (text[length - 1] == units[i].suffix) {
            factor = units[i].factor;
            length--;
            break;
        }
    if (!length || length >= sizeof digits)
        return false;
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    return quantity_count(digits, rate) && !__builtin_mul_overflow(*rate, factor, rate) && *rate > 0 && *rate <= SYNTHETIC_RATE_MAX;
}

int synthetic_parse(const char *text, struct synthetic_name *name, struct tci_error *error)
{
    char size[24];
    int64_t bytes = 0;
    const char *comma = strchr(text, ',');
    size_t length = comma ? (size_t)(comma - text) : strlen(text);
    *name = (struct synthetic_name){0};
    bool good = length < sizeof size;
    snprintf(size, sizeof size, "%.*s", good ? (int)length : 0, text);
    if (good && strcmp(size, "mix")) {
        good = quantity_count(size, &bytes) && bytes >= SYNTHETIC_BYTES_MIN && bytes <= SYNTHETIC_BYTES_MAX;
        name->bytes = (uint32_t)bytes;
    }
    if (good && comma)
        good = parse_rate(comma + 1, &name->rate);
    return good ? TCI_OK : fail(error, TCI_BAD_REQUEST, "not %s", form);
}
