// SPDX-License-Identifier: BSD-3-Clause
// request.json: what is accepted means the same when it is written and read again.
#include "request.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request, again;
    struct tci_error error;
    if (request_parse((const char *)data, size, &request, &error))
        return 0;
    json_t *json = request_to_json(&request);
    char *text = json ? json_dumps(json, 0) : NULL;
    if (!text || request_parse(text, strlen(text), &again, &error) || memcmp(&request, &again, sizeof request))
        abort();
    free(text);
    json_decref(json);
    return 0;
}
