// SPDX-License-Identifier: BSD-3-Clause
// In place of source_afxdp.c where the engine is built without libxdp.
#include "outcome.h"
#include "source.h"

static int afxdp_open(const char *rest, const struct request *request, struct source *sources[TCI_QUEUES_MAX], uint32_t *count, struct tci_error *error)
{
    (void)rest, (void)request, (void)sources;
    *count = 0;
    return fail(error, TCI_UNSUPPORTED, "this engine was built without libxdp; afxdp sources need a build with libxdp-dev and libbpf-dev");
}

const struct source_kind source_afxdp = {.name = "afxdp", .open = afxdp_open, .absent = true};
