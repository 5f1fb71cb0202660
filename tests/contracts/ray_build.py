"""Builds a store on a local Ray cluster of two workers and kills one of them while it reads.

`python ray_build.py PAGES LAKE STORE OUTCOME`; the last file tells, as JSON, the exit code and whether it was killed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

from depesche.engine.quiet import hush

hush()

from ray.cluster_utils import Cluster  # noqa: E402 - only once it is silent

PATIENCE = 120.0


def main(pages: str, lake: str, store: str, outcome: str) -> None:
    """Two workers, a build, a kill."""
    from depesche.cli import main as depesche

    head = {"num_cpus": 1, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        doomed = cluster.add_node(num_cpus=1)
        killer = Killer(cluster, doomed)
        killer.start()
        words = ["build", pages, "--engine", "daft", "--ray", cluster.address, "--lake", lake, "--store", store]
        try:
            depesche(words)
        except SystemExit as end:
            code = end.code
        killer.over = True
        killer.join()
        Path(outcome).write_text(json.dumps({"code": code, "killed": killer.killed}), "utf-8")
    finally:
        import ray

        ray.shutdown()
        cluster.shutdown()


class Killer(threading.Thread):
    """Kills a node of the cluster, with all its processes, as soon as it has a reader."""

    def __init__(self, cluster: Cluster, node: object) -> None:
        super().__init__(daemon=True)
        self.cluster, self.node = cluster, node
        self.killed = self.over = False

    def run(self) -> None:
        started = time.monotonic()
        while not self.over and time.monotonic() < started + PATIENCE:
            if self._reads():
                self.cluster.remove_node(self.node, allow_graceful=False)
                self.killed = True
                return
            time.sleep(0.02)

    def _reads(self) -> bool:
        """Whether a process of the node has the reader: loads what it knows, or reads."""
        raylet = self.node.all_processes["raylet"][0].process.pid
        return any(b"UDFActor" in name and _parent(pid) == raylet for pid, name in _processes())


def _processes() -> list[tuple[int, bytes]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((int(folder.name), (folder / "cmdline").read_bytes()))
        except OSError:  # it has just ended
            continue
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # threads of Ray outlive their cluster
