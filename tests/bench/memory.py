"""The most memory that a process of its own takes."""

import subprocess
import sys

# Not ru_maxrss, which a process inherits from the one that started it.
TOLD = """
import sys
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0], file=sys.stderr)
"""


def peak(code: str, *words: str) -> tuple[str, float]:
    """What the code printed that was run with these words, and its peak in MB (2 ** 20 bytes)."""
    command = [sys.executable, "-c", code + TOLD, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout, int(done.stderr.split()[-1]) / 1024
