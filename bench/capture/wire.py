# SPDX-License-Identifier: BSD-3-Clause
"""A veth pair between two namespaces, a generator at one end on the first processor, a receiver at the other on the second."""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

READY_S = 0.7
QUIET_S = 0.5
END_S_MAX = 60


def sh(command):
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)


def cpu_ns(pid):
    """What the threads of a process have run so far (kernel Documentation/scheduler/sched-stats.rst, schedstat)."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            total += int(file.read().split()[0])
    return total


class Wire:
    """Where a tool receives: the interface `tcib1`, in a namespace of its own."""

    interface = "tcib1"

    def __init__(self, build, place):
        self.build, self.place, self.space = build, place, f"tcibench{os.getpid()}"

    def __enter__(self):
        sh(f"ip netns add {self.space}")
        try:
            sh(f"ip link add tcib0 type veth peer name tcib1 netns {self.space}")
            sh("sysctl -qw net.ipv6.conf.tcib0.disable_ipv6=1; ip link set tcib0 up")
            sh(f"ip netns exec {self.space} sh -ec 'sysctl -qw net.ipv6.conf.tcib1.disable_ipv6=1; ip link set lo up; ip link set tcib1 up promisc on; ethtool -K tcib1 gro on'")
            time.sleep(0.5)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(f"ip netns del {self.space}; ip link del tcib0", shell=True, stderr=subprocess.DEVNULL, check=False)

    def _arrived(self):
        path = f"/sys/class/net/{self.interface}/statistics/rx_packets"
        return int(subprocess.run(["ip", "netns", "exec", self.space, "cat", path], capture_output=True, text=True, check=True).stdout)

    def run(self, tool, generator, size, rate, seconds):
        """One tool, once: `rate` packets a second, 0 for as many as the generator makes."""
        folder = tempfile.mkdtemp(dir=self.place)
        os.chmod(folder, 0o777)
        command = ["ip", "netns", "exec", self.space, "taskset", "-c", "1"] + [part.replace("@", folder) for part in tool.command]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(READY_S)
            before, spent_ns = self._arrived(), cpu_ns(process.pid)
            sent = json.loads(subprocess.run(["taskset", "-c", "0", f"{self.build}/bench_generate", generator, "tcib0", str(size), str(rate), str(seconds)],
                                             capture_output=True, text=True, check=True, timeout=seconds + END_S_MAX).stdout)
            time.sleep(QUIET_S)
            arrived = self._arrived() - before
            usage = self._end(process)
            receiving_ns = (usage.ru_utime + usage.ru_stime) * 1e9 - spent_ns
            stored, told = tool.stored(folder)
            return {"tool": tool.name, "generator": generator, "size": str(size), "askedPerSecond": rate,
                    "sentPerSecond": round(sent["sent"] / sent["seconds"]), "arrived": arrived, "stored": stored,
                    "kept": round(min(stored / arrived, 1), 5) if arrived else None,
                    "receiverCpuNsPerPacket": round(receiving_ns / stored, 1) if stored else None,
                    "startCpuMs": round(spent_ns / 1e6, 1),
                    "exitCode": process.returncode, **told}
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
            shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def _end(process):
        """Asks it to end, and takes what it has cost."""
        process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + END_S_MAX
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return usage
            if time.monotonic() > deadline:
                raise TimeoutError("a tool does not end")
            time.sleep(0.02)
