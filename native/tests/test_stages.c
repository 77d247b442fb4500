// SPDX-License-Identifier: BSD-3-Clause
// Sampling, the cut of connections and anonymisation, packet by packet.
#include "check.h"
#include "crypto_pan.h"
#include "instant.h"
#include "stages.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// The key of the sample that comes with the reference implementation of Crypto-PAn.
static const uint8_t sample_key[CRYPTO_PAN_KEY_BYTES] = {21,  34,  23,  141, 51,  164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16,
                                                         216, 152, 143, 131, 121, 121, 101, 39,  98, 87, 76, 45, 42, 132, 34,  2};
static struct crypto_pan pan;
static char key_path[] = "/tmp/tci-key-XXXXXX";

static void aes_is_that_of_fips_197(void)
{
    // Appendix C.1.
    uint8_t key[16], blocks[19][16], expected[16] = {0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a};
    for (int i = 0; i < 16; i++)
        key[i] = (uint8_t)i;
    for (int portable = 0; portable < 2; portable++) {
        struct aes_key expanded;
        for (int n = 0; n < 19; n++)
            for (int i = 0; i < 16; i++)
                blocks[n][i] = (uint8_t)(i * 0x11);
        aes_expand(&expanded, key);
        if (portable)
            aes_encrypt_portable(&expanded, blocks, 19);
        else
            aes_encrypt(&expanded, blocks, 19); // some by eights, some one by one
        for (int n = 0; n < 19; n++)
            CHECK(!memcmp(blocks[n], expected, 16));
    }
}

static void check_address(int family, const char *from, const char *to)
{
    uint8_t address[16];
    char text[INET6_ADDRSTRLEN];
    for (int again = 0; again < 2; again++) { // computed, and out of the cache
        CHECK(inet_pton(family, from, address) == 1);
        crypto_pan_address(&pan, address, family == AF_INET ? 4 : 16);
        inet_ntop(family, address, text, sizeof text);
        if (strcmp(text, to)) {
            printf("    %s became %s, expected %s\n", from, text, to);
            checks_failed++;
        }
    }
}

// IPv4: sample_trace_sanitized.dat of the reference implementation. IPv6: tests of yacryptopan.
static void addresses_are_those_of_the_reference(void)
{
    static const char *const v4[][2] = {
        {"128.11.68.132", "135.242.180.132"},   {"129.118.74.4", "134.136.186.123"},   {"130.132.252.244", "133.68.164.234"},
        {"141.223.7.43", "141.167.8.160"},      {"141.233.145.108", "141.129.237.235"}, {"152.163.225.39", "151.140.114.167"},
        {"156.29.3.236", "147.225.12.42"},      {"165.247.96.84", "162.9.99.234"},     {"166.107.77.190", "160.132.178.185"},
        {"192.102.249.13", "252.138.62.131"},   {"192.215.32.125", "252.43.47.189"},   {"192.233.80.103", "252.25.108.8"},
        {"192.41.57.43", "252.222.221.184"},    {"193.150.244.223", "253.169.52.216"}, {"195.205.63.100", "255.186.223.5"},
        {"198.200.171.101", "249.199.68.213"},
    };
    static const char *const v6[][2] = {{"::1", "78ff:f001:9fc0:20df:8380:b1f1:704:ed"},
                                        {"::2", "78ff:f001:9fc0:20df:8380:b1f1:704:ef"},
                                        {"::ffff", "78ff:f001:9fc0:20df:8380:b1f1:704:f838"},
                                        {"2001:db8::1", "4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e"},
                                        {"2001:db8::2", "4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1c"}};
    crypto_pan_init(&pan, sample_key);
    for (size_t i = 0; i < sizeof v4 / sizeof *v4; i++)
        check_address(AF_INET, v4[i][0], v4[i][1]);
    for (size_t i = 0; i < sizeof v6 / sizeof *v6; i++)
        check_address(AF_INET6, v6[i][0], v6[i][1]);
}

