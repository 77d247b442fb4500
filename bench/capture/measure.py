# SPDX-License-Identifier: BSD-3-Clause
"""The capture engine beside its peers, in one run: python3 measure.py --build DIR [--json FILE] [--quick].

Stages are measured on one core with packets out of memory. Peers and TCI in turn receive, on one core, what a generator on another core
sends over a veth pair between two namespaces, and write it to a real disk. Figures of a busy machine are ratios at best: the load before
and after is in the result."""
import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SPACE = f"tcibench{os.getpid()}"
SETTLE_S = 1.0


def sh(command):
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    return {"processor": model, "cores": os.cpu_count(), "kernel": platform.release(), "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")}


class Wire:
    """A veth pair with its receiving end in a namespace of its own."""

    def __enter__(self):
        sh(f"ip netns add {SPACE}")
        try:
            sh(f"ip link add tcib0 type veth peer name tcib1 netns {SPACE}")
            sh("sysctl -qw net.ipv6.conf.tcib0.disable_ipv6=1; ip link set tcib0 up")
            sh(f"ip netns exec {SPACE} sh -ec 'sysctl -qw net.ipv6.conf.tcib1.disable_ipv6=1; ip link set lo up; ip link set tcib1 up promisc on; ethtool -K tcib1 gro on'")
            time.sleep(0.5)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(f"ip netns del {SPACE}; ip link del tcib0", shell=True, stderr=subprocess.DEVNULL, check=False)

    def arrived(self):
        text = subprocess.run(["ip", "netns", "exec", SPACE, "cat", "/sys/class/net/tcib1/statistics/rx_packets"], capture_output=True, text=True, check=True).stdout
        return int(text)


def count_pcap(path):
    """Whole records of a pcap or pcapng file of any of the tools."""
    packets = 0
    with open(path, "rb", buffering=1 << 22) as file:
        magic = file.read(4)
        if magic == b"\x0a\x0d\x0d\x0a":
            file.seek(0)
            while len(head := file.read(8)) == 8:
                packets += int.from_bytes(head[:4], "little") == 6
                file.seek(int.from_bytes(head[4:], "little") - 8, 1)
            return packets
        file.seek(24)
        while len(head := file.read(16)) == 16:
            packets += 1
            file.seek(int.from_bytes(head[8:12], "little"), 1)
    return packets


