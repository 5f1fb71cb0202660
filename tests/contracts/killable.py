"""Builds stores of the invented pages and kills the builds: in, a line "DELAY PATH"; out, "killed" or "done".

The knowledge is loaded once; every build is a fork of this process, so that a kill hits it at work and not at loading.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from built import build_into


def main() -> None:
    build_into(Path(sys.argv[1]))  # loads all that a build needs
    _say("ready")
    for line in sys.stdin:
        delay, path = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            build_into(Path(path))
            os._exit(0)
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)  # not yet waited for: if it is done, nothing happens
        _, status = os.waitpid(child, 0)
        _say("killed" if os.WIFSIGNALED(status) else "done")


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


if __name__ == "__main__":
    main()
