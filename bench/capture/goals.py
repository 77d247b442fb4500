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


def _goal(text, value, wanted, note=None):
    """`met` is None where the run has no figure for it."""
    return {"goal": text, "measured": None if value is None else round(value, 3), "wanted": wanted, "met": None if value is None else value >= wanted,
            **({"note": note} if note else {})}


def _full_speed(size, figures):
    at = _pick(figures, generator="xdp", size=size)
    tci, peer = (_best(at, "kept", peers, max) for peers in (False, True))
    text = f"{size}: share kept at the XDP generator's full speed"
    if size != "64" and peer == 1:
        return _goal(f"{text}, where every peer drops", None, 1, "a peer keeps everything too")
    return _goal(text + ("" if size == "64" else ", where every peer drops"), tci, 1)


def _cpu(size, figures):
    at = _pick(figures, size=size)
    tci, peer = (_best(at, "receiverCpuNsPerPacket", peers, min) for peers in (False, True))
    return _goal(f"{size}: the best peer's CPU per packet, at one rate that all keep, over TCI's", peer / tci if tci and peer else None, 1 / 0.75 if size == "64" else 2)


def _rate(size, figures):
    at = _pick(figures, size=size)
    tci, peer = (_best(at, "lossFreePerSecond", peers, max) for peers in (False, True))
    ours = any(f["generatorsFullSpeed"] for f in at if f["tool"].startswith("tci"))
    return _goal(f"{size}: loss-free rate over the best peer's", tci / peer if tci and peer else None, 1.5,
                 "TCI's rate is the generator's full speed: it may be higher" if ours else None)


def compare(result):
    """All goals. A ratio is TCI's better source against the best peer."""
    full, same, free = result["fullSpeedFigures"], result["sameRateFigures"], result["lossFree"]
    sizes = ("64", "512", "1500", "mix")
    return [_full_speed(size, full) for size in sizes] + [_cpu(size, same) for size in sizes] + [_rate(size, free) for size in sizes[1:]] + _stages(result)


def _stages(result):
    stages = {(s["stage"], s.get("size")): s for s in result["stages"]}
    filtered, copied = stages.get(("receive, filter that all pass, copy", "64")), stages.get(("receive, copy", "1500"))
    raw, ours = ([f["gigabytesPerSecond"] for f in result["disk"] if f["stage"].startswith(name)] for name in ("raw", "synthetic"))
    return [_goal("synthetic 64 bytes with a filter and copy, one core, Mpps", filtered["millionPerSecond"] if filtered else None, 18.6),
            _goal("synthetic 1500 bytes, copy, over memcpy", copied["overMemcpy"] if copied else None, 0.8),
            _goal("synthetic 1500 bytes to disk over raw O_DIRECT", statistics.median(ours) / statistics.median(raw) if raw and ours else None, 0.9)]


def table(result):
    """For people."""
    lines = []
    for name, title in (("fullSpeedFigures", "at the generator's full speed"), ("sameRateFigures", "at a rate that all keep")):
        for f in result[name]:
            lines.append(f"{f['generator']:5} {f['size']:>5}  {f['tool']:13} {title}: sent {f['sentPerSecond'] / 1e6:5.2f} M/s  kept {f['kept'] * 100 if f['kept'] is not None else 0:7.3f} %"
                         f"  {f['receiverCpuNsPerPacket'] or 0:7.1f} ns of CPU a packet")
    for f in result["lossFree"]:
        lines.append(f"xdp   {f['size']:>5}  {f['tool']:13} without a loss: {f['lossFreePerSecond'] / 1e6:5.2f} M/s" + ("  (full speed)" if f["generatorsFullSpeed"] else ""))
    for s in result["stages"]:
        lines.append(f"{s.get('size', ''):>11}  {s['stage']}: {s['gigabytesPerSecond']:.2f} GB/s" + (f", {s['nsPerPacket']:.1f} ns a packet" if "nsPerPacket" in s else "")
                     + (f"; memcpy by turns with it {s['memcpyGigabytesPerSecond']:.2f} GB/s, ratio {s['overMemcpy']:.3f}" if "overMemcpy" in s else ""))
    for g in result["goals"]:
        verdict = "not measured" if g["met"] is None else "met" if g["met"] else "MISSED"
        lines.append(f"{verdict:12}  {g['goal']}: {g['measured']} (wanted {g['wanted']:.2f})" + (f"; {g['note']}" if "note" in g else ""))
    lines += [f"failed        {f['case']}: {f['reason']}" for f in result["failed"]]
    if result["missing"]:
        lines.append(f"not run       {len(result['missing'])} cases, from: {result['missing'][0]}")
    return "\n".join(lines)
