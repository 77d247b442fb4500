# SPDX-License-Identifier: BSD-3-Clause
"""The capture engine beside its peers, in one run: python3 measure.py --build DIR [--json FILE] [--quick].

Stages are measured on one core with packets out of memory. Peers and TCI in turn receive, on one core, what a generator on another core
sends over a veth pair between two namespaces, and write it to a real disk. docs/benchmarks/capture.md says what the figures mean."""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import goals
import tools
from wire import Wire

SEARCH_STEPS = 4
LOWER = 0.93           # after a rate that was found did not hold
CONFIRMATIONS_MAX = 4
SAME_RATE_SHARE = 0.8  # of what the weakest keeps


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    return {"processor": model, "cores": os.cpu_count(), "kernel": platform.release(), "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")}


def keeps_all(run):
    return run["stored"] >= run["arrived"] > 0


def loss_free(wire, tool, size, seconds, top, kept_top):
    """The highest rate without a loss: full speed, or by halving below it. What was found has to hold once more."""
    figure = {"tool": tool.name, "size": size, "generatorsFullSpeed": kept_top, "lossFreePerSecond": top if kept_top else 0, "runs": []}
    if kept_top:
        return figure
    low, high = 0, top
    for _ in range(SEARCH_STEPS):
        rate = (low + high) // 2
        figure["runs"].append(wire.run(tool, "mmsg", size, rate, seconds))
        low, high = (rate, high) if keeps_all(figure["runs"][-1]) else (low, rate)
    for _ in range(CONFIRMATIONS_MAX if low else 0):
        figure["runs"].append(wire.run(tool, "mmsg", size, low, seconds))
        if keeps_all(figure["runs"][-1]):
            figure["lossFreePerSecond"] = low
            break
        low = int(low * LOWER)
    return figure


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


def on_the_wire(wire, sizes, rounds, seconds, quick, result, save):
    found = tools.find(wire.build, wire.interface)
    generators = ["xdp"] if quick else ["xdp", "mmsg"]
    runs = result["fullSpeed"] = []
    # Round by round, so that a change of the machine meets all of them.
    for _ in range(rounds):
        for generator in generators:
            for size in sizes:
                runs.extend(wire.run(tool, generator, size, 0, seconds) for tool in found)
                save()
    result["fullSpeedFigures"] = goals.medians(runs)
    if quick:
        return
    free, same = result.setdefault("lossFree", []), result.setdefault("sameRate", [])
    for size in sizes:
        at = [run for run in runs if run["generator"] == "mmsg" and run["size"] == size]
        # What the generator makes beside this tool: some of its processor's time goes to the receiving half of the kernel.
        for tool in found:
            its = [run for run in at if run["tool"] == tool.name]
            free.append(loss_free(wire, tool, size, seconds, max(run["sentPerSecond"] for run in its), all(keeps_all(run) for run in its)))
            save()
        rate = int(SAME_RATE_SHARE * min((f["lossFreePerSecond"] for f in free if f["size"] == size and f["lossFreePerSecond"]), default=0))
        for _ in range(rounds if rate else 0):
            same.extend(wire.run(tool, "mmsg", size, rate, seconds) for tool in found)
            save()
    result["sameRateFigures"] = goals.medians(same)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--json")
    parser.add_argument("--place", default=os.environ.get("TCI_BENCH_PLACE", "/var/tmp"), help="a folder on the disk to measure")
    parser.add_argument("--seconds", type=int, default=2, help="of each run; 10 for figures to quote, which takes most of an hour")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--sizes", default="64,512,1500,mix")
    parser.add_argument("--quick", action="store_true", help="one round of a second, full generator speed only")
    options = parser.parse_args()
    sizes, rounds, seconds = options.sizes.split(","), 1 if options.quick else options.rounds, 1 if options.quick else options.seconds
    place = tempfile.mkdtemp(prefix="tci-bench-", dir=options.place)
    result = {"benchmark": "capture", "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine(), "loadBefore": os.getloadavg(),
              "seconds": seconds, "rounds": rounds}

    def save():
        if options.json:
            with open(options.json, "w") as file:
                file.write(json.dumps(result, indent=1) + "\n")

    try:
        result["stages"] = stages(options.build, ["64", "1500"] if options.quick else sizes, place)
        result["disk"] = to_disk(options.build, place, rounds)
        if os.geteuid() == 0 and os.cpu_count() > 1:
            with Wire(options.build, place) as wire:
                on_the_wire(wire, sizes, rounds, seconds, options.quick, result, save)
        else:
            result["fullSpeed"] = []
            result["skipped"] = "everything on a wire needs root, for namespaces, and two processors"
    finally:
        shutil.rmtree(place, ignore_errors=True)
    result["goals"] = goals.compare(result)
    result["loadAfter"] = os.getloadavg()
    if result["loadBefore"][0] > 1:
        result["note"] = "The machine was busy with other work (loadBefore): compare figures within this run only, and do not quote them as rates."
    save()
    print(goals.table(result))


if __name__ == "__main__":
    sys.exit(main())
