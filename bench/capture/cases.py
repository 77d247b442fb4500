# SPDX-License-Identifier: BSD-3-Clause
"""What is measured: a name and a function for each case, which leaves its figures in the result."""
import json
import os
import shutil
import subprocess

import tools

SEARCH_STEPS = 5
LOWER = 0.93           # after a rate that was found did not hold
CONFIRMATIONS_MAX = 3
SAME_RATE_SHARE = 0.8  # of what the weakest keeps
STAGE_S_MAX = 300
RUN_OVERHEAD_S = 2.5   # of each run on the wire: to start, to settle, to end, to count


def _keeps_all(run):
    return run["stored"] >= run["arrived"] > 0


def _stages(build, sizes, place, result):
    key = os.path.join(place, "key")
    with open(key, "wb") as file:
        file.write(os.urandom(32))
    os.chmod(key, 0o600)
    lines = subprocess.run(["taskset", "-c", "0", f"{build}/bench_stages", key, *sizes], capture_output=True, text=True, check=True, timeout=STAGE_S_MAX).stdout
    result["stages"] = [json.loads(line) for line in lines.splitlines()]


def _to_disk(build, place, result):
    """Raw O_DIRECT and the whole engine in turn."""
    raw = subprocess.run([f"{build}/bench_stages", "raw", place], capture_output=True, text=True, check=True, timeout=STAGE_S_MAX)
    result["disk"].append(json.loads(raw.stdout))
    folder = f"{place}/disk"
    try:
        subprocess.run([f"{build}/tci-capture", "run", "--source", "synthetic:1500", "--dir", folder, "--bytes", "2G"], stdout=subprocess.DEVNULL, check=True,
                       timeout=STAGE_S_MAX)
        with open(f"{folder}/summary.json") as file:
            summary = json.load(file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    times, queue = summary["times"], summary["counters"]["queues"][0]
    took = times["endedUnixNs"] - times["startUnixNs"]
    result["disk"].append({"stage": "synthetic:1500 to disk, synced", "gigabytesPerSecond": round(sum(f["bytes"] for f in summary["files"]) / took, 2),
                           "disk": queue["disk"]})


def in_memory(build, place, sizes, rounds, result):
    return [("stages", lambda: _stages(build, sizes, place, result))] + [
        (f"disk, round {n}", lambda: _to_disk(build, place, result)) for n in range(1, rounds + 1)]


def _loss_free(wire, tool, size, seconds, result):
    """The highest rate without a loss: full speed, or by halving below it. What was found has to hold once more."""
    at = [run for run in result["fullSpeed"] if (run["generator"], run["size"], run["tool"]) == ("xdp", size, tool.name)]
    if not at:
        raise ValueError("there is no run at full speed")
    keeps_top = all(_keeps_all(run) for run in at)
    low, high = 0, max(run["sentPerSecond"] for run in at)
    # What the generator makes beside this tool: some of its processor's time goes to the receiving half of the kernel.
    figure = {"tool": tool.name, "size": size, "generatorsFullSpeed": keeps_top, "lossFreePerSecond": min(run["sentPerSecond"] for run in at) if keeps_top else 0,
              "runs": []}
    for _ in range(0 if keeps_top else SEARCH_STEPS):
        rate = (low + high) // 2
        figure["runs"].append(wire.run(tool, "xdp", size, rate, seconds))
        low, high = (rate, high) if _keeps_all(figure["runs"][-1]) else (low, rate)
    for _ in range(CONFIRMATIONS_MAX if low else 0):
        figure["runs"].append(wire.run(tool, "xdp", size, low, seconds))
        if _keeps_all(figure["runs"][-1]):
            figure["lossFreePerSecond"] = figure["runs"][-1]["sentPerSecond"]
            break
        low = int(low * LOWER)
    result["lossFree"].append(figure)


def _same_rate(wire, tool, size, seconds, result):
    lowest = min((f["lossFreePerSecond"] for f in result["lossFree"] if f["size"] == size and f["lossFreePerSecond"]), default=0)
    if not lowest:
        raise ValueError("there is no rate that all keep")
    result["sameRate"].append(wire.run(tool, "xdp", size, int(SAME_RATE_SHARE * lowest), seconds))


def on_the_wire(wire, sizes, rounds, seconds, quick, result):
    """Round by round, so that a change of the machine meets all of them."""
    found = tools.find(wire.build, wire.interface, result["ringMiB"])
    cases = [(f"full speed, round {n}: {generator} {size} {tool.name}", lambda g=generator, s=size, t=tool: result["fullSpeed"].append(wire.run(t, g, s, 0, seconds)))
             for n in range(1, rounds + 1) for generator in (["xdp"] if quick else ["xdp", "mmsg"]) for size in sizes for tool in found]
    for size in [] if quick else sizes:
        cases += [(f"loss-free rate: {size} {tool.name}", lambda s=size, t=tool: _loss_free(wire, t, s, seconds, result)) for tool in found]
        cases += [(f"same rate, round {n}: {size} {tool.name}", lambda s=size, t=tool: _same_rate(wire, t, s, seconds, result))
                  for n in range(1, rounds + 1) for tool in found]
    searches = sum(name.startswith("loss-free") for name, _ in cases)
    runs_max = len(cases) + searches * (SEARCH_STEPS + CONFIRMATIONS_MAX - 1)
    return cases, runs_max * (seconds + RUN_OVERHEAD_S)
