# SPDX-License-Identifier: BSD-3-Clause
"""Writes a pcap file with a conversation of each kind, for the demo on machines where nothing may be captured.

usage: recording.py FILE.pcap CERTIFICATE.pem KEY.pem    or    recording.py --kinds
The TLS bytes are those of a real handshake; the rest is put together here. --kinds prints what the file holds as PROTOCOL/PORT, comma-separated.
"""
import ipaddress
import ssl
import struct
import sys

KINDS = "1/0,58/0,17/53,6/53,6/80,6/443,17/5000"
V4 = ("10.77.0.1", "10.77.0.2")
V6 = ("fd00:77::1", "fd00:77::2")
MACS = (b"\x02\0\0\0\0\x01", b"\x02\0\0\0\0\x02")
SEGMENT_BYTES_MAX = 1400
FIN, SYN, PSH, ACK = 1, 2, 8, 16


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Recording:
    """Frames in order, 10 ms apart."""

    def __init__(self, file):
        self.file = file
        self.millis = 1_700_000_000_000
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))

    def packet(self, sides, forward, protocol, make):
        """One packet; make(pseudo header's sum input) gives the transport bytes, so that check sums are right."""
        source, destination = (ipaddress.ip_address(a) for a in (sides if forward else sides[::-1]))
        pseudo = lambda length: source.packed + destination.packed + struct.pack("!IHBB", length, 0, 0, protocol)
        payload = make(pseudo)
        if source.version == 4:
            header = lambda summed: struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, 0x4000, 64, protocol, summed, source.packed, destination.packed)
            packet = header(checksum(header(0))) + payload
        else:
            packet = struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + source.packed + destination.packed + payload
        macs = MACS if forward else MACS[::-1]
        frame = macs[1] + macs[0] + (b"\x08\0" if source.version == 4 else b"\x86\xdd") + packet
        self.file.write(struct.pack("<IIII", self.millis // 1000, self.millis % 1000 * 1000, len(frame), len(frame)) + frame)
        self.millis += 10

    def ping(self, sides, number):
        version = ipaddress.ip_address(sides[0]).version
        for forward in (True, False):
            kind = ((8, 0) if version == 4 else (128, 129))[not forward]

            def echo(pseudo):
                body = lambda summed: struct.pack("!BBHHH", kind, 0, summed, 7, number) + bytes(range(56))
                return body(checksum((b"" if version == 4 else pseudo(64)) + body(0)))

            self.packet(sides, forward, 1 if version == 4 else 58, echo)

    def datagram(self, sides, forward, ports, data):
        def udp(pseudo):
            body = lambda summed: struct.pack("!HHHH", *(ports if forward else ports[::-1]), 8 + len(data), summed) + data
            return body(checksum(pseudo(8 + len(data)) + body(0)))

        self.packet(sides, forward, 17, udp)

    def stream(self, sides, ports, exchange):
        """A whole TCP connection; exchange is a list of (forward, bytes)."""
        sent = {True: 1000, False: 5000}

        def segment(forward, flags, data=b""):
            def tcp(pseudo):
                acknowledged = sent[not forward] if flags & ACK else 0
                body = lambda summed: struct.pack("!HHIIBBHHH", *(ports if forward else ports[::-1]), sent[forward], acknowledged, 5 << 4, flags, 65000, summed, 0) + data
                return body(checksum(pseudo(20 + len(data)) + body(0)))

            self.packet(sides, forward, 6, tcp)
            sent[forward] += len(data) + (1 if flags & (SYN | FIN) else 0)

        segment(True, SYN)
        segment(False, SYN | ACK)
        segment(True, ACK)
        for forward, data in exchange:
            for start in range(0, len(data), SEGMENT_BYTES_MAX):
                segment(forward, PSH | ACK, data[start : start + SEGMENT_BYTES_MAX])
        segment(True, FIN | ACK)
        segment(False, FIN | ACK)
        segment(True, ACK)


def dns(answer):
    question = b"\3www\3tci\7example\0" + struct.pack("!HH", 1, 1)
    head = struct.pack("!HHHHHH", 77, 0x8180 if answer else 0x0100, 1, 1 if answer else 0, 0, 0)
    return head + question + (b"\xc0\x0c" + struct.pack("!HHIH4s", 1, 1, 300, 4, ipaddress.ip_address(V4[1]).packed) if answer else b"")


def http(host):
    return [
        (True, f"GET /recorded HTTP/1.1\r\nHost: {host}\r\nUser-Agent: tci-demo\r\n\r\n".encode()),
        (False, b"HTTP/1.1 200 OK\r\nServer: demo\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nHello\n"),
    ]


def tls(certificate, key):
    """What a client and a server of this Python say to each other up to the first answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=certificate)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname="www.tci.example")
    server = context.wrap_bio(to_server, to_client, server_side=True)
    said = []

    def turn(forward, act):
        """Lets one side act, and notes what it puts on the wire. A handshake that waits for the other side is no error."""
        try:
            act(client if forward else server)
        except ssl.SSLWantReadError:
            pass
        wire = to_server if forward else to_client
        data = wire.read()
        if data:
            said.append((forward, data))
            wire.write(data)

    for _ in range(2):
        turn(True, lambda side: side.do_handshake())
        turn(False, lambda side: side.do_handshake())
    turn(True, lambda side: side.write(b"GET / HTTP/1.1\r\nHost: www.tci.example\r\n\r\n"))
    server.read()
    turn(False, lambda side: side.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    return said


def write(path, certificate, key):
    encrypted = tls(certificate, key)
    with open(path, "wb") as file:
        recording = Recording(file)
        for round_number in range(4):
            port = 40000 + 10 * round_number
            for sides in (V4, V6):
                recording.ping(sides, round_number)
                recording.datagram(sides, True, (port, 53), dns(False))
                recording.datagram(sides, False, (port, 53), dns(True))
                recording.stream(sides, (port + 1, 80), http("www.tci.example"))
            message = lambda answer: struct.pack("!H", len(dns(answer))) + dns(answer)
            recording.stream(V4, (port + 2, 53), [(True, message(False)), (False, message(True))])
            recording.stream(V4, (port + 3, 443), encrypted)
            recording.datagram(V4, True, (port + 4, 5000), b"datagram")
            recording.datagram(V4, False, (port + 4, 5000), b"margatad")
            recording.stream(V4, (port + 5, 8080), http("not.wanted.example"))


if sys.argv[1] == "--kinds":
    print(KINDS)
else:
    write(*sys.argv[1:4])