static unsigned shared_bits(const uint8_t *a, const uint8_t *b, unsigned bytes)
{
    unsigned bits = 0;
    while (bits < bytes * 8 && !((a[bits / 8] ^ b[bits / 8]) >> (7 - bits % 8) & 1))
        bits++;
    return bits;
}

static void prefixes_are_preserved(void)
{
    unsigned random = 1;
    for (int i = 0; i < 20000; i++) {
        unsigned bytes = i % 2 ? 4 : 16;
        uint8_t a[16] = {0}, b[16], from_a[16], from_b[16];
        for (unsigned n = 0; n < bytes; n++)
            a[n] = (uint8_t)((random = random * 1103515245u + 12345u) >> 16);
        memcpy(b, a, 16);
        random = random * 1103515245u + 12345u;
        unsigned bit = random >> 16;
        b[bit % bytes] ^= (uint8_t)(1 << (bit >> 8) % 8);
        memcpy(from_a, a, 16), memcpy(from_b, b, 16);
        crypto_pan_address(&pan, a, bytes);
        crypto_pan_address(&pan, b, bytes);
        CHECK_EQUAL(shared_bits(a, b, bytes), shared_bits(from_a, from_b, bytes));
    }
}

static uint16_t sum16(const uint8_t *p, unsigned bytes, uint32_t sum)
{
    for (unsigned i = 0; i < bytes; i += 2)
        sum += (uint32_t)(p[i] << 8 | (i + 1 < bytes ? p[i + 1] : 0));
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)sum;
}

static void set16(uint8_t *p, unsigned value)
{
    p[0] = (uint8_t)(value >> 8), p[1] = (uint8_t)value;
}

// An IP packet with right checksums; `body` begins with the transport header. Returns its size.
static unsigned make_ip(uint8_t *p, bool v6, uint8_t protocol, const uint8_t *body, unsigned body_bytes, int checksum_at, unsigned last)
{
    unsigned header = v6 ? 40 : 20;
    memset(p, 0, header);
    memcpy(p + header, body, body_bytes);
    if (v6) {
        p[0] = 0x60, p[6] = protocol, p[7] = 64;
        set16(p + 4, body_bytes);
        inet_pton(AF_INET6, "2001:db8::7", p + 8);
        inet_pton(AF_INET6, "2001:db8:1::9", p + 24);
    } else {
        p[0] = 0x45, p[8] = 64, p[9] = protocol;
        set16(p + 2, header + body_bytes);
        inet_pton(AF_INET, "10.1.2.3", p + 12);
        inet_pton(AF_INET, "192.168.7.0", p + 16);
        p[19] = (uint8_t)last;
        set16(p + 10, (uint16_t)~sum16(p, 20, 0));
    }
    if (checksum_at >= 0) {
        bool pseudo = protocol != 1;
        uint32_t begin = pseudo ? protocol + body_bytes + sum16(p + (v6 ? 8 : 12), v6 ? 32 : 8, 0) : 0;
        set16(p + header + checksum_at, 0);
        set16(p + header + checksum_at, (uint16_t)~sum16(p + header, body_bytes, begin));
    }
    return header + body_bytes;
}

static bool ip_right(const uint8_t *p, bool v6, uint8_t protocol, unsigned bytes)
{
    unsigned header = v6 ? 40 : 20, body_bytes = bytes - header;
    if (!v6 && sum16(p, 20, 0) != 0xffff)
        return false;
    uint32_t begin = protocol != 1 ? protocol + body_bytes + sum16(p + (v6 ? 8 : 12), v6 ? 32 : 8, 0) : 0;
    return sum16(p + header, body_bytes, begin) == 0xffff;
}

static struct packet run(struct stages *s, const uint8_t *bytes, unsigned count, enum stage_verdict *verdict)
{
    static uint8_t frame[2000];
    memset(frame, 0, 14);
    set16(frame + 12, bytes[0] >> 4 == 6 ? 0x86dd : 0x0800);
    memcpy(frame + 14, bytes, count);
    struct packet packet = {NS_PER_S, 14 + count, 14 + count, 0, frame};
    enum stage_verdict got = stages_apply(s, &packet);
    if (verdict)
        *verdict = got;
    return packet;
}

