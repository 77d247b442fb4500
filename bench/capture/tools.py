# SPDX-License-Identifier: BSD-3-Clause
"""Who takes part: TCI by each of its sources for interfaces, and those of its peers that are installed."""
import json
import shutil
import subprocess

COUNT_S_MAX = 180


class Tool:
    """`@` in the command is the folder to write to. `stored` counts the packets in what it wrote there, and says what else it tells of itself."""

    def __init__(self, name, command, stored):
        self.name, self.command, self.stored = name, command, stored


def _in_summary(folder):
    with open(f"{folder}/capture/summary.json") as file:
        counters = json.load(file)["counters"]
    queue = counters["queues"][0]
    told = {"dropped": {cause: amount["packets"] for cause, amount in counters["total"]["dropped"].items()}, "ring": queue["ring"], "disk": queue["disk"]}
    return counters["total"]["stored"]["packets"], told


def find(build, interface, ring_mib):
    def in_file(folder):
        counted = subprocess.run([f"{build}/bench_stages", "count", f"{folder}/out.pcap"], capture_output=True, text=True, check=True, timeout=COUNT_S_MAX)
        return int(counted.stdout), {}

    ring = f"{ring_mib}M"
    found = [Tool(f"tci {kind}", [f"{build}/tci-capture", "run", "--source", f"{kind}:{interface}", "--dir", "@/capture", "--ring", ring], _in_summary)
             for kind in ("afpacket", "afxdp")]
    peers = {
        "tcpdump": ["tcpdump", "-Z", "root", "-n", "-i", interface, "-B", str(ring_mib * 1024), "-w", "@/out.pcap"],
        "dumpcap": ["dumpcap", "-q", "-i", interface, "-B", str(ring_mib), "-w", "@/out.pcap"],
        "netsniff-ng": ["netsniff-ng", "--silent", "--in", interface, "--out", "@/out.pcap", "--ring-size", f"{ring_mib}MiB", "--no-hwtimestamp"],
    }
    return found + [Tool(name, command, in_file) for name, command in peers.items() if shutil.which(name)]
