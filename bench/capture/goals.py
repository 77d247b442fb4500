# SPDX-License-Identifier: BSD-3-Clause
"""From runs to figures, and from figures to what was to be reached."""
import statistics


def medians(runs):
    """A figure for each tool, generator and size: the median of its rounds."""
    groups = {}
    for run in runs:
        groups.setdefault((run["generator"], run["size"], run["tool"]), []).append(run)
    return [{"generator": generator, "size": size, "tool": tool, "rounds": len(group),
             **{name: _median(run[name] for run in group) for name in ("sentPerSecond", "kept", "receiverCpuNsPerPacket")}}
            for (generator, size, tool), group in groups.items()]


def _median(values):
    values = [value for value in values if value is not None]
    return round(statistics.median(values), 5) if values else None


def _pick(figures, **wanted):
    return [f for f in figures if all(f[name] == value for name, value in wanted.items())]


def _best(figures, name, peers, pick):
    values = [f[name] for f in figures if f[name] is not None and f["tool"].startswith("tci") != peers]
    return pick(values) if values else None


def _goal(text, value, wanted):
    return {"goal": text, "measured": None if value is None else round(value, 3), "wanted": wanted, "met": value is not None and value >= wanted}


def compare(result):
    """The goals that this run can speak to. A ratio is TCI's better source against the best peer."""
    goals = []
    full, same, free = result.get("fullSpeedFigures", []), result.get("sameRateFigures", []), result.get("lossFree", [])
    for size in sorted({f["size"] for f in full}):
        at = _pick(full, generator="xdp", size=size)
        tci, peer = (_best(at, "kept", peers, max) for peers in (False, True))
        if tci is not None and (size == "64" or (peer is not None and peer < 1)):
            goals.append(_goal(f"{size}: share kept at the XDP generator's full speed" + ("" if size == "64" else ", where every peer drops"), tci, 1))
    for size in sorted({f["size"] for f in same}):
        at = _pick(same, size=size)
        tci, peer = (_best(at, "receiverCpuNsPerPacket", peers, min) for peers in (False, True))
        if tci and peer:
            goals.append(_goal(f"{size}: the best peer's CPU per packet, at one rate that all keep, over TCI's", peer / tci, 1 / 0.75 if size == "64" else 2))
    for size in sorted({f["size"] for f in free} - {"64"}):
        at = _pick(free, size=size)
        tci, peer = (_best(at, "lossFreePerSecond", peers, max) for peers in (False, True))
        if tci and peer:
            end = " (TCI's is the generator's full speed)" if any(f["generatorsFullSpeed"] for f in at if f["tool"].startswith("tci")) else ""
            goals.append(_goal(f"{size}: loss-free rate over the best peer's{end}", tci / peer, 1.5))
    return goals + _stages(result)


def _stages(result):
    goals, stages = [], result.get("stages", [])
    memcpy = next((s["gigabytesPerSecond"] for s in stages if s["stage"].startswith("memcpy")), None)
    for stage in stages:
        if stage.get("size") == "64" and stage["stage"] == "receive, filter that all pass, copy":
            goals.append(_goal("synthetic 64 bytes with a filter and copy, one core, Mpps", stage["millionPerSecond"], 18.6))
        if stage.get("size") == "1500" and stage["stage"] == "receive, copy" and memcpy:
            goals.append(_goal("synthetic 1500 bytes, copy, over memcpy", stage["gigabytesPerSecond"] / memcpy, 0.8))
    raw, ours = ([f["gigabytesPerSecond"] for f in result.get("disk", []) if f["stage"].startswith(name)] for name in ("raw", "synthetic"))
    if raw and ours:
        goals.append(_goal("synthetic 1500 bytes to disk over raw O_DIRECT", statistics.median(ours) / statistics.median(raw), 0.9))
    return goals


def table(result):
    """For people."""
    lines = []
    for name, title in (("fullSpeedFigures", "at the generator's full speed"), ("sameRateFigures", "at a rate that all keep")):
        for f in result.get(name, []):
            lines.append(f"{f['generator']:5} {f['size']:>5}  {f['tool']:13} {title}: sent {f['sentPerSecond'] / 1e6:5.2f} M/s  kept {f['kept'] * 100 if f['kept'] is not None else 0:7.3f} %"
                         f"  {f['receiverCpuNsPerPacket'] or 0:7.1f} ns of CPU a packet")
    for f in result.get("lossFree", []):
        lines.append(f"mmsg  {f['size']:>5}  {f['tool']:13} without a loss: {f['lossFreePerSecond'] / 1e6:5.2f} M/s" + ("  (full speed)" if f["generatorsFullSpeed"] else ""))
    for s in result.get("stages", []):
        lines.append(f"{s.get('size', ''):>11}  {s['stage']}: {s['gigabytesPerSecond']:.2f} GB/s" + (f", {s['nsPerPacket']:.1f} ns a packet" if "nsPerPacket" in s else ""))
    for g in result.get("goals", []):
        lines.append(f"{'met   ' if g['met'] else 'MISSED'}  {g['goal']}: {g['measured']} (wanted {g['wanted']:.2f})")
    return "\n".join(lines)
