// SPDX-License-Identifier: BSD-3-Clause
// The shim's side of the launcher's socket.
#pragma once
#include "tci_capture.h"

#include <jansson.h>

// Sends one request (takes the reference) and waits for its answer until a steady deadline. An answer that says no becomes the error it carries.
int client_ask(const char *socket, json_t *request, int64_t deadline_ns, json_t **answer, struct tci_error *error);
