"""Runs a program and says what it cost: wall time, processor time, peak memory."""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time


@dataclasses.dataclass
class Cost:
    wall: float       # seconds
    processor: float  # seconds, user and system, of all threads
    memory: float     # peak resident set in MB
    code: int         # exit code; negative: ended by that signal
    output: str
    errors: str


def run(command, cap=None):
    """One run of a command. After `cap` seconds it is killed, and `code` is negative.

    A small process starts it, because Linux counts a starter's own memory into the peak of what it starts.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        read, write = os.pipe()
        starter = [sys.executable, "-I", "-S", __file__, str(write), str(cap or 0), *map(str, command)]
        with subprocess.Popen(starter, stdout=output, stderr=errors, pass_fds=[write]):
            os.close(write)
            with os.fdopen(read) as pipe:
                figures = json.loads(pipe.read() or "null")
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    if figures is None:
        raise RuntimeError(f"cannot start {command[0]}: {texts[1].strip()[-300:]}")
    return Cost(**figures, output=texts[0], errors=texts[1])


def best(command, times, cap=None):
    """The run with the least processor time of several: what the machine's other work disturbs least."""
    return min((run(command, cap) for _ in range(times)), key=lambda cost: (cost.code != 0, cost.processor))


def result(cost):
    """What a program printed as JSON; an error with its own words where it failed."""
    if cost.code != 0:
        raise RuntimeError(f"ended with {cost.code}: {cost.errors.strip()[-500:]}")
    return json.loads(cost.output)


def start(write, cap, command):
    """The small process: runs the command, and writes its figures as JSON to the file descriptor."""
    begin = time.monotonic()
    child = subprocess.Popen(command)
    status, usage = wait(child, begin + cap if cap else None)
    figures = {"wall": time.monotonic() - begin, "processor": usage.ru_utime + usage.ru_stime,
               "memory": usage.ru_maxrss / 1024, "code": os.waitstatus_to_exitcode(status)}
    os.write(write, json.dumps(figures).encode())


def wait(child, deadline):
    """The child's own status and resource usage: wait4 tells of one child, getrusage of all."""
    while True:
        pid, status, usage = os.wait4(child.pid, 0 if deadline is None else os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return status, usage
        if time.monotonic() > deadline:
            child.kill()
            deadline = None
        else:
            time.sleep(0.005)


if __name__ == "__main__":
    start(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
