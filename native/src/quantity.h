// SPDX-License-Identifier: BSD-3-Clause
// What people type on the command line: durations and sizes. All return false for anything that is not exactly one, or does not fit.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// "250ms", "10s", "1.5m", "2h", "1d", or ISO 8601 "PT1H30M", "P1DT0.5S". Bare numbers have no unit and are refused. At least 1 ms.
bool quantity_duration_ms(const char *text, int64_t *ms);
// "1500", "64k", "10M", "2G", "1T": powers of 1024.
bool quantity_bytes(const char *text, int64_t *bytes);
// Decimal digits only.
bool quantity_count(const char *text, int64_t *count);
