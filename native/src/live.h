// SPDX-License-Identifier: BSD-3-Clause
// What a person sees of `tci-capture run`: a line that is kept up to date on a terminal, and how it ended.
#pragma once
#include "engine.h"

void live_line(const struct engine *engine, bool last);
void live_end(const struct engine *engine, const char *dir);
