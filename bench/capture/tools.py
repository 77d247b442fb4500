# SPDX-License-Identifier: BSD-3-Clause
"""Who takes part: TCI by each of its sources for interfaces, and those of its peers that are installed."""
import json
import shutil
import subprocess


class Tool:
    """`@` in the command is the folder to write to. `stored` counts the packets in what it wrote there."""

    def __init__(self, name, command, stored):
        self.name, self.command, self.stored = name, command, stored

    @property
    def is_tci(self):
        return self.name.startswith("tci")


def _in_summary(folder):
    with open(f"{folder}/capture/summary.json") as file:
        return json.load(file)["counters"]["total"]["stored"]["packets"]


def find(build, interface, ring_mib=32):
    def in_file(folder):
        return int(subprocess.run([f"{build}/bench_stages", "count", f"{folder}/out.pcap"], capture_output=True, text=True, check=True).stdout)

    ring = f"{ring_mib}M"
    found = [Tool(f"tci {kind}", [f"{build}/tci-capture", "run", "--source", f"{kind}:{interface}", "--dir", "@/capture", "--ring", ring], _in_summary)
             for kind in ("afpacket", "afxdp")]
    peers = {
        "tcpdump": ["tcpdump", "-Z", "root", "-n", "-i", interface, "-B", str(ring_mib * 1024), "-w", "@/out.pcap"],
        "dumpcap": ["dumpcap", "-q", "-i", interface, "-B", str(ring_mib), "-w", "@/out.pcap"],
        "netsniff-ng": ["netsniff-ng", "--silent", "--in", interface, "--out", "@/out.pcap", "--ring-size", f"{ring_mib}MiB", "--no-hwtimestamp"],
    }
    return found + [Tool(name, command, in_file) for name, command in peers.items() if shutil.which(name)]
