"""What a run was measured on: numbers of one machine say little about another."""

import datetime
import os
import pathlib
import platform
import re
import resource
import subprocess
import time

FLAGS = ("avx2", "fma", "avx512f", "avx512bw", "avx_vnni", "avx512_vnni", "amx_int8")


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return (done.stdout.splitlines() or ["unknown"])[0].strip()


def field(text, name):
    found = re.search(rf"^{name}\s*:\s*(.*)$", text, re.MULTILINE)
    return found.group(1).strip() if found else "unknown"


def caches():
    """Sizes of the caches that the first core sees."""
    sizes = {}
    for index in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        kind = {"Data": "d", "Instruction": "i"}.get(read(index / "type").strip(), "")
        sizes[f"L{read(index / 'level').strip()}{kind}"] = read(index / "size").strip()
    return sizes


class Others:
    """How many processors others used, the host's other guests included, while this ran."""

    def __init__(self):
        self.begin = time.monotonic(), self.foreign()

    @staticmethod
    def foreign():
        """Processor time of the whole machine less this process and its children [s]."""
        # user nice system idle iowait irq softirq steal
        ticks = [int(word) for word in read("/proc/stat").split("\n", 1)[0].split()[1:9]] or [0] * 8
        mine = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return ((sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK") -
                sum(usage.ru_utime + usage.ru_stime for usage in mine))

    def processors(self):
        wall, foreign = self.begin
        return round(max(0.0, self.foreign() - foreign) / (time.monotonic() - wall), 2)


def describe(source, build):
    """CPU, memory, system, compiler and the version of the project."""
    cpu = read("/proc/cpuinfo")
    flags = field(cpu, "flags").split()
    cache = read(build / "CMakeCache.txt")
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", cache, re.MULTILINE)
    options = re.search(r"^CMAKE_CXX_FLAGS_RELEASE:\w+=(.*)$", cache, re.MULTILINE)
    memory = re.search(r"(\d+) kB", field(read("/proc/meminfo"), "MemTotal"))
    return {
        "cpu": field(cpu, "model name"), "family": field(cpu, "cpu family"),
        "model": field(cpu, "model"), "cores": os.cpu_count(), "caches": caches(),
        "flags": [flag for flag in FLAGS if flag in flags],
        "virtual": "hypervisor" in flags,
        "memory_bytes": int(memory.group(1)) * 1024 if memory else 0,
        "system": field(read("/etc/os-release").replace("=", ": "), "PRETTY_NAME").strip('"'),
        "kernel": platform.release(), "python": platform.python_version(),
        "compiler": first_line(compiler.group(1) if compiler else "c++", "--version"),
        "compiler_flags": options.group(1) if options else "unknown",
        "project": first_line("git", "-C", str(source), "describe", "--always", "--dirty",
                              "--abbrev=12"),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
    }