static void open_stages(struct stages *s, bool addresses, bool no_payload)
{
    struct request r;
    struct tci_error error = {0};
    request_init(&r);
    r.anonymise_addresses = addresses;
    r.remove_payload = no_payload;
    strcpy(r.key_file, key_path);
    CHECK_EQUAL(stages_open(s, &r, 1, &error), TCI_OK);
}

static void checksums_stay_right_and_wrong_ones_wrong(void)
{
    static const struct {
        uint8_t protocol, type;
        int checksum_at;
    } kinds[] = {{6, 0, 16}, {17, 0, 6}, {1, 8, 2}, {58, 128, 2}, {58, 135, 2}, {58, 136, 2}};
    struct stages s;
    open_stages(&s, true, false);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (int v6 = kinds[i].protocol == 58; v6 < (kinds[i].protocol == 1 ? 1 : 2); v6++)
            for (unsigned last = 0; last < 200; last++) {
                uint8_t body[60] = {0}, p[200];
                for (unsigned n = 0; n < sizeof body; n++)
                    body[n] = (uint8_t)(n * 7 + last);
                body[12] = 0x50;
                if (kinds[i].type)
                    body[0] = kinds[i].type;
                unsigned body_bytes = kinds[i].type >= 135 ? 24 : 60;
                unsigned bytes = make_ip(p, v6, kinds[i].protocol, body, body_bytes, kinds[i].checksum_at, last);
                CHECK(ip_right(p, v6, kinds[i].protocol, bytes));
                struct packet out = run(&s, p, bytes, NULL);
                CHECK(out.captured == 14 + bytes && !out.removed);
                CHECK(memcmp(out.bytes + 14 + (v6 ? 8 : 12), p + (v6 ? 8 : 12), v6 ? 32 : 8));
                CHECK(ip_right(out.bytes + 14, v6, kinds[i].protocol, bytes));
                if (kinds[i].type >= 135)
                    CHECK(memcmp(out.bytes + 14 + 40 + 8, p + 48, 16)); // the target of neighbour discovery too
                p[bytes - 1] ^= 0x40;
                CHECK(!ip_right(run(&s, p, bytes, NULL).bytes + 14, v6, kinds[i].protocol, bytes));
            }
    stages_free(&s);
}

static void addresses_inside_icmp_errors_and_tunnels_go_too(void)
{
    struct stages s;
    uint8_t udp[16] = {0, 53, 0, 53, 0, 16}, inner[200], body[200] = {3, 1}, p[200];
    open_stages(&s, true, false);
    for (int nested = 0; nested < 3; nested++) {
        unsigned inner_bytes = make_ip(inner, nested == 2, 17, udp, sizeof udp, 6, 77), bytes;
        if (nested == 0) {
            memcpy(body + 8, inner, inner_bytes);
            bytes = make_ip(p, false, 1, body, 8 + inner_bytes, 2, 5);
        } else {
            bytes = make_ip(p, false, nested == 1 ? 4 : 41, inner, inner_bytes, -1, 5);
        }
        struct packet out = run(&s, p, bytes, NULL);
        unsigned at = 14 + 20 + (nested ? 0 : 8);
        CHECK(memcmp(out.bytes + at + (nested == 2 ? 8 : 12), inner + (nested == 2 ? 8 : 12), nested == 2 ? 32 : 8));
        CHECK(ip_right(out.bytes + at, nested == 2, 17, inner_bytes));
        CHECK(nested ? sum16(out.bytes + 14, 20, 0) == 0xffff : ip_right(out.bytes + 14, false, 1, bytes));
    }
    // What is the same address outside is the same inside.
    uint8_t sender[4] = {10, 1, 2, 3};
    struct packet out = run(&s, inner, make_ip(inner, false, 4, p, make_ip(p, false, 17, udp, sizeof udp, 6, 1), -1, 2), NULL);
    crypto_pan_address(&pan, sender, 4);
    CHECK(!memcmp(out.bytes + 14 + 12, sender, 4) && !memcmp(out.bytes + 14 + 20 + 12, sender, 4));
    stages_free(&s);
}

