# SPDX-License-Identifier: BSD-3-Clause
"""The capture engine beside its peers, in one run: python3 measure.py --build DIR [--json FILE] [--quick].

Stages are measured on one core with packets out of memory. Peers and TCI in turn receive, on one core, what a generator on another core
sends over a veth pair between two namespaces, and write it to a real disk. docs/benchmarks/capture.md says what the figures mean."""
import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time

import cases
import goals
from progress import Progress
from wire import Wire


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    return {"processor": model, "cores": os.cpu_count(), "kernel": platform.release(), "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--json", help="written anew whenever a case has ended: a run that is interrupted leaves what it has, and names what is missing")
    parser.add_argument("--place", default=os.environ.get("TCI_BENCH_PLACE", "/var/tmp"), help="a folder on the disk to measure")
    parser.add_argument("--seconds", type=int, default=2, help="of each run; 10 for figures to quote, which takes more than an hour")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--sizes", default="64,512,1500,mix")
    parser.add_argument("--ring", type=int, default=32, help="MiB, of each tool")
    parser.add_argument("--minutes", type=float, default=120, help="after which no case is begun")
    parser.add_argument("--part", choices=("memory", "wire"), help="only the stages and the disk, or only what comes over a wire")
    parser.add_argument("--quick", action="store_true", help="one round of a second, full generator speed only")
    return parser.parse_args()


def measure(options, sizes, rounds, seconds, place, result, progress):
    in_memory = [] if options.part == "wire" else cases.in_memory(options.build, place, ["64", "1500"] if options.quick else sizes, rounds, result)
    able = os.geteuid() == 0 and os.cpu_count() > 1
    if not able:
        result["skipped"] = "everything on a wire needs root, for namespaces, and two processors"
    if not able or options.part == "memory":
        progress.run(in_memory)
        return
    with Wire(options.build, place) as wire:
        on_the_wire, seconds_max = cases.on_the_wire(wire, sizes, rounds, seconds, options.quick, result)
        print(f"{len(on_the_wire)} cases on a wire, at most {seconds_max / 60:.0f} minutes", file=sys.stderr)
        progress.run(in_memory + on_the_wire)


def main():
    options = parse()
    sizes, rounds, seconds = options.sizes.split(","), 1 if options.quick else options.rounds, 1 if options.quick else options.seconds
    place = tempfile.mkdtemp(prefix="tci-bench-", dir=options.place)
    result = {"benchmark": "capture", "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine(), "loadBefore": os.getloadavg(),
              "seconds": seconds, "rounds": rounds, "ringMiB": options.ring, "stages": [], "disk": [], "fullSpeed": [], "lossFree": [], "sameRate": []}
    if result["loadBefore"][0] > 1:
        result["note"] = "The machine was busy with other work (loadBefore): compare figures within this run only, and do not quote them as rates."
    progress = Progress(result, options.json, options.minutes * 60)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143)) # with what is to be cleaned up
    try:
        measure(options, sizes, rounds, seconds, place, result, progress)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        progress.save()
        print(goals.table(result))
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
