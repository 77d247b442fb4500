// SPDX-License-Identifier: BSD-3-Clause
// The secret of anonymised addresses.
#pragma once
#include "crypto_pan.h"
#include "tci_capture.h"

int key_file_read(const char *path, uint8_t key[CRYPTO_PAN_KEY_BYTES], struct tci_error *error);
