"""Builds stores of the invented pages and kills the builds: in, "DELAY WORKERS PATH"; out, "killed" or "done".

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
        delay, workers, path = line.rstrip("\n").split(" ", 2)
        begun, told = os.pipe()
        child = os.fork()
        if child == 0:
            build_into(path, progress=Telling(told), workers=int(workers))
            os._exit(0)
        os.close(told)
        if int(workers) > 1:
            os.read(begun, 1)  # processes take their time to start; what is to be hit is their work
        os.close(begun)
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)  # not yet waited for: if it is done, nothing happens
        _, status = os.waitpid(child, 0)
        _say("killed" if os.WIFSIGNALED(status) else "done")


class Telling:
    """Progress that says through a pipe when the first page is done."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._said = False

    def page(self, doc: str) -> None:
        if not self._said:
            self._said = True
            os.write(self._pipe, b"!")

    def linking(self, pages: int) -> None:
        """Nobody asks."""


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


if __name__ == "__main__":
    main()
