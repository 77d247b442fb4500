// SPDX-License-Identifier: BSD-3-Clause
// libpcap says what is wrong with a filter, but not where. A prefix of tokens is alive if it, or it with a continuation from the table below, compiles.
// A prefix of a living one is alive too, so the first token that kills is found by bisection. The table has one entry for each thing that
// pcap-filter(7) can be waiting for.
#include "filter.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { TOKENS_MAX = TCI_FILTER_BYTES_MAX };

struct token {
    uint16_t start, end;
};

static const char *const continuations[] = {
    "", " 80", " ip", " host 1.2.3.4", " 1.2.3.4", " 1:2:3:4:5:6", " ::1", " 1-2", " port 80", " 1]=0", "]=0", "=0", " 1=0", " 255.0.0.0", "/8", " 8",
    " proto 6", " 6", " net 10", " 1.1", " mgt", " subtype beacon", " in", " out", " beacon", " a]=0", " nods", " dst host 1.2.3.4", " broadcast",
};

static size_t cut_tokens(const char *text, struct token *tokens)
{
    size_t count = 0;
    int brackets = 0;
    for (size_t i = 0; text[i];) {
        if (isspace((unsigned char)text[i])) {
            i++;
            continue;
        }
        size_t start = i;
        // In ip[0:2] the colon is an operator and so is the minus; elsewhere both are parts of addresses, ranges and names.
        const char *also = brackets > 0 ? "._\\" : "._\\-:";
        while (text[i] && (isalnum((unsigned char)text[i]) || strchr(also, text[i])))
            i++;
        if (i == start) {
            brackets += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            char first = text[i++];
            if (text[i] && ((strchr("<>=!", first) && text[i] == '=') || (strchr("<>&|=", first) && text[i] == first)))
                i++;
        }
        tokens[count++] = (struct token){(uint16_t)start, (uint16_t)i};
    }
    return count;
}

static int open_parentheses(const char *text, size_t bytes)
{
    int open = 0;
    for (size_t i = 0; i < bytes; i++)
        open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    return open > 0 ? open : 0;
}

static bool compiles(pcap_t *handle, const char *text)
{
    struct bpf_program program = {0};
    if (pcap_compile(handle, &program, text, 0, PCAP_NETMASK_UNKNOWN))
        return false;
    pcap_freecode(&program);
    return true;
}

static bool alive(pcap_t *handle, const char *text, size_t bytes)
{
    static char attempt[2 * TCI_FILTER_BYTES_MAX + 64];
    int open = open_parentheses(text, bytes);
    for (size_t i = 0; i < sizeof continuations / sizeof *continuations; i++) {
        int used = snprintf(attempt, sizeof attempt, "%.*s%s", (int)bytes, text, continuations[i]);
        memset(attempt + used, ')', (size_t)open);
        attempt[used + open] = 0;
        if (compiles(handle, attempt))
            return true;
        // Inside ( the arithmetic may want a comparison after the parenthesis: (ip[0] + 1) = 2.
        if (open) {
            snprintf(attempt + used + open, 8, " = 0");
            if (compiles(handle, attempt))
                return true;
        }
    }
    return false;
}

int filter_position(pcap_t *handle, const char *text)
{
    static struct token tokens[TOKENS_MAX];
    size_t count = cut_tokens(text, tokens);
    size_t living = 0, dead = count + 1; // tokens in the longest prefix known alive, in the shortest known dead
    while (dead - living > 1) {
        size_t middle = living + (dead - living) / 2;
        if (alive(handle, text, tokens[middle - 1].end))
            living = middle;
        else
            dead = middle;
    }
    return living == count ? (int)strlen(text) : tokens[living].start;
}
