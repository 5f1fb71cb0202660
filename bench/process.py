"""Runs a command and prints, as JSON, its seconds from start to end, its peak memory in megabytes and its exit code.

A program of its own that imports little: the peak that the system reports for a process is never below that of the
one it was started from.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

MEGABYTE = 1_000_000
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of one unit of ru_maxrss

began = time.perf_counter()
with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as process:
    _, status, used = os.wait4(process.pid, 0)  # the only way to the peak of this one process
    process.returncode = os.waitstatus_to_exitcode(status)
seconds = time.perf_counter() - began
if process.returncode:
    sys.exit(process.returncode)
print(json.dumps({"seconds": round(seconds, 2), "peak_mb": round(used.ru_maxrss * UNIT / MEGABYTE, 1)}))
