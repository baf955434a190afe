"""The child's end of worker.py: `... module:function memory cpu file descriptors`."""

import importlib
import json
import os
import resource
import shutil
import struct
import sys
from collections.abc import Callable

LENGTH = struct.Struct(">I")
LONGEST = 4000  # characters of a refusal


def main(target: str, memory: int, cpu: int, file: int, descriptors: int) -> None:
    """Answer jobs until the parent is gone; then the folder named SCRATCH goes, too."""
    try:
        _serve(_limited(target, memory, file, descriptors), cpu)
    finally:
        if scratch := os.environ.get("SCRATCH"):
            shutil.rmtree(scratch, ignore_errors=True)


def _limited(target: str, memory: int, file: int, descriptors: int) -> Callable[[bytes], bytes]:
    module, _, function = target.partition(":")
    # Warm first: imports need more files than jobs.
    job: Callable[[bytes], bytes] = getattr(importlib.import_module(module), function)
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_NOFILE, descriptors),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    return job


def _serve(job: Callable[[bytes], bytes], cpu: int) -> None:
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print can't enter the answers
    while header := requests.read(LENGTH.size):
        request = requests.read(LENGTH.unpack(header)[0])
        _allow(cpu)
        try:
            answer = b"+" + job(request)
        except (MemoryError, SystemError):
            # As an abort is: the parent sees the end of this process. Libraries in C that run out
            # of memory may say SystemError.
            raise
        except Exception as error:  # noqa: BLE001 - every refusal and every fault is an answer
            answer = b"-" + _refusal(error)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _refusal(error: Exception) -> bytes:
    said = {
        "kind": type(error).__name__,
        "message": str(error)[:LONGEST],
        "characters": getattr(error, "characters", "")[:LONGEST],
    }
    return json.dumps(said).encode()


def _allow(seconds: int) -> None:
    """RLIMIT_CPU counts from the start of the process, so the soft limit moves on with each job."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