static void arp_is_changed_and_payload_goes(void)
{
    struct stages s;
    open_stages(&s, true, true);
    uint8_t arp[46] = {[12] = 8, 6, 0, 1, 8, 0, 6, 4, 0, 1};
    arp[28] = 10, arp[29] = 1, arp[30] = 2, arp[31] = 3, arp[38] = 10, arp[39] = 1, arp[40] = 2, arp[41] = 4, arp[45] = 99;
    struct packet packet = {NS_PER_S, 46, 46, 0, arp};
    uint8_t sender[4] = {10, 1, 2, 3}, target[4] = {10, 1, 2, 4};
    crypto_pan_address(&pan, sender, 4), crypto_pan_address(&pan, target, 4);
    CHECK_EQUAL(stages_apply(&s, &packet), STAGE_KEEP);
    CHECK(packet.captured == 42 && packet.removed == 4 && !memcmp(packet.bytes + 28, sender, 4) && !memcmp(packet.bytes + 38, target, 4));
    uint8_t body[100] = {[12] = 0x60}, p[200];
    struct packet tcp = run(&s, p, make_ip(p, false, 6, body, 100, 16, 1), NULL);
    CHECK(tcp.captured == 14 + 20 + 24 && tcp.removed == 76 && tcp.length == 134);
    struct packet udp = run(&s, p, make_ip(p, true, 17, body, 100, 6, 1), NULL);
    CHECK(udp.captured == 14 + 40 + 8 && udp.removed == 92);
    stages_free(&s);
}

// Nothing is read or written beside the packet: the sanitizers see to that; and what is cut short comes out as short.
static void garbage_goes_through(void)
{
    struct stages s;
    struct request r;
    unsigned random = 3;
    request_init(&r);
    r.anonymise_addresses = true;
    r.connection_bytes = 1000;
    r.sample_one_in = 2;
    r.sample_by = SAMPLE_FLOWS;
    strcpy(r.key_file, key_path);
    static const int link_types[] = {0, 1, 101, 113, 228, 229, 276, 9999};
    for (size_t link = 0; link < sizeof link_types / sizeof *link_types; link++) {
        CHECK_EQUAL(stages_open(&s, &r, link_types[link], NULL), TCI_OK);
        for (int i = 0; i < 20000; i++) {
            random = random * 1103515245u + 12345u;
            unsigned count = (random >> 8) % 120;
            uint8_t *bytes = malloc(count + 1); // of its own, so that one byte too far is seen
            for (unsigned n = 0; n < count; n++)
                bytes[n] = (uint8_t)((random = random * 1103515245u + 12345u) >> 16);
            static const uint8_t likely[] = {0x45, 0x60, 6, 17, 1, 58, 4, 41, 44, 0};
            if (count > 40) {
                set16(bytes + 12, i % 3 ? 0x0800 : i % 2 ? 0x86dd : 0x0806);
                bytes[14] = likely[i % 2], bytes[23] = likely[2 + i % 8], bytes[20] = likely[2 + i % 8];
            }
            struct packet packet = {i, count, count, 0, bytes};
            stages_apply(&s, &packet);
            CHECK(packet.captured + packet.removed == count);
            free(bytes);
        }
        stages_free(&s);
    }
}

