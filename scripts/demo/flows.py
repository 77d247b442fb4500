# SPDX-License-Identifier: BSD-3-Clause
"""Prints the flows of a flow.csv as a table for people, alike ones together, and holds them against what was made.

usage: flows.py FLOW.CSV [--expect PROTOCOL/PORT,...] [--refuse PROTOCOL/PORT,...]
PROTOCOL is the number in the IP header; PORT is the service's, 0 where there are none. Exit status 1 if an expected kind is missing or a refused one is there.
"""
import argparse
import csv
import sys
from collections import Counter, defaultdict

PROTOCOLS = {"1": "ICMP", "6": "TCP", "17": "UDP", "58": "ICMPv6"}


def read(path):
    """Rows as dicts by column name; the header's types are left away. No flow at all is an empty file."""
    with open(path, newline="", encoding="ascii") as file:
        reader = csv.reader(file)
        names = [cell.split(" ", 1)[1] for cell in next(reader, [])]
        return [dict(zip(names, row)) for row in reader]


def has_port(flow, protocol, port):
    return flow["PROTOCOL"] == protocol and (port == "0" or port in (flow["SRC_PORT"], flow["DST_PORT"]))


def what(flow):
    """What the flow says of itself above the transport layer."""
    if flow.get("TLS_SNI"):
        return "TLS " + flow["TLS_SNI"]
    if flow.get("HTTP_REQUEST_HOST"):
        return f"HTTP {flow.get('HTTP_REQUEST_METHOD', '')} {flow['HTTP_REQUEST_HOST']}"
    if flow.get("DNS_NAME"):
        return "DNS " + flow["DNS_NAME"]
    return ""


def end(address, ports):
    """One side of a group: its port where all flows share it."""
    port = ports.pop() if len(ports) == 1 else "*"
    if port == "0":
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def groups(flows):
    """Alike flows together: addresses, protocol, service port and what they say. The service's is the port that more flows share."""
    ends = lambda flow: ((flow["PROTOCOL"], flow["SRC_IP"], flow["SRC_PORT"]), (flow["PROTOCOL"], flow["DST_IP"], flow["DST_PORT"]))
    shared = Counter(end for flow in flows for end in ends(flow))
    together = defaultdict(list)
    for flow in flows:
        source, destination = ends(flow)
        service = source if shared[source] > shared[destination] else destination
        together[service, flow["SRC_IP"], flow["DST_IP"], what(flow)].append(flow)
    for (service, source, destination, said), alike in together.items():
        yield (
            str(len(alike)),
            PROTOCOLS.get(service[0], service[0]),
            end(source, {f["SRC_PORT"] for f in alike}),
            end(destination, {f["DST_PORT"] for f in alike}),
            str(sum(int(f["PACKETS"]) + int(f["PACKETS_REV"]) for f in alike)),
            str(sum(int(f["BYTES"]) + int(f["BYTES_REV"]) for f in alike)),
            said,
        )


def table(rows):
    head = ("FLOWS", "PROTOCOL", "FROM", "TO", "PACKETS", "BYTES", "WHAT")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = (cell.rjust(width) if column in (0, 4, 5) else cell.ljust(width) for column, (cell, width) in enumerate(zip(row, widths)))
        print("    " + "  ".join(cells).rstrip())


def kinds(text):
    return [kind.split("/") for kind in text.split(",") if kind]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--expect", default="")
    arguments.add_argument("--refuse", default="")
    asked = arguments.parse_args()
    flows = read(asked.file)
    table(sorted(groups(flows), key=lambda row: (row[1], row[2], row[3], row[6])))
    print(f"    {len(flows)} flows")
    wrong = [f"no flow of protocol {p}, port {port}, though such traffic was made" for p, port in kinds(asked.expect) if not any(has_port(f, p, port) for f in flows)]
    wrong += [f"a flow of protocol {p}, port {port}, though the filter excludes it" for p, port in kinds(asked.refuse) if any(has_port(f, p, port) for f in flows)]
    sys.exit("\n".join("tci: " + line for line in wrong) or 0)


main()
