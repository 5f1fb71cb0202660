"""Loads Daft and Ray so that they tell nobody of it, and nothing on the screen.

Both send figures about their use to their makers unless told otherwise before they are imported; the environment is
the only place where they look, and their workers inherit it.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from depesche.errors import EngineError, UsageError

QUIET = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",  # where Daft's figures go
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
    "RAY_DISABLE_DASHBOARD": "1",
}
"""What is set before either is imported, here and on every worker."""

LOCAL = "local"
"""The address that starts Ray on this machine for the one build."""

PATIENCE = 10.0
"""Seconds that a cluster has to answer."""


@dataclass(frozen=True)
class Cores:
    """Where jobs run: the module `daft` with its runner chosen, how many pages are read at a time, whether by Ray."""

    daft: Any
    count: int
    ray: bool = False


def hush(environment: MutableMapping[str, str] = os.environ) -> None:
    """Sets what keeps both silent; whatever was set before gives way."""
    environment.update(QUIET)


def daft_cores() -> Cores:
    """All cores of this machine. Daft keeps one runner for the life of the process."""
    daft = load_extra("daft")
    daft.set_runner_native()
    return Cores(daft, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def ray_cores(address: str) -> Cores:
    """All cores of the Ray cluster at the address; EngineError where none answers."""
    daft, ray = load_extra("daft"), load_extra("ray")
    _knock(address)
    told = {} if address == LOCAL else {"address": address}
    try:
        ray.init(
            **told,
            runtime_env={"env_vars": QUIET},
            log_to_driver=False,
            logging_level=logging.ERROR,
            ignore_reinit_error=True,
        )
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        says = " ".join(str(error).split())
        raise EngineError(
            f"--ray {address}: no cluster answers ({says}); `ray status` shows whether it runs"
        ) from error
    daft.set_runner_ray(noop_if_initialized=True)
    return Cores(daft, max(int(ray.cluster_resources().get("CPU", 0)), 1), ray=True)


def _knock(address: str) -> None:
    """Sees that anybody answers at host and port: Ray itself asks for minutes, and loudly."""
    host, mark, port = address.partition("://")[2].rpartition(":") if "://" in address else address.rpartition(":")
    if not mark:
        return
    if not port.isdecimal():
        raise UsageError(f"--ray {address}: no address; 10.0.0.1:6379, ray://10.0.0.1:10001, auto and local work")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise EngineError(
            f"--ray {address}: nobody answers there ({error}); `ray start --head` tells the address"
        ) from error


def load_extra(name: str) -> Any:
    """A module of the extra `engine`; UsageError where it is not there."""
    hush()
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"--engine daft needs the package {name}, which is not there; pip install 'depesche[engine]' brings it"
        ) from error