static void sampling_takes_one_in_n(void)
{
    struct stages s;
    struct request r;
    uint8_t udp[20] = {0}, p[100];
    enum stage_verdict verdict;
    request_init(&r);
    r.sample_one_in = 7;
    CHECK_EQUAL(stages_open(&s, &r, 1, NULL), TCI_OK);
    int kept = 0;
    for (int i = 0; i < 700; i++) {
        run(&s, p, make_ip(p, false, 17, udp, sizeof udp, 6, 1), &verdict);
        kept += verdict == STAGE_KEEP;
        CHECK_EQUAL(verdict == STAGE_KEEP, i % 7 == 0);
    }
    CHECK_EQUAL(kept, 100);
    stages_free(&s);

    r.sample_by = SAMPLE_FLOWS;
    CHECK_EQUAL(stages_open(&s, &r, 1, NULL), TCI_OK);
    kept = 0;
    for (unsigned flow = 0; flow < 7000; flow++) {
        enum stage_verdict first, back;
        uint8_t swapped[100];
        set16(udp, flow), set16(udp + 2, 53);
        unsigned bytes = make_ip(p, false, 17, udp, sizeof udp, 6, 1);
        run(&s, p, bytes, &first);
        memcpy(swapped, p, bytes);
        memcpy(swapped + 12, p + 16, 4), memcpy(swapped + 16, p + 12, 4), memcpy(swapped + 20, p + 22, 2), memcpy(swapped + 22, p + 20, 2);
        run(&s, swapped, bytes, &back);
        CHECK_EQUAL(first, back); // whole connections: both directions
        kept += first == STAGE_KEEP;
    }
    CHECK(kept > 850 && kept < 1150);
    stages_free(&s);
}

static void connections_are_cut(void)
{
    struct stages s;
    struct request r;
    uint8_t tcp[86] = {[12] = 0x50, 0x10}, p[200];
    enum stage_verdict verdict;
    request_init(&r);
    r.connection_bytes = 500; // packets of 120 bytes: the fifth begins within
    CHECK_EQUAL(stages_open(&s, &r, 1, NULL), TCI_OK);
    for (unsigned flow = 1; flow < 2000; flow++)
        for (int i = 0; i < 8; i++) {
            set16(tcp, flow), set16(tcp + 2, 443);
            run(&s, p, make_ip(p, flow & 1, 6, tcp, flow & 1 ? 66 : 86, 16, 1), &verdict);
            CHECK_EQUAL(verdict, i < 5 ? STAGE_KEEP : STAGE_BEYOND);
        }
    tcp[13] = 2; // SYN: the same ports, a new connection
    set16(tcp, 1);
    run(&s, p, make_ip(p, true, 6, tcp, 66, 16, 1), &verdict);
    CHECK_EQUAL(verdict, STAGE_KEEP);
    stages_free(&s);
}

static void keys_are_checked(void)
{
    struct stages s;
    struct request r;
    struct tci_error error;
    request_init(&r);
    r.anonymise_addresses = true;
    strcpy(r.key_file, "/nowhere/key");
    CHECK_EQUAL(stages_open(&s, &r, 1, &error), TCI_BAD_REQUEST);
    strcpy(r.key_file, key_path);
    CHECK(!chmod(key_path, 0644));
    CHECK_EQUAL(stages_open(&s, &r, 1, &error), TCI_NO_RIGHTS);
    CHECK(!chmod(key_path, 0600) && !truncate(key_path, 31));
    CHECK_EQUAL(stages_open(&s, &r, 1, &error), TCI_BAD_REQUEST);
    FILE *file = fopen(key_path, "w");
    for (int i = 0; i < CRYPTO_PAN_KEY_BYTES; i++)
        fprintf(file, "%02x", sample_key[i]);
    fputc('\n', file);
    fclose(file);
    CHECK_EQUAL(stages_open(&s, &r, 1, &error), TCI_OK);
    stages_free(&s);
}

int main(void)
{
    int fd = mkstemp(key_path);
    CHECK(fd >= 0 && write(fd, sample_key, sizeof sample_key) == sizeof sample_key && !close(fd));
    RUN(aes_is_that_of_fips_197);
    RUN(addresses_are_those_of_the_reference);
    RUN(prefixes_are_preserved);
    RUN(checksums_stay_right_and_wrong_ones_wrong);
    RUN(addresses_inside_icmp_errors_and_tunnels_go_too);
    RUN(arp_is_changed_and_payload_goes);
    RUN(garbage_goes_through);
    RUN(sampling_takes_one_in_n);
    RUN(connections_are_cut);
    RUN(keys_are_checked);
    unlink(key_path);
    return finish();
}