class Tool:
    def __init__(self, name, command, stored):
        self.name, self.command, self.stored = name, command, stored

    def start(self, folder):
        inside = ["ip", "netns", "exec", SPACE, "taskset", "-c", "1"] + [part.replace("@", folder) for part in self.command]
        return subprocess.Popen(inside, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tools(build):
    def tci(folder):
        with open(f"{folder}/capture/summary.json") as file:
            total = json.load(file)["counters"]["total"]
        return total["stored"]["packets"]

    found = [Tool("tci", [f"{build}/tci-capture", "run", "--source", "afpacket:tcib1", "--dir", "@/capture", "--ring", "32M"], tci)]
    peers = {
        "tcpdump": ["tcpdump", "-Z", "root", "-n", "-i", "tcib1", "-B", "32768", "-w", "@/out.pcap"],
        "dumpcap": ["dumpcap", "-q", "-i", "tcib1", "-B", "32", "-w", "@/out.pcap"],
        "netsniff-ng": ["netsniff-ng", "--silent", "--in", "tcib1", "--out", "@/out.pcap", "--ring-size", "32MiB", "--no-hwtimestamp"],
    }
    for name, command in peers.items():
        if shutil.which(name):
            found.append(Tool(name, command, lambda folder: count_pcap(f"{folder}/out.pcap")))
    return found


def one_run(wire, tool, build, generator, size, rate, seconds, place):
    folder = tempfile.mkdtemp(dir=place)
    os.chmod(folder, 0o777)
    try:
        process = tool.start(folder)
        time.sleep(SETTLE_S)
        before = wire.arrived()
        sent = subprocess.run(["taskset", "-c", "0", f"{build}/bench_generate", generator, "tcib0", str(size), str(rate), str(seconds)], capture_output=True, text=True, check=True)
        time.sleep(SETTLE_S)
        arrived = wire.arrived() - before
        process.send_signal(signal.SIGINT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        stored = tool.stored(folder)
        sent = json.loads(sent.stdout)
        return {"tool": tool.name, "generator": generator, "size": str(size), "askedPerSecond": rate, "sentPerSecond": round(sent["sent"] / sent["seconds"]),
                "arrived": arrived, "stored": stored, "kept": round(stored / arrived, 5) if arrived else None,
                "receiverCpuNsPerPacket": round((usage.ru_utime + usage.ru_stime) * 1e9 / stored, 1) if stored else None, "exitCode": process.returncode}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def loss_free(wire, tool, build, size, seconds, place, top):
    """The highest rate without a loss, by halving between nothing and the generator's own."""
    low, high, runs = 0, top, []
    for _ in range(5):
        rate = (low + high) // 2
        run = one_run(wire, tool, build, "mmsg", size, rate, seconds, place)
        runs.append(run)
        if run["stored"] >= run["arrived"] > 0:
            low = rate
        else:
            high = rate
    return {"tool": tool.name, "size": str(size), "lossFreePerSecond": low, "runs": runs}


def stages(build, sizes, place):
    key = os.path.join(place, "key")
    with open(key, "wb") as file:
        file.write(os.urandom(32))
    os.chmod(key, 0o600)
    lines = subprocess.run(["taskset", "-c", "0", f"{build}/bench_stages", key, *sizes], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def to_disk(build, place, rounds):
    """Raw O_DIRECT and the whole engine in turn."""
    figures = []
    for _ in range(rounds):
        raw = subprocess.run([f"{build}/bench_stages", "raw", place], capture_output=True, text=True, check=True)
        figures.append(json.loads(raw.stdout))
        folder = f"{place}/disk"
        subprocess.run([f"{build}/tci-capture", "run", "--source", "synthetic:1500", "--dir", folder, "--bytes", "2G"], stdout=subprocess.DEVNULL, check=True)
        with open(f"{folder}/summary.json") as file:
            summary = json.load(file)
        times, queue = summary["times"], summary["counters"]["queues"][0]
        took = times["endedUnixNs"] - times["startUnixNs"]
        figures.append({"stage": "synthetic:1500 to disk, synced", "gigabytesPerSecond": round(sum(f["bytes"] for f in summary["files"]) / took, 2), "disk": queue["disk"]})
        shutil.rmtree(folder)
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--json")
    parser.add_argument("--place", default=os.environ.get("TCI_BENCH_PLACE", "/var/tmp"), help="a folder on the disk to measure")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="64,512,1500,mix")
    parser.add_argument("--quick", action="store_true", help="one round, full generator speed only")
    options = parser.parse_args()
    sizes, rounds = options.sizes.split(","), 1 if options.quick else options.rounds
    place = tempfile.mkdtemp(prefix="tci-bench-", dir=options.place)
    result = {"benchmark": "capture", "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine(), "loadBefore": os.getloadavg()}
    try:
        result["stages"] = stages(options.build, sizes, place)
        result["disk"] = to_disk(options.build, place, rounds)
        if os.geteuid() == 0 and os.cpu_count() > 1:
            with Wire() as wire:
                found = tools(options.build)
                result["fullSpeed"] = [one_run(wire, tool, options.build, generator, size, 0, options.seconds, place) for _ in range(rounds)
                                       for generator in (("xdp",) if options.quick else ("xdp", "mmsg")) for size in sizes for tool in found]
                if not options.quick:
                    tops = {size: max(run["sentPerSecond"] for run in result["fullSpeed"] if run["size"] == size and run["generator"] == "mmsg") for size in sizes}
                    result["lossFree"] = [loss_free(wire, tool, options.build, size, options.seconds, place, tops[size]) for size in sizes for tool in found]
        else:
            result["fullSpeed"] = "skipped: needs root, for namespaces, and two processors"
    finally:
        shutil.rmtree(place, ignore_errors=True)
    result["loadAfter"] = os.getloadavg()
    if max(result["loadBefore"][0], result["loadAfter"][0]) > 1:
        result["note"] = "The machine was busy with other work (see the load): compare figures within this run only, and do not quote them as rates."
    text = json.dumps(result, indent=1)
    if options.json:
        with open(options.json, "w") as file:
            file.write(text + "\n")
    print(text)


if __name__ == "__main__":
    sys.exit(main())
