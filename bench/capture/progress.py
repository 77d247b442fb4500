# SPDX-License-Identifier: BSD-3-Clause
"""Cases one after another, within a time, with everything so far in the file whenever one has ended."""
import json
import os
import subprocess
import sys
import time

import goals


class Progress:
    """`result` is what the file holds: `missing` names what was not run, `failed` what was run in vain."""

    def __init__(self, result, path, seconds_max):
        self.result, self.path, self.ends = result, path, time.monotonic() + seconds_max
        result.update(missing=[], failed=[])

    def run(self, cases):
        """`cases`: a name and a function each."""
        self.result["missing"] = [name for name, _ in cases]
        for number, (name, case) in enumerate(cases, 1):
            if time.monotonic() > self.ends:
                print(f"the time is over; not run: {len(self.result['missing'])} of {len(cases)}", file=sys.stderr)
                break
            begun = time.monotonic()
            try:
                case()
            except (subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
                self.result["failed"].append({"case": name, "reason": str(error)[:200]})
            self.result["missing"].remove(name)
            self.save()
            print(f"{number}/{len(cases)} {name}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)

    def save(self):
        """The whole file at once, so that whoever looks, and whenever this is killed, it is one."""
        self.result["fullSpeedFigures"] = goals.medians(self.result["fullSpeed"])
        self.result["sameRateFigures"] = goals.medians(self.result["sameRate"])
        self.result["goals"] = goals.compare(self.result)
        self.result["loadAfter"] = os.getloadavg()
        if not self.path:
            return
        with open(f"{self.path}.new", "w") as file:
            file.write(json.dumps(self.result, indent=1) + "\n")
        os.replace(f"{self.path}.new", self.path)
