// SPDX-License-Identifier: BSD-3-Clause
#include "tci_capture.h"

const char *tci_capture_version(void)
{
    return TCI_VERSION;
}
