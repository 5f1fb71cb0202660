"""What a person sets once instead of with every command; read once, at the edge.

Later ones win: the defaults, the TOML file that DEPESCHE_CONFIG names, DEPESCHE_STORE and its like, the command line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from depesche.errors import UsageError

PREFIX = "DEPESCHE_"

MOST_WORKERS = 256
"""More processes than this are a slip of the hand; a cluster is what is wanted then."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How Depesche is to run.

    `store` is used where no --store is given, `who` where no --who says who decides. Files over `largest_file` bytes,
    archives over `largest_archive`, and what unpacks to more than `largest_unpacked`, are listed as unread. Where no
    --workers is given, `workers` processes read pages. `quiet` shows no progress; `verbose` adds the traceback to an
    error.
    """

    store: str | None = None
    who: str | None = None
    largest_file: int = 50_000_000
    largest_unpacked: int = 64_000_000
    largest_archive: int = 20_000_000_000
    workers: Annotated[int, msgspec.Meta(ge=1, le=MOST_WORKERS)] = 1
    quiet: bool = False
    verbose: bool = False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings from the environment and the file it names; UsageError names what is wrong in them."""
    path = environment.get(f"{PREFIX}CONFIG")
    told = _from_file(Path(path)) if path else {}
    told |= {name: value for name in Settings.__struct_fields__ if (value := environment.get(PREFIX + name.upper()))}
    try:
        return msgspec.convert(told, Settings, strict=False)
    except msgspec.ValidationError as error:
        fields = ", ".join(Settings.__struct_fields__)
        raise UsageError(f"settings ({path or 'environment'}): {error}; there are {fields}") from error


def _from_file(path: Path) -> dict[str, object]:
    try:
        return dict(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise UsageError(f"{PREFIX}CONFIG={path}: {error}; it should name a TOML file") from error
